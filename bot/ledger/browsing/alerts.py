"""Alerts as a list, and what people did to them and beside them."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.ledger.alerts.alert_rows import load_alerts
from bot.ledger.alerts.desk import as_decided
from bot.ledger.alerts.mends import mends_where
from bot.ledger.asked import HandedOut, Sought
from bot.ledger.asking.asking import Asking
from bot.ledger.browsing.cut import FIRST, Cut, Listing
from bot.ledger.flow.handing_out import handed_out_where
from bot.ledger.outward.links import Link, links_where
from bot.ledger.record.rows import alert, conflict
from bot.ledger.records import Decided, Mend
from bot.ledger.tables import asking as asking_tables
from bot.ledger.tables import schema
from bot.ledger.tables.corrections import correction
from bot.ledger.tables.links import share_link
from bot.model import Alert, ReviewState

_log, _mend, _handed, _link = schema.decision.c, correction.c, asking_tables.handed_out.c, share_link.c


class Alerts(Asking):
    """Reads; each sees the ledger as it was at one moment."""

    def list_alerts(self, sought: Sought, cut: Cut = FIRST) -> Listing[Alert]:
        """Alerts in the order of recording, without how much is on record on their topics.

        What went to a person is left out where a channel has it.
        """
        with self._reading() as connection:
            query = select(alert.number).join(schema.conflict, alert.conflict_id == conflict.id)
            numbers, following = cut.numbers(connection, query.where(*self._where(connection, sought)), alert.number)
            shown = load_alerts(connection, alert.number.in_(numbers), counted=False) if numbers else ()
        return Listing(entries=shown[::-1] if cut.oldest else shown, following=following)

    def behind(self, number: int) -> Alert | None:
        """The alert of this number, as it stands in the list."""
        with self._reading() as connection:
            return next(iter(load_alerts(connection, alert.number == number, counted=False)), None)

    def reviews(self, sought: Sought) -> dict[ReviewState | str, int]:
        """How many alerts there are in each state, of those that fulfil the other filters; "withdrawn" is one."""
        with self._reading() as connection:
            query = (
                select(alert.review, alert.withdrawn_at.is_not(None).label("gone"), func.count().label("many"))
                .join(schema.conflict, alert.conflict_id == conflict.id)
                .where(*self._where(connection, sought))
                .group_by(alert.review, alert.withdrawn_at.is_not(None))
            )
            found: dict[ReviewState | str, int] = {}
            for row in connection.execute(query):
                state = "withdrawn" if row.gone else row.review
                found[state] = found.get(state, 0) + row.many
        return found

    def list_decisions(self, cut: Cut = FIRST, *, by: str | None = None) -> Listing[Decided]:
        """What people did to alerts, the newest first."""
        where = [_log.by == by] if by is not None else []
        with self._reading() as connection:
            numbers, following = cut.numbers(connection, select(_log.id).where(*where), _log.id)
            query = select(schema.decision).where(_log.id.in_(numbers)).order_by(_log.id.desc())
            rows = connection.execute(query).mappings().all()
        return Listing(entries=tuple(map(as_decided, rows)), following=following)

    def list_mends(self, cut: Cut = FIRST, *, by: str | None = None) -> Listing[Mend]:
        """Corrections and withdrawals of statements, the newest first."""
        where = [_mend.by == by] if by is not None else []
        with self._reading() as connection:
            numbers, following = cut.numbers(connection, select(_mend.id).where(*where), _mend.id)
            return Listing(entries=mends_where(connection, _mend.id.in_(numbers))[::-1], following=following)

    def list_handed_out(self, cut: Cut = FIRST, *, by: str | None = None) -> Listing[HandedOut]:
        """What left the private answers, the newest first."""
        where = [_handed.by == by] if by is not None else []
        with self._reading() as connection:
            numbers, following = cut.numbers(connection, select(_handed.id).where(*where), _handed.id)
            return Listing(entries=handed_out_where(connection, _handed.id.in_(numbers)), following=following)

    def list_links(self, alert: int, cut: Cut = FIRST) -> Listing[Link]:
        """The links to an alert, good or not, the newest first."""
        with self._reading() as connection:
            mine = select(_link.id).where(_link.alert_number == alert)
            numbers, following = cut.numbers(connection, mine, _link.id)
            return Listing(entries=tuple(links_where(connection, _link.id.in_(numbers))), following=following)
