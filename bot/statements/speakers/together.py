"""Two or more that speak together: "Britain and France"."""

from __future__ import annotations

import re
from datetime import date

from bot.model import Party, Span
from bot.statements.people.cast import Cast
from bot.statements.people.roster import Roster
from bot.statements.text.page import Page

_JOINT = re.compile(r"^(?P<a>[^,]{2,60}?)(?:, (?P<b>[^,]{2,40}?))*,? and (?P<c>[^,]{2,60})$")
# Three or more names and nothing else: "Britain, France and Norrland".
_NAMES = r"[A-ZÀ-Þ][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*){0,3}"
_LISTED = re.compile(rf"(?:{_NAMES}, )+{_NAMES},? and {_NAMES}")


def together(span: Span, head: str, page: Page, cast: Cast, roster: Roster, *, day: date | None) -> Party | None:
    """Those who speak together as one body; None where a part is neither a side nor somebody.

    It is of a side only where all of them are people of that one.
    """
    head = head.removeprefix("Both ").removeprefix("both ")
    written = " ".join(page.view[span.start : span.end].split())
    listed = bool(_LISTED.fullmatch(written))
    head = written if listed else head
    if not _JOINT.match(head):
        return None
    parts = [p.strip() for p in re.split(r",?\s+and\s+|,\s*", head) if p.strip()]
    names: list[str] = []
    sides: set[str | None] = set()
    for part in parts:
        side = roster.side(part)
        start = page.view.find(part, span.start, span.end)
        inside = cast.within(Span(start=start, end=start + len(part))) if start >= 0 else ()
        if side:
            names.append(side.name)
            sides.add(None)
        elif inside:
            person = inside[-1].person
            names.append(person.name)
            sides.add(roster.party(person.official, day).side if person.official else person.side)
        elif listed:
            names.append(part)
            sides.add(None)
        else:
            return None
    if len(set(names)) < 2:
        return None
    return Party(
        name=f"{', '.join(names[:-1])} and {names[-1]}", side=sides.pop() if len(sides) == 1 else None, person=False
    )
