"""Where the content behind a cue begins: time, place and addressee before it passed over."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import lexicon, phrases
from bot.statements.cues.hits import Hit
from bot.statements.cues.lexicon import Cue
from bot.statements.cues.phrases import DASHES
from bot.statements.text.sentences import Token
from bot.statements.text.words import (
    AUXILIARIES,
    BE,
    COORDINATORS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    WH_WORDS,
    words,
)

_ENDS = frozenset({".", "!", "?", ")", ";", "..", "..."})
_OPENING_MARKS = frozenset({"$", "@", "#", "[", "'"})
_CLAUSE_PRONOUNS = SUBJECT_PRONOUNS - words("this these those who one you")
# How far behind the cue the content may begin, and how far behind a comma a quotation may.
_REACH = 30
# What is answered, added and written may be no words at all: "added two lanes", "answered every question".
_DOINGS = words("answer respond reply counter add write post")
_ANSWERS = words("answer respond reply counter react")
_ANSWERED = frozenset(lexicon.NOUNS) | words(
    "report reports rumour rumours rumor rumors news question questions criticism fact idea notion speculation"
)
_PRESSED = words("asked pressed questioned")
_REACH_BEHIND_COMMA = 22


def of(tokens: Sequence[Token], hit: Hit, *, quoted_before: bool) -> int | None:
    """The token that the content behind a cue begins with; None: there is none behind it.

    `quoted_before`: a quotation stands right before subject and cue, so that a plain phrase behind them only tells
    when or where it was said.
    """
    at = phrases.skip_time(tokens, hit.last)
    if at >= len(tokens):
        return None
    token = tokens[at]
    if hit.relative(tokens) and token.low in AUXILIARIES:
        return None  # "whoever can swim will swim": the main clause goes on
    if hit.inverted or (token.kind == "mark" and token.text not in _OPENING_MARKS):
        return _behind_mark(tokens, at)
    if token.kind == "quote" or token.low == "that":
        return at
    if quoted_before and not hit.carried:
        return _quoted_behind(tokens, at)
    return _behind_cue(tokens, at, hit.cue)


def _behind_cue(tokens: Sequence[Token], at: int, cue: Cue) -> int | None:
    """The content by the frames of the cue, times already passed over."""
    low = tokens[at].low
    if low in cue.prepositions:
        at += 1
        return at if at < len(tokens) and tokens[at].text not in _ENDS | {","} else None
    if low == "to" and "to" in cue.frames:
        return at
    if low in COORDINATORS:
        return None
    if "addressee" in cue.frames:
        told = _behind_addressee(tokens, at, cue)
        if told is not None or ("clause" not in cue.frames and low not in WH_WORDS):
            return told
    if low in PREPOSITIONS and not _counts(tokens, at):
        return _behind_phrase(tokens, at, cue)
    own = _own_claim(tokens, at)
    if own is not None:
        return own
    takes = "clause" in cue.frames or "object" in cue.frames or ("about" in cue.frames and cue.particle is not None)
    if takes or ("that" in cue.frames and (low in WH_WORDS or clause_at(tokens, at))):
        return at
    return None


def _own_claim(tokens: Sequence[Token], at: int) -> int | None:
    """For "repeated his demand that …": where the demand's content begins."""
    if tokens[at].low not in POSSESSIVES:
        return None
    for k in range(at + 1, min(len(tokens) - 1, at + 4)):
        if tokens[k].low in lexicon.NOUNS:
            act = lexicon.NOUNS[tokens[k].low]
            behind = tokens[k + 1].low
            does = act in ("offer", "demand") and k + 2 < len(tokens) and _infinitive(tokens[k + 2])
            return k + 1 if behind == "that" or (behind == "to" and does) else None
    return None


def _infinitive(token: Token) -> bool:
    """Whether a verb may stand there behind "to", and not whom or what it is to: "his commitment to the port"."""
    return not token.capital and token.low not in DETERMINERS and not token.low.endswith("ing")


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a preposition only measures a number: "at least five", "about 200"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        following is not None
        and (following.low in {"least", "most"} or following.kind == "number")
        and tokens[at].low in {"at", "about", "around", "over", "under", "between", "up"}
    )


def _behind_mark(tokens: Sequence[Token], at: int) -> int | None:
    """What follows a comma or a colon behind the cue: a quotation, "that", or a clause behind a colon."""
    token = tokens[at]
    if token.kind == "quote":
        return at
    if at + 1 >= len(tokens):
        return None
    if token.text == ":":
        return at + 1
    if token.text not in {",", ";"} and token.text not in DASHES:
        return None
    if tokens[at + 1].kind == "quote":
        return at + 1
    if tokens[at + 1].low == "that":
        return at + 1
    return _quoted_behind(tokens, at + 1)


def _quoted_behind(tokens: Sequence[Token], at: int) -> int | None:
    """A quotation behind a further phrase and its comma: "said, with a smile, “…”"."""
    for k in range(at, min(len(tokens), at + _REACH_BEHIND_COMMA)):
        token = tokens[k]
        if token.kind == "quote":
            return k if tokens[k - 1].text in {",", ":"} else None
        if (
            token.low in {"and", "but"}
            or token.low in lexicon.FORMS
            or (phrases.is_verb(token) and token.low not in BE)
        ):
            return None
    return None


