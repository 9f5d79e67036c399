"""The pages, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from bot.web.looking import Look, shown
from bot.web.pages import alert, audit, conflicts, figures, front, people, replay, search, sides, sources, topics
from bot.web.route import Needs, Route

if TYPE_CHECKING:
    from bot.web.access.shares import Shares
    from bot.web.archive import Archive
    from bot.web.forms import Forms

_PAGES: Mapping[str, tuple[Look, Needs]] = {
    "/": (front.front, "member"),
    "/conflicts": (conflicts.conflicts, "member"),
    "/people": (people.people, "member"),
    "/p/{person}": (people.person, "member"),
    "/p/{person}/on/{topic}": (people.timeline, "member"),
    "/topics": (topics.topics, "member"),
    "/t/{topic}": (topics.topic, "member"),
    "/sides": (sides.sides, "member"),
    "/side/{side}": (sides.side, "member"),
    "/sources": (sources.sources, "member"),
    "/source/{outlet}": (sources.source, "member"),
    "/search": (search.search, "member"),
    "/stats": (figures.stats, "member"),
    "/balance": (figures.balance, "member"),
    "/audit": (audit.audit, "checker"),  # as in Slack
    "/replay": (replay.replay, "editor"),  # the same
}


def page_routes(archive: Archive, forms: Forms, shares: Shares) -> Iterator[Route]:
    """Every page."""
    one = partial(alert.alert, address=shares.address)
    yield Route(path="/a/{name}", answer=shown(archive, forms, one))
    for path, (look, needs) in _PAGES.items():
        yield Route(path=path, answer=shown(archive, forms, look), needs=needs)
