"""/record said: whether the record holds these words of a person."""

from __future__ import annotations

import re

from bot.slack.blocks import answers
from bot.slack.blocks.asking import said
from bot.slack.commands.asking.people import missing
from bot.slack.commands.names import Finder, bare, unescaped
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.newsroom import Answer, Newsroom, Request

_SHOWN = 4
_QUOTED = re.compile(r"[\"“”„«»](.+)[\"“”«»]\s*$|[\"“”„«](.+)$", re.DOTALL)
_QUOTED_FIRST = re.compile(r"^\s*[\"“”„«](.+?)[\"“”«»](.+)$", re.DOTALL)
_LONGEST = 1200  # characters of the words asked for


def _said(newsroom: Newsroom, request: Request) -> Answer:
    person, words = _parted(unescaped(request.typed))
    chosen = Finder(newsroom).first(bare(person or words))
    if not chosen.official:
        return missing(newsroom, "said", person or words, several=chosen.several)
    asked = words if person else chosen.rest
    if person and chosen.rest:
        asked = words  # "velden yesterday “words”": what stands between is no part of the words
    if not asked.strip():
        return answers.not_found("words", "", example=f'{COMMAND} said {person or words} "we will not accept"')
    ledger = newsroom.ledger
    name = ledger.name_of(chosen.official) or chosen.official
    found = ledger.said(chosen.official, asked[:_LONGEST], _SHOWN)
    sources = ledger.reports_of([one.statement for one in found])
    return said.said(name, asked[:_LONGEST], found, sources, hint=f"{COMMAND} who {name.split()[-1].lower()}")


def _parted(typed: str) -> tuple[str, str]:
    """Person and words: by the quotation marks, wherever they stand; without any, all of it is the second."""
    if first := _QUOTED_FIRST.match(typed):
        return first[2].strip(), first[1].strip()
    found = _QUOTED.search(typed)
    if found is None:
        return "", " ".join(typed.split())
    return typed[: found.start()].strip(), (found[1] or found[2]).strip()


SUBCOMMANDS = (
    Subcommand(
        name="said",
        answer=_said,
        usage='said <person> "words"',
        does="whether these words are on record: exact, near, or not found",
        examples=('said peskov "nothing to add"', "said trump he will accept that"),
    ),
)
