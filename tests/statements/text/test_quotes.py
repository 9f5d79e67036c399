"""Quotations of every style."""

from __future__ import annotations

import pytest

from bot.statements.text import quotes


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
        ("Orlo 's lawyer met the drivers' union.", []),
        ("“He said ‘no’ to me.”", ["He said ‘no’ to me."]),
        ("“He said “no” to me.”", ["He said “no” to me."]),
        ('"He said \'no\' to me."', ["He said 'no' to me."]),
        ("“Never closed. It rained.", ["Never closed. It rained."]),
        ("«\u00a0Non\u00a0», dit-il.", ["Non"]),
        ("»Nein«, sagte er.", ["Nein"]),
        ("“He said “no to me,” he said.", ["He said “no to me,"]),
        ('“Closed with another," he said.', ["Closed with another,"]),
        ('a 5" pipe', []),
    ],
)  # fmt: skip
def test_quotations_of_every_style_are_found(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_nested_mark_does_not_close_what_its_own_style_did_not_open() -> None:
    assert inner('"We call it “the plank.” It is old.') == ["We call it “the plank.” It is old."]


def test_a_straight_mark_without_partner_opens_a_curly_quotation_anew() -> None:
    text = '“We have opened the old bridge. "We will open the new one too,” she said.'
    assert inner(text) == ["We have opened the old bridge.", "We will open the new one too,"]
    nested = '“He was clear to all of us. "Never," he said. We went,” she said.'
    assert inner(nested) == [nested[1 : nested.index("” she")]]


def test_a_quotation_that_nothing_closes_ends_with_its_paragraph() -> None:
    text = "“One.\n“Two.”"
    (first,) = quotes.stretches(text, 0, 5)
    (second,) = quotes.stretches(text, 6, len(text))
    assert [(found.start, found.end) for found in (first, second)] == [(0, 5), (6, len(text))]
