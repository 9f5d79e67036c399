"""A text with its statements marked: colour by kind, a number at the start, brackets that show without colour."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.model import Span, Statement, StatementKind
    from bot.statements.left_out import LeftOut
    from bot.statements.text.page import Page

STYLES: Mapping[StatementKind, str] = {"direct": "green", "mixed": "yellow", "indirect": "cyan"}
_LONG = 450  # characters of a block, and the fewest worth one of their own
_REST = 120
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """The text with whatever would steer the terminal made visible, at equal length."""
    return _CONTROL.sub("�", text)


def blocks(page: Page, statements: Sequence[Statement], passed: Sequence[LeftOut]) -> Iterator[tuple[Text, list[int]]]:
    """Each paragraph that holds words, marked, with the indices of the statements that begin in it.

    A long one comes in several blocks, cut between sentences and never within a statement.
    """
    text = page.text
    cuts = [s.start for s in page.sentences if not any(one.span.start < s.start < one.span.end for one in statements)]
    place = 0
    for line in text.split("\n"):
        start, end = place, place + len(line)
        place = end + 1
        while start < end:
            stop = next((cut for cut in cuts if start + _LONG < cut < end - _REST), end)
            if text[start:stop].strip():
                begin = [k for k, one in enumerate(statements) if start <= one.span.start < stop]
                yield _marked(text, start, stop, statements, passed), begin
            start = stop


def _marked(text: str, start: int, end: int, statements: Sequence[Statement], passed: Sequence[LeftOut]) -> Text:
    inside = [(k, one) for k, one in enumerate(statements) if one.span.start < end and start < one.span.end]
    speakers = [one.speaker.span for _, one in inside if one.speaker]
    dim = [one.span for one in passed if one.why.startswith("furniture")]
    spans = [*(one.span for _, one in inside), *speakers, *dim]
    cuts = sorted({start, end, *(cut for span in spans for cut in (span.start, span.end) if start < cut < end)})
    marked = Text()
    for left, right in pairwise(cuts):
        opening = sorted((item for item in inside if item[1].span.start == left), key=lambda item: -item[1].span.end)
        for number, one in opening:
            marked.append(f"{number + 1}⟨", style=f"bold {STYLES[one.kind]}")
        marked.append(shown(text[left:right]), style=_style(left, inside, speakers, dim))
        closing = sorted((item for item in inside if item[1].span.end == right), key=lambda item: -item[1].span.start)
        for _, one in closing:
            marked.append("⟩", style=f"bold {STYLES[one.kind]}")
    return marked


def _style(place: int, inside: Sequence[tuple[int, Statement]], speakers: Sequence[Span], dim: Sequence[Span]) -> str:
    """The innermost statement colours, a speaker's mention is underlined, furniture is faint."""
    holding = [one for _, one in inside if one.span.start <= place < one.span.end]
    styles = [STYLES[min(holding, key=lambda one: one.span.end - one.span.start).kind]] if holding else []
    if any(span.start <= place < span.end for span in speakers):
        styles.append("underline")
    if any(span.start <= place < span.end for span in dim):
        styles.append("dim")
    return " ".join(styles)
