"""Sources that were suggested, added, paused or removed in Slack, over those of the files: a log, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, RowMapping, select

from bot.ledger.database.engine import Opened
from bot.ledger.database.prepared import added
from bot.ledger.feeds.feeds import store_feed_state
from bot.ledger.flow.bulletins import announce
from bot.ledger.tables import flow as flow_tables
from bot.ledger.tables import office as tables
from bot.model import content_key
from watchers.model import FeedState

Change = Literal["suggested", "added", "declined", "paused", "resumed", "removed"]
Past = Literal["fill", "skip"]  # what becomes of the entries that a new source already has
State = Literal["suggested", "active", "declined", "paused", "removed"]

_row = tables.source_change.c
_BECOMES: dict[Change, State] = {
    "suggested": "suggested",
    "added": "active",
    "declined": "declined",
    "paused": "paused",
    "resumed": "active",
    "removed": "removed",
}
# From which states each change leads; None: a source of which the log says nothing yet.
_FROM: dict[Change, frozenset[State | None]] = {
    "suggested": frozenset({None, "declined", "removed"}),
    "added": frozenset({None, "suggested"}),
    "declined": frozenset({"suggested"}),
    "paused": frozenset({None, "active"}),
    "resumed": frozenset({"paused"}),
    "removed": frozenset({"active", "paused"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChange:
    """One line of the log: never changed, never deleted. `url` is empty where a source of the files is meant."""

    source: str
    what: Change
    name: str
    url: str
    past: Past
    by: str
    at: datetime
    number: int = 0

    @property
    def state(self) -> State:
        """What the source is after it."""
        return _BECOMES[self.what]


class Sources(Opened):
    """The log of sources."""

    def source_changes(self) -> tuple[SourceChange, ...]:
        """Every change, the oldest first."""
        with self._reading() as connection:
            return _changes(connection)

    def sources(self) -> tuple[SourceChange, ...]:
        """The last change of each source that was ever changed in Slack, in the order of their first."""
        return tuple({change.source: change for change in self.source_changes()}.values())

    def change_source(
        self, change: SourceChange, *, channel: str = "", message: Mapping[str, Any] | None = None
    ) -> tuple[SourceChange | None, bool]:
        """Write a change down, if it still leads anywhere; what stands now (None: nothing), and whether it is this.

        The same change twice, or two people at once, is one change. A source that is added begins anew: what it was
        before is forgotten. A `message` that asks a `channel` about it is put into the outbox in the same step, unless
        the channel was asked before.
        """
        with self._writing() as connection:
            mine = [one for one in _changes(connection) if one.source == change.source]
            last = mine[-1] if mine else None
            if (last.state if last else None) not in _FROM[change.what]:
                if last is not None and last.what == change.what and message:
                    _ask(connection, last, channel, message)
                return last, False
            values = {name: getattr(change, name) for name in ("source", "what", "name", "url", "past", "by", "at")}
            number = added(connection, tables.source_change, **values)
            if change.what == "added":
                store_feed_state(connection, FeedState(feed=change.source), seen="")
            stands = next(one for one in _changes(connection) if one.number == number)
            if message:
                _ask(connection, stands, channel, message)
            return stands, True


def _ask(connection: Connection, change: SourceChange, channel: str, message: Mapping[str, Any]) -> None:
    before = flow_tables.bulletin.c.key == content_key("source", str(change.number))  # as keys were made once
    if connection.execute(select(flow_tables.bulletin.c.id).where(before)).first():
        return
    key = content_key("source", change.source, change.what, change.at.isoformat())
    announce(connection, key, channel, f"{change.name} is {change.what}", change.at, message=message)


def _changes(connection: Connection) -> tuple[SourceChange, ...]:
    query = select(tables.source_change).order_by(_row.id)
    return tuple(_as_change(row) for row in connection.execute(query).mappings())


def _as_change(row: RowMapping) -> SourceChange:
    what, past = row[_row.what], row[_row.past]
    assert what in get_args(Change)  # noqa: S101  the table holds no other
    return SourceChange(
        source=row[_row.source],
        what=what,
        name=row[_row.name],
        url=row[_row.url],
        past=past,
        by=row[_row.by],
        at=row[_row.at],
        number=row[_row.id],
    )
