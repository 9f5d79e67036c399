"""An edited article keeps its versions, and every statement what became of it; nothing of it is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ledger_sample import DAY, IDA, LATER, MARA, NO, NOW, YES, article, conflict, on_day, position, record, source, told
from ledger_sample import statement as taken
from sqlalchemy import event

from bot.ledger import Ledger, LedgerError, Unproven
from bot.model import Fate, Statement
from watchers.model import Article, Entry, Look

MAYBE = "We will build the bridge over the strait after the next election, come what may."
OLD, HELD = told(YES, "a", **on_day(3))
EDITED = article(f"{MARA.name} spoke at noon. “{MAYBE}” The harbour was calm.", "a", retrieved=NOW + DAY)
CORRECTED = taken(EDITED, MAYBE, **on_day(3))


def edit(ledger: Ledger, edited: Article, *fates: Fate, added: tuple[Statement, ...] = ()) -> None:
    """Put a later version on record with what became of the statements."""
    with ledger.work() as work:
        newest = work.newest(edited)
        assert newest is not None
        version = work.version(edited, newest)
        for one in added:
            work.statement(one)
            work.position(position(one))
        for fate in fates:
            if fate.now and fate.became == "changed":
                work.statement(fate.now, fate.statement)
                work.position(position(fate.now))
            work.fate(fate, version, edited.retrieved)
        work.commit()


def vanished(one: Statement) -> Fate:
    return Fate(statement=one, became="vanished", now=None)


@pytest.fixture
def changed(ledger: Ledger) -> Ledger:
    """A ledger on which the words of one article were corrected."""
    record(ledger, (OLD, HELD))
    edit(ledger, EDITED, Fate(statement=HELD.statement, became="changed", now=CORRECTED))
    return ledger


def test_versions_are_kept_with_hash_text_and_when_they_were_seen(changed: Ledger) -> None:
    first, second = changed.versions("a")
    assert (first.number, first.text_hash, first.seen) == (1, OLD.text_hash, OLD.retrieved)
    assert (second.number, second.text_hash, second.seen) == (2, EDITED.text_hash, EDITED.retrieved)
    assert (changed.text_of(OLD.text_hash), changed.text_of(EDITED.text_hash)) == (OLD.text, EDITED.text)
    assert changed.versions("unheard of") == ()


def test_a_version_is_the_same_article_by_every_key(changed: Ledger) -> None:
    with changed.work() as work:
        assert work.knows(EDITED)
        assert work.knows(OLD)
        renamed = article(EDITED.text, "z", keys=("guid:z", "https://post.example/a"))
        newest = work.newest(renamed)
        assert newest is not None
        assert (newest.article, newest.number) == ("a", 2)
        assert work.newest(article("Else.", "unheard of")) is None
        work.commit()
    assert changed.status().articles == 1
    assert changed.status().corrected == 1


def test_a_changed_statement_is_linked_to_what_replaced_it(changed: Ledger) -> None:
    (fate,) = changed.fates("a")
    assert (fate.became, fate.at, fate.start) == ("changed", EDITED.retrieved, CORRECTED.span.start)
    assert fate.statement.key == HELD.statement.key
    assert fate.successor == CORRECTED
    assert changed.corrections() == (fate,)
    assert "changed these words, as seen on 5 Mar 2025" in fate.statement.amended


def test_what_replaces_words_reports_the_same_remark(changed: Ledger) -> None:
    status = changed.status()
    assert (status.statements, status.utterances, status.changed, status.vanished) == (2, 1, 1, 0)


def test_newer_words_are_shown_and_the_older_ones_stay_on_record(changed: Ledger) -> None:
    assert [held.statement for held in changed.about("bridge")] == [CORRECTED]
    assert changed.status().positions == 2


def test_a_fresh_position_is_not_held_against_words_that_were_corrected(ledger: Ledger) -> None:
    record(ledger, (OLD, HELD), told(LATER, "b", IDA, **on_day(2)))
    fresh = told(NO, "c", **on_day(5))
    record(ledger, fresh)
    with ledger.work() as work:
        assert HELD.statement.key in {near.statement.key for near in work.near(fresh[1])}
    edit(ledger, EDITED, Fate(statement=HELD.statement, became="changed", now=CORRECTED))
    with ledger.work() as work:
        keys = {near.statement.key for near in work.near(fresh[1])}
    assert HELD.statement.key not in keys
    assert CORRECTED.key in keys


def test_what_was_taken_out_is_held_against_all_but_the_same_articles_own_words(ledger: Ledger) -> None:
    fresh = told(NO, "c", **on_day(5))
    record(ledger, (OLD, HELD), fresh)
    added = article(f"{IDA.name} spoke at noon. “{LATER}” The harbour was calm.", "a", retrieved=NOW + DAY)
    own = taken(added, LATER, IDA, **on_day(5))
    edit(ledger, added, vanished(HELD.statement), added=(own,))
    with ledger.work() as work:
        assert HELD.statement.key in {near.statement.key for near in work.near(fresh[1])}
        assert HELD.statement.key not in {near.statement.key for near in work.near(position(own))}


def test_what_was_taken_out_stays_marked_and_comes_back(ledger: Ledger) -> None:
    record(ledger, (OLD, HELD))
    edit(ledger, article("Nothing is left.", "a", retrieved=NOW + DAY), vanished(HELD.statement))
    (shown,) = ledger.about("bridge")
    assert shown.statement.amended == "the outlet took these words out, as seen on 5 Mar 2025"
    assert ledger.status().vanished == 1
    with ledger.work() as work:
        assert [stands for _, stands in work.told("a")] == [False]
    back = article(OLD.text, "a", retrieved=NOW + 2 * DAY)
    edit(ledger, back, Fate(statement=HELD.statement, became="kept", now=taken(back, YES, **on_day(3))))
    assert ledger.about("bridge") == (HELD,)
    assert (ledger.status().vanished, ledger.status().statements) == (0, 1)
    assert [version.text_hash for version in ledger.versions("a")][::2] == [OLD.text_hash] * 2
    assert [fate.became for fate in ledger.fates("a")] == ["vanished", "kept"]
    assert ledger.corrections()[0].became == "vanished"


def test_evidence_of_every_version_can_be_verified(ledger: Ledger) -> None:
    record(ledger, (OLD, HELD))
    fresh = told(NO, "b", **on_day(5))
    record(ledger, fresh)
    with ledger.work() as work:
        alert = work.alert(conflict(fresh[1], HELD), "desk", "high", NOW)
        work.commit()
    assert alert is not None
    edit(ledger, EDITED, Fate(statement=HELD.statement, became="changed", now=CORRECTED))
    now = ledger.alert(alert.number)
    assert now is not None
    assert ledger.verify(now) == ()
    assert now.conflict.earlier.statement.amended != ""
    with ledger.work() as work:
        assert [found.number for found in work.alerts_on([HELD.statement])] == [alert.number]
        assert work.alerts_on([CORRECTED]) == ()


def test_a_statement_of_a_later_version_must_equal_its_text(ledger: Ledger) -> None:
    record(ledger, (OLD, HELD))
    with ledger.work() as work:
        with pytest.raises(Unproven):
            work.statement(CORRECTED)
        newest = work.newest(EDITED)
        assert newest is not None
        assert work.version(EDITED, newest) == source(EDITED)
        assert work.statement(CORRECTED)


def test_there_is_no_later_version_of_nothing(ledger: Ledger) -> None:
    record(ledger, (OLD, HELD))
    with ledger.work() as work:
        newest = work.newest(OLD)
        assert newest is not None
        with pytest.raises(LedgerError, match="no later version"):
            work.version(article("Else.", "unheard of"), newest)


def test_fates_are_never_changed(changed: Ledger) -> None:
    for change in ("UPDATE fate SET became = 'kept'", "DELETE FROM fate"):
        with pytest.raises(LedgerError, match="never changed"), changed._writing() as connection:
            connection.exec_driver_sql(change)


def test_all_articles_are_not_walked_through_to_find_those_set_aside(ledger: Ledger) -> None:
    asked: list[tuple[str, object]] = []
    event.listen(ledger._engine, "before_cursor_execute", lambda *all_: asked.append((all_[2], all_[3])))
    ledger.status()
    sought = [one for one in asked if "article.aside >" in one[0]]
    assert len(sought) == 2
    with ledger._engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        if not lite:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # so few rows are read at once
        for words, given in sought:
            plan = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if lite else ''}{words}", given).all()
            assert "ix_article_set_aside" in str(plan)


def test_an_article_set_aside_is_on_record_with_the_reason(ledger: Ledger) -> None:
    german = article("Die Brücke.", "d", language="de")
    with ledger.work() as work:
        work.article(german, "it is in German; English is read")
        work.article(article("Text."))
        work.commit()
    status = ledger.status()
    assert (status.articles, status.aside) == (2, 1)
    assert status.why_aside == ("Harbour Post, “Title of d”: it is in German; English is read",)


def entry(feed: str, *keys: str) -> Entry:
    return Entry(feed=feed, keys=keys, title="Bridge", url=None, published=None, summary="", full=False)


def test_a_look_is_remembered_for_each_feed_under_every_key(ledger: Ledger) -> None:
    record(ledger, (OLD, HELD))
    keys = ("guid:a", "https://post.example/a", "unheard of")
    assert ledger.known("post", keys).looks == {"guid:a": None, "https://post.example/a": None}
    look = Look(mark="m", at=NOW, since=NOW - timedelta(hours=1), times=2)
    ledger.save_look(entry("post", "guid:a", "new guid"), Look(mark="old", at=NOW, since=NOW))
    ledger.save_look(entry("post", "https://post.example/a"), look)
    ledger.save_look(entry("post", "unheard of"), look)
    assert ledger.known("post", keys).looks == {"guid:a": look, "https://post.example/a": look}
    assert ledger.known("courier", keys[:1]).looks == {"guid:a": None}
