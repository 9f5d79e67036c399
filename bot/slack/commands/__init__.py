"""/record and its subcommands: from what was typed to an answer for the one who typed it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.slack.blocks import answers, guide
from bot.slack.blocks.asking import frame
from bot.slack.blocks.asking.frame import Asked
from bot.slack.commands import (
    asking,
    auditing,
    checking,
    following,
    hours,
    muting,
    reasons,
    replaying,
    roster,
    routes,
    sources,
    state,
    triage,
)
from bot.slack.commands.evidence import record
from bot.slack.commands.groups import grouped
from bot.slack.commands.names import Finder, numbered, plain_words
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.newsroom import ROLES, Answer, Asker, Filed, Newsroom, Request, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COMMAND", "SUBCOMMANDS", "Subcommand", "answer", "ask"]

_SAME_WORD = 70  # of 100: a subcommand was meant

SUBCOMMANDS: Mapping[str, Subcommand] = {
    one.name: one
    for one in (
        *asking.SUBCOMMANDS,
        *triage.SUBCOMMANDS,
        *auditing.SUBCOMMANDS,
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
    typed = typed.strip()
    told = ask(newsroom, typed, asker, now)
    if not isinstance(told, Shown):
        return told
    payload = frame.private(told, Asked(words=frame.cut(typed)))  # as much as its buttons can carry
    return Filed(payload=payload, file=told.file) if told.file else payload


def ask(newsroom: Newsroom, typed: str, asker: Asker, now: datetime, *, skip: int = 0) -> Answer:
    """The answer before it is put in its frame; `skip` entries of a long one were shown before."""
    words = plain_words(typed)
    name, _, rest = words.partition(" ")
    name, rest = name.casefold(), rest.strip()
    if name in {"", "help"}:
        return _help(rest)
    if name == "whoami":
        return answers.whoami(asker.user, asker.role, _allowed(asker))
    known = SUBCOMMANDS.get(name)
    if known is None and numbered(words) is not None:
        return record(newsroom, numbered(words) or 0, now)
    if known is None:
        return answers.unknown(words, _suggestion(newsroom, name, rest))
    if not asker.may(known.role):
        return answers.not_allowed(f"{COMMAND} {known.name}", known.role, asker.role)
    after = typed.strip().partition(" ")[2].strip()
    return known.answer(newsroom, Request(words=rest, typed=after, asker=asker, now=now, skip=skip))


def _help(about: str) -> Answer:
    """All subcommands by what they are for, those of one purpose, or one with its examples."""
    known, groups = SUBCOMMANDS.get(about.casefold()), grouped(SUBCOMMANDS)
    if known is not None:
        examples = [f"{COMMAND} {one}" for one in known.examples]
        return guide.helped(f"{COMMAND} {known.usage}", known.does, examples, known.role)
    named = next((one for one in groups if one.title.casefold() == about.casefold()), None)
    return guide.group(named) if named else guide.usage(groups)


def _allowed(asker: Asker) -> list[tuple[str, list[str]]]:
    """By role, the subcommands that it adds, of the roles that are the asker's too."""
    roles = [role for role in ROLES if asker.may(role)]
    listed = [(role, [one.name for one in SUBCOMMANDS.values() if one.role == role]) for role in roles]
    return [(role, names) for role, names in listed if names]


def _suggestion(newsroom: Newsroom, name: str, rest: str) -> str | None:
    near = process.extractOne(name, [*SUBCOMMANDS, "help", "whoami"], scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
    if near:
        return f"{COMMAND} {near[0]} {rest}".strip()
    words = f"{name} {rest}".strip()
    return f"{COMMAND} who {words}" if Finder(newsroom).first(words).official else None
