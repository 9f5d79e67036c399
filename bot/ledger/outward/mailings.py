"""One mail a day to each list: made once, under its list and day, and never sent again where it may have arrived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from bot.ledger.alerts.alert_rows import load_alerts
from bot.ledger.alerts.outbox import waiting
from bot.ledger.database.engine import Opened
from bot.ledger.record.rows import alert
from bot.ledger.tables import outward as outward_tables
from bot.ledger.tables import schema
from bot.model import Alert

BACK = timedelta(days=1)  # what the first mail to a list tells
MOST = 500  # alerts that one mail tells; of the others it says how many there are
GIVEN_UP = timedelta(hours=12)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
_mailing = outward_tables.mailing.c
DOUBT = "the server did not say whether it took it: it may have arrived, and is not sent again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """A mail with the alerts that it tells, as they are now, the strongest first."""

    id: int
    readers: str
    day: str
    alerts: tuple[Alert, ...]
    more: int = 0  # that were chosen, too, and are weaker than all of these
    created_at: datetime
    attempts: int


class Mailings(Opened):
    """Pending, then sending from the moment at which it may arrive, then sent; what is in doubt then stays unsent."""

    def make_mailing(
        self,
        readers: str,
        day: str,
        choose: Callable[[Sequence[Alert]], Sequence[Alert]],
        now: datetime,
        most: int = MOST,
    ) -> bool:
        """Make the mail of a day, of what came since the last one; False: it was made. One of nothing is not sent."""
        mine = (_mailing.readers == readers) & (_mailing.day == day)
        with self._reading() as connection:
            if connection.execute(select(_mailing.id).where(mine)).first():
                return False
            until = connection.scalar(select(func.max(alert.number))) or 0  # what comes meanwhile is in the next one
            last = connection.scalar(select(func.max(_mailing.until)).where(_mailing.readers == readers))
            since = alert.created_at >= now - BACK if last is None else alert.number > last
            chosen = _chosen(connection, since, choose, most)
        with self._writing() as connection:
            if connection.execute(select(_mailing.id).where(mine)).first():
                return False
            connection.execute(
                insert(outward_tables.mailing).values(
                    readers=readers,
                    day=day,
                    alerts=chosen,
                    until=until,
                    state="pending" if chosen else "sent",
                    created_at=now,
                    attempts=0,
                    reason="",
                )
            )
            return True

    def mailings_due(self, now: datetime, most: int = MOST) -> tuple[Mailing, ...]:
        """The mails that wait to be sent, each at its time."""
        with self._reading() as connection:
            rows = connection.execute(
                select(outward_tables.mailing).where(_mailing.state == "pending").order_by(_mailing.id)
            ).mappings()
            return tuple(
                _load(connection, row, most)
                for row in rows.all()
                if not waiting(row[_mailing.retry_at], row[_mailing.attempted_at], now)
            )

    def mailing_begun(self, number: int, now: datetime) -> bool:
        """Mark that from now on it may arrive; False: it is not to be sent."""
        with self._writing() as connection:
            mine = update(outward_tables.mailing).where(_mailing.id == number, _mailing.state == "pending")
            return bool(connection.execute(mine.values(state="sending", attempted_at=now)).rowcount)

    def mailing_sent(self, number: int) -> None:
        """The server took it."""
        with self._writing() as connection:
            _set(connection, number, state="sent", reason="", retry_at=None)

    def mailing_refused(self, number: int, reason: str, now: datetime) -> bool:
        """It did not arrive; it is tried again, and whether it is given up now."""
        with self._writing() as connection:
            row = connection.execute(select(_mailing.created_at, _mailing.attempts).where(_mailing.id == number)).one()
            stuck = bool(now - row.created_at >= GIVEN_UP)
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(row.attempts, 10))
            values = {"attempts": row.attempts + 1, "attempted_at": now, "retry_at": now + wait, "reason": reason}
            _set(connection, number, state="stuck" if stuck else "pending", **values)
            return stuck

    def mailings_in_doubt(self) -> tuple[tuple[str, str], ...]:
        """End every doubt: what may have arrived is not sent again. List and day of each; nobody may be sending."""
        with self._writing() as connection:
            query = select(_mailing.readers, _mailing.day).where(_mailing.state == "sending").order_by(_mailing.id)
            found = tuple((row.readers, row.day) for row in connection.execute(query))
            if found:
                ended = update(outward_tables.mailing).where(_mailing.state == "sending")
                connection.execute(ended.values(state="stuck", reason=DOUBT))
            return found


def _chosen(
    connection: Connection, since: ColumnElement[bool], choose: Callable[[Sequence[Alert]], Sequence[Alert]], most: int
) -> list[int]:
    """The numbers of all that are chosen, each conflict once: those that a mail tells in their order, then the rest."""
    told: Sequence[Alert] = ()
    more: dict[str, int] = {}
    for start in count(0, most):  # never all of them at once, however many came
        some = load_alerts(connection, since, limit=most, skip=start, counted=False)
        chosen = choose([*told, *some])
        told = chosen[:most]
        more.update((one.conflict.key, one.number) for one in chosen[most:])
        if len(some) < most:
            break
    kept = {one.conflict.key for one in told}
    return [*(one.number for one in told), *(number for key, number in more.items() if key not in kept)]


def _set(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(outward_tables.mailing).where(_mailing.id == number).values(**values))


def _load(connection: Connection, row: Any, most: int) -> Mailing:  # noqa: ANN401 - a row
    every: list[int] = row[_mailing.alerts]
    numbers = every[:most]
    known = {one.number: one for one in load_alerts(connection, schema.alert.c.number.in_(numbers))}
    return Mailing(
        id=row[_mailing.id],
        readers=row[_mailing.readers],
        day=row[_mailing.day],
        alerts=tuple(known[number] for number in numbers if number in known),
        more=len(every) - len(numbers),
        created_at=row[_mailing.created_at],
        attempts=row[_mailing.attempts],
    )
