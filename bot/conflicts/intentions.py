"""Intentions that one side says another has, and of which that one says that it has none: to leave, to attack, to sell.

“They are preparing to quit the union” and “We have no intention of leaving it” are about one side's will, so that one
of them must be wrong. That a side will not do what it is asked to do is a refusal, and no account of anything.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.conflicts.holders import own, voice
from bot.conflicts.names import all_names, names_side
from bot.conflicts.nearness import own_words
from bot.matter import salient, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Position
    from config.schema import Side

_NONE: Final = re.compile(
    r"\b(?:no (?:[\w-]+ ){0,2}?(?:intentions?|plans?|designs?|ambitions?|desire|wish)"
    r"(?: whatsoever| at all)? (?:of|to|for)"
    r"|(?:do|does|did)(?:n['’]t| not) (?:\w+ly )?(?:intend|plan|want|wish|seek|aim) to"
    r"|(?:is|are|am|was|were)(?:n['’]t| not) (?:\w+ly )?(?:planning|intending|going|preparing|seeking|about|looking)"
    r" to)"
    r" (?P<what>[^.;:!?–—]+)",
    re.IGNORECASE,
)
# Words for one and the same act.
_ACTS: Final = tuple(
    re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)
    for forms in (
        r"leav(?:e|es|ing)|exit\w*|withdraw\w*|withdrew|quit\w*|pull\w* out|secede\w*|secession|departure",
        r"attack\w*|invad\w+|invasion|strik(?:e|es|ing)|assault\w*|aggression|go(?:ing)? to war",
        r"join\w*|acced\w+|accession|membership",
        r"send\w*|deploy\w*|suppl(?:y|ies|ying)|deliver\w*|provid\w+|transfer\w*|dispatch\w*",
        r"resign\w*|step\w* down|stand\w* down|step\w* aside",
        r"develop\w*|build\w*|acquir\w+|acquisition|obtain\w*",
        r"clos(?:e|es|ing|ure)|shut\w*",
        r"seiz(?:e|es|ing|ure)|annex\w*|tak(?:e|es|ing) over|occup(?:y|ies|ying|ation)",
        r"raise|raises|raising|increas(?:e|es|ing)",
        r"cut|cuts|cutting|reduc(?:e|es|ing|tion)|lower\w*|slash\w*",
    )
)
_LEAD: Final = 4  # words within which the act stands: "to ever again attack"
# What is asked, feared or supposed is no account; nor is what is told of as not being so.
_UNSURE: Final = re.compile(
    r"\b(?:if|unless|until|whether|would|could|should|must|may|might|can|cannot|ought|needs?|hop(?:e|es|ed)|urg\w+|"
    r"demand\w*|call\w* (?:for|on)|ask\w*|not|no|never|nobody|neither|nor|without)\b|n['’]t\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[.;:!?…]+\s|,\s(?=(?:but|and|while|although|though|which|who|so)\b)")


def deny_intention(answer: Position, claim: Position, sides: Sequence[Side]) -> bool:
    """Whether `answer` says that its side has no intention to do what `claim` says that this side is about to do."""
    who = voice(answer)
    if not (own(answer) and who.side and voice(claim).side) or claim.statement.negated or answer.statement.negated:
        return False
    return any(
        names_side(clause, who, sides) and _of_the_act(clause, what, who.name, all_names(who, sides))
        for what in _denied(own_words(answer))
        for clause in _CLAUSE.split(own_words(claim))
        if not _UNSURE.search(clause)
    )


def _of_the_act(clause: str, what: str, *names: str | tuple[str, ...]) -> bool:
    """Whether a clause tells of the act that is denied, and shares with it something else than who acts."""
    lead = " ".join(what.split()[:_LEAD])
    act = next((forms for forms in _ACTS if forms.search(lead)), None)
    first = what.split(maxsplit=1)[0].casefold()
    found = act.search(clause) is not None if act else stem(first) in salient(clause)
    if not found:
        return False
    aside = salient(" ".join(name if isinstance(name, str) else " ".join(name) for name in names)) | {stem(first)}
    left, right = (salient(act.sub("", text) if act else text) - aside for text in (what, clause))
    return bool(left & right)


@lru_cache(maxsize=4096)
def _denied(text: str) -> tuple[str, ...]:
    """What a text says that there is no intention to do."""
    return tuple(found["what"] for found in _NONE.finditer(text))
