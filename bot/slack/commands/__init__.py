"""/record and its subcommands: from what was typed to an answer for the one who typed it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.slack.blocks import answers
from bot.slack.commands import (
    alerts,
    checking,
    following,
    hours,
    muting,
    people,
    reasons,
    replaying,
    roster,
    routes,
    sources,
    state,
    triage,
)
from bot.slack.commands.evidence import record
from bot.slack.commands.names import choose, numbered, plain_words
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.newsroom import Answer, Asker, Newsroom, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COMMAND", "SUBCOMMANDS", "Subcommand", "answer"]

_SAME_WORD = 70  # of 100: a subcommand was meant

SUBCOMMANDS: Mapping[str, Subcommand] = {
    one.name: one
    for one in (
        *people.SUBCOMMANDS,
        *alerts.SUBCOMMANDS,
        *triage.SUBCOMMANDS,
        *following.SUBCOMMANDS,
        *muting.SUBCOMMANDS,
        *routes.SUBCOMMANDS,
        *hours.SUBCOMMANDS,
        *checking.SUBCOMMANDS,
        *reasons.SUBCOMMANDS,
        *sources.SUBCOMMANDS,
        *roster.SUBCOMMANDS,
        *replaying.SUBCOMMANDS,
        *state.SUBCOMMANDS,
    )
}


def answer(newsroom: Newsroom, typed: str, asker: Asker, now: datetime) -> Answer:
    """What /record answers to these words; always something useful."""
    words = plain_words(typed)
    name, _, rest = words.partition(" ")
    name, rest = name.casefold(), rest.strip()
    if name in {"", "help"}:
        return _help(rest)
    known = SUBCOMMANDS.get(name)
    if known is None and numbered(words) is not None:
        return record(newsroom, numbered(words) or 0, now)
    if known is None:
        return answers.unknown(words, _suggestion(newsroom, name, rest))
    if not asker.may(known.role):
        return answers.not_allowed(f"{COMMAND} {known.name}", known.role, asker.role)
    after = typed.strip().partition(" ")[2].strip()
    return known.answer(newsroom, Request(words=rest, typed=after, asker=asker, now=now))


def _help(about: str) -> Answer:
    """All subcommands, or one with its examples."""
    known = SUBCOMMANDS.get(about.casefold())
    if known is not None:
        return answers.helped(f"{COMMAND} {known.usage}", known.does, [f"{COMMAND} {one}" for one in known.examples])
    listed = [("help [subcommand]", "this list, or examples for one of them")]
    listed += [(one.usage, one.does) for one in SUBCOMMANDS.values()]
    return answers.usage([(f"{COMMAND} {usage}", does) for usage, does in listed])


def _suggestion(newsroom: Newsroom, name: str, rest: str) -> str | None:
    near = process.extractOne(name, [*SUBCOMMANDS, "help"], scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
    if near:
        return f"{COMMAND} {near[0]} {rest}".strip()
    words = f"{name} {rest}".strip()
    return f"{COMMAND} who {words}" if choose(words, newsroom.ledger.find_people).official else None
