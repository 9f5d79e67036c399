"""Search over everything that was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.browsing import Listing, Spoken
from bot.web.pages import filters
from bot.web.render import Page

if TYPE_CHECKING:
    from bot.ledger.browsing import Sighting
    from bot.web.archive import Archive
    from bot.web.looking import Asked

_SHOWN, _PEOPLE = 15, 4


def search(archive: Archive, asked: Asked) -> Page:
    """Statements that hold the words, people and topics that are called so."""
    ledger, words = archive.ledger, filters.typed(asked, "q")
    person, side, outlet = (filters.typed(asked, name) for name in ("person", "side", "outlet"))
    topic = filters.typed(asked, "topic")
    since, until = filters.day(asked, "since"), filters.day(asked, "until")
    listing: Listing[Sighting] = Listing(entries=())
    if words:
        wanted = Spoken(
            person=person or None,
            side=side or None,
            topic=topic or None,
            outlet=outlet or None,
            since=since,
            until=until,
        )
        listing = ledger.search(words, wanted, filters.cut(asked, _SHOWN))
    first = words and not asked.query.get("after")
    values = {
        "words": words,
        "filters": {"person": person, "side": side, "outlet": outlet, "topic": topic, "since": since, "until": until},
        "sides": sorted(archive.running().sides, key=lambda one: one.name.casefold()),
        "entries": listing.entries,
        "people": ledger.find_people(words, _PEOPLE) if first else (),
        "topics": ledger.topics_like(words, _PEOPLE) if first else (),
        "configured": ledger.configured_topics(),
        "archive": archive,
        **filters.onward("/search", asked, listing.following),
    }
    return Page(template="search.html", values=values)
