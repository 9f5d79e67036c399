"""Words that call something untrue, and what they speak of: the claim that stands near them, or one that they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.conflicts.holders import voice
from bot.conflicts.names import all_names, surname
from bot.conflicts.nearness import link, overlap, own_words
from bot.matter import lower, salient
from bot.meaning import cosine
from bot.untruth import CALLED_UNTRUE, CLAIMS, DENY, LIES, TURN_DOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Party, Position
    from config.schema import Side

_UNTRUE: Final = re.compile(rf"\b{CALLED_UNTRUE}\b", re.IGNORECASE)
_NO_SUCH: Final = re.compile(r"\bno such (?P<noun>\w{4})", re.IGNORECASE)
_DENIES: Final = re.compile(rf"\b{DENY}", re.IGNORECASE)
_TURNS_DOWN: Final = re.compile(rf"\b{TURN_DOWN}", re.IGNORECASE)
_SAID: Final = rf"(?:{CLAIMS}|reports?|statements?|remarks?|words|figures?|numbers?|description)"
_CLAIM: Final = re.compile(
    rf"(?<!insurance )\b{_SAID}\b(?! (?:for|to)\b)", re.IGNORECASE
)  # a claim to an island is a wish
# Somebody by name and office: “Norrland's President Osk Velden” is not Norrland.
_OTHERS: Final = re.compile(r"\b[A-Z][\w.’'-]*(?:\s+(?:[a-z]+\s+)?[A-Z][\w.-]+){2,}")
# What is called untrue only perhaps, by others, or not at all; within the words up to the last of these marks.
_PIECE: Final = re.compile(r"[.;:–—]|,(?! or\b)|\b(?:and|but)\b")
_SURE: Final = re.compile(
    r"\b(?:(?:no|without) (?:doubt|question)|not (?:only|just|merely)|nothing (?:but|more than|less than|other than)|"
    r"(?:I|we)(?: have|['’]ve)?(?: \w+)? (?:said|called)|what (?:\S+ ){1,4}?(?:says?|said))\b",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(r"\b(?:if|whether|unless|would|could|might|may)\b", re.IGNORECASE)
_NOT: Final = re.compile(r"\b(?:not|never|no|nobody|none|nothing|neither|cannot)\b|n['’]t\b", re.IGNORECASE)
_TELLS: Final = re.compile(
    r"\b[\w.’'-]+ (?:(?:has|have|had|himself|herself|once|also|already|later|even) ){0,3}"
    r"(?:said|says|called|calls|admit(?:s|ted)|confirm(?:s|ed)|conceded|concedes|acknowledge[sd]|denie[sd]|knows?)\b"
)
_AGREES: Final = re.compile(r"\b(?:is|are|was|were) (?:\w+ly )?right\b", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[‘“][^‘“’”]*[’”] ?")  # Velden's “the port is shut” claim
# What somebody is not granted: “denied the inspectors access” denies no claim.
_WITHHELD: Final = re.compile(
    r"\W*(?:(?!(?:is|are|was|were|has|have|had|did|does|do|that|would|will)\b)[\w’'-]+ ){0,6}"
    r"(?:access|entry|visas?|permission|permits?|asylum|bail|passage|transit|accreditation|licen[cs]es?)\b",
    re.IGNORECASE,
)


def denies(answer: Position, claim: Position) -> bool:
    """Whether `answer` calls something untrue that `claim` may have said; a refusal of a wish is none.

    Either its words speak of a claim ("the allegations are groundless", "That is false"), or they deny in terms that
    the claim has too.
    """
    words, cue = own_words(answer), answer.statement.cue or ""
    if _AGREES.search(words):
        return False  # "Velden is right that the claims of others are false"
    does = " not " not in f" {cue} "
    denied = does and bool(_DENIES.search(cue)) and not _WITHHELD.match(words)
    untrue = _calls_untrue(words, own_words(claim))
    turned_down = does and bool(_TURNS_DOWN.search(cue))
    if untrue and len(words.split()) <= _BRIEF and _POINTS.match(words) and bare(words):
        return True
    if (untrue or denied or turned_down) and _CLAIM.search(words):
        return bare(words) or speaks_of(answer, claim) or same_matter(answer, claim)
    none = _NO_SUCH.search(words)
    if none and none["noun"].casefold() in own_words(claim).casefold():
        return True
    return (untrue or denied) and same_matter(answer, claim)


def _calls_untrue(words: str, claim: str) -> bool:
    """Whether words call something untrue themselves: not perhaps, not in words of others, and not its denial."""
    denied = bool(_NOT.search(claim))
    for found in _UNTRUE.finditer(words):
        before = _PIECE.split(words[: found.start()])[-1]
        plain = _SURE.sub("", before)
        if _UNSURE.search(plain) or _TELLS.search(plain) or (not denied and _NOT.search(plain)):
            continue
        return True
    return False


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
    said = rf"(?i:{_SAID}|{LIES})\b"
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
    return salient(_UNTRUE.sub("", _CLAIM.sub("", words)))


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
