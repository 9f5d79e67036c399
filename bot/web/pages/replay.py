"""Other settings tried on what is on record: which alerts of the last days would appear, and which would vanish."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, get_args

from bot.inquiries import Otherwise, Unanswered
from bot.web.pages import filters
from bot.web.render import Page
from config.values import ConflictKind

if TYPE_CHECKING:
    from bot.inquiries import Replayed
    from bot.web.archive import Archive
    from bot.web.looking import Asked

DAYS, MOST_DAYS = 30, 366
SHOWN = 40  # alerts of each list
_KINDS: tuple[ConflictKind, ...] = get_args(ConflictKind)


def replay(archive: Archive, asked: Asked) -> Page:
    """The form, and what came of it where it was sent; the same reckoning as `/record replay`."""
    days, wrong = _days(filters.typed(asked, "days"))
    minimum, low = _score(asked, "threshold", "Posted from")
    high, strong = _score(asked, "high", "Strong from")
    kinds = frozenset(kind for kind in _KINDS if asked.query.get(kind))
    channel = filters.typed(asked, "channel")
    other = Otherwise(
        since=asked.now - timedelta(days=days), minimum=minimum, high=high, kinds=kinds or None, channel=channel
    )
    told: Replayed | None = None
    faults = [fault for fault in (wrong, low, strong) if fault]
    if asked.query and not faults:
        try:
            told = _replayed(archive, other)
        except Unanswered as error:
            faults.append(str(error))
    config = archive.running()
    values = {
        "told": told,
        "faults": faults,
        "days": days,
        "minimum": minimum,
        "high": high,
        "chosen": kinds,
        "channel": channel,
        "now": config.settings.alerts,
        "kinds": _KINDS,
        "channels": config.channels,
        "desk": archive.desk,
        "vanish": filters.part("/replay", asked, "vanish", told.vanish if told else (), SHOWN),
        "appear": filters.part("/replay", asked, "appear", told.appear if told else (), SHOWN),
    }
    return Page(template="replay.html", values=values, status=400 if wrong or low or strong else 200)


def _replayed(archive: Archive, other: Otherwise) -> Replayed:
    if archive.inquiries is None:
        raise Unanswered("Settings cannot be tried here: only the running service does.")
    return archive.inquiries.replay(other)


def _days(typed: str) -> tuple[int, str]:
    if not typed:
        return DAYS, ""
    if typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= MOST_DAYS:
        return int(typed), ""
    return DAYS, f"Days is a number from 1 to {MOST_DAYS}."


def _score(asked: Asked, name: str, label: str) -> tuple[float | None, str]:
    """The score in a field, and what is wrong with it; None where there is none."""
    typed = filters.typed(asked, name)
    if not typed:
        return None, ""
    try:
        score = float(typed.replace(",", "."))
    except ValueError:
        score = -1.0
    if 0 <= score <= 1:
        return score, ""
    return None, f"{label} is a score from 0 to 1, such as 0.7."
