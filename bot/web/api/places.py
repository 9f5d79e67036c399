"""What can be asked for, and how it is looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.ledger.browsing.listing import Cut
from bot.web.api import asking, models
from bot.web.api.asking import begins, ends

if TYPE_CHECKING:
    from pydantic import BaseModel

    from bot.web.archive import Archive

ROOT = "/api/v1"
_KEY = "{id:[0-9a-f]{64}}"
_FIRST = Cut(limit=1)

Rows = tuple[Sequence[models.Given], str | None]  # and where the next page begins
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
    return Cut(limit=query.limit, after=query.cursor, oldest=query.order == "oldest")


def _following(query: asking.Page, numbers: Sequence[int]) -> str | None:
    """Where the next page begins. In the order of recording there is always one: what comes later is on it."""
    if query.order == "oldest":
        last = numbers[-1] if numbers else query.cursor
        return str(last or 0)
    return str(numbers[-1]) if len(numbers) == query.limit else None


def _statements(archive: Archive, query: asking.OfStatements) -> Rows:
    rows = archive.ledger.list_statements(_cut(query), person=query.person, since=query.since, until=query.until)
    return [models.Statement.of(row.value) for row in rows], _following(query, [row.number for row in rows])


def _statement(archive: Archive, key: str) -> models.Statement | None:
    rows = archive.ledger.list_statements(_FIRST, key=key)
    return models.Statement.of(rows[0].value) if rows else None


def _positions(archive: Archive, query: asking.OfPositions) -> Rows:
    rows = archive.ledger.list_positions(
        _cut(query),
        person=query.person,
        side=query.side,
        topic=query.topic,
        stance=query.stance,
        since=query.since,
        until=query.until,
    )
    return [models.Position.numbered(row) for row in rows], _following(query, [row.number for row in rows])


def _position(archive: Archive, key: str) -> models.Position | None:
    rows = archive.ledger.list_positions(_FIRST, key=key)
    return models.Position.numbered(rows[0]) if rows else None


def _alerts(archive: Archive, query: asking.OfAlerts) -> Rows:
    rows = archive.ledger.list_alerts(
        _cut(query),
        review=query.review,
        kind=query.kind,
        person=query.person,
        side=query.side,
        topic=query.topic,
        since=begins(query.since),
        until=ends(query.until),
    )
    return list(map(models.Alert.of, rows)), _following(query, [row.number for row in rows])


def _alert(archive: Archive, name: str) -> models.Alert | None:
    found = archive.ledger.alert(int(name.removeprefix("OR-")))
    return models.Alert.of(found) if found else None


def _people(archive: Archive, query: asking.OfPeople) -> Rows:
    rows = archive.ledger.list_people(_cut(query), side=query.side)
    return list(map(models.Person.of, rows)), _following(query, [row.number for row in rows])


def _person(archive: Archive, key: str) -> models.Person | None:
    rows = archive.ledger.list_people(_FIRST, key=key)
    return models.Person.of(rows[0]) if rows else None


def _topics(archive: Archive, query: asking.OfTopics) -> Rows:
    rows = archive.ledger.list_topics(query.limit, query.cursor)
    return list(map(models.Topic.of, rows)), rows[-1].topic if len(rows) == query.limit else None


def _topic(archive: Archive, topic: str) -> models.Topic | None:
    rows = archive.ledger.list_topics(1, topic=topic)
    return models.Topic.of(rows[0]) if rows else None


def _sides(archive: Archive, query: asking.OfTopics) -> Rows:
    known = sorted(archive.running().sides, key=lambda one: one.id)
    rows = [one for one in known if query.cursor is None or one.id > query.cursor][: query.limit]
    return list(map(models.Side.of, rows)), rows[-1].id if len(rows) == query.limit else None


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
    ids = [one for one in sorted(known) if query.cursor is None or one > query.cursor][: query.limit]
    states = archive.ledger.feed_states_of(ids)
    return [models.Feed.of(one, known[one], states.get(one)) for one in ids], ids[-1] if len(
        ids
    ) == query.limit else None


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
