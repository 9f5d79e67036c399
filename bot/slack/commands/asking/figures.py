"""/record stats and balance: how the alerts do, and who is watched how much."""

from __future__ import annotations

from datetime import timedelta

from bot.slack.blocks import answers
from bot.slack.blocks.asking import figures
from bot.slack.commands.asking.since import moment, split_since
from bot.slack.commands.subcommand import Subcommand
from bot.slack.newsroom import Answer, Newsroom, Request

_PERIOD = timedelta(days=30)


def _stats(newsroom: Newsroom, request: Request) -> Answer:
    rest, since, wrong = split_since(request.words, request.now)
    since = since or (moment(rest, request.now) if rest else None)
    if wrong or (rest and since is None):
        return answers.noted(wrong or f"“{rest}” is no time I know. Example: /record stats since 30d")
    return figures.stats(newsroom.ledger.figures(since or request.now - _PERIOD, request.now))


def _balance(newsroom: Newsroom, request: Request) -> Answer:
    rest, since, wrong = split_since(request.words, request.now)
    since = since or (moment(rest, request.now) if rest else None)
    if wrong or (rest and since is None):
        return answers.noted(wrong or f"“{rest}” is no time I know. Example: /record balance since 30d")
    return figures.balance(newsroom.ledger.balance(since or request.now - _PERIOD), newsroom.desk)


SUBCOMMANDS = (
    Subcommand(
        name="stats",
        answer=_stats,
        usage="stats [since]",
        does="alerts a day, precision by the desk's verdicts, time to Slack",
        examples=("stats", "stats since 90d"),
    ),
    Subcommand(
        name="balance",
        answer=_balance,
        usage="balance [since]",
        does="statements and alerts by side, outlet and language",
        examples=("balance", "balance since 2025-01-01"),
    ),
)
