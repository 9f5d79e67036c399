"""Two versions of an article: every earlier statement is kept, changed or vanished, exactly once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Party, Said, Source, Span, Speaker, Statement
from bot.statements.versions import align

MARA = Party(name="Mara Velden", official="velden")
LASKO = Party(name="Dmitri Lasko")
TOLL = "We will raise the toll on foreign ships next spring"
BRIDGE = "The bridge is to be closed on the first of May"
QUAY = "Nobody has asked the harbour board about the quay"


def told(quote: str, at: int = 0, party: Party | None = MARA, *, text: str = "first", **changes: object) -> Statement:
    span = Span(start=at, end=at + len(quote))
    source = Source(
        article="a",
        outlet="Harbour Post",
        url=None,
        title="",
        published=datetime(2025, 3, 4, 9, tzinfo=UTC),
        retrieved=datetime(2025, 3, 4, 10, tzinfo=UTC),
        text_hash=text,
    )
    values: dict[str, object] = {
        "source": source,
        "kind": "direct",
        "span": span,
        "quote": quote,
        "verbatim": (span,),
        "cue": "said",
        "speaker": party and Speaker(party=party, as_written=party.name, span=Span(start=0, end=3)),
        "holder": party,
        "said": Said(first=date(2025, 3, 3), last=date(2025, 3, 3), how="given"),
        "content": quote,
    }
    return Statement(**(values | changes))  # type: ignore[arg-type]


def later(quote: str, at: int = 0, party: Party | None = MARA, **changes: object) -> Statement:
    return told(quote, at, party, text="second", **changes)


def became(earlier: list[Statement], now: list[Statement], gone: frozenset[str] = frozenset()) -> list[str]:
    return [fate.became for fate in align(earlier, now, gone).fates]


def test_words_that_only_moved_are_kept() -> None:
    change = align([told(TOLL), told(BRIDGE, 200)], [later(BRIDGE, 40), later(TOLL, 900)])
    assert [(fate.became, fate.now and fate.now.span.start) for fate in change.fates] == [("kept", 900), ("kept", 40)]
    assert change.fresh == ()


def test_the_typesetters_changes_leave_words_as_they_are() -> None:
    assert became([told("We won't pay — “ever”.")], [later("We won’t  pay, 'Ever'")]) == ["kept"]


@pytest.mark.parametrize(
    "altered",
    [
        later("We will lower the toll on foreign ships next spring"),
        later("We will not raise the toll on foreign ships next spring"),
        later(f"{TOLL}, if the council agrees to it and the money is found somewhere in the budget for the year"),
        later(TOLL, party=LASKO),
        later(TOLL, said=Said(first=date(2025, 2, 28), last=date(2025, 2, 28), how="given")),
        later(TOLL, negated=True),
        later(TOLL, kind="indirect", verbatim=()),
    ],
    ids=["a word", "a negation", "continued", "the speaker", "the day", "the denial", "the marks"],
)
def test_what_an_outlet_corrects_is_changed_and_leads_to_what_replaced_it(altered: Statement) -> None:
    (fate,) = align([told(TOLL)], [altered]).fates
    assert (fate.became, fate.now) == ("changed", altered)


def test_other_words_of_the_same_speaker_elsewhere_are_new() -> None:
    change = align([told(TOLL)], [later(QUAY, 300)])
    assert [fate.became for fate in change.fates] == ["vanished"]
    assert change.fresh == (later(QUAY, 300),)


def test_words_between_the_same_sentences_are_changed_whatever_they_are_now() -> None:
    around = {"before": "She was asked about the toll.", "after": "Then she left."}
    assert became([told("Yes", **around)], [later("Never", **around)]) == ["changed"]
    assert became([told("Yes", **around)], [later("Never", party=LASKO, **around)]) == ["vanished"]


def test_the_same_words_twice_are_told_apart_by_what_stands_around_them() -> None:
    twice = [told("Yes", 10, before="About the toll?"), told("Yes", 90, before="About the bridge?")]
    (gone, kept) = align(twice, [later("Yes", 20, before="About the bridge?")]).fates
    assert (gone.became, kept.became) == ("vanished", "kept")


def test_a_new_day_of_publication_does_not_change_what_was_said() -> None:
    moved = replace(later(TOLL).source, published=datetime(2025, 3, 6, tzinfo=UTC))
    redated = later(TOLL, source=moved, said=Said(first=date(2025, 3, 5), last=date(2025, 3, 5), how="given"))
    assert became([told(TOLL)], [redated]) == ["kept"]


def test_what_was_taken_out_before_gets_a_fate_only_when_it_is_back() -> None:
    gone = frozenset({told(TOLL).key})
    assert became([told(TOLL)], [later(QUAY)], gone) == []
    assert became([told(TOLL)], [later("We will lower the toll on foreign ships next spring")], gone) == []
    assert became([told(TOLL)], [later(TOLL)], gone) == ["kept"]


def test_what_stands_comes_before_what_was_taken_out() -> None:
    out, stands = told(TOLL), told(TOLL, 50)
    (fate,) = align([out, stands], [later(TOLL, 9)], frozenset({out.key})).fates
    assert fate.statement == stands


QUOTES = st.one_of(
    st.sampled_from([TOLL, BRIDGE, QUAY, "Yes", "No", "", "!", f"{TOLL} and {BRIDGE}"]), st.text(max_size=30)
)


@st.composite
def versions(draw: st.DrawFn, text: str) -> list[Statement]:
    found = []
    for number in range(draw(st.integers(0, 7))):
        quote = draw(QUOTES)
        around = {name: draw(st.sampled_from(["", "She spoke.", "He left."])) for name in ("before", "after")}
        party = draw(st.sampled_from([None, MARA, LASKO]))
        found.append(told(quote, number * 100, party, text=text, negated=draw(st.booleans()), **around))
    return found


@given(earlier=versions("first"), now=versions("second"), data=st.data())
@settings(max_examples=300, deadline=None)
def test_every_statement_has_exactly_one_fate(
    earlier: list[Statement], now: list[Statement], data: st.DataObject
) -> None:
    gone = frozenset(one.key for one in earlier if data.draw(st.booleans()))
    change = align(earlier, now, gone)
    fates = Counter(fate.statement.key for fate in change.fates)
    assert all(count == 1 for count in fates.values())
    assert {one.key for one in earlier} - gone <= set(fates)
    assert all(fate.became == "kept" for fate in change.fates if fate.statement.key in gone)
    used = Counter(one.key for one in (*(fate.now for fate in change.fates if fate.now), *change.fresh))
    assert used == Counter(one.key for one in now)
    assert change == align(earlier, now, gone)


@given(version=versions("first"))
@settings(max_examples=200, deadline=None)
def test_a_version_aligned_with_itself_keeps_all(version: list[Statement]) -> None:
    change = align(version, version)
    assert [fate.became for fate in change.fates] == ["kept"] * len(version)
    assert [fate.now for fate in change.fates] == version
    assert change.fresh == ()
