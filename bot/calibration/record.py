"""The record of a threshold: steps that are only ever added, and where a kind stands after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.calibration.moves import Rules
from bot.calibration.rulings import Tally
from config.values import ConflictKind

_NONE = Tally()

Happened = Literal["moved", "undone", "held", "released"]


class NotPossible(ValueError):
    """What was asked of the thresholds cannot be done; the message says why, and what can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the record. `by` is empty where the desk's verdicts moved it; `number` 0: not on record yet."""

    number: int = 0
    kind: ConflictKind
    what: Happened
    old: float
    new: float
    start: float  # what the configuration said then: a newsroom that sets it anew begins anew
    tally: Tally = _NONE
    at: datetime
    by: str = ""
    why: str
    undoes: int | None = None  # number of the step taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """From which score a kind is posted, whether it may move, and the last step that still counts."""

    kind: ConflictKind
    threshold: float
    held: bool = False
    step: Step | None = None


def standing(kind: ConflictKind, steps: Sequence[Step], rules: Rules) -> Standing:
    """Where a kind stands after its steps, oldest first.

    Steps made from another `minimum_score` than that of today count no more, and with recalibration switched off none
    does; a hold stays until it is released.
    """
    mine = [step for step in steps if step.kind == kind]
    held = next((step.what != "released" for step in reversed(mine) if step.what != "moved"), False)
    counting = [step for step in mine if step.start == rules.start]
    if not rules.enabled or not counting:
        return Standing(kind=kind, threshold=rules.start, held=held)
    threshold = min(rules.highest, max(rules.lowest, counting[-1].new))
    return Standing(kind=kind, threshold=threshold, held=held, step=counting[-1])


def undo(number: int, steps: Sequence[Step], rules: Rules, *, by: str, at: datetime) -> Step:
    """The step that takes back move `number` and holds its kind, so that the same verdicts do not repeat it.

    `NotPossible` where it is no move, is undone already, or is not the last move that counts.
    """
    named = next((step for step in steps if step.number == number), None)
    if named is None:
        raise NotPossible(f"there is no step {number} in the record of thresholds")
    if named.what != "moved":
        raise NotPossible(f"step {number} moved nothing by itself ({named.what}); only moves can be undone")
    undone = {step.undoes for step in steps}
    if number in undone:
        raise NotPossible(f"step {number} is undone already")
    if named.start != rules.start:
        raise NotPossible(
            f"step {number} counts no more: minimum_score was {named.start:.2f} then and is {rules.start:.2f} now"
        )
    later = [step.number for step in steps if step.kind == named.kind and step.what == "moved"]
    after = [one for one in later if one > number and one not in undone]
    if after:
        raise NotPossible(f"step {number} of {named.kind} was followed by step {after[-1]}; undo that one first")
    return Step(
        kind=named.kind,
        what="undone",
        old=standing(named.kind, steps, rules).threshold,
        new=named.old,
        start=rules.start,
        at=at,
        by=by,
        why=f"step {number} was undone; {named.kind} is held until it is released",
        undoes=number,
    )


def hold(kind: ConflictKind, steps: Sequence[Step], rules: Rules, *, by: str, at: datetime, held: bool) -> Step:
    """The step that keeps a kind where it stands, or (`held` false) lets it move again; `NotPossible` if it is so."""
    stands = standing(kind, steps, rules)
    if stands.held == held:
        raise NotPossible(f"{kind} is {'held already' if held else 'not held'}")
    return Step(
        kind=kind,
        what="held" if held else "released",
        old=stands.threshold,
        new=stands.threshold,
        start=rules.start,
        at=at,
        by=by,
        why=f"{kind} stays where it is until it is released" if held else f"{kind} may move again",
    )
