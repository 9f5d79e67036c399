"""Companies by what they are called instead of their names: "the carmaker", "the search giant"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.model import Party
from bot.statements.people.given_names import is_given
from bot.statements.people.nouns import FIRMS
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
_AT = re.compile(r" (?:at|from|for|with|in|to) ")  # "Analysts at Tidewell" are not Tidewell


def company_before(place: int, heard: Sequence[Antecedent]) -> Party | None:
    """The latest speaker that may be a company: a body with a proper name of its own and without a side."""
    for earlier in reversed(heard):
        party = earlier.party
        if earlier.place >= place or party.side is not None or not party.name[:1].isupper() or not may_be_body(earlier):
            continue
        if not _NO_COMPANY & set(plain(party.name).split()) and not _AT.search(party.name):
            return party
    return None


def first_word(word: str, place: int, heard: Sequence[Antecedent]) -> Party | None:
    """The latest body that spoke under a longer name which begins so: "Tidewell" for "Tidewell Motors"."""
    for earlier in reversed(heard):
        party = earlier.party
        if earlier.place < place and not party.person and party.side is None and party.name.startswith(f"{word} "):
            return party if plain(party.name).split()[-1] in FIRMS else None
    return None


def may_be_body(earlier: Antecedent) -> bool:
    """Whether a speaker is a body, or stands under two names of which nothing shows that they are a person's."""
    party = earlier.party
    known = party.official or party.role or earlier.gender or is_given(party.name.split()[0])
    return not (party.person and known)
