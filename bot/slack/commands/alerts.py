"""/record conflicts and /record alert: what was raised, and everything behind it."""

from __future__ import annotations

from bot.model import ReviewState
from bot.slack.blocks import answers
from bot.slack.commands.evidence import record
from bot.slack.commands.names import choose, numbered, topic_called
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.newsroom import Answer, Newsroom, Request

_STATES: tuple[ReviewState, ...] = ("open", "confirmed", "dismissed")


def _conflicts(newsroom: Newsroom, request: Request) -> Answer:
    ledger, rest, desk = newsroom.ledger, request.words, newsroom.desk
    asked = rest.casefold()
    state = next((state for state in _STATES if state == asked), None)
    if state or not rest or asked == "all":
        return answers.conflicts(ledger.conflicts(review=state), rest, desk)
    chosen = choose(rest, ledger.find_people)
    if chosen.official and not chosen.rest:
        return answers.conflicts(ledger.conflicts(person=chosen.official), rest, desk)
    topic = topic_called(ledger, rest)
    return answers.conflicts(ledger.conflicts(topic=topic) if topic else (), rest, desk)


def _alert(newsroom: Newsroom, request: Request) -> Answer:
    number = numbered(request.words)
    if number is None:
        return answers.not_found("alert", request.words, example=f"{COMMAND} alert OR-1042")
    return record(newsroom, number, request.now)


SUBCOMMANDS = (
    Subcommand(
        name="conflicts",
        answer=_conflicts,
        usage="conflicts [open|confirmed|dismissed|person|topic]",
        does="alerts, the newest first",
        examples=("conflicts open", "conflicts lavrov", "conflicts peacekeepers"),
    ),
    Subcommand(
        name="alert",
        answer=_alert,
        usage="alert <number>",
        does="the full record behind an alert: 1042 or OR-1042",
        examples=("alert 1042", "alert OR-1042"),
    ),
)
