"""The whole record held against itself, offline and in small steps: every text, quotation, person, position, alert."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.ledger.database.engine import Opened
from bot.ledger.record import involved
from bot.ledger.record.rows import as_source, party_key
from bot.ledger.record.seals import seal
from bot.ledger.record.texts import Stored, stored
from bot.ledger.tables import schema
from bot.ledger.tables.keeping import excerpt
from bot.model import Party, content_key

ROWS = 100  # read at once; between two steps nothing is held, so that a running service is not kept waiting
_TEXTS = 64  # at hand while the statements of their articles pass by
_UNREADABLE = (SQLAlchemyError, sqlite3.Error, ValueError, TypeError, KeyError)

_article, _statement, _position = schema.article.c, schema.statement.c, schema.position.c
_conflict, _alert, _party, _excerpt = schema.conflict.c, schema.alert.c, schema.party.c, excerpt.c
_holder, _claimer = schema.party.alias("holder"), schema.party.alias("claimer")
_fresh, _earlier = schema.position.alias("fresh"), schema.position.alias("earlier")
_said, _before = schema.statement.alias("said"), schema.statement.alias("before")

RESTORE = "Stop the service and restore the last good backup: onrecord restore FILE."
REREAD = "Compare it with the page it was read from, or restore the last good backup: onrecord restore FILE."
UNPOSTED = "No alert that shows it is posted. Compare it with the page it was read from, or restore a good backup."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something on record that does not hold: what it is about, what is wrong, and what to do."""

    subject: str
    says: str
    remedy: str


@dataclass(slots=True)
class Tally:
    """How many of each were proven. `gone`: texts let go by retention, of which only excerpts can be."""

    proven: Counter[str] = field(default_factory=Counter)
    gone: int = 0
    faults: int = 0


class Inspection(Opened):
    """Reads everything once, a few rows at a time."""

    def inspect(self, tally: Tally) -> Iterator[Fault]:
        """Every fault of the record, as it is found; `tally` counts what was proven meanwhile.

        It changes nothing, and may run while the service does: what is put on record meanwhile may be left out.
        """
        for found in self._all(tally):
            tally.faults += 1
            yield found

    def _all(self, tally: Tally) -> Iterator[Fault]:
        yield from self._file()
        texts: Callable[[str], Stored | None] = lru_cache(_TEXTS)(self._stored)
        for name, table, query, look in (
            ("texts", schema.article, select(schema.article), _of_article),
            ("excerpts", excerpt, _EXCERPTS, _of_excerpt),
            ("people and bodies", schema.party, select(schema.party), _of_party),
            ("quotations", schema.statement, _STATEMENTS, lambda row: _of_statement(row, texts(row["text_hash"]))),
            ("positions", schema.position, _POSITIONS, _of_position),
            ("conflicts", schema.conflict, _CONFLICTS, _of_conflict),
            ("alerts", schema.alert, _ALERTS, lambda row: _of_alert(row, texts)),
        ):
            number = table.c.number if table is schema.alert else table.c.id
            for place, row in self._rows(number, query):
                if row is None:
                    yield Fault(subject=f"{table.name} {place}", says="the row cannot be read", remedy=RESTORE)
                    continue
                wrong = list(_guarded(look, row, f"{table.name} {place}"))
                yield from wrong
                if name == "texts" and row[_article.let_go] is not None:
                    tally.gone += not wrong
                else:
                    tally.proven[name] += not wrong

    def _file(self) -> Iterator[Fault]:
        """What SQLite itself finds: damaged pages, indexes that do not agree, rows that name others that are gone."""
        with self._reading() as connection:
            if connection.dialect.name != "sqlite":
                return
            for row in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
                if row[0] != "ok":
                    yield Fault(subject=self._name, says=f"the file is damaged: {row[0]}", remedy=RESTORE)
            for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
                says = f"it names a row of {row[2]} that is not there"
                yield Fault(subject=f"{row[0]} {row[1]}", says=says, remedy=RESTORE)

    def _stored(self, text_hash: str) -> Stored | None:
        with self._reading() as connection:
            try:
                return stored(connection, text_hash)
            except _UNREADABLE:  # its own row is named for that
                return None

    def _rows(
        self, number: ColumnElement[int], query: Select[tuple[object, ...]]
    ) -> Iterator[tuple[int, RowMapping | None]]:
        """The rows in the order of their numbers; None for one that cannot be read."""
        last = -1
        while True:
            with self._reading() as connection:
                ids = list(connection.scalars(select(number).where(number > last).order_by(number).limit(ROWS)))
                found = _read(connection, query.where(number.in_(ids)).order_by(number))
                rows = dict(zip(ids, found, strict=True)) if found is not None and len(found) == len(ids) else None
                if rows is None:  # one by one, to name the one that is at fault
                    rows = {one: (_read(connection, query.where(number == one)) or [None])[0] for one in ids}
            if not ids:
                return
            yield from rows.items()
            last = ids[-1]


def _read(connection: Connection, query: Select[tuple[object, ...]]) -> list[RowMapping | None] | None:
    try:
        return list(connection.execute(query).mappings())
    except _UNREADABLE:
        return None


