"""The record in figures: how alerts did, and who is watched how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.slack.blocks.asking.figures import ENOUGH, took, uneven
from bot.web.pages import filters
from bot.web.render import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.ledger.asking.figures import Figures, Share
    from bot.web.archive import Archive
    from bot.web.looking import Asked

_PERIOD, _LONGEST = timedelta(days=30), timedelta(days=366)
_SHARES = 40
_BAR, _WIDTH, _HEIGHT = 14, 1000, 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The alerts of a day."""

    day: str
    count: int
    x: float
    y: float
    width: float
    height: float


def _since(asked: Asked) -> datetime:
    named = filters.day(asked, "since")
    since = datetime.combine(named, time(), UTC) if named else asked.now - _PERIOD
    return max(min(since, asked.now), asked.now - _LONGEST)


def stats(archive: Archive, asked: Asked) -> Page:
    """Precision by kind from the desk's verdicts, alerts a day, latency."""
    since = _since(asked)
    found = archive.ledger.figures(since, asked.now)
    verdicts = sum(one.confirmed + one.refused for one in found.upheld)
    values = {
        "found": found,
        "since": since.date(),
        "total": sum(found.reviews.values()),
        "few": verdicts < ENOUGH,
        "enough": ENOUGH,
        "bars": _bars(found, asked.now),
        "took": took,
    }
    return Page(template="stats.html", values=values)


def _bars(found: Figures, now: datetime) -> list[Bar]:
    """A bar for each day, those without an alert too."""
    first = found.since.astimezone(UTC).date()
    days = [first + timedelta(days=n) for n in range((now.astimezone(UTC).date() - first).days + 1)]
    most = max(found.by_day.values(), default=0)
    step = _WIDTH / max(len(days), 1)
    return [
        Bar(
            day=f"{day.day} {day:%b %Y}",
            count=found.by_day.get(day, 0),
            x=round(at * step, 1),
            y=round(_HEIGHT - _HEIGHT * found.by_day.get(day, 0) / most, 1) if most else _HEIGHT,
            width=round(max(step * 0.8, 1), 1),
            height=round(_HEIGHT * found.by_day.get(day, 0) / most, 1) if most else 0,
        )
        for at, day in enumerate(days)
    ]


def balance(archive: Archive, asked: Asked) -> Page:
    """Statements and alerts by side, outlet and language, with a plain warning where they are uneven."""
    since = _since(asked)
    found = archive.ledger.balance(since)
    desk = archive.desk

    def part(
        field: str, shares: Sequence[Share], called: Callable[[str], str] = str
    ) -> filters.Part[tuple[str, Share]]:
        return filters.part("/balance", asked, field, [(called(one.name), one) for one in shares], _SHARES)

    values = {
        "since": since.date(),
        "warning": uneven([one for one in found.sides if one.name], desk),
        "tables": (
            ("By side", "Side", part("sides", found.sides, lambda name: desk.sides.get(name, name) or "no side known")),
            ("By outlet", "Outlet", part("outlets", found.outlets)),
            ("By language", "Language", part("languages", found.languages)),
        ),
    }
    return Page(template="balance.html", values=values)
