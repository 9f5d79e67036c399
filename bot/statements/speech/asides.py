"""What the writer adds to a statement behind a comma, which its content does not hold."""

from __future__ import annotations

from collections.abc import Sequence

from bot.statements.cues import lexicon, phrases
from bot.statements.text.sentences import Token
from bot.statements.text.words import DETERMINERS, POSSESSIVES, PREPOSITIONS, TIME_UNITS, words

_CONTRASTS = words("while whereas although though as")
_APPOSED = words(
    "move claim charge accusation allegation reference assertion statement remark comment step decision position "
    "stance sign view prospect message suggestion argument warning threat promise pledge proposal idea line "
    "point figure"
)
_APART = words("after before ago")
_JUST = words("just only barely less than more")
_PRESENT = words("is are has have does do isn't aren't hasn't haven't doesn't don't")
# Verbs of what was said, where its tense follows the cue's.
_SHIFTED = words("would had was were could did might wouldn't hadn't wasn't weren't couldn't didn't")
# Behind a relative clause these lead back to the object: "praised Orlo, who led the talks, for his patience".
_RESUMES = words("and or as for to over but nor")
_SHORTEST_PARTICIPLE = 4  # "king" is none


def behind_comma(tokens: Sequence[Token], first: int, at: int, limit: int, *, clause: bool) -> bool:
    """Whether what stands at `at`, behind a comma, is the writer's, and no part of the content that began at `first`.

    In a content that is a `clause` another's words may be part of it.
    """
    if at >= limit:
        return False
    token = tokens[at]
    following = tokens[at + 1].low if at + 1 < limit else ""
    if any(form == "participle" for _, form in lexicon.FORMS.get(token.low, ())):
        return True
    if token.low in _CONTRASTS:
        return not (token.low == "as" and following in {"well", "long", "much"})
    if token.low == "even" and following in {"as", "though"}:
        return True
    if _later_day(tokens, at, limit):
        return True
    if token.low in {"when", "after"} and following in {"asked", "being"}:
        return True
    if token.low == "in" and following in {"a", "an"}:
        near = {later.low for later in tokens[at + 2 : min(limit, at + 5)]}
        told = near & phrases.OCCASIONS and not any(phrases.is_verb(later) for later in tokens[at:limit])
        return bool(near & _APPOSED or told)
    if not clause and (_participle(token) or token.low == "with"):
        return True
    if token.low in {"but", "yet"} and _told_now(tokens, at + 1, limit):
        return not clause or any(said.low in _SHIFTED for said in tokens[first:at])
    if token.low in {"a", "an", "the"} | POSSESSIVES:
        return bool({later.low for later in tokens[at + 1 : min(limit, at + 4)]} & _APPOSED)
    if token.low in {"which", "who"}:
        if clause and any(_says(later) for later in tokens[at + 1 : min(limit, at + 4)]):
            return False
        later = [k for k in range(at + 1, limit - 1) if tokens[k].text == ","]
        if not clause:
            return not any(tokens[k + 1].low in _RESUMES for k in later)
        return not later
    return False


def _participle(token: Token) -> bool:
    """Whether the word is a participle, and neither a noun nor a preposition like "including"."""
    low = token.low
    return low.endswith("ing") and len(low) > _SHORTEST_PARTICIPLE and not token.capital and low not in PREPOSITIONS


def _told_now(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether a clause in the present follows, which is the writer's: "said it would open, but it has not"."""
    phrase = phrases.after(tokens, at, subject=True)
    return phrase is not None and phrase.last < limit and tokens[phrase.last].low in _PRESENT


def _later_day(tokens: Sequence[Token], at: int, limit: int) -> bool:
    """Whether a time apart is told: "a day after …", "just weeks before …"."""
    while at < limit and tokens[at].low in _JUST:
        at += 1
    if at < limit and (tokens[at].low in DETERMINERS or tokens[at].kind == "number"):
        at += 1
    return at + 1 < limit and tokens[at].low in TIME_UNITS and tokens[at + 1].low in _APART


def _says(token: Token) -> bool:
    return any(cue.particle is None for cue, _ in lexicon.FORMS.get(token.low, ()))
