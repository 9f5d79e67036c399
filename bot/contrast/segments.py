"""A text as words, and its words as clauses; what only supposes or asks is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.contrast.lemmas import land, lemma, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_OPENED: Final = {
    "cannot": ("can", "not"), "can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
}  # fmt: skip
_TAILS: Final = {"ll": "will", "ve": "have", "re": "are", "m": "am", "d": "would"}
_STOP = re.compile(r"[.;:!?…–—\n](?!\d)")
_BEHIND_COMMA: Final = listed("""
and but or nor yet so while whereas because as which who where when not whatever although
though since even i we he she they it this that""")
_BREAKS: Final = listed("but although though whereas because while which who whose")
_JOINED: Final = listed(
    "i we he she they it this that there not never nobody will would has have is are was were must can cannot"
)
_CONDITION: Final = listed("if unless provided providing once without except assuming")
_SUPPOSE: Final = listed("suppose imagine assume assuming were had should whoever")
_OPINES: Final = listed("think believe guess suppose feel say admit confess")
_TIES: Final = ("even", "only", "if", "until", "free")
_STRINGS: Final = listed("condition conditions precondition preconditions strings terms")
_OPENING: Final = _CONDITION | listed(  # each word that `_kind` knows
    "even whatever regardless no under at unconditionally without until till before only subject on as in"
)
_NAMES_SELF: Final = listed("i we us our ours my myself ourselves")


class Token(NamedTuple):  # made for each word, and several times as fast as a frozen dataclass
    """A word: as written in lower case, its common form, its place, and whether with a capital."""

    form: str
    lemma: str
    start: int
    end: int
    capital: bool
    first: bool  # speaks of the speaker: "we", "our"

    @property
    def land(self) -> str:
        """What a name has in common with the words made of it."""
        return land(self.form)


@lru_cache(maxsize=1 << 9)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, contractions opened."""
    return tuple(
        _token((form, common, *match.span(), capital, first))
        for match in _WORD.finditer(text)
        for form, common, capital, first in _read(match.group())
    )


_token: Final = partial(tuple.__new__, Token)  # as its own maker does, without going through it for each word


@lru_cache(maxsize=1 << 13)
def _read(raw: str) -> tuple[tuple[str, str, bool, bool], ...]:
    """What is told of a word wherever it stands: each form, its common form, whether with a capital, whether "we"."""
    forms = _forms(raw.replace("’", "'").casefold())
    return tuple((form, lemma(form), raw[:1].isupper(), form in _NAMES_SELF) for form in forms)


def _forms(raw: str) -> tuple[str, ...]:
    if raw in _OPENED:
        return _OPENED[raw]
    if raw.endswith("n't") and len(raw) > 3:
        return (raw[:-3], "not")
    head, mark, tail = raw.rpartition("'")
    if mark and tail in _TAILS:
        return (head, _TAILS[tail])
    return (head,) if mark and head and tail in {"s", ""} else (raw.replace("'", ""),)


def segments(text: str, held: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """The clauses that assert: first word, the one behind the last, and what they are tied to.

    That is "if" or "only" for a condition, "even" for one that changes nothing, "free" for none at all, "until" for a
    time that ends or begins it, "were" for a supposition, else "".
    """
    first = 0
    for end in [*(at for at in range(1, len(held)) if _stops(_gap(text, held, at))), len(held)]:
        if end > first:
            asks = "?" in _gap(text, held, end)
            yield from () if asks else _clauses(text, held, first, end)
        first = end


def _stops(gap: str) -> bool:
    return gap != " " and _STOP.search(gap) is not None


def _gap(text: str, held: Sequence[Token], at: int) -> str:
    return text[held[at - 1].end : held[at].start if at < len(held) else len(text)]


def _clauses(text: str, held: Sequence[Token], first: int, end: int) -> Iterator[tuple[int, int, str]]:
    supposed = held[first].form in _SUPPOSE
    parts: list[tuple[int, int, str]] = []  # kind: "" asserts, "if" binds, "even" concedes
    start, kind = first, _kind(held, first)
    for at in range(first + 1, end):
        comma = "," in _gap(text, held, at) and not _aside(text, held, at)
        turn = _kind(held, at)
        if turn and not (turn in {"if", "until"} and kind in {"even", "only"}):
            parts.append((start, at, kind))
            start, kind = at, turn
        elif (comma and (kind or held[at].form in _BEHIND_COMMA)) or held[at].form in _BREAKS or _joins(held, at):
            parts.append((start, at, kind))
            start, kind = at, ""
    parts.append((start, end, kind))
    kinds = {kind for _, _, kind in parts}
    tied = "were" if supposed and "even" not in kinds else next((kind for kind in _TIES if kind in kinds), "")
    for start, stop, kind in parts:
        if not kind and stop > start:
            yield start, stop, tied


def _aside(text: str, held: Sequence[Token], at: int) -> bool:
    """Whether an opinion is only put in between: "the toll, I think, is too high"."""
    said = held[at].form in {"i", "we"} and at + 2 < len(held) and held[at + 1].form in _OPINES
    return said and "," in _gap(text, held, at + 2)


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
