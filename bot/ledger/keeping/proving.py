"""Whether the words of an alert still equal the stored texts at their places."""

from __future__ import annotations

from sqlalchemy import select

from bot.ledger.alerts.alert_rows import as_conflict, heads
from bot.ledger.asked import Proof
from bot.ledger.database.engine import Opened
from bot.ledger.record.rows import load_positions
from bot.ledger.record.texts import stored, wrong
from bot.ledger.tables import schema
from bot.model import Alert, Conflict, Position


class Proofs(Opened):
    """Reads; each sees the ledger as it was at one moment."""

    def proofs(self, value: Alert) -> tuple[Proof, ...]:
        """Every statement of an alert, held against the stored text: its hash, its place, its exact words."""
        pair = value.conflict
        shown = [pair.earlier, pair.fresh, *([pair.bridge] if pair.bridge else []), *value.joined]
        told = []
        with self._reading() as connection:
            for position in shown:
                source = position.statement.source
                text = stored(connection, source.text_hash)
                found = wrong(position.statement, text)
                told.append(
                    Proof(
                        position=position,
                        fault=f"{source.outlet}, “{source.title}”: {found}" if found else "",
                        let_go=text.let_go if text else None,
                    )
                )
        return tuple(told)

    def conflict(self, key: str) -> Conflict | None:
        """The conflict with this key, as it was found: whether or not an alert shows it now."""
        with self._reading() as connection:
            query = select(schema.conflict).where(schema.conflict.c.key == key)
            row = connection.execute(query).mappings().first()
            return as_conflict(row, load_positions(connection, heads(row))) if row else None

    def ever_joined(self, number: int) -> tuple[Position, ...]:
        """What joined an alert, oldest first, with what was corrected or withdrawn since."""
        joined = schema.alert_evidence.c
        with self._reading() as connection:
            query = select(joined.position_id).where(joined.alert_number == number).order_by(joined.id)
            places = list(connection.scalars(query))
            known = load_positions(connection, places)
            return tuple(known[place] for place in places)

    def verify(self, value: Alert) -> tuple[str, ...]:
        """The faults of an alert's evidence in words; none: every quote equals its place in the stored text."""
        return tuple(dict.fromkeys(one.fault for one in self.proofs(value) if one.fault))
