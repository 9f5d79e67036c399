"""A position as the text that a model reads. Models are trained on exactly these words: a change asks for new weights.

One statement is one line of up to three parts, " | " between them:

    who says it, role[, on whose position][, day] | what stood before | the words

- who: the name, then the role without its leading article, as far as they are known;
- whose: "for NAME" where the speaker's side holds it, "on what NAME holds" where another's does; nothing for one's own;
- day: "24 February 2025"; the first one where only an interval is known; nothing where none is;
- before: what the words point back to where the reading has found it, else the end of the sentence before;
- the words: the resolved content, after "CUE: " where the cue turns or charges it ("denied: …").

A pair is two such lines. The second begins with the relation of the speakers and the time between both:

    same side, 12 days later: who says it, role | what stood before | the words

The relation is one of RELATIONS. Where both days are known the second line gives the distance instead of its day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

from bot.model import Party, Position

Relation = Literal["same speaker", "same side", "speaks about the other's side", "other side"]
RELATIONS: Final[tuple[Relation, ...]] = (
    "same speaker",
    "same side",
    "speaks about the other's side",
    "other side",
)

VERSION: Final = 1  # of the form above; weights name the one that they were trained on

_PARTS: Final = " | "
_ABOUT: Final = " [about: "  # how the reading marks context behind a content
_BEFORE: Final = 160  # characters of what stood before: its end, whole words
_WORDS: Final = 500  # characters of the words: their beginning, whole words
_BLANKS: Final = re.compile(r"[\s|]+")


def pair(older: Position, newer: Position) -> tuple[str, str]:
    """The two texts of a pair, in the order given."""
    one, other = older.said_first, newer.said_first
    head = ", ".join(part for part in (relation(older, newer), _distance(one, other)) if part)
    dated = one is None or other is None
    return _line(older), f"{head}: {_line(newer, dated=dated)}"


def alone(position: Position) -> str:
    """A statement by itself, for the vector of its meaning and the stance that it takes."""
    return _line(position)


def towards(position: Position, proposition: str = "") -> tuple[str, str]:
    """A statement, and the proposition towards which its holder's stance is asked; its own where none is given."""
    return _line(position), _plain(proposition or position.proposition_text)


def words(position: Position) -> str:
    """The words alone, resolved, after the cue where it turns them."""
    statement = position.statement
    told = _beginning(_plain(statement.content.partition(_ABOUT)[0]))
    return f"{_plain(statement.act)}: {told}" if statement.act else told


def relation(one: Position, other: Position) -> Relation:
    """How the two who speak stand to each other; sides that are not known are not one side."""
    if one.voice.same(other.voice):
        return "same speaker"
    if _of_side(one.voice, other.voice):
        return "same side"
    for this, that in ((one, other), (other, one)):
        if this.claimed_by and (this.holder.same(that.voice) or _of_side(this.holder, that.voice)):
            return "speaks about the other's side"
    return "other side"


def _of_side(one: Party, other: Party) -> bool:
    return one.side is not None and one.side == other.side


def _line(position: Position, *, dated: bool = True) -> str:
    statement = position.statement
    about = statement.content.partition(_ABOUT)[2]
    before = _end(_plain(about.removesuffix("]") if about else statement.before))
    return _PARTS.join(part for part in (_head(position, dated=dated), before, words(position)) if part)


def _head(position: Position, *, dated: bool) -> str:
    who = position.voice
    parts = [_plain(who.name)]
    if who.role:
        parts.append(re.sub(r"^(?:the|an?)\s+", "", _plain(who.role), flags=re.IGNORECASE))
    if not position.holder.same(who):
        name = _plain(position.holder.name)
        parts.append(f"on what {name} holds" if position.claimed_by else f"for {name}")
    if dated and position.said_first:
        parts.append(_day(position.said_first))
    return ", ".join(parts)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _distance(one: date | None, other: date | None) -> str:
    if one is None or other is None:
        return ""
    days = (other - one).days
    if days == 0:
        return "the same day"
    return f"{abs(days)} day{'s' if abs(days) > 1 else ''} {'later' if days > 0 else 'earlier'}"


def _plain(text: str) -> str:
    """One line, without the mark that stands between the parts."""
    return _BLANKS.sub(" ", text).strip()


def _end(text: str) -> str:
    return text if len(text) <= _BEFORE else text[-_BEFORE:].partition(" ")[2]


def _beginning(text: str) -> str:
    return text if len(text) <= _WORDS else text[:_WORDS].rpartition(" ")[0]
