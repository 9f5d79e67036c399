"""Paragraphs, sentences, furniture and quotations."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.statements import furniture, quotes, sentences, speech


def split(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences.read(text, "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It snowed.", ["It rained.", "It snowed."]),
        ("It ended.On Monday it rained.", ["It ended.", "On Monday it rained."]),
        ("He met the U.S. envoy on Feb. 24 in Ostra.", ["He met the U.S. envoy on Feb. 24 in Ostra."]),
        ("He moved to the U.S. The move was hard.", ["He moved to the U.S.", "The move was hard."]),
        ("Mr. Orlo left. Dr. Velden stayed.", ["Mr. Orlo left.", "Dr. Velden stayed."]),
        ("See ostra.example.org for more.", ["See ostra.example.org for more."]),
        ("“It rained. It snowed,” he said.", ["“It rained. It snowed,” he said."]),
        ("“It rained.” It snowed.", ["“It rained.”", "It snowed."]),
        ("It cost 3.5 million.", ["It cost 3.5 million."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Wait 5 sec.",
        "Leave a Reply",
        "Post a Comment",
        "Comments",
        "3 Comments",
        "Your email address will not be published. Required fields are marked *",
        "READ ALSO: Orlo leaves Ostra",
        "Also read | Orlo leaves Ostra",
        "Advertisement",
        "Story continues below this ad",
        "bur/ach",
        "By Mara Velden",
        "Share this article",
        "Read more",
    ],
)
def test_a_line_of_furniture_is_no_sentence(line: str) -> None:
    assert split(f"It rained.\n{line}\nIt snowed.") == ["It rained.", "It snowed."]


@pytest.mark.parametrize(
    "line",
    [
        "By the river stood a house.",
        "Orlo wrote more comments than anybody.",
        "Share prices fell.",
        "Live music returned to Ostra.",
        "The report was published in May, he said.",
    ],
)
def test_prose_is_no_furniture(line: str) -> None:
    assert furniture.found(line, "") == ()


def test_a_phrase_said_twice_in_one_line_is_read_once() -> None:
    line = "Velden hails the new bridge in Ostra after the long vote"
    assert split(f"{line}{line}") == [line]


def inner(text: str) -> list[str]:
    return [text[found.inner_start : found.inner_end] for found in quotes.stretches(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and "yes".', ["no", "yes"]),
        ("He said “no” and “yes”.", ["no", "yes"]),
        ("«Nein», sagte er.", ["Nein"]),
        ("„Nein“, sagte er.", ["Nein"]),
        ("„Nie”, powiedział.", ["Nie"]),
        ("It said ‘no’ twice.", ["no"]),
        ("It said 'no' twice.", ["no"]),
        ("The workers' and drivers' unions met.", []),
        ("It wasn't Orlo's.", []),
        ("“He said ‘no’ to me.”", ["He said ‘no’ to me."]),
        ("“He said “no” to me.”", ["He said “no” to me."]),
        ('"He said \'no\' to me."', ["He said 'no' to me."]),
        ("“Never closed, he said.", ["Never closed, he said."]),
        ('“Closed with another," he said.', ["Closed with another,"]),
        ('a 5" pipe', []),
    ],
)  # fmt: skip
def test_quotations_of_every_style_are_found(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_quotation_ends_with_its_paragraph_and_goes_on_in_the_next() -> None:
    text = "“One.\n“Two.”"
    (first,) = quotes.stretches(text, 0, 5)
    (second,) = quotes.stretches(text, 6, len(text), open_before=not first.closed)
    assert (first.closed, second.closed, second.continues) == (False, True, True)


def test_no_statement_of_the_seeds_holds_furniture(shared: Path) -> None:
    phrases = ("story continues below", "also read |", "read also:", "leave a reply", "post a comment", "wait 5 sec")
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for report in speech.find(text, ""):
            words = report.span.of(text).lower()
            assert not any(phrase in words for phrase in phrases), path.name
