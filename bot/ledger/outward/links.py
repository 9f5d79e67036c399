"""Links that let somebody without an account read one alert: made, looked up, ended early, and never forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select

from bot.ledger.alerts.alerts import one_alert
from bot.ledger.database.engine import Opened
from bot.ledger.database.prepared import added
from bot.ledger.tables import asking as asking_tables
from bot.ledger.tables.links import share_link, share_link_end
from bot.model import content_key

_link, _end = share_link.c, share_link_end.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to one alert, good until a moment unless it was `ended` before."""

    number: int
    alert: int
    until: datetime
    by: str
    at: datetime
    ended: datetime | None = None
    ended_by: str = ""

    def good(self, now: datetime) -> bool:
        """Whether it still opens its page."""
        return self.ended is None and now < self.until


class Links(Opened):
    """The log of links."""

    def make_link(self, alert: int, until: datetime, by: str, now: datetime) -> Link:
        """A new link to an alert, written down among what was handed out, too. UnknownAlert where there is none."""
        with self._writing() as connection:
            one_alert(connection, alert)
            number = int(added(connection, share_link, alert_number=alert, until=until, by=by, at=now))
            added(
                connection,
                asking_tables.handed_out,
                key=content_key("link", str(number)),
                what="share",
                words=f"OR-{alert}, by a link that is good until {until:%Y-%m-%d %H:%M} UTC",
                channel="link",
                by=by,
                at=now,
            )
            return links_where(connection, _link.id == number)[0]

    def link(self, number: int) -> Link | None:
        """The link of this number, good or not."""
        with self._reading() as connection:
            return next(iter(links_where(connection, _link.id == number)), None)

    def end_link(self, number: int, by: str, now: datetime) -> bool:
        """End a link; False where there is none, or it was ended before."""
        with self._writing() as connection:
            found = next(iter(links_where(connection, _link.id == number)), None)
            if found is None or found.ended is not None:
                return False
            connection.execute(insert(share_link_end).values(link_id=number, by=by, at=now))
            return True


def links_where(connection: Connection, *where: ColumnElement[bool]) -> list[Link]:
    """The links that fulfil every condition, the newest first."""
    query = (
        select(share_link, _end.at.label("ended"), _end.by.label("ended_by"))
        .outerjoin(share_link_end, _end.link_id == _link.id)
        .where(*where)
        .order_by(_link.id.desc())
    )
    return [
        Link(
            number=row.id,
            alert=row.alert_number,
            until=row.until,
            by=row.by,
            at=row.at,
            ended=row.ended,
            ended_by=row.ended_by or "",
        )
        for row in connection.execute(query)
    ]
