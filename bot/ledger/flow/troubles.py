"""What the operators are told of once: that something fails, and that it does again what it should."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select, update

from bot.ledger.database.engine import Opened
from bot.ledger.feeds.feeds import feed_states
from bot.ledger.flow.bulletins import announce
from bot.ledger.tables import flow as flow_tables
from bot.ledger.tables import schema
from bot.model import content_key
from watchers.model import FeedState

PATIENCE = timedelta(hours=6)  # a feed that fails for less is nobody's business
_trouble = flow_tables.trouble.c
_STEP = (_trouble.what, _trouble.words, _trouble.at)


class _Last(NamedTuple):
    what: str
    words: str
    at: datetime


class _Turn(NamedTuple):
    what: str
    words: str
    told: str = ""  # to the operators


class Troubles(Opened):
    """Each spell of trouble has one notice when it has lasted and one when it is over, however often we start anew."""

    def watch_feeds(self, feeds: Mapping[str, str], operators: str, now: datetime) -> tuple[str, ...]:
        """A notice to the operators' channel of each feed (id and name) that fails long, or does so no more.

        What was told, also where there is no such channel. A feed that is not among them, as one that is paused, fails
        no more: its time begins anew with it.
        """
        with self._reading() as connection:
            if not _turns(connection, feeds, now):
                return ()
        with self._writing() as connection:
            turns = _turns(connection, feeds, now)
            for feed, turn in turns.items():
                _write(connection, f"feed:{feed}", turn.what, turn.words, now)
                _tell(connection, f"feed:{feed}", operators, turn.told, now)
        return tuple(turn.told for turn in turns.values() if turn.told)

    def trouble(self, subject: str, reason: str, words: str, operators: str, now: datetime) -> bool:
        """Tell the operators, once a spell and reason, what is the matter with a subject; whether it was news."""
        with self._writing() as connection:
            last = _last(connection, subject)
            if last is not None and last.what == "told" and last.words == reason:
                return False
            _write(connection, subject, "told", reason, now)
            _tell(connection, subject, operators, words, now)
            return True

    def trouble_over(self, subject: str, words: str, operators: str, now: datetime) -> bool:
        """Tell the operators, once, that it is over; False where they were told of no trouble."""
        with self._reading() as connection:
            last = _last(connection, subject)
        if last is None or last.what != "told":
            return False
        with self._writing() as connection:
            _write(connection, subject, "over", "", now)
            _tell(connection, subject, operators, words, now)
        return True

    def try_channels(self, now: datetime) -> int:
        """Let the oldest message that is stuck for what ails its channel wait again, to see whether it still does.

        How many that are. Where it is posted, the trouble is over, and the others follow.
        """
        tried = 0
        with self._writing() as connection:
            for table in (schema.delivery, flow_tables.bulletin):
                row = table.c
                query = select(row.channel, row.reason, func.min(row.id).label("oldest")).where(row.state == "stuck")
                if table is flow_tables.bulletin:
                    query = query.where(row.until.is_(None))  # of others it was said that they are not posted
                for stuck in connection.execute(query.group_by(row.channel, row.reason)).all():
                    if standing(connection, f"channel:{stuck.channel}") == stuck.reason:
                        again = update(table).where(row.id == stuck.oldest)
                        connection.execute(again.values(state="pending", retry_at=now, reason=""))
                        tried += 1
        return tried


def standing(connection: Connection, subject: str) -> str:
    """The trouble of a subject that the operators were told of and that is not over; empty: none."""
    last = _last(connection, subject)
    return last.words if last is not None and last.what == "told" else ""


def _turns(connection: Connection, feeds: Mapping[str, str], now: datetime) -> dict[str, _Turn]:
    """What has become of the feeds since they were last looked at, of those of which there is anything to say."""
    newest = select(func.max(_trouble.id)).where(_trouble.subject.startswith("feed:")).group_by(_trouble.subject)
    query = select(_trouble.subject, *_STEP).where(_trouble.id.in_(newest))
    last = {row.subject: _Last(*row[1:]) for row in connection.execute(query)}
    states = [state for state in feed_states(connection) if state.feed in feeds]
    turns = {state.feed: _turn(state, feeds[state.feed], last.get(f"feed:{state.feed}"), now) for state in states}
    began = (subject.removeprefix("feed:") for subject, step in last.items() if step.what == "began")
    left = {feed: _Turn("over", "") for feed in began if feed not in feeds}
    return left | {feed: turn for feed, turn in turns.items() if turn}


def _turn(state: FeedState, name: str, last: _Last | None, now: datetime) -> _Turn | None:
    """What has become of a feed since it was last looked at: what to write down, its reason, and what to tell."""
    if state.polled_at is None:
        return None
    feed = state.feed
    well = not state.reason and not state.paused
    if well:
        if last is None or last.what == "over":
            return None
        told = f"{name} ({feed}) is read again." if last.what == "told" else ""
        return _Turn("over", "", told)
    ahead = last is not None and last.what == "began" and last.at > now  # by a clock that was set back since
    if last is None or last.what == "over" or ahead:
        return _Turn("began", state.reason)
    if last.what == "began" and now - last.at >= PATIENCE:
        good = f", last good {state.good_at:%d %b %Y %H:%M} UTC" if state.good_at else ", never good so far"
        told = f"{name} ({feed}) has failed for six hours{good}: {state.reason or 'it is paused'}"
        return _Turn("told", state.reason, told)
    return None


def _write(connection: Connection, subject: str, what: str, words: str, now: datetime) -> None:
    connection.execute(insert(flow_tables.trouble).values(subject=subject, what=what, words=words, at=now))


def _tell(connection: Connection, subject: str, operators: str, words: str, now: datetime) -> None:
    """A notice under a key of its own, made from the step that was just written down, not from its number.

    A copy of this ledger that was put back may give that to another step.
    """
    last = _last(connection, subject)
    if operators and words and last is not None:
        then = (_trouble.subject == subject) & (_trouble.at == last.at)
        place = connection.scalar(select(func.count()).select_from(flow_tables.trouble).where(then))
        key = content_key("notice", subject, last.what, last.at.isoformat(), str(place))
        announce(connection, key, operators, words, now)


def _last(connection: Connection, subject: str) -> _Last | None:
    query = select(*_STEP).where(_trouble.subject == subject).order_by(_trouble.id.desc()).limit(1)
    row = connection.execute(query).first()
    return _Last(*row) if row else None
