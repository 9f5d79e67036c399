"""The proof of an alert, as `onrecord proof` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.proof.form import written
from bot.proof.issue import issue

if TYPE_CHECKING:
    from bot.web.archive import Archive


def proof(archive: Archive, number: int) -> tuple[bytes, str] | None:
    """The file; None where there is no such alert. `Unprovable` where its evidence does not hold."""
    whole = archive.running().settings.proof.texts == "whole"
    made = issue(archive.ledger, number, archive.clock(), whole=whole)
    return (written(made), "application/json") if made else None
