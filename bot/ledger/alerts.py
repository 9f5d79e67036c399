"""The life of an alert: raised once, joined by later evidence, decided by people, withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from bot.ledger import schema
from bot.ledger.alert_rows import heads, load_alerts
from bot.ledger.engine import Opened
from bot.ledger.errors import UnknownAlert
from bot.ledger.records import Action, Decided, Decision, DeliveryKind
from bot.ledger.rows import alert, conflict, delivery
from bot.model import Alert, Conflict, DeliveryState, ReviewState, content_key
from config.schema import Strength

FIRST_NUMBER = 1001
UNPOSTED: frozenset[DeliveryState] = frozenset({"held", "folded", "listed"})  # there is no card in Slack
_LEADS: dict[Action, tuple[frozenset[ReviewState], ReviewState]] = {
    "confirm": (frozenset({"open"}), "confirmed"),
    "dismiss": (frozenset({"open"}), "dismissed"),
    "explain": (frozenset({"dismissed"}), "dismissed"),
    "undo": (frozenset({"confirmed", "dismissed"}), "open"),
}


def one_alert(connection: Connection, number: int) -> Alert:
    """The alert of this number; `UnknownAlert` where there is none."""
    found = load_alerts(connection, alert.number == number)
    if not found:
        raise UnknownAlert(f"there is no alert OR-{number}")
    return found[0]


def dedupe_key(value: Conflict, channel: str) -> str:
    """Identity of an alert: the kind, both evidences and the channel."""
    return content_key(value.kind, value.fresh.statement.key, value.earlier.statement.key, channel)


def raise_alert(
    connection: Connection,
    value: Conflict,
    channel: str,
    strength: Strength,
    now: datetime,
    *,
    further: Sequence[int] = (),
    state: DeliveryState = "pending",
) -> int | None:
    """Store an alert with its card pending, and return its number; None where it has been raised before.

    In another `state` its card is not due: it is held for a digest, or only listed.

    `further` are the positions of the same case known already: they are evidence of the alert from the start.

    Raised before means: the same evidence, or other outlets' reports of the same two remarks, in this channel.
    """
    key = dedupe_key(value, channel)
    row = (
        connection.execute(select(schema.conflict, *_remarks(value)).where(conflict.key == value.key)).mappings().one()
    )
    same_pair = (alert.fresh_id == row["fresh_remark"]) & (alert.earlier_id == row["earlier_remark"])
    same_kind = conflict.kind == value.kind
    repeat = (
        select(alert.number)
        .join(schema.conflict, alert.conflict_id == conflict.id)
        .where((alert.dedupe_key == key) | (same_pair & same_kind & (alert.channel == channel)))
    )
    if connection.execute(repeat.limit(1)).first():
        return None
    number = max(FIRST_NUMBER, (connection.scalar(select(func.max(alert.number))) or 0) + 1)
    connection.execute(
        insert(schema.alert).values(
            number=number,
            dedupe_key=key,
            conflict_id=row[conflict.id],
            fresh_id=row["fresh_remark"],
            earlier_id=row["earlier_remark"],
            title=value.title,
            case=value.case,
            channel=channel,
            strength=strength,
            created_at=now,
            review="open",
            revision=1,
            decision_note="",
            withdrawn_why="",
        )
    )
    for position_id in further:
        connection.execute(
            insert(schema.alert_evidence).values(alert_number=number, position_id=position_id, joined_at=now)
        )
    common = {"alert_number": number, "channel": channel, "created_at": now, "state": state}
    body = [*heads(row), *further]
    queue(connection, "card", key=key, **common)
    queue(connection, "reply", key=content_key("evidence", key), body=body, opening=True, **common)
    return number


def _remarks(value: Conflict) -> tuple[Any, Any]:
    table = schema.statement.c

    def remark(key: str, name: str) -> Any:  # noqa: ANN401 - a labelled subquery
        return select(table.utterance_id).where(table.key == key).scalar_subquery().label(name)

    return (
        remark(value.fresh.statement.key, "fresh_remark"),
        remark(value.earlier.statement.key, "earlier_remark"),
    )


def queue(connection: Connection, kind: DeliveryKind, **values: object) -> None:
    """Put one delivery at the end of its channel's queue."""
    connection.execute(
        insert(schema.delivery).values(
            **{"opening": False, "body": (), "state": "pending", **values},
            kind=kind,
            attempts=0,
            intended=0,
            shown=0,
            reason="",
        )
    )


def mark(connection: Connection, numbers: Sequence[int], before: Iterable[DeliveryState], after: DeliveryState) -> None:
    """Let the cards of these alerts and their replies go from one of the states before to the one after."""
    mine = delivery.alert_number.in_(numbers) & (delivery.kind != "update") & delivery.state.in_(tuple(before))
    connection.execute(update(schema.delivery).where(mine).values(state=after))


