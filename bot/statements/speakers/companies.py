"""Companies by what they are called instead of their names: "the carmaker", "the search giant"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model import Party
from bot.statements.people.spelling import plain
from bot.statements.speakers.pronouns import Antecedent
from bot.statements.text.words import words

COMPANY = words(
    "company firm giant carmaker automaker planemaker drugmaker chipmaker retailer airline carrier startup start-up "
    "manufacturer maker brand chain lender bank conglomerate developer insurer supermarket grocer brewer miner "
    "operator corporation business titan behemoth"
)
_NO_COMPANY = words(
    "ministry government court police council union party committee commission parliament army navy office authority "
    "authorities department agency academy university school times post journal news herald tribune telegraph guardian "
    "reuters bloomberg bbc cnn cnbc cbs nbc abc ap afp tass axios politico newspaper broadcaster officials media "
    "association federation administration and"
)


def company_before(place: int, heard: Sequence[Antecedent]) -> Party | None:
    """The latest speaker that may be a company: a body with a proper name of its own and without a side."""
    for earlier in reversed(heard):
        party = earlier.party
        if earlier.place >= place or party.person or party.side is not None or not party.name[:1].isupper():
            continue
        if not _NO_COMPANY & set(plain(party.name).split()):
            return party
    return None
