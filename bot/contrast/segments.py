"""The words of a text as clauses; what only supposes or asks is none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.contrast.lemmas import listed
from bot.contrast.words import gaps, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.contrast.words import Token

_STOP = re.compile(r"[.;:!?…–—\n](?!\d)")
_BEHIND_COMMA: Final = listed("""
and but or nor yet so while whereas because as which who where when not whatever although
though since even i we he she they it this that""")
_BREAKS: Final = listed("but although though whereas because while which who whose")
_JOINED: Final = listed(
    "i we he she they it this that there not never nobody will would has have is are was were must can cannot"
)
_CONDITION: Final = listed("if unless provided providing once without except assuming")
_ONCE: Final = listed("told said was were had did made went came thought saw wrote spoke held took more again")
_SUPPOSE: Final = listed("suppose imagine assume assuming were had should whoever")
_OPINES: Final = listed("think believe guess suppose feel say admit confess")
_TIES: Final = ("even", "only", "if", "until", "free")
_STRINGS: Final = listed("condition conditions precondition preconditions strings terms")
_OPENING: Final = _CONDITION | listed(  # each word that `_kind` knows
    "even whatever regardless no under at unconditionally without until till before only subject on as in"
)
_PARTING: Final = _OPENING | _BREAKS | {"and", "or"}  # what may begin a clause without a comma before it


@lru_cache(maxsize=1 << 10)
def segments(text: str) -> tuple[tuple[int, int, str], ...]:
    """The clauses that assert: first word, the one behind the last, and what they are tied to.

    That is "if" or "only" for a condition, "even" for one that changes nothing, "free" for none at all, "until" for a
    time that ends or begins it, "were" for a supposition, else "".
    """
    held, between = tokens(text), gaps(text)
    if not held:
        return ()
    apart = [at for at in range(1, len(held)) if between[at] != " "]
    found: list[tuple[int, int, str]] = []
    first = 0
    for end in (*[at for at in apart if _STOP.search(between[at])], len(held)):
        if "?" not in between[end]:
            found += _clauses(between, held, first, end)
        first = end
    return tuple(found)


def _clauses(between: Sequence[str], held: Sequence[Token], first: int, end: int) -> Iterator[tuple[int, int, str]]:
    supposed = held[first].form in _SUPPOSE
    parts: list[tuple[int, int, str]] = []  # kind: "" asserts, "if" binds, "even" concedes
    start, kind = first, _kind(held, first)
    for at in range(first + 1, end):
        if between[at] == " " and held[at].form not in _PARTING:
            continue
        form = held[at].form
        comma = "," in between[at] and not _aside(between, held, at)
        turn = _kind(held, at)
        if turn and not (turn in {"if", "until"} and kind in {"even", "only"}):
            parts.append((start, at, kind))
            start, kind = at, turn
        elif (comma and (kind or form in _BEHIND_COMMA)) or form in _BREAKS or _joins(held, at):
            parts.append((start, at, kind))
            start, kind = at, ""
    parts.append((start, end, kind))
    kinds = {kind for _, _, kind in parts}
    tied = "were" if supposed and "even" not in kinds else next((kind for kind in _TIES if kind in kinds), "")
    for start, stop, kind in parts:
        if not kind and stop > start:
            yield start, stop, tied


def _aside(between: Sequence[str], held: Sequence[Token], at: int) -> bool:
    """Whether an opinion is only put in between: "the toll, I think, is too high"."""
    said = held[at].form in {"i", "we"} and at + 2 < len(held) and held[at + 1].form in _OPINES
    return said and "," in between[at + 2]


def _kind(held: Sequence[Token], at: int) -> str:
    form = held[at].form
    if form not in _OPENING:
        return ""
    behind = held[at + 1].form if at + 1 < len(held) else ""
    if form == "even" and behind in {"if", "when", "with", "though", "after", "in"}:
        return "even"
    if form in {"whatever", "regardless"} or (form, behind) in {("no", "matter"), ("under", "any"), ("at", "any")}:
        return "even"
    if form == "unconditionally" or (
        form in {"without", "no"} and _STRINGS & {token.form for token in held[at : at + 3]}
    ):
        return "free"
    if form == "once" and (behind in _ONCE or behind.endswith("ed")):
        return ""  # "he once told me": an adverb
    if form in _CONDITION and not (form == "once" and behind != "the" and not behind.istitle() and at == 0):
        return "if"
    if form in {"until", "till", "before"}:
        return "until"
    if form == "only" and behind in {"if", "after", "when", "once", "with", "against", "where"}:
        return "only"
    return "if" if (form, behind) in {("subject", "to"), ("on", "condition"), ("as", "long"), ("in", "return")} else ""


def _joins(held: Sequence[Token], at: int) -> bool:
    """Whether "and" or "or" opens a clause of its own: "and we will not"."""
    return held[at].form in {"and", "or"} and at + 1 < len(held) and held[at + 1].form in _JOINED
