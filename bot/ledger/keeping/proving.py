"""Whether the words of an alert still equal the stored texts at their places."""

from __future__ import annotations

from bot.ledger.asked import Proof
from bot.ledger.database.engine import Opened
from bot.ledger.record.texts import stored, wrong
from bot.model import Alert


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

    def verify(self, value: Alert) -> tuple[str, ...]:
        """The faults of an alert's evidence in words; none: every quote equals its place in the stored text."""
        return tuple(dict.fromkeys(one.fault for one in self.proofs(value) if one.fault))
