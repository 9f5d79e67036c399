"""What stands behind an answer: every report of the statements it shows, and the whole record of an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.blocks import answers
from bot.slack.commands.subcommand import COMMAND

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ledger import Ledger
    from bot.model import Alert, Position, Source
    from bot.slack.newsroom import Newsroom
    from bot.slack.validate import Payload


def carried(ledger: Ledger, positions: Sequence[Position]) -> dict[str, Sequence[Source]]:
    """By the key of its statement, every source that reports a position."""
    return {position.statement.key: ledger.reports(position.statement) for position in positions}


def record(newsroom: Newsroom, number: int, now: datetime) -> Payload:
    """The full record of an alert."""
    ledger = newsroom.ledger
    alert = ledger.alert(number)
    if alert is None:
        return answers.not_found("alert", f"OR-{number}", example=f"{COMMAND} conflicts")
    return answers.record(
        alert,
        newsroom.desk,
        carried(ledger, shown(alert)),
        audit=ledger.audit(number),
        faults=ledger.verify(alert),
        track=ledger.track(alert.conflict.kind, now),
    )


def shown(alert: Alert) -> tuple[Position, ...]:
    """The positions on the card of an alert."""
    return alert.conflict.heads
