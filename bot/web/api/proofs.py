"""The proof of an alert, as `onrecord proof` writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.proof.issue import hand_out, issue

if TYPE_CHECKING:
    from bot.web.archive import Archive


def proof(archive: Archive, number: int, by: str) -> tuple[bytes, str] | None:
    """The file, written down as handed out; None where there is no such alert.

    `Unprovable` where its evidence does not hold. What cannot be written down is not handed out.
    """
    whole = archive.running().settings.proof.texts == "whole"
    made = issue(archive.ledger, number, archive.clock(), whole=whole)
    return (hand_out(archive.ledger, made, by=by, channel="api"), "application/json") if made else None
