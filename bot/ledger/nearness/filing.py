"""Positions on their way into the record: whose they are, under which topic they stand, what they may conflict with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sqlalchemy import Connection, Text, bindparam, select, text

from bot.ledger.database.prepared import added, asked
from bot.ledger.errors import LedgerError
from bot.ledger.nearness import fulltext
from bot.ledger.nearness.beforehand import Beforehand
from bot.ledger.nearness.loaded import Loaded, Told
from bot.ledger.nearness.nearby import near
from bot.ledger.nearness.reported import PLACES, most_alike
from bot.ledger.nearness.utterances import Report, candidates, likeliest, longest, report
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.rows import day_of, party_key, party_row, position, position_row
from bot.ledger.record.topics import Changes, id_of, keep_first, origin_of, splits_of, take_along
from bot.ledger.tables import schema
from bot.ledger.tables.columns import Words
from bot.model import Party, Position, Statement

ALIKE = 0.75  # cosine from which a longer report is taken to say what the shorter one said, and not more

_statement = schema.statement.c
_MINE = select(_statement.id, _statement.utterance_id, _statement.article_id, _statement.party_id).where(
    _statement.key == bindparam("key", type_=Text)
)
_PARTY = select(schema.party.c.id).where(schema.party.c.key == bindparam("key", type_=Text))
_FILED = (
    select(schema.party.c.official)
    .join(schema.statement, _statement.party_id == schema.party.c.id)
    .where(_statement.key == bindparam("key"))
)
_INTO_TOPICS = text("INSERT INTO topic (key, name) VALUES (:key, :name) ON CONFLICT (key) DO NOTHING").bindparams(
    bindparam("key", type_=Words), bindparam("name", type_=Words)
)
_STANDS = select(*PLACES).where(position.key == bindparam("key"))


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of a statement, and whether this unit of work has put it there."""

    statement: int
    remark: int
    article: int
    party: int | None
    fresh: bool


