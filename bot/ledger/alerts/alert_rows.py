"""The way of conflicts and alerts into rows and back, with the positions that they stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, distinct, func, select

from bot.ledger.record import amended
from bot.ledger.record.rows import alert, conflict, delivery, load_positions, position
from bot.ledger.record.seals import seal
from bot.ledger.tables import schema
from bot.ledger.tables.corrections import correction
from bot.model import Alert, Conflict, Position


def to_one(channel: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether it is somebody's direct messages, and no channel: names of channels are in small letters."""
    return func.substr(channel, 1, 1).in_(("U", "W"))


def conflict_row(value: Conflict) -> dict[str, Any]:
    """The columns of a conflict that come from itself."""
    row = {
        "key": value.key,
        "kind": value.kind,
        "score": value.score,
        "case": value.case,
        "title": value.title,
        "lede": value.lede,
        "why": value.why,
        "check_first": value.check_first,
        "answer": value.answer,
    }
    across = (value.bridge.statement.key,) if value.bridge else ()
    return row | {"seal": seal("conflict", row, *across)}


def as_conflict(row: RowMapping, known: Mapping[int, Position]) -> Conflict:
    """The conflict in a row, its positions taken from `known`."""
    bridge = row[conflict.bridge_id]
    return Conflict(
        kind=row[conflict.kind],
        fresh=known[row[conflict.fresh_id]],
        earlier=known[row[conflict.earlier_id]],
        score=row[conflict.score],
        case=row[conflict.case],
        title=row[conflict.title],
        lede=row[conflict.lede],
        why=row[conflict.why],
        check_first=tuple(row[conflict.check_first]),
        answer=row[conflict.answer],
        bridge=known[bridge] if bridge else None,
    )


def heads(row: RowMapping) -> tuple[int, ...]:
    """The ids of the positions that a conflict stands on."""
    ids = (row[conflict.fresh_id], row[conflict.earlier_id], row[conflict.bridge_id])
    return tuple(number for number in ids if number)


def load_alerts(
    connection: Connection,
    *where: ColumnElement[bool],
    limit: int | None = None,
    skip: int = 0,
    counted: bool = True,
) -> tuple[Alert, ...]:
    """The alerts that fulfil every condition, the newest first.

    Unless `counted`, how much is on record on their topics is left out: of a topic much spoken about that takes long.
    """
    query = (
        select(schema.alert, schema.conflict, schema.delivery)
        .join(schema.conflict, alert.conflict_id == conflict.id)
        .join(schema.delivery, (delivery.alert_number == alert.number) & (delivery.kind == "card"))
        .where(*where)
        .order_by(alert.number.desc())
        .limit(limit)
        .offset(skip or None)
    )
    rows = list(connection.execute(query).mappings())
    if not rows:  # as of most cases: nothing more is to be asked
        return ()
    joined: dict[int, list[int]] = {row[alert.number]: [] for row in rows}
    evidence = schema.alert_evidence.c
    for number, place in connection.execute(
        select(evidence.alert_number, evidence.position_id)
        .join(schema.position)
        .where(evidence.alert_number.in_(joined), position.statement_id.not_in(select(correction.c.statement_id)))
        .order_by(evidence.id)
    ):
        joined[number].append(place)
    ids = {place for row in rows for place in (*heads(row), *joined[row[alert.number]])}
    known = load_positions(connection, ids)
    topics = {known[row[conflict.fresh_id]].topic for row in rows} if counted else set()
    counts = on_topic(connection, topics)
    return tuple(_as_alert(row, known, joined[row[alert.number]], counts) for row in rows)


def _as_alert(
    row: RowMapping, known: Mapping[int, Position], joined: Iterable[int], counts: Mapping[str, int]
) -> Alert:
    head = as_conflict(row, known)
    shown = heads(row)
    return Alert(
        number=row[alert.number],
        conflict=replace(head, title=row[alert.title]),
        joined=tuple(known[place] for place in joined if place not in shown),
        channel=row[alert.channel],
        strength=row[alert.strength],
        created_at=row[alert.created_at],
        state="withdrawn" if row[alert.withdrawn_at] else row[delivery.state],
        review=row[alert.review],
        revision=row[alert.revision],
        dedupe_key=row[alert.dedupe_key],
        decided_by=row[alert.decided_by],
        decided_at=row[alert.decided_at],
        decision_note=row[alert.decision_note],
        owner=row[alert.owner],
        withdrawn_by=row[alert.withdrawn_by],
        answered=None if head.key_in(row[alert.channel]) == row[alert.dedupe_key] else head.answer,
        slack_channel=row[delivery.slack_channel],
        slack_ts=row[delivery.slack_ts],
        reason=row[alert.withdrawn_why] or row[delivery.reason],
        on_topic=counts.get(head.fresh.topic, 0),
    )


def on_topic(connection: Connection, topics: Iterable[str]) -> dict[str, int]:
    """How many remarks are on record on each topic."""
    query = (
        select(position.topic, func.count(distinct(position.utterance_id)).label("remarks"))
        .where(position.topic.in_(set(topics)), amended.as_read())
        .group_by(position.topic)
    )
    return {row.topic: row.remarks for row in connection.execute(query)}
