"""Which statement of its article another one denies or gives up, where the article itself says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.model import RECALLED, Party, Statement, Told
from bot.statements.report import Report
from bot.statements.telling.denials import CLAIMS, UNTRUE
from bot.statements.text.page import Page

_WORDLESS: Final = ("attached denial", "announced denial")
_BEHIND: Final = 120  # characters between "X denied it" and the words by which X does
_AT_ONCE: Final = 400  # characters between a claim and the denial that only points at it
_NEAR: Final = 1200  # and the denial that says what is denied or who claimed it
_BRIEF: Final = 9  # words: "That is simply not true"
_SHARED: Final = 2  # words that carry the matter
_DENIES: Final = re.compile(
    r"(?:\w+ )*?(?:den[iy]|reject|disput|dismiss|refut|rebut|contest|contradict|brush|push\w* back|rubbish|debunk)",
    re.IGNORECASE,
)
_TURNED_ON: Final = re.compile(r"(?:\w+ )*?(?:condemn|denounc|slam|blast|critici[sz]|decr|call|describ|label|brand)", re.I)
_UNTRUE: Final = re.compile(
    rf"\b(?:{UNTRUE}|not true|never true|no truth|not the case|never happened|never took place|no basis|"
    rf"nothing (?:of the (?:kind|sort)|like that)|(?:is|was|are|were)n't true|wrong)\b",
    re.IGNORECASE,
)
_CLAIM: Final = re.compile(rf"\b(?:{CLAIMS}|reports?)\b", re.IGNORECASE)
_POINTS: Final = re.compile(r"\W*(?:(?:that|this|it)\b|doing so|having done so|any such)", re.I)
_GUILT: Final = re.compile(r"\W*(?:any |all )?(?:involvement|wrongdoing|responsibility|guilt|link)\b", re.IGNORECASE)
_POINTED: Final = re.compile(r"\W*(?:that|this|it|these|those)(?:'s|'re| is| was| are| were)\b", re.IGNORECASE)
_HIM: Final = re.compile(r"(?:him|her|them|it)\b(?! was| is|self)", re.IGNORECASE)
_THE_CLAIM: Final = re.compile(rf"(?:the|this|that|such an?) (?:{CLAIMS})(?:\W*$| (?:from|on|in|at|as)\b)", re.I)
_WHOM: Final = re.compile(r"(?:contradict|correct)\w* (?!(?:him|her|them|it|this|that)$)(?P<whom>.+)", re.IGNORECASE)
_ELSE: Final = re.compile(r"[”\"]? but (?=[A-Z])|; ")  # another clause, of somebody else
_WORD: Final = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*")
_COMMON: Final = frozenset(
    "that this these those with from have been were will would could should about after before which while their there "
    "they them then than what when where whom whose some such said says also only over under into being more most "
    "other any all claim claims allegation allegations accusation accusations charge charges report reports "
    "suggestion suggestions false untrue unfounded baseless groundless repeated earlier recent against according "
    "denied denies rejected dismissed country countries government official officials minister president".split()
)
# Words by which a narrator sets what somebody says off against what the same person said before.
_SET_OFF: Final = re.compile(
    r"(?:(?:hours|days|weeks|months|years|an? (?:hour|day|week|month|year)) after (?:\w+ )?(?:had )?"
    r"(?:(?:previously|earlier|first|initially|publicly|repeatedly) )?|"
    r"after (?:(?:previously|earlier|initially|originally|long|repeatedly) |(?:months|weeks|years|days) of )|"
    r"despite (?:having )?(?:previously |earlier |repeatedly |once )?(?:(?:his|her|its|their) (?:\w+ ){0,2})?|"
    r"having (?:previously|earlier|initially|once|originally|long|repeatedly) |"
    r"(?:al)?though (?:(?:previously|earlier|initially|until recently),? )?(?:[\w.'-]+ ){1,4}?had (?:\w+ly )?|"
    r"(?:who|which) had (?:previously|earlier|initially|originally|once|long|until recently) |"
    r"(?:who|which) (?:previously|earlier|initially|originally|once) (?:had )?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A report and the statement that came of it."""

    report: Report
    said: Statement

    @property
    def voice(self) -> Party | None:
        return self.said.party or self.said.holder


