"""The pages of topics: the list of them, and who stands where on one, by side and over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.asked import Sought
from bot.ledger.browsing import Cut, Listing, Narrowed
from bot.ledger.records import TopicFound
from bot.model import MADE
from bot.slack.commands.asking.topic_changes import told
from bot.web import plot
from bot.web.looking import Missing
from bot.web.pages import filters
from bot.web.render import Page
from bot.web.wording import segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Position
    from bot.web.archive import Archive
    from bot.web.looking import Asked

_LISTED, _REMARKS, _STANDING, _ALERTS, _LIKE, _CHANGES = 60, 15, 40, 4, 30, 10
_MARKS = 250  # the newest; more of them cannot be told apart in a picture


def topics(archive: Archive, asked: Asked) -> Page:
    """The newsroom's topics; then those that no configuration names; or those like what was typed."""
    typed, ledger = filters.typed(asked, "q"), archive.ledger
    nothing: Listing[TopicFound] = Listing(entries=())
    listing = nothing if typed else ledger.list_topics(filters.cut(asked, _LISTED))
    values = {
        "typed": typed,
        "found": ledger.topics_like(typed, _LIKE) if typed else (),
        "named": [one for one in listing.entries if not one.topic.startswith(MADE)],
        "made": [one for one in listing.entries if one.topic.startswith(MADE)],
        **filters.onward("/topics", asked, listing.following),
    }
    return Page(template="topics.html", values=values)


def topic(archive: Archive, asked: Asked) -> Page:
    """Who stands where on a topic; on further pages the statements alone."""
    ledger = archive.ledger
    found = ledger.topic_called(asked.path["topic"])
    if found is None:
        raise Missing(f"No topic “{asked.path['topic']}” is on record.")
    narrowed = Narrowed(
        topic=found.topic,
        side=filters.typed(asked, "side") or None,
        stance=filters.chosen(asked, "stance", filters.STANCES),
        kind=filters.chosen(asked, "kind", filters.KINDS),
        since=filters.day(asked, "since"),
        until=filters.day(asked, "until"),
    )
    after = asked.query.get("after", "")
    listing = ledger.remarks(narrowed, filters.cut(asked, _REMARKS))
    path, begin = f"/t/{segment(found.topic)}", filters.place(asked, "standing")
    standing = () if after else ledger.standing(found.topic, limit=_STANDING + 1, skip=begin)
    changes = [told(one, ledger) for one in ledger.topic_changes() if found.topic in {one.source, one.target}][::-1]
    more = str(begin + _STANDING) if len(standing) > _STANDING else ""
    marks = () if after else ledger.marks(found.topic, limit=_MARKS)
    drawn = plot.by_holder(marks, {one.holder: archive.side(one.side) for one in marks}) if marks else None
    values = {
        "topic": found,
        "changes": filters.part(path, asked, "changes", changes, _CHANGES),
        "sides": _by_side(standing[:_STANDING], archive),
        "side_choice": [(one.id, one.name) for one in sorted(archive.running().sides, key=lambda one: one.name)],
        "standing": filters.onward(path, asked, more, "standing"),
        "marks": marks,
        "plot": drawn,
        "alerts": () if after else ledger.list_alerts(Sought(topic=found.topic), Cut(limit=_ALERTS)).entries,
        "entries": listing.entries,
        "narrowed": narrowed,
        "archive": archive,
        "desk": archive.desk,
        **filters.onward(path, asked, listing.following),
    }
    return Page(template="topic.html", values=values)


def _by_side(standing: Sequence[Position], archive: Archive) -> list[tuple[str, str, list[Position]]]:
    """The sides with their names and who stands where, the side that spoke last first; without a side at the end."""
    found: dict[str, list[Position]] = {}
    for one in standing:
        found.setdefault(one.holder.side or "", []).append(one)
    named = [(side, archive.side(side) or "No side known", held) for side, held in found.items()]
    return sorted(named, key=lambda one: not one[0])
