"""Words that call something untrue, and what they speak of: the claim that stands near them, or one that they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.conflicts.calling_untrue import CLAIM, SAID, UNTRUE, calls_untrue, hedged
from bot.conflicts.holders import voice
from bot.conflicts.names import all_names, surname
from bot.conflicts.nearness import link, overlap, own_words
from bot.matter import lower, salient
from bot.meaning import cosine
from bot.untruth import DENY, LIES, NO_ASSERTION, RIGHT, TURN_DOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Party, Position
    from config.schema import Side

_NO_SUCH: Final = re.compile(r"\bno such (?P<noun>\w{4})", re.IGNORECASE)
_DENIES: Final = re.compile(rf"\b{DENY}", re.IGNORECASE)
_TURNS_DOWN: Final = re.compile(rf"\b{TURN_DOWN}", re.IGNORECASE)
# Somebody by name and office: “Norrland's President Osk Velden” is not Norrland.
_OTHERS: Final = re.compile(r"\b[A-Z][\w.’'-]*(?:\s+(?:[a-z]+\s+)?[A-Z][\w.-]+){2,}")
_AGREES: Final = re.compile(r"\b(?:is|are|was|were) (?:\w+ly )?right\b", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[‘“][^‘“’”]*[’”] ?")  # Velden's “the port is shut” claim
# “We did not set the fire”, “no soldier of ours was there”; a refusal for the time to come denies nothing.
_HAPPENED_NOT: Final = re.compile(
    r"\b(?:did|do|does|has|have|had|was|were|is|are)(?:n['’]t| (?:\w+ly )?(?:not|never))\b|"
    r"\bnever (?!again\b|will\b)\w+|\bnothing to do with\b|"
    r"\b(?:no|any) (?:\w+ )?(?:part|hand|role|share|involvement|knowledge|connection|links?|ties|"
    r"responsibility|blame|guilt|evidence|proof|trace|basis|grounds)\b|"
    r"\b(?:no|none|nobody|not one|not a single)\b.{0,60}?\b(?:was|were|has|have|had|did|exists?|took|happened)\b|"
    r"\bthere (?:was|were|is|are|has been|have been|had been) no\b|\bimpossible\b|\binnocent\b",
    re.IGNORECASE,
)
_BLAME: Final = re.compile(
    r"\W*(?:(?:any|all|the|every) )?(?:\w+ )?"
    r"(?:responsibility|blame|guilt|involvement|wrongdoing|complicity|fault|(?:idea|notion|theory) that)\b",
    re.IGNORECASE,
)
# A thing that somebody asks for is no claim; what is withheld (“denied them visas”) no statement is taken from.
_OF_RIGHT: Final = re.compile(rf"\bclaims?\b{NO_ASSERTION.replace('!', '=')}|{RIGHT}", re.IGNORECASE)


def denies(answer: Position, claim: Position) -> bool:
    """Whether `answer` calls something untrue that `claim` may have said; a refusal of a wish is none.

    Either its words speak of a claim ("the allegations are groundless", "That is false"), or they deny in terms that
    the claim has too.
    """
    words, cue = own_words(answer), answer.statement.cue or ""
    if _AGREES.search(words):
        return False  # "Velden is right that the claims of others are false"
    does = " not " not in f" {cue} "
    denied = does and bool(_DENIES.search(cue)) and not _OF_RIGHT.search(words)
    untrue = calls_untrue(words, own_words(claim))
    turned_down = does and bool(_TURNS_DOWN.search(cue))
    if untrue and len(words.split()) <= _BRIEF and _POINTS.match(words) and bare(words):
        return True
    if (untrue or denied or turned_down) and CLAIM.search(words):
        return bare(words) or speaks_of(answer, claim) or same_matter(answer, claim)
    none = _NO_SUCH.search(words)
    if none and none["noun"].casefold() in own_words(claim).casefold():
        return True
    return (untrue or denied) and same_matter(answer, claim)


def contradicts(answer: Position, claim: Position) -> bool:
    """Whether an answer that opposes an accusation denies it: who condemns the fire, or bars an inquiry, does not."""
    words, cue = own_words(answer), answer.statement.cue or ""
    if denies(answer, claim):
        return True
    if UNTRUE.search(words):
        return calls_untrue(words, own_words(claim))
    if _DENIES.search(cue):
        return not _OF_RIGHT.search(words)
    if _TURNS_DOWN.search(cue) and (_BLAME.match(words) or CLAIM.search(words)):
        return True
    return bool(_HAPPENED_NOT.search(words)) or (bool(CLAIM.search(words)) and not hedged(words))


def of_one_matter(answer: Position, claim: Position) -> bool:
    """Whether a denial speaks of what the claim does, or of nothing else, in words of its own and right around them."""
    own = _matter(own_words(answer))
    if len(own) <= 1:
        return len(_around(answer)) <= _LITTLE or aside(answer, claim)
    whole = claim.statement.content  # with what it points back to: "that they would go along with it"
    told = salient(own_words(claim))
    linked = link(answer, claim)
    common = len(own & salient(whole)) >= _SHARED and bool(own & lower(whole))
    return (
        bool(linked and linked.firm)
        or common
        or (len(own - told) <= 1 and bool(own & told))
        or same_matter(answer, claim)
    )


def aside(answer: Position, claim: Position) -> bool:
    """Whether what stands right around an answer speaks of what the claim does: "…, he said, asked about the fire"."""
    return bool(_around(answer) & salient(own_words(claim)))


def _around(answer: Position) -> frozenset[str]:
    said = answer.statement
    around = f"{said.before[-_AROUND:]} {said.after[:_AFTER]}"
    return lower(around) & salient(around)


def names_source(answer: Position, accuser: Party, sides: Sequence[Side]) -> bool:
    """Whether an answer tells that the words it speaks of are the accuser's, or of that side, and of nobody else there.

    "The Norrlander allegations", "claims by Velden", "what Velden says"; not "the lie that Norrland is poor".
    """
    words = own_words(answer)
    return _sourced(words, (surname(accuser),)) or _sourced(_OTHERS.sub("", words), all_names(accuser, sides))


def _sourced(words: str, names: tuple[str, ...]) -> bool:
    named = rf"\b(?:{'|'.join(map(re.escape, names))})s?"
    between = r"(?:(?!(?:is|are|was|were|that|has|had)\b)[\w’'-]+\s+)"
    said = rf"(?i:{SAID}|{LIES})\b"
    return bool(
        re.search(
            rf"{named}(?:['’]s?)?\s+{between}{{0,3}}?{said}|{said}\s+{between}{{0,2}}?(?:by|from)\s+{between}{{0,2}}?{named}|"
            rf"\b[Ww]hat\s+{between}{{0,3}}?{named}|\b[Tt]h(?:is|ese)\s+{between}{{0,4}}?{said}(?!\s+(?:about|against)\b).*{named}",
            _QUOTED.sub("", words),
        )
    )


def bare(words: str) -> bool:
    """Whether a denial has no matter of its own: “These allegations are groundless”."""
    return len(_matter(words)) <= 1


def _matter(words: str) -> frozenset[str]:
    return salient(UNTRUE.sub("", CLAIM.sub("", words)))


def same_matter(one: Position, other: Position) -> bool:
    """Whether two positions share words that carry the matter, not only names, or mean much the same."""
    left, right = own_words(one), own_words(other)
    shared = overlap(left, right, names=(voice(one).name, voice(other).name)).shared
    common = lower(left) & lower(right)
    return (len(shared) >= _SHARED and not common.isdisjoint(shared)) or cosine(one.meaning, other.meaning) >= _LIKE


def speaks_of(answer: Position, claim: Position) -> bool:
    """Whether the answer names the one who made the claim, in its words or right before them."""
    name = surname(voice(claim))
    around = f"{answer.statement.before[-_AROUND:]} {answer.statement.quote} {answer.statement.after[:_AFTER]}"
    return bool(re.search(rf"\b{re.escape(name)}\b", around))


_POINTS: Final = re.compile(r"\W*(?:that|this|it|all (?:of )?(?:that|this)|these|those|such)\b", re.IGNORECASE)
_BRIEF: Final = 8  # words: "That is false"
_SHARED: Final = 2  # words that carry the matter
_LIKE: Final = 0.7
_AROUND: Final = 200  # characters before an answer in which what was asked stands
_AFTER: Final = 80
_LITTLE: Final = 3  # words around a denial that tell nothing of its matter: “…, she told reporters on the quay”
