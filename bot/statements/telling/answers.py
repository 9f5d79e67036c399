"""Which claim a denial denies: the one it hangs on, names, points at or repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.statements.telling.reading import WORDLESS, Read, last, roots
from bot.untruth import CALLED_UNTRUE, CLAIMS, DENY, TURN_DOWN, UNTRUE

_AT_ONCE: Final = 400  # characters between a claim and the denial that only points at it
_NEAR: Final = 1200  # and the denial that says what is denied, or who claimed it
_BRIEF: Final = 9  # words: "That is simply not true"
_SHARED: Final = 2  # words that carry the matter
_DENIES: Final = re.compile(rf"(?:\w+ )*?(?:{DENY}|{TURN_DOWN})", re.IGNORECASE)
_NOT: Final = re.compile(r"\bnot?\b|n't\b|refus|declin", re.IGNORECASE)  # "did not dispute"
_UNTRUE: Final = re.compile(rf"\b{CALLED_UNTRUE}\b", re.IGNORECASE)
_CLAIM: Final = re.compile(rf"\b(?:{CLAIMS}|reports?)\b", re.IGNORECASE)
_POINTS: Final = re.compile(
    r"\W*(?:that\W*$|(?:this|it|him|her|them)\b|doing so|having done so|any such)", re.IGNORECASE
)
_POINTED: Final = re.compile(r"\W*(?:that|this|it|these|those)(?:'s|'re| is| was| are| were)\b", re.IGNORECASE)
# "had called this fake news": what is called so stands in the words, that it is called so in the cue.
_CALLS: Final = re.compile(
    r"(?:\w+ )*?(?:call|describ|dismiss|brand|label|denounc|decr|slam|rubbish)\w*", re.IGNORECASE
)
_CALLED: Final = re.compile(
    rf"\W*(?:this|that|it|these|those|them)\W+(?:(?:an?|simply|just|pure|complete|utter|total|\w+ly)\W+)*{UNTRUE}",
    re.IGNORECASE,
)
# "does not believe that Ostrava shelled the port": it says itself what did not happen.
_DISBELIEVED: Final = re.compile(
    r"(?:does|do|did)(?:n['’]t| not) (?:believe|think) (?:that )?(?!(?:this|that|it)\b)(?:[\w'’.-]+ ){1,6}?"
    r"(?!need|indeed|proceed|succeed)(?:\w+ed|was|were|had|did|sent|hit|shot|struck|fired|sunk|stole|broke|began)\b"
)
_DISBELIEF: Final = re.compile(
    r"n['’]?t (?:believe|think) (?:that|this|it) (?:ever |really )?(?:happened|occurred|took place)\b"
)
_GUILT: Final = re.compile(r"\W*(?:any |all )?(?:involvement|wrongdoing|responsibility|guilt|link)\b", re.IGNORECASE)
# "Orlo's line that …", "Orlo's “no hunger” line": whose words are turned down, and sometimes which.
_LINE: Final = re.compile(
    r"(?P<whose>\b[A-Z][\w.-]*['’]s? )(?:[“\"‘'][^”\"]{2,60}[”\"’'] |(?:[\w-]+ ){0,2}?)"
    r"(?:line|narrative|statement|remarks?|comments?|words|denials?|assessment|portrayal|depiction)\b"
)
_OWNER: Final = re.compile(r"(?<=\w)['’]s? ")
_THE_CLAIM: Final = re.compile(
    r"(?:the|this|that|such an?) (?:accusation|allegation|claim|assertion|suggestion|account)"
    r"(?:\W*$| (?:from|on|in|at|as)\b)",
    re.IGNORECASE,
)
_WHOM: Final = re.compile(r"(?:contradict|correct)\w* (?!(?:him|her|them|it|this|that)$)(?P<whom>.+)", re.IGNORECASE)
_ELSE: Final = re.compile(r"[”\"]? but (?=[A-Z])|; ")  # another clause, of somebody else
_FILLING: Final = re.compile(r"\b(?:as a rule|often|in general|\w+ly)\b", re.IGNORECASE)
_OF_WORDS: Final = re.compile(  # "denied that she had claimed": that it was said, and not the thing itself
    r"\W*that (?:[\w'’.-]+ ){1,4}?(?:(?:had|has|have) )?(?:ever |never |once )?"
    r"(?:denied|claimed|said|stated|alleged|asserted|accused|called|rejected|disputed|told|suggested)\b",
    re.IGNORECASE,
)
_NOT_CLAIMS: Final = frozenset({"no_comment", "ask", "deny", "reject", "demand"})


def denied(one: Read, read: Sequence[Read]) -> Read | None:
    """The claim that `one` denies; None where it denies nothing, or it cannot be told what."""
    words, cue = _ELSE.split(one.said.quote, maxsplit=1)[0], one.report.cue or ""
    denies = bool(_DENIES.match(cue)) and one.report.act in {"deny", "reject"} and not _NOT.search(cue)
    untrue = bool(_UNTRUE.search(words))
    called = _CALLS.match(cue) and _CALLED.match(words)
    disbelief, disbelieved = _DISBELIEF.search(words), _DISBELIEVED.search(words)
    if not (denies or untrue or called or disbelief or disbelieved or one.report.rule in WORDLESS):
        return None  # as nearly all
    claims = [other for other in read if _may_claim(other, one)]
    before = [other for other in claims if other.report.span.end <= one.report.span.start + 1]
    if one.report.rule == "attached denial":
        here = [
            other for other in before if other.report.sentence.start < one.report.span.end <= other.report.sentence.end
        ]
        return last(here or _close(before, one, _AT_ONCE))
    if one.report.rule == "announced denial":
        whom = _WHOM.match(cue)
        return _nearest(
            [x for x in _close(before, one, _AT_ONCE) if whom is None or _bears(x, whom["whom"])], one, read
        )
    if denies and _OF_WORDS.match(words):
        return None
    brief = len(words.split()) <= _BRIEF
    pointing = called or (untrue and _POINTED.match(words)) or (denies and _POINTS.match(words))
    if (brief and pointing) or disbelief:
        return _nearest(_close(before, one, _AT_ONCE), one, read) or _accusing(one, claims)
    if disbelieved:
        return _on_the_matter(one, before, read) or _accusing(one, claims)
    if not (denies or untrue):
        return None
    # Of one side only what is pointed at is denied for sure: colleagues speak of the same matters all day.
    before = [other for other in before if not other.one_side(one)]
    claims = [other for other in claims if not other.one_side(one)]
    if denies and _GUILT.match(words):
        return _nearest(_blaming(before, one), one, read)
    if _CLAIM.search(words) or (denies and _LINE.search(words)):
        found = _of_claims(one, words, before, claims, read)
        if found is not None or any(other.named_in(words) for other in before):
            return found
    if (denies and one.report.act == "deny") or (untrue and _CLAIM.search(words)):
        return _on_the_matter(one, before, read)
    return None


def _of_claims(one: Read, words: str, before: list[Read], claims: list[Read], read: Sequence[Read]) -> Read | None:
    """Of "Orlo's claim that …", "the allegations": what he said before, the claim inside, or what was blamed."""
    named = [other for other in _close(before, one, _NEAR) if other.named_in(words)]
    told = [other for other in named if other.shared(one) or _bare(words)]
    if told:
        return max(told, key=lambda other: (other.shared(one), other.report.span.end))
    inside = [other for other in read if other.within(one) and other.voice and not other.one_voice(one)]
    if inside:
        return inside[0]
    behind = [other for other in claims if 0 < other.report.span.start - one.report.span.end <= _NEAR]
    found = _CLAIM.search(words) or _LINE.search(words)
    whose = words[: found.end()] if found else ""
    told_below = [other for other in behind if other.named_in(whose) and other.shared(one)]
    said = roots(words) - roots(_OWNER.split(words, maxsplit=1)[0])  # "the Ostravan minister's line that …"
    quoted = max(told_below, key=lambda other: len(other.matter & said) / len(other.matter), default=None)
    if quoted is not None and not named:  # news that opens with the denial tells below what is denied
        return quoted
    the_claim = bool(_THE_CLAIM.match(words))
    if named or not (the_claim or _bare(words)):
        return None
    return (
        _nearest(_blaming(before, one), one, read)
        or (_nearest(_close(before, one, _AT_ONCE), one, read) if the_claim else None)
        or next((x for x in behind if x.placed and x.report.act == "accuse" and one.named_in(x.said.quote)), None)
    )


def _on_the_matter(one: Read, before: list[Read], read: Sequence[Read]) -> Read | None:
    """The claim that has the words of "denied that …"."""
    near = [other for other in _close(before, one, _NEAR) if other.shared(one) >= _SHARED]
    if near:
        return max(near, key=lambda other: (other.shared(one), other.report.span.end))
    at_once = _nearest(_close(before, one, _AT_ONCE), one, read)
    return at_once if at_once and at_once.shared(one) and one.named_in(at_once.said.quote) else None


def _accusing(one: Read, claims: Sequence[Read]) -> Read | None:
    """The accusation behind, of the same matter: news that opens with the denial tells below what is denied."""
    about = one.matter | roots(one.said.content)
    behind = [other for other in claims if 0 < other.report.span.start - one.report.span.end <= _NEAR]
    return next((x for x in behind if x.placed and x.report.act == "accuse" and len(x.matter & about) >= _SHARED), None)


def _may_claim(other: Read, one: Read) -> bool:
    """Whether `other` asserts something, and it is not the one who denies that does."""
    if other is one or other.voice is None or other.report.recalled or other.within(one):
        return False
    if one.voice is None or other.one_voice(one):
        return False
    return not other.report.negated and other.report.act not in _NOT_CLAIMS


def _close(claims: Sequence[Read], one: Read, reach: int) -> list[Read]:
    return [other for other in claims if one.report.span.start - other.report.span.end <= reach]


def _blaming(before: Sequence[Read], one: Read) -> list[Read]:
    return [x for x in _close(before, one, _NEAR) if x.report.act == "accuse" or one.named_in(x.said.quote)]


def _nearest(claims: Sequence[Read], one: Read, read: Sequence[Read]) -> Read | None:
    """The last by somebody of whom more is known than a name, unless a third one has spoken since."""
    found = last([other for other in claims if other.placed])
    if found is None:
        return None
    since = [x for x in read if x.placed and found.report.span.end <= x.report.span.start < one.report.span.start]
    return found if all(x.one_voice(found) or x.one_voice(one) for x in since) else None


def _bears(other: Read, whom: str) -> bool:
    """Whether a name is that of who spoke elsewhere; "his minister" may be anybody."""
    return other.voice is not None and any(word[:1].isupper() and word in other.voice.name for word in whom.split())


def _bare(words: str) -> bool:
    """Whether a denial has no matter of its own: "all allegations", "these claims are groundless"."""
    return len(roots(_UNTRUE.sub("", _CLAIM.sub("", _FILLING.sub("", words))))) <= 1
