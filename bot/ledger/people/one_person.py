"""Entries that editors have made one person: what was filed under any of them is read as that person's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from sqlalchemy import Connection, select

from bot.ledger.people.roster import stands_for
from bot.ledger.tables import schema
from bot.model import Party, Position, Statement

MOST = 15  # further entries of one person that are looked through: a query has room for only so many arms
_party = schema.party.c


@dataclass(frozen=True, slots=True)
class OnePerson:
    """Which entries (ids of officials) are one person as of one moment; an undo of the merge parts them again."""

    stands: Mapping[str, str] = field(default_factory=dict)  # by the id of each entry that went, the one that stays

    @classmethod
    def of(cls, connection: Connection) -> OnePerson:
        """As editors have it now."""
        return cls(stands_for(connection))

    def today(self, party: Party) -> Party:
        """The party under the entry that stays, by the name under which it was read."""
        stays = self.stands.get(party.official or "")
        return replace(party, official=stays) if stays else party

    def position(self, value: Position) -> Position:
        """A position that was just read, with everybody as `today`: it may have been read before a merge counted."""
        if not self.stands:
            return value
        return replace(
            value,
            statement=self.statement(value.statement),
            holder=self.today(value.holder),
            claimed_by=value.claimed_by and self.today(value.claimed_by),
            defers_to=value.defers_to and self.today(value.defers_to),
        )

    def statement(self, value: Statement) -> Statement:
        """A statement with everybody as `today`."""
        if not self.stands:
            return value
        speaker = value.speaker
        if speaker and speaker.party:
            speaker = replace(speaker, party=self.today(speaker.party))
        return replace(
            value,
            speaker=speaker,
            holder=value.holder and self.today(value.holder),
            defers_to=value.defers_to and self.today(value.defers_to),
        )

    def entries(self, official: str | None) -> tuple[str, ...]:
        """Every entry of somebody, the one that stays first; none for who has no entry."""
        if official is None:
            return ()
        head = self.stands.get(official, official)
        return (head, *sorted(old for old, new in self.stands.items() if new == head))

    def rows(self, connection: Connection, party: Party) -> tuple[int, ...]:
        """The rows of the other entries of a party, `MOST` of them."""
        others = [one for one in self.entries(party.official) if one != party.official]
        if not others:
            return ()
        query = select(_party.id).where(_party.official.in_(others)).order_by(_party.id).limit(MOST)
        return tuple(connection.scalars(query))

    def further(self, connection: Connection) -> list[int]:
        """The rows of all entries but one of each person: but the one that stays, or else the first on record."""
        if not self.stands:
            return []
        merged = {*self.stands, *self.stands.values()}
        query = select(_party.id, _party.official).where(_party.official.in_(merged)).order_by(_party.id)
        found = connection.execute(query).all()
        rows = [(row.id, row.official, self.stands.get(row.official, row.official)) for row in found]
        first = {head: number for number, _, head in reversed(rows)}
        first |= {head: number for number, official, head in rows if official == head}
        return [number for number, _, head in rows if number != first[head]]

    def cases(self, case: str) -> tuple[str, ...]:
        """How a story may be called on record: as it is today, and as it was while its people had several entries."""
        if not self.stands:
            return (case,)
        named = list(product(*(self.entries(part) for part in case.split(":"))))
        named += [(one[0], one[2], one[1], *one[3:]) for one in named if len(one) > 3]  # two people: by their ids
        return tuple(dict.fromkeys(":".join(one) for one in named))
