"""Marks that a page lost, displaced, spaced out or typed with two signs."""

from __future__ import annotations

import pytest

from bot.statements.text import lost_marks, quotes


def inner(text: str) -> list[str]:
    marked = lost_marks.typed_with_two(text)
    return [marked[found.inner_start : found.inner_end] for found in quotes.stretches(marked, 0, len(marked))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The bridge is safe, Velden said.", ["The bridge is safe,"]),
        ("“The bridge is safe, said Mara Velden on Monday.", ["The bridge is safe,"]),
        ("“The bridge is safe. But, Orlo told me a year ago.", ["The bridge is safe. But, Orlo told me a year ago."]),
        ("It rained. The bridge is safe,” Velden said.", ["The bridge is safe,"]),
        ("The bridge is safe,” said the mayor.", []),
        ("It rained.” He left.", []),
        ('"It is safe," Velden told us." Of course, we like it."', ["It is safe,", "Of course, we like it."]),
        ('Velden said," It is safe and sound."', ["It is safe and sound."]),
        ('Velden said "no," and left. "It is safe," she said.', ["no,", "It is safe,"]),
        ('"It is safe," Velden told us." Then she left.', ["It is safe,"]),
        ('"The bridge is safe and sound. "said Velden.', ["The bridge is safe and sound."]),
        ("“ The bridge is safe, ” Velden said.", ["The bridge is safe,"]),
        ('" The bridge is safe, " Velden said.', ["The bridge is safe,"]),
        ("” … he was glad of it,” Orlo wrote.", ["… he was glad of it,"]),
        ("''The bridge is safe,'' Velden said. ''It is new.''", ["The bridge is safe,", "It is new."]),
        ("``The bridge is safe,'' Velden said.", ["The bridge is safe,"]),
        ("The drivers'' strike", []),
    ],
)  # fmt: skip
def test_a_quotation_is_found_in_spite_of_its_marks(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_quotation_that_goes_on_in_the_next_paragraph_lost_no_mark() -> None:
    text = "“I asked her to stay, Orlo said.\n“Then she left.”"
    (first,) = quotes.stretches(text, 0, text.index("\n"))
    assert text[first.inner_start : first.inner_end] == "I asked her to stay, Orlo said."


def test_the_text_keeps_its_length_when_marks_of_two_signs_become_one() -> None:
    text = "''No,'' he said. ``Yes'' and ‘‘no’’."
    assert len(lost_marks.typed_with_two(text)) == len(text)
