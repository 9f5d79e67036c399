"""The pages of people: the list of them, where somebody stands, and how that went over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import listed as listed_as
from bot.ledger.asked import Sought
from bot.ledger.browsing import Cut, Listing, Narrowed
from bot.ledger.records import Person
from bot.web import plot
from bot.web.looking import Missing
from bot.web.pages import filters
from bot.web.render import Page
from bot.web.wording import segment

if TYPE_CHECKING:
    from bot.web.archive import Archive
    from bot.web.looking import Asked

_LISTED, _REMARKS, _ALERTS, _LIKE, _STANCES = 60, 15, 4, 30, 60
_MARKS = 400  # the newest; more of them cannot be told apart in a picture


def people(archive: Archive, asked: Asked) -> Page:
    """Everybody on record, or those whose name is like what was typed."""
    typed = filters.typed(asked, "q")
    cut = filters.cut(asked, _LISTED)
    listing: Listing[Person] = Listing(entries=()) if typed else archive.ledger.list_by_name(cut)
    values = {
        "typed": typed,
        "found": archive.ledger.find_people(typed, _LIKE) if typed else (),
        "entries": listing.entries,
        "archive": archive,
        **filters.onward("/people", asked, listing.following),
    }
    return Page(template="people.html", values=values)


def person(archive: Archive, asked: Asked) -> Page:
    """Mandates, positions by topic and what somebody said; further on, or narrowed down, the statements alone."""
    called = asked.path["person"]
    listed = listed_as.official(archive.running(), called)
    found = archive.ledger.card(called, limit=0) or listed_as.unheard(listed)
    if found is None:
        raise Missing(f"Nobody called “{called}” is on record.")
    key = found.person.official or found.person.name
    listed = listed or listed_as.official(archive.running(), key)
    narrowed = Narrowed(
        person=called,
        topic=filters.typed(asked, "topic") or None,
        stance=filters.chosen(asked, "stance", filters.STANCES),
        kind=filters.chosen(asked, "kind", filters.KINDS),
        since=filters.day(asked, "since"),
        until=filters.day(asked, "until"),
    )
    alone = bool(asked.query.get("after")) or narrowed != Narrowed(person=called)
    listing = archive.ledger.remarks(narrowed, filters.cut(asked, _REMARKS))
    values = {
        "card": found,
        "key": key,
        "mandates": () if alone else listed_as.history(listed),
        "stances": filters.part(
            f"/p/{segment(key)}", asked, "topics", () if alone else archive.ledger.stances(called), _STANCES
        ),
        "topics": archive.ledger.configured_topics(),
        "alerts": () if alone else archive.ledger.list_alerts(Sought(person=called), Cut(limit=_ALERTS)).entries,
        "entries": listing.entries,
        "narrowed": narrowed,
        "archive": archive,
        "desk": archive.desk,
        **filters.onward(f"/p/{segment(key)}", asked, listing.following),
    }
    return Page(template="person.html", values=values)


def timeline(archive: Archive, asked: Asked) -> Page:
    """What somebody said on a topic in order of time: a plot, and the statements behind it."""
    ledger, called = archive.ledger, asked.path["person"]
    topic = ledger.topic_called(asked.path["topic"])
    name = ledger.name_of(called)
    if topic is None or not name:
        raise Missing(f"Nothing is on record of “{called}” on “{asked.path['topic']}”.")
    listing = ledger.remarks(Narrowed(person=called, topic=topic.topic), filters.cut(asked, _REMARKS))
    marks = ledger.marks(topic.topic, called, _MARKS)
    listed = listed_as.official(archive.running(), called)
    values = {
        "name": name,
        "key": listed.id if listed else called,
        "topic": topic,
        "marks": marks,
        "plot": plot.by_stance(marks) if marks else None,
        "entries": listing.entries,
        "archive": archive,
        "desk": archive.desk,
        **filters.onward(f"/p/{segment(called)}/on/{segment(topic.topic)}", asked, listing.following),
    }
    return Page(template="timeline.html", values=values)
