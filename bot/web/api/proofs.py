"""The proof of an alert, as `onrecord proof` writes it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.proof.issue import Unprovable, hand_out, issue

if TYPE_CHECKING:
    from bot.web.archive import Archive

log = logging.getLogger(__name__)


def proof(archive: Archive, number: int, by: str) -> tuple[bytes, str] | None:
    """The file, written down as handed out; None where there is no such alert.

    `Unprovable` where its evidence does not hold. What cannot be written down is not handed out.
    """
    whole = archive.running().settings.proof.texts == "whole"
    try:
        made = issue(archive.ledger, number, archive.clock(), whole=whole)
    except Unprovable:
        raise
    except (ValueError, TypeError, KeyError) as error:  # no value of ours: a row that nobody of us wrote
        log.warning("no proof of OR-%d: what is on record of it cannot be read (%r)", number, error)
        raise Unprovable("rows of the ledger were altered and cannot be read; onrecord verify names them") from error
    return (hand_out(archive.ledger, made, by=by, channel="api"), "application/json") if made else None
