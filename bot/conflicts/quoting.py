"""Words of a statement that may stand in quotation marks, and those that may not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.model import Position, Statement

_LONG = 180  # characters of one quotation in a sentence of ours
_END = re.compile(r"(?<=[.!?…])[”\"’']?\s+")
_FEW = 3  # quoted words that need the sentence around them to be understood
_MARKS = '“”"«»„ \n\t,;:–—-'

_KEEP = {ord(mark): None for mark in '“”"«»„'}  # marks that belong to the outlet's wording


def stretches(statement: Statement) -> tuple[str, ...]:
    """The verbatim stretches of the statement, as they stand in the stored text."""
    offset = statement.span.start
    texts = (statement.quote[span.start - offset : span.end - offset] for span in statement.verbatim)
    return tuple(text for text in texts if text.strip(_MARKS))


def said(position: Position) -> str:
    """What was said, after a colon: the telling words in marks, or the outlet's wording without marks of ours."""
    words = excerpt(position)
    statement = position.statement
    whole = " ".join(statement.quote.split()).strip(_MARKS.translate(_KEEP)).removeprefix("that ")
    if words and (len(words.split()) > _FEW or len(whole) > _LONG or statement.kind == "direct"):
        return words
    return f"{_cut(whole)} ({'in the wording of' if words else 'paraphrase by'} {statement.source.outlet})"


def excerpt(position: Position) -> str | None:
    """The verbatim sentence that shows the stance, in marks; None where nothing is verbatim."""
    held = stretches(position.statement)
    if not held:
        return None
    sentences = [part.strip(_MARKS) for text in held for part in _END.split(text)]
    sentences = [part for part in sentences if part]
    if not sentences:
        return None
    telling = [part for part in sentences if any(_found(op, part) for op in position.operators)]
    best = max(telling or sentences[:1] or sentences, key=lambda part: (len(part) <= _LONG, -sentences.index(part)))
    whole = _cut(best, mark="")
    return f"“{whole}”" + ("" if whole == best else " …")


def operators(position: Position) -> str:
    """The words that show the stance: in marks where they are verbatim, plain where they are the outlet's."""
    shown: list[str] = []
    for operator in position.operators[:2]:
        exact = next((hit for text in stretches(position.statement) if (hit := _found(operator, text))), None)
        shown.append(f"“{exact}”" if exact else operator)
    return ", ".join(shown)


def _found(operator: str, text: str) -> str | None:
    pattern = r"\b" + r"\s+".join(map(re.escape, operator.split())) + r"\b"
    match = re.search(pattern, text, re.IGNORECASE)
    return match.group() if match else None


def _cut(text: str, mark: str = " …") -> str:
    if len(text) <= _LONG:
        return text
    return text[:_LONG].rsplit(" ", 1)[0].rstrip(_MARKS) + mark