def _guarded(look: Callable[[RowMapping], Iterable[Fault]], row: RowMapping, subject: str) -> Iterator[Fault]:
    try:
        yield from look(row)
    except _UNREADABLE as error:
        yield Fault(subject=subject, says=f"it holds what was never written there ({error})", remedy=RESTORE)


def _names(row: RowMapping) -> dict[str, object]:
    """A row by the bare names of its columns; of several tables the first one's."""
    named: dict[str, object] = {}
    for name, value in row.items():
        named.setdefault(str(name), value)
    return named


def _of_article(row: RowMapping) -> Iterator[Fault]:
    source = as_source(row)
    subject = f"article {row[_article.id]}, {source.outlet}, “{source.title}” ({source.url or source.article})"
    if row[_article.seal] != seal("article", _names(row)):
        yield Fault(subject=subject, says="where or when it was published was altered", remedy=REREAD)
    if row[_article.let_go] is not None:
        if row[_article.text]:
            yield Fault(subject=subject, says="its text was let go and is there", remedy=RESTORE)
        return
    text: str = row[_article.text]
    if Stored.hashed(text) != source.text_hash:
        yield Fault(subject=subject, says="the stored text was altered", remedy=UNPOSTED)


_EXCERPTS = select(excerpt, _article.text_hash).join(schema.article, _excerpt.article_id == _article.id)


def _of_excerpt(row: RowMapping) -> Iterator[Fault]:
    if row[_excerpt.seal] != seal("excerpt", _names(row), row["text_hash"]):
        subject = f"excerpt {row[_excerpt.id]} of article {row[_excerpt.article_id]}"
        yield Fault(subject=subject, says="it was altered", remedy=UNPOSTED)


def _of_party(row: RowMapping) -> Iterator[Fault]:
    party = Party(**{name: row[_party[name]] for name in ("name", "official", "side", "person")})
    if row[_party.seal] != seal("party", _names(row)) or row[_party.key] != party_key(party):
        says = "name, official, side or kind was altered"
        yield Fault(subject=f"party {row[_party.id]}, {party.name}", says=says, remedy=RESTORE)


_STATEMENTS = (
    select(schema.statement, _article.text_hash, _article.outlet, _article.url, _party.key.label("party"))
    .join(schema.article, _statement.article_id == _article.id)
    .outerjoin(schema.party, _statement.party_id == _party.id)
)


def _of_statement(row: RowMapping, text: Stored | None) -> Iterator[Fault]:
    start, end, mended = row[_statement.start], row[_statement.end], row[_statement.mended]
    subject = f"statement {row[_statement.id]} ({row['outlet']}, {row['url'] or 'no address'}, at {start})"
    place = (row["text_hash"], str(start), str(end), *([f"mended {mended}"] if mended else []))
    if row[_statement.key] != content_key(*place):
        yield Fault(subject=subject, says="its place or its article was altered", remedy=UNPOSTED)
    elif row[_statement.seal] != seal("statement", _names(row)):
        yield Fault(subject=subject, says="its words, its speaker or its date were altered", remedy=UNPOSTED)
    elif text is None or (text.fault and text.let_go):
        says = "the text it stands in is not on record, or its excerpt was altered"
        yield Fault(subject=subject, says=says, remedy=UNPOSTED)
    elif text.text[start:end] != row[_statement.quote] and not text.fault:
        yield Fault(subject=subject, says=f"it does not equal the stored text at {start}", remedy=UNPOSTED)
    speaker = row[_statement.speaker] or {}
    if _key(speaker.get("party")) != row["party"]:
        says = "who said it and the person it is filed under are not the same"
        yield Fault(subject=subject, says=says, remedy=RESTORE)


def _key(party: dict[str, object] | None) -> str | None:
    return party_key(Party(**party)) if party else None  # type: ignore[arg-type]


_POSITIONS = (
    select(
        schema.position,
        _statement.key.label("told"),
        _statement.utterance_id.label("remark"),
        _statement.party_id.label("speaker"),
        _holder.c.key.label("holds"),
        _claimer.c.key.label("claims"),
        schema.topic.c.key.label("filed"),
    )
    .join(schema.statement, _position.statement_id == _statement.id)
    .outerjoin(_holder, _position.holder_id == _holder.c.id)
    .outerjoin(_claimer, _position.claimed_by_id == _claimer.c.id)
    .outerjoin(schema.topic, _position.topic == schema.topic.c.key)
)


def _of_position(row: RowMapping) -> Iterator[Fault]:
    subject = f"position {row[_position.id]} of statement {row[_position.statement_id]}"
    if row[_position.seal] != seal("position", _names(row), row["told"]):
        yield Fault(subject=subject, says="its holder, stance or scope was altered", remedy=RESTORE)
    if _key(row[_position.holder]) != row["holds"] or _key(row[_position.claimed_by]) != row["claims"]:
        says = "its holder, or who claims it, is not the one it is filed under"
        yield Fault(subject=subject, says=says, remedy=RESTORE)
    if row["filed"] is None:
        yield Fault(subject=subject, says="the topic it is filed under is not on record", remedy=RESTORE)
    if row[_position.utterance_id] not in {None, row["remark"]}:
        yield Fault(subject=subject, says="it is filed under another remark than its statement", remedy=RESTORE)
    if row[_position.said_by_id] != (None if row["speaker"] == row[_position.holder_id] else row["speaker"]):
        yield Fault(subject=subject, says="it is filed under another speaker than its statement", remedy=RESTORE)


