"""Two positions slot by slot: what both name alike, what differs, what only one names, and what sets them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from bot.conflicts.holders import voice
from bot.conflicts.names import surname
from bot.conflicts.nearness import own_words
from bot.conflicts.opposition import opposed
from bot.conflicts.sides import called
from bot.matter import salient, stems
from bot.specifics import amounts, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.conflicts.pair import Pair
    from bot.model import Position
    from bot.specifics import Time
    from config.schema import Side

SlotName = Literal[
    "actor", "subject", "action", "object", "place", "party", "banner", "condition", "time", "number"
]  # fmt: skip
How = Literal["same", "different", "only one", "only the other"]

NAMES: Final[dict[SlotName, str]] = {
    "actor": "whose", "subject": "who or what", "action": "act", "object": "of what", "place": "place",
    "party": "other party", "banner": "banner", "condition": "condition", "time": "time", "number": "number",
}  # fmt: skip
_TOLD: Final[tuple[SlotName, ...]] = ("place", "banner", "party", "time", "number")  # worth a line under "check first"
_OFF: Final = 0.02  # for each of them
_MOST_OFF: Final = 0.04
_ALIKE: Final = 0.5  # of the words of the longer text, but for those that differ
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BARE: Final = frozenset("a an the of in on at for to and".split())  # noqa: SIM905  read as running text


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What each of two positions names in one slot; `apart`: it cannot both be meant, and all else is alike."""

    name: SlotName
    one: tuple[str, ...]
    other: tuple[str, ...]
    how: How
    apart: bool = False


def compared(one: Position, other: Position, sides: Sequence[Side] = ()) -> tuple[Slot, ...]:
    """The slots that at least one of two positions names; exchanged positions give the same, exchanged."""
    return tuple(slot for name in NAMES if (slot := _slot(name, one, other, sides)))


def apart(one: Position, other: Position, sides: Sequence[Side] = ()) -> tuple[Slot, ...]:
    """The slots in which two positions cannot mean one thing; where there are none, nothing `separating` is found."""
    return tuple(slot for slot in compared(one, other, sides) if slot.apart)


def separating(pair: Pair, sides: Sequence[Side]) -> Slot | None:
    """The slot that sets a pair apart, None where nothing does.

    What the configuration files under one proposition stays together: editors know more than a list of words.
    """
    if pair.link.configured or pair.bridge is not None or pair.told is not None or pair.turned:
        return None  # words laid side by side have been compared one by one
    # Where both lean one way, another deadline is what they differ about.
    turned = opposed(pair.earlier, pair.later)
    slots = apart(pair.earlier, pair.later, sides)
    return next((slot for slot in slots if turned or slot.name != "time"), None)


def in_doubt(pair: Pair) -> tuple[Slot, ...]:
    """The slots that a desk should look at before it believes in a pair."""
    return tuple(slot for slot in compared(pair.earlier, pair.later) if slot.name in _TOLD and slot.how != "same")


def lowered(pair: Pair) -> Pair:
    """The pair with what such slots take off the score that the rules give it."""
    if not pair.hit:
        return pair
    off = min(_MOST_OFF, _OFF * len(in_doubt(pair)))
    return replace(pair, score=round(max(0.0, pair.score - off), 2)) if off else pair


def line(slot: Slot, one: Position, other: Position) -> str:
    """A slot as a line under "check first"."""
    if slot.how == "different":
        return f"the {NAMES[slot.name]} differs: {_quoted(slot.one, one)} and {_quoted(slot.other, other)}"
    who, words = (one, slot.one) if slot.how == "only one" else (other, slot.other)
    return f"only {surname(voice(who))} names a {NAMES[slot.name]}: {_quoted(words, who)}"


def numbers_differ(one: Position, other: Position) -> tuple[str, str] | None:
    """The figures that cannot both be true, as written: one quantity told by both, beyond rounding and bounds.

    None where no quantity is told by both, where any two figures for it agree, or where they are of different times.
    """
    left, right = own_words(one), own_words(other)
    when = _times(one), _times(other)
    if all(when) and not {time.key for time in when[0]} & {time.key for time in when[1]}:
        return None
    if len(salient(left) & salient(right)) < 2:
        return None
    units = dict.fromkeys(amount.unit for amount in amounts(left) if amount.unit)
    for unit in units:
        mine = [amount for amount in amounts(left) if amount.unit == unit]
        theirs = [amount for amount in amounts(right) if amount.unit == unit]
        if theirs and all(amount.differs(figure) for amount in mine for figure in theirs):
            return mine[0].words, theirs[0].words
    return None


