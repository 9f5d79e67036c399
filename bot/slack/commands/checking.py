"""/record check: one article, or words typed, held against the record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.inquiries import Unanswered
from bot.slack.blocks import checks
from bot.slack.commands.subcommand import COMMAND, Subcommand

if TYPE_CHECKING:
    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Answer, Newsroom, Request

_MARKED = re.compile(r"<(https?://[^|>]+)(?:\|[^>]*)?>")
_URL = re.compile(r"https?://[^\s<>|]+")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
LONGEST = 12_000  # characters of a text


def check(newsroom: Newsroom, text: str) -> Payload:
    """What the record says to a text as Slack sends it, or to the page that it links to and little more."""
    asked = asked_of(text)
    if not asked:
        return checks.nothing(f"Which text? Example: {COMMAND} check https://… or {COMMAND} check “words”")
    if newsroom.inquiries is None:
        return checks.nothing("Texts cannot be checked here: only the running service reads them.")
    try:
        return checks.checked(newsroom.inquiries.check(asked), newsroom.desk)
    except Unanswered as error:
        return checks.nothing(str(error))


def asked_of(text: str) -> str:
    """The address in a text that is hardly more than that, else the text itself as it was written."""
    links = [match[1] for match in _MARKED.finditer(text)] or [match[0] for match in _URL.finditer(text)]
    bare = _URL.sub("", _MARKED.sub("", text))
    if links and len(bare.split()) <= _A_FEW:
        return _unescaped(links[0])
    words = _MARKED.sub(lambda match: match[1], text)
    return _unescaped(re.sub(r"<[@#!][^|>]*\|?([^>]*)>", r"\1", words)).strip()[:LONGEST]


_A_FEW = 12  # words beside a link that only introduce it


def _unescaped(text: str) -> str:
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return text


def _check(newsroom: Newsroom, request: Request) -> Answer:
    return check(newsroom, request.typed)


SUBCOMMANDS = (
    Subcommand(
        name="check",
        answer=_check,
        usage="check <address or text>",
        does="one article or a text against the record; nothing is stored",
        examples=("check https://news.example/story", 'check "We will never accept monitors," Velden said on Monday.'),
    ),
)
