"""Articles on record: by which keys they are known, which outlets carry them, and the versions of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Dialect, Text, bindparam, delete, func, insert, select, text
from sqlalchemy.sql.expression import literal_column

from bot.ledger.database.prepared import Asked, added, added_once, asked, kind
from bot.ledger.errors import LedgerError
from bot.ledger.feeds.entries import FOUR, hashed, portions
from bot.ledger.record.rows import SOURCE, as_source
from bot.ledger.record.seals import seal
from bot.ledger.records import Version
from bot.ledger.tables import schema
from bot.ledger.tables.columns import Big
from bot.model import Source, content_key
from watchers.identity import canonical_link
from watchers.model import Article

TELLING = 200  # characters from which equal text means the same article; shorter, the title must be equal too

article, version = schema.article.c, schema.version.c
# Written once: to put a query together takes longer than to ask it, and each article asks all of these.
_SAME_TEXT = article.text_hash == bindparam("hash")
_BEFORE = (
    select(article.id)
    .where(article.text_hash == bindparam("hash", type_=Text), article.id < bindparam("number", type_=Big))
    .limit(1)
)
_INTO_KEYS = text(
    f"INSERT INTO article_key (key, article_id) VALUES {', '.join(f'(:{key.key}, :number)' for key in FOUR)}"  # noqa: S608 - names of ours
    " ON CONFLICT (key) DO NOTHING"
)
_NAMED = select(article.text_hash).where(article.key == bindparam("key", type_=Text))
_SOURCE = select(*SOURCE)
_OF_TEXT = select(article.id).where(_SAME_TEXT, article.name == bindparam("name")).order_by(article.id).limit(1)


class Row(NamedTuple):
    """Which article it is, where it stands, and with which text."""

    id: int
    outlet: str
    url: str | None
    text_hash: str


@lru_cache(maxsize=16)
def _likely(dialect: Dialect, keys: int, *, by_title: bool) -> Asked:
    """The article known by one of so many keys or by its text, and the one with the same text first."""
    named = [bindparam(f"k{at}", type_=Text) for at in range(keys)]
    with_keys = select(schema.article_key.c.article_id).where(schema.article_key.c.key.in_(named))
    same = _SAME_TEXT & (article.title == bindparam("title")) if by_title else _SAME_TEXT
    found = select(article.id, article.outlet, article.url, article.text_hash).where(article.id.in_(with_keys) | same)
    return Asked.of(found.order_by(_SAME_TEXT.desc(), article.id).limit(literal_column("1")), dialect)


def known_as(connection: Connection, value: Article) -> Row | None:
    """The row of the article, if it is on record by any of its keys or by its text."""
    keys, by_title = hashed((value.id, *value.keys)), len(value.text) < TELLING
    given = {f"k{at}": key for at, key in enumerate(keys)} | {"hash": value.text_hash}
    given |= {"title": value.title} if by_title else {}
    rows = _likely(kind(connection), len(keys), by_title=by_title).each(connection, given)
    return next((Row(*row) for row in rows), None)


def known(connection: Connection, value: Article) -> bool:
    """Whether the article is on record, by any of its keys or by its text; what is new about that is remembered."""
    row = known_as(connection, value)
    if row is None:
        return False
    remember(connection, [(value, first_of(connection, row.id))])
    same_place = row.outlet == value.outlet and row.url == value.url
    if row.text_hash == value.text_hash and not same_place:
        _add_source(connection, value, row.id)
    return True


def _by_key(value: Article) -> Any:  # noqa: ANN401 - a query
    keys = schema.article_key.c
    return select(keys.article_id).where(keys.key.in_(hashed((value.id, *value.keys))))


def remember(connection: Connection, those: Iterable[tuple[Article, int]]) -> None:
    """Let articles be known by all their keys from now on, but for those by which another one is."""
    fours = (
        {"number": number, **four}
        for value, number in those
        for four in portions(FOUR, hashed((value.id, *value.keys)))
    )
    asked(connection, _INTO_KEYS).done(connection, *fours)


def _add_source(connection: Connection, value: Article, number: int) -> None:
    table = schema.article_source
    where = _place(value)
    if connection.execute(select(table.c.id).where(table.c.place == where, table.c.article_id == number)).first():
        return
    connection.execute(
        insert(table).values(
            article_id=number,
            place=where,
            outlet=value.outlet,
            url=value.url,
            title=value.title,
            published=value.published,
            retrieved=value.retrieved,
        )
    )


def _place(value: Article) -> str:
    return content_key(value.outlet, value.url or "")


def had(connection: Connection, text_hash: str, number: int) -> bool:
    """Whether an article before this one has this text."""
    return bool(asked(connection, _BEFORE).rows(connection, {"hash": text_hash, "number": number}))


def add(connection: Connection, value: Article, aside: str) -> tuple[Source, int | None]:
    """Store an article with its text, yet without its keys: its source and row. Once more the same one: its source."""
    key = content_key(value.id)
    row = _row(value, key, aside)
    number = added_once(connection, schema.article, "key", **row)
    if number is None:
        if asked(connection, _NAMED).rows(connection, {"key": key})[0][0] != row["text_hash"]:
            raise LedgerError(f"article {value.id} is on record with another text")
        return as_source(connection.execute(_SOURCE.where(article.key == key)).mappings().one()), None
    source = Source(
        article=value.id,
        outlet=value.outlet,
        url=value.url,
        title=value.title,
        published=value.published and value.published.astimezone(UTC),
        retrieved=value.retrieved.astimezone(UTC),
        text_hash=row["text_hash"],
    )
    return source, number


def _row(value: Article, key: str, aside: str) -> dict[str, Any]:
    row = {
        "key": key,
        "name": value.id,
        "url": value.url,
        "outlet": value.outlet,
        "title": value.title,
        "text_hash": value.text_hash,
        "published": value.published,
        "retrieved": value.retrieved,
        "feed": value.feed,
        "partial": value.partial,
        "garbled": value.garbled,
        "notes": value.notes,
        "language": value.language,
        "aside": aside,
    }
    return {"text": value.text, "seal": seal("article", row), **row}


# Versions. The first one is the article itself; each later one is a row of its own, so that every statement keeps the
# text that proves it.


def first_of(connection: Connection, number: int) -> int:
    """The first version of what may be a later one."""
    return int(connection.scalar(select(version.first_id).where(version.article_id == number)) or number)


def newest(connection: Connection, value: Article) -> Version | None:
    """The version of an article that was seen last; None where nothing of its own is on record under its keys.

    Of a text that it carries from elsewhere an outlet has the version that it still carries, and no other.
    """
    row = _first_by_key(connection, value)
    if row is None:
        return None
    found = versions(connection, row.id)
    if not _carried(connection, value, row):
        remember(connection, [(value, row.id)])  # its address may be another one since
        return found[-1]
    return next((one for one in found if one.text_hash == value.text_hash), None)


def part(connection: Connection, value: Article) -> int | None:
    """Give an outlet that has edited a text from elsewhere its keys back; the article that it carried, if it did."""
    row = _first_by_key(connection, value)
    if row is None:
        return None
    keys = schema.article_key
    connection.execute(delete(keys).where(keys.c.key.in_(hashed((value.id, *value.keys)))))
    return int(row.id)


def _first_by_key(connection: Connection, value: Article) -> Any:  # noqa: ANN401 - a row or None
    query = select(article.id, article.outlet, article.url).where(article.id.in_(_by_key(value))).order_by(article.id)
    return connection.execute(query.limit(1)).first()


def _carried(connection: Connection, value: Article, row: Any) -> bool:  # noqa: ANN401 - of `_first_by_key`
    """Whether a known article is a copy: at another address, of another outlet or known to have come second."""
    if value.url and row.url and canonical_link(value.url) == canonical_link(row.url):
        return False  # two feeds with one article, each with marks of its own behind the address
    table = schema.article_source
    copy = (table.c.place == _place(value)) & family(table.c.article_id, row.id)
    return bool(value.outlet != row.outlet or connection.execute(select(table.c.id).where(copy)).first())


def versions(connection: Connection, first: int) -> tuple[Version, ...]:
    """All versions of an article, the first one first."""
    query = (
        select(
            article.name,
            article.title,
            article.text_hash,
            article.retrieved,
            article.partial,
            func.coalesce(version.number, 1).label("number"),
        )
        .outerjoin(schema.version, version.article_id == article.id)
        .where(family(article.id, first))
        .order_by("number")
    )
    return tuple(_as_version(row) for row in connection.execute(query))


def family(column: ColumnElement[int], first: int) -> ColumnElement[bool]:
    """That a column names an article or one of its later versions."""
    return (column == first) | column.in_(select(version.article_id).where(version.first_id == first))


def _as_version(row: Any) -> Version:  # noqa: ANN401 - a row of `versions`
    return Version(
        article=row.name,
        number=row.number,
        title=row.title,
        text_hash=row.text_hash,
        seen=row.retrieved,
        partial=row.partial,
    )


def add_version(connection: Connection, value: Article, after: Version) -> Source:
    """Store a later version of an article that is on record under the same name; its source."""
    first = numbered(connection, value.id)
    if first is None:
        raise LedgerError(f"article {value.id} is not on record, so there is no later version of it")
    place = after.number + 1
    row = _row(value, content_key(value.id, "version", str(place)), "")
    number = added(connection, schema.article, **row)
    connection.execute(insert(schema.version), {"article_id": number, "first_id": first, "number": place})
    remember(connection, [(value, first)])
    return as_source(connection.execute(_SOURCE.where(article.id == number)).mappings().one())


def numbered(connection: Connection, name: str) -> int | None:
    """The row of the first version of the article of this name."""
    found = connection.scalar(select(article.id).where(article.key == content_key(name)))
    return None if found is None else int(found)


def number_of(connection: Connection, name: str, text_hash: str) -> int | None:
    """The row of the version of an article with this hash."""
    found = connection.scalar(_OF_TEXT, {"hash": text_hash, "name": name})
    return None if found is None else int(found)
