"""/record who: what a person said."""

from __future__ import annotations

from bot.model import MADE
from bot.slack.blocks import answers
from bot.slack.commands.evidence import carried
from bot.slack.commands.names import choose, topic_called
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.newsroom import Answer, Newsroom, Request


def _who(newsroom: Newsroom, request: Request) -> Answer:
    ledger, rest = newsroom.ledger, request.words
    example = f"{COMMAND} who {_somebody(newsroom)}"
    chosen = choose(rest, ledger.find_people)
    if not chosen.official:
        if chosen.several:
            example = f"{COMMAND} who {chosen.several[0]}"
        return answers.not_found("person", rest, chosen.several, example)
    topic = topic_called(ledger, chosen.rest) if chosen.rest else None
    if chosen.rest and topic is None:
        near = tuple(known.name for known in ledger.topics() if not known.topic.startswith(MADE))[:3]
        name = rest.removesuffix(chosen.rest).strip()
        return answers.not_found("topic", chosen.rest, near, f"{COMMAND} who {name}")
    found = ledger.who(chosen.official, topic)
    if found is None:
        return answers.not_found("person", rest, example=example)
    return answers.person(found, carried(ledger, found.positions))


def _somebody(newsroom: Newsroom) -> str:
    """A name that would be found."""
    people = newsroom.ledger.people()
    return people[0].name if people else "<person>"


SUBCOMMANDS = (
    Subcommand(
        name="who",
        answer=_who,
        usage="who <person> [topic]",
        does="what a person said: the newest words, with date, outlet and stance",
        examples=("who peskov", "who kremlin peacekeepers"),
    ),
)
