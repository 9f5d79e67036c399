"""A list of feeds on its way in: fetched, compared with what is watched, and shown before anything is added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.inquiries import Unanswered
from bot.ledger.flow.sources import SourceChange
from bot.slack import outline, sources
from bot.slack.blocks import modals
from bot.slack.blocks import sources as shown

if TYPE_CHECKING:
    from datetime import datetime

    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Asker, Newsroom


def looked_at(newsroom: Newsroom, url: str, typed: str, asker: Asker, now: datetime) -> Payload:
    """The list at an address, and what was typed beside it; blocks until it is here."""
    if newsroom.inquiries is None:
        return modals.shown(shown.told("Lists cannot be fetched here: only the running service does."))
    try:
        text = newsroom.inquiries.outline(url)
    except Unanswered as error:
        return modals.shown(shown.told(str(error)))
    if not outline.feeds(text):
        return modals.shown(shown.told(f'{url} holds no address of a feed. OPML has them as xmlUrl="https://…".'))
    return preview(newsroom, f"{text}\n{typed}", asker, now)


def preview(newsroom: Newsroom, text: str, asker: Asker, now: datetime) -> Payload:
    """Suggest what is new, so that it is on record, and show it for one confirmation."""
    known = sources.known(newsroom)
    taken = {one.id for one in known}
    there = [one for one in known if one.state in {"active", "paused"}]
    waiting = [one for one in known if one.state not in {"active", "paused"}]
    fresh: list[SourceChange] = []
    old = 0
    listed = outline.feeds(text)
    usable = [(name, url) for name, url in listed if not sources.holds_login(url)]  # nobody in Slack is to see one
    for name, url in usable:
        if any(sources.same_address(one.url, url) for one in there):
            old += 1
            continue
        before = next((one for one in waiting if sources.same_address(one.url, url)), None)
        called = name or sources.host_of(url)
        source = before.id if before else sources.id_for(called, taken)
        taken.add(source)
        change = SourceChange(source=source, what="suggested", name=called, url=url, past="skip", by=asker.user, at=now)
        fresh.append(newsroom.ledger.change_source(change)[0] or change)
    about = " ".join(str(change.number) for change in fresh)
    return shown.preview([(one.name, one.url) for one in fresh], old, about, len(listed) - len(usable))
