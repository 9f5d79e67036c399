"""What channels and people want to hear of, and what holds for them: only ever added to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select

from bot.ledger.database.engine import Opened
from bot.ledger.database.prepared import added
from bot.ledger.flow_records import FlowChange, Preference, PreferenceName, Target, TargetKind, Wish
from bot.ledger.people.one_person import OnePerson
from bot.ledger.people.roster import stands_for
from bot.ledger.tables import flow as flow_tables

_wish, _end, _preference = flow_tables.wish.c, flow_tables.wish_end.c, flow_tables.preference.c
_ENDS: dict[str, Literal["unfollowed", "unmuted"]] = {"follow": "unfollowed", "mute": "unmuted"}
_NOW: PreferenceName = "digest now"  # of no channel: that a digest was asked for; NULL: it was given
_BEGINS: dict[str, Literal["followed", "muted"]] = {"follow": "followed", "mute": "muted"}


class Wishes(Opened):
    """Follows, mutes and preferences, each with who set it and when; ended, never deleted."""

    def mute(self, audience: str, target: Target, until: datetime, by: str, now: datetime) -> Wish:
        """Keep a target from an audience until a moment that is still to come; ValueError for one that is not."""
        if until <= now:
            raise ValueError("a mute ends later than it begins")
        with self._writing() as connection:
            return _add(connection, audience, target, what="mute", at=now, by=by, until=until)

    def unmute(self, audience: str, target: Target, by: str, now: datetime) -> tuple[Wish, ...]:
        """End every mute of a target early; the mutes that were ended, none where it was not muted."""
        with self._writing() as connection:
            return _finish(connection, _matching(holding(connection, "mute", now, audience), target), by, now)

    def mutes(self, now: datetime, audience: str | None = None) -> tuple[Wish, ...]:
        """The mutes that hold, of one audience or of all, the newest first."""
        with self._reading() as connection:
            return holding(connection, "mute", now, audience)

    def follow(self, audience: str, target: Target, by: str, now: datetime) -> tuple[Wish, bool]:
        """Send alerts on a target to an audience; the wish, and whether it is new."""
        with self._writing() as connection:
            there = _matching(holding(connection, "follow", now, audience), target)
            if there:
                return there[0], False
            return _add(connection, audience, target, what="follow", at=now, by=by, until=None), True

    def unfollow(self, audience: str, target: Target, by: str, now: datetime) -> tuple[Wish, ...]:
        """End the follows of a target; those that were ended, none where it was not followed."""
        with self._writing() as connection:
            return _finish(connection, _matching(holding(connection, "follow", now, audience), target), by, now)

    def follows(self, now: datetime, audience: str | None = None) -> tuple[Wish, ...]:
        """The follows that hold, of one audience or of all, the newest first."""
        with self._reading() as connection:
            return holding(connection, "follow", now, audience)

    def prefer(self, audience: str, name: PreferenceName, value: Any, by: str, now: datetime) -> Preference | None:  # noqa: ANN401 - JSON
        """Set a preference (None: let the files have their say again); what held here before."""
        with self._writing() as connection:
            before = next((one for one in preferring(connection) if (one.audience, one.name) == (audience, name)), None)
            values = {"audience": audience, "name": name, "value": value, "at": now, "by": by}
            connection.execute(insert(flow_tables.preference).values(**values))
            return before

    def preferences(self) -> tuple[Preference, ...]:
        """What was set last in Slack, of every audience and name, those given back to the files left out."""
        with self._reading() as connection:
            return preferring(connection)

    def one_name(self, place: str, channel: str) -> None:
        """What was set for a channel under Slack's id holds under the name that the configuration gives it.

        It is ended under the id as of when it was set, and set under the name then, by whoever set it; what was set
        under the name stands.
        """
        mine = (_wish.audience == place, _end.at.is_(None))
        with self._reading() as connection:
            if not _wishes(connection, *mine) and not _set_of(connection, place):
                return
        with self._writing() as connection:
            for one in reversed(_wishes(connection, *mine)):
                connection.execute(insert(flow_tables.wish_end).values(wish_id=one.number, at=one.at, by=one.by))
                _add(connection, channel, one.target, what=one.what, at=one.at, by=one.by, until=one.until)
            known = _set_of(connection, channel)
            for name, was in _set_of(connection, place).items():
                kept = {"name": name, "at": was.at, "by": was.by}
                connection.execute(insert(flow_tables.preference).values(audience=place, value=None, **kept))
                if name not in known:
                    connection.execute(insert(flow_tables.preference).values(audience=channel, value=was.value, **kept))

    def ask_digest(self, audience: str, by: str, now: datetime) -> None:
        """Let what is held for an audience be told as soon as Slack is known not to hold it already."""
        self.prefer(audience, _NOW, True, by, now)

    def digests_asked(self) -> dict[str, datetime]:
        """The audiences for which a digest was asked and not given yet, with the moment of asking."""
        with self._reading() as connection:
            return {one.audience: one.at for one in _set_last(connection) if one.name == _NOW and one.value}

    def digest_given(self, audience: str, now: datetime) -> None:
        """The digest that was asked for is made, or there is nothing to tell."""
        self.prefer(audience, _NOW, None, "", now)

    def flow_changes(self, audience: str | None = None, limit: int | None = 100) -> tuple[FlowChange, ...]:
        """The audit of wishes and preferences, the newest (None: all of them) first."""
        with self._reading() as connection:
            changes = [*_wished(connection), *_preferred(connection)]
        mine = [change for change in changes if audience in {None, change.audience}]
        return tuple(sorted(mine, key=lambda change: change.at, reverse=True)[:limit])


def holding(
    connection: Connection, what: Literal["follow", "mute"], now: datetime, audience: str | None = None
) -> tuple[Wish, ...]:
    """The wishes that hold at a moment, the newest first."""
    where = [_wish.what == what, _end.at.is_(None)]
    if audience is not None:
        where.append(_wish.audience == audience)
    return tuple(one for one in _wishes(connection, *where) if one.holds(now))


def preferring(connection: Connection) -> tuple[Preference, ...]:
    """What was set last of every audience and name; who was merged into another since is that person."""
    one_person = stands_for(connection)
    return tuple(_today(one, one_person) for one in _set_last(connection) if one.name != _NOW and one.value is not None)


def _set_of(connection: Connection, audience: str) -> dict[PreferenceName, Preference]:
    """What was set last of one audience, by name, those given back to the files left out."""
    last = _set_last(connection)
    return {one.name: one for one in last if one.audience == audience and one.value is not None}


def _set_last(connection: Connection) -> Iterable[Preference]:
    last = select(func.max(_preference.id)).group_by(_preference.audience, _preference.name)
    query = select(flow_tables.preference).where(_preference.id.in_(last)).order_by(_preference.id)
    return map(_as_preference, connection.execute(query).mappings())


def _today(value: Preference, one_person: Mapping[str, str]) -> Preference:
    if value.name != "officials" or not one_person.keys() & set(value.value):
        return value
    return replace(value, value=list(dict.fromkeys(one_person.get(one, one) for one in value.value)))


def _add(connection: Connection, audience: str, target: Target, **values: object) -> Wish:
    named = {"audience": audience, "kind": target.kind, "target": target.id, "name": target.name}
    number = added(connection, flow_tables.wish, **named, **values)
    return _wishes(connection, _wish.id == number)[0]


def _finish(connection: Connection, ended: tuple[Wish, ...], by: str, now: datetime) -> tuple[Wish, ...]:
    for one in ended:
        connection.execute(insert(flow_tables.wish_end).values(wish_id=one.number, at=now, by=by))
    return _wishes(connection, _wish.id.in_([one.number for one in ended]))


def _matching(wishes: Iterable[Wish], target: Target) -> tuple[Wish, ...]:
    return tuple(
        one for one in wishes if one.target.kind == target.kind and target.id in {one.target.id, *one.target.also}
    )


def _wishes(connection: Connection, *where: ColumnElement[bool]) -> tuple[Wish, ...]:
    query = (
        select(flow_tables.wish, _end.at.label("ended_at"), _end.by.label("ended_by"))
        .outerjoin(flow_tables.wish_end, _end.wish_id == _wish.id)
        .where(*where)
        .order_by(_wish.id.desc())
    )
    people = OnePerson.of(connection)
    return tuple(_as_wish(row, people) for row in connection.execute(query).mappings())


def _as_wish(row: RowMapping, people: OnePerson) -> Wish:
    kind, target = cast("TargetKind", row[_wish.kind]), row[_wish.target]
    if kind == "person":
        target = people.stands.get(target, target)
    also = people.cases(target) if kind == "pair" else ()
    return Wish(
        number=row[_wish.id],
        what=row[_wish.what],
        audience=row[_wish.audience],
        target=Target(kind=kind, id=target, name=row[_wish.name], also=also),
        at=row[_wish.at],
        by=row[_wish.by],
        until=row[_wish.until],
        ended_at=row["ended_at"],
        ended_by=row["ended_by"],
    )


def _as_preference(row: RowMapping) -> Preference:
    return Preference(
        audience=row[_preference.audience],
        name=row[_preference.name],
        value=row[_preference.value],
        at=row[_preference.at],
        by=row[_preference.by],
    )


def _wished(connection: Connection) -> Iterable[FlowChange]:
    for one in _wishes(connection):
        until = f"until {one.until:%Y-%m-%d %H:%M} UTC" if one.until else ""
        subject = f"{one.target.kind} {one.target.name}"
        began = FlowChange(
            at=one.at, by=one.by, audience=one.audience, what=_BEGINS[one.what], subject=subject, after=until
        )
        yield began
        if one.ended_at:
            at, by = one.ended_at, one.ended_by or ""
            yield replace(began, at=at, by=by, what=_ENDS[one.what], before=until, after="")


def _preferred(connection: Connection) -> Iterable[FlowChange]:
    query = select(flow_tables.preference).where(_preference.name != _NOW).order_by(_preference.id)
    rows = connection.execute(query).mappings()
    before: dict[tuple[str, str], str] = {}
    for one in map(_as_preference, rows):
        place, after = (one.audience, one.name), _in_words(one.value)
        was = before.get(place, "as the file says")
        yield FlowChange(
            at=one.at, by=one.by, audience=one.audience, what="set", subject=one.name, before=was, after=after
        )
        before[place] = after


def _in_words(value: object) -> str:
    if value is None:
        return "as the file says"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "all"
    return str(value) if value != "" else "none"