class Filing:
    """Files the positions of one unit of work, and remembers what it has looked up for it."""

    def __init__(self, connection: Connection, before: Beforehand | None = None) -> None:
        self._connection = connection
        self._before = before
        self._parties: dict[str, int] = dict(before.parties) if before else {}
        self._unheard: set[int] = set()  # parties that came with this unit of work and have said nothing yet
        self._first: set[int] = set()  # remarks that came with it and have one report
        self._said: list[tuple[int, int | None, str]] = []  # statements that are yet to be found by their words
        self._stored: dict[str, Stored] = {}
        self._named: dict[str, str] = {}  # topics by key, with the name of the first position filed there
        self._shown: set[str] = set()  # keys of statements of which a position was stored
        self._read_as: dict[tuple[object, ...], int] = {}  # rows stored here, by where the position was read
        self._filed_under: dict[tuple[object, ...], int] = {}  # and by where it was filed
        self._like: dict[str, int] = {}  # by key, the position that another was filed with
        self._families: dict[int, frozenset[int]] = {}  # the versions of each article
        self._changes: Changes | None = before.topics if before else None
        self._filed_as: dict[tuple[str | None, str], str] = {}  # the entry of who is on record under another
        self._entries: dict[int, tuple[int, ...]] = {}

    @cached_property
    def _people(self) -> OnePerson:
        return self._before.people if self._before else OnePerson.of(self._connection)

    @cached_property
    def _loaded(self) -> Loaded:
        return self._before.loaded if self._before else Loaded(self._people)

    def party(self, value: Party | None) -> int | None:
        """The row of a party, made if it has none."""
        if value is None:
            return None
        key = party_key(value)
        if key not in self._parties:
            known = asked(self._connection, _PARTY).rows(self._connection, {"key": key})
            if known:
                self._parties[key] = known[0][0]
                if self._before:
                    self._before.parties[key] = known[0][0]
            else:
                self._parties[key] = self._added(value)
                self._unheard.add(self._parties[key])
        return self._parties[key]

    def _added(self, value: Party) -> int:
        return added(self._connection, schema.party, **party_row(value))

    def as_filed(self, old: Statement, new: Statement) -> Statement:
        """What people put in the place of a statement, under the entry where that one is filed if the name is the same.

        So are its positions: once the merge of two entries is undone, they are parted as if nothing was corrected.
        """
        party, before = new.party, old.party
        if party is None or before is None or (party.official, party.name) != (before.official, before.name):
            return new
        entry = self._connection.scalar(_FILED, {"key": old.key})
        if entry is None or entry == party.official:
            return new
        self._filed_as[party.official, party.name] = entry
        return replace(
            new,
            speaker=new.speaker and replace(new.speaker, party=self._own(party)),
            holder=new.holder and self._own(new.holder),
        )

    def _own(self, value: Party) -> Party:
        """A party under the entry that its words are filed under."""
        return replace(value, official=self._filed_as.get((value.official, value.name), value.official))

    def entries(self, value: Party | None) -> tuple[int, ...]:
        """The row of a party, and those of other entries that editors have made one person with it."""
        value = value and self._own(value)
        number = self.party(value)
        if value is None or number is None:
            return ()
        if number not in self._entries:
            self._entries[number] = (number, *self._people.rows(self._connection, value))
        return self._entries[number]

    def cases(self, case: str) -> tuple[str, ...]:
        """How a story is called on record, now and before its people were made one."""
        return self._people.cases(case)

    def report(self, value: Statement) -> Report:
        """A statement as a report of a remark."""
        if self._before is None:
            return report(value, day_of(value))
        if value.key not in self._before.told:
            self._before.told[value.key] = report(value, day_of(value))
        return self._before.told[value.key]

    def likeliest(self, fresh: Report, parties: Sequence[int]) -> tuple[int, Report] | None:
        """The report, and its remark, that surest tells of the same one of somebody who has these rows; None: none."""
        if self._unheard.issuperset(parties):  # nothing that they said is on record
            return None
        if self._before:
            return self._before.likeliest(self._connection, fresh, parties)
        return likeliest(fresh, candidates(self._connection, fresh, parties))

    def longest(self, remark: int) -> int | None:
        """See `utterances.longest`."""
        return self._before.longest(self._connection, remark) if self._before else longest(self._connection, remark)

    def came(self, article: int) -> None:
        """An article that came with this unit of work: it has no other version."""
        self._families[article] = frozenset({article})

    def knows(self, value: Statement) -> bool:
        """Whether this unit of work has put a statement on record, or asked for it."""
        return value.key in self._stored

    def stored(self, value: Statement, told: Stored, report: Report, *, first: bool) -> None:
        """A statement was put on record by this unit of work; `first`: no other report of the remark is there."""
        self._stored[value.key] = told
        if self._before:
            self._before.heard(told.party, told.remark, day_of(value), report)
        self._said.append((told.statement, told.party, value.quote))
        (self._first.add if first else self._first.discard)(told.remark)
        if told.party is not None:
            self._unheard.discard(told.party)

    def settle(self) -> None:
        """Write what could wait to the end of the unit of work: nothing of it is asked for before."""
        fulltext.add(self._connection, self._said)
        rows = [{"key": key, "name": name} for key, name in self._named.items()]
        if rows:
            asked(self._connection, _INTO_TOPICS).done(self._connection, *rows)
        self._said, self._named = [], {}

    def amended(self) -> None:
        """What became of words on record has changed."""
        self._loaded.forget()
        self._families.clear()

    def _of(self, value: Position) -> Stored | None:
        key = value.statement.key
        if key not in self._stored:
            rows = asked(self._connection, _MINE).rows(self._connection, {"key": key})
            if not rows:
                return None
            statement, remark, article, party = rows[0]
            self._stored[key] = Stored(statement, remark, article, party, fresh=False)
        return self._stored[key]

    def _unseen(self, value: Position) -> bool:
        """Whether its statement is so fresh that nothing of it can be on record yet."""
        told = self._stored.get(value.statement.key)
        return told is not None and told.fresh and value.statement.key not in self._shown

    @property
    def _topics(self) -> Changes:
        if self._changes is None:
            self._changes = Changes(self._connection)
        return self._changes

    def filed(self, value: Position) -> Position:
        """The position under the topic where it stands, if it is on record, or else would stand: editors merge them.

        So they do people: it is held by whoever stands for its holder.
        """
        value = self._people.position(value)
        row = None if self._unseen(value) else self._connection.execute(_STANDS, {"key": value.key}).mappings().first()
        if row is not None:
            return replace(value, **row)
        return self.as_reported(value, ALIKE) or self._topics.filed(value)

    def as_reported(self, value: Position, least: float = -1.0) -> Position | None:
        """Where another report of the same remark stands with what it says of the same holder; None: nowhere.

        What the configuration names stays there. `least`: how near in meaning both must be, if they are worded apart.
        """
        told = self._of(value)
        if told is None or value.on_named_topic or told.remark in self._first:
            return None
        holders = self.entries(value.holder)

        def ask() -> tuple[float, int | None, Mapping[str, str]]:
            return most_alike(self._connection, value, told.remark, told.statement, holders)

        if self._before:
            asked = (value.place, told.remark, holders)
            best, number, place = self._before.stands(self._connection, asked, told.remark, ask)
        else:
            best, number, place = ask()
        if number is None or best < least:
            return None
        self._like[value.key] = number
        return replace(value, **place)

    def store(self, value: Position, filed: Position | None = None, like: Position | None = None) -> int:
        """The row of a position, made if it has none; `filed` and `like` as in `Work.position`."""
        known = self._number(value)
        if known is not None:
            return known
        told = self._of(value)
        if told is None:
            raise LedgerError(f"the statement of a position of {value.holder.name} is not on record")
        first = value if filed is None or filed.topic == self._topics.filed(value).topic else filed
        number_like = self._like.get(value.key) if like is None else self._number(like)
        splits: tuple[int, ...] = ()
        if number_like is not None and self._topics.all:
            first, splits = origin_of(self._connection, number_like, first), splits_of(self._connection, number_like)
        self._named.setdefault(first.topic, first.topic_name)
        stands = self._topics.filed(first, splits)
        number = self._put(value, stands, told)
        if self._before:
            self._before.stored(stands, told.remark)
        self._shown.add(value.statement.key)
        self._read_as[value.place] = number
        for one in (first, stands):
            self._filed_under.setdefault(one.place, number)
        self._remember(number, first, stands, splits)
        return number

    def _put(self, value: Position, stands: Position, told: Stored) -> int:
        holder = self.party(self._own(value.holder))
        return added(
            self._connection,
            schema.position,
            statement_id=told.statement,
            utterance_id=told.remark,
            holder_id=holder,
            said_by_id=None if told.party == holder else told.party,
            claimed_by_id=self.party(value.claimed_by and self._own(value.claimed_by)),
            **position_row(stands, value.key),
        )

    def _remember(self, number: int, first: Position, stands: Position, splits: Sequence[int]) -> None:
        """Where it would stand if nobody had changed a topic, and which splits took it along."""
        if stands.topic != first.topic:
            keep_first(self._connection, number, first)
        take_along(self._connection, number, splits)

    def _number(self, value: Position) -> int | None:
        return self._loaded.number(value) or self._row(value)

    def _row(self, value: Position) -> int | None:
        """The row of a position if it is on record; what was stored by this unit of work is known without asking."""
        known = self._read_as.get(value.place)
        told = self._stored.get(value.statement.key)
        if known is None and told is not None and told.fresh:
            known = self._filed_under.get(value.place)
        return id_of(self._connection, value) if known is None and not self._unseen(value) else known

    def near(self, fresh: Position, since: date | None, limit: int) -> tuple[Position, ...]:
        """What a position may conflict with, the likeliest first: see `bot.ledger.nearness.nearby`."""
        parties = map(self.entries, (fresh.holder, fresh.claimed_by, fresh.statement.party))
        numbers = list(dict.fromkeys(number for entries in parties for number in entries))
        told, before = self._told(fresh), self._before

        def ask() -> tuple[Position, ...]:
            return near(self._connection, fresh, numbers, since, limit, told, self._loaded, before)

        return before.near(fresh, told, (since, limit), ask) if before else ask()

    def _told(self, fresh: Position) -> Told:
        stored = self._of(fresh)
        if stored is None:
            return Told()
        if stored.article not in self._families:
            self._families[stored.article] = Told.of(self._connection, fresh.statement.key).articles
        return Told(stored.remark, self._families[stored.article])
