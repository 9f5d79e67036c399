"""What a speaker does by a cue: denial, silence and refusal told apart from assertion."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.statements.cues import objects
from bot.statements.cues.hits import Hit
from bot.statements.report import Act
from bot.statements.text.sentences import Token
from bot.statements.text.words import WH_WORDS, words

# Not to have said these denies what others report: "never said that".
_DENYING = words("say claim acknowledge admit state suggest declare announce")
_UNTRUE = re.compile(
    r"(?:no, )?it(?: is| was|'s| isn't| wasn't) (?:(?:simply|just|also|not) ){0,2}"
    r"(?:true|the case|correct|right|untrue|false|wrong|incorrect|a lie|a myth),?"
)
_POSITIVE = re.compile(r"\b(?:true|the case|correct|right),?$")
_REFUSING = words("refuse decline")
_AGREEING = words("accept welcome back endorse support favor favour")


def of(tokens: Sequence[Token], hit: Hit, first: int) -> tuple[Act, bool]:
    """The act of a cue whose content begins at `first`, and whether the content is not the speaker's assertion."""
    act, lemma = hit.cue.act, hit.cue.lemma
    if lemma in _REFUSING and act == "reject":
        return ("no_comment" if _silent(tokens, first) else "reject"), True
    if not hit.negated:
        return act, act == "deny"
    if act in {"deny", "no_comment"} or lemma in objects.SILENCE - {"say"}:
        return "no_comment", True
    if act == "say":
        if hit.refusing or tokens[first].low in WH_WORDS:
            return "no_comment", True
        return ("deny" if lemma in _DENYING and not hit.modal else "say"), True
    if act == "reject":
        return "say", True  # "did not rule out": neither for nor against
    if lemma in _AGREEING and (hit.refusing or hit.modal):
        return "reject", True
    return act, True


def taken_back(tokens: Sequence[Token], piece: tuple[int, int] | None, first: int) -> bool:
    """Whether the piece before the cue denies what goes on behind it: "It is not true, Velden said, that …"."""
    if piece is None:
        return False
    before = " ".join(token.low for token in tokens[piece[0] : piece[1]])
    if tokens[first].text.split(None, 1)[0].lower() != "that" or not _UNTRUE.fullmatch(before):
        return False
    return ("not" in before or "n't" in before) == bool(_POSITIVE.search(before))


def _silent(tokens: Sequence[Token], first: int) -> bool:
    """Whether "to comment", "to be interviewed" follow: nothing is refused but an answer."""
    behind = {token.low for token in tokens[first + 1 : first + 4]}
    return bool(behind & objects.SILENCE) or "interviewed" in behind
