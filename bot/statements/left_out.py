"""What looks like a statement, or like prose, and was not read as such; with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.model import Span, Statement
from bot.statements.text import furniture
from bot.statements.text.page import Page

Why = Literal["furniture of the page", "in marks, but nobody is said to have said it: a term, a title, a scare quote"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A stretch of the text that was passed over."""

    span: Span
    why: Why


def left_out(text: str, title: str, statements: Sequence[Statement]) -> tuple[LeftOut, ...]:
    """The furniture of a page and the quotations that belong to no statement, in text order."""
    taken = [statement.span for statement in statements]
    found = [LeftOut(span=span, why="furniture of the page") for span in _furniture(text, title)]
    found += [
        LeftOut(span=quoted, why="in marks, but nobody is said to have said it: a term, a title, a scare quote")
        for quoted in Page.of(text, title).quoted
        if not any(span.start < quoted.end and quoted.start < span.end for span in taken)
    ]
    return tuple(sorted(found, key=lambda one: (one.span.start, one.span.end)))


def _furniture(text: str, title: str) -> list[Span]:
    """Furniture where it shows words, each stretch once."""
    merged: list[Span] = []
    for start, end in furniture.found(text, title):
        if merged and start <= merged[-1].end:
            merged[-1] = Span(start=merged[-1].start, end=max(end, merged[-1].end))
        else:
            merged.append(Span(start=start, end=end))
    return [span for span in merged if span.of(text).strip()]
