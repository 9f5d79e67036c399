"""Why two positions are a conflict or none: the steps of `find`, each asked for its reason, in plain sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from bot.conflicts import candidates, denied_claim, disputed, find, older_first, opposing, reversal, same_side, scope
from bot.conflicts.holders import voice
from bot.conflicts.names import possessive, surname
from bot.conflicts.nearness import in_words as link_in_words
from bot.conflicts.nearness import link
from bot.conflicts.opposition import EXPLICIT, agree, opposed, partial
from bot.conflicts.order import day
from bot.conflicts.quoting import marked, operators, said
from bot.conflicts.standing import known
from bot.conflicts.wording import TURNED
from bot.opinions import NO_OPINION, CarefulJudge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.conflicts.pair import Pair
    from bot.conflicts.scope import Slot
    from bot.contrast import Contrast
    from bot.model import Conflict, Position
    from bot.opinions import Judge, Verdict
    from config.schema import Side
    from config.values import ConflictKind

StepName = Literal["who", "relation", "link", "stance", "scope", "judge", "score", "threshold", "card"]
Outcome = Literal["conflict", "close", "opposed", "none"]

KINDS: Final[dict[ConflictKind, str]] = {
    "reversal": "a change of position", "same_side": "a difference within one side",
    "denied_claim": "a claim and its answer", "disputed": "two accounts of one matter",
    "opposed": "a disagreement of two sides",
}  # fmt: skip
_STANCES: Final = {
    "for": "in favour", "against": "against", "conditional": "in favour on a condition", "open": "open",
    "no_comment": "a refusal to answer", "none": "no stance",
}  # fmt: skip

_HOW: Final = {
    "same": "alike", "different": "different", "only one": "only A names it", "only the other": "only B names it",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the walk in sentences; `ends`: the pair is out here, and what follows does not matter."""

    name: StepName
    told: tuple[str, ...]
    ends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The steps that two positions were taken through, and what came of them.

    `conflict` is what `find` gives for the two. Of "close" ones `apart` is the slot that sets them apart.
    """

    one: Position
    other: Position
    steps: tuple[Step, ...]
    outcome: Outcome
    conflict: Conflict | None = None
    apart: Slot | None = None

    @property
    def reached(self) -> int:
        """How many steps the pair went before it was out."""
        return next((at for at, step in enumerate(self.steps) if step.ends), len(self.steps))


def explain(
    fresh: Position,
    other: Position,
    near: Sequence[Position],
    sides: Sequence[Side],
    judge: Judge | None = None,
) -> Trace:
    """Why `fresh`, which came on record after `other`, is a conflict with it or not; `near` is what else was there.

    Nothing is decided here: every answer is that of the function which decides.
    """
    record = (other, *(position for position in near if position.key not in {fresh.key, other.key}))
    found = next((one for one in find(fresh, record, sides, judge) if _is(one, fresh, other)), None)
    pairs = [
        pair for pair in candidates(fresh, record, sides) if {pair.earlier.key, pair.later.key} == _keys(fresh, other)
    ]
    pairs.sort(key=lambda pair: (found is None or pair.kind != found.kind, pair.kind == "opposed", not pair.hit))
    pair = next(iter(pairs), None)
    apart = scope.separating(pair, sides) if pair else None
    asked = judge is not None and pair is not None and not apart and pair.kind != "opposed"
    asked = asked and not (pair and pair.turned and isinstance(judge, CarefulJudge))
    verdict = judge([older_first(pair)])[0] if judge and pair and asked else None
    steps = (
        _who(fresh, other),
        _relation(fresh, other, sides, pair),
        _link(fresh, other, pair),
        _stance(fresh, other, pair, judged=judge is not None),
        _scope(fresh, other, sides, pair),
        _judge(verdict, judged=judge is not None),
        _score(pair, found, apart, verdict),
    )
    if found:
        outcome: Outcome = "opposed" if found.kind == "opposed" else "conflict"
    else:
        outcome = "close" if apart and pair and (pair.hit or judge) else "none"
    return Trace(one=other, other=fresh, steps=steps, outcome=outcome, conflict=found, apart=apart)


def _is(found: Conflict, one: Position, other: Position) -> bool:
    return {found.fresh.key, found.earlier.key} == _keys(one, other)


def _keys(one: Position, other: Position) -> set[str]:
    return {one.key, other.key}


def _who(fresh: Position, other: Position) -> Step:
    told = []
    for name, position in (("A", other), ("B", fresh)):
        who = voice(position)
        role = f", {who.role}" if who.role else ""
        own = "own position" if position.claimed_by is None else f"on the position of {position.holder.name}"
        told.append(f"{name}: {who.name}{role}, {day(position)}, {own}: {said(position)}")
    unknown = [position for position in (other, fresh) if not known(voice(position))]
    told += [
        f"It is not clear who {voice(position).name} is or for whom that voice answers, so nothing is raised."
        for position in unknown
    ]
    return Step(name="who", told=tuple(told), ends=bool(unknown))


def _relation(fresh: Position, other: Position, sides: Sequence[Side], pair: Pair | None) -> Step:
    bars: dict[ConflictKind, str] = {
        "reversal": reversal.barred(fresh, other),
        "same_side": same_side.barred(fresh, other, sides),
        "denied_claim": denied_claim.barred(fresh, other, sides),
        "disputed": disputed.barred(fresh, other, sides),
        "opposed": opposing.barred(fresh, other, sides),
    }
    told = [f"It could be {KINDS[kind]}." for kind, bar in bars.items() if not bar]
    told += [f"It is not {KINDS[kind]}: {bar}." for kind, bar in bars.items() if bar]
    if pair and pair.bridge:
        told.insert(0, f"B points back to words of {voice(pair.bridge).name}: it could be {KINDS['denied_claim']}.")
    possible = [kind for kind, bar in bars.items() if not bar] or ([pair.kind] if pair else [])
    return Step(name="relation", told=tuple(told), ends=not possible)


def _link(fresh: Position, other: Position, pair: Pair | None) -> Step:
    linked = pair.link if pair else link(other, fresh)
    told = [f"{'Linked' if linked else 'Not linked'}: {link_in_words(other, fresh, linked)}."]
    if pair and pair.told:
        how = "gives up" if pair.told.how == "turned" else "denies"
        by = f" (“{pair.told.words}”)" if pair.told.words else ""
        told = [f"Linked: the article itself tells that the one {how} the other{by}."]
    told += [
        f"{name} stands under “{position.topic_name}” because it is {position.link}."
        for name, position in (("A", other), ("B", fresh))
        if position.link
    ]
    return Step(name="link", told=tuple(told), ends=linked is None)


def _stance(fresh: Position, other: Position, pair: Pair | None, *, judged: bool) -> Step:
    told = []
    for name, position in (("A", other), ("B", fresh)):
        shown = operators(position)
        by = f" ({shown})" if shown else ""
        how = ", said in so many words" if position.strength >= EXPLICIT else ", only implied"
        how = "" if position.stance == "none" else f"{how} ({position.strength:.2f})"
        told.append(f"{name} is read as {_STANCES[position.stance]}{by}{how}.")
    silent = [position for position in (other, fresh) if position.stance in {"no_comment", "none"}]
    answer = pair.bridge if pair and pair.bridge else None
    if answer:
        told.append(f"{possessive(surname(voice(answer)))} words are read as {_STANCES[answer.stance]}.")
    elif silent:
        told.append("Who gives no answer conflicts with nobody.")
    elif opposed(other, fresh):
        degree = ", one of them in part" if partial(other) or partial(fresh) else ""
        told.append(f"The stances oppose{degree}.")
    else:
        told.append("Both lean the same way." if agree(other, fresh) else "The stances do not oppose.")
    if pair and pair.turn:
        told.append(_turn(pair, pair.turn, fresh))
    if pair:
        told.append("The rules see a conflict." if pair.hit else "The rules alone see no conflict.")
    out = bool(silent) and answer is None
    return Step(name="stance", told=tuple(told), ends=out or bool(pair and not pair.hit and not judged))


def _turn(pair: Pair, turn: Contrast, fresh: Position) -> str:
    """How the words stand to each other, laid side by side."""
    if turn.how == "same":
        return "Laid side by side, the words say the same once more: nothing is opposed."
    if turn.how == "apart":
        return "Laid side by side, the words are much the same, but one of them is not asserted now by who says it."
    one, two = marked(turn.one, pair.earlier), marked(turn.other, pair.later)
    first, second = (one, two) if pair.later.key == fresh.key else (two, one)
    return f"Laid side by side, A has {first} and B has {second}: {TURNED[turn.how]}."


def _scope(fresh: Position, other: Position, sides: Sequence[Side], pair: Pair | None) -> Step:
    told = []
    for slot in scope.compared(other, fresh, sides):
        values = [", ".join(f"“{words}”" for words in held) or "–" for held in (slot.one, slot.other)]
        told.append(f"{scope.NAMES[slot.name].capitalize()}: A {values[0]}, B {values[1]} ({_HOW[slot.how]}).")
    apart = scope.separating(pair, sides) if pair else None
    if apart:
        told.append(
            f"All else is alike and the {scope.NAMES[apart.name]} differs: close, but not in conflict, so no alert."
        )
    figures = scope.numbers_differ(other, fresh)
    if figures:
        told.append(f"The figures cannot both be right: {figures[0]} and {figures[1]}.")
    return Step(name="scope", told=tuple(told) or ("Neither names anything that could be compared.",), ends=bool(apart))


def _judge(verdict: Verdict | None, *, judged: bool) -> Step:
    if verdict is None:
        why = "No judge is asked about such a pair." if judged else "No judge is configured."
        return Step(name="judge", told=(why,))
    if verdict == NO_OPINION:
        return Step(name="judge", told=("The judge has no opinion.",))
    told = [
        f"The judge gives {verdict.conflict:.0%} to a conflict, {verdict.agree:.0%} to agreement and "
        f"{verdict.unrelated:.0%} to two different matters."
    ]
    told += ["It takes the pair back."] if verdict.veto else []
    told += [f"It adds a doubt: {verdict.doubt}."] if verdict.doubt else []
    return Step(name="judge", told=tuple(told), ends=verdict.veto)


def _score(pair: Pair | None, found: Conflict | None, apart: Slot | None, verdict: Verdict | None) -> Step:
    if found is None or pair is None:
        why = "it is set apart" if apart else "nothing above makes it a conflict"
        return Step(name="score", told=(f"No score: {why}.",), ends=True)
    told = [f"The score is {found.score:.2f}, as {KINDS[found.kind]}."]
    if found.kind == "opposed":
        told.append("That two sides want different things is the normal state: kept on record, not alerted.")
    ruled = scope.lowered(pair).score
    if not pair.hit:
        told.append("The judge alone calls it a conflict.")
    elif ruled < pair.score:
        told.append(f"Specifics that differ or that only one names take {pair.score - ruled:.2f} off.")
    if pair.hit and verdict and found.score > ruled:
        told.append(f"The judge’s agreement adds {found.score - ruled:.2f}.")
    told.append(f"Why: {found.why}")
    told += [f"Check first: {line}." for line in found.check_first]
    return Step(name="score", told=tuple(told))
