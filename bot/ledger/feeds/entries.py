"""Entries of feeds: which are known, what was said of them last, and those that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import chain

from sqlalchemy import BindParameter, Connection, Text, bindparam, case, delete, func, insert, select, text, update

from bot.ledger.database.engine import Opened
from bot.ledger.database.prepared import added, asked
from bot.ledger.feeds.feeds import feed_states, store_feed_state
from bot.ledger.tables import feeds as feed_tables
from bot.ledger.tables import schema
from bot.model import content_key
from watchers.model import LEFT_OUT, Begun, Entry, Known, Look
from watchers.state import unread

attempt = feed_tables.entry_attempt.c
try:
    PROGRAM = version("on-record")
except PackageNotFoundError:
    PROGRAM = "0"


# Queries that take no lists are the quickest. No entry has more than three keys, and few documents many new entries.
_MANY = tuple(bindparam(f"k{place}", type_=Text) for place in range(32))
FOUR = _MANY[:4]
_key, _entry, _look = schema.article_key.c, feed_tables.entry_key.c, feed_tables.look.c
_ATTEMPTS = {places: select(_entry.attempt_id).where(_entry.key.in_(places)).distinct() for places in (FOUR, _MANY)}
_LOOKS = (
    select(_key.key, _look.mark, _look.at, _look.since, _look.times)
    .outerjoin(feed_tables.look, (_look.article_id == _key.article_id) & (_look.feed == bindparam("of")))
    .where(_key.key.in_(_MANY))
)
_TRIED = (
    select(_entry.key, attempt.parked)
    .join(feed_tables.entry_attempt, attempt.id == _entry.attempt_id)
    .where(_entry.key.in_(_MANY))
)
_KEEP = text(
    "INSERT INTO look (feed, article_id, mark, at, since, times)"
    " SELECT DISTINCT :feed, article_id, :mark, :at, :since, :times FROM article_key WHERE key IN (:k0, :k1, :k2, :k3)"
    " ON CONFLICT (feed, article_id)"
    " DO UPDATE SET mark = excluded.mark, at = excluded.at, since = excluded.since, times = excluded.times"
).bindparams(
    bindparam("feed", type_=_look.feed.type),
    *(bindparam(name, type_=_look[name].type) for name in ("mark", "at", "since", "times")),
    *FOUR,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """How many entries of a feed were given up on; title and reason of the newest."""

    entries: int
    title: str
    reason: str


def hashed(keys: Iterable[str]) -> dict[str, str]:
    """The keys by the hash under which they are stored."""
    return {content_key(key): key for key in keys}


class Entries(Opened):
    """What is remembered of the entries of feeds."""

    def known_keys(self, keys: tuple[str, ...]) -> frozenset[str]:
        """Those of `keys` that belong to an article on record or to an entry given up on."""
        known = self.known("", keys)
        return known.given_up | known.looks.keys()

    def known(self, feed: str, keys: tuple[str, ...]) -> Known:
        """What is known under `keys`, with the feed's looks at the articles."""
        stored = hashed(keys)
        looks: dict[str, Look | None] = {}
        parked: dict[str, bool] = {}
        with self._reading() as connection:
            for some in portions(_MANY, stored):
                for key, mark, *times in asked(connection, _LOOKS).each(connection, {"of": feed, **some}):
                    at, since, again = times
                    looks[stored[key]] = Look(mark=mark, at=at, since=since, times=again) if at else None
                for key, it_is in asked(connection, _TRIED).each(connection, some):
                    parked[stored[key]] = it_is
        given_up = frozenset(key for key, it_is in parked.items() if it_is)
        return Known(looks, given_up, frozenset(parked) - given_up - looks.keys())

    def save_look(self, entry: Entry, look: Look) -> None:
        """Remember a look at the article on record under the entry's keys; the attempts that it took are forgotten.

        No such article: nothing.
        """
        with self._writing() as connection:
            keep_looks(connection, [(entry.feed, entry.keys, look)])

    def entry_begun(self, entry: Entry, now: datetime, *, quiet: bool = False) -> Begun:
        """Count an attempt to read an entry, before it is made; `quiet` is remembered of the first."""
        with self._writing() as connection:
            number = _attempt(connection, entry, now, quiet=quiet)
            counted = update(feed_tables.entry_attempt).where(attempt.id == number)
            counted = counted.values(attempts=attempt.attempts + 1, last_at=now)
            row = connection.execute(counted.returning(attempt.attempts, attempt.quiet)).one()
            return Begun(attempts=row.attempts, quiet=row.quiet)

    def entry_failed(self, entry: Entry, reason: str, now: datetime, *, quiet: bool = False) -> None:
        """Say why the attempt failed, which counts as the first if none was counted; `quiet` is remembered of that."""
        with self._writing() as connection:
            number = _attempt(connection, entry, now, quiet=quiet)
            counted = case((attempt.attempts < 1, 1), else_=attempt.attempts)
            _change(connection, [number], attempts=counted, reason=reason, last_at=now)

    def entry_waits(self, entry: Entry) -> None:
        """Take back the attempt that was begun: that it came to nothing is no fault of the entry."""
        with self._writing() as connection:
            _change(connection, _attempts(connection, entry.keys), attempts=attempt.attempts - 1)

    def give_up_entry(self, entry: Entry, reason: str, now: datetime) -> None:
        """Park an entry with its reason, so that it is known and not tried again by this version of the program."""
        with self._writing() as connection:
            number = _attempt(connection, entry, now)
            _change(connection, [number], parked=True, parked_by=PROGRAM, reason=reason, last_at=now)

    def try_entries_again(self, program: str = PROGRAM) -> int:
        """Give no entry up any more that another version of the program gave up on; how many.

        Their feeds are read once more, whether they changed or not: an entry that still stands there is tried again.
        So are those of which the parser could not read some entries, for it may be another one now.
        """
        with self._writing() as connection:
            before = attempt.parked & (attempt.reason != LEFT_OUT) & attempt.parked_by.is_distinct_from(program)
            rows = connection.execute(select(attempt.id, attempt.feed).where(before)).all()
            anew = update(feed_tables.entry_attempt).where(before)
            connection.execute(anew.values(parked=False, parked_by=None, attempts=0, reason=""))
            concerned = {row.feed for row in rows}
            for feed in feed_states(connection):
                if feed.feed in concerned or feed.lost:
                    store_feed_state(connection, unread(feed), seen="", goes_on=True)
            return len(rows)

    def given_up(self) -> dict[str, GivenUp]:
        """By feed, how many of its entries were given up on, and the newest of them."""
        newest = func.max(attempt.id).label("newest")
        where = attempt.parked & (attempt.reason != LEFT_OUT)
        counted = select(attempt.feed, func.count().label("entries"), newest).where(where).group_by(attempt.feed)
        found = counted.subquery()
        query = select(found.c.feed, found.c.entries, attempt.title, attempt.reason).join(
            feed_tables.entry_attempt, attempt.id == found.c.newest
        )
        with self._reading() as connection:
            return {
                row.feed: GivenUp(entries=row.entries, title=row.title, reason=row.reason)
                for row in connection.execute(query)
            }


