"""Idioms by which a narrator tells a stand: "gave her backing to the cap", "is opposed to the cap"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import groups, phrases, subjects
from bot.statements.cues.hits import Hit
from bot.statements.cues.lexicon import Cue
from bot.statements.cues.phrases import Phrase
from bot.statements.report import Act
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    BE,
    COORDINATORS,
    DETERMINERS,
    NEGATORS,
    OBJECT_PRONOUNS,
    PERSON_PRONOUNS,
    POSSESSIVES,
    words,
)

_BE = BE | words("remain remains remained stay stays stayed")
_ASSENT = words("backing blessing support approval assent endorsement consent")
_WEIGHT = words("weight support backing")
_FOR = words("for from")
_FAVOUR = words("favour favor")
# A verb, and what must stand behind it before the object: words of which each place has some.
_IDIOMS: tuple[tuple[Act, frozenset[str], tuple[frozenset[str], ...]], ...] = (
    ("accept", words("give gives gave given"), (POSSESSIVES, _ASSENT, words("to for"))),
    ("accept", words("throw throws threw thrown"), (POSSESSIVES, _WEIGHT, words("behind"))),
    ("accept", words("come comes came"), (words("out"), words("in"), _FAVOUR, words("of"))),
    ("accept", words("sign signs signed"), (words("off"), words("on"))),
    ("accept", words("champion champions championed"), ()),
    ("accept", _BE, (words("committed"), words("to"))),
    ("accept", _BE, (words("supportive"), words("of"))),
    ("accept", _BE, (words("in"), _FAVOUR, words("of"))),
    ("reject", words("pour pours poured"), (words("cold"), words("water"), words("on"))),
    ("reject", words("withdraw withdraws withdrew withdrawn"), (POSSESSIVES, words("support backing"), _FOR)),
    ("reject", words("resist resists resisted"), ()),
    ("reject", _BE, (words("opposed"), words("to"))),
    ("reject", _BE, (words("critical"), words("of"))),
)
_FIRST = frozenset[str]().union(*(first for _, first, _ in _IDIOMS))
_BODIES = words("government ministry administration parliament council committee coalition opposition union president")


def find(tokens: Sequence[Token]) -> list[Hit]:
    """The stands that a sentence tells by an idiom of somebody who is named, in order.

    To be asked about sentences in which nobody says anything: "Norrland is opposed to it, Velden said" is Velden's.
    """
    found = []
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.low in _FIRST and at and (hit := _read(tokens, at)):
            found.append(hit)
    return found


def _read(tokens: Sequence[Token], at: int) -> Hit | None:
    for act, firsts, rest in _IDIOMS:
        form = tokens[at].low
        last = _behind(tokens, at, rest) if form in firsts else None
        if last is None or last >= len(tokens) or not _object(tokens[last], bare=not rest):
            continue
        group = groups.start(tokens, at)
        inside = {token.low for token in tokens[group:at]}
        if group == 0 or tokens[group - 1].low == "to" or (inside & BE and tokens[at].low not in _BE):
            return None
        speaker = subjects.before(tokens, group)
        if speaker is None or not _somebody(tokens, speaker):
            return None
        cue = Cue(lemma=tokens[at].low, act=act, frames=frozenset({"object"}))
        denied = inside | {token.low for token in tokens[at:last]}
        return Hit(
            cue=cue,
            form="past",
            group=group,
            verb=at,
            cue_last=last,
            last=last,
            speaker=speaker,
            lead=speaker.lead,
            negated=bool(denied & NEGATORS),
        )
    return None


def _behind(tokens: Sequence[Token], at: int, rest: Sequence[frozenset[str]]) -> int | None:
    """The token behind an idiom, adverbs within it passed over; None where it is none."""
    place = at + 1
    for wanted in rest:
        while place < len(tokens) and (phrases.is_adverb(tokens[place]) or tokens[place].low in NEGATORS):
            place += 1
        if place >= len(tokens) or tokens[place].low not in wanted:
            return None
        place += 1
    return place


def _object(token: Token, *, bare: bool) -> bool:
    """Whether what a stand is taken on may begin here; a bare verb needs a noun phrase that says so."""
    if token.kind != "word" or token.low in COORDINATORS or token.low in OBJECT_PRONOUNS:
        return False
    return not bare or token.low in DETERMINERS or token.low in POSSESSIVES


def _somebody(tokens: Sequence[Token], speaker: Phrase) -> bool:
    """Whether the subject is one who takes stands: a name, a body, "she"."""
    head = tokens[speaker.last - 1]
    return head.capital or head.low in _BODIES or head.low in PERSON_PRONOUNS - {"it", "you", "who", "i", "we"}
