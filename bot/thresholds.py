"""The command `onrecord thresholds`: from which score each kind is posted, why, and the way back."""

from __future__ import annotations

import getpass
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot.calibration import NotPossible, Rules, Tally
from bot.calibration.moves import STEP
from bot.ledger.alerts.thresholds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.calibration import Ruling, Standing, Step
    from bot.ledger import Ledger
    from config.settings import Settings
    from config.values import ConflictKind


def task(action: str, subject: str | None, by: str | None, settings: Settings) -> Callable[[Ledger], None]:
    """What `onrecord thresholds ACTION SUBJECT` does to a ledger; `NotPossible` where the words make no sense."""
    console, rules, now = Console(soft_wrap=True, highlight=False), Rules.of(settings), datetime.now(UTC)
    if action == "show":
        if subject:
            raise NotPossible(f"thresholds show takes nothing more, not {subject!r}")
        return lambda ledger: _show(console, ledger, rules, now)
    who = by or _login()
    if action == "undo":
        number = _number(subject)
        return lambda ledger: _steps(console, [ledger.undo_threshold(number, rules, who, now)])
    kind, held = _kind(action, subject), action == "hold"
    return lambda ledger: _steps(console, [ledger.hold_threshold(kind, rules, who, now, held=held)])


def _number(subject: str | None) -> int:
    if not subject or not subject.isascii() or not subject.isdigit() or len(subject) > 9:
        raise NotPossible("thresholds undo takes the number of a step, as onrecord thresholds prints it")
    return int(subject)


def _kind(action: str, subject: str | None) -> ConflictKind:
    for kind in KINDS:
        if kind == subject:
            return kind
    raise NotPossible(f"thresholds {action} takes a kind: {', '.join(KINDS)}")


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no such user in a container
        return "the terminal"


def _show(console: Console, ledger: Ledger, rules: Rules, now: datetime) -> None:
    rulings, steps = ledger.rulings(rules, now), ledger.threshold_steps()
    if rules.enabled:
        where = f"each kind may move between {rules.lowest:.2f} and {rules.highest:.2f}"
        console.print(Text(f"Posted from {rules.start:.2f} on unless said otherwise; by the desk's verdicts {where}"))
    else:
        console.print(Text(f"Every kind is posted from {rules.start:.2f} on: recalibration is switched off"))
    for stands in ledger.thresholds(rules):
        _kind_in_words(console, stands, [ruling for ruling in rulings if ruling.kind == stands.kind])
    if steps:
        console.print(Text("Steps on record"))
        _steps(console, steps)


def _kind_in_words(console: Console, stands: Standing, rulings: Sequence[Ruling]) -> None:
    held = ", held until it is released" if stands.held else ""
    count = f"{len(rulings)} verdict" + ("" if len(rulings) == 1 else "s")
    console.print(Text(f"{stands.kind}: posted from {stands.threshold:.2f} on{held}; {count}"))
    for start in sorted({_stretch(ruling.score) for ruling in rulings}):
        tally = Tally.of(ruling for ruling in rulings if ruling.score >= start)
        console.print(
            Text(
                f"  from {start:.2f} up: {tally.confirmed} confirmed, {tally.refused} not a conflict, "
                f"{tally.unexplained} dismissed without a reason; {tally.least:.0%} to {tally.most:.0%} are conflicts"
            )
        )


def _stretch(score: float) -> float:
    """Where the stretch of one step begins that holds a score."""
    return round(math.floor(round(score / STEP, 6)) * STEP, 4)


def _steps(console: Console, steps: Sequence[Step]) -> None:
    for step in steps:
        who = f" by {step.by}" if step.by else ""
        moved = f"{step.old:.2f} → {step.new:.2f}" if step.old != step.new else f"{step.new:.2f}"
        said = f"{step.number}  {step.at:%Y-%m-%d %H:%M} UTC  {step.kind}  {moved}  {step.what}{who}: {step.why}"
        console.print(Text(f"  {said}"))
