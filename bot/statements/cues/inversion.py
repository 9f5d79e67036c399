"""The subject behind its verb of saying: '"…," said X'."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import lexicon, phrases, subjects
from bot.statements.cues.phrases import DASHES, Phrase
from bot.statements.text.sentences import Token
from bot.statements.text.words import WH_WORDS, words

_BEHIND_PEOPLE = words("familiar briefed")  # "said three men briefed on the plan"
_BEHIND_INVERTED = words("who in on at during after of to for with")


def subject(tokens: Sequence[Token], at: int, last: int, group: int) -> Phrase | None:
    """The subject behind the verb, as in '"…," said X'."""
    if group != at or last >= len(tokens):
        return None
    previous = tokens[at - 1]
    quoted = previous.kind == "quote"
    if tokens[at].low not in lexicon.INVERTED and not quoted:
        return None
    if (
        not quoted
        and previous.text not in {",", "?", "!"}
        and previous.text not in DASHES
        and previous.low not in {"so", "as"}
    ):
        return None
    if previous.text == "," and subjects.apposed(tokens, group - 1):
        return None
    first = tokens[last]
    if first.kind not in {"word", "number"} or first.low in WH_WORDS | {"that"}:
        return None
    phrase = phrases.after(tokens, last)
    if phrase is None or phrase.last >= len(tokens):
        return phrase
    ending = tokens[phrase.last]
    if quoted:
        return None if phrases.is_verb(ending) else phrase
    if ending.low in _BEHIND_PEOPLE and first.kind in {"word", "number"}:
        return phrase
    if ending.text in {".", ",", "!", ";", ":", "("} or ending.text in DASHES:
        return phrase
    return phrase if ending.low in _BEHIND_INVERTED and (first.capital or first.low in {"the", "a", "an"}) else None