def keep_looks(connection: Connection, looks: Sequence[tuple[str, Iterable[str], Look]]) -> None:
    """Remember a feed's looks at the articles on record under some keys, in a step of somebody else's.

    The attempts that these took are forgotten.
    """
    _forget(connection, _attempts(connection, chain.from_iterable(keys for _, keys, _ in looks)))
    rows = (
        {"feed": feed, "mark": look.mark, "at": look.at, "since": look.since, "times": look.times, **four}
        for feed, keys, look in looks
        for four in portions(FOUR, hashed(keys))
    )
    asked(connection, _KEEP).done(connection, *rows)


def portions(places: Sequence[BindParameter[str]], hashes: Iterable[str]) -> Iterator[dict[str, str]]:
    """As many at a time as a query has places for; of fewer the last is repeated."""
    left = list(hashes)
    names = [one.key for one in places]
    for start in range(0, len(left), len(names)):
        some = left[start : start + len(names)]
        yield dict(zip(names, some + some[-1:] * (len(names) - len(some)), strict=True))


def _attempts(connection: Connection, keys: Iterable[str]) -> list[int]:
    """The rows of the attempts at an entry, found by any of its keys."""
    stored = hashed(keys)
    places = FOUR if len(stored) <= len(FOUR) else _MANY
    found = (asked(connection, _ATTEMPTS[places]).rows(connection, some) for some in portions(places, stored))
    return list({number for rows in found for (number,) in rows})


def _change(connection: Connection, numbers: Iterable[int], **values: object) -> None:
    connection.execute(update(feed_tables.entry_attempt).where(attempt.id.in_(list(numbers))).values(**values))


def _forget(connection: Connection, numbers: list[int]) -> None:
    for start in range(0, len(numbers), 500):  # databases bound the number of parameters
        some = numbers[start : start + 500]
        connection.execute(delete(feed_tables.entry_key).where(feed_tables.entry_key.c.attempt_id.in_(some)))
        connection.execute(delete(feed_tables.entry_attempt).where(attempt.id.in_(some)))


def _attempt(connection: Connection, entry: Entry, now: datetime, *, quiet: bool = False) -> int:
    """The row of an entry, found by any of its keys; keys not seen before are added to it."""
    keys = list(hashed(entry.keys))
    table = feed_tables.entry_key.c
    known = {
        row.key: row.attempt_id
        for row in connection.execute(select(table.key, table.attempt_id).where(table.key.in_(keys)))
    }
    number = min(known.values(), default=None)
    if number is None:
        number = added(
            connection,
            feed_tables.entry_attempt,
            feed=entry.feed,
            title=entry.title,
            url=entry.url,
            attempts=0,
            reason="",
            last_at=now,
            parked=False,
            quiet=quiet,
        )
    if new := [{"key": key, "attempt_id": number} for key in keys if key not in known]:
        connection.execute(insert(feed_tables.entry_key), new)
    return number
