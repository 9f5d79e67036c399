"""The pages of sides: all of them, and who speaks for one, where, and against what it said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.asked import Sought
from bot.ledger.browsing import Cut, Narrowed
from bot.web.looking import Missing
from bot.web.pages import filters
from bot.web.render import Page
from bot.web.wording import segment

if TYPE_CHECKING:
    from bot.web.archive import Archive
    from bot.web.looking import Asked
    from config.schema import Mandate, Official

_REMARKS, _ALERTS, _SIDES, _PEOPLE = 15, 4, 200, 60


def sides(archive: Archive, asked: Asked) -> Page:
    """Every side of the configuration, with how many speak for it today."""
    config = archive.running()
    spoken: dict[str, int] = {}
    for one in config.officials:
        for side in {mandate.side for mandate in one.mandates if mandate.until is None}:
            spoken[side] = spoken.get(side, 0) + 1
    named = sorted(config.sides, key=lambda side: side.name.casefold())
    shown = filters.part("/sides", asked, "after", [(side, spoken.get(side.id, 0)) for side in named], _SIDES)
    return Page(template="sides.html", values={"sides": shown})


def side(archive: Archive, asked: Asked) -> Page:
    """Who speaks for a side, what it said, and the conflicts that show it."""
    config, ledger = archive.running(), archive.ledger
    found = next((one for one in config.sides if one.id == asked.path["side"]), None)
    if found is None:
        raise Missing(f"No side “{asked.path['side']}” is known.")
    narrowed = Narrowed(
        side=found.id,
        topic=filters.typed(asked, "topic") or None,
        stance=filters.chosen(asked, "stance", filters.STANCES),
        kind=filters.chosen(asked, "kind", filters.KINDS),
        since=filters.day(asked, "since"),
        until=filters.day(asked, "until"),
    )
    listing = ledger.remarks(narrowed, filters.cut(asked, _REMARKS))
    people = [held for one in config.officials if (held := _held(one, found.id))]
    values = {
        "side": found,
        "within": [archive.side(one) for one in found.within],
        "people": filters.part(f"/side/{segment(found.id)}", asked, "people", people, _PEOPLE),
        "alerts": ledger.list_alerts(Sought(side=found.id), Cut(limit=_ALERTS)).entries,
        "topics": ledger.configured_topics(),
        "entries": listing.entries,
        "narrowed": narrowed,
        "archive": archive,
        "desk": archive.desk,
        **filters.onward(f"/side/{segment(found.id)}", asked, listing.following),
    }
    return Page(template="side.html", values=values)


def _held(one: Official, side: str) -> tuple[Official, Mandate] | None:
    """Somebody with the newest mandate for a side; None where there is none."""
    mine = [mandate for mandate in one.mandates if mandate.side == side]
    newest = max(mine, key=lambda mandate: (mandate.until is None, str(mandate.since or "")), default=None)
    return (one, newest) if newest else None
