"""Where the rules have left a holder or a stance open, a second reading may fill it in; what they know stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot import positions
from bot.model import Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Position, Statement
    from bot.opinions import Gloss, Reader
    from bot.statements import Roster

CAVEAT: Final = "a language model read whose stance this is, and which"


def filled(
    read: Sequence[tuple[Statement, tuple[Position, ...]]],
    reader: Reader,
    roster: Roster,
    topics: positions.Topics,
    gazetteer: positions.Gazetteer,
) -> list[tuple[Statement, tuple[Position, ...]]]:
    """The statements of an article with their positions, those that were open read by `reader` too.

    A statement that was filled in says so in its caveats; its own speaker and holder stay as the rules have them, so
    that an edited article is compared with what stood there and not with what a model made of it.
    """
    asked = [index for index, (statement, taken) in enumerate(read) if _open(statement, taken)]
    told = list(read)
    for index, gloss in zip(asked, reader([read[index][0] for index in asked]) if asked else (), strict=True):
        statement, taken = read[index]
        holder = _holder(statement, gloss, roster) if gloss and gloss.stance != "none" else None
        if gloss is None or holder is None:
            continue
        marked = replace(statement, caveats=(*statement.caveats, CAVEAT))
        found = positions.glossed(marked, gloss, holder, topics, gazetteer)
        if found:
            others = [replace(one, statement=marked) for one in taken if not _on_one(one, found)]
            told[index] = marked, (found, *others)
    return told


def _open(statement: Statement, taken: Sequence[Position]) -> bool:
    """Whether nobody knows whose position it is, or no words show a stance."""
    if statement.defers_to is not None or not statement.content.strip():
        return False
    return all(position.strength < positions.EXPLICIT for position in taken)


def _holder(statement: Statement, gloss: Gloss, roster: Roster) -> Party | None:
    """Whose position it is: as the rules have it, unless they know nobody; None where the reader means another."""
    known = statement.holder or statement.party
    if known and (gloss.holder is None or gloss.holder.casefold() in known.name.casefold()):
        return known
    named = _party(statement, gloss.holder, roster) if gloss.holder else None
    if known is None or named is None:
        return named
    bodies = not (known.person and named.person)  # a minister and her ministry, not two ministers
    return known if known.same(named) or (bodies and known.side and known.side == named.side) else None


def _party(statement: Statement, name: str, roster: Roster) -> Party | None:
    """The configured official or side of a name; a stranger's name alone is nobody."""
    day = statement.said.first if statement.said else None
    official = roster.person(name)
    if official is None:
        bearers = roster.surname(name)
        official = bearers[0] if len(bearers) == 1 else None
    if official:
        return roster.party(official, day)
    side = roster.side(name)
    return Party(name=side.name, side=side.id, person=False) if side else None


def _on_one(one: Position, other: Position) -> bool:
    return (one.topic, one.proposition) == (other.topic, other.proposition)
