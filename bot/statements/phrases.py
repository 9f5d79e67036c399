"""Phrases of time and occasion that stand between a cue and what it attributes."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.sentences import Token
from bot.statements.words import MONTHS, NOT_ADVERBS, TIME_LEADS, TIME_UNITS, TIME_WORDS, words

_PARTS_OF_DAY = words("morning afternoon evening night")
_LOOSE = words("again also earlier later repeatedly then recently flatly simply instead once")
_AMOUNTS = words("nearly roughly approximately hardly barely exactly family")
_BEHIND_ADVERB = words("that on in to , : . he she they it about for") | TIME_WORDS
OCCASIONS = words(
    "statement interview speech tweet tweets rally conference briefing debate forum podcast hearing summit "
    "meeting address appearance call remarks fundraiser op-ed essay"
)
PLATFORMS = words("twitter facebook telegram instagram x truth tuesday")


def skip_time(tokens: Sequence[Token], at: int) -> int:
    """Passes over days, times and adverbs behind a cue."""
    while at < len(tokens):
        low = tokens[at].low
        following = tokens[at + 1].low if at + 1 < len(tokens) else ""
        if low in TIME_WORDS:
            at += 1
            if at < len(tokens) and tokens[at].low in {"morning", "afternoon", "evening", "night"}:
                at += 1
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
        elif low in _LOOSE or _adverb(tokens[at], following):
            at += 1
        elif low == "(" and (closing := _closing(tokens, at)):
            at = closing + 1
        else:
            break
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
