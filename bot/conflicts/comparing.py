"""Two positions set side by side without a record: how likely the pair is worth an alert."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.conflicts.dealings import deny_dealings
from bot.conflicts.holders import concerns, one_side, own, voice
from bot.conflicts.names import surname
from bot.conflicts.nearness import one_utterance, overlap, own_words
from bot.conflicts.opposition import EXPLICIT, agree, in_words, opposed
from bot.conflicts.same_side import speaks_through
from bot.conflicts.scope import numbers_differ
from bot.conflicts.standing import nobodys_voice
from bot.conflicts.turned import turned
from bot.meaning import cosine
from bot.model import MADE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Position
    from bot.opinions import Verdict
    from config.schema import Side
    from config.values import ConflictKind

# Signs and sizes come from the fictional story clusters, rounded by hand; docs/evaluation.md has the figures.
_BASE: Final = -1.2
_WEIGHTS: Final = {
    "one breath": -4.0,  # one person, one day: two halves of a thought, and no turn
    "one voice": -1.0,
    "one report": -1.5,
    "no answer": -5.0,  # no comment is no conflict
    "only one says no": 1.0,
    "opposite in so many words": 0.6,
    "opposite, implied": 0.4,
    "the same in so many words": -0.5,
    "the same, half implied": -0.3,
    "one names the other": 0.5,
    "two sides": -0.4,
    "one side": -0.3,  # set by hand: who speak for one side agree far more often than authored stories have it
    "one side, not opposite in so many words": -1.0,  # the same: no split is raised without
    "a body and who speaks for it": -1.0,
    "one side's words on a third": -2.4,
    "two sides' words on others": -0.7,
    "one side, of nothing that both name": -0.7,
    "nobody is known to say one": -3.0,  # set by hand: it is no position
    "one is said by nobody's voice": -4.0,  # the same: it raises nothing
    "filed apart": -3.0,  # set by hand: in the walk they are not linked at all
    "a claim and an answer": 0.4,
    "a claim and an answer, one of which says no": 0.4,
    "one voice has turned": 1.4,
    "no such dealings": 1.5,
    "turned word by word": 2.0,
    "the same word by word": -1.0,
    "much the same, but not asserted": -0.5,
    "shared words": 0.4,  # × 0..1
    "shared matter": 0.4,  # × 0..1
    "judged a conflict": 1.7,  # × the log-odds of a verdict
}
# What a sum of them means, in log-odds: fitted on held-out stories, where it holds for one half as for the other
# (tests/benchmarks/reliability.py).
_AT_NOTHING: Final = 1.14
_SCALE: Final = 0.56
_NEGATION = re.compile(r"\b(?:not|no|never|nothing|nobody|none|without|nor|neither|cannot)\b|n['’]t\b", re.IGNORECASE)
# "He opposes it", "I will vote for it": what is meant stands in other words.
_POINTS_BACK = re.compile(r"\b(?:it|this|that|these|those|them)\b(?=\W*(?:$|[.,;!?]))", re.IGNORECASE)
_EVEN: Final = 0.5  # the probability of which a judge says nothing
_AROUND = 150  # characters before a quotation in which its question or its addressee stands
_MANY = 4  # shared words beyond which more say nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How likely two statements are a conflict worth an alert (0..1), of which kind, and why."""

    score: float
    kind: ConflictKind | None
    why: str


def compare(
    one: Position,
    other: Position,
    sides: Sequence[Side],
    verdict: Verdict | None = None,
    *,
    careful: bool = False,
) -> Comparison:
    """Compares two positions whose issue nobody has confirmed to be one, with a judge's `verdict` if there is one.

    Who speaks for whom weighs more than the words: read alone, words of opponents and of friends look much alike. The
    verdict of a `careful` judge adds nothing, here as on the walk: it can only lower the score.
    """
    if careful and verdict:
        verdict = replace(verdict, conflict=min(verdict.conflict, _EVEN))
    kind = comparison_kind(one, other, sides)
    signs = comparison_signs(one, other, kind, sides, verdict)
    signs |= _laid(one, other, kind, sides) | _dealt(one, other, sides)
    total = _BASE + sum(_WEIGHTS.get(name, 0.0) * size for name, size in signs.items())
    score = 1 / (1 + math.exp(-_AT_NOTHING - _SCALE * total))
    hit = opposed(one, other) or score >= 0.5
    stances = f"{_stance(one)} and {_stance(other)}"
    seen = ", ".join(name for name, size in signs.items() if size)
    return Comparison(
        score=round(score, 4), kind=kind if hit else None, why=f"read as {stances}; {seen or 'nothing shared'}"
    )


