"""The stance of a statement: what its content takes, and what the cue makes of that ("rejected the plan to …")."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.positions.acting import LOOKS_INTO
from bot.positions.clauses import clauses
from bot.positions.stance import DENIED, EVALUATION, EXPLICIT, OPEN, PLAIN, Reading, read
from bot.positions.subjects import OWN, actors
from bot.positions.words import words
from bot.untruth import CLAIMS, DENY, TURN_DOWN, UNTRUE

if TYPE_CHECKING:
    from bot.model import Statement
    from bot.positions.gazetteer import Gazetteer
    from bot.positions.topics import Issue

# Verbs whose object is refused, whatever it says.
_REFUSES: Final = ("reject", "oppose", "refus", "dismiss", "rebuff", "rule", "ruling")
_OBJECT: Final = "cue + object"  # the rule of reading whose content is what the verb acts on
_ACTS_ON: Final = (" to", " at", " against", " on", " for", " about", " over", " from")  # as that of “objected to” is
# What is called for or welcomed and takes no side on what it is about: “called for calm over the strike”.
_SETTLES_NOTHING: Final = re.compile(
    r"\W*(?:(?:(?:the|an?|more|further|greater|his|her|its|their|such|full|public|independent)|[\w’']+[’']s?) ){0,3}"
    r"(?:caution|calm|restraint|patience|vigilance|clarity|details?|answers|debate|discussions?|review|inquiry|"
    r"investigation|probe|study|report|critics|opponents|sceptics|skeptics)\b|"
    rf"\W*to (?:{'|'.join(sorted(LOOKS_INTO))})\b",
    re.IGNORECASE,
)
# What a verb with an object says of it where no phrase of the lexicon does: a demand, a doubt, an idea put about.
_WANTS: Final = re.compile(r"\b(?:demand|propos|favou?r(?:s|ed|ing)?$)", re.IGNORECASE)
_DOUBTS: Final = re.compile(r"\b(?:question(?:s|ed|ing)?$|play(?:s|ed|ing)? down|downplay)", re.IGNORECASE)
_TRIES: Final = re.compile(r"\b(?:float(?:s|ed|ing)?$|hint|(?:left|leav\w+) open)", re.IGNORECASE)
_BINDS: Final = re.compile(r"\b(?:commit|endors|promis|pledg|guarantee)", re.IGNORECASE)  # denied, it leaves all open
# What the speaker said before and says once more: “repeated his demand for a vote”.
_KEEPS: Final = re.compile(
    r"\b(?:repeat|reiterat|renew|restat|reaffirm|stand|stood|defend|stick|stuck|doubl)", re.IGNORECASE
)
_OWN_WISH: Final = re.compile(
    r"\W*(?:his|her|its|their|the) (?:[\w-]+ ){0,2}?"
    r"(?:calls?|demands?|pleas?|appeals?|plans?|push) (?:for|to|that)\b",
    re.IGNORECASE,
)
_REFUSAL: Final = re.compile(  # “condemned Norrland's refusal to …”: the noun turns what it names
    r"\W*(?:[\w’'-]+ ){0,4}?(?:(?:opposition|refusal|rejection|resistance|reluctance|unwillingness) (?:to|of)|"
    r"(?:criticisms?|complaints?|objections?) (?:to|of|about|over|against)|"
    r"(?:fears?|concerns?|worries|anxiety|anxieties|misgivings) (?:about|over))\b",
    re.IGNORECASE,
)
_FEARS: Final = re.compile(  # “dismissed fears of a strike”: nobody wants it
    r"\W*(?:[\w’'-]+ ){0,4}?(?:fears?|worries|anxiety|anxieties|alarm|concerns?) (?:of|that)\b", re.IGNORECASE
)
_ASKS: Final = re.compile(r"\W*(?:whether|how|why|when|where|who|what|which|if)\b", re.IGNORECASE)
_SHORT_OF: Final = re.compile(r"\bshort of\b", re.IGNORECASE)
_REPENTS: Final = re.compile(r"\bapologi[sz]", re.IGNORECASE)
_REPORTS: Final = re.compile(
    rf"\W*(?:the |any |all |these |those )?(?:{CLAIMS}|reports?) that (?P<said>.+) (?:is|are|was|were) {UNTRUE}\W*$",
    re.IGNORECASE,
)
_DRAWN: Final = re.compile(r"\bdrawn (?:on|into|about)\b", re.IGNORECASE)
_DECLINES: Final = re.compile(r"\b(?:declin|refus)", re.IGNORECASE)
_TO_SAY: Final = re.compile(
    r"\W*to (?:say|comment|discuss|answer|speculate|guess|elaborate|confirm|disclose|reveal|specify|respond|"
    r"talk|speak)\b",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(rf"\b(?:{DENY}|{TURN_DOWN}|accept|agree|support|back|welcom|endors)", re.IGNORECASE)
# Somebody of whom a clause tells what they did: praised or blamed are they, and not what the clause names.
_SOMEBODY: Final = re.compile(
    r"\W*(?:that )?(?:the|an?|his|her|its|our|their|any|every) "
    r"(?:(?!(?:of|by|from|in|on|at|for|to|with|against|about|over)\b)[\w’'-]+ ){1,4}?(?:who|whom|whose)\b",
    re.IGNORECASE,
)


def stance(statement: Statement, text: str, issue: Issue, gazetteer: Gazetteer) -> Reading:
    """The stance of a statement, whose own words are `text`, on an issue."""
    reading = _stance(statement, text, issue, gazetteer)
    if reading.stance in {"for", "against"} and reading.strength > PLAIN and _SOMEBODY.match(text):
        return replace(reading, strength=PLAIN)  # “the minister who signed the treaty is a disgrace”
    return reading


def _stance(statement: Statement, text: str, issue: Issue, gazetteer: Gazetteer) -> Reading:
    flipped = statement.negated
    own = [party for party in (statement.party, statement.holder) if party]
    named = actors(text, gazetteer, own)
    cue = statement.cue or ""
    ruling = [op for part in clauses(cue) for op in part.operators]
    if any(op.kind == "silent" for op in ruling):  # "declined to say", "refused to confirm"
        return Reading(stance="no_comment", strength=EXPLICIT, operators=(cue,))
    if flipped and (_DRAWN.search(cue) or (_DECLINES.search(cue) and _TO_SAY.match(text))):
        return Reading(stance="no_comment", strength=EXPLICIT, operators=(cue,))  # "declined to be drawn on"
    if flipped and any(op.kind == "reject" for op in ruling) and read(cue).stance in {"for", "open"}:
        return Reading(stance="open", strength=OPEN, operators=(cue,))  # "refused to rule out", "did not deny"
    if flipped and _ASKS.match(text) and not _DENIES.search(cue):
        return Reading(stance="no_comment", strength=EXPLICIT, operators=(cue,))  # "could not predict whether …"
    if flipped and _SHORT_OF.search(cue) and any(op.kind in {"accept", "reject"} for op in ruling):
        return Reading(stance="open", strength=DENIED, operators=(cue,))  # "stopped short of condemning it"
    if flipped and _BINDS.search(cue):
        return Reading(stance="open", strength=DENIED, operators=(cue,))
    said = _REPORTS.match(text)
    if said and not flipped:  # "reports that she opposed it were false"
        within = frozenset(place - said.start("said") for place in issue.focus)
        return read(said["said"], within, extra=issue.extra, flipped=True, named=actors(said["said"], gazetteer, own))
    turned = flipped and _REFUSAL.match(text) is not None  # "took back her criticism of it"
    reading = read(text, issue.focus, extra=issue.extra, flipped=flipped and not turned, named=named)
    if _REPENTS.search(cue) and reading.stance in {"for", "against"}:
        return replace(reading, stance="for" if flipped else "against", strength=DENIED, operators=(cue,))
    if reading.stance in {"no_comment", "none"} or flipped or not statement.cue:
        return reading
    acts = statement.rule == _OBJECT or cue.endswith(_ACTS_ON)
    if acts and _KEEPS.match(cue) and _OWN_WISH.match(text) and reading.stance == "for":
        return replace(reading, strength=max(EVALUATION, reading.strength), operators=(cue, *reading.operators))
    if acts and not ruling and reading.stance in {"for", "against"} and reading.strength < EVALUATION:
        return _of_object(cue, reading)
    # An indirect statement may carry its stance in the cue: "rejected the deployment", "welcomed the vote".
    if not ruling or ruling[0].text in " ".join(word.form for word in words(statement.quote)):
        return reading
    kind = ruling[0].kind
    if acts and kind == "open":
        return replace(reading, stance="open", strength=OPEN, operators=(cue,))
    if acts and _FEARS.match(text):
        return replace(reading, strength=min(reading.strength, PLAIN))
    turned = acts and reading.whose == OWN and bool(_REFUSAL.match(text))
    if kind == "reject" and (
        reading.strength < OPEN
        or ruling[0].text.startswith(_REFUSES)
        or (acts and reading.whose == OWN and (turned or reading.stance != "against"))
    ):
        if turned and reading.stance != "against":  # refused by somebody else, so no word of the content turned it
            return replace(reading, strength=max(EVALUATION, reading.strength))
        return read(text, issue.focus, extra=issue.extra, flipped=True, named=named)
    if kind == "accept" and _SETTLES_NOTHING.match(text):
        return replace(reading, strength=min(reading.strength, PLAIN))
    if kind == "accept" and turned and reading.stance == "for":
        return read(text, issue.focus, extra=issue.extra, flipped=True, named=named)
    if kind == "accept" and PLAIN <= reading.strength < EVALUATION and reading.stance in {"for", "against"}:
        return replace(reading, strength=EVALUATION, operators=(cue, *reading.operators))
    return reading


def _of_object(cue: str, reading: Reading) -> Reading:
    """What a verb that the lexicon does not know makes of its object, which no word of its own judges."""
    operators = (cue, *reading.operators)
    if _WANTS.search(cue):
        return replace(reading, strength=EVALUATION, operators=operators)
    if _DOUBTS.search(cue) and reading.stance == "for":
        return replace(reading, stance="against", strength=DENIED, operators=operators)
    if _TRIES.search(cue):
        return replace(reading, stance="open", strength=OPEN, operators=operators)
    return reading
