"""What people correct in statements: a further row in the place of each, the first one kept, the alerts kept up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, update

from bot.ledger.alerts.alert_rows import heads, load_alerts
from bot.ledger.alerts.alerts import copies, one_alert, revise, tell
from bot.ledger.alerts.desk import do, logged, take_back
from bot.ledger.database.engine import Opened
from bot.ledger.errors import AlreadyMended, LedgerError
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.people import involves
from bot.ledger.record.rows import alert, as_statement, statements
from bot.ledger.record.rows import conflict as pair
from bot.ledger.record.rows import statement as column
from bot.ledger.record.seals import seal
from bot.ledger.records import Change, Mend
from bot.ledger.tables import schema
from bot.ledger.tables.corrections import correction
from bot.mending import Mended
from bot.model import Alert, Position, Statement

_row = correction.c


class Mends(Opened):
    """What people made of statements; nothing of it is changed or deleted."""

    def statement(self, key: str) -> Statement | None:
        """The statement with this key."""
        with self._reading() as connection:
            row = connection.execute(statements().where(column.key == key)).mappings().first()
            return as_statement(row, OnePerson.of(connection)) if row else None

    def mended(self, told: Statement) -> bool:
        """Whether people have put something else in the place of a statement, or withdrawn it."""
        with self._reading() as connection:
            mine = select(_row.id).join(schema.statement, _row.statement_id == column.id).where(column.key == told.key)
            return connection.execute(mine.limit(1)).first() is not None

    def mends(
        self, *, by: str | None = None, since: datetime | None = None, until: datetime | None = None, limit: int = 20
    ) -> tuple[Mend, ...]:
        """The newest corrections and withdrawals of statements, oldest first."""
        where: list[ColumnElement[bool]] = [_row.by == by] if by is not None else []
        where += [_row.at >= since] if since else []
        where += [_row.at < until] if until else []
        with self._reading() as connection:
            return mends_where(connection, *where, limit=limit)

    def mends_of(self, told: Statement) -> tuple[Mend, ...]:
        """What people made of a statement and of those before and after it, oldest first."""
        with self._reading() as connection:
            line = {_numbered(connection, told)}
            while True:
                known = _row.statement_id.in_(line) | _row.successor_id.in_(line)
                found = connection.execute(select(_row.statement_id, _row.successor_id).where(known)).all()
                more = {number for row in found for number in row if number is not None}
                if more <= line:
                    return mends_where(connection, _row.statement_id.in_(line))
                line |= more

    def withdraw_statement(self, told: Statement, reason: str, by: str, now: datetime) -> tuple[Alert, ...]:
        """Take a statement out of every answer and comparison; the alerts that rest on it are withdrawn.

        An alert that it only joined goes on without it. `AlreadyMended` where somebody was first.
        """
        with self._writing() as connection:
            refuse_second(connection, told)
            shown = alerts_on(connection, [told])
            gone = Mended(field="withdrawn", old="", new="")
            add(connection, told, None, [gone], by=by, why=reason, now=now)
            for one in shown:
                if one_alert(connection, one.number).state == "withdrawn":  # a copy of one before
                    continue
                if told.key in {position.statement.key for position in on_card(one)}:
                    take_back(connection, one.number, f"a statement was withdrawn: {reason}", by, now)
                else:
                    change = Change(what="mend", by=by, why=reason, before=f"a statement of {_name(told)}")
                    do(connection, one.number, change, now)
            return tuple(one_alert(connection, one.number) for one in shown)


def on_card(one: Alert) -> tuple[Position, ...]:
    """The positions that head an alert."""
    head = one.conflict
    return tuple(position for position in (head.fresh, head.earlier, head.bridge) if position)


def alerts_on(connection: Connection, told: Sequence[Statement]) -> tuple[Alert, ...]:
    """Alerts, not withdrawn ones, that show any of these statements, newest first."""
    if not told:
        return ()
    shown = select(schema.statement.c.id).where(schema.statement.c.key.in_({one.key for one in told}))
    mine, joined = schema.position.c.statement_id.in_(shown), schema.alert_evidence.c
    later = select(joined.alert_number).join(schema.position).where(mine)
    return load_alerts(connection, involves(mine) | alert.number.in_(later), alert.withdrawn_at.is_(None))


def show_again(connection: Connection, told: Sequence[Statement], now: datetime) -> tuple[Alert, ...]:
    """Make the cards that show any of these statements due for an update, and tell why in their threads."""
    shown = alerts_on(connection, told)
    keys = {one.key for one in told}
    for one in shown:
        revise(connection, one.number, now)
        for position in dict.fromkeys((*on_card(one), *one.joined)):
            said = position.statement
            if said.key in keys:
                now_so = said.amended or "the outlet has these words again"
                change = Change(what="amend", by="", after=f"{_name(said)}, {said.source.outlet}: {now_so}")
                tell(connection, one.number, change, f"amend {said.key} {one.revision + 1}", now)
    return tuple(one_alert(connection, one.number) for one in shown)


def refuse_second(connection: Connection, told: Statement) -> None:
    """`AlreadyMended` where people have put something in the place of a statement."""
    mine = _row.statement_id == _numbered(connection, told)
    first = connection.scalar(select(_row.by).where(mine).order_by(_row.id).limit(1))
    if first is not None:
        raise AlreadyMended(first)


def add(
    connection: Connection,
    old: Statement,
    new: Statement | None,
    changes: Sequence[Mended],
    *,
    by: str,
    why: str,
    now: datetime,
) -> None:
    """Write down what was corrected; `new` is on record, None: nothing stands in its place."""
    common = {
        "statement_id": _numbered(connection, old),
        "successor_id": _numbered(connection, new) if new else None,
        "by": by,
        "at": now,
        "why": why,
    }
    rows = [{"field": one.field, "old": one.old, "new": one.new, **common} for one in changes]
    connection.execute(insert(correction), rows)


def reword(
    connection: Connection,
    number: int,
    lead: RowMapping | None,
    evidence: Sequence[int],
    change: Change,
    *,
    now: datetime,
) -> None:
    """Let a conflict on record head an alert and its copies, with its title; what joins them is evidence."""
    mark = logged(connection, number, change, now)
    values: dict[str, object] = {}
    if lead is not None:
        values = {"conflict_id": lead[pair.id], "title": lead[pair.title], "case": lead[pair.case]}
        values |= {
            "fresh_id": _remark(connection, lead[pair.fresh_id]),
            "earlier_id": _remark(connection, lead[pair.earlier_id]),
        }
    heading = heads(lead) if lead is not None else ()
    for copy in copies(connection, number):
        joined = schema.alert_evidence.c
        known = set(connection.scalars(select(joined.position_id).where(joined.alert_number == copy)))
        for place in dict.fromkeys(evidence):
            if place not in known and place not in heading:
                row = {"alert_number": copy, "position_id": place, "joined_at": now}
                connection.execute(insert(schema.alert_evidence).values(**row))
        revise(connection, copy, now, **values)
        if lead is not None:
            now_is = connection.execute(select(schema.alert).where(alert.number == copy)).mappings().one()
            connection.execute(update(schema.alert).where(alert.number == copy).values(seal=seal("alert", now_is)))
        tell(connection, copy, change, mark, now)


def _remark(connection: Connection, place: int) -> int:
    mine = select(schema.position.c.utterance_id).where(schema.position.c.id == place)
    return int(connection.execute(mine).scalar_one())


def _numbered(connection: Connection, told: Statement) -> int:
    found = connection.scalar(select(column.id).where(column.key == told.key))
    if found is None:
        raise LedgerError("the statement is not on record")
    return int(found)


def _name(told: Statement) -> str:
    return told.party.name if told.party else "an unknown speaker"


def mends_where(connection: Connection, *where: ColumnElement[bool], limit: int | None = None) -> tuple[Mend, ...]:
    """The newest corrections that fulfil every condition, oldest first."""
    query = select(correction).where(*where).order_by(_row.id.desc()).limit(limit)
    rows = list(connection.execute(query).mappings())[::-1]
    ids = {row[_row.statement_id] for row in rows}
    told = connection.execute(statements().where(column.id.in_(ids))).mappings().all()
    people = OnePerson.of(connection)
    known = {row[column.id]: as_statement(row, people) for row in told}
    return tuple(
        Mend(
            statement=known[row[_row.statement_id]],
            field=row[_row.field],
            old=row[_row.old],
            new=row[_row.new],
            by=row[_row.by],
            at=row[_row.at],
            why=row[_row.why],
        )
        for row in rows
    )
