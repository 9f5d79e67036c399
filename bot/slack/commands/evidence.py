"""What stands behind an answer: every report of the statements it shows, and the whole record of an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.proof.issue import hand_out, issue
from bot.slack.blocks import answers
from bot.slack.commands.subcommand import COMMAND
from bot.slack.newsroom import File

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.ledger import Ledger
    from bot.model import Alert, Position, Source
    from bot.slack.newsroom import Newsroom, Request
    from bot.slack.validate import Payload


def carried(ledger: Ledger, positions: Sequence[Position]) -> Mapping[str, Sequence[Source]]:
    """By the key of its statement, every source that reports a position."""
    return ledger.reports_of([position.statement for position in positions])


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


def proof(newsroom: Newsroom, number: int, request: Request) -> File:
    """The proof of an alert that there is, written down as handed out; `Unprovable` where its words do not hold."""
    whole = newsroom.config.settings.proof.texts == "whole"
    made = issue(newsroom.ledger, number, request.now, whole=whole)
    assert made is not None  # noqa: S101 - the caller has seen the alert
    about = f"Proof of OR-{number}, sha256:{made.digest}. Anybody can check it: onrecord verify FILE"
    content = hand_out(newsroom.ledger, made, by=request.asker.user)
    title = f"Proof of OR-{number}"
    name = f"OR-{number}.proof.json"
    return File(name=name, title=title, alt=about, comment=about, content=lambda: content)


def shown(alert: Alert) -> tuple[Position, ...]:
    """The positions on the card of an alert."""
    return alert.conflict.heads
