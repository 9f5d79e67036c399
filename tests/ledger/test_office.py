"""Events are heard once, the App Home and a channel are first once, and the logs of sources and people only grow."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from ledger_sample import raised
from sqlalchemy import MetaData, Table, create_engine, update
from sqlalchemy.exc import DBAPIError

from bot.ledger import LedgerError
from bot.ledger.database.engine import address
from bot.ledger.flow.sources import SourceChange
from bot.ledger.people.roster import RosterChange
from bot.ledger.tables.flow import bulletin
from bot.model import content_key
from watchers.model import FeedState

NOW = datetime(2031, 3, 10, 9, tzinfo=UTC)
HARBOUR = SourceChange(
    source="harbour",
    what="suggested",
    name="The Harbour Times",
    url="https://harbour.example/feed",
    past="skip",
    by="U0NOOR",
    at=NOW,
)


def test_an_event_is_heard_once_for_at_least_ten_minutes(ledger):
    assert ledger.heard("Ev1", NOW)
    assert not ledger.heard("Ev1", NOW + timedelta(minutes=10))
    assert ledger.heard("Ev2", NOW + timedelta(hours=2))
    assert ledger.heard("Ev1", NOW + timedelta(hours=2)), "what is long over is forgotten"


def test_a_home_is_opened_and_a_channel_greeted_for_the_first_time_once(ledger):
    assert [ledger.home_opened("U1", NOW), ledger.home_opened("U1", NOW + timedelta(days=1))] == [True, False]
    assert ledger.home_opened("U2", NOW)
    assert ledger.home_readers(NOW) == ("U1", "U2")
    assert ledger.home_readers(NOW + timedelta(hours=1)) == ("U1",)
    number, again = ledger.greet("C1", {"text": "hello"}, NOW), ledger.greet("C1", {"text": "hello"}, NOW)
    assert again is None
    (waits,) = ledger.bulletins_due(NOW)
    assert (waits.id, waits.channel, waits.message) == (number, "C1", {"text": "hello"})


def test_the_latest_words_are_found_whoever_said_them(ledger):
    assert ledger.latest() == ()
    raised(ledger)
    days = [position.said_first for position in ledger.latest(2)]
    assert len(days) == 2
    assert days == sorted(days, reverse=True)


def test_a_source_is_suggested_added_paused_resumed_and_removed_and_every_step_stays(ledger):
    steps = ("suggested", "added", "paused", "resumed", "removed")
    for hours, what in enumerate(steps):
        change, done = ledger.change_source(replace(HARBOUR, what=what, at=NOW + timedelta(hours=hours)))
        assert done
        assert change.what == what
    (last,) = ledger.sources()
    assert last.state == "removed"
    assert tuple(one.what for one in ledger.source_changes()) == steps


def test_a_suggestion_is_asked_about_once_and_a_source_that_is_added_begins_anew(ledger):
    ledger.change_source(HARBOUR)
    for text in ("first", "second"):
        stands, done = ledger.change_source(HARBOUR, channel="operators", message={"text": text})
        assert (stands.what, done) == ("suggested", False)
    assert [one.message for one in ledger.bulletins_due(NOW)] == [{"text": "first"}]
    ledger.save_feed_state(FeedState(feed="harbour", etag="of long ago", seeded=True), "of long ago")
    ledger.change_source(replace(HARBOUR, what="added"))
    assert ledger.feed_state("harbour") == FeedState(feed="harbour")
    assert ledger.feed_seen("harbour") == ""


def test_two_editors_add_a_suggested_source_once_and_the_second_learns_who_was_first(ledger):
    ledger.change_source(HARBOUR)
    first, done = ledger.change_source(replace(HARBOUR, what="added", by="U0ADA"))
    assert done
    assert ledger.change_source(replace(HARBOUR, what="declined", by="U0TOMAS")) == (first, False)
    assert first.by == "U0ADA"
    assert len(ledger.source_changes()) == 2


def test_what_is_not_there_is_not_removed_and_not_resumed(ledger):
    assert ledger.change_source(replace(HARBOUR, what="removed")) == (None, False)
    assert ledger.change_source(replace(HARBOUR, what="resumed")) == (None, False)
    assert ledger.source_changes() == ()


def test_a_change_of_the_roster_stands_until_it_is_undone_which_happens_once(ledger):
    alias = RosterChange(what="alias", subject="mara-velden", content={"alias": "M. Velden"}, by="U0ADA", at=NOW)
    first = ledger.change_roster(alias)
    second = ledger.change_roster(replace(alias, content={"alias": "Velden, M."}))
    undo = RosterChange(what="undone", subject="mara-velden", content={}, by="U0TOMAS", at=NOW, undoes=first.number)
    assert ledger.change_roster(undo) is not None
    assert ledger.change_roster(undo) is None
    assert ledger.roster() == (second,)
    assert [one.what for one in ledger.roster_changes()] == ["alias", "alias", "undone"]


@pytest.mark.parametrize("table", ["source_change", "roster_change"])
def test_the_logs_are_never_changed_not_even_by_hand(place, ledger, table):
    ledger.change_source(HARBOUR)
    ledger.change_roster(RosterChange(what="alias", subject="x", content={}, by="U", at=NOW))
    engine = create_engine(address(place))
    stored = Table(table, MetaData(), autoload_with=engine)
    for statement in (stored.update().values(by="nobody"), stored.delete()):
        with pytest.raises(DBAPIError, match="are never changed"), engine.begin() as connection:
            connection.execute(statement)
    engine.dispose()


def test_a_moment_without_a_zone_is_refused(ledger):
    with pytest.raises((LedgerError, ValueError)):
        ledger.change_source(replace(HARBOUR, at=datetime(2031, 3, 10)))


def test_a_question_about_a_source_is_known_by_the_source_and_by_its_key_of_old(ledger):
    asked = []
    for source in ("harbour", "strait"):  # either might be the first line of the log
        ledger.change_source(replace(HARBOUR, source=source), channel="C1", message={"text": source})
        (waits,) = ledger.bulletins_due(NOW)
        ledger.bulletin_sent(waits.id, "C1", "1.0")
        asked.append(waits.key)
    assert asked == [content_key("source", source, "suggested", NOW.isoformat()) for source in ("harbour", "strait")]
    with ledger._writing() as connection:  # as it was asked before
        mine = update(bulletin).where(bulletin.c.key == asked[0])
        connection.execute(mine.values(key=content_key("source", "1")))
    assert ledger.change_source(HARBOUR, channel="C1", message={"text": "again"})[1] is False
    assert ledger.bulletins_due(NOW) == ()
