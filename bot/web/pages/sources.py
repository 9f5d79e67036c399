"""The pages of sources: how each feed is doing, and what each outlet contributed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.sources import known
from bot.web.looking import Missing
from bot.web.pages import filters
from bot.web.render import Page
from bot.web.wording import segment

if TYPE_CHECKING:
    from bot.web.archive import Archive
    from bot.web.looking import Asked

_FEEDS, _OUTLETS, _ARTICLES = 50, 60, 20


def sources(archive: Archive, asked: Asked) -> Page:
    """Every feed that is or was watched, and the outlets on record."""
    feeds = filters.part("/sources", asked, "after", known(archive.newsroom), _FEEDS)
    outlets = archive.ledger.list_outlets(filters.cut(asked, _OUTLETS, "outlets"))
    values = {
        "feeds": feeds,
        "outlets": outlets.entries,
        "more": filters.onward("/sources", asked, outlets.following, "outlets"),
    }
    return Page(template="sources.html", values=values)


def source(archive: Archive, asked: Asked) -> Page:
    """The articles of an outlet, with how many statements were taken from each, and the health of its feeds."""
    outlet = asked.path["outlet"]
    listing = archive.ledger.contributed(outlet, filters.cut(asked, _ARTICLES))
    mine = [one for one in known(archive.newsroom) if one.name == outlet]
    feeds = filters.part(f"/source/{segment(outlet)}", asked, "feeds", mine, _FEEDS)
    if not listing.entries and not mine:
        raise Missing(f"Nothing of an outlet called “{outlet}” is on record.")
    values = {
        "outlet": outlet,
        "feeds": feeds,
        "entries": listing.entries,
        **filters.onward(f"/source/{segment(outlet)}", asked, listing.following),
    }
    return Page(template="source.html", values=values)
