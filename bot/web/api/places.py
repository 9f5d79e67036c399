"""What can be asked for, and how it is looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.ledger.asked import Sought
from bot.ledger.browsing import Cut, Narrowed, Spoken
from bot.web.api import asking, models
from bot.web.api.asking import begins, ends

if TYPE_CHECKING:
    from pydantic import BaseModel

    from bot.web.archive import Archive

ROOT = "/api/v1"
_KEY = "{id:[0-9a-f]{64}}"

Rows = tuple[Sequence[models.Given], str]  # and where the next page begins, empty: there is none
Found = Callable[["Archive", str], models.Given | None]
Listed = tuple[type[models.Given], "type[BaseModel]", Callable[["Archive", Any], Rows]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A list (`listed`), or one thing by its id (`found`); both block."""

    path: str  # below the root, as aiohttp writes it
    says: str
    gives: type[models.Given]
    asks: type[BaseModel] = asking.Nothing
    listed: Callable[[Archive, Any], Rows] | None = None
    found: Callable[[Archive, str], models.Given | None] | None = None


def _cut(query: asking.Page) -> Cut:
    after = "" if query.cursor is None else str(query.cursor)
    return Cut(limit=query.limit, after=after, oldest=query.order == "oldest")


def _statements(archive: Archive, query: asking.OfStatements) -> Rows:
    wanted = Spoken(person=query.person, since=query.since, until=query.until)
    page = archive.ledger.list_statements(wanted, _cut(query))
    return list(map(models.Statement.of, page.entries)), page.following


def _statement(archive: Archive, key: str) -> models.Statement | None:
    found = archive.ledger.list_statements(Spoken(key=key)).entries
    return models.Statement.of(found[0]) if found else None


def _positions(archive: Archive, query: asking.OfPositions) -> Rows:
    wanted = Narrowed(
        holder=query.person,
        side=query.side,
        topic=query.topic,
        stance=query.stance,
        since=query.since,
        until=query.until,
    )
    page = archive.ledger.list_positions(wanted, _cut(query))
    return list(map(models.Position.filed, page.entries)), page.following


def _position(archive: Archive, key: str) -> models.Position | None:
    found = archive.ledger.list_positions(Narrowed(key=key)).entries
    return models.Position.filed(found[0]) if found else None


def _alerts(archive: Archive, query: asking.OfAlerts) -> Rows:
    sought = Sought(
        review=query.review,
        kind=query.kind,
        person=query.person,
        side=query.side,
        topic=query.topic,
        since=begins(query.since),
        until=ends(query.until),
    )
    page = archive.ledger.list_alerts(sought, _cut(query))
    return list(map(models.Alert.of, page.entries)), page.following


def _alert(archive: Archive, name: str) -> models.Alert | None:
    found = archive.ledger.behind(int(name.removeprefix("OR-")))
    return models.Alert.of(found) if found else None


def _people(archive: Archive, query: asking.OfPeople) -> Rows:
    page = archive.ledger.list_people(_cut(query), side=query.side)
    return list(map(models.Person.of, page.entries)), page.following


def _person(archive: Archive, key: str) -> models.Person | None:
    found = archive.ledger.person_with(key)
    return models.Person.of(found) if found else None


def _topics(archive: Archive, query: asking.OfTopics) -> Rows:
    page = archive.ledger.list_topics(Cut(limit=query.limit, after=query.cursor or ""))
    return list(map(models.Topic.of, page.entries)), page.following


def _topic(archive: Archive, topic: str) -> models.Topic | None:
    found = archive.ledger.topic_with(topic)
    return models.Topic.of(found) if found else None


def _sides(archive: Archive, query: asking.OfTopics) -> Rows:
    known = sorted(archive.running().sides, key=lambda one: one.id)
    rest = (one for one in known if query.cursor is None or one.id > query.cursor)
    page = Cut(limit=query.limit).page(rest, lambda one: one.id)
    return list(map(models.Side.of, page.entries)), page.following


def _side(archive: Archive, side: str) -> models.Side | None:
    return next((models.Side.of(one) for one in archive.running().sides if one.id == side), None)


def _watched(archive: Archive) -> Mapping[str, str]:
    """The sources that are watched, by id with their name: those of the files, and those added in Slack."""
    known = {feed.id: feed.name for feed in archive.running().feeds if feed.enabled}
    for change in archive.ledger.sources():
        if change.state == "active":
            known.setdefault(change.source, change.name)
        else:
            known.pop(change.source, None)
    return known


def _sources(archive: Archive, query: asking.OfTopics) -> Rows:
    known = _watched(archive)
    rest = (one for one in sorted(known) if query.cursor is None or one > query.cursor)
    page = Cut(limit=query.limit).page(rest, str)
    states = archive.ledger.feed_states_of(page.entries)
    return [models.Feed.of(one, known[one], states.get(one)) for one in page.entries], page.following


def _source(archive: Archive, feed: str) -> models.Feed | None:
    known = _watched(archive)
    if feed not in known:
        return None
    return models.Feed.of(feed, known[feed], archive.ledger.feed_states_of([feed]).get(feed))


def _both(name: str, one: str, path: str, listed: Listed, found: Found) -> tuple[Place, Place]:
    gives, asks, look = listed
    return (
        Place(path=f"/{name}", says=f"A page of {name}", gives=gives, asks=asks, listed=look),
        Place(path=f"/{name}/{path}", says=f"One {one}", gives=gives, found=found),
    )


_WORD = "{id:[^/]{1,200}}"
PLACES: tuple[Place, ...] = (
    *_both("statements", "statement", _KEY, (models.Statement, asking.OfStatements, _statements), _statement),
    *_both("positions", "position", _KEY, (models.Position, asking.OfPositions, _positions), _position),
    *_both("alerts", "alert", "{id:OR-[0-9]{1,9}}", (models.Alert, asking.OfAlerts, _alerts), _alert),
    *_both("people", "person", _KEY, (models.Person, asking.OfPeople, _people), _person),
    *_both("topics", "topic", _WORD, (models.Topic, asking.OfTopics, _topics), _topic),
    *_both("sides", "side", _WORD, (models.Side, asking.OfTopics, _sides), _side),
    *_both("sources", "source", _WORD, (models.Feed, asking.OfTopics, _sources), _source),
)
