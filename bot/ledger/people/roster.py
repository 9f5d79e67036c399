"""People and sides that were added or mended in Slack, over those of the files: a log, and its undo."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from bot.ledger.database.engine import Opened, once
from bot.ledger.database.prepared import added, asked
from bot.ledger.tables import office as tables

What = Literal["side", "person", "alias", "role", "undone"]

MERGED = "merged"  # in the content of an alias: the id of the entry that turned out to be the same person
_LEFT_OUT = "merges_left_out"  # of a connection: numbers of changes that make no sense over the files as they are
_row = tables.roster_change.c
_CHANGES = select(_row.id, _row.what, _row.subject, _row.content, _row.by, _row.at, _row.undoes_id).order_by(_row.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChange:
    """One line of the log: never changed, never deleted. `content` is what the configuration would say."""

    what: What
    subject: str  # the id of the official or the side
    content: dict[str, Any]
    by: str
    at: datetime
    number: int = 0
    undoes: int | None = None


class RosterChanges(Opened):
    """The log of people and sides."""

    def roster_changes(self) -> tuple[RosterChange, ...]:
        """Every change, the oldest first, those undone and their undoing among them."""
        with self._reading() as connection:
            return _changes(connection)

    def roster(self) -> tuple[RosterChange, ...]:
        """The changes that stand, the oldest first."""
        changes = self.roster_changes()
        undone = {one.undoes for one in changes}
        return tuple(one for one in changes if one.what != "undone" and one.number not in undone)

    def leave_out(self, changes: Collection[int]) -> None:
        """Read what is on record without these merges from now on: the files give one of their people no more."""
        self._engine.update_execution_options(**{_LEFT_OUT: frozenset(changes)})

    def one_person(self) -> dict[str, str]:
        """By the id of each entry that was merged into another, the id that stands for both today."""
        with self._reading() as connection:
            return dict(stands_for(connection))

    def change_roster(self, change: RosterChange) -> RosterChange | None:
        """Write a change down; None where an undo is undone already, or undoes nothing."""
        with self._writing() as connection:
            known = _changes(connection)
            if change.what == "undone":
                open_ = {one.number for one in known if one.what != "undone"} - {one.undoes for one in known}
                if change.undoes not in open_:
                    return None
            number = added(
                connection,
                tables.roster_change,
                what=change.what,
                subject=change.subject,
                content=change.content,
                by=change.by,
                at=change.at,
                undoes_id=change.undoes,
            )
            return next(one for one in _changes(connection) if one.number == number)


def stands_for(connection: Connection) -> Mapping[str, str]:
    """As `one_person`, in a step of somebody else's."""
    return once(connection, stands_for, lambda: _stands_for(connection))


def _stands_for(connection: Connection) -> Mapping[str, str]:
    changes = _changes(connection)
    undone = {one.undoes for one in changes} | connection.get_execution_options().get(_LEFT_OUT, frozenset())
    merged: dict[str, str] = {}
    for one in changes:
        if MERGED in one.content and one.number not in undone:
            gone = str(one.content[MERGED])
            merged = {old: one.subject if new == gone else new for old, new in merged.items()} | {gone: one.subject}
    return {old: new for old, new in merged.items() if old != new}


def _changes(connection: Connection) -> tuple[RosterChange, ...]:
    return tuple(
        RosterChange(what=what, subject=subject, content=dict(content), by=by, at=at, number=number, undoes=undoes)
        for number, what, subject, content, by, at, undoes in asked(connection, _CHANGES).each(connection, {})
    )