def times_differ(one: Position, other: Position) -> tuple[str, str] | None:
    """The times of one grain that cannot both be meant, as written: "1 May" and "1 September"."""
    left, right = _times(one), _times(other)
    for grain in dict.fromkeys(time.grain for time in left):
        mine = [time for time in left if time.grain == grain]
        theirs = [time for time in right if time.grain == grain]
        if theirs and all(time.differs(told) for time in mine for told in theirs):
            return mine[0].words, theirs[0].words
    return None


def _times(position: Position) -> tuple[Time, ...]:
    day = position.said_first
    return times(own_words(position), day.year if day else None)


def _slot(name: SlotName, one: Position, other: Position, sides: Sequence[Side]) -> Slot | None:
    left, right = _values(name, one), _values(name, other)
    if not left and not right:
        return None
    if not left or not right:
        return Slot(name=name, one=left, other=right, how="only one" if left else "only the other")
    match name:
        case "number":
            differs = numbers_differ(one, other) is not None
            return Slot(name=name, one=left, other=right, how="different" if differs else "same")
        case "time":
            differs = times_differ(one, other) is not None
            apart = differs and _alike_else(one, other, (*left, *right))
            return Slot(name=name, one=left, other=right, how="different" if differs else "same", apart=apart)
        case "object" | "subject":
            mine, theirs = _values(name, one, " matter") or left, _values(name, other, " matter") or right
            same = _alike(mine, theirs)
            apart = not same and any(_replaced((a, b), (*left, *right), one, other) for a in mine for b in theirs)
        case "place" | "party":
            same = _alike(left, right)
            apart = (
                not same
                and _alike_else(one, other, (*left, *right))
                and not (_nested(left, right, sides) or _told_too(left, right, one, other))
            )
        case _:
            same, apart = _alike(left, right), False
    return Slot(name=name, one=left, other=right, how="same" if same else "different", apart=apart)


def _values(name: SlotName, position: Position, of: Literal["", " matter"] = "") -> tuple[str, ...]:
    """What a position names in a slot. What nothing is done to is the thing itself: "the toll is unacceptable"."""
    if name in {"object", "subject"}:
        objects = any(slot == "object" for slot, _ in position.scope)
        if not objects and name == "subject":
            return ()
        wanted: str = name if objects else "subject"
    else:
        wanted = name
    return tuple(dict.fromkeys(words for slot, words in position.scope if slot == wanted + of))


def _forms(words: str) -> frozenset[str]:
    return stems(word for word in _WORD.findall(words.casefold()) if word not in _BARE)


def _alike(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether any two values may be one: one says nothing that the other does not say."""
    return any(a <= b or b <= a for a in map(_forms, left) for b in map(_forms, right))


def _replaced(words: tuple[str, str], written: Sequence[str], one: Position, other: Position) -> bool:
    """Whether one word stands in the place of another, and all around it is the same: "income tax", "tobacco tax".

    Words that the other uses elsewhere may be the same thing in other words.
    """
    a, b = map(_forms, words)
    anchored = a & b or set(_values("action", one)) & set(_values("action", other))
    if not anchored or not _alike_else(one, other, (*words, *written)):
        return False
    return not (a - b) & _all(other) and not (b - a) & _all(one)


def _alike_else(one: Position, other: Position, differing: Sequence[str]) -> bool:
    """Whether both say much the same but for the words that differ: only then are these all that matters."""
    aside = frozenset[str]().union(*map(_forms, differing))
    left, right = salient(own_words(one)) - aside, salient(own_words(other)) - aside
    return len(left & right) >= _ALIKE * max(len(left), len(right))


def _all(position: Position) -> frozenset[str]:
    matter = " ".join(words for slot, words in position.scope if slot.endswith(" matter"))
    return _forms(f"{own_words(position)} {matter}")


def _told_too(left: Sequence[str], right: Sequence[str], one: Position, other: Position) -> bool:
    """Whether a name by which they differ stands elsewhere in the other's words."""
    a, b = _forms(" ".join(left)), _forms(" ".join(right))
    return bool((a - b) & _all(other) or (b - a) & _all(one))


def _nested(left: Sequence[str], right: Sequence[str], sides: Sequence[Side]) -> bool:
    """Whether one may be the other or lie within it: a description, or a country named by one only."""
    if any("’s" in name or "'s" in name for name in (*left, *right)):
        return True  # described, not named: "Velden's party"
    countries = called(sides)
    return any(word.casefold() in countries for word in left) != any(word.casefold() in countries for word in right)


def _quoted(words: Sequence[str], position: Position) -> str:
    return ", ".join(f"“{word}”" if word in position.statement.quote else word for word in words)