def comparison_signs(
    one: Position, other: Position, kind: ConflictKind, sides: Sequence[Side], verdict: Verdict | None
) -> dict[str, float]:
    """What speaks for or against a conflict, each with its size."""
    explicit = sum(position.strength >= EXPLICIT for position in (one, other))
    linked = overlap(one.statement.quote, other.statement.quote)
    same = voice(one).same(voice(other))
    days = {position.statement.said for position in (one, other)}
    say_no = [_says_no(position) for position in (one, other)]
    one_breath = same and len(days) == 1 and None not in days
    one_no = say_no[0] != say_no[1]
    answered = "no_comment" not in {one.stance, other.stance}
    claims = 0 if kind == "denied_claim" else len([position for position in (one, other) if not own(position)])
    ours = one_side(voice(one), voice(other), sides)
    judged = {"judged a conflict": _odds(verdict.conflict), "judged to agree": _odds(verdict.agree)} if verdict else {}
    return {
        **judged,
        "alike in meaning": cosine(one.meaning, other.meaning),
        "one breath": float(one_breath),
        "one voice": float(same),
        "one report": float(one_utterance(one, other)),
        "no answer": float(not answered),
        "only one says no": float(one_no),
        "opposite in so many words": float(opposed(one, other) and explicit == 2),
        "opposite, implied": float(opposed(one, other) and explicit < 2),
        "the same in so many words": float(agree(one, other) and explicit == 2),
        "the same, half implied": float(agree(one, other) and explicit == 1),
        "one names the other": float(not same and (_names(one, other) or _names(other, one))),
        "two sides": float(kind == "opposed"),
        "one side": float(kind == "same_side"),
        "a body and who speaks for it": float(kind == "same_side" and speaks_through(voice(one), voice(other))),
        "nobody is known to say one": float(any(not _said(position) for position in (one, other))),
        "one is said by nobody's voice": float(any(nobodys_voice(voice(position)) for position in (one, other))),
        "filed apart": float(_filed_apart(one, other)),
        "one side's words on a third": float(ours and claims > 0),
        "two sides' words on others": float(not ours and claims == 2),
        "one side, of nothing that both name": float(kind == "same_side" and one_no and not _shared(one, other)),
        "a claim and an answer": float(kind == "denied_claim"),
        "a claim and an answer, one of which says no": float(kind == "denied_claim" and one_no and answered),
        "one voice has turned": float(kind == "reversal" and not one_breath and _has_turned(one, other)),
        "shared words": min(len(linked.shared), _MANY) / _MANY,
        "shared matter": linked.score,
    }


def _said(position: Position) -> bool:
    """Whether it is known who says it, or whose position it is."""
    return position.statement.speaker is not None or position.statement.holder is not None


def _filed_apart(one: Position, other: Position) -> bool:
    """Whether the configuration names the proposition of each, and they are two."""
    made = any(position.proposition.startswith(MADE) for position in (one, other))
    return not made and one.proposition != other.proposition


def _laid(one: Position, other: Position, kind: ConflictKind, sides: Sequence[Side]) -> dict[str, float]:
    """How the words stand to each other, laid side by side, whichever is named first."""
    first, second = sorted((one, other), key=lambda position: (str(position.said_first or "~"), position.key))
    turn = turned(first, second, sides)
    contrary = in_words(one, other) or (turn is not None and turn.turned)
    return {
        "one side, not opposite in so many words": float(kind == "same_side" and not contrary),
        "turned word by word": float(turn is not None and turn.turned),
        "the same word by word": float(turn is not None and turn.how == "same"),
        "much the same, but not asserted": float(turn is not None and turn.how == "apart"),
    }


def _says_no(position: Position) -> bool:
    """Whether it is told with a "no" or a "not", or refuses in so many words: "off the table", "unacceptable"."""
    refuses = position.stance == "against" and position.strength >= EXPLICIT
    return refuses or bool(_NEGATION.search(position.statement.quote))


def _dealt(one: Position, other: Position, sides: Sequence[Side]) -> dict[str, float]:
    """Whether one says that there were none of the dealings of which the other tells."""
    return {"no such dealings": float(deny_dealings(one, other, sides) or deny_dealings(other, one, sides))}


def _has_turned(one: Position, other: Position) -> bool:
    """Whether one is for and one against, both in so many words, of what the other names or of what "it" stands for.

    Who turned down four per cent and takes five has not turned.
    """
    if {one.stance, other.stance} != {"for", "against"} or not in_words(one, other) or numbers_differ(one, other):
        return False
    return _shared(one, other) or any(_POINTS_BACK.search(own_words(position)) for position in (one, other))


def _shared(one: Position, other: Position) -> bool:
    """Whether both have a word that carries the matter, beside the names of those who speak."""
    names = [party.name for position in (one, other) for party in (voice(position), position.holder)]
    return bool(overlap(own_words(one), own_words(other), names=names).shared)


def _names(one: Position, other: Position) -> bool:
    """Whether `one` names who says the other, in its words or just before them."""
    return surname(voice(other)) in one.statement.quote + one.statement.before[-_AROUND:]


def _stance(position: Position) -> str:
    shown = ", ".join(position.operators)
    return position.stance.replace("_", " ") + (f" ({shown})" if shown else "")


def comparison_kind(one: Position, other: Position, sides: Sequence[Side]) -> ConflictKind:
    """Of which kind a conflict of the two would be."""
    if own(one) and own(other):
        if voice(one).same(voice(other)):
            return "reversal"
        return "same_side" if one_side(voice(one), voice(other), sides) else "opposed"
    claim, answer = (one, other) if one.claimed_by else (other, one)
    if own(answer) and concerns(claim.holder, voice(answer), sides):
        return "denied_claim"
    return "opposed"


def _odds(share: float) -> float:
    """The log-odds of a probability, within bounds."""
    share = min(0.995, max(0.005, share))
    return math.log(share / (1 - share))
