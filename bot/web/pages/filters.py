"""What a form of filters says, and the addresses that lead on from a page of a list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar, get_args
from urllib.parse import urlencode

from bot.ledger.browsing.cursors import numbered
from bot.model import Stance, StatementKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.web.looking import Asked

Word = TypeVar("Word", bound=str)
STANCES: tuple[Stance, ...] = get_args(Stance)
KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
_LONGEST = 200  # characters of what somebody types


def typed(asked: Asked, name: str) -> str:
    """What stands in a field, on one line."""
    return " ".join(asked.query.get(name, "")[:_LONGEST].split())


def chosen(asked: Asked, name: str, known: Sequence[Word]) -> Word | None:
    """The option that was chosen; None where it is none of those known."""
    return next((one for one in known if one == asked.query.get(name)), None)


def day(asked: Asked, name: str) -> date | None:
    """A day as a browser sends it; None where there is none."""
    try:
        return date.fromisoformat(asked.query.get(name, ""))
    except ValueError:
        return None


def onward(path: str, asked: Asked, older: str) -> Mapping[str, str]:
    """The addresses of the next page (`older`) and of the newest one (`first`), with the filters; empty: none."""
    kept = {name: value for name, value in asked.query.items() if name != "after" and value}
    return {
        "first": f"{path}?{urlencode(kept)}".rstrip("?") if asked.query.get("after") else "",
        "older": f"{path}?{urlencode({**kept, 'after': older})}" if older else "",
    }


def place(asked: Asked) -> int:
    """How many entries of a short list were shown before this page."""
    return min(numbered(asked.query.get("after", "")) or 0, 1_000_000)
