"""Words of a statement that may stand in quotation marks, and those that may not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.model import Position, Statement

_LONG = 180  # characters of one quotation in a sentence of ours
_END = re.compile(r"(?<=[.!?…])[”\"’']?\s+")
_TOGETHER = 60  # characters within which operators are shown as one stretch
_BARE = 4  # characters: "no", "not" and "none" alone show nothing
_NEGATION = (
    r"\b(?:(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|must)(?:n['’]t|\s+not|\s+never)"
    r"|not|never|no|cannot|won['’]t)(?:\s+\w+){0,3}?\s+"
)
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
    whole = _stretch(position)
    if whole:
        return whole
    shown: list[str] = []
    for operator in position.operators[:2]:
        negated = position.stance == "against"
        held = stretches(position.statement)
        exact = next((hit for text in held if (hit := _found(operator, text, negated=negated))), None)
        if exact and len(exact) > _BARE:
            shown.append(f"“{exact}”")
        elif len(operator) > _BARE:
            told = _found(operator, position.statement.quote, negated=negated)
            shown.append(told or operator)
    return ", ".join(shown)


def marked(words: str, position: Position) -> str:
    """Words of a position: in marks where they are verbatim, plain where they are the outlet's."""
    return f"“{words}”" if any(words in held for held in stretches(position.statement)) else words.translate(_KEEP)


def _stretch(position: Position) -> str:
    """Several operators that stand close together as one stretch: “prepared to drop the demand for”."""
    if len(position.operators) < 2:
        return ""
    quote = " ".join(position.statement.quote.split())
    places = [match.span() for op in position.operators if (match := re.search(_worded(op), quote, re.IGNORECASE))]
    if len(places) < len(position.operators):
        return ""
    text = quote[min(start for start, _ in places) : max(end for _, end in places)]
    if len(text) > _TOGETHER:
        return ""
    return f"“{text}”" if any(text in held for held in stretches(position.statement)) else text.translate(_KEEP)


def _worded(operator: str) -> str:
    return r"\b" + r"\s+".join(map(re.escape, operator.split())) + r"\b"


def _found(operator: str, text: str, *, negated: bool = False) -> str | None:
    """The operator as it stands in the text; with `negated` from its negation on: “will not tolerate”."""
    pattern = _worded(operator)
    match = (re.search(_NEGATION + pattern, text, re.IGNORECASE) if negated else None) or re.search(
        pattern, text, re.IGNORECASE
    )
    return match.group() if match else None


def _cut(text: str, mark: str = " …") -> str:
    if len(text) <= _LONG:
        return text
    return text[:_LONG].rsplit(" ", 1)[0].rstrip(_MARKS) + mark
