"""Two or more that speak together: "Britain and France"."""

from __future__ import annotations

import re
from datetime import date

from bot.model import Party, Span
from bot.statements.people.cast import Cast
from bot.statements.people.roster import Roster
from bot.statements.text.page import Page

_JOINT = re.compile(r"^(?P<a>[^,]{2,60}?)(?:, (?P<b>[^,]{2,40}?))*,? and (?P<c>[^,]{2,60})$")


def together(span: Span, head: str, page: Page, cast: Cast, roster: Roster, *, day: date | None) -> Party | None:
    """Those who speak together as one body; None where a part is neither a side nor somebody.

    It is of a side only where all of them are people of that one.
    """
    head = head.removeprefix("Both ").removeprefix("both ")
    if not _JOINT.match(head):
        return None
    parts = [p.strip() for p in re.split(r",\s*|\s+and\s+", head) if p.strip()]
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
        else:
            return None
    if len(set(names)) < 2:
        return None
    return Party(name=" and ".join(names), side=sides.pop() if len(sides) == 1 else None, person=False)
