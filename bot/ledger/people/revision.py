"""Whether anything was changed in Slack that every process of the service goes by."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.ledger.database.engine import Opened
from bot.ledger.tables import office as tables


class Revisions(Opened):
    """The logs of changes are only ever added to, so their lengths tell."""

    def revision(self) -> tuple[int, int]:
        """The newest change of a source, and the newest of people and sides: greater after each."""
        with self._reading() as connection:
            sources, roster = (
                connection.scalar(select(func.max(table.c.id))) or 0
                for table in (tables.source_change, tables.roster_change)
            )
            return sources, roster
