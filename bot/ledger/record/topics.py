"""Topics as links that editors change: merged, split, renamed, undone; all is on record and binds later filing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.ledger.database.engine import Opened
from bot.ledger.database.prepared import added, asked
from bot.ledger.errors import LedgerError
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.rows import position
from bot.ledger.records import TopicChange
from bot.ledger.tables import schema
from bot.ledger.tables import topics as topic_tables
from bot.ledger.tables.asking import topic_rename
from bot.model import MADE, Position, content_key

_rename = topic_rename.c
_change, _first, _split, _topic = (
    topic_tables.topic_change.c,
    topic_tables.first_filed.c,
    topic_tables.topic_split.c,
    schema.topic.c,
)

_CHANGES = select(
    _change.id, _change.what, _change.source, _change.target, _change.by, _change.at, _change.undoes_id
).order_by(_change.id)
_BY_KEY = select(position.id).where(position.key == bindparam("key"))
_RENAMES = select(
    _rename.id, _rename.topic, _rename.before, _rename.after, _rename.by, _rename.at, _rename.undoes_id
).order_by(_rename.id)


class Changes:
    """What editors did with topics and did not take back, in order: where each position stands today."""

    def __init__(self, connection: Connection) -> None:
        moved = (_as_change(row) for row in asked(connection, _CHANGES).each(connection, {}))
        renamed = (_as_rename(row) for row in asked(connection, _RENAMES).each(connection, {}))
        self.all = tuple(sorted((*moved, *renamed), key=lambda one: one.number))
        undone = {change.undoes for change in self.all}
        self.live = [one for one in self.all if one.what != "undone" and one.number not in undone]
        self.merged = {one.source for one in self.all if one.what == "merged" and one.source is not None}
        self.renamed = {one.source: one.after for one in self.live if one.what == "renamed" and one.source is not None}
        named = select(_topic.key, _topic.name).where(_topic.key.in_(targets)) if (targets := self._targets()) else None
        self.names = {} if named is None else dict(connection.execute(named).all())

    def _targets(self) -> set[str]:
        return {one.target for one in self.all if one.target is not None}

    def today(self, topic: str, splits: Iterable[int] = ()) -> tuple[str, str]:
        """The topic that stands for `topic`, and why; `splits` are the changes that took the position along."""
        link, taken = "", set(splits)
        for one in self.live:
            if one.what == "renamed":
                continue
            moves = one.number in taken if one.what == "split" else one.source == topic
            if moves and one.target is not None:
                how = "split off" if one.what == "split" else "merged"
                topic, link = one.target, f"{how} by {one.by} on {one.at:%-d %b %Y}"
        return topic, link

    def filed(self, value: Position, splits: Iterable[int] = ()) -> Position:
        """The position under the topic that stands for its own, by the name that it has today.

        As when these splits take it along.
        """
        topic, link = self.today(value.topic, splits)
        if topic != value.topic:
            return replace(value, topic=topic, topic_name=self.names[topic], link=link)
        name = self.renamed.get(topic)
        return value if name is None else replace(value, topic_name=name)


def _as_change(row: Sequence[Any]) -> TopicChange:
    number, what, source, target, by, at, undoes = row
    return TopicChange(number=number, what=what, source=source, target=target, by=by, at=at, undoes=undoes)


def _as_rename(row: Sequence[Any]) -> TopicChange:
    number, topic, before, after, by, at, undoes = row
    return TopicChange(
        number=number,
        what="renamed" if undoes is None else "undone",
        source=topic,
        target=None,
        by=by,
        at=at,
        undoes=undoes,
        before=before,
        after=after,
    )


def _next_number(connection: Connection) -> int:
    """Moves and renames are numbered together."""
    last = [connection.scalar(select(func.max(column))) or 0 for column in (_change.id, _rename.id)]
    return int(max(last)) + 1


def keep_first(connection: Connection, number: int, value: Position) -> None:
    """Remember where a position would stand if nobody had changed a topic."""
    connection.execute(
        insert(topic_tables.first_filed),
        {"position_id": number, "topic": value.topic, "topic_name": value.topic_name, "link": value.link},
    )


def origin_of(connection: Connection, number: int, value: Position) -> Position:
    """A position where the one that it is like would stand if nobody had changed a topic: they go together."""
    row = connection.execute(select(_first.topic, _first.topic_name).where(_first.position_id == number)).first()
    return value if row is None else replace(value, topic=row.topic, topic_name=row.topic_name)


def splits_of(connection: Connection, number: int) -> tuple[int, ...]:
    """The splits that took a position along."""
    query = select(_split.change_id).where(_split.position_id == number).order_by(_split.change_id)
    return tuple(connection.scalars(query))


def take_along(connection: Connection, number: int, splits: Iterable[int]) -> None:
    """Let splits take one more position along."""
    rows = [{"change_id": change, "position_id": number} for change in splits]
    if rows:
        connection.execute(insert(topic_tables.topic_split), rows)


def settle(connection: Connection, before: Changes) -> None:
    """Move every position whose place has changed since `before`."""
    now = Changes(connection)
    split = _splits(connection)
    for number, taken in split.items():
        _move(connection, now, position.id == number, now.today(_origin(connection, number), taken))
    apart = position.id.not_in(select(_split.position_id))
    for topic in before.merged | now.merged:
        was, stands = before.today(topic)[0], now.today(topic)
        if was != stands[0]:
            moved = select(_first.position_id).where(_first.topic == topic)
            unmoved = (position.topic == topic) & position.id.not_in(select(_first.position_id))
            _move(connection, now, apart & (position.id.in_(moved) | unmoved), stands)


def _splits(connection: Connection) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, change in connection.execute(select(_split.position_id, _split.change_id).order_by(_split.change_id)):
        found.setdefault(number, []).append(change)
    return found


def _origin(connection: Connection, number: int) -> str:
    first = connection.scalar(select(_first.topic).where(_first.position_id == number))
    return str(first or connection.execute(select(position.topic).where(position.id == number)).scalar_one())


def _move(connection: Connection, now: Changes, where: Any, stands: tuple[str, str]) -> None:  # noqa: ANN401 - a condition
    """Put positions under the topic where they stand now; who is back where it was first filed is as it was."""
    topic, link = stands
    moving = where & (position.topic != topic)
    ids = list(connection.scalars(select(position.id).where(moving)))
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        first = select(position.id, position.topic, position.topic_name, position.link).where(
            position.id.in_(some), position.id.not_in(select(_first.position_id))
        )
        connection.execute(
            insert(topic_tables.first_filed).from_select(["position_id", "topic", "topic_name", "link"], first)
        )
        known = position.id.in_(some)
        values = {"topic": topic, "topic_name": now.names.get(topic, topic), "link": link}
        connection.execute(update(schema.position).where(known).values(values))
        back = known & position.id.in_(select(_first.position_id).where(_first.topic == topic))
        same = _first.position_id == position.id
        as_it_was = {name: select(_first[name]).where(same).scalar_subquery() for name in ("topic_name", "link")}
        connection.execute(update(schema.position).where(back).values(as_it_was))
        connection.execute(delete(topic_tables.first_filed).where(_first.position_id.in_(some), _first.topic == topic))
        if topic in now.renamed:
            connection.execute(update(schema.position).where(known).values(topic_name=now.renamed[topic]))


class Topics(Opened):
    """What editors do with topics."""

    def merge_topics(self, source: str, target: str, by: str, now: datetime) -> TopicChange:
        """File under `target` whatever is and will be filed under `source`; both are ids of topics on record."""
        with self._writing() as connection:
            for key in (source, target):
                if connection.scalar(select(_topic.key).where(_topic.key == key)) is None:
                    raise LedgerError(f"there is no topic {key} on record")
            if source == target:
                raise LedgerError(f"topic {source} cannot be merged with itself")
            if Changes(connection).today(source)[0] == target:
                raise LedgerError(f"topic {source} stands under {target} already")
            return _changed(connection, (), what="merged", source=source, target=target, by=by, at=now)

    def split_topic(self, positions: Sequence[Position], name: str, by: str, now: datetime) -> TopicChange:
        """File these positions, which are on record, under a topic of their own with this name."""
        if not positions or not name.strip():
            raise LedgerError("a topic is split by naming it and at least one of its positions")
        key = MADE + content_key(name, by, now.isoformat())[:16]
        with self._writing() as connection:
            numbers = [_numbered(connection, one) for one in positions]
            if connection.scalar(select(_topic.key).where(_topic.key == key)) is None:
                connection.execute(insert(schema.topic), {"key": key, "name": name.strip()})
            return _changed(connection, numbers, what="split", target=key, by=by, at=now)

    def rename_topic(self, topic: str, name: str, by: str, now: datetime) -> TopicChange:
        """Call a topic (its id) by another name from now on, in what is on record too."""
        with self._writing() as connection:
            before = connection.scalar(select(_topic.name).where(_topic.key == topic))
            if before is None:
                raise LedgerError(f"there is no topic {topic} on record")
            if not name.strip() or name.strip() == before:
                raise LedgerError(f"topic {topic} is renamed by giving it another name")
            return _renamed(connection, topic, before=before, after=name.strip(), by=by, now=now)

    def undo_topic_change(self, number: int, by: str, now: datetime) -> TopicChange:
        """Take a merge, a split or a name back; what was filed by it since goes where it would have gone."""
        with self._writing() as connection:
            known = Changes(connection)
            done = next((one for one in known.live if one.number == number), None)
            if done is None:
                raise LedgerError(f"there is no change of topics {number} that could be undone")
            if done.what == "renamed" and done.source is not None:
                if known.renamed[done.source] != done.after:
                    raise LedgerError(f"the topic has been renamed again since change {number}; undo that one first")
                return _renamed(
                    connection, done.source, before=done.after, after=done.before, by=by, now=now, undoes=number
                )
            return _changed(connection, (), what="undone", undoes_id=number, by=by, at=now)

    def topic_changes(self) -> tuple[TopicChange, ...]:
        """Every change of topics, oldest first."""
        with self._reading() as connection:
            return Changes(connection).all


def _changed(connection: Connection, positions: Sequence[int], **values: object) -> TopicChange:
    before = Changes(connection)
    number = added(connection, topic_tables.topic_change, id=_next_number(connection), **values)
    rows = [{"change_id": number, "position_id": one} for one in dict.fromkeys(positions)]
    if rows:
        connection.execute(insert(topic_tables.topic_split), rows)
    settle(connection, before)
    return _as_change(connection.execute(_CHANGES.where(_change.id == number)).one())


def _renamed(
    connection: Connection, topic: str, *, before: str, after: str, by: str, now: datetime, undoes: int | None = None
) -> TopicChange:
    row = {"topic": topic, "before": before, "after": after, "by": by, "at": now, "undoes_id": undoes}
    number = _next_number(connection)
    connection.execute(insert(topic_rename), {"id": number, **row})
    connection.execute(update(schema.topic).where(_topic.key == topic).values(name=after))
    connection.execute(update(schema.position).where(position.topic == topic).values(topic_name=after))
    return _as_rename(connection.execute(_RENAMES.where(_rename.id == number)).one())


def _numbered(connection: Connection, value: Position) -> int:
    number = id_of(connection, value)
    if number is None:
        raise LedgerError(f"a position of {value.holder.name} is not on record, so it cannot be split off")
    return number


def id_of(connection: Connection, value: Position) -> int | None:
    """The row of a position, by its key or, where it or its holder was moved since, by what it says where it stands."""
    found = connection.scalar(_BY_KEY, {"key": value.key})
    if found is None:
        told, holder = schema.statement.c, schema.party.c
        entries = OnePerson.of(connection).entries(value.holder.official)
        moved = (
            select(position.id)
            .join(schema.statement, position.statement_id == told.id)
            .join(schema.party, position.holder_id == holder.id)
            .where(
                told.key == value.statement.key,
                position.topic == value.topic,
                position.proposition == value.proposition,
                holder.official.in_(entries) if entries else holder.name == value.holder.name,
            )
        )
        found = connection.scalar(moved.order_by(position.id).limit(1))
    return None if found is None else int(found)
