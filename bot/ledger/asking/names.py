"""Who and what is on record by name: kept in memory, because names are asked for with every command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, bindparam, func, select

from bot.ledger.database.engine import once
from bot.ledger.database.prepared import asked
from bot.ledger.nearness.spelling import plain
from bot.ledger.record.topics import Changes
from bot.ledger.records import TopicFound
from bot.ledger.tables import asking as asking_tables
from bot.ledger.tables import schema
from bot.ledger.tables.columns import Big
from bot.model import MADE

FAR = 60.0  # of 100: a name less alike is another name
CLOSE = 20  # names that are looked at again
SAME = 80.0  # a topic of the configuration as like as that is meant, whatever made ones there are
_party, _topic, _rename = schema.party.c, schema.topic.c, asking_tables.topic_rename.c
_SINCE = (
    select(_party.id, _party.name, _party.official).where(_party.id > bindparam("last", type_=Big)).order_by(_party.id)
)

_VERSION = select(
    select(func.count()).select_from(schema.topic).scalar_subquery(),
    select(func.coalesce(func.max(_rename.id), 0)).scalar_subquery(),
)


@dataclass(slots=True)
class _People:
    """Parties are only ever added, with growing ids: what is known need not be read again."""

    last: int = 0
    names: dict[int, str] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    by_official: dict[str, list[int]] = field(default_factory=dict)
    officials: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Topics:
    version: tuple[int, int] = (-1, -1)
    names: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)


class Names:
    """The names of one ledger; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._people = _People()
        self._topics = _Topics()

    def like(self, connection: Connection, wanted: str, *, written_out: bool = False) -> list[tuple[int, float]]:
        """The parties whose name is like a plain text, with their likeness to 100, the likest first.

        Those alone that are called just that where it is `written_out`: to look through all names takes long.
        """
        known = self._of_people(connection)
        if not wanted:
            return []
        exact = dict.fromkeys(self._exact(known, wanted), 100.0)
        if written_out and exact:
            return list(exact.items())
        near = process.extract(wanted, known.names, scorer=fuzz.WRatio, score_cutoff=FAR, limit=CLOSE)
        found = {number: min(99.0, score) for _, score, number in near} | exact
        return sorted(found.items(), key=lambda one: -one[1])

    def called(self, connection: Connection, wanted: str) -> list[int]:
        """The parties with exactly this official id, else with this name, both plain."""
        known = self._of_people(connection)
        return known.by_official.get(wanted) or known.by_name.get(wanted) or [] if wanted else []

    def whole(self, connection: Connection, wanted: Sequence[str]) -> int | None:
        """The place of the first of some plain texts that is an official id or a whole name."""
        known = self._of_people(connection)
        return next((at for at, one in enumerate(wanted) if one in known.by_official or one in known.by_name), None)

    def official(self, connection: Connection, number: int) -> str | None:
        """The official id of a party."""
        return self._of_people(connection).officials.get(number)

    def _exact(self, known: _People, wanted: str) -> list[int]:
        return [*known.by_official.get(wanted, ()), *known.by_name.get(wanted, ())]

    def topics_like(self, connection: Connection, wanted: str, limit: int) -> list[TopicFound]:
        """The topics whose name is like a plain text; those that the configuration names before made ones."""
        known = self._of_topics(connection)
        found: list[TopicFound] = []
        for names in (known.names, known.made):
            if found and found[0].score >= SAME:
                break
            near = process.extract(wanted, names, scorer=fuzz.WRatio, score_cutoff=FAR, limit=limit) if wanted else []
            found += [TopicFound(topic=key, name=name, score=score) for name, score, key in near]
        return found[:limit]

    def configured(self, connection: Connection) -> list[str]:
        """The ids of the topics on record that the configuration names."""
        return list(self._of_topics(connection).names)

    def topics_called(self, connection: Connection, text: str) -> list[str]:
        """The ids of the topics with this id or name."""
        known = self._of_topics(connection)
        keys = known.by_name.get(plain(text), [])
        return [text, *keys] if text in known.names or text in known.made else keys

    def _of_people(self, connection: Connection) -> _People:
        return once(connection, _People, lambda: self._people_now(connection))

    def _people_now(self, connection: Connection) -> _People:
        with self._lock:
            known = self._people
            rows = list(asked(connection, _SINCE).each(connection, {"last": known.last}))
            if rows:  # others may be reading what is known: it is replaced, not changed
                self._people = known = _with(known, rows)
            return known

    def _of_topics(self, connection: Connection) -> _Topics:
        return once(connection, _Topics, lambda: self._topics_now(connection))

    def _topics_now(self, connection: Connection) -> _Topics:
        ((count, renamed),) = asked(connection, _VERSION).rows(connection, {})
        version = (int(count), int(renamed))
        with self._lock:
            if self._topics.version == version:
                return self._topics
        known = _Topics(version=version)
        for key, name in connection.execute(select(_topic.key, _topic.name).order_by(_topic.key)):
            known.by_name.setdefault(plain(name), []).append(key)
            (known.made if key.startswith(MADE) else known.names)[key] = f"{plain(name)} {plain(key)}"
        with self._lock:
            self._topics = known
        return known


def _with(known: _People, rows: Sequence[Sequence[Any]]) -> _People:
    more = _People(
        last=rows[-1][0],
        names=dict(known.names),
        by_name=dict(known.by_name),
        by_official=dict(known.by_official),
        officials=dict(known.officials),
    )
    for number, name, official in rows:
        more.names[number] = plain(name)
        more.by_name[plain(name)] = [*more.by_name.get(plain(name), ()), number]
        if official:
            more.officials[number] = official
            more.by_official[plain(official)] = [*more.by_official.get(plain(official), ()), number]
    return more


def today(connection: Connection, keys: list[str]) -> list[str]:
    """The topics that stand for these, as editors have merged them since."""
    changes = Changes(connection)
    return list(dict.fromkeys(changes.today(key)[0] for key in keys))
