"""Stances over time as a drawing: where each mark stands, and how it looks, so that no colour is needed to read it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.slack.blocks.wording import STANCES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bot.ledger.browsing import Mark
    from bot.model import Stance

WIDTH, LEFT, RIGHT, TOP, LANE = 1000, 190, 24, 26, 46
_LANES: tuple[tuple[str, tuple[Stance, ...]], ...] = (
    ("supports", ("for",)),
    ("on conditions", ("conditional",)),
    ("leaves it open", ("open",)),
    ("no answer", ("no_comment", "none")),
    ("opposes", ("against",)),
)
_MOST_LANES = 14  # people in one plot: those who spoke last
_NAME = 22  # characters of a name beside its lane
_TICKS = 7
_APART = 105.0  # between two dates under the axis


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A mark: its place, its shape and what it says."""

    x: float
    y: float
    shape: str  # a stance, or "deferred"
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A drawing of marks in lanes."""

    height: float
    lanes: tuple[tuple[str, str, float], ...]  # name, what stands under it, height
    spots: tuple[Spot, ...]
    steps: tuple[str, ...]  # each a polyline
    ticks: tuple[tuple[str, float], ...]
    spoken: str  # the drawing in words
    shapes: tuple[tuple[str, str], ...]  # of the legend: shape and word
    left_out: int = 0  # people beyond the lanes

    @property
    def floor(self) -> float:
        """Where the axis runs."""
        return TOP + LANE * len(self.lanes) - LANE / 2 + 8


def by_stance(marks: Sequence[Mark]) -> Plot:
    """One person's remarks, the oldest first: a lane for each stance, and a line that holds until the next remark."""
    places = {stance: TOP + LANE * at for at, (_, stances) in enumerate(_LANES) for stance in stances}
    spots = [_spot(mark, _across(mark.day, marks), places[mark.stance]) for mark in marks]
    line = [f"{spots[0].x:.1f},{spots[0].y:.1f}"]
    for before, after in itertools.pairwise(spots):
        line += [f"{after.x:.1f},{before.y:.1f}", f"{after.x:.1f},{after.y:.1f}"]
    return _plot(marks, [(word, "", places[stances[0]]) for word, stances in _LANES], spots, [" ".join(line)])


def by_holder(marks: Sequence[Mark], sides: Mapping[str, str]) -> Plot:
    """Everybody's remarks on a topic, the oldest first: a lane for each who spoke last, those of one side together."""
    latest = list(dict.fromkeys(mark.holder for mark in reversed(marks)))
    shown = latest[:_MOST_LANES]
    order = {side: at for at, side in enumerate(dict.fromkeys(sides.get(one, "") for one in shown))}
    shown.sort(key=lambda one: (not sides.get(one), order[sides.get(one, "")]))
    names = {mark.holder: mark.name for mark in marks}
    places = {holder: float(TOP + LANE * at) for at, holder in enumerate(shown)}
    drawn = [mark for mark in marks if mark.holder in places]
    spots = [_spot(mark, _across(mark.day, drawn), places[mark.holder]) for mark in drawn]
    lanes = [(_short(names[one]), _short(_under(names[one], sides.get(one, ""))), places[one]) for one in shown]
    steps = []
    for holder in shown:
        mine = [spot for spot, mark in zip(spots, drawn, strict=True) if mark.holder == holder]
        steps.append(" ".join(f"{spot.x:.1f},{spot.y:.1f}" for spot in mine))
    return _plot(drawn, lanes, spots, steps, left_out=len(latest) - len(shown))


def _plot(
    marks: Sequence[Mark],
    lanes: Sequence[tuple[str, str, float]],
    spots: Sequence[Spot],
    steps: Sequence[str],
    left_out: int = 0,
) -> Plot:
    used = dict.fromkeys(spot.shape for spot in spots)
    legend = [(shape, word) for shape, word in _LEGEND if shape in used]
    height = TOP + LANE * len(lanes) + 34
    return Plot(
        height=height,
        lanes=tuple(lanes),
        spots=tuple(spots),
        steps=tuple(steps),
        ticks=tuple(_ticks(marks)),
        spoken=_spoken(marks),
        shapes=tuple(legend),
        left_out=left_out,
    )


def _across(day: date, marks: Sequence[Mark]) -> float:
    first, last = marks[0].day.toordinal(), marks[-1].day.toordinal()
    share = (day.toordinal() - first) / (last - first) if last > first else 0.5
    return LEFT + 16 + share * (WIDTH - LEFT - RIGHT - 32)


def _spot(mark: Mark, x: float, y: float) -> Spot:
    shape = "deferred" if mark.deferred else "no_comment" if mark.stance == "none" else mark.stance
    return Spot(x=round(x, 1), y=y, shape=shape, words=f"{mark.name}, {_day(mark.day)}: {_word(mark)}")


def _ticks(marks: Sequence[Mark]) -> list[tuple[str, float]]:
    days = sorted({mark.day for mark in marks})
    found: list[tuple[str, float]] = []
    for day in dict.fromkeys([days[0], days[-1], *days[:: max(1, len(days) // _TICKS)]]):
        x = _across(day, marks)
        if all(abs(x - other) > _APART for _, other in found):
            found.append((_day(day), round(x, 1)))
    return found


def _spoken(marks: Sequence[Mark]) -> str:
    """The drawing in a sentence: how many, from when to when, and where everybody ended."""
    last: dict[str, Mark] = {mark.holder: mark for mark in marks}
    ends = [f"{one.name} {_word(one)}" for one in list(last.values())[-_MOST_LANES:]]
    count = f"{len(marks)} remark{'' if len(marks) == 1 else 's'}"
    return f"{count} from {_day(marks[0].day)} to {_day(marks[-1].day)}; at the end: {'; '.join(ends)}."


def _word(mark: Mark) -> str:
    return "refers to another" if mark.deferred else STANCES[mark.stance] or "no stance"


def _under(name: str, side: str) -> str:
    """The side of who is not the side itself."""
    return "" if side == name else side


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


_LEGEND = (
    ("for", "supports"),
    ("against", "opposes"),
    ("conditional", "on conditions"),
    ("open", "leaves it open"),
    ("no_comment", "no answer"),
    ("deferred", "refers to another"),
)
