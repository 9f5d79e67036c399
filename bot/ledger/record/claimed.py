"""What others say somebody holds, and how it was answered: by a conflict on record, else by the holder's own words."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, or_, select

from bot.ledger.asked import Claim
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record import amended
from bot.ledger.record.rows import alert, conflict, load_positions, position, statement
from bot.ledger.tables import schema
from bot.model import Position


def claim(connection: Connection, remark: int, value: Position) -> Claim:
    """What others say somebody holds, as the newest report of a remark tells it, with the answer that is on record."""
    same = (
        select(position.id)
        .join(schema.statement, position.statement_id == statement.id)
        .where(
            statement.utterance_id == remark,
            position.claimed_by_id.is_not(None),
            position.topic == value.topic,
            position.proposition == value.proposition,
        )
    )
    mine = list(connection.scalars(same))
    answered = (
        select(conflict.fresh_id, conflict.earlier_id, conflict.answer, alert.number)
        .outerjoin(schema.alert, alert.conflict_id == conflict.id)
        .where(or_(conflict.fresh_id.in_(mine), conflict.earlier_id.in_(mine)), conflict.answer.is_not(None))
        .order_by(conflict.id.desc())
        .limit(1)
    )
    row = connection.execute(answered).first()
    if row is None:
        return Claim(position=value, answer=None, reply=_own_words(connection, value), alert=None)
    other = row.fresh_id if row.earlier_id in mine else row.earlier_id
    return Claim(
        position=value, answer=row.answer, reply=load_positions(connection, [other]).get(other), alert=row.number
    )


def _own_words(connection: Connection, value: Position) -> Position | None:
    """The newest words of the holder, else of the holder's side, on what was claimed."""
    party = schema.party.c
    entries = OnePerson.of(connection).entries(value.holder.official)
    holder = select(party.id).where(party.official.in_(entries) if entries else party.name == value.holder.name)
    about = [position.claimed_by_id.is_(None), position.topic == value.topic, amended.as_read()]
    about.append(position.proposition == value.proposition)
    mine: list[ColumnElement[bool]] = [position.holder_id.in_(holder)]
    if value.holder.side:
        mine.append(position.side == value.holder.side)
    for theirs in mine:
        query = select(position.id).where(*about, theirs).order_by(position.day.desc(), position.id.desc()).limit(1)
        number = connection.scalar(query)
        if number is not None:
            return load_positions(connection, [number])[number]
    return None
