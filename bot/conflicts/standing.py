"""Who counts: somebody who answers for more than an own opinion, and is somebody in particular."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.model import Party

_LONG = 7  # words: a description, not a name
# Whose trade it is to comment, and who was merely there.
_PRIVATE: Final = re.compile(
    r"\b(?:analysts?|experts?|professor|lecturer|scientist|researcher|scholar|academic|fellow|historian|strategist|"
    r"journalist|reporter|correspondent|columnist|commentator|editor|author|writer|blogger|podcaster|host|"
    r"residents?|neighbou?rs?|villagers?|students?|pupils?|teachers?|witness(?:es)?|survivors?|victims?|relatives?|mother|"
    r"father|brother|sister|wife|husband|son|daughter|patients?|customers?|passengers?|voters?|protesters?|"
    r"shopkeeper|farmer|trader|driver|nurse|actor|actress|singer|player|coach|fan|aged)\b",
    re.IGNORECASE,
)
_UNNAMED: Final = re.compile(
    r"(?:officials?|authorities|critics?|sources?|people|persons?|reports?|data|figures|analysts?|experts?|observers?|"
    r"diplomats?|leaders?|lawmakers|residents?|witness(?:es)?|activists?|supporters|opponents|media|newspapers?|countries|"
    r"states|prosecutors?|documents?|polls?|surveys?|studies|study)",
    re.IGNORECASE,
)
_MEDIA: Final = re.compile(
    r"\b(?:news|newspaper|magazine|broadcaster|broadcasting|radio|television|tv|times|post|journal|tribune|gazette|"
    r"herald|telegraph|daily|chronicle|reuters|bloomberg|agence|associated press)\b",
    re.IGNORECASE,
)
_HEAD: Final = re.compile(r"\b(?:of|for|at|in|from)\b|['’]")  # what follows says of what, not what
_NOT_NAMED: Final = "not named"  # how the reading marks a speaker known by a description alone


_OFFICIAL: Final = re.compile(
    r"\b(?:official|spokes(?:man|woman|person)|minister|ministry|government|embassy)s?\b", re.IGNORECASE
)


# Not named, but somebody in particular's voice: "a spokesman for the Harbour Office", "a Coast Guard spokeswoman".
_MOUTHPIECE: Final = re.compile(
    r"(?:\w+ )?spokes(?:man|woman|person) (?:for|of) (?:the )?[A-ZÀ-Þ][\w.'-]*(?: .*)?|"
    r"(?:the )?[A-ZÀ-Þ][\w.'-]*(?: (?:of |for )?(?:the )?[A-ZÀ-Þ][\w.'-]*)* spokes(?:man|woman|person)"
)


def answers(party: Party) -> bool:
    """Whether it is known on whose behalf it speaks, if not who it is: "a Norrlander official"."""
    return known(party) or (party.side is not None and bool(_OFFICIAL.search(party.name)))


def private(party: Party) -> bool:
    """Whether it is known that a person speaks for nobody else: comments by trade, or was merely there."""
    return not party.side and nobodys_voice(party)


def nobodys_voice(party: Party) -> bool:
    """Whether a person's role is to comment, or to have been there, whatever side the person is said to be of."""
    if party.official or not party.person:
        return False
    return bool(_PRIVATE.search(_HEAD.split(party.role or "", maxsplit=1)[0]))


@lru_cache(maxsize=4096)  # of the same parties all day, and of each position nearby
def known(party: Party) -> bool:
    """Whether it is clear who this is: configured, of a known side, a person in office, or a body with a name.

    A long description ("a body responsible for …") is nobody in particular, whatever side it is of; so are people
    without an office and those who comment by trade, and media, who report what others say.
    """
    if party.official:
        return True
    if party.role == _NOT_NAMED and _MOUTHPIECE.fullmatch(party.name):
        return True
    if len(party.name.split()) > _LONG or party.role == _NOT_NAMED:
        return False
    if party.person:
        named = " " in party.name.strip()
        return named and not nobodys_voice(party) and bool(party.side or party.role)
    if party.side:
        return True
    words = party.name.split()
    proper = any(word[:1].isupper() for word in words)
    unnamed = any(_UNNAMED.fullmatch(word) and (word.islower() or len(words) == 1) for word in words)
    return proper and not (unnamed or _MEDIA.search(party.name))
