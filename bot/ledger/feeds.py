"""What the watchers need remembered: the state of each feed, and entries that could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from bot.ledger import schema
from bot.ledger.engine import Opened
from bot.ledger.rows import added
from bot.model import content_key
from watchers.model import Entry, FeedState

attempt = schema.entry_attempt.c


def hashed(keys: Iterable[str]) -> dict[str, str]:
    """The keys by the hash under which they are stored."""
    return {content_key(key): key for key in keys}


class Feeds(Opened):
    """The ledger as `watchers.model.FeedRecord` sees it."""

    def feed_state(self, feed: str) -> FeedState:
        """The stored state of a feed; a fresh one for a feed never polled."""
        with self._reading() as connection:
            query = select(schema.feed_state).where(schema.feed_state.c.feed == feed)
            row = connection.execute(query).mappings().one_or_none()
            return _as_state(row) if row else FeedState(feed=feed)

    def save_feed_state(self, state: FeedState) -> None:
        """Store the state, replacing the one before."""
        with self._writing() as connection:
            connection.execute(delete(schema.feed_state).where(schema.feed_state.c.feed == state.feed))
            connection.execute(insert(schema.feed_state).values(**asdict(state)))

    def known_keys(self, keys: tuple[str, ...]) -> frozenset[str]:
        """Those of `keys` that belong to an article on record or to an entry given up on."""
        stored = hashed(keys)
        wanted = list(stored)
        found: set[str] = set()
        with self._reading() as connection:
            for start in range(0, len(wanted), 500):  # databases bound the number of parameters
                some = wanted[start : start + 500]
                article, entry = schema.article_key.c.key, schema.entry_key.c
                found.update(connection.scalars(select(article).where(article.in_(some))))
                parked = (
                    select(entry.key)
                    .join(schema.entry_attempt, attempt.id == entry.attempt_id)
                    .where(entry.key.in_(some), attempt.parked)
                )
                found.update(connection.scalars(parked))
        return frozenset(stored[key] for key in found)

    def entry_failed(self, entry: Entry, reason: str, now: datetime) -> int:
        """Count a failed attempt to read an entry and return how many there were; see `give_up_entry`."""
        with self._writing() as connection:
            number = _attempt(connection, entry, now)
            changed = (
                update(schema.entry_attempt)
                .where(attempt.id == number)
                .values(attempts=attempt.attempts + 1, reason=reason, last_at=now)
            )
            connection.execute(changed)
            return int(connection.execute(select(attempt.attempts).where(attempt.id == number)).scalar_one())

    def give_up_entry(self, entry: Entry, reason: str, now: datetime) -> None:
        """Park an entry for good, with its reason, so that it is known and not tried again."""
        with self._writing() as connection:
            number = _attempt(connection, entry, now)
            parked = (
                update(schema.entry_attempt).where(attempt.id == number).values(parked=True, reason=reason, last_at=now)
            )
            connection.execute(parked)


def _attempt(connection: Connection, entry: Entry, now: datetime) -> int:
    """The row of an entry, found by any of its keys; keys not seen before are added to it."""
    keys = list(hashed(entry.keys))
    table = schema.entry_key.c
    known = {
        row.key: row.attempt_id
        for row in connection.execute(select(table.key, table.attempt_id).where(table.key.in_(keys)))
    }
    number = min(known.values(), default=None)
    if number is None:
        number = added(
            connection,
            schema.entry_attempt,
            feed=entry.feed,
            title=entry.title,
            url=entry.url,
            attempts=0,
            reason="",
            last_at=now,
            parked=False,
        )
    for key in keys:
        if key not in known:
            connection.execute(insert(schema.entry_key).values(key=key, attempt_id=number))
    return number


def _as_state(row: RowMapping) -> FeedState:
    return FeedState(**{field.name: row[field.name] for field in fields(FeedState)})


def feed_states(connection: Connection) -> tuple[FeedState, ...]:
    """The state of every feed that was ever polled, by its id."""
    query = select(schema.feed_state).order_by(schema.feed_state.c.feed)
    return tuple(_as_state(row) for row in connection.execute(query).mappings())
