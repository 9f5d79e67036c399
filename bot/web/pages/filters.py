"""What a form of filters says, and the addresses that lead on from a page of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar, get_args
from urllib.parse import urlencode

from bot.ledger.browsing import Cut
from bot.ledger.browsing.cut import numbered
from bot.model import Stance, StatementKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.web.looking import Asked

Word = TypeVar("Word", bound=str)
Entry = TypeVar("Entry")
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


def cut(asked: Asked, limit: int, name: str = "after") -> Cut:
    """Which page of a list; `name` is the field of the query that says where it begins."""
    return Cut(limit=limit, after=asked.query.get(name, ""))


def onward(path: str, asked: Asked, older: str, name: str = "after") -> Mapping[str, str]:
    """The addresses of the next page (`older`) and of the newest one (`first`), with the filters; empty: none."""
    kept = {field: value for field, value in asked.query.items() if field != name and value}
    at = "" if name == "after" else f"#{name}"  # of several lists on a page the one that was leafed through
    return {
        "first": f"{path}?{urlencode(kept)}".rstrip("?") + at if asked.query.get(name) else "",
        "older": f"{path}?{urlencode({**kept, name: older})}{at}" if older else "",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[Entry]):
    """A stretch of a list that is known whole, and the addresses of the one after it and of the first; empty: none."""

    entries: Sequence[Entry]
    of: int  # entries of the whole list
    first: str
    older: str


def place(asked: Asked, name: str) -> int:
    """How many entries of a list were shown before this page."""
    return min(numbered(asked.query.get(name, "")) or 0, 1_000_000)


def part(path: str, asked: Asked, name: str, every: Sequence[Entry], most: int) -> Part[Entry]:
    """As many entries as a page holds; `name` is the field of the query that says how many were shown before."""
    begin = place(asked, name)
    rest = str(begin + most) if len(every) > begin + most else ""
    ways = onward(path, asked, rest, name)
    return Part(entries=every[begin : begin + most], of=len(every), first=ways["first"], older=ways["older"])