def join(
    connection: Connection,
    number: int,
    places: Iterable[int],
    lead: RowMapping | None,
    now: datetime,
    *,
    aloud: bool = True,
) -> None:
    """Add the positions with ids `places` that are new to the alert, and let `lead` head the card from now on.

    The card is then due for an update, and a reply with the new evidence follows in its thread. Nothing new: no-op.
    """
    row = (
        connection.execute(
            select(schema.alert, schema.conflict)
            .join(schema.conflict, alert.conflict_id == conflict.id)
            .where(alert.number == number)
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise UnknownAlert(f"there is no alert OR-{number}")
    evidence = schema.alert_evidence.c
    shown = list(connection.scalars(select(evidence.position_id).where(evidence.alert_number == number)))
    was = heads(row)
    leads = lead is not None and lead[conflict.id] != row[conflict.id]
    offered = (*heads(lead), *places) if lead is not None else tuple(places)
    fresh = [place for place in dict.fromkeys(offered) if place not in shown and place not in was]
    if not fresh and not leads:
        return
    kept = [place for place in was if place not in shown] if leads else []  # the old pair stays on the card
    for place in (*kept, *fresh):
        connection.execute(insert(schema.alert_evidence).values(alert_number=number, position_id=place, joined_at=now))
    if leads and lead is not None:
        connection.execute(update(schema.alert).where(alert.number == number).values(conflict_id=lead[conflict.id]))
    revise(connection, number, now)
    if fresh:
        key = content_key("evidence", row[alert.dedupe_key], *(str(place) for place in sorted(fresh)))
        card = select(delivery.state).where(delivery.alert_number == number, delivery.kind == "card")
        state = connection.scalar(card) if aloud else "listed"
        state = state if state in UNPOSTED else "pending"
        common = {"alert_number": number, "channel": row[alert.channel], "created_at": now, "state": state}
        queue(connection, "reply", key=key, body=fresh, **common)


def revise(connection: Connection, number: int, now: datetime, **changes: object) -> None:
    """Apply changes that the card must show: its update becomes due."""
    connection.execute(
        update(schema.alert).where(alert.number == number).values(revision=alert.revision + 1, **changes)
    )
    mine = (delivery.alert_number == number) & (delivery.kind == "update")
    row = connection.execute(select(delivery.state).where(mine)).first()
    if row is None:
        found = connection.execute(select(alert.channel, alert.dedupe_key).where(alert.number == number)).one()
        common = {"alert_number": number, "channel": found.channel, "created_at": now}
        queue(connection, "update", key=content_key("update", found.dedupe_key), **common)
    elif row.state == "sent":
        connection.execute(update(schema.delivery).where(mine).values(state="pending", attempts=0))


class Desk(Opened):
    """What people decide about alerts."""

    def decide(self, number: int, action: Action, user: str, note: str, now: datetime) -> Decision:
        """Confirm, dismiss or undo, once: the second of two people changes nothing and learns who was first.

        Why it was dismissed may be said with it or later ("explain"), and said anew; the dismissal stays as it was.
        """
        wanted, after = _LEADS[action]
        with self._writing() as connection:
            before = one_alert(connection, number)
            if before.review not in wanted or before.state == "withdrawn":
                return Decision(alert=before, changed=False, by=before.decided_by or "")
            undone, explained = action == "undo", action == "explain"
            revise(
                connection,
                number,
                now,
                review=after,
                decided_by=None if undone else before.decided_by if explained else user,
                decided_at=None if undone else before.decided_at if explained else now,
                decision_note="" if undone else note,
            )
            connection.execute(
                insert(schema.decision).values(
                    alert_number=number,
                    action=action,
                    by=user,
                    note=note,
                    at=now,
                    before=before.review,
                    after=after,
                )
            )
            return Decision(alert=one_alert(connection, number), changed=True, by=user)

    def audit(self, number: int) -> tuple[Decided, ...]:
        """Every decision about an alert, oldest first."""
        table = schema.decision.c
        query = select(schema.decision).where(table.alert_number == number).order_by(table.id)
        with self._reading() as connection:
            return tuple(
                Decided(
                    alert=row[table.alert_number],
                    action=row[table.action],
                    by=row[table.by],
                    note=row[table.note],
                    at=row[table.at],
                    before=row[table.before],
                    after=row[table.after],
                )
                for row in connection.execute(query).mappings()
            )

    def withdraw(self, number: int, reason: str, now: datetime) -> Alert:
        """Take an alert back: an unposted card is never posted, a posted one is updated to say so."""
        with self._writing() as connection:
            before = one_alert(connection, number)
            if before.state == "withdrawn":
                return before
            connection.execute(
                update(schema.delivery)
                .where(
                    delivery.alert_number == number,
                    delivery.kind != "update",
                    delivery.state.in_(("pending", "stuck", "held")),
                )
                .values(state="withdrawn", reason=reason)
            )
            revise(connection, number, now, withdrawn_at=now, withdrawn_why=reason)
            return one_alert(connection, number)
