# ruff: noqa: S608 - the names are those of our own schema
"""A record of a million statements, many times as large: the same said by other people of the same sides.

On the same topics and days, so that all that is shared grows: sides, topics, cells of meaning, words. Within the
database, with the indexes away, which are built when all is in.
"""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sqlalchemy import Column, Table, select  # noqa: E402

from bot.ledger import Ledger  # noqa: E402
from bot.ledger.database.engine import address  # noqa: E402
from bot.ledger.interchange.moving import numbered_on  # noqa: E402
from bot.ledger.nearness import fulltext  # noqa: E402
from bot.ledger.tables import schema  # noqa: E402

AWAY = 2_000_000  # between the numbers of one million and the next
TABLES = (schema.party, schema.article, schema.utterance, schema.statement, schema.position)
PRINTS = 4  # fingerprints that a statement has in the mean
BARE = 1_000  # articles of each million that have a text in a bare record: the oldest

Base = Any  # a connection of either driver, each statement kept at once unless BEGIN was said


class Lite:
    """How it is done in SQLite."""

    hands = 1  # it has one writer
    text = "replace(hex(randomblob(1500)), '0', ' ')"
    some = "random()"

    def __init__(self, place: str) -> None:
        self._place = place

    @contextmanager
    def base(self) -> Iterator[Base]:
        """A connection that fears no crash: what is made here can be made again."""
        with closing(sqlite3.connect(self._place, isolation_level=None)) as base:
            for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-500000"):
                base.execute(f"PRAGMA {setting}")
            yield base

    def indexes(self, base: Base) -> list[tuple[str, str]]:
        """What drops each index of the tables that grow, and what makes it again."""
        names = ", ".join(repr(table.name) for table in TABLES)
        sought = f"FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})"
        return [(f'DROP INDEX "{name}"', sql) for name, sql in base.execute(f"SELECT name, sql {sought}").fetchall()]

    def words(self, base: Base, turn: int) -> None:
        """Nothing: the index of words is filled by the ledger, when the other indexes are there."""

    def settle(self, turns: range) -> None:
        """The index of the words of these millions; then it takes stock of what it holds."""
        told = schema.statement.c
        page = select(told.id, told.party_id, told.quote).where(told.id > turns.start * AWAY).order_by(told.id)
        last = turns.start * AWAY
        with Ledger.open(self._place, durable=False) as ledger:
            while True:
                with ledger._writing() as connection:
                    rows = connection.execute(page.where(told.id > last).limit(fulltext.SLICE)).all()
                    fulltext.add(connection, [(row.id, row.party_id, row.quote) for row in rows])
                if not rows:
                    break
                last = rows[-1].id
            with ledger._writing() as connection:
                connection.exec_driver_sql("ANALYZE")


class Served:
    """How it is done in PostgreSQL, by a superuser: rows are put in without a look at what they refer to."""

    hands = 2  # sessions that work at once
    text = "(SELECT string_agg(replace(md5(article.id || '-' || n), '0', ' '), '') FROM generate_series(1, 94) n)"
    some = "CAST((random() - 0.5) * 18446744073709551615 AS bigint)"

    def __init__(self, place: str) -> None:
        self._place = place

    @contextmanager
    def base(self) -> Iterator[Base]:
        """A connection with room for sorting."""
        import psycopg

        url = address(self._place).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as base:
            base.execute("SET session_replication_role = replica")
            base.execute("SET maintenance_work_mem = '1GB'")
            base.execute("SET work_mem = '256MB'")
            yield base

    def indexes(self, base: Base) -> list[tuple[str, str]]:
        """What drops each index and unique key of the tables that grow, and what makes it again."""
        names = ", ".join(f"'{table.name}'::regclass" for table in TABLES) + ", 'said_words'::regclass"
        unique = (
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname), "
            "format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) "
            f"FROM pg_constraint WHERE contype = 'u' AND conrelid IN ({names})"
        )
        plain = (
            "SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid) FROM pg_index "
            f"WHERE indrelid IN ({names}) AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)"
        )
        return [*base.execute(unique).fetchall(), *base.execute(plain).fetchall()]

    def words(self, base: Base, turn: int) -> None:
        """The words of one million, which are those of the first but for who said them."""
        away = turn * AWAY
        base.execute(
            f"INSERT INTO said_words SELECT statement_id + {away}, ts_delete(words, 'by' || party_id) || "
            f"array_to_tsvector(ARRAY['by' || (party_id + {away})]) FROM said_words JOIN statement "
            f"ON statement.id = statement_id WHERE statement_id <= {AWAY} ORDER BY statement_id"
        )

    def settle(self, turns: range) -> None:
        """It numbers on behind the last row and takes stock, as its own housekeeping would soon."""
        with Ledger.open(self._place) as ledger, ledger._writing() as connection:
            numbered_on(connection)
        with self.base() as base:
            base.execute("VACUUM (ANALYZE)")


