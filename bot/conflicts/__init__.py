"""From a fresh position and earlier ones to conflicts, with the reason in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.conflicts import denied_claim, disputed, opposing, reversal, same_side, told
from bot.conflicts.comparing import Comparison, compare
from bot.conflicts.doubts import check_first
from bot.conflicts.holders import one_side, voice
from bot.conflicts.nearness import overlap, own_words
from bot.conflicts.order import gap, last_day
from bot.conflicts.scope import lowered, separating
from bot.conflicts.standing import known
from bot.conflicts.told import told_of
from bot.conflicts.wording import lede, title, why
from bot.model import Conflict
from bot.opinions import NO_OPINION, CarefulJudge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.conflicts.pair import Pair
    from bot.model import Party, Position, Statement
    from bot.opinions import Judge, Verdict
    from config.schema import Side

__all__ = ["Comparison", "candidates", "compare", "find", "lead", "older_first", "once", "stands_alone", "told_of"]

_DISTANCE = {"direct": 0, "mixed": 1, "indirect": 2}  # from the speaker's own words
_HEDGED = "hedge"  # in a caveat: the source itself is not sure ("appeared to dispute")
_SURE = 0.9  # a judge is believed from this probability on
_RAISED = 0.1  # what its agreement adds
_ADDED = 0.65  # the score of a pair that only the judge calls a conflict
_MOST = 20  # pairs of one position that a judge is asked about


def find(
    fresh: Position, near: Sequence[Position], sides: Sequence[Side], judge: Judge | None = None
) -> tuple[Conflict, ...]:
    """The conflicts of `fresh` with positions on record, surest first, whatever the order of `near`.

    Who holds and who speaks comes before everything, and a voice that is not known for sure raises nothing; then both
    must be on one proposition; then the stances must oppose. No comment and an unknown stance never conflict,
    agreement never does. A `judge` is asked about linked pairs only: where it is sure it raises a hit or adds one, and
    takes one back where its verdict says so.
    """
    alone = judge is None or isinstance(judge, CarefulJudge)  # nobody adds to what the rules see
    linked = candidates(fresh, near, sides, hits=alone)
    asked = [lowered(pair) for pair in linked if not separating(pair, sides)]
    hits = _judged(asked, judge) if judge else asked
    if not hits:
        return ()
    record = (fresh, *sorted(near, key=lambda position: position.key))
    found = {(conflict := _worded(pair, record)).key: conflict for pair in hits}
    return tuple(sorted(once(found.values()), key=lambda conflict: (-conflict.score, conflict.key)))


def once(found: Iterable[Conflict]) -> list[Conflict]:
    """Without disputed accounts whose two statements are a claim about a side and its answer as well."""
    told = list(found)
    answered = {_statements(conflict) for conflict in told if conflict.kind == "denied_claim"}
    return [conflict for conflict in told if conflict.kind != "disputed" or _statements(conflict) not in answered]


def _statements(conflict: Conflict) -> frozenset[str]:
    return frozenset((conflict.fresh.statement.key, conflict.earlier.statement.key))


def stands_alone(position: Position) -> bool:
    """Whether nothing is ever held against it, whatever is on record: nobody knows who says it."""
    return not known(voice(position)) and position.statement.told is None


def candidates(
    fresh: Position, near: Sequence[Position], sides: Sequence[Side], *, hits: bool = False
) -> tuple[Pair, ...]:
    """The pairs of `fresh` whose holders allow a conflict and that are linked; `hit` where the rules see one.

    With `hits` these alone: of most pairs that is told at once, without comparing their words.
    """
    by_place = {p.place: p for p in near}
    by_place.pop(fresh.place, None)
    everything = list(by_place.values())
    others = [p for p in everything if _compared(p)] if _compared(fresh) else []
    mine, ours, theirs = _related(fresh, others, sides)
    kinds: tuple[Iterable[Pair], ...] = (
        told.pairs(fresh, everything, sides),
        reversal.pairs(fresh, mine, sides, hits=hits),
        same_side.pairs(fresh, ours, sides, hits=hits),
        denied_claim.pairs(fresh, others, sides, hits=hits),
        denied_claim.deferrals(fresh, others, sides),
        disputed.pairs(fresh, theirs, sides, hits=hits),
        opposing.pairs(fresh, theirs, sides),
    )
    # whatever the order of `near`; a key is dear, and few are left here
    found = [pair for kind in kinds for pair in sorted(kind, key=lambda pair: _others(pair, fresh))]
    return tuple(
        pair
        for pair in found
        if (pair.hit or not hits) and _speaks(pair.earlier) and (pair.bridge or _speaks(pair.later))
    )


def _others(pair: Pair, fresh: Position) -> tuple[str, ...]:
    """The key of the other position of a pair; of a deferral, of what it points back to and of the claim, in turn."""
    if pair.bridge is None:
        return ((pair.later if pair.earlier is fresh else pair.earlier).key,)
    return tuple("" if one is fresh else one.key for one in (pair.later, pair.bridge, pair.earlier))


def lead(conflicts: Sequence[Conflict]) -> Conflict:
    """Of one case, the pair that heads the card.

    An answer to a claim goes before words that were on record, and one that the source does not hedge before one that
    it does; then what the one says of whom it is claimed, the answer of the first week, words of denial before what
    only retells the words that are denied, exact words before paraphrase, the first day, an open denial before a
    deferral, and the pair that shares more words.
    """

    def rank(conflict: Conflict) -> tuple[object, ...]:
        answered = conflict.answer in {"denied", "deferred"}
        after = gap(conflict.earlier, conflict.fresh) if answered else timedelta(0)
        pair = (conflict.fresh, conflict.earlier)
        return (
            conflict.kind == "denied_claim" and not answered,
            any(_HEDGED in caveat for position in pair for caveat in position.statement.caveats),
            not any(one.claimed_by and _of(one.holder, voice(other)) for one, other in (pair, pair[::-1])),
            after.days // 7,
            any(_retells(position.statement) for position in pair),
            sum(_DISTANCE[position.statement.kind] for position in pair),
            after,
            conflict.answer == "deferred",
            -len(overlap(*(own_words(position) for position in pair)).shared),
            -conflict.score,
            tuple((position.statement.source.article, position.statement.span.start) for position in pair),
            conflict.key,
        )

    if not conflicts:
        raise ValueError("a case has at least one conflict")
    return min(conflicts, key=rank)


def _related(
    fresh: Position, others: Sequence[Position], sides: Sequence[Side]
) -> tuple[list[Position], list[Position], list[Position]]:
    """Those of the same voice, of another one of its side, and of other sides: no kind has to look at all of them."""
    mine: list[Position] = []
    ours: list[Position] = []
    theirs: list[Position] = []
    one = voice(fresh)
    for other in others:
        two = voice(other)
        (mine if one.same(two) else ours if one_side(one, two, sides) else theirs).append(other)
    return mine, ours, theirs


def _of(claimed: Party, answers: Party) -> bool:
    """Whether a claim is about the very person who answers; a government answers for its leader as for itself."""
    return answers.person and claimed.same(answers)


def _retells(statement: Statement) -> bool:
    """Whether it is known only that something was denied: "disputes the Castle's account that the port was sold"."""
    return statement.kind != "direct" and statement.negated and statement.told is not None


def _compared(position: Position) -> bool:
    """Whether it is clear who speaks, and it is no position that a narrator goes back to: that is for `told`."""
    return known(voice(position)) and not position.statement.recalled


def _speaks(position: Position) -> bool:
    return position.stance not in {"none", "no_comment"}


def _judged(candidates: Sequence[Pair], judge: Judge) -> list[Pair]:
    """Hits raised where the judge agrees, pairs that it alone is sure of, and no hit that it may and does take back.

    It is asked about the likeliest pairs only: a judge may be slow, and cost money.
    """
    asked = sorted((pair for pair in candidates if _to_ask(pair, judge)), key=_likelihood)[:_MOST]
    verdicts = judge([older_first(pair) for pair in asked]) if asked else ()
    told = {id(pair): verdict for pair, verdict in zip(asked, verdicts, strict=True)}
    kept = [_weighed(pair, told.get(id(pair), NO_OPINION)) for pair in candidates]
    return [pair for pair in kept if pair]


def _to_ask(pair: Pair, judge: Judge) -> bool:
    """Whether the judge can change anything: opponents who differ never alert.

    A careful one adds nothing, and is no better than words that lie side by side.
    """
    return pair.kind != "opposed" and (not isinstance(judge, CarefulJudge) or (pair.hit and not pair.turned))


def _likelihood(pair: Pair) -> tuple[object, ...]:
    keys = [position.key for position in (pair.earlier, pair.later, pair.bridge) if position]
    return (not pair.hit, -pair.score, -pair.link.score, keys)


def _weighed(pair: Pair, verdict: Verdict) -> Pair | None:
    """The pair as it stands after the verdict, None where it is no conflict."""
    doubts = (verdict.doubt,) if verdict.doubt else ()
    if pair.hit:
        if verdict.veto:
            return None
        raised = _RAISED if verdict.conflict >= _SURE else 0.0
        return replace(pair, score=round(min(1.0, pair.score + raised), 2), doubts=doubts)
    return replace(pair, score=_ADDED, doubts=doubts) if verdict.conflict >= _SURE else None


def older_first(pair: Pair) -> tuple[Position, Position]:
    """What is judged: for a deferral, the claim and what was pointed back to."""
    if pair.bridge is None:
        return pair.earlier, pair.later
    one, other = sorted((pair.earlier, pair.bridge), key=lambda p: str(last_day(p) or ""))
    return one, other


def _worded(pair: Pair, record: Sequence[Position]) -> Conflict:
    return Conflict(
        kind=pair.kind,
        fresh=pair.later,
        earlier=pair.earlier,
        score=pair.score,
        case=pair.case,
        title=title(pair),
        lede=lede(pair),
        why=why(pair),
        check_first=check_first(pair, record),
        answer=pair.answer,
        bridge=pair.bridge,
    )
