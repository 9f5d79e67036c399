"""The noun phrase that ends at a token, walked back to where it begins, over relative clauses."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import lexicon
from bot.statements.cues.phrases import DASHES, LONGEST, Phrase, in_name, is_adverb, is_verb, nickname
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    ADVERBS,
    COORDINATORS,
    DETERMINERS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_LEADS,
    TIME_UNITS,
    TIME_WORDS,
    words,
)

_RELATIVE = 7  # tokens from a relative pronoun to its verb
_LEADS = COORDINATORS | words("while as though although because when where whereas since after before if")
_WHOLE = words("all some both many most few several others")
_MEASURES = words("like over about around up under above")
_PAST = ("ed", "cut")
_OBJECT_OPENS = words("a an the his her its their this that these those")
_RELATIVES = words("who whom that which")


def bracket(tokens: Sequence[Token], closing: int) -> int | None:
    """The bracket that a closing one belongs to."""
    return next((k for k in range(closing - 1, max(-1, closing - LONGEST), -1) if tokens[k].text == "("), None)


def walk(tokens: Sequence[Token], end: int, floor: int = 0) -> Phrase | None:
    """The noun phrase that ends at token `end` and begins at `floor` or later."""
    head = tokens[end]
    if head.kind == "mark" or (head.kind == "quote" and not nickname(head)):
        return None
    if head.low == "that":
        return _before_relative(tokens, end, floor)
    if head.low in SUBJECT_PRONOUNS and head.low != "there":
        return Phrase(end, end + 1, _lead(tokens, end))
    if head.low in SUBORDINATORS:
        return Phrase(end, end + 1, end) if head.low == "which" else None
    if head.low in PREPOSITIONS | COORDINATORS | {"there"} | (DETERMINERS - _WHOLE):
        return None
    at = end
    verbal = False
    while at >= floor and end - at < LONGEST:
        token = tokens[at]
        if token.text == ")":
            opening = bracket(tokens, at)
            if opening is None or opening <= floor:
                break
            at = opening - 1
            continue
        if at < end and token.low in _RELATIVES and at > floor:
            # "officials who saw the report said": the subject stands before the relative clause.
            return walk(tokens, at - 1, floor)
        if is_verb(token):
            relative = _relative_before(tokens, at, floor)
            if relative is not None:
                return walk(tokens, relative - 1, floor)
            verbal = True
            break
        if at < end and _past_verb(tokens, at):
            verbal = True
            break
        if _stopswalk(token, last=at == end):
            break
        at -= 1
    return _trim(tokens, at + 1, end + 1, verbal=verbal)


def _past_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether an unknown word in "-ed" is a verb, since an object with its article follows: "blocked a ruling"."""
    token = tokens[at]
    if token.kind != "word" or token.capital or not token.low.endswith(_PAST) or at == 0:
        return False
    subject = tokens[at - 1].kind == "word" and tokens[at - 1].low not in DETERMINERS
    return subject and tokens[at + 1].low in _OBJECT_OPENS


def _stopswalk(token: Token, *, last: bool) -> bool:
    """Whether the token cannot belong to a noun phrase that is walked through from its end."""
    if token.kind == "quote":
        return not nickname(token)
    if token.kind == "mark":
        return not in_name(token)
    if token.low in SUBORDINATORS or token.low in {"but", "nor", "so", "yet", "who", "whom"}:
        return True
    return not last and (token.low in SUBJECT_PRONOUNS - DETERMINERS or token.low in TIME_WORDS)


def _relative_before(tokens: Sequence[Token], verb: int, floor: int) -> int | None:
    """Where the relative pronoun of a clause whose verb is at `verb` stands, if near and without a comma between."""
    for k in range(verb - 1, max(floor, verb - _RELATIVE) - 1, -1):
        token = tokens[k]
        if token.text in {",", ";", ":"} or token.kind == "quote":
            return None
        previous = tokens[k - 1] if k > floor else None
        if token.low in {"who", "which"}:
            return k if previous is not None and previous.kind == "word" else None
        if token.low == "that" and previous is not None and not is_verb(previous) and previous.low not in lexicon.FORMS:
            return k if previous.kind == "word" else None
    return None


def _before_relative(tokens: Sequence[Token], that: int, floor: int) -> Phrase | None:
    """For "a report that says": the noun before the relative "that"."""
    if that == floor or tokens[that - 1].kind != "word" or is_verb(tokens[that - 1]):
        return None
    return walk(tokens, that - 1, floor)


def _trim(tokens: Sequence[Token], first: int, last: int, *, verbal: bool) -> Phrase | None:
    """Drops what leads up to a subject: conjunctions, adverbs, times, a prepositional phrase without a comma."""
    if verbal:
        # A verb stands before, so the phrase may begin with that verb's object.
        links = [k for k in range(first + 1, last - 1) if tokens[k].low in {"and", "or"} | PREPOSITIONS]
        first = links[-1] + 1 if links else first
    lead = first
    while first < last:
        token = tokens[first]
        following = tokens[first + 1] if first + 1 < last else None
        if token.low in _WHOLE:
            break
        if token.low in COORDINATORS | TIME_WORDS or token.low in ADVERBS or is_adverb(token) or token.kind == "mark":
            first += 1
        elif token.low in TIME_LEADS and following is not None and following.low in TIME_UNITS | TIME_WORDS:
            first += 2
        elif token.low in PREPOSITIONS and not (
            token.low in _MEASURES and following is not None and following.kind == "number"
        ):
            inner = _behind_phrase(tokens, first, last)
            if inner is None:
                return None
            first = inner
        else:
            break
    if first >= last:
        return None
    return Phrase(first, last, min(lead, _lead(tokens, first)))


def _behind_phrase(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """Where the subject begins behind a prepositional phrase that no comma ends: its last noun phrase."""
    name = last - 1
    if tokens[name].capital:
        while name - 1 > first and tokens[name - 1].capital and tokens[name - 1].low not in TIME_WORDS | DETERMINERS:
            name -= 1
        if name - 1 > first and tokens[name - 1].low in DETERMINERS:
            name -= 1
        # "On Truth Social Velden said": the last name of the run speaks, the others belong to the place.
        return name if tokens[name - 1].low not in PREPOSITIONS else last - 1
    for at in range(last - 1, first + 1, -1):
        low, link = tokens[at].low, tokens[at - 1].low
        if low in DETERMINERS and link not in PREPOSITIONS and link not in DETERMINERS:
            return at
        if low in SUBJECT_PRONOUNS - DETERMINERS:
            return at
    return None


def _lead(tokens: Sequence[Token], first: int) -> int:
    """Where the words that tie a subject to what stands before begin: the conjunction, and the comma before that."""
    at = first
    while at > 0 and (tokens[at - 1].low in _LEADS or is_adverb(tokens[at - 1])):
        at -= 1
    if at > 0 and (tokens[at - 1].text in {",", ";"} or tokens[at - 1].text in DASHES):
        at -= 1
    return at
