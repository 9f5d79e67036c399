"""A record from the lines of an export into an empty database: equal in the end, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Table, TableClause, column, insert, table
from sqlalchemy.exc import IntegrityError

from bot.ledger.database.engine import address, called, connect
from bot.ledger.database.lock import one_writer
from bot.ledger.database.migrate import made, newest, schemas
from bot.ledger.errors import Damaged, LedgerError, NewerSchema, Unequal
from bot.ledger.interchange.as_lines import VERSION, taken, told_in
from bot.ledger.interchange.counted import ROWS, Counted, digest_of, pages_of
from bot.ledger.interchange.moving import End, empty, numbered_on
from bot.ledger.nearness import fulltext
from bot.ledger.tables.columns import metadata


class _Lines:
    """The lines of a file, with the number of the last one that was read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.number = 0

    def next(self) -> dict[str, Any]:
        """What the next line tells; `Damaged` where it is not as it was written, or there is none."""
        self.number += 1
        try:
            return told_in(next(self._lines))
        except StopIteration:
            raise Damaged(self.number, "the file ends here, and more must have followed") from None
        except (ValueError, RecursionError) as error:
            raise Damaged(self.number, str(error)) from error

    def over(self) -> bool:
        """Whether nothing follows."""
        return next(self._lines, None) is None


_Shape = Mapping[str, Sequence[Column[Any]]]  # the tables of the file, each with its columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A record that came in, by the schema that it was exported with: how many rows of each table."""

    schema: str
    rows: Mapping[str, int]


def take_in(place: str, lines: Iterable[str]) -> Imported:
    """Put what was exported into the empty ledger at `place`, and prove it equal; an older schema is brought forward.

    All of it is one transaction: whatever ends this early leaves the place as empty as it was. `Damaged` names the
    line that is not as it was exported; `LedgerBusy` while a service runs there; `Unequal` where the database does not
    give back what was put in; `LedgerError` where there is a record already.
    """
    name = called(address(place))
    read = _Lines(lines)
    schema, shape = _head(read)
    with one_writer(place), closing(End(connect(place, busy_seconds=5, durable=True))) as ledger:
        ledger.look_over()
        with ledger.turn() as copy:
            if not empty(copy, name) and schema != newest():
                raise LedgerError(f"{name} has tables already, of another schema than {schema}; name a new database")
            made(copy, schema)
            ends = _rows(copy, shape, read)
            _prove(copy, shape, ends, name)
            made(copy, "head")
            fulltext.fill(copy)
            numbered_on(copy)
            copy.exec_driver_sql("ANALYZE")
    return Imported(schema=schema, rows={table: counted.rows for table, counted in ends.items()})


def _head(lines: _Lines) -> tuple[str, _Shape]:
    """What the first line says: the schema, and the columns of each table."""
    told = lines.next()
    if told.get("onrecord") != "record":
        raise Damaged(lines.number, "this is no exported record")
    if told.get("version") != VERSION:
        raise Damaged(lines.number, f"the form of these lines is {told.get('version')!r}, and {VERSION} is known here")
    schema, tables = str(told.get("schema")), told.get("tables")
    if schema not in schemas():
        raise NewerSchema(f"the record was exported by a newer release (schema {schema}); install that release")
    if not isinstance(tables, dict) or list(tables) != [one for one in _order() if one in tables]:
        raise Damaged(lines.number, "the tables that it names are not those of a record")
    try:
        shape = {
            name: [metadata.tables[name].columns[column] for column in columns] for name, columns in tables.items()
        }
    except (KeyError, TypeError) as error:
        raise Damaged(lines.number, f"it names a column that no record has: {error}") from error
    return schema, shape


def _rows(copy: Connection, shape: _Shape, lines: _Lines) -> Mapping[str, Counted]:
    """Put in every row, up to the last line and what that says has come."""
    ends = {name: Counted() for name in shape}
    order, at, page = list(shape), 0, list[dict[str, Any]]()
    while True:
        told = lines.next()
        name = str(told.get("table"))
        if page and (name != order[at] or len(page) == ROWS):
            try:
                copy.execute(insert(_as_told(order[at], shape)), page)
            except IntegrityError as error:
                raise Damaged(lines.number - 1, f"what came up to here contradicts itself: {error.orig}") from error
            page = []
        if told.get("end"):
            break
        if name not in order[at:]:
            raise Damaged(lines.number, f"a row of {name} does not belong here")
        at = order.index(name)
        row = _row(shape[name], told.get("row"), lines.number)
        if page and not _after(metadata.tables[name], page[-1], row):
            raise Damaged(lines.number, "the row is not in its order")
        page.append(row)
        ends[name].add(list(page[-1].values()))
    for name, counted in ends.items():
        if (told["rows"].get(name), told["digests"].get(name)) != (counted.rows, counted.digest):
            raise Damaged(
                lines.number, f"{counted.rows} rows of {name} came, and they are not those that were exported"
            )
    if not lines.over():
        raise Damaged(lines.number + 1, "something follows the last line")
    return ends


def _as_told(name: str, shape: _Shape) -> TableClause:
    """A table with the columns that the record was told with: of an older schema it had no others."""
    return table(name, *(column(one.name, one.type) for one in shape[name]))


def _row(columns: Sequence[Column[Any]], row: object, number: int) -> dict[str, Any]:
    if not isinstance(row, dict) or list(row) != [column.name for column in columns]:
        raise Damaged(number, "the row does not have the columns that the first line names")
    try:
        return {column.name: taken(column, row[column.name]) for column in columns}
    except (ValueError, RecursionError) as error:
        raise Damaged(number, str(error)) from error


def _after(table: Table, earlier: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether a row may follow another: keys are numbers that grow, or texts, which databases order by their bytes."""
    keys = [column.name for column in table.primary_key if column.name in row]  # an older schema may lack one
    before, now = ([one[key] for key in keys] for one in (earlier, row))
    return before < now if all(isinstance(part, int) for part in now) else before != now


def _prove(copy: Connection, shape: _Shape, ends: Mapping[str, Counted], name: str) -> None:
    differ = [
        table
        for table, columns in shape.items()
        if digest_of(pages_of(copy, metadata.tables[table], columns)) != (ends[table].rows, ends[table].digest)
    ]
    if differ:
        raise Unequal(
            f"{name} does not give back what was put in ({', '.join(differ)}), so nothing was kept there; look for "
            "triggers, rules or damage, or name another database"
        )


def _order() -> list[str]:
    tables: list[Table] = metadata.sorted_tables
    return [table.name for table in tables]
