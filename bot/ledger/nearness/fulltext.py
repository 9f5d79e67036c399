"""Which statements of a speaker hold given words: an index of words, kept by each database in its own way.

Words are kept as short hashes: the index needs no rules of a language and no quoting, and whoever asks looks at the
text itself before anything is said about it. FTS5 in SQLite, a GIN index over lexemes in PostgreSQL.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from sqlalchemy import Connection, text

from bot.ledger.database.prepared import asked, driver
from bot.ledger.nearness.likeness import LONGEST
from bot.ledger.nearness.spelling import plain

SLICE = 5_000  # statements that are indexed at once
_APOSTROPHES = re.compile("['’]")
_WORD = re.compile(r"[^\W_]+")
_ADD = text("INSERT INTO said_words VALUES (:id, array_to_tsvector(:words))")
_COPY = "COPY said_words FROM STDIN"
_ADD_LITE = text("INSERT INTO said_words (rowid, words) VALUES (:id, :words)")


def words_of(quote: str) -> tuple[str, ...]:
    """The words of a text without accents, case and apostrophes."""
    return tuple(_WORD.findall(_APOSTROPHES.sub("", plain(quote)))[:LONGEST])


def create(connection: Connection) -> None:
    """Make the index, empty."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("CREATE VIRTUAL TABLE said_words USING fts5(words, content='', detail=none)"))
        return
    connection.execute(
        text("CREATE TABLE said_words (statement_id bigint PRIMARY KEY REFERENCES statement, words tsvector NOT NULL)")
    )
    connection.execute(text("CREATE INDEX ix_said_words_words ON said_words USING gin (words)"))


def fill(connection: Connection) -> None:
    """Index every statement that is on record; the index must be empty."""
    last = 0
    page = text("SELECT id, party_id, quote FROM statement WHERE id > :last ORDER BY id LIMIT :most")
    while rows := connection.execute(page, {"last": last, "most": SLICE}).all():
        told = [(row.id, row.party_id, row.quote) for row in rows]
        if connection.dialect.name == "sqlite":
            add(connection, told)
        else:
            _copy(connection, told)
        last = rows[-1].id


def add(connection: Connection, statements: Iterable[tuple[int, int | None, str]]) -> None:
    """Index statements by id, speaker and quote; nobody is asked about the words of an unknown speaker."""
    lite = connection.dialect.name == "sqlite"
    rows = [{"id": number, "words": " ".join(codes) if lite else codes} for number, codes in _told(statements)]
    if rows:
        asked(connection, _ADD_LITE if lite else _ADD).done(connection, *rows)


def _copy(connection: Connection, statements: Iterable[tuple[int, int | None, str]]) -> None:
    """The same in PostgreSQL for thousands of statements: a code needs no quoting."""
    lines = "".join(f"{number}\t{' '.join(codes)}\n" for number, codes in _told(statements))
    with driver(connection, _COPY, ()) as cursor, cursor.copy(_COPY) as copy:
        copy.write(lines)


def _told(statements: Iterable[tuple[int, int | None, str]]) -> Iterator[tuple[int, list[str]]]:
    for number, party, quote in statements:
        if party is not None:
            yield number, [_by(party), *dict.fromkeys(map(_code, words_of(quote)))]


def holding(connection: Connection, party: int, groups: Sequence[Sequence[str]], limit: int) -> list[int]:
    """The ids of statements of a speaker that hold all words of at least one group, the newest on record first."""
    wanted = [list(map(_code, group)) for group in groups if group]
    if not wanted:
        return []
    lite = connection.dialect.name == "sqlite"
    both, either = (" AND ", " OR ") if lite else (" & ", " | ")
    anyhow = either.join(f"({both.join(group)})" for group in wanted)
    match = f"{_by(party)}{both}({anyhow})"
    given = {"match": match, "most": limit} if lite else {"most": limit}
    query = (
        "SELECT rowid FROM said_words WHERE said_words MATCH :match ORDER BY rowid DESC LIMIT :most"
        if lite
        else f"SELECT statement_id FROM said_words WHERE {_holds(match)} ORDER BY statement_id DESC LIMIT :most"  # noqa: S608 - codes
    )
    return [int(number) for number in connection.scalars(text(query), given)]


def spoken(
    connection: Connection, words: Sequence[str], parties: Sequence[int], before: int | None, limit: int
) -> list[int]:
    """The ids of statements that hold all these words, of these speakers or (none named) of anybody known.

    The newest on record first, those before a statement alone where one is named.
    """
    lite = connection.dialect.name == "sqlite"
    both, either = (" AND ", " OR ") if lite else (" & ", " | ")
    wanted = [_code(word) for word in dict.fromkeys(words)]
    if parties:
        wanted.append(f"({either.join(map(_by, parties))})")
    if not wanted:
        return []
    match = both.join(wanted)
    given: dict[str, object] = {"most": limit, "before": (1 << 62) if before is None else before}
    given |= {"match": match} if lite else {}
    query = (
        "SELECT rowid FROM said_words WHERE said_words MATCH :match AND rowid < :before ORDER BY rowid DESC LIMIT :most"
        if lite
        else f"SELECT statement_id FROM said_words WHERE {_holds(match)} AND statement_id < :before "  # noqa: S608 - codes
        "ORDER BY statement_id DESC LIMIT :most"
    )
    return [int(number) for number in connection.scalars(text(query), given)]


def _holds(match: str) -> str:
    """That a row holds these codes. In the question itself: rare words and common ones are found in different ways."""
    return f"words @@ CAST('{match}' AS tsquery)"


def _by(party: int) -> str:
    return f"by{party}"


@lru_cache(maxsize=1 << 13)
def _code(word: str) -> str:
    return "w" + hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
