"""/record status: how the service does."""

from __future__ import annotations

from bot.slack.blocks import answers
from bot.slack.commands.subcommand import Subcommand
from bot.slack.newsroom import Answer, Newsroom, Request


def _status(newsroom: Newsroom, request: Request) -> Answer:
    del request
    ledger = newsroom.ledger
    return answers.status(ledger.status(), newsroom.troubles(), ledger.thresholds(newsroom.rules))


SUBCOMMANDS = (
    Subcommand(
        name="status",
        answer=_status,
        usage="status",
        does="what is on record, how the feeds do, and what waits for Slack",
        examples=("status",),
    ),
)
