"""What an article asks of the record, asked before the writer's turn: as it was at one moment, and what came since.

Within the turn everybody else waits, so little should be asked there. Rows are only ever added to the record by
articles, and every answer is the newest rows of some kind: so the answer of a moment ago, together with the rows that
have come since, is the answer of now. What is not only added (people and topics as editors have them, words that were
amended) is looked at again, and if anything of it has changed, nothing of what was asked before counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Dialect, bindparam, func, select

from bot.ledger.database.prepared import Asked, asked, kind
from bot.ledger.nearness.loaded import Loaded, Told
from bot.ledger.nearness.relations import Relation, Row, newest, rows_since
from bot.ledger.nearness.utterances import Report, candidates, likeliest, longest, recalled, searched
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.topics import Changes
from bot.ledger.tables import schema
from bot.ledger.tables.asking import topic_rename
from bot.ledger.tables.columns import Big
from bot.ledger.tables.corrections import correction
from bot.ledger.tables.office import roster_change
from bot.ledger.tables.topics import topic_change
from bot.model import Position

UNSEEN: Final = 1 << 62  # from here on numbers are of rows that are not on record yet
MOST: Final = 1000  # positions that others may have added: more is not looked through but asked anew

_ADDED = ("position", "statement", "party", "utterance", "article")
_MARKS = select(
    *(
        select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery().label(table.name)
        for table in (
            schema.position, schema.statement, schema.party, schema.utterance, schema.article,
            schema.fate, correction, topic_change, topic_rename, roster_change,
        )
    )
)  # fmt: skip


class Heard(NamedTuple):
    """A statement that came since: who said it, and of which remark it is a report."""

    party: int | None
    remark: int
    day: Any
    report: Report


class Beforehand:
    """The answers, and what has come on record since. Made in a reading transaction; used up by one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self.people = OnePerson.of(connection)
        self.loaded = Loaded(self.people)
        self.topics = Changes(connection)
        self.parties: dict[str, int] = {}  # rows by key
        self.told: dict[str, Report] = {}  # by the key of each statement of the article
        self.apart: dict[int, tuple[Any, ...]] = {}  # what tells reports of one remark from each other, by position
        self._marks = _marks(connection)
        self._asking = True
        self._rows: dict[tuple[Any, ...], Sequence[Sequence[Any]]] = {}
        self._reports: dict[tuple[Report, tuple[int, ...]], tuple[frozenset[int], tuple[int, Report] | None]] = {}
        self._came: list[Row] = []
        self._more = False  # whether more may have come than was looked up
        self._heard: list[Heard] = []
        self._alone = True  # whether nobody has put anything on record since
        self._own: list[tuple[Any, ...]] = []  # the article's own positions, as far as they are stored
        self._new: dict[int, int] = {}  # in which order the article's own new remarks came
        self._near: dict[tuple[object, ...], tuple[tuple[Any, ...], tuple[Position, ...]]] = {}
        self._longest: dict[int, int | None] = {}
        self._stands: dict[tuple[Any, ...], Any] = {}

    def holds(self, connection: Connection) -> bool:
        """Whether the answers count within this turn, for which what came since is looked up."""
        now = _marks(connection)
        if any(now[name] != number for name, number in self._marks.items() if name not in _ADDED):
            return False
        if now["position"] - self._marks["position"] > MOST:
            return False
        self._asking = False
        last = self._marks["position"]
        self.loaded.forget(behind=last)
        self.apart = {number: row for number, row in self.apart.items() if number <= last}
        self._came, self._more = [], now["position"] != last
        self._alone = not self._more and now["statement"] == self._marks["statement"]
        self._own, self._new = [], {}
        self._heard = []
        if now["statement"] != self._marks["statement"]:
            self._heard = _heard_since(connection, self._marks["statement"])
        return True

    def put(self, row: Row, value: Position) -> None:
        """A position that would be on record now."""
        self._came.append(row)
        self.loaded.hold(row.id, row.article, value)

    def stored(self, value: Position, remark: int) -> None:
        """A position of a remark was put on record, or would be."""
        self._more = True
        self._own.append((value.place, self._called(remark)))

    def heard(self, party: int | None, remark: int, day: Any, report: Report) -> None:  # noqa: ANN401 - a day
        """A statement was put on record, or would be."""
        self._heard.append(Heard(party, remark, day, report))
        if remark > self._marks["utterance"]:
            self._new.setdefault(remark, len(self._new))

    def _called(self, remark: int) -> tuple[bool, int]:
        """A remark, by its number on record or else its place among the article's own."""
        return (remark in self._new), self._new.get(remark, remark)

    def near(
        self, fresh: Position, told: Told, bounds: tuple[Any, ...], ask: Callable[[], tuple[Position, ...]]
    ) -> tuple[Position, ...]:
        """What `ask` gives, or what it gave before if nothing but the same of the article itself has come since."""
        if not self.first_here(told.articles):
            return ask()
        asked_with = (fresh, self._called(told.remark), tuple(self._own), bounds)
        if self._asking:
            self._near[fresh.place] = asked_with, ask()
            return self._near[fresh.place][1]
        known = self._near.get(fresh.place)
        return known[1] if self._alone and known is not None and known[0] == asked_with else ask()

    def came(self, connection: Connection) -> Sequence[Row]:
        """The positions that came since, one's own among them, the oldest first."""
        if self._more and not self._asking:
            last = self._came[-1].id if self._came else self._marks["position"]
            self._came += rows_since(connection, last)
            self._more = False
        return self._came

    def around(  # noqa: PLR0917 - what is asked, each once
        self,
        connection: Connection,
        relations: Sequence[Relation],
        given: Mapping[str, Any],
        ask: Callable[[], Sequence[Sequence[Sequence[Any]]]],
        cut: Callable[[Row], tuple[Any, ...]],
        day: int,
    ) -> list[list[Sequence[Any]]] | None:
        """The rows of each relation, what came since among them; None where they have to be asked for.

        `ask` gives them as of the moment, `cut` what it gives of a row; there the id comes first, and the `day` where
        it is said.
        """
        keys = [self._key(one, given) for one in relations]
        if any(key is not None and key not in self._rows for key in keys):
            if not self._asking:
                return None
            self._rows.update({key: rows for key, rows in zip(keys, ask(), strict=True) if key is not None})
        came = self.came(connection)
        found = []
        for one, key in zip(relations, keys, strict=True):
            rows = self._rows[key] if key is not None else ()
            fresh = [cut(row) for row in came if one.fits(row, given)]
            found.append(newest(rows, fresh, one.most, day) if fresh else list(rows))
        return found

    def _key(self, relation: Relation, given: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """What was asked for; None where it is about somebody of whom nothing was on record."""
        values = tuple(given[name] for _, name in relation.equal)
        parties = [given[name] for column, name in relation.equal if column in {"holder", "claimed_by"}]
        if any(party > self._marks["party"] for party in parties):
            return None
        columns = tuple(column for column, _ in relation.equal)
        others = frozenset(given[name] for name in relation.others if given[name] <= self._marks["party"])
        own = given["own"] if given["own"] <= self._marks["utterance"] else None
        return relation.why, relation.most, columns, values, others, own, given["since"]

    def first_here(self, articles: frozenset[int]) -> bool:
        """Whether nothing of these articles was on record."""
        return all(article > self._marks["article"] for article in articles)

    def likeliest(self, connection: Connection, fresh: Report, parties: Sequence[int]) -> tuple[int, Report] | None:
        """Which report on record tells of the same remark, with that: see `utterances.likeliest`."""
        known = tuple(party for party in parties if party <= self._marks["party"])
        touching = [one for one in self._heard if one.party in parties and _may_be_one(fresh, one)]
        if self._asking:
            found = candidates(connection, fresh, known) if known else []
            best = likeliest(fresh, found)
            self._reports[fresh, known] = frozenset(remark for remark, _ in found), best
            return likeliest(fresh, [*found, *((one.remark, one.report) for one in touching)]) if touching else best
        told = self._reports.get((fresh, known))
        if told is None or touching or any(one.remark in told[0] for one in self._heard):
            return likeliest(fresh, candidates(connection, fresh, parties))
        return told[1]

    def longest(self, connection: Connection, remark: int) -> int | None:
        """See `utterances.longest`."""
        if remark not in self._longest or any(one.remark == remark for one in self._heard):
            found = longest(connection, remark)
            if not self._asking:
                return found
            self._longest[remark] = found
        return self._longest[remark]

    def stands(self, connection: Connection, asked: tuple[Any, ...], remark: int, ask: Callable[[], Any]) -> Any:  # noqa: ANN401
        """What `ask` tells of the positions of a remark, or has told before if none has come since."""
        if asked not in self._stands or any(row.utterance == remark for row in self.came(connection)):
            found = ask()
            if not self._asking:
                return found
            self._stands[asked] = found
        return self._stands[asked]


def _may_be_one(fresh: Report, other: Heard) -> bool:
    """Whether it would be looked at for one remark with a fresh one."""
    first, last, below = searched(fresh)
    soon = first <= other.day <= last and other.report.size < below
    return soon or not fresh.prints.isdisjoint(other.report.prints)


def _marks(connection: Connection) -> dict[str, int]:
    (row,) = asked(connection, _MARKS).rows(connection, {})
    return dict(zip(_MARKS.selected_columns.keys(), row, strict=True))


_told = schema.statement.c


@lru_cache(maxsize=4)
def _since(dialect: Dialect) -> Asked:
    told = select(
        _told.party_id, _told.utterance_id, _told.day, _told.kind, _told.quote, _told.verbatim, _told.start
    ).where(_told.id > bindparam("after", type_=Big))
    return Asked.of(told.order_by(_told.id), dialect)


def _heard_since(connection: Connection, after: int) -> list[Heard]:
    rows = _since(kind(connection)).each(connection, {"after": after})
    return [Heard(party, remark, day, recalled(day, *told)) for party, remark, day, *told in rows]
