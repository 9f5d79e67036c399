"""A unit of work keeps all or nothing, and the same work done again changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
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
    on_day,
    position,
    record,
    statement,
    told,
)
from sqlalchemy import select

from bot.ledger import Ledger, LedgerError, Unproven
from bot.ledger.nearness import fulltext
from bot.ledger.tables import schema
from bot.model import Said, Span


class Broken(Exception):
    """What a test breaks with."""


def test_what_is_not_committed_never_was(ledger: Ledger) -> None:
    of, held = told(YES, "a")
    before = ledger.status()
    with ledger.work() as work:
        work.article(of)
        work.statement(held.statement)
        work.position(held)
    assert ledger.status() == before


def test_a_failing_unit_of_work_leaves_nothing_behind(ledger: Ledger) -> None:
    earlier, fresh = told(YES, "a", **on_day(1)), told(NO, "b")
    before = ledger.status()
    with pytest.raises(Broken), ledger.work() as work:  # noqa: PT012
        for of, held in (earlier, fresh):
            work.article(of)
            work.statement(held.statement)
            work.position(held)
        work.alert(conflict(fresh[1], earlier[1]), "desk", "high", NOW)
        raise Broken
    assert (ledger.status(), ledger.people(), ledger.topics(), ledger.due(NOW)) == (before, (), (), ())


def test_a_committed_unit_of_work_is_over(ledger: Ledger) -> None:
    with ledger.work() as work:
        work.commit()
        with pytest.raises(LedgerError, match="over"):
            work.article(article("Text."))


def test_the_same_work_again_changes_nothing(ledger: Ledger) -> None:
    story = told(YES, "a")
    record(ledger, story)
    before = ledger.status()
    with ledger.work() as work:
        assert work.article(story[0]) == story[1].statement.source
        assert not work.statement(story[1].statement)
        work.position(story[1])
        work.commit()
    assert ledger.status() == before


def test_a_conflict_is_stored_once(ledger: Ledger) -> None:
    earlier, fresh = told(YES, "a", **on_day(1)), told(NO, "b")
    record(ledger, earlier, fresh)
    with ledger.work() as work:
        assert work.conflicts([conflict(fresh[1], earlier[1])])
        assert not work.conflicts([conflict(fresh[1], earlier[1], score=0.1)])
        work.commit()
    with ledger.work() as work:
        assert not work.conflicts([conflict(fresh[1], earlier[1])])


@pytest.mark.parametrize(
    "again",
    [
        {"keys": ("guid:other", "https://post.example/a1")},
        {"name": "a1", "keys": ()},
        {"keys": ("guid:new",), "url": "https://mirror.example/1", "outlet": "Mirror"},
    ],
    ids=["one key of two", "its id", "its text"],
)
def test_an_article_is_known_by_any_key_or_its_text(ledger: Ledger, again: dict[str, object]) -> None:
    text = YES * 3
    first = article(text)
    with ledger.work() as work:
        assert not work.knows(first)
        work.article(first)
        work.commit()
    changed = article(text, **({"name": "another"} | again))  # type: ignore[arg-type]
    with ledger.work() as work:
        assert work.knows(changed)
        work.commit()
    assert ledger.known_keys((*changed.keys, "unheard of")) == frozenset(changed.keys)


def test_an_edited_article_is_known_by_its_key(ledger: Ledger) -> None:
    with ledger.work() as work:
        work.article(article("Old text."))
        assert work.knows(article("New text."))
        assert not work.knows(article("New text.", "other"))


def test_a_short_text_alone_does_not_make_two_articles_one(ledger: Ledger) -> None:
    with ledger.work() as work:
        work.article(article("Read more in our app.", "a", title="Bridge"))
        assert not work.knows(article("Read more in our app.", "b", title="Fish"))
        assert work.knows(article("Read more in our app.", "b", title="Bridge"))


def test_another_outlet_with_the_same_text_is_a_further_source(ledger: Ledger) -> None:
    story = told(YES * 3, "a")
    record(ledger, story)
    copy = replace(story[0], id="m", keys=("m",), outlet="Mirror", url="https://mirror.example/m")
    for _ in range(2):
        with ledger.work() as work:
            assert work.knows(copy)
            assert work.knows(story[0])
            work.commit()
    assert [one.outlet for one in ledger.reports(story[1].statement)] == ["Harbour Post", "Mirror"]
    record_ = ledger.who("velden")
    assert record_ is not None
    assert record_.outlets == ("Harbour Post", "Mirror")


def test_an_article_is_not_overwritten(ledger: Ledger) -> None:
    with ledger.work() as work:
        work.article(article("Old text."))
        with pytest.raises(LedgerError, match="another text"):
            work.article(article("New text."))


def test_evidence_that_does_not_equal_the_text_is_refused(ledger: Ledger) -> None:
    of, held = told(YES, "a")
    good = held.statement
    moved = Span(start=good.span.start + 1, end=good.span.end + 1)
    bad = [
        replace(good, quote=good.quote.replace("bridge", "tunnel")),
        replace(good, span=moved),
        replace(good, verbatim=(Span(start=0, end=3),)),
        replace(good, source=replace(good.source, text_hash="0" * 64)),
        replace(good, source=replace(good.source, article="unheard of")),
    ]
    with ledger.work() as work:
        with pytest.raises(Unproven):
            work.statement(good)
        work.article(of)
        for one in bad:
            with pytest.raises(Unproven):
                work.statement(one)
        assert work.statement(good)


def test_a_position_needs_its_statement_on_record(ledger: Ledger) -> None:
    with ledger.work() as work, pytest.raises(LedgerError, match="not on record"):
        work.position(told(YES, "a")[1])


def test_near_finds_topic_holder_side_and_claims_newest_first(ledger: Ledger) -> None:
    def other_topic(of: object, name: str) -> dict[str, str]:
        return {"topic": name, "topic_name": name, "proposition": name, "proposition_text": name}

    def story(name: str, party: object, day: int, topic: str | None = None, **more: object) -> tuple[object, object]:
        of, held = told(f"This is what was said in story {name}.", name, party, **on_day(day))  # type: ignore[arg-type]
        return of, replace(held, **(other_topic(of, topic) if topic else {}), **more)  # type: ignore[arg-type]

    stories = {
        "topic": story("topic", IDA, 1),
        "holder": story("holder", MARA, 2, "fish"),
        "side": story("side", TILO, 3, "ropes"),
        "claim": story("claim", IDA, 4, "nets", holder=MARA, claimed_by=IDA),
        "far": story("far", IDA, 5, "weather"),
        "body": story("body", OSTRAVA, 6, "tide"),
    }
    record(ledger, *stories.values())  # type: ignore[arg-type]
    of, fresh = told(NO, "fresh", **on_day(7))
    record(ledger, (of, fresh))
    with ledger.work() as work:
        found = work.near(fresh)
        assert found == tuple(stories[name][1] for name in ("body", "claim", "side", "holder", "topic"))
        assert work.near(fresh, since=date(2025, 3, 3)) == found[:3]
        assert work.near(fresh, limit=1) == (stories["topic"][1],)
        assert work.near(fresh, limit=0) == ()


def test_near_shows_each_remark_once_and_never_its_own(ledger: Ledger) -> None:
    first, copy, fresh, own_copy = (
        told(YES, "a", **on_day(1)),
        told(YES, "b", **on_day(1)),
        told(NO, "c"),
        told(NO, "d"),
    )
    surer = replace(copy[1], strength=0.95)
    record(ledger, first, (copy[0], surer), fresh, own_copy)
    with ledger.work() as work:
        assert work.near(fresh[1]) == (surer,)
        assert work.near(surer) == (fresh[1],)


def test_near_works_for_a_position_not_yet_on_record(ledger: Ledger) -> None:
    first = told(YES, "a", **on_day(1))
    record(ledger, first)
    with ledger.work() as work:
        assert work.near(told(NO, "b")[1]) == (first[1],)


def test_near_prefers_the_related_in_a_crowd(ledger: Ledger) -> None:
    mine = told("The bridge is what the people of Ostrava want.", "mine", **on_day(1))
    record(ledger, mine)
    crowd = []
    for number in range(9):
        party = replace(IDA, name=f"Delegate {number}", official=None)
        crowd.append(
            told(f"Delegate number {number} speaks of the bridge at length.", f"c{number}", party, **on_day(2))
        )
    record(ledger, *crowd)
    with ledger.work() as work:
        found = work.near(told(NO, "fresh")[1], limit=2)
        assert mine[1] in found
        assert len(found) == 2


def test_dates_of_an_unknown_day_fall_back_to_publication_then_retrieval(ledger: Ledger) -> None:
    undated = told(YES, "a", said=None)
    nowhere = article(f"“{NO}”", "b", published=None, retrieved=NOW + timedelta(days=2))
    other = position(statement(nowhere, NO, IDA, said=None))
    later = told(
        "Nothing more will be said about the bridge today.",
        "c",
        TILO,
        said=Said(first=date(2025, 3, 5), last=date(2025, 3, 5), how="given"),
    )
    record(ledger, undated, (nowhere, other), later)
    assert ledger.about("bridge") == (other, later[1], undated[1])


def test_topics_and_words_that_were_put_off_to_the_end_are_there_after_it(ledger: Ledger) -> None:
    of = article("We will keep the lock open. We will never sell it.")
    first = statement(of, "We will keep the lock open")
    held = position(first, topic="made-lock", topic_name="the lock")
    with ledger.work() as work:
        work.article(of)
        work.statement(first)
        work.statement(statement(of, "We will never sell it"))
        work.position(held)
        work.position(replace(held, topic_name="a later name", proposition="made-other"))
        work.commit()
    with ledger._reading() as connection:
        names = connection.execute(select(schema.topic.c.name).where(schema.topic.c.key == "made-lock")).scalars().all()
        speaker = connection.scalar(select(schema.statement.c.party_id).limit(1))
        assert names == ["the lock"]
        assert len(fulltext.holding(connection, speaker, [["lock"], ["sell"]], 9)) == 2
