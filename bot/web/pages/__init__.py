"""The pages, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bot.web.looking import Look, shown
from bot.web.pages import alert, front
from bot.web.route import Needs, Route

if TYPE_CHECKING:
    from bot.web.archive import Archive
    from bot.web.forms import Forms

_PAGES: Mapping[str, tuple[Look, Needs]] = {
    "/": (front.front, "member"),
    "/a/{name}": (alert.alert, "member"),
}


def page_routes(archive: Archive, forms: Forms) -> Iterator[Route]:
    """Every page."""
    for path, (look, needs) in _PAGES.items():
        yield Route(path=path, answer=shown(archive, forms, look), needs=needs)
