"""Two sides whose accounts of one matter cannot both be true: what happened, who did it, how much, whether at all.

That two sides want different things is the normal state of things (see `opposing`); that one says what the other says
is untrue is news, whether it calls it so or denies word by word what happened. All else is left to a judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.conflicts.dealings import FRESH, deny_dealings
from bot.conflicts.denials import denies, speaks_of
from bot.conflicts.holders import one_side, voice
from bot.conflicts.intentions import deny_intention
from bot.conflicts.nearness import Link, joined, link, one_utterance
from bot.conflicts.opposition import score
from bot.conflicts.order import before, gap, sorted_by_day
from bot.conflicts.pair import Pair
from bot.conflicts.turned import turned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.model import Position
    from config.schema import Side

_WITHIN: Final = 60  # days: an account is disputed while it is news
_ANSWERED: Final = 0.5
_SCORE: Final = 0.7


def pairs(fresh: Position, near: Sequence[Position], sides: Sequence[Side], *, hits: bool = False) -> Iterator[Pair]:
    """Pairs of two voices of different sides, each with its own account, not far apart in time.

    The rules see a conflict where one says that there were no such dealings, or that it has no such intention, as the
    other tells of, or calls untrue what the other says in another article, by naming who said it. With `hits` only
    such pairs come.
    """
    for other in near:
        if barred(fresh, other, sides):
            continue
        denial = _none_such(fresh, other, sides)
        answer = denial or _denial(fresh, other)
        earlier, later = sorted_by_day(fresh, other)
        turn = turned(earlier, later, sides)
        told = bool(turn and turn.turned and (turn.fact or turn.owned))
        if hits and not (answer or told):
            continue
        near_enough = link(fresh, other)
        if near_enough and near_enough.firm:
            denial = answer
        linked = near_enough or joined(turn)
        if denial is not None:
            claim = fresh if denial is other else other
            linked = linked or Link(score=_ANSWERED)
            yield Pair(
                kind="disputed", earlier=claim, later=denial, link=linked, hit=True, score=_SCORE, answer="denied"
            )
        elif linked:
            at = score(earlier, later, linked, turn) if told else 0.0
            yield Pair(kind="disputed", earlier=earlier, later=later, link=linked, hit=told, score=at, turn=turn)


def barred(fresh: Position, other: Position, sides: Sequence[Side]) -> str:
    """Why the two can be no accounts of two sides in dispute, whatever they say; "" where they can."""
    one, two = voice(fresh), voice(other)
    if one.same(two):
        return "one voice speaks"
    if one_side(one, two, sides):
        return "they are of one side"
    if fresh.statement.source.article != other.statement.source.article and gap(fresh, other).days > _WITHIN:
        return f"they are not known to be within {_WITHIN} days of each other"
    return "both may be reports of one remark" if one_utterance(fresh, other) else ""


def _none_such(fresh: Position, other: Position, sides: Sequence[Side]) -> Position | None:
    """Which of two says that there were none of the dealings, or the intentions, that the other tells of as news."""
    here = fresh.statement.source.article == other.statement.source.article
    for claim, answer in ((fresh, other), (other, fresh)):
        told = deny_intention(answer, claim, sides)
        if told or (deny_dealings(answer, claim, sides) and not before(answer, claim)):
            undated = here and claim.statement.said is None  # "had said that both agreed": news where it is told again
            return answer if undated or gap(answer, claim).days <= FRESH else None
    return None


def _denial(fresh: Position, other: Position) -> Position | None:
    """Which of two is the denial of the other if they are linked: it names who made the claim; None: neither surely.

    Within one article that is for the article to tell: see `told`.
    """
    if other.statement.source.article == fresh.statement.source.article:
        return None
    for claim, answer in ((fresh, other), (other, fresh)):
        named = not before(answer, claim) and speaks_of(answer, claim)
        if named and denies(answer, claim) and not denies(claim, answer):
            return answer
    return None
