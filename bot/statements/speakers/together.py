"""Two or more that speak together: "Britain and France"."""

from __future__ import annotations

import re

from bot.model import Party, Span
from bot.statements.people.cast import Cast
from bot.statements.people.roster import Roster
from bot.statements.text.page import Page

_JOINT = re.compile(r"^(?P<a>[^,]{2,60}?)(?:, (?P<b>[^,]{2,40}?))*,? and (?P<c>[^,]{2,60})$")


def together(span: Span, head: str, page: Page, cast: Cast, roster: Roster) -> Party | None:
    """Those who speak together as one body without a side; None where a part is neither a side nor somebody."""
    head = head.removeprefix("Both ").removeprefix("both ")
    if not _JOINT.match(head):
        return None
    parts = [p.strip() for p in re.split(r",\s*|\s+and\s+", head) if p.strip()]
    names: list[str] = []
    for part in parts:
        side = roster.side(part)
        start = page.view.find(part, span.start, span.end)
        inside = cast.within(Span(start=start, end=start + len(part))) if start >= 0 else ()
        if side:
            names.append(side.name)
        elif inside:
            names.append(inside[-1].person.name)
        else:
            return None
    return Party(name=" and ".join(names), person=False) if len(set(names)) > 1 else None