def clause_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause with its own verb begins here."""
    phrase = phrases.after(tokens, at)
    if phrase is None:
        return False
    behind = phrase.last
    while behind < len(tokens) and phrases.is_adverb(tokens[behind]):
        behind += 1
    return behind < len(tokens) and phrases.is_verb(tokens[behind])


def _behind_addressee(tokens: Sequence[Token], at: int, cue: Cue) -> int | None:
    """The content after who was told."""
    phrase = phrases.after(tokens, at, short=True)
    if phrase is None:
        return None
    k = phrases.skip_time(tokens, phrase.last)
    if k >= len(tokens):
        return None
    token = tokens[k]
    if token.low == "when" and k + 1 < len(tokens) and tokens[k + 1].low in _PRESSED:
        return None
    if token.kind == "quote" or token.low in {"that", "to"} or token.low in WH_WORDS:
        return k
    if token.low in cue.prepositions | {"about", "of"}:
        return k + 1 if k + 1 < len(tokens) else None
    if token.kind == "mark":
        return _behind_mark(tokens, k)
    if token.low in PREPOSITIONS:
        return _behind_phrase(tokens, k, cue)
    if token.low in COORDINATORS:
        return None
    return k if "clause" not in cue.frames or token.low in SUBJECT_PRONOUNS else None


def _behind_phrase(tokens: Sequence[Token], at: int, cue: Cue) -> int | None:
    """The content after phrases of place or occasion: "said in a statement that …"."""
    takes_clause = bool({"clause", "that", "addressee"} & cue.frames)
    if tokens[at].low in {"on", "via"} and "clause" in cue.frames:
        behind = _behind_platform(tokens, at + 1)
        if behind is not None:
            return behind
    for k in range(at + 1, min(len(tokens), at + _REACH)):
        token = tokens[k]
        before = tokens[k - 1]
        if token.low == "that" and takes_clause:
            anothers = before.low in lexicon.NOUNS and tokens[k - 2].low.endswith(("'s", "s'"))
            # "Responded to Velden's claim that …", "to reports that …": the claim is Velden's, or nobody's.
            return None if anothers or _answered(tokens, at, k, cue) else k
        if token.low == "to" and "addressee" in cue.frames and k > at + 2:
            return k
        if token.kind == "quote":
            if _is_title(before):
                continue
            return k
        if token.text in {",", ":"}:
            found = _behind_mark(tokens, k)
            if found is not None or token.text == ":":
                return found
            continue
        if token.text in _ENDS or token.low in {"and", "but"}:
            return None
        if token.low in _CLAUSE_PRONOUNS and before.low not in PREPOSITIONS and "clause" in cue.frames:
            return k
        if phrases.is_verb(token) or (token.low.endswith("ing") and (token.low in lexicon.FORMS or before.low == "by")):
            return None  # "responded by raising the tolls “twice over”" tells what was done
    return None


def _answered(tokens: Sequence[Token], at: int, that: int, cue: Cue) -> bool:
    """Whether the clause at `that` belongs to what is answered: "responding to a report that …"."""
    if cue.lemma not in _ANSWERS or tokens[at].low != "to" or tokens[that - 1].low not in _ANSWERED:
        return False
    return not any(token.low in PREPOSITIONS for token in tokens[at + 1 : that - 1])


def _behind_platform(tokens: Sequence[Token], at: int) -> int | None:
    """Where a clause begins right behind the place of a post: "wrote on Telegram the bridge was safe"."""
    if at >= len(tokens) or tokens[at].low not in phrases.PLATFORMS - TIME_WORDS or not tokens[at].capital:
        return None
    at += 2 if at + 1 < len(tokens) and tokens[at + 1].low == "social" else 1
    return at if at < len(tokens) and tokens[at].kind == "word" and clause_at(tokens, at) else None


def _is_title(before: Token) -> bool:
    """Whether a quotation behind this word is the name of a programme, a paper, a law."""
    return before.low in PREPOSITIONS | DETERMINERS or before.text.endswith("'s")


def asserts(tokens: Sequence[Token], first: int, stop: int, cue: Cue) -> bool:
    """Whether the stretch can be what the cue says: a clause for a cue that takes only clauses."""
    opening = tokens[first]
    if cue.lemma in _DOINGS and opening.kind != "quote" and opening.low not in SUBORDINATORS - {"when", "as", "before"}:
        phrase = phrases.after(tokens, first)
        clause = phrase is not None and phrase.last < stop and _verbal(tokens[phrase.last])
        return clause or clause_at(tokens, first) or any(token.kind == "quote" for token in tokens[first:stop])
    if opening.kind == "quote" or opening.low in SUBORDINATORS | {"to"} or "object" in cue.frames:
        return True
    if tokens[first - 1].low in cue.prepositions:
        return True
    if "clause" not in cue.frames or any(token.kind == "quote" for token in tokens[first:stop]):
        return True
    return any(_verbal(token) for token in tokens[first:stop])


def _verbal(token: Token) -> bool:
    low = token.low
    return phrases.is_verb(token) or (token.kind == "word" and len(low) > 3 and low.endswith(("ed", "s", "'ll", "'d")))
