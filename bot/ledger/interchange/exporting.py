"""The whole record as lines of JSON, as it is at one moment; a service may be running."""

from __future__ import annotations

from collections.abc import Iterator

from bot.ledger.database.engine import Opened, connect
from bot.ledger.database.migrate import newest
from bot.ledger.interchange.as_lines import VERSION, line_of, put
from bot.ledger.interchange.counted import Counted, pages_of
from bot.ledger.store import Ledger
from bot.ledger.tables.columns import metadata


def export(place: str) -> Iterator[str]:
    """A line that says what follows, a line a row, and a line with what must have come; always in the same order.

    `LedgerError` where there is no ledger, or one of another schema than this release's.
    """
    Ledger.look_into(place).close()  # refuses what is none, in its words
    whole = _Whole(connect(place, busy_seconds=5, durable=True))
    try:
        yield from whole.lines()
    finally:
        whole.close()


class _Whole(Opened):
    """A ledger that is read once, from end to end."""

    def lines(self) -> Iterator[str]:
        """See `export`."""
        ends: dict[str, Counted] = {}
        with self._reading() as connection:
            tables = {table.name: [column.name for column in table.columns] for table in metadata.sorted_tables}
            yield line_of({"onrecord": "record", "version": VERSION, "schema": newest(), "tables": tables})
            for table in metadata.sorted_tables:
                counted = ends[table.name] = Counted()
                for page in pages_of(connection, table):
                    for row in page:
                        counted.add(row)
                        told = {column.name: put(column, row[at]) for at, column in enumerate(table.columns)}
                        yield line_of({"table": table.name, "row": told})
        rows = {name: counted.rows for name, counted in ends.items()}
        digests = {name: counted.digest for name, counted in ends.items()}
        yield line_of({"end": True, "rows": rows, "digests": digests})
