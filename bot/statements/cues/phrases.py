"""Noun phrases that follow a place in a sentence, and what tells a noun phrase from a predicate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.statements import cues
from bot.statements.sentences import Token
from bot.statements.words import (
    ADVERBS,
    AUXILIARIES,
    COMMON_VERBS,
    COORDINATORS,
    DETERMINERS,
    NEGATORS,
    NOT_ADVERBS,
    OBJECT_PRONOUNS,
    PERSON_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_LEADS,
    TIME_WORDS,
    WH_WORDS,
    words,
)

DASHES = frozenset({"-", "--", "—", "–", "―"})
LONGEST = 24  # tokens of a noun phrase
_CONTRACTIONS = ("'s", "'ve", "'d", "'ll", "'re", "'m")
_IN_NAMES = frozenset({"&", "/", "'"})
_PARTS = words("but nor so yet")
_CAPITAL_NAMES = words("may will might can")
# Prepositions that begin an adverbial more often than a part of the phrase.
_LOOSE_PREPOSITIONS = words("on during after before by about until")
_SMALL_NUMBERS = words("one two three")


class Phrase(NamedTuple):
    """A run of tokens, `first` to before `last`, and where the words that lead up to it begin."""

    first: int
    last: int
    lead: int


def is_adverb(token: Token) -> bool:
    """Whether the token is an adverb that may stand inside a verb group."""
    low = token.low
    if low in ADVERBS or low in NEGATORS:
        return True
    return low.endswith("ly") and len(low) > 4 and low not in NOT_ADVERBS and not token.capital


def contracted(token: Token) -> bool:
    """Whether the token is a pronoun with an auxiliary glued to it: "he's", "they've"."""
    base, sign, _ = token.low.partition("'")
    return bool(sign) and base in SUBJECT_PRONOUNS and token.low.endswith(_CONTRACTIONS)


def is_verb(token: Token) -> bool:
    """Whether the token is sure to be part of a predicate."""
    low = token.low
    if token.kind != "word":
        return False
    if low in AUXILIARIES or low in COMMON_VERBS:
        return not (token.capital and low in _CAPITAL_NAMES)
    if low in cues.ALSO_NOUNS or token.capital:
        return False
    return any(form in {"past", "s"} for _, form in cues.FORMS.get(low, ()))


def in_name(token: Token) -> bool:
    """Whether a mark can stand inside a noun phrase."""
    return token.text in _IN_NAMES


def nickname(token: Token) -> bool:
    """Whether a quotation can stand inside a name or a subject."""
    return token.text[:1].isupper() and len(token.text.split()) <= 2 and token.text[-1:].isalnum()


def after(tokens: Sequence[Token], at: int, *, short: bool = False, subject: bool = False) -> Phrase | None:
    """The noun phrase that begins at `at`.

    `short`: without the prepositional phrases that follow it; `subject`: a verb follows, known or not.
    """
    first = at
    if at >= len(tokens):
        return None
    if _pronoun(tokens, at):
        return Phrase(at, at + 1, at)
    while at < len(tokens) and at - first < LONGEST:
        token = tokens[at]
        if token.text == "(" and at > first:
            closing = next((k for k in range(at, min(len(tokens), at + 8)) if tokens[k].text == ")"), None)
            if closing is None:
                break
            at = closing + 1
            continue
        if token.kind == "mark" and not in_name(token):
            break
        if token.kind == "quote" and not nickname(token):
            break
        if token.kind == "word" and _ends_phrase(tokens, first, at, short=short, subject=subject):
            break
        at += 1
    while at > first and tokens[at - 1].low in PREPOSITIONS | COORDINATORS:
        at -= 1
    return Phrase(first, at, first) if at > first else None


def _pronoun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a pronoun is the whole phrase; "her" before a noun is not."""
    low = tokens[at].low
    if low == "who" or low not in PERSON_PRONOUNS | OBJECT_PRONOUNS:
        return False
    if low != "her" or at + 1 >= len(tokens):
        return True
    following = tokens[at + 1]
    closed = PREPOSITIONS | SUBORDINATORS | SUBJECT_PRONOUNS | DETERMINERS
    return following.kind != "word" or is_verb(following) or following.low in closed


def _ends_phrase(tokens: Sequence[Token], first: int, at: int, *, short: bool, subject: bool) -> bool:
    """Whether the word at `at` cannot belong to the noun phrase that began at `first`."""
    token = tokens[at]
    low = token.low
    inside = at > first
    if low in SUBORDINATORS | WH_WORDS | _PARTS | TIME_WORDS or is_verb(token):
        return True
    if low in PREPOSITIONS:
        if not inside or low in _LOOSE_PREPOSITIONS or low == "to":
            return True
        return short and low != "of"
    if not inside:
        return False
    before = tokens[at - 1].low
    if low in SUBJECT_PRONOUNS - DETERMINERS or is_adverb(token):
        return True
    if subject and low.endswith("ed") and not token.capital and before not in DETERMINERS:
        return True
    fresh = low in DETERMINERS - POSSESSIVES - _SMALL_NUMBERS
    return fresh and before not in PREPOSITIONS | COORDINATORS | DETERMINERS


def main_subject(tokens: Sequence[Token], until: int) -> Phrase | None:
    """The subject of the sentence's first main clause before `until`: leading adverbials are passed over."""
    first = 0
    while first < until:
        token = tokens[first]
        comma = next((k for k in range(first, min(until, first + 40)) if tokens[k].text == ","), None)
        if token.low in COORDINATORS or token.kind in {"mark", "quote"}:
            first += 1
        elif _adverbial(token, opens=first == 0) and comma is not None and comma + 1 < until:
            first = comma + 1
        elif token.low in ADVERBS:
            first += 1
        else:
            break
    if first >= until or tokens[first].low in PREPOSITIONS:
        return None
    phrase = after(tokens, first, subject=True)
    if phrase is None:
        return None
    return Phrase(phrase.first, min(phrase.last, until), phrase.first)


def _adverbial(token: Token, *, opens: bool) -> bool:
    """Whether the token begins a phrase that leads up to the main clause."""
    if token.low in PREPOSITIONS | SUBORDINATORS | ADVERBS | TIME_LEADS | TIME_WORDS | WH_WORDS or is_adverb(token):
        return True
    return token.low == "asked" or (opens and token.low.endswith(("ing", "ed")))
