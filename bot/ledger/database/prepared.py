"""Large queries as text: SQLAlchemy otherwise walks through all of a query each time that it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Date,
    Dialect,
    Float,
    Select,
    Table,
    TextClause,
    UpdateBase,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from bot.ledger.tables.columns import Big, Words, all_given

Question = Select[Any] | CompoundSelect[Any] | UpdateBase | TextClause
_Reads: TypeAlias = Callable[[Sequence[Any]], Sequence[Any]]  # the values of a column, of which some may be NULL
_AT_ONCE = 500  # ids: databases bound the number of parameters
_MANY = (8, 24, 40, 56, 120, _AT_ONCE)  # of how many a query asks


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, or a change, as its driver takes it: hundreds of rows are read by it for every statement."""

    written: str
    order: tuple[str, ...] | None  # of the parameters, where they are given by their place
    fixed: Mapping[str, Any]  # parameters that the query itself gives
    put: Mapping[str, Callable[[Any], Any]]
    readers: tuple[tuple[int, _Reads], ...]  # how columns are read that are not as the driver gives them

    @classmethod
    def of(cls, query: Question, dialect: Dialect) -> Asked:
        """The same query for one kind of database. It takes no lists."""
        compiled: Any = query.compile(dialect=dialect)
        names = {name: one for one, name in compiled.bind_names.items()}
        puts = {name: _putter(one.type, dialect) for name, one in names.items()}
        told = query.selected_columns if isinstance(query, Select | CompoundSelect) else ()
        reads = [_reader(one.type, dialect) for one in told]
        return cls(
            written=str(compiled),
            order=tuple(compiled.positiontup) if compiled.positiontup else None,
            fixed={name: one.effective_value for name, one in names.items() if not one.required},
            put={name: put for name, put in puts.items() if put},
            readers=tuple((at, read) for at, read in enumerate(reads) if read),
        )

    def rows(self, connection: Connection, given: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """The rows, each value as the driver gives it."""
        return _answer(connection, self.written, self._given(given))

    def done(self, connection: Connection, *given: Mapping[str, Any]) -> int:
        """Carry it out once for each of the given values; how many rows it touched."""
        each = [self._given(one) for one in given]
        with driver(connection, self.written, each) as cursor:
            if len(each) > 1:
                cursor.executemany(self.written, each)
            else:
                cursor.execute(self.written, each[0])
            return int(cursor.rowcount)

    def _given(self, given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as the driver takes it
        values = {**self.fixed, **given}
        for name, put in self.put.items():
            values[name] = put(values[name])
        return tuple(values[name] for name in self.order) if self.order is not None else values

    def each(self, connection: Connection, given: Mapping[str, Any]) -> Iterator[list[Any]]:
        """The rows, each value read as its column says."""
        return self._read(self.rows(connection, given))

    def portions(self, connection: Connection, given: Mapping[str, Any], many: int) -> Iterator[list[list[Any]]]:
        """The same, so many rows at a time: for where there may be more of them than memory should hold."""
        values = self._given(given)
        with driver(connection, self.written, values) as cursor:
            cursor.execute(self.written, values)
            while some := cursor.fetchmany(many):
                yield list(self._read(some))

    def _read(self, rows: Sequence[Sequence[Any]]) -> Iterator[list[Any]]:
        """Column by column: a value by itself would take as long to be come by as to be read."""
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for at, read in self.readers if rows else ():
            columns[at] = read(columns[at])
        return map(list, zip(*columns, strict=True))


def _answer(connection: Connection, written: str, asked: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What the driver answers: to learn the names of forty columns takes SQLAlchemy longer than to fetch their rows."""
    with driver(connection, written, asked) as cursor:
        cursor.execute(written, asked)
        return cursor.fetchall()  # type: ignore[no-any-return]


@contextmanager
def driver(connection: Connection, written: str, asked: Any) -> Iterator[Any]:  # noqa: ANN401 - as the driver takes it
    """A cursor of the driver's, for what is written; what it refuses is told as whatever goes through SQLAlchemy is."""
    if not connection.in_transaction():
        connection.begin()  # as every query does that goes through it
    at_hand, dialect = connection.connection, connection.dialect
    refusal = dialect.loaded_dbapi.Error
    cursor = at_hand.cursor()
    try:
        yield cursor
    except refusal as error:
        if lost := dialect.is_disconnect(error, at_hand.dbapi_connection, cursor):
            connection.invalidate(error)
        raise DBAPIError.instance(written, asked, error, refusal, connection_invalidated=lost) from error
    finally:
        cursor.close()


_kinds: dict[str, Dialect] = {}


def kind(connection: Connection) -> Dialect:
    """The kind of database that this is: one value for all of a kind, so that what is kept by it is kept once.

    Each ledger that is opened has a dialect of its own, and what is kept by that would outlive the ledger.
    """
    return _kinds.setdefault(connection.dialect.name, connection.dialect)


def asked(connection: Connection, query: Question) -> Asked:
    """A query or a change that is always the same, for the kind of database that this is."""
    return _asked(query, kind(connection))


@lru_cache(maxsize=64)
def _asked(query: Question, dialect: Dialect) -> Asked:
    return Asked.of(query, dialect)


def _reader(kind: Any, dialect: Any) -> _Reads | None:  # noqa: ANN401 - of any type, for any database
    """How the values of a column are read, None for as they are."""
    if isinstance(kind, Words):
        return all_given
    read = _one(kind, dialect)
    return None if read is None else lambda column: [None if one is None else read(one) for one in column]


def _one(kind: Any, dialect: Any) -> Callable[[Any], Any] | None:  # noqa: ANN401 - the same
    """How a value that is not NULL is read, None for as it is."""
    if isinstance(kind, JSON) and dialect.name == "sqlite":
        read: Callable[[Any], Any] = dialect._json_deserializer  # noqa: SLF001  its own reader asks twice whether there is anything to read
        return read
    if isinstance(kind, Float):
        return None  # both drivers give one
    own: Callable[[Any], Any] | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return own


def _putter(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:  # noqa: ANN401 - of any type
    """How a value of a column is put for the driver, None for as it is."""
    if isinstance(kind, Date) and dialect.name == "sqlite":
        return _day  # the same as by its own, which takes three times as long
    own: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return own


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


_Asks: TypeAlias = Callable[[Dialect, int], Asked]  # what is asked of so many rows, for one kind of database


def places(count: int) -> list[BindParameter[int]]:
    """Where so many ids stand in a query of `by_ids`."""
    return [bindparam(f"id{at}", type_=Big) for at in range(count)]


def of_few(
    connection: Connection, asks: _Asks, ids: Sequence[int], given: Mapping[str, Any] | None = None
) -> Iterator[list[Any]]:
    """What a query with `places` gives for a few ids together: for one alone it is the query of one."""
    numbered = {f"id{at}": one for at, one in enumerate(ids)}
    return asks(kind(connection), len(ids)).each(connection, {**numbered, **(given or {})})


def by_ids(connection: Connection, asks: _Asks, ids: Iterable[int]) -> Iterator[list[Any]]:
    """What a query with `places` gives for the rows with these ids."""
    for some, count in _portions(ids):
        yield from asks(kind(connection), count).each(connection, {f"id{at}": one for at, one in enumerate(some)})


def texts(count: int) -> list[BindParameter[str]]:
    """Where so many texts stand in a query of `by_texts`."""
    return [bindparam(f"text{at}", type_=Words) for at in range(count)]


def among(column: Any, dialect: Dialect, count: int) -> ColumnElement[bool]:  # noqa: ANN401 - of any table
    """That a column is one of the texts of a query of `by_texts`.

    PostgreSQL takes many as one list: as places in a query it compares each row with all of them, one by one, where it
    plans for any texts alike.
    """
    if dialect.name == "sqlite":
        return cast("ColumnElement[bool]", column.in_(texts(count)))
    listed = bindparam("texts", type_=postgresql.ARRAY(Words))
    return cast("ColumnElement[bool]", column.in_(select(func.unnest(listed))))


def texts_given(some: Sequence[str]) -> dict[str, Any]:
    """What a query with `texts`, or `among` them, is given."""
    return {"texts": some, **{f"text{at}": one for at, one in enumerate(some)}}


def by_texts(connection: Connection, asks: _Asks, wanted: Iterable[str], **given: object) -> Iterator[list[Any]]:
    """As `by_ids`, with `texts` in the query, and whatever else is given."""
    for some, count in _portions(wanted):
        yield from asks(kind(connection), count).each(connection, {**texts_given(some), **given})


_O = TypeVar("_O", int, str)


def _portions(wanted: Iterable[_O]) -> Iterator[tuple[list[_O], int]]:
    """In order, each filled up to as many as a query asks for: a database keeps what it knows of a query."""
    ordered = sorted(set(wanted))
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        count = next(many for many in _MANY if many >= len(some))
        yield some + some[-1:] * (count - len(some)), count


@dataclass(frozen=True, slots=True)
class _Insert:
    """An insert of one row as its driver takes it, and how each value is put for it."""

    written: str
    order: tuple[str, ...] | None  # of the values, where they are given by their place
    put: Mapping[str, Callable[[Any], Any] | None]


def added(connection: Connection, table: Table, **values: object) -> int:
    """Insert one row and return the id it got."""
    return _ids(connection, _insert(table, tuple(values), kind(connection)), values)[0]


def added_once(connection: Connection, table: Table, unique: str, **values: object) -> int | None:
    """The same; None, and nothing inserted, where a row has this value of the `unique` column."""
    return next(iter(_ids(connection, _insert(table, tuple(values), kind(connection), unique), values)), None)


def _ids(connection: Connection, one: _Insert, values: Mapping[str, Any]) -> list[int]:
    given = {name: put(values[name]) if put else values[name] for name, put in one.put.items()}
    asked = tuple(given[name] for name in one.order) if one.order else given
    return [number for (number,) in _answer(connection, one.written, asked)]


@lru_cache(maxsize=64)
def _insert(table: Table, names: tuple[str, ...], dialect: Dialect, unique: str | None = None) -> _Insert:
    into = sqlite.insert(table) if dialect.name == "sqlite" else postgresql.insert(table)
    if unique is not None:
        into = into.on_conflict_do_nothing(index_elements=[unique])
    compiled = into.returning(table.c.id).compile(dialect=dialect, column_keys=names)
    return _Insert(
        str(compiled),
        tuple(compiled.positiontup) if compiled.positiontup else None,
        {name: _putter(table.c[name].type, dialect) for name in names},
    )
