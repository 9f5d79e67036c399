"""Dealings between two sides, which one tells of and somebody says there were none of: talks, a call, a promise.

“Our negotiators met theirs last week” and “There was no meeting” share no stance and may share no word, and cannot both
be true. That a side will not talk is another matter: a wish, and no account of what happened.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from bot.conflicts.holders import concerns, own, voice
from bot.conflicts.names import all_names, names_side
from bot.conflicts.nearness import Link, own_words
from bot.conflicts.order import before, gap
from bot.conflicts.pair import Pair
from bot.matter import lower, salient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.model import Position
    from config.schema import Side
    from config.values import ConflictKind

Sort = Literal["speak", "call", "talk", "meet", "agree", "ask"]

_WORDS: Final[Mapping[Sort, str]] = {
    "speak": r"talked|discuss(?:ed|ing|ions?)?|conversations?|contacts?|spoken?|raised",
    "call": r"(?:phone |telephone )?(?:calls?(?! for| on)|called(?! for| on))|phone talks?|phoned|telephoned",
    "talk": r"talks?|negotiat(?:ed?|ing|ions?)|consultations?|dialogue",
    "meet": r"meetings?|met|meet|summit",
    "agree": r"agree(?:d|s|ments?)?|deals?|accords?|pacts?|consent(?:ed)?|promis(?:e|es|ed)|pledg(?:e|es|ed)|"
    r"commitments?|committed|assur(?:ed|ances?)|concessions?|accepted|signed",
    "ask": r"ask(?:ed)?(?= (?:[\w'’-]+ ){0,3}(?:for|to)\b)|requests?|requested|appeal(?:ed)?|invit(?:ed|ations?)|"
    r"offers?|offered|propos(?:ed|als?)|suggest(?:ed|ions?)|letters?|messages?",
}
# Who says that nobody spoke says that nothing was agreed either; negotiations that there are none of leave a call.
_COVERS: Final[Mapping[Sort, frozenset[Sort]]] = {
    "speak": frozenset(("speak", "call", "talk", "meet", "agree", "ask")),
    "call": frozenset(("call", "speak", "agree", "ask")),
    "talk": frozenset(("talk", "speak", "agree", "ask")),
    "meet": frozenset(("meet",)),
    "agree": frozenset(("agree",)),
    "ask": frozenset(("ask",)),
}
_ANY: Final = re.compile("|".join(rf"\b(?P<{sort}>{forms})\b" for sort, forms in _WORDS.items()), re.IGNORECASE)
_NO: Final = r"(?:\b(?:no|not|never|none|nobody|nothing|neither|nor|unaware of|no one)\b|n['’]t\b)"
# "There has been no recent call", "did not discuss it", not "no favours by talking", "not the Norrland proposal".
_NONE: Final = re.compile(
    rf"{_NO}(?! (?:the|an?|our|my|his|her|their|its|this|that)\b)"
    rf"(?: (?!(?:by|for|from|about|because|than|but)\b)[\w'’-]+){{0,5}}? (?=(?:{'|'.join(_WORDS.values())})\b)",
    re.IGNORECASE,
)
# "The talks are not being held", "no meeting took place", "the question was never raised".
_NEVER: Final = re.compile(
    r"(?: [\w'’-]+){0,6}? (?:is|are|was|were|has|have|had|did|do|does)(?:n['’]t| not| never) "
    r"(?:been |being )?(?:take|taken|held|begun|begin|start(?:ed)?|happen(?:ed)?|planned|scheduled|made|given|raised|"
    r"sent)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[.;:!?…]+\s|,\s(?=(?:but|and|while|although|though|which|who|so)\b)|\s[–—-]\s")
_NEGATED: Final = re.compile(_NO, re.IGNORECASE)
_LIMITED: Final = re.compile(
    r"\b(?:not (?:only|just|yet|all|every|necessarily)|"
    r"no (?:longer|more|further|later|doubt|matter|progress|choice|need|final|formal|new|second|easy|better)\b)",
    re.IGNORECASE,
)
# What is not told to have happened, or is refused: no account of dealings.
_UNREAL: Final = re.compile(
    r"\b(?:if|unless|until|will|won['’]t|would|could|should|must|may|might|can|cannot|can['’]t|shall|let['’]s|want\w*|"
    r"wish\w*|hop(?:e|es|ed|ing)|ready|willing|prepared|need\w*|refus\w*|declin\w*|reject\w*|rul(?:e|ed|es|ing) out|"
    r"urg\w+|call\w* (?:for|on)|demand\w*|plan\w*|intend\w*|intention|expect\w*|possib\w+|likely|whether|interest\w*|"
    r"point|sense|trust|use|reason|basis)\b",
    re.IGNORECASE,
)
_FUTURE: Final = re.compile(r"\b(?:plan(?:ned|s)?|scheduled|under way|underway|envisaged)\b", re.IGNORECASE)
# "I would like to reiterate that": who says it so says it, and wants nothing.
_LEADS: Final = re.compile(
    r"\b(?:(?:let me|(?:I|we|he|she|they)(?:['’]d| would| can| could| will| must| want| wants| wanted| wish)*(?: like)?"
    r"(?: to)?)(?: (?:just|also|only|again|once more))? (?:reiterate|repeat|stress|emphasi[sz]e|underline|say|tell you|"
    r"point out|note|add|make (?:it )?clear|be clear|assure you|confirm)|(?:as far as|to) (?:I|we|my|our) "
    r"(?:know(?:ledge)?|(?:am|are) aware))(?: again| once more| very clearly| clearly)?,?(?: that)?\b",
    re.IGNORECASE,
)
_OF_WHAT: Final = re.compile(r" (?:that|about|on|over|regarding|of) ")  # what was dealt with may well be "possible"
_NEXT: Final = 25  # characters behind a dealing that may say that it is still to come
_BARE: Final = """any such phone telephone telephonic recent recently lately heads leaders presidents ministers
governments sides parties countries knowledge aware engaged held taken took kind sort form currently present
whatsoever directly definitely ever issue issues question questions matter matters topic subject"""
_ALIKE: Final = 5  # letters in which a name and what is made of it begin alike
_TWO: Final = 2
FRESH: Final = 14  # days: so long are dealings news that nobody else tells of
_TAKEN_BACK: Final = 0.75
_BY_DEALINGS: Final = 0.5
_BOTH: Final = re.compile(r"\b(?:both|each other|one another|they all|the two)\b", re.IGNORECASE)


def deny_dealings(answer: Position, claim: Position, sides: Sequence[Side]) -> bool:
    """Whether `answer` says that there were none of the dealings with its side of which `claim` tells."""
    if not (own(answer) and voice(claim).side and voice(answer).side):
        return False
    told = frozenset() if claim.statement.negated else _told(own_words(claim))
    if not told:
        return False
    words = own_words(answer)
    denied = tuple((sort, words) for sort in _told(words)) if answer.statement.negated else _denied(words)
    clause = next((clause for sort, clause in denied if _COVERS[sort] & told), None)
    if clause is None or not _one_matter(clause, answer, claim, sides):
        return False
    asserted = own_words(claim)
    about_them = claim.claimed_by is not None and concerns(claim.holder, voice(answer), sides)
    forth = about_them or names_side(asserted, voice(answer), sides)
    back = names_side(clause, voice(claim), sides)
    if len(_names(asserted) & _names(clause)) >= _TWO:
        return True  # both name the two who dealt, whoever they are
    if claim.statement.source.article != answer.statement.source.article:
        return forth and back
    return forth or back or bool(_BOTH.search(asserted + clause))


def taken_back(answer: Position, claim: Position) -> bool:
    """Whether a side tells of dealings, and then says itself that there were none."""
    return gap(claim, answer).days <= FRESH and not before(answer, claim) and _take_back(answer, claim)


def by_dealings(kind: ConflictKind, claim: Position, answer: Position, linked: Link | None) -> Pair:
    """The pair of dealings that were `taken_back`."""
    return Pair(
        kind=kind, earlier=claim, later=answer, link=linked or Link(score=_BY_DEALINGS), hit=True, score=_TAKEN_BACK
    )


def _take_back(answer: Position, claim: Position) -> bool:
    """Whether `answer` says that there were none of the dealings that its own side told of: with whom, and of what.

    “We talked about ownership of the plant”, “We definitely did not discuss ownership”. Who has dealt with many, of
    many things, is only held to the same ones: whom the denial names, and its matter, must have been told.
    """
    if claim.statement.negated:
        return False
    asserted = own_words(claim)
    told = _told(asserted)
    words = own_words(answer)
    if not told:
        return False
    denied = tuple((sort, words) for sort in _told(words)) if answer.statement.negated else _denied(words)
    clause = next((clause for sort, clause in denied if _COVERS[sort] & told), None)
    if clause is None:
        return False
    mine, theirs = (_ANY.sub("", text) for text in (clause, asserted))
    matter = (salient(mine) & lower(mine)) - salient(_BARE)
    names = _names(mine) - _names(f"{voice(answer).name} {voice(claim).name}")
    return (
        bool(matter or names)
        and (not matter or bool(matter & salient(theirs)))
        and (not names or bool(names & _names(theirs)))
    )


def _names(text: str) -> frozenset[str]:
    """The beginnings of the words written with a capital: "Lumeria", "Lumerian"."""
    return frozenset(form[:_ALIKE] for form in salient(text) - lower(text))


def _one_matter(clause: str, answer: Position, claim: Position, sides: Sequence[Side]) -> bool:
    """Whether a denial has no matter beside the dealings and who dealt, or shares one with the claim."""
    names = [name for party in (voice(answer), voice(claim), claim.holder) for name in all_names(party, sides)]
    mine = salient(_ANY.sub("", clause)) - salient(_BARE).union(*map(salient, names))
    statement = claim.statement
    around = f"{own_words(claim)} {statement.before} {statement.source.title}"
    return len(mine) <= 1 or bool(mine & salient(_ANY.sub("", around)))


@lru_cache(maxsize=1 << 10)
def _denied(text: str) -> tuple[tuple[Sort, str], ...]:
    """The sorts of dealings that a text says there were none of, each with its clause, in order."""
    found: list[tuple[Sort, str]] = []
    for clause in _CLAUSE.split(_LEADS.sub("", text)):
        if _LIMITED.search(clause) or _UNREAL.search(_FUTURE.sub("", clause)):
            continue
        nones = {none.end() for none in _NONE.finditer(clause)}
        found += [
            (_sort(dealing), clause)
            for dealing in _ANY.finditer(clause)
            if dealing.start() in nones or _NEVER.match(clause, dealing.end())
        ]
    return tuple(found)


@lru_cache(maxsize=1 << 10)
def _told(text: str) -> frozenset[Sort]:
    """The sorts of dealings that a text tells of as a fact."""
    found: set[Sort] = set()
    for clause in _CLAUSE.split(text):
        for dealing in _ANY.finditer(clause):
            behind = _OF_WHAT.split(clause[dealing.end() : dealing.end() + _NEXT], maxsplit=1)[0]
            around = clause[: dealing.start()] + behind
            if not (_NEGATED.search(around) or _UNREAL.search(around)):
                found.add(_sort(dealing))
    return frozenset(found)


def _sort(match: re.Match[str]) -> Sort:
    sort: Sort = match.lastgroup  # type: ignore[assignment]
    return sort