_PAIRS = (
    select(schema.conflict, _said.c.key.label("now"), _before.c.key.label("then"))
    .join(_fresh, _conflict.fresh_id == _fresh.c.id)
    .join(_earlier, _conflict.earlier_id == _earlier.c.id)
    .join(_said, _fresh.c.statement_id == _said.c.id)
    .join(_before, _earlier.c.statement_id == _before.c.id)
)
_bridge, _across = schema.position.alias("bridge"), schema.statement.alias("across")
_CONFLICTS = (
    _PAIRS.add_columns(_across.c.key.label("across"), involved.as_kept().label("kept"))
    .outerjoin(_bridge, _conflict.bridge_id == _bridge.c.id)
    .outerjoin(_across, _bridge.c.statement_id == _across.c.id)
)


def _of_conflict(row: RowMapping) -> Iterator[Fault]:
    subject = f"conflict {row[_conflict.id]}, {row[_conflict.title]}"
    if row[_conflict.key] != content_key(row[_conflict.kind], row["now"], row["then"]):
        yield Fault(subject=subject, says="it does not name the two statements it was found in", remedy=RESTORE)
    if row[_conflict.seal] != seal("conflict", _names(row), *([row["across"]] if row["across"] else [])):
        says = "its words, its score or the third statement that it shows were altered"
        yield Fault(subject=subject, says=says, remedy=RESTORE)
    elif not row["kept"]:
        yield Fault(subject=subject, says="it is filed under others than those it is about", remedy=RESTORE)


_now_in, _then_in = schema.article.alias("now_in"), schema.article.alias("then_in")
_card, _told, _shown = schema.delivery.alias("card"), schema.delivery.c, schema.alert_evidence.c
_joined = select(func.count()).where(
    _shown.alert_number == _alert.number, _shown.position_id.in_((_conflict.fresh_id, _conflict.earlier_id))
)
_changed = select(_told.id).where(_told.alert_number == _alert.number, _told.change.is_not(None)).exists()
_mended = _changed & (_alert.fresh_id == _fresh.c.utterance_id) & (_alert.earlier_id == _earlier.c.utterance_id)
_ALERTS = (
    select(
        schema.alert,
        _card.c.id.label("card"),
        *(_conflict[name].label(f"pair_{name}") for name in ("kind", "title", "case")),
        ((_joined.scalar_subquery() == 2) | (_mended & (_alert.title == _conflict.title))).label("led"),
        *(side.c.key.label(f"{side.name}_key") for side in (_said, _before)),
        *(side.c[name].label(f"{side.name}_{name}") for side in (_said, _before) for name in ("quote", "start", "end")),
        _now_in.c.text_hash.label("said_text"),
        _then_in.c.text_hash.label("before_text"),
    )
    .join(schema.conflict, _alert.conflict_id == _conflict.id)
    .join(_fresh, _conflict.fresh_id == _fresh.c.id)
    .join(_earlier, _conflict.earlier_id == _earlier.c.id)
    .join(_said, _fresh.c.statement_id == _said.c.id)
    .join(_before, _earlier.c.statement_id == _before.c.id)
    .join(_now_in, _said.c.article_id == _now_in.c.id)
    .join(_then_in, _before.c.article_id == _then_in.c.id)
    .outerjoin(_card, (_card.c.alert_number == _alert.number) & (_card.c.kind == "card"))
)


def _of_alert(row: RowMapping, texts: Callable[[str], Stored | None]) -> Iterator[Fault]:
    subject = f"alert OR-{row[_alert.number]}, {row[_alert.title]}"
    if row[_alert.seal] != seal("alert", _names(row)):
        yield Fault(subject=subject, says="its title, channel or key was altered", remedy=RESTORE)
    pair = content_key(row["pair_kind"], row["said_key"], row["before_key"], row[_alert.channel])
    own = pair == row[_alert.dedupe_key] and row[_alert.title] == row["pair_title"]
    if row[_alert.case] != row["pair_case"] or not (own or row["led"]):  # later evidence and corrections may lead it
        yield Fault(subject=subject, says="it shows another conflict than it was raised on", remedy=RESTORE)
    if row["card"] is None:
        yield Fault(subject=subject, says="its card is not in the outbox", remedy=RESTORE)
    for side, words in (("said", "new"), ("before", "earlier")):
        text = texts(row[f"{side}_text"])
        if text is None or text.fault or text.text[row[f"{side}_start"] : row[f"{side}_end"]] != row[f"{side}_quote"]:
            says = f"its {words} quotation does not equal the stored text"
            yield Fault(subject=subject, says=says, remedy=UNPOSTED)
