"""One step of a threshold: up where what is just above it is mostly refused, down where nearly all is confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from bot.calibration.rulings import Ruling, Tally, fitted
from config.values import ConflictKind

if TYPE_CHECKING:
    from config.settings import Settings

STEP = 0.05  # of the score; no single move is wider
GOOD = 0.85  # so many must be worth posting, by the lower bound, before more is posted
POOR = 0.5  # fewer than this is "mostly refused"
# With 19 verdicts a record without fault bounds the share by .85 (.85 ** 19 < .05); fewer can never show GOOD.
FEWEST = 20
# All of five, or seven of eight, refused bound the share under one half; eight let one verdict be an accident.
BAND = 8
CURVE = 200  # from so many on a curve fitted to them is steadier than a band; below, it follows the accidents


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the configuration allows: where each threshold starts, and between which scores it may move."""

    start: float
    lowest: float
    highest: float
    enabled: bool = True
    days: int = 365  # older verdicts do not count
    fewest: int = FEWEST

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The rules of a configuration; what the cards call "high" is never held back."""
        start = settings.alerts.minimum_score
        return cls(
            start=start,
            lowest=min(settings.feedback.lowest_score, start),
            highest=max(settings.alerts.high_score, start),
            enabled=settings.feedback.enabled,
            days=settings.feedback.count_days,
            fewest=settings.feedback.fewest_verdicts,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of one kind's threshold, with the evidence and the reason in words."""

    kind: ConflictKind
    old: float
    new: float
    tally: Tally
    why: str


def plan(kind: ConflictKind, rulings: Iterable[Ruling], threshold: float, rules: Rules) -> Move | None:
    """The step that the rulings call for, whatever their order; None: stay.

    Never on fewer than `rules.fewest` rulings at and above the threshold. One verdict more for "a conflict" in the
    place of one against never leads to a higher threshold.
    """
    mine = [ruling for ruling in rulings if ruling.kind == kind]
    posted = [ruling for ruling in mine if ruling.score >= threshold]
    if not rules.enabled or Tally.of(posted).explained < rules.fewest:
        return None
    return _up(kind, posted, threshold, rules) or _down(kind, mine, threshold, rules)


def _up(kind: ConflictKind, posted: Sequence[Ruling], threshold: float, rules: Rules) -> Move | None:
    new = min(rules.highest, _grid(threshold + STEP))
    if new <= threshold:
        return None
    # Below the configured score it was we who posted more: there a dismissal without a reason is proof enough.
    strict = threshold < rules.start
    judged = [_against(ruling) for ruling in posted] if strict else posted
    edge, end = _edge(judged, threshold)
    tally = Tally.of(edge)
    if tally.explained < BAND:
        return None
    counted = f"{tally.confirmed} of {tally.explained} verdicts on {kind} from {threshold:.2f} to under {end:.2f}"
    counted += " (dismissals without a reason among them)" if strict else ""
    if Tally.of(judged).explained >= CURVE:
        curve = fitted(judged)
        shares = sorted(curve[one.score] for one in edge if one.said != "unexplained")
        share = sum(shares) / len(shares)
        reason = f"said “a conflict”; the curve fitted to all verdicts gives {share:.0%} there"
        poor = share < POOR
    else:
        reason = f"said “a conflict”: at most {tally.most:.0%} of such alerts are (exact bound, 95 %)"
        poor = tally.most < POOR
    if not poor:
        return None
    why = f"{counted} {reason}; under {POOR:.0%} is too few"
    evidence = Tally.of(ruling for ruling in posted if ruling.score < end)
    return Move(kind=kind, old=threshold, new=new, tally=evidence, why=why)


def _against(ruling: Ruling) -> Ruling:
    return replace(ruling, said="refused") if ruling.said == "unexplained" else ruling


def _edge(posted: Sequence[Ruling], threshold: float) -> tuple[list[Ruling], float]:
    """The rulings just above the threshold, in as few whole steps as hold `BAND` of them, and where they end."""
    end = threshold
    while end < 1:
        end = _grid(end + STEP)
        edge = [ruling for ruling in posted if ruling.score < end]
        if Tally.of(edge).explained >= BAND:
            return edge, end
    return list(posted), end


def _down(kind: ConflictKind, mine: Sequence[Ruling], threshold: float, rules: Rules) -> Move | None:
    new = max(rules.lowest, _grid(threshold - STEP))
    if new >= threshold:
        return None
    # What would be posted anew was perhaps judged before the threshold rose: that counts, and may keep it shut.
    wider = Tally.of(ruling for ruling in mine if ruling.score >= new)
    shut = Tally.of(ruling for ruling in mine if new <= ruling.score < threshold)
    end = _grid(threshold + STEP)
    edge = Tally.of(ruling for ruling in mine if threshold <= ruling.score < end)
    # What lies just below will be no better than what lies just above; without verdicts there, nobody knows.
    if edge.explained < BAND or edge.confirmed < GOOD * edge.total or shut.confirmed < POOR * shut.total:
        return None
    if wider.least < GOOD:
        return None
    why = (
        f"{wider.confirmed} of {wider.total} verdicts on {kind} from {new:.2f} up said “a conflict”: at least "
        f"{wider.least:.0%} of such alerts are (exact bound, 95 %), and {GOOD:.0%} is enough to post more; "
        f"{edge.total} of them stand just above, from {threshold:.2f} to under {end:.2f}"
    )
    return Move(kind=kind, old=threshold, new=new, tally=wider, why=why)


def _grid(score: float) -> float:
    """Without the dust of binary fractions, so that 0.6 and a step are 0.65."""
    return round(score, 4)