def relate(page: Page, reports: Sequence[Report], said: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements in their order, those that answer or give up another one told so, and what is recalled marked."""
    read = [_Read(report, _marked(report, one)) for report, one in zip(reports, said, strict=True)]
    related = [_related(page, at, read) for at in range(len(read))]
    for at, one in enumerate(read):
        if _wordless(one) and (told := related[at].told):
            behind = _goes_on(one, read)
            if behind is not None and related[behind].told is None:
                related[behind] = replace(related[behind], told=told)
            if behind is not None or one.report.rule == "announced denial":
                related[at] = replace(related[at], told=None)
    return tuple(related)


def _goes_on(denial: _Read, read: Sequence[_Read]) -> int | None:
    """The words of the one who denies, right behind "X denied it": they are the answer."""
    for at, x in enumerate(read):
        if x is not denial and 0 <= x.report.span.start - denial.report.span.end <= _BEHIND:
            same = x.voice is not None and denial.voice is not None and x.voice.same(denial.voice)
            return at if same and not _wordless(x) else None
    return None


def _wordless(one: _Read) -> bool:
    """Whether a denial says nothing by itself: "Orlo contradicted him"."""
    return one.report.rule in _WORDLESS or bool(_HIM.match(one.said.quote))


def _marked(report: Report, one: Statement) -> Statement:
    return replace(one, caveats=(RECALLED, *one.caveats)) if report.recalled else one


def _related(page: Page, at: int, read: Sequence[_Read]) -> Statement:
    one = read[at]
    if one.voice is None:
        return one.said
    if one.report.rule == "echoed position":
        return _echoed(one, read)
    earlier = _given_up(page, at, read)
    if earlier is not None:
        return replace(one.said, told=Told(how="turned", words=_words(page, one, earlier), of=earlier.said.quote))
    claim = _denied(page, at, read)
    if claim is None:
        return one.said
    told = Told(how="denied", words=one.report.cue or "", of=claim.said.quote)
    if one.report.rule not in _WORDLESS:
        return replace(one.said, told=told)
    return replace(one.said, told=told, content=claim.said.content)


def _echoed(one: _Read, read: Sequence[_Read]) -> Statement:
    """What "although X had called for this" says: the opposite of what stands before it in the sentence."""
    main = _main(one, read)
    if main is None:
        return one.said
    negated = not main.said.negated
    said = replace(one.said, content=main.said.content, negated=negated)
    return said if _one(main, one) else replace(said, told=Told(how="denied", words=one.report.cue or "", of=main.said.quote))


def _main(echo: _Read, read: Sequence[_Read]) -> _Read | None:
    """The statement that a clause without words of its own is set off against: the nearest before it in its sentence."""
    here = [
        x for x in read
        if x is not echo and x.voice and x.report.sentence.start <= echo.report.span.start <= x.report.sentence.end
        and x.report.span.start < echo.report.span.start and not x.report.recalled
    ]  # fmt: skip
    return max(here, key=lambda x: (x.report.span.end, -x.report.span.start), default=None)


# -- denials --------------------------------------------------------------------------------------------------------


def _denied(page: Page, at: int, read: Sequence[_Read]) -> _Read | None:
    """The claim that a statement denies: the one it hangs on, names, points at or repeats; the nearest of these."""
    one = read[at]
    words = _ELSE.split(one.said.quote, maxsplit=1)[0]
    cue = one.report.cue or ""
    before = [other for other in read if other is not one and _claims(other, one)]
    if one.report.rule == "attached denial":
        here = [x for x in before if x.report.sentence.start < one.report.span.end and x.report.span.end <= one.report.span.start + 1]
        return max(here or _close(before, one, _AT_ONCE), key=lambda x: (x.report.span.end, -x.report.span.start), default=None)
    if one.report.rule == "announced denial":
        whom = _WHOM.match(cue)
        near = [x for x in _close(before, one, _AT_ONCE) if whom is None or _is(x, whom["whom"])]
        return _nearest(near, one, read)
    denies = bool(_DENIES.match(cue)) and (one.report.negated or one.report.act in {"deny", "reject"})
    denies = denies and not re.search(r"\bnot?\b|n't\b|refus|declin", cue)
    untrue = bool(_UNTRUE.search(words))
    claim = bool(_CLAIM.search(words))
    if untrue and len(words.split()) <= _BRIEF and _POINTED.match(words):
        return _nearest(_close(before, one, _AT_ONCE), one, read)
    if denies and (_POINTS.match(words) or _HIM.match(words)) and len(words.split()) <= _BRIEF:
        return _nearest(_close(before, one, _AT_ONCE), one, read)
    if denies and _GUILT.match(words):
        of = [x for x in _close(before, one, _NEAR) if x.report.act == "accuse" or _names(x.said, one)]
        return _nearest(of, one, read)
    turned_on = untrue and bool(_TURNED_ON.match(cue))
    if not (denies or untrue or turned_on):
        return None
    inside = [x for x in read if x is not one and _within(x, one) and x.voice and not _one(x, one)]
    named = [x for x in _close(before, one, _NEAR) if _names(one.said, x)]
    if claim and (denies or untrue):
        told = [x for x in named if _matter(x, one) >= 1 or _bare(words)]
        if told:
            return max(told, key=lambda x: (_matter(x, one), x.report.span.end))
        if inside:
            return inside[0]
        if named:
            return None
        if _bare(words):
            of = [x for x in _close(before, one, _NEAR) if x.report.act == "accuse" or _names(x.said, one)]
            return _nearest(of, one, read)
        if _THE_CLAIM.match(words):
            return _nearest(_close(before, one, _AT_ONCE), one, read)
    matter = [x for x in _close(before, one, _NEAR) if _matter(x, one) >= _SHARED]
    if not matter and denies and one.report.act == "deny":
        last = _nearest(_close(before, one, _AT_ONCE), one, read)
        matter = [last] if last and _matter(last, one) and _names(last.said, one) else []
    if (denies and one.report.act == "deny") or (untrue and claim):
        return max(matter, key=lambda x: (_matter(x, one), x.report.span.end), default=None)
    return None


def _claims(other: _Read, one: _Read) -> bool:
    """Whether `other` is another's assertion that stands before `one`, and itself no denial."""
    if other.voice is None or other.report.span.end > one.report.span.start + 1 or other.report.recalled:
        return False
    if one.voice is not None and _one(other, one):
        return False
    if other.report.negated or other.report.act in {"no_comment", "ask", "deny", "reject", "demand"}:
        return False
    return not _within(other, one)


def _close(claims: Sequence[_Read], one: _Read, reach: int) -> list[_Read]:
    return [x for x in claims if one.report.span.start - x.report.span.end <= reach]


def _nearest(claims: Sequence[_Read], one: _Read, read: Sequence[_Read]) -> _Read | None:
    """The last of them by somebody of whom more is known than a name, unless a third one has spoken since."""
    somebody = [x for x in claims if _placed(x)]
    last = max(somebody, key=lambda x: (x.report.span.end, -x.report.span.start), default=None)
    if last is None:
        return None
    between = [
        x for x in read
        if _placed(x) and last.report.span.end <= x.report.span.start < one.report.span.start and not _one(x, last) and not _one(x, one)
    ]  # fmt: skip
    return None if between else last


def _placed(x: _Read) -> bool:
    """Whether it is known of whom somebody speaks: an official, of a side, in a role."""
    return x.voice is not None and bool(x.voice.official or x.voice.side or x.voice.role)


def _within(inner: _Read, outer: _Read) -> bool:
    a, b = inner.report.span, outer.report.span
    return b.start <= a.start and a.end <= b.end and (a.start, a.end) != (b.start, b.end)


def _one(a: _Read, b: _Read) -> bool:
    """Whether one voice speaks, or a person and the body whose voice the person is."""
    left, right = a.voice, b.voice
    return bool(left and right and (left.same(right) or (left.side and left.side == right.side)))


def _names(said: Statement, other: _Read) -> bool:
    """Whether the words, or the question before them, name who spoke elsewhere."""
    party = other.voice
    if party is None:
        return False
    written = other.said.speaker.as_written if other.said.speaker else ""
    forms = {party.name, party.name.split()[-1], written}
    around = said.quote
    return any(len(form) > 3 and re.search(rf"\b{re.escape(form)}\b", around) for form in forms if form[:1].isupper())


def _is(other: _Read, whom: str) -> bool:
    """Whether a name is that of who spoke elsewhere; "his minister" may be anybody."""
    return other.voice is not None and any(word[:1].isupper() and word in other.voice.name for word in whom.split())


def _matter(a: _Read, b: _Read) -> int:
    """How many words that carry a matter both have."""
    names = {form for party in (a.voice, b.voice) if party for form in _roots(party.name)}
    words = a.said.content.partition(" [about: ")[0]
    return len((_roots(words) & _roots(b.said.quote)) - names)


def _roots(text: str) -> set[str]:
    return {word[:6] for word in (found.casefold() for found in _WORD.findall(text)) if word not in _COMMON}


def _bare(words: str) -> bool:
    """Whether a denial has no matter of its own: "all allegations", "these claims are groundless"."""
    return len(_roots(_UNTRUE.sub("", _CLAIM.sub("", words)))) <= 1


# -- positions given up ----------------------------------------------------------------------------------------------


def _given_up(page: Page, at: int, read: Sequence[_Read]) -> _Read | None:
    """The earlier position of the same voice that the sentence says a statement gives up, or sets it off against."""
    one = read[at]
    if one.report.recalled:
        return None
    near = [x for x in read[max(0, at - 6) : at + 7] if x is not one and x.report.sentence.start == one.report.sentence.start]
    for other in near:
        if other.report.rule == "echoed position" and _one(other, one) and _main(other, read) is one:
            return other
    for other in near:
        if other.report.recalled and other.report.rule == "recalled position":
            dropped = _within(other, one)
            until = one.report.span.start > other.report.span.end and _one(other, one) and one.report.rule != "recalled position"
            if dropped or (until and not any(_within(other, x) for x in near)):
                return other
    for other in near:
        if other.voice and one.voice and other.voice.same(one.voice) and _set_off(page, other):
            if _set_off(page, one) or other.report.span.start == one.report.span.start:
                continue
            if _set_off(page, other) == "loosely" and not _matter(other, one):
                continue
            return other
    return None


def _set_off(page: Page, other: _Read) -> str:
    """How the narrator says that these words came before, and that it is no matter of course to say both; "": not."""
    cue = other.report.cue_span
    if cue is None:
        return ""
    found = _SET_OFF.search(page.view[other.report.sentence.start : cue.start])
    if found is None:
        return ""
    return "loosely" if found.group().lower().startswith(("who", "which")) else "plainly"


def _words(page: Page, one: _Read, earlier: _Read) -> str:
    cue = one.report.cue or ""
    if _within(earlier, one):
        return cue
    found = earlier.report.cue_span
    lead = _SET_OFF.search(page.view[earlier.report.sentence.start : found.start]) if found else None
    return f"{lead.group().strip()} {earlier.report.cue}".strip() if lead else "had … until"
