"""The country an article is about, for bodies that it names without one: "the foreign ministry", "the presidency"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from bot.statements.people.roster import Roster
from bot.statements.people.spelling import plain
from bot.statements.text.page import Page
from config.schema import Side

_CAPITALS = re.compile(r"(?<![\w-])[A-ZÀ-Þ][\w.]+(?: [A-ZÀ-Þ][\w.]+)?")
_LINES = 2
_LEAST = 3  # mentions
_AHEAD = 1.5  # times as many mentions as the next country


@dataclass(kw_only=True)
class Countries:
    """The states of an article, in the order of their mentions; read once, where they are needed."""

    page: Page
    roster: Roster

    @cached_property
    def named(self) -> tuple[tuple[int, str], ...]:
        """Each state that the article names, by name, capital or people, with the place."""
        found: list[tuple[int, str]] = []
        for match in _CAPITALS.finditer(self.page.view):
            words = match.group().removesuffix("'s")
            for written in (words, *(words.split() if " " in words else ())):
                side = self.roster.side(written) or self.roster.adjective(written)
                if side:
                    break
            if side and side.kind == "state" and self.page.holds(match.start()):
                found.append((match.start(), side.id))
        return tuple(found)

    def chief(self, without: frozenset[str] = frozenset()) -> str | None:
        """The country of the first lines that is named most by far; None where another is named nearly as often."""
        counts = Counter(side for _, side in self.named if side not in without).most_common(2)
        if not counts or counts[0][1] < _LEAST or (len(counts) > 1 and counts[0][1] < _AHEAD * counts[1][1]):
            return None
        lines = self.page.sentences[min(len(self.page.sentences) - 1, _LINES)].end
        return counts[0][0] if any(side == counts[0][0] for at, side in self.named if at < lines) else None

    def latest(self, start: int, end: int) -> str | None:
        """The one country named in this stretch; None if there are more or none."""
        sides = {side for at, side in self.named if start <= at < end}
        return sides.pop() if len(sides) == 1 else None


def seat(side: Side) -> str | None:
    """The house that stands for a state's president: "Élysée Palace"."""
    return next((n for n in reversed(side.names) if plain(n).endswith((" palace", " house"))), None)
