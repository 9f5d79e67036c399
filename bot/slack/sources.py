"""The sources that are watched, as the files and Slack have them: found by name or address, each with its origin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from bot.inquiries import Unanswered
from bot.log import struck
from watchers.pace import present, usual

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.ledger.feeds.entries import GivenUp
    from bot.ledger.flow.sources import SourceChange, State
    from bot.slack.newsroom import Newsroom
    from config.settings import Polling
    from watchers.model import FeedState

_LONGEST_ID = 60
_NOT_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A source with where it was said and what became of it."""

    id: str
    name: str
    url: str
    origin: Literal["feeds.toml", "Slack"]
    state: State
    by: str = ""  # who changed it last in Slack
    health: FeedState | None = None  # None: it was never asked
    given_up: GivenUp | None = None  # None: on no entry of it
    every: timedelta | None = None  # the present time between two polls

    @property
    def watched(self) -> bool:
        """Whether it is polled."""
        return self.state == "active"

    @property
    def moved_to(self) -> str:
        """The address that it permanently sends us to, if that is another one."""
        there = (self.health and self.health.moved_to) or ""
        return "" if same_address(there, self.url) else there


def known(newsroom: Newsroom) -> tuple[Known, ...]:
    """Every source of the files, then those of Slack in the order of their coming, with what the log says of each."""
    changes = {change.source: change for change in newsroom.ledger.sources()}
    health = {state.feed: state for state in newsroom.ledger.feed_states()}
    given_up = newsroom.ledger.given_up()
    polling = newsroom.config.settings.polling
    found = []
    for feed in newsroom.config.feeds:
        change = changes.pop(feed.id, None)
        state: State = change.state if change else "active" if feed.enabled else "paused"
        by = change.by if change else ""
        found.append(
            Known(
                id=feed.id,
                name=feed.name,
                url=feed.url,
                origin="feeds.toml",
                state=state,
                by=by,
                health=health.get(feed.id),
                given_up=given_up.get(feed.id),
                every=present(health.get(feed.id), usual(feed, polling)),
            )
        )
    of_slack = [change for change in changes.values() if change.url]
    return (*found, *(_of_slack(one, health.get(one.source), given_up.get(one.source), polling) for one in of_slack))


def watched(newsroom: Newsroom) -> dict[str, str]:
    """By their ids, the names of the sources that are polled now; blocks."""
    named = {feed.id: feed.name for feed in newsroom.config.feeds}
    found = {feed.id: feed.name for feed in newsroom.config.feeds if feed.enabled}
    for change in newsroom.ledger.sources():
        if change.state != "active":
            found.pop(change.source, None)
        elif change.url or change.source in named:
            found[change.source] = named.get(change.source, change.name)
    return found


def _of_slack(change: SourceChange, health: FeedState | None, given_up: GivenUp | None, polling: Polling) -> Known:
    return Known(
        id=change.source,
        name=change.name,
        url=change.url,
        origin="Slack",
        state=change.state,
        by=change.by,
        health=health,
        given_up=given_up,
        every=present(health, timedelta(minutes=polling.every_minutes)),
    )


def called(sources: Sequence[Known], words: str) -> tuple[Known, ...]:
    """The sources that these words name: by id, by address, or by a part of the name."""
    wanted = words.strip().casefold()
    exact = [one for one in sources if wanted in {one.id.casefold(), one.name.casefold(), one.url.casefold()}]
    same = [one for one in sources if same_address(one.url, words)]
    near = [one for one in sources if wanted and (wanted in one.name.casefold() or wanted in one.id.casefold())]
    return tuple(dict.fromkeys(exact or same or near))


def same_address(one: str, other: str) -> bool:
    """Whether two addresses lead to one feed, as far as can be told without asking."""
    return _bare(one) == _bare(other)


def holds_login(url: str) -> bool:
    """Whether an address holds a name or a password, also where an odd letter in it hides that from whoever dials."""
    return struck(url) != url


def host_of(url: str) -> str:
    """What a source without a name is called; the address itself where it names no host."""
    try:
        host = urlsplit(url).hostname
    except ValueError:  # "http://[…"
        host = None
    return (host or url).removeprefix("www.")


def place_of(url: str) -> str:
    """Host and port, as `allow` of a feed names them."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _bare(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # it leads nowhere, and is like nothing but itself
        return url.strip()
    return f"{host_of(url.strip())}{port}{parts.path.rstrip('/')}?{parts.query}"


def id_for(name: str, taken: Collection[str]) -> str:
    """An id that nobody has: the name in small letters, numbered if need be."""
    made = _NOT_ID.sub("-", name.casefold()).strip("-")[:_LONGEST_ID] or "source"
    if made not in taken:
        return made
    return next(f"{made}-{number}" for number in range(2, len(taken) + 3) if f"{made}-{number}" not in taken)


def take_up(newsroom: Newsroom) -> str:
    """Let what the ledger says of sources hold without a restart; why it does not yet, empty where it does. Blocks."""
    try:
        if newsroom.inquiries:
            newsroom.inquiries.sources_changed()
    except Unanswered as error:
        return f"That is on record, and holds from the next change of a source or the next start on ({error})."
    return ""
