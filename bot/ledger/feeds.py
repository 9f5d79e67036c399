"""What the watchers need remembered: the state of each feed, and entries that could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, select, update

from bot.ledger import feed_tables, schema
from bot.ledger.engine import Opened
from bot.ledger.prepared import added
from bot.model import content_key
from watchers.model import LEFT_OUT, Begun, Entry, FeedState, Look
from watchers.state import unread

attempt = feed_tables.entry_attempt.c
try:
    PROGRAM = version("on-record")
except PackageNotFoundError:
    PROGRAM = "0"


# Made once: most polls do nothing with the ledger but these two.
_STATE = select(feed_tables.feed_state).where(feed_tables.feed_state.c.feed == bindparam("of"))
_CHANGE = (
    update(feed_tables.feed_state)
    .where(feed_tables.feed_state.c.feed == bindparam("of"))
    .values({field.name: bindparam(field.name) for field in fields(FeedState)})
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """How many entries of a feed were given up on; title and reason of the newest."""

    entries: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summaries:
    """How many articles of a feed have the feed's own summary alone, and why the newest of them."""

    articles: int
    reason: str


def hashed(keys: Iterable[str]) -> dict[str, str]:
    """The keys by the hash under which they are stored."""
    return {content_key(key): key for key in keys}


class Feeds(Opened):
    """The ledger as `watchers.model.FeedRecord` sees it."""

    def feed_state(self, feed: str) -> FeedState:
        """The stored state of a feed; a fresh one for a feed never polled."""
        with self._reading() as connection:
            row = connection.execute(_STATE, {"of": feed}).mappings().one_or_none()
            return _as_state(row) if row else FeedState(feed=feed)

    def feed_states(self) -> tuple[FeedState, ...]:
        """The state of every feed that was ever polled, by its id."""
        with self._reading() as connection:
            return feed_states(connection)

    def save_feed_state(self, state: FeedState, seen: str | None = None) -> None:
        """Store the state, replacing the one before; with it what to remember of the document, unless that is None."""
        with self._writing() as connection:
            store_feed_state(connection, state, seen)

    def feed_seen(self, feed: str) -> str:
        """What is remembered of the feed's latest document (`watchers.seen`), empty for nothing."""
        with self._reading() as connection:
            stored = feed_tables.feed_seen.c
            return str(connection.scalar(select(stored.seen).where(stored.feed == feed)) or "")

    def known_keys(self, keys: tuple[str, ...]) -> frozenset[str]:
        """Those of `keys` that belong to an article on record or to an entry given up on."""
        stored = hashed(keys)
        wanted = list(stored)
        found: set[str] = set()
        with self._reading() as connection:
            for start in range(0, len(wanted), 500):  # databases bound the number of parameters
                some = wanted[start : start + 500]
                article, entry = schema.article_key.c.key, feed_tables.entry_key.c
                found.update(connection.scalars(select(article).where(article.in_(some))))
                parked = (
                    select(entry.key)
                    .join(feed_tables.entry_attempt, attempt.id == entry.attempt_id)
                    .where(entry.key.in_(some), attempt.parked)
                )
                found.update(connection.scalars(parked))
        return frozenset(stored[key] for key in found)

    def looks(self, feed: str, keys: tuple[str, ...]) -> dict[str, Look | None]:
        """Those of `keys` that belong to an article on record, with the feed's last look at it, if there was one."""
        stored = hashed(keys)
        wanted = list(stored)
        key, seen = schema.article_key.c, feed_tables.look.c
        found: dict[str, Look | None] = {}
        with self._reading() as connection:
            for start in range(0, len(wanted), 500):
                query = (
                    select(key.key, seen.mark, seen.at, seen.since, seen.times)
                    .outerjoin(feed_tables.look, (seen.article_id == key.article_id) & (seen.feed == feed))
                    .where(key.key.in_(wanted[start : start + 500]))
                )
                for row in connection.execute(query):
                    look = Look(mark=row.mark, at=row.at, since=row.since, times=row.times) if row.at else None
                    found[stored[row.key]] = look
        return found

    def save_look(self, entry: Entry, look: Look) -> None:
        """Remember a look at the article on record under the entry's keys; the attempts that it took are forgotten.

        No such article: nothing.
        """
        key, seen = schema.article_key.c, feed_tables.look.c
        with self._writing() as connection:
            _forget(connection, _attempts(connection, entry))
            numbers = select(key.article_id).where(key.key.in_(list(hashed(entry.keys)))).distinct()
            for number in connection.scalars(numbers).all():
                connection.execute(delete(feed_tables.look).where(seen.feed == entry.feed, seen.article_id == number))
                values = {"feed": entry.feed, "article_id": number, **asdict(look)}
                connection.execute(insert(feed_tables.look).values(**values))

    def entry_begun(self, entry: Entry, now: datetime, *, quiet: bool = False) -> Begun:
        """Count an attempt to read an entry, before it is made; `quiet` is remembered of the first."""
        with self._writing() as connection:
            number = _attempt(connection, entry, now, quiet=quiet)
            counted = update(feed_tables.entry_attempt).where(attempt.id == number)
            counted = counted.values(attempts=attempt.attempts + 1, last_at=now)
            row = connection.execute(counted.returning(attempt.attempts, attempt.quiet)).one()
            return Begun(attempts=row.attempts, quiet=row.quiet)

    def entry_failed(self, entry: Entry, reason: str, now: datetime) -> None:
        """Say why the attempt that was begun failed."""
        with self._writing() as connection:
            _change(connection, [_attempt(connection, entry, now)], reason=reason, last_at=now)

    def entry_waits(self, entry: Entry) -> None:
        """Take back the attempt that was begun: that it came to nothing is no fault of the entry."""
        with self._writing() as connection:
            _change(connection, _attempts(connection, entry), attempts=attempt.attempts - 1)

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
                    store_feed_state(connection, unread(feed), seen="")
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


def _attempts(connection: Connection, entry: Entry) -> list[int]:
    """The rows of the attempts at an entry, found by any of its keys."""
    table = feed_tables.entry_key.c
    return list(connection.scalars(select(table.attempt_id).where(table.key.in_(list(hashed(entry.keys)))).distinct()))


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


def _as_state(row: RowMapping) -> FeedState:
    return FeedState(**{field.name: row[field.name] for field in fields(FeedState)})


def store_feed_state(connection: Connection, state: FeedState, seen: str | None = None) -> None:
    """Store the state of a feed, and what to remember of its document, in a step of somebody else's."""
    values = {field.name: getattr(state, field.name) for field in fields(FeedState)}
    if not connection.execute(_CHANGE, {**values, "of": state.feed}).rowcount:
        connection.execute(insert(feed_tables.feed_state), values)
    if seen is not None:
        connection.execute(delete(feed_tables.feed_seen).where(feed_tables.feed_seen.c.feed == state.feed))
    if seen:
        connection.execute(insert(feed_tables.feed_seen).values(feed=state.feed, seen=seen))


def feed_states(connection: Connection) -> tuple[FeedState, ...]:
    """The state of every feed that was ever polled, by its id."""
    query = select(feed_tables.feed_state).order_by(feed_tables.feed_state.c.feed)
    return tuple(_as_state(row) for row in connection.execute(query).mappings())
