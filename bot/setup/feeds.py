"""Which feeds: those of the catalogue by region, and those of a list that another reader exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.setup.files import quoted
from bot.slack import outline, sources
from config.load import load
from config.schema import Feed
from watchers.address import allowance, judge
from watchers.errors import BlockedAddress, NoAddress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.setup.asking import Asking

_HEAD = """# The feeds that are polled. Before you poll a feed, read the terms of use of its outlet.
# Written by onrecord setup; every key is told in the file of this name that comes with On Record.
"""


def chosen(ask: Asking) -> list[Feed]:
    """The feeds that are wished."""
    catalogue = load(environ={}).feeds
    counted = {
        region: sum(feed.region == region for feed in catalogue) for feed in catalogue if (region := feed.region)
    }
    regions = ask.several("regions", "Which feeds? The catalogue has, by region:", list(counted))
    feeds = [feed for feed in catalogue if feed.region in regions]
    path = ask.text("opml", "A list of feeds from another reader (OPML, or addresses one a line); empty for none")
    return feeds + (imported(path, feeds, ask) if path else [])


def imported(path: str, there: Iterable[Feed], ask: Asking) -> list[Feed]:
    """The feeds of a list that are not there yet; what cannot be taken is told."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123  as it was typed
            listed = outline.feeds(file.read(2_000_000))
    except OSError as error:
        ask.say(f"{path} cannot be read: {error.strerror}. No feed was taken from it.")
        return []
    known = [feed.url for feed in there]
    taken = {feed.id for feed in there}
    found: list[Feed] = []
    for name, url in listed:
        if sources.holds_login(url):
            ask.say(f"{sources.host_of(url)}: its address holds a login, which belongs in the environment; left out.")
        elif not any(sources.same_address(url, one) for one in known) and (feed := _feed(name, url, taken, ask)):
            found.append(feed)
            known.append(url)
            taken.add(feed.id)
    ask.say(f"{len(found)} feeds of {len(listed)} in {path} are new.")
    return found


def _feed(name: str, url: str, taken: set[str], ask: Asking) -> Feed | None:
    called = name or sources.host_of(url)
    allow: tuple[str, ...] = ()
    try:
        judge(url)
    except NoAddress as error:
        ask.say(f"{error}")
        return None
    except BlockedAddress:
        place = sources.place_of(url)
        if not ask.yes(
            "private", f"{called} lies in a private network ({place}). May On Record reach it there?", default=False
        ):
            return None
        allow = (place,)
        judge(url, allowance(allow))
    return Feed(id=sources.id_for(called, taken), name=called[:200], url=url, allow=allow)


def toml(feeds: Iterable[Feed]) -> str:
    """feeds.toml with these feeds."""
    return _HEAD + "".join(map(_entry, feeds))


def _entry(feed: Feed) -> str:
    lines = ["", "[[feed]]", f"id = {quoted(feed.id)}", f"name = {quoted(feed.name)}", f"url = {quoted(feed.url)}"]
    lines += [f"region = {quoted(feed.region)}"] if feed.region else []
    lines += [f"allow = [{', '.join(map(quoted, feed.allow))}]"] if feed.allow else []
    return "\n".join(lines) + "\n"
