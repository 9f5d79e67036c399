"""The head of a mention: who or what it names, without what is said of them behind it."""

from __future__ import annotations

import re

from bot.model import Span

ENDS = re.compile(r",|\s\(|\s[—–-]\s|:|;|\bwho\b|\bwhich\b")
_BRACKETED = re.compile(r"\s\([^)]{1,40}\)")
_LIKE = re.compile(r"(?<=[a-z]s) (?:like|such as|including) ")


def head(written: str) -> str:
    """The head of a mention, its brackets left out: "the mayor (pictured), a dentist" is "the mayor"."""
    bare = ENDS.split(_BRACKETED.sub("", written), maxsplit=1)[0].strip(' ."“”')
    return _LIKE.split(bare, maxsplit=1)[0]


def end(view: str, span: Span, found: str) -> int:
    """Where the head of the mention at `span` ends in the text: behind its brackets, and the dot of "Velden Jr."."""
    until = span.start + len(found)
    for bracket in _BRACKETED.finditer(view, span.start, span.end):
        if bracket.start() < until:
            until += bracket.end() - bracket.start()
    return until + view.startswith(".", until)
