"""The verb group of a cue: its auxiliaries, the verb that carries it ("declined to say"), and whether it is negated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.statements.cues import lexicon
from bot.statements.cues.phrases import is_adverb, skip_time_back
from bot.statements.text.sentences import Token
from bot.statements.text.words import AUXILIARIES, DO, HAVE, MODALS, NEGATORS, PREPOSITIONS, TIME_UNITS, words

# What a phrase between auxiliary and verb ends with: "has in the past said", "have on several occasions warned".
_SPANS = TIME_UNITS | words("past occasion occasions times turn part far minutes")
_LONGEST_SPAN = 6
# Auxiliaries that an aside may stand behind; "was in the past accused" is no one's saying.
_TAKES_ASIDE = HAVE | DO | MODALS
_HALTING = words("stopped stops stop stopping")
_AVOIDING = words("avoid avoids avoided avoiding")
_SPEAKING = words(
    "saying commenting answering responding confirming specifying disclosing revealing discussing mentioning stating"
)


class Carrier(NamedTuple):
    """The verb before an infinitive of saying: where its group begins, whether it refuses."""

    group: int
    refusing: bool


def start(tokens: Sequence[Token], verb: int) -> int:
    """Where the verb group that ends at `verb` begins: auxiliaries, adverbs and negations before it belong to it."""
    at = verb
    while at > 0:
        token = tokens[at - 1]
        inside = token.kind == "word" and (token.low in AUXILIARIES or is_adverb(token)) and token.low != "'s"
        if inside and token.low != "without" and (not token.capital or at == 1 or token.low in NEGATORS):
            at -= 1
        elif at == verb and (before := _before_aside(tokens, at)) is not None:
            at = before
        else:
            break
    if at > 1 and tokens[at - 1].low == "longer" and tokens[at - 2].low == "no":
        at -= 2
    return at


def _before_aside(tokens: Sequence[Token], at: int) -> int | None:
    """The token behind the auxiliary that a phrase of time keeps from its verb: "has in the past said"."""
    if at > 1 and tokens[at - 1].low == "since" and tokens[at - 2].low in HAVE:
        return at - 1
    if at == 0 or tokens[at - 1].low not in _SPANS:
        return None
    for k in range(at - 2, max(0, at - _LONGEST_SPAN), -1):
        if tokens[k].kind == "mark":
            break
        if tokens[k].low in PREPOSITIONS and tokens[k - 1].low in _TAKES_ASIDE:
            return k
    return None


def carrier(tokens: Sequence[Token], group: int) -> Carrier | None:
    """For "declined on Tuesday to say", "avoided saying": what carries the verb whose group begins there."""
    if group < 2:
        return None
    if tokens[group - 1].low == "of" and tokens[group - 2].low == "short" and tokens[group - 3].low in _HALTING:
        return Carrier(start(tokens, group - 3), refusing=True)
    if tokens[group - 1].low in _AVOIDING and tokens[group].low in _SPEAKING:
        return Carrier(start(tokens, group - 1), refusing=True)
    if tokens[group - 1].low != "to":
        return None
    at = skip_time_back(tokens, group - 2)
    if tokens[at].low == "on" and at > 0:
        at -= 1
    if tokens[at].low in lexicon.REFUSING:
        return Carrier(start(tokens, at), refusing=True)
    if tokens[at].low in lexicon.CARRYING:
        return Carrier(start(tokens, at), refusing=False)
    return None
