"""The state of each feed, and what was read of its latest document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Connection, RowMapping, Text, bindparam, func, insert, select, text, update

from bot.ledger.database.engine import Opened
from bot.ledger.database.prepared import asked
from bot.ledger.tables import feeds as feed_tables
from bot.ledger.tables import schema
from bot.ledger.tables.columns import Moment, Words
from watchers.model import FeedState, Polled

# Made once: to put a query together takes longer than to ask it, and polls ask nothing but these.
_FIELDS = tuple(field.name for field in fields(FeedState))
_OF = feed_tables.feed_state.c.feed == bindparam("of")
_STATE = select(*(feed_tables.feed_state.c[name] for name in _FIELDS)).where(_OF)
_CHANGE = (
    update(feed_tables.feed_state)
    .where(_OF)
    .values(
        {
            "begun": feed_tables.feed_state.c.begun & bindparam("goes_on", type_=Boolean),
            **{name: bindparam(name) for name in _FIELDS},
        }
    )
)
_CHANGE_LATER = _CHANGE.where(feed_tables.feed_state.c.polled_at == bindparam("before"))
_SEEN = select(feed_tables.feed_seen.c.seen).where(feed_tables.feed_seen.c.feed == bindparam("of"))
_SEEN_NOW = text(
    "INSERT INTO feed_seen (feed, seen) VALUES (:feed, :seen) ON CONFLICT (feed) DO UPDATE SET seen = excluded.seen"
).bindparams(bindparam("feed", type_=Words), bindparam("seen", type_=Text))
_SEEN_LATER = text(
    "INSERT INTO feed_seen (feed, seen) SELECT feed, :seen FROM feed_state WHERE feed = :feed AND polled_at = :after"
    " ON CONFLICT (feed) DO UPDATE SET seen = excluded.seen"
).bindparams(bindparam("feed", type_=Words), bindparam("seen", type_=Text), bindparam("after", type_=Moment))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summaries:
    """How many articles of a feed have the feed's own summary alone, and why the newest of them."""

    articles: int
    reason: str


class Feeds(Opened):
    """What is remembered of feeds."""

    def feed_state(self, feed: str) -> FeedState:
        """The stored state of a feed; a fresh one for a feed never polled."""
        with self._reading() as connection:
            row = next(asked(connection, _STATE).each(connection, {"of": feed}), None)
            return FeedState(**dict(zip(_FIELDS, row, strict=True))) if row else FeedState(feed=feed)

    def feed_states(self) -> tuple[FeedState, ...]:
        """The state of every feed that was ever polled, by its id."""
        with self._reading() as connection:
            return feed_states(connection)

    def feed_states_of(self, feeds: Collection[str]) -> dict[str, FeedState]:
        """The stored states of these feeds; those never polled are left out."""
        wanted, stored = list(feeds), feed_tables.feed_state
        found: dict[str, FeedState] = {}
        with self._reading() as connection:
            for start in range(0, len(wanted), 500):  # databases bound the number of parameters
                query = select(stored).where(stored.c.feed.in_(wanted[start : start + 500]))
                found |= {row["feed"]: _as_state(row) for row in connection.execute(query).mappings()}
        return found

    def save_feed_state(self, state: FeedState, seen: str | None = None) -> None:
        """Store the state, replacing the one before; with it what to remember of the document, unless that is None.

        The poll that was begun is over.
        """
        with self._writing() as connection:
            store_feed_state(connection, state, seen)

    def save_polls(self, polls: Sequence[Polled]) -> None:
        """Store the states after several polls in one step, as `save_feed_state` would.

        Where another state was stored meanwhile, it stays.
        """
        states = [
            {"of": after.feed, "before": before.polled_at, "goes_on": False, **_values(after)}
            for before, after, _ in polls
        ]
        read = [
            {"feed": after.feed, "after": after.polled_at, "seen": seen} for _, after, seen in polls if seen is not None
        ]
        with self._writing() as connection:
            asked(connection, _CHANGE_LATER).done(connection, *states)
            if read:
                asked(connection, _SEEN_LATER).done(connection, *read)

    def feed_seen(self, feed: str) -> str:
        """What is remembered of the feed's latest document (`watchers.seen`), empty for nothing."""
        with self._reading() as connection:
            rows = asked(connection, _SEEN).rows(connection, {"of": feed})
            return str(rows[0][0]) if rows else ""

    def poll_begun(self, feed: str) -> bool:
        """Note that entries of the feed are about to be read; whether that was noted before and no state stored since.

        Then the program ended in the midst of it, and one of them may have been why.
        """
        state = feed_tables.feed_state
        with self._writing() as connection:
            before = connection.scalar(select(state.c.begun).where(state.c.feed == feed))
            if before is None:
                connection.execute(insert(state).values(begun=True, **_values(FeedState(feed=feed))))
            elif not before:
                connection.execute(update(state).where(state.c.feed == feed).values(begun=True))
            return bool(before)

    def summaries(self, since: datetime) -> dict[str, Summaries]:
        """By feed, of how many articles read since then only the summary could be had, and why of the newest."""
        article = schema.article.c
        newest = func.max(article.id).label("newest")
        where = article.partial & (article.retrieved >= since) & article.feed.is_not(None)
        counted = select(article.feed, func.count().label("articles"), newest).where(where).group_by(article.feed)
        found = counted.subquery()
        query = select(found.c.feed, found.c.articles, article.notes).join(schema.article, article.id == found.c.newest)
        with self._reading() as connection:
            return {
                row.feed: Summaries(articles=row.articles, reason=row.notes[-1] if row.notes else "")
                for row in connection.execute(query)
            }


def _as_state(row: RowMapping) -> FeedState:
    return FeedState(**{field.name: row[field.name] for field in fields(FeedState)})


def _values(state: FeedState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in _FIELDS}


def store_feed_state(
    connection: Connection, state: FeedState, seen: str | None = None, *, goes_on: bool = False
) -> None:
    """Store the state of a feed, and what to remember of its document, in a step of somebody else's.

    A poll that was begun is over, unless it `goes_on`.
    """
    values = _values(state)
    if not asked(connection, _CHANGE).done(connection, {**values, "of": state.feed, "goes_on": goes_on}):
        connection.execute(insert(feed_tables.feed_state), {**values, "begun": False})
    if seen is not None:
        asked(connection, _SEEN_NOW).done(connection, {"feed": state.feed, "seen": seen})


def feed_states(connection: Connection) -> tuple[FeedState, ...]:
    """The state of every feed that was ever polled, by its id."""
    query = select(feed_tables.feed_state).order_by(feed_tables.feed_state.c.feed)
    return tuple(_as_state(row) for row in connection.execute(query).mappings())
