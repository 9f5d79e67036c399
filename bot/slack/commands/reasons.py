"""/record why: why an alert was raised, or why none was; and who was told of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.inquiries import Unanswered
from bot.slack.blocks import answers, checks, reasons
from bot.slack.commands.names import numbered, plain_words
from bot.slack.commands.subcommand import COMMAND, Subcommand

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Newsroom, Request

_LINK = re.compile(r"^<?(https?://[^|>\s]+)(?:\|[^>]*)?>?$")
_QUOTED = re.compile(r"[\"“„«](.+?)[\"”“»]")
_IDS = re.compile(r"[0-9a-f]{6,64}(?:\s+[0-9a-f]{6,64})?|\S+#\d+(?:\s+\S+#\d+)?")


def named(typed: str) -> tuple[str, ...]:
    """What is asked about: an alert, an address, the words of one or two statements in quotation marks, or keys."""
    words = typed.strip()
    if link := _LINK.match(words):
        return (link[1].replace("&amp;", "&"),)
    if numbered(words) is not None:
        return (words,)
    quoted = [plain_words(part) for part in _QUOTED.findall(words)]
    if quoted:
        return tuple(quoted[:2])
    if _IDS.fullmatch(words):
        return tuple(words.split())
    halves = [plain_words(half) for half in re.split(r"\s+(?:\||vs\.?|and then)\s+", words, maxsplit=1)]
    return tuple(half for half in halves if half)


def _why(newsroom: Newsroom, request: Request) -> Answer:
    names = named(request.typed)
    if not names:
        return answers.not_found("alert or statement", "", example=f"{COMMAND} why OR-1042")
    if newsroom.inquiries is None:
        return checks.nothing("Reasons cannot be given here: only the running service knows them.")
    number = numbered(names[0]) if len(names) == 1 else None
    alert = newsroom.ledger.alert(number) if number is not None else None
    if number is not None and alert is None:
        return answers.not_found("alert", f"OR-{number}", example=f"{COMMAND} conflicts")
    try:
        told = newsroom.inquiries.why(names)
    except Unanswered as error:
        return checks.nothing(str(error))
    return reasons.told(told, alert, newsroom.ledger.routed(alert.number) if alert else (), request.asker.user)


SUBCOMMANDS = (
    Subcommand(
        name="why",
        answer=_why,
        usage='why <number | address | "words" ["words"]>',
        does="why an alert was raised, or why none was: each step, score and threshold, and who was told",
        examples=("why OR-1042", "why https://news.example/story", 'why "is unacceptable" "we support a toll"'),
    ),
)
