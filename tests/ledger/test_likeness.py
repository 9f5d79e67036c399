"""Which wordings are the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ledger.nearness.likeness import LEAST, Wording, contained, fingerprints, likeness

LONG = (
    "We will accept the proposal of the harbour council, and our engineers are going to start the work in the first "
    "week of May, because Ostrava keeps its promises."
)

SAME = {
    "punctuation": (LONG, LONG.replace(",", " –").replace(".", "…")),
    "apostrophes": ("I don’t think that Lumen wants any of it now", "I don't think that Lumen wants any of it now"),
    "case": (LONG, LONG.upper()),
    "cut at the end": (LONG, LONG[: LONG.index(", because")]),
    "cut at the start": (LONG, LONG[LONG.index("our engineers") :]),
    "a fragment": (LONG, "our engineers are going to start the work"),
    "one word of many changed": (LONG, LONG.replace("start", "begin")),
    "an ending changed": (LONG, LONG.replace("promises", "promise")),
    "an aside left out": (LONG, LONG.replace("of the harbour council", "")),
}
OTHER = {
    "a negation": (LONG, LONG.replace("will accept", "will not accept")),
    "a contraction": ("I think we will take the offer of Lumen", "I think we won't take the offer of Lumen"),
    "a turn": (LONG, LONG.replace("accept", "reject")),
    "a turn before what both say, and words behind it": (
        "We reject the bridge to the islands of the strait",
        "The bridge to the islands of the strait is dear to us",
    ),
    "a turn before what both say, and other words behind it": (
        "We support a bridge to the islands in the north of the strait",
        "A bridge to the islands in the north of the strait is out of the question",
    ),
    "a figure": ("We will send 5,000 guards to the strait in May", "We will send 2,000 guards to the strait in May"),
    "a number in words": ("We will send two ships to the strait in May", "We will send ten ships to the strait in May"),
    "a name": ("I spoke with Mara Velden about the bridge today", "I spoke with Tilo Brandt about the bridge today"),
    "one word of eight": (
        "We will welcome foreign guards on our bridge",
        "We will welcome foreign ships on our bridge",
    ),
    "a fragment after not": ("I do not believe that we will pay for any of this", "we will pay for any of this"),
    "too few words": ("We will pay for it", "We will pay for it"),
    "something else": (LONG, "There is nothing to add to what the minister said about the fish last week in Lumen."),
    "nothing": ("", "…"),
}


@pytest.mark.parametrize("case", SAME)
def test_copies_are_alike_either_way(case: str) -> None:
    one, other = map(Wording.of, SAME[case])
    assert likeness(one, other) >= 75
    assert likeness(other, one) == likeness(one, other)


@pytest.mark.parametrize("case", OTHER)
def test_what_says_something_else_is_not_alike(case: str) -> None:
    one, other = map(Wording.of, OTHER[case])
    assert likeness(one, other) == likeness(other, one) == 0


def test_a_paraphrase_is_asked_for_more() -> None:
    one, other = Wording.of(LONG), Wording.of(LONG[: LONG.index(", because")])
    assert likeness(one, other, alike=90, held=None) == 0


_words = st.lists(
    st.sampled_from(
        ["harbour", "bridge", "council", "ship", "fish", "sea", "rope", "net", "may", "june", "work", "tide"]
    ),
    min_size=6,
)


@given(_words, _words, _words)
def test_six_words_in_common_give_a_fingerprint_in_common(
    before: list[str], shared: list[str], after: list[str]
) -> None:
    one, other = Wording.of(" ".join(shared)), Wording.of(" ".join([*before, *shared, *after]))
    assert fingerprints(one) & fingerprints(other)
    assert contained(one, other)


@given(st.text())
def test_fingerprints_are_64_bit_and_stable(text: str) -> None:
    found = fingerprints(Wording.of(text))
    assert found == fingerprints(Wording.of(text))
    assert all(-(2**63) <= value < 2**63 for value in found)


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    score = likeness(Wording.of(one), Wording.of(other))
    assert 0 <= score <= 100
    assert score == likeness(Wording.of(other), Wording.of(one))


def test_words_are_contained_as_words() -> None:
    assert not contained(Wording.of("pay for"), Wording.of("repay forever"))
    assert LEAST == 6
