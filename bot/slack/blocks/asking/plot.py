"""The picture of a stance over time: lanes by stance, one mark for each remark, readable without colour.

Slack shows no SVG, so that it is drawn here as PNG. Only our own words are drawn: a font knows few of the scripts in
which names are written, and names stand in the title and the alternative text.
"""

from __future__ import annotations

import io
import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PIL.ImageDraw import ImageDraw

    from bot.ledger.asked import Point
    from bot.model import Stance

WIDTH, HEIGHT = 1200, 560
LEFT, RIGHT, TOP, BOTTOM = 230, 40, 50, 130
_LANES: tuple[tuple[str, tuple[Stance, ...]], ...] = (
    ("supports", ("for",)),
    ("on conditions", ("conditional",)),
    ("leaves it open", ("open",)),
    ("no answer", ("no_comment", "none")),
    ("opposes", ("against",)),
)
_BLACK, _GREY, _LIGHT, _WHITE = (20, 20, 20), (90, 90, 90), (205, 205, 205), (255, 255, 255)
_MARK = 9  # half the size of a mark
_TICKS = 6


def plot(points: Sequence[Point]) -> bytes:
    """A PNG of these remarks, the oldest first. Their own words are discs joined by a line.

    A ring is a position as somebody else told it, a triangle one that refers to another's.
    """
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - most of the service never draws

    image = Image.new("RGB", (WIDTH, HEIGHT), _WHITE)
    draw = ImageDraw.Draw(image)
    draw.font = ImageFont.load_default(22)
    places = [(_across(point.day, points), _lane(point.stance)) for point in points]
    _frame(draw, points)
    own = [place for place, point in zip(places, points, strict=True) if not point.claimed]
    for (x, y), (to_x, to_y) in itertools.pairwise(own):
        draw.line((x, y, to_x, y), fill=_GREY, width=2)  # a stance holds until the next remark
        draw.line((to_x, y, to_x, to_y), fill=_GREY, width=2)
    for place, point in zip(places, points, strict=True):
        _mark(draw, place, point)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _lane(stance: Stance) -> int:
    height = (HEIGHT - TOP - BOTTOM) // (len(_LANES) - 1)
    return TOP + height * next(place for place, (_, stances) in enumerate(_LANES) if stance in stances)


def _across(day: date, points: Sequence[Point]) -> int:
    first, last = points[0].day.toordinal(), points[-1].day.toordinal()
    share = (day.toordinal() - first) / (last - first) if last > first else 0.5
    return round(LEFT + _MARK * 2 + share * (WIDTH - RIGHT - LEFT - _MARK * 4))


def _frame(draw: ImageDraw, points: Sequence[Point]) -> None:
    for word, stances in _LANES:
        y = _lane(stances[0])
        draw.line((LEFT, y, WIDTH - RIGHT, y), fill=_LIGHT, width=1)
        draw.text((LEFT - 16, y), word, fill=_BLACK, anchor="rm")
    floor = HEIGHT - BOTTOM + 24
    draw.line((LEFT, floor, WIDTH - RIGHT, floor), fill=_BLACK, width=2)
    days = [point.day for point in points]
    shown: list[int] = []
    for day in dict.fromkeys([days[0], days[-1], *days[:: max(1, len(days) // _TICKS)]]):
        x = _across(day, points)
        if all(abs(x - other) > 150 for other in shown):
            shown.append(x)
            draw.line((x, floor, x, floor + 8), fill=_BLACK, width=2)
            anchor = "ra" if x > WIDTH - RIGHT - 80 else "ma"
            draw.text((x, floor + 12), f"{day.day} {day:%b %Y}", fill=_BLACK, anchor=anchor)
    legend = (
        (LEFT, "own words", (False, False)),
        (LEFT + 240, "as told by another", (True, False)),
        (LEFT + 560, "refers to another's position", (False, True)),
    )
    for x, word, (claimed, deferred) in legend:
        _shape(draw, (x + _MARK, HEIGHT - 28), claimed=claimed, deferred=deferred)
        draw.text((x + _MARK * 3, HEIGHT - 28), word, fill=_BLACK, anchor="lm")


def _mark(draw: ImageDraw, place: tuple[int, int], point: Point) -> None:
    _shape(draw, place, claimed=point.claimed, deferred=point.deferred)


def _shape(draw: ImageDraw, place: tuple[int, int], *, claimed: bool, deferred: bool) -> None:
    x, y = place
    if deferred:
        draw.polygon([(x, y - _MARK - 2), (x - _MARK - 1, y + _MARK), (x + _MARK + 1, y + _MARK)], fill=_BLACK)
    elif claimed:
        draw.ellipse((x - _MARK, y - _MARK, x + _MARK, y + _MARK), fill=_WHITE, outline=_BLACK, width=3)
    else:
        draw.ellipse((x - _MARK, y - _MARK, x + _MARK, y + _MARK), fill=_BLACK, outline=_WHITE, width=2)