def multiply(place: str, times: int, *, bare: bool) -> None:
    """Make the record so many times as large, million by million; one that is, stays.

    A bare one has no fingerprints, and texts of its oldest articles alone.
    """
    Ledger.open(place).close()  # of today's schema
    way = Served(place) if "://" in place else Lite(place)
    with way.base() as base:
        missing = [turn for turn in range(1, times) if not _there(base, turn)]
        if not missing:
            return
        indexes = way.indexes(base)
        for drop, _ in indexes:
            base.execute(drop)
        if len(missing) == times - 1:
            base.execute(f"UPDATE article SET text = {way.text}" + (f" WHERE id <= {BARE}" if bare else ""))
            if not bare:
                _prints(base, 0, way.some)

    def million(turn: int) -> None:
        with way.base() as own, _timed(f"million {turn + 1}"):
            own.execute("BEGIN")
            for table in TABLES:
                _copy(own, table, turn)
            way.words(own, turn)
            if not bare:
                _prints(own, turn, way.some)
            own.execute("COMMIT")

    def index(make: str) -> None:
        with way.base() as own, _timed(make.removeprefix("CREATE ")[:90]):
            own.execute(make)

    with ThreadPoolExecutor(way.hands) as hands:
        list(hands.map(million, missing))
        list(hands.map(index, (make for _, make in indexes)))
    with _timed("words, and stock taken"):
        way.settle(range(missing[0], times))


def _there(base: Base, turn: int) -> bool:
    away = turn * AWAY
    found = base.execute(f"SELECT 1 FROM statement WHERE id > {away} AND id <= {away + AWAY} LIMIT 1")
    return found.fetchone() is not None


def _copy(base: Base, table: Table, turn: int) -> None:
    columns = ", ".join(f'"{one.name}"' for one in table.columns)
    values = ", ".join(_moved(one, turn) for one in table.columns)
    base.execute(f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {table.name} WHERE id <= {AWAY}")


def _moved(column: Column[Any], turn: int) -> str:
    """The value of a column in another million."""
    of_row = column.name in {"utterance_id", "said_by_id"} or any(
        key.column.table in TABLES for key in column.foreign_keys
    )
    if column.name == "id" or of_row:
        return f'"{column.name}" + {turn * AWAY}'
    if column.name == "key":
        return f"'{turn}:' || key"
    if column.name == "official":
        return f"'m{turn}-' || official"
    if column.table is schema.party and column.name == "name":
        return f"name || '-{turn}'"
    return f'"{column.name}"'


def _prints(base: Base, turn: int, some: str) -> None:
    copies = " UNION ALL ".join(["SELECT 1"] * PRINTS)
    base.execute(
        f"INSERT INTO fingerprint (party_id, hash, day, statement_id) "
        f"SELECT party_id, {some}, statement.day, statement.id FROM statement, "
        f"({copies}) copies WHERE id > {turn * AWAY} AND id <= {(turn + 1) * AWAY} ORDER BY 1, 2"
    )


@contextmanager
def _timed(words: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    sys.stdout.write(f"{words} within {time.monotonic() - begun:.0f} s\n")
    sys.stdout.flush()
