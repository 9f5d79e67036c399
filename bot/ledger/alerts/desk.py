"""What people decide about alerts: on every copy at once, told in each thread, and kept in a log only added to."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select, update

from bot.ledger.alerts.alerts import copies, one_alert, revise, tell
from bot.ledger.database.engine import Opened
from bot.ledger.database.prepared import added
from bot.ledger.record.rows import alert, conflict, delivery
from bot.ledger.records import Action, Change, Decided, Decision, Deed, Track
from bot.ledger.tables import schema
from bot.model import Alert, ReviewState, content_key
from config.values import ConflictKind

_LEADS: dict[Action, tuple[frozenset[ReviewState], ReviewState]] = {
    "confirm": (frozenset({"open"}), "confirmed"),
    "dismiss": (frozenset({"open"}), "dismissed"),
    "explain": (frozenset({"dismissed"}), "dismissed"),
    "undo": (frozenset({"confirmed", "dismissed"}), "open"),
}
_log = schema.decision.c


class Desk(Opened):
    """What people do to alerts. Whatever is done to one holds for its copies in other channels."""

    def decide(self, number: int, action: Action, user: str, note: str, now: datetime, *, remark: str = "") -> Decision:
        """Confirm, dismiss or undo, once: the second of two people changes nothing and learns who was first.

        `note` is the reason of a dismissal; it may be said anew ("explain"), and the dismissal stays as it was.
        """
        wanted, after = _LEADS[action]
        with self._writing() as connection:
            before = one_alert(connection, number)
            if before.review not in wanted or before.state == "withdrawn":
                return Decision(alert=before, changed=False, by=before.decided_by or "")
            undone, explained = action == "undo", action == "explain"
            values = {
                "review": after,
                "decided_by": None if undone else before.decided_by if explained else user,
                "decided_at": None if undone else before.decided_at if explained else now,
                "decision_note": "" if undone else note,
            }
            change = Change(what=action, by=user, why=note, remark=remark, before=before.review, after=after)
            do(connection, number, change, now, **values)
            return Decision(alert=one_alert(connection, number), changed=True, by=user)

    def assign(self, number: int, owner: str, user: str, now: datetime) -> Decision:
        """Make somebody (a Slack user id) look into an alert, or nobody (empty); unchanged where they do already."""
        with self._writing() as connection:
            before = one_alert(connection, number)
            held = before.owner or ""
            if held == owner or before.state == "withdrawn":
                return Decision(alert=before, changed=False, by=held)
            change = Change(what="assign", by=user, before=held, after=owner)
            do(connection, number, change, now, owner=owner or None)
            return Decision(alert=one_alert(connection, number), changed=True, by=user)

    def note(self, number: int, text: str, user: str, now: datetime) -> Alert:
        """Put a remark of somebody in the log and in every thread of an alert."""
        with self._writing() as connection:
            before = one_alert(connection, number)
            change = Change(what="note", by=user, remark=text, before=before.review, after=before.review)
            mark = logged(connection, number, change, now)
            for copy in copies(connection, number):
                tell(connection, copy, change, mark, now)
            return one_alert(connection, number)

    def withdraw(self, number: int, reason: str, now: datetime, by: str = "") -> Alert:
        """Take an alert back in all its channels: an unposted card is never posted, a posted one says so."""
        with self._writing() as connection:
            take_back(connection, number, reason, by, now)
            return one_alert(connection, number)

    def copies(self, number: int) -> tuple[Alert, ...]:
        """The alerts on the same pair of remarks in whatever channel, this one first; not those withdrawn."""
        with self._reading() as connection:
            one_alert(connection, number)
            return tuple(one_alert(connection, copy) for copy in copies(connection, number))

    def audit(self, number: int) -> tuple[Decided, ...]:
        """Everything done to an alert or a copy of it, oldest first."""
        with self._reading() as connection:
            return _logged(connection, _log.alert_number.in_(copies(connection, number, withdrawn=True)))

    def log(
        self, *, by: str | None = None, since: datetime | None = None, until: datetime | None = None, limit: int = 20
    ) -> tuple[Decided, ...]:
        """What people did to alerts, the newest of it, oldest first."""
        where = [_log.by == by] if by is not None else []
        where += [_log.at >= since] if since else []
        where += [_log.at < until] if until else []
        with self._reading() as connection:
            return _logged(connection, *where, limit=limit)

    def track(self, kind: ConflictKind, now: datetime, days: int = 90) -> Track:
        """How many alerts of a kind the desk has decided in that many days, each pair once, and confirmed of them."""
        pairs = (
            select(alert.fresh_id, alert.earlier_id, func.min(alert.review).label("review"))
            .join(schema.conflict, alert.conflict_id == conflict.id)
            .where(
                conflict.kind == kind,
                alert.review != "open",
                alert.withdrawn_at.is_(None),
                alert.decided_at > now - timedelta(days=days),
            )
            .group_by(alert.fresh_id, alert.earlier_id)
            .subquery()
        )
        with self._reading() as connection:
            rows = connection.execute(select(pairs.c.review, func.count().label("many")).group_by(pairs.c.review))
            found = {str(row.review): int(row.many) for row in rows}
        return Track(confirmed=found.get("confirmed", 0), decided=sum(found.values()), days=days)


def do(connection: Connection, number: int, change: Change, now: datetime, **values: object) -> None:
    """Apply a change to an alert and its copies: logged once, shown on each card, told in each thread."""
    mark = logged(connection, number, change, now)
    for copy in copies(connection, number):
        revise(connection, copy, now, **values)
        tell(connection, copy, change, mark, now)


def take_back(connection: Connection, number: int, reason: str, by: str, now: datetime) -> None:
    """Withdraw an alert with its copies; one withdrawn already stays as it is."""
    before = one_alert(connection, number)
    if before.state == "withdrawn":
        return
    change = Change(what="withdraw", by=by, why=reason, before=before.review, after="withdrawn")
    mark = logged(connection, number, change, now)
    for copy in copies(connection, number):
        mine = delivery.alert_number == copy
        posted = connection.scalar(select(delivery.state).where(mine, delivery.kind == "card")) in {"sent", "sending"}
        waits = [mine, delivery.kind != "update", delivery.state.in_(("pending", "stuck"))]
        if posted:  # its thread is the log, and stays complete
            waits.append(delivery.change.is_(None))
        connection.execute(update(schema.delivery).where(*waits).values(state="withdrawn", reason=reason))
        revise(connection, copy, now, withdrawn_at=now, withdrawn_why=reason, withdrawn_by=by or None)
        if posted:
            tell(connection, copy, change, mark, now)


def logged(connection: Connection, number: int, change: Change, now: datetime) -> str:
    """Add a line to the log; what names it, also where a copy of this ledger went on to have other lines."""
    same = connection.scalar(select(func.count()).select_from(schema.decision).where(_log.at == now))
    added(
        connection,
        schema.decision,
        alert_number=number,
        action=change.what,
        by=change.by,
        note=change.why,
        remark=change.remark,
        at=now,
        before=change.before,
        after=change.after,
    )
    return "decision " + content_key(change.what, change.by, change.why, change.remark, now.isoformat(), str(same))


def _logged(connection: Connection, *where: ColumnElement[bool], limit: int | None = None) -> tuple[Decided, ...]:
    query = select(schema.decision).where(*where).order_by(_log.id.desc()).limit(limit)
    return tuple(as_decided(row) for row in connection.execute(query).mappings())[::-1]


def as_decided(row: RowMapping) -> Decided:
    """The line of the log in a row."""
    """A line of the log."""
    what: Deed = row[_log.action]
    return Decided(
        alert=row[_log.alert_number],
        action=what,
        by=row[_log.by],
        note=row[_log.note],
        remark=row[_log.remark],
        at=row[_log.at],
        before=row[_log.before],
        after=row[_log.after],
    )
