"""Whoever is named by whom he belongs to, under the owner's full name: "Velden's family", "a spokesman for Velden"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.statements.people.cast import Mention
from bot.statements.people.nouns import KIN
from bot.statements.people.roster import Roster
from bot.statements.text.words import words

_FOR = words(
    "spokesman spokeswoman spokesperson spokespeople lawyer lawyers attorney attorneys solicitor solicitors barrister "
    "publicist agent representative representatives"
)
_OF = KIN | words(
    "family parents relatives siblings children widow widower office team campaign aides allies supporters friends"
)
# Who is his but speaks for himself: "friends of Energy Minister Velden" are not Velden.
THEIRS = _OF | words(
    "fans voters critics opponents followers backers rivals detractors loyalists admirers colleagues neighbours "
    "neighbors predecessors successors enemies foes friend supporter critic opponent ally aide rival colleague"
)
_POSSESSIVE = re.compile(r"(?P<who>.{2,60}?)(?:'s|(?<=s)') (?P<noun>[a-z-]+)")
_COMPLEMENT = re.compile(r"(?P<noun>[a-z-]+) (?:for|of|to) (?P<who>.{2,60})")


def belonging(noun: str, owner: str) -> str:
    """One name for it, whichever way the article writes it: "family of Mara Velden"."""
    if noun == "administration":
        return f"{owner.rsplit(maxsplit=1)[-1]} administration"
    return f"{noun} {'for' if noun in _FOR else 'of'} {owner}"


def of_somebody(bare: str, mentions: Sequence[Mention], roster: Roster) -> str | None:
    """The name of what belongs to the one person whom the phrase names; None if it is about something else."""
    if len(mentions) != 1:
        return None
    [owner] = mentions
    match = (_POSSESSIVE if owner.possessive else _COMPLEMENT).fullmatch(bare)
    if match is None or match["noun"] not in _FOR | _OF or " and " in match["who"] or roster.side(match["who"]):
        return None
    return belonging(match["noun"], owner.person.name)
