"""How an alert comes about and grows: raised once in a channel, joined by later evidence, its card kept up to date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select, true, update

from bot.ledger.alerts.alert_rows import heads, load_alerts
from bot.ledger.errors import UnknownAlert
from bot.ledger.record.rows import alert, conflict, delivery, position
from bot.ledger.record.seals import seal
from bot.ledger.records import Change, DeliveryKind
from bot.ledger.tables import schema
from bot.model import Alert, Conflict, DeliveryState, content_key
from config.values import Strength

FIRST_NUMBER = 1001
UNPOSTED: frozenset[DeliveryState] = frozenset({"held", "folded", "listed"})  # there is no card in Slack


def one_alert(connection: Connection, number: int) -> Alert:
    """The alert of this number; `UnknownAlert` where there is none."""
    found = load_alerts(connection, alert.number == number)
    if not found:
        raise UnknownAlert(f"there is no alert OR-{number}")
    return found[0]


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
    key = value.key_in(channel)
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
    constant = {
        "number": number,
        "dedupe_key": key,
        "title": value.title,
        "case": value.case,
        "channel": channel,
        "strength": strength,
        "created_at": now,
    }
    connection.execute(
        insert(schema.alert).values(
            **constant,
            seal=seal("alert", constant),
            conflict_id=row[conflict.id],
            fresh_id=row["fresh_remark"],
            earlier_id=row["earlier_remark"],
            revision=1,
            withdrawn_why="",
            **_decided(connection, same_pair & same_kind),
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


def _decided(connection: Connection, of_pair: ColumnElement[bool]) -> dict[str, Any]:
    """What the desk has decided about the same pair in another channel: it holds for every copy."""
    columns = (alert.review, alert.decided_by, alert.decided_at, alert.decision_note, alert.owner)
    query = select(*columns).join(schema.conflict, alert.conflict_id == conflict.id)
    query = query.where(of_pair, alert.withdrawn_at.is_(None)).order_by(alert.number.desc()).limit(1)
    known = connection.execute(query).mappings().first()
    return dict(known) if known else {"review": "open", "decision_note": ""}


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
        names = sorted(connection.scalars(select(position.key).where(position.id.in_(fresh))))
        key = content_key("evidence", row[alert.dedupe_key], *names)
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


def copies(connection: Connection, number: int, *, withdrawn: bool = False) -> list[int]:
    """The alerts on the same pair of remarks in whatever channel, this one first; with or without those withdrawn."""
    mine = (
        select(alert.fresh_id, alert.earlier_id, conflict.kind)
        .join(schema.conflict, alert.conflict_id == conflict.id)
        .where(alert.number == number)
        .subquery()
    )
    same = (alert.fresh_id == mine.c.fresh_id) & (alert.earlier_id == mine.c.earlier_id)
    query = (
        select(alert.number)
        .join(schema.conflict, alert.conflict_id == conflict.id)
        .join(mine, same & (conflict.kind == mine.c.kind))
        .where(true() if withdrawn else (alert.number == number) | alert.withdrawn_at.is_(None))
        .order_by(alert.number)
    )
    return sorted(connection.scalars(query), key=lambda one: one != number)


def tell(connection: Connection, number: int, change: Change, mark: str, now: datetime) -> None:
    """Put a reply on a change at the end of the queue; `mark` names the change, so that it is told once."""
    found = connection.execute(select(alert.channel, alert.dedupe_key).where(alert.number == number)).one()
    card = select(delivery.state).where(delivery.alert_number == number, delivery.kind == "card")
    there = connection.scalar(card)
    state = there if there in UNPOSTED or there == "withdrawn" else "pending"  # without a card there is no thread
    key = content_key("change", found.dedupe_key, mark)
    common = {"alert_number": number, "channel": found.channel, "created_at": now, "state": state}
    queue(connection, "reply", key=key, change=asdict(change), **common)
