"""Noun phrases of a sentence, what tells them from a predicate, and the phrases of time between cue and content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.statements.cues import lexicon
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    ADVERBS,
    AUXILIARIES,
    COMMON_VERBS,
    COORDINATORS,
    DETERMINERS,
    MONTHS,
    NEGATORS,
    NOT_ADVERBS,
    OBJECT_PRONOUNS,
    PERSON_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_LEADS,
    TIME_UNITS,
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
_LOOSE_TIMES = words("again also earlier later repeatedly then recently flatly simply instead once")
_AMOUNTS = words("nearly roughly approximately hardly barely exactly family")
_BEHIND_ADVERB = words("that on in to , : . he she they it about for") | TIME_WORDS
OCCASIONS = words(
    "statement interview speech tweet tweets rally conference briefing debate forum podcast hearing summit "
    "meeting address appearance call remarks fundraiser op-ed essay visit trip manifesto post posts"
)
PLATFORMS = words("twitter facebook telegram instagram x truth tuesday")


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
    if low in AUXILIARIES:
        return not (token.capital and low in _CAPITAL_NAMES)
    if token.capital:
        return False
    if low in COMMON_VERBS:
        return True
    if low in lexicon.ALSO_NOUNS:
        return False
    return any(form in {"past", "s"} for _, form in lexicon.FORMS.get(low, ()))


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


def skip_time(tokens: Sequence[Token], at: int) -> int:
    """Passes over days, times and adverbs behind a cue."""
    while at < len(tokens):
        low = tokens[at].low
        following = tokens[at + 1].low if at + 1 < len(tokens) else ""
        if low in TIME_WORDS:
            at += 1
            if at < len(tokens) and tokens[at].low in {"morning", "afternoon", "evening", "night"}:
                at += 1
            at = _behind_date(tokens, at)
        elif low in TIME_LEADS - {"that"} and (
            following in TIME_UNITS or following in TIME_WORDS or following in MONTHS
        ):
            at += 2
        elif low == "on" and following in TIME_WORDS:
            at += 1
        elif low in {"on", "in"} and following in MONTHS:
            at += 2
            while at < len(tokens) and (
                tokens[at].kind == "number"
                or (
                    tokens[at].text == ","
                    and at + 1 < len(tokens)
                    and tokens[at + 1].kind == "number"
                    and len(tokens[at + 1].text) == 4
                )
            ):
                at += 1
        elif low in _LOOSE_TIMES or _adverb(tokens[at], following):
            at += 1
        elif low == "(" and (closing := _closing(tokens, at)):
            at = closing + 1
        else:
            break
    return at


def _behind_date(tokens: Sequence[Token], at: int) -> int:
    """Behind ", May 26," that dates the day before it; `at` where no date stands there."""
    if at + 3 >= len(tokens) or tokens[at].text != ",":
        return at
    first, second, closing = tokens[at + 1 : at + 4]
    month = first.low in MONTHS or second.low in MONTHS
    dated = month and "number" in {first.kind, second.kind}
    return at + 3 + (closing.text == ",") if dated else at


def skip_time_back(tokens: Sequence[Token], at: int) -> int:
    """Passes over "on Tuesday", "last week" before `at` + 1, backwards: the last token before them."""
    if at > 0 and tokens[at].low in TIME_WORDS:
        at -= 1
        if at > 0 and tokens[at].low in {"late", "early", "last", "this"}:
            at -= 1
        if at > 0 and tokens[at].low == "on":
            at -= 1
    elif at > 1 and tokens[at].low in TIME_UNITS and tokens[at - 1].low in TIME_LEADS:
        at -= 2
        if at > 0 and tokens[at].low in {"earlier", "later"}:
            at -= 1
    elif at > 1 and tokens[at].kind == "number" and tokens[at - 1].low == "in":
        at -= 2
    elif at > 2 and tokens[at].low in {"before", "earlier", "later"} and tokens[at - 1].low in TIME_UNITS:
        at -= 3  # "only a day before"
        if at > 0 and tokens[at].low in {"only", "just"}:
            at -= 1
    return at


def _adverb(token: Token, following: str) -> bool:
    """Whether an adverb here tells how it was said, and not what."""
    low = token.low
    if not low.endswith("ly") or low in NOT_ADVERBS or low in _AMOUNTS or token.capital:
        return False
    return not following or following in _BEHIND_ADVERB


def _closing(tokens: Sequence[Token], opening: int) -> int | None:
    """Where a short bracket closes."""
    return next((k for k in range(opening, min(len(tokens), opening + 6)) if tokens[k].text == ")"), None)
