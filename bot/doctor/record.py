"""The ledger: whether it opens and is sound, its schema, who holds it, the room it has, how its server is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.doctor.finding import Finding
from bot.ledger.keeping.checkup import look_at

if TYPE_CHECKING:
    from collections.abc import Iterator


def examine(place: str) -> Iterator[Finding]:
    """What is to be said of the ledger at a place; blocks."""
    for seen in look_at(place):
        yield Finding(check="ledger", subject=seen.subject, says=seen.says, todo=seen.todo)
