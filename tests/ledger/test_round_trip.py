"""What was stored comes back equal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_sample import (
    IDA,
    MARA,
    NO,
    NOW,
    OSTRAVA,
    TILO,
    YES,
    article,
    conflict,
    position,
    record,
    source,
    statement,
    told,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.ledger import Ledger
from bot.ledger.record.rows import party_key
from bot.ledger.tables.columns import Moment, Words
from bot.model import Party, Said, Span, Speaker


def test_a_statement_with_everything_comes_back_equal(ledger: Ledger) -> None:
    of = article("At the port Korr said that Velden “has no problem” with it. Later she left.", published=None)
    quote = "Velden “has no problem” with it"
    inner = of.text.index("has no problem")
    full = statement(
        of,
        quote,
        IDA,
        kind="mixed",
        verbatim=(Span(start=inner, end=inner + 14),),
        cue=None,
        holder=MARA,
        said=Said(first=date(2025, 2, 17), last=date(2025, 2, 23), how="'just last week', article of 25 Feb 2025"),
        content="Mara Velden has no problem with the bridge",
        negated=True,
        defers_to=TILO,
        before="What does she say?",
        after="Later she left.",
        caveats=("the outlet hedges: appeared to", "translated"),
    )
    held = position(
        full,
        "conditional",
        claimed_by=IDA,
        defers_to=OSTRAVA,
        operators=("has no problem",),
        scope=(("actor", "the port"), ("place", "the strait")),
        strength=0.1 + 0.2,
    )
    record(ledger, (of, held))
    assert ledger.about("bridge") == (held,)


def test_a_statement_with_next_to_nothing_comes_back_equal(ledger: Ledger) -> None:
    of = article("The bridge will be built.", url=None, feed=None)
    bare = statement(of, "The bridge", None, kind="indirect", verbatim=(), cue=None, said=None, holder=None)
    unresolved = statement(
        of,
        "will be built",
        speaker=Speaker(party=None, as_written="an aide", span=Span(start=4, end=9)),
        holder=OSTRAVA,
    )
    held = position(bare), position(unresolved)
    record(ledger, (of, held[0]), (of, held[1]))
    assert set(ledger.about("bridge")) == set(held)


def test_an_article_comes_back_as_its_source_in_utc(ledger: Ledger) -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    of = article("Text.", published=datetime(2025, 3, 4, 1, 2, 3, 456789, tzinfo=east))
    with ledger.work() as work:
        stored = work.article(of)
        work.commit()
    assert stored == source(of)
    assert stored.published is not None
    assert stored.published.tzinfo is UTC
    assert ledger.text_of(of.text_hash) == of.text
    assert ledger.text_of("0" * 64) is None


def test_a_conflict_and_its_alert_come_back_equal(ledger: Ledger) -> None:
    claim, refusal, pointer = told(YES, "a", IDA), told(NO, "b", MARA), told("Ask the minister about it.", "c", TILO)
    record(ledger, claim, refusal, pointer)
    full = conflict(
        pointer[1],
        claim[1],
        kind="denied_claim",
        answer="deferred",
        bridge=refusal[1],
        check_first=("one outlet only", "no date"),
        score=1 / 3,
    )
    with ledger.work() as work:
        raised = work.alert(full, "desk", "medium", NOW)
        work.commit()
    assert raised is not None
    assert raised.conflict == full
    assert ledger.alert(raised.number) == raised
    assert (raised.number, raised.name, raised.state, raised.review) == (1001, "OR-1001", "pending", "open")
    assert (raised.revision, raised.joined, raised.created_at, raised.on_topic) == (1, (), NOW, 3)


@given(text=st.text(st.characters() | st.sampled_from(["\x00", "\ud800", "\ufdd0", "\udfff"]), min_size=1))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_code_point_by_code_point(ledger: Ledger, text: str) -> None:
    of = article(text, f"id {text}", title=text, notes=(text,))
    held = position(
        statement(of, text, replace(MARA, official=None, name=text, role=text), content=text, caveats=(text,))
    )
    with ledger.work() as work:  # not committed: each example finds an empty ledger
        assert work.article(of) == source(of)
        work.statement(held.statement)
        work.position(held)
        probe = replace(held, statement=replace(held.statement, span=Span(start=0, end=0)))
        assert work.near(probe) == (held,)


@given(st.text(st.characters() | st.sampled_from(["\x00", "\ud800", "\ufdd0"])))
def test_escaped_words_are_reversible_and_storable(text: str) -> None:
    words, dialect = Words(), sqlite.dialect()
    stored = words.process_bind_param(text, dialect)
    assert stored is not None
    stored.encode("utf-8")
    assert "\x00" not in stored
    assert words.process_result_value(stored, dialect) == text


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])
def test_a_moment_without_zone_is_refused(dialect: object) -> None:
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(datetime(2025, 3, 4), dialect)  # type: ignore[arg-type]


_names = st.sampled_from(["Ada", "ADA", "Bo", "Ostrava"])
_parties = st.builds(
    Party,
    name=_names,
    official=st.sampled_from([None, "ada", "bo"]),
    side=st.sampled_from([None, "ostrava", "lumen"]),
    person=st.booleans(),
)


@given(_parties, _parties)
def test_parties_share_a_key_exactly_when_they_are_the_same(one: Party, other: Party) -> None:
    assert (party_key(one) == party_key(other)) == one.same(other)
