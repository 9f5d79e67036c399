"""How many rows there are in tables from which none is ever taken: a process counts each row once."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select


class Totals:
    """Remembers how many rows it has counted, and up to which number; writers number rows in their turns."""

    def __init__(self) -> None:
        self._counted: dict[str, tuple[int, int]] = {}

    def of(self, connection: Connection, table: Table) -> int:
        """How many rows the table has; counted are those alone that are newer than the last that was counted."""
        last, many = self._counted.get(table.name, (0, 0))
        newest = select(func.max(table.c.id)).correlate(None).scalar_subquery()
        fresh = select(newest, func.count()).select_from(table).where(table.c.id > last)
        there, more = connection.execute(fresh).one()
        if (there or 0) < last:  # it reads a moment before the one in which they were counted
            return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        if more:
            self._counted[table.name] = (there, many + more)
        return many + int(more)
