"""Whom a conflict is about: who holds, and who said, what it stands on. Kept with it, and it never changes.

A position stays its holder's, and a conflict stands on the same positions for good. People who turn out to be one are
so when somebody asks, as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Text, bindparam, insert, not_, or_, select, union

from bot.ledger.database.prepared import asked
from bot.ledger.record.rows import conflict, position
from bot.ledger.tables import schema

_kept = schema.conflict_party.c
_HEADS = position.id.in_((conflict.fresh_id, conflict.earlier_id, conflict.bridge_id))
_HOLDS, _SAYS = (
    select(conflict.id, who).join_from(schema.conflict, schema.position, _HEADS).where(who.is_not(None))
    for who in (position.holder_id, position.said_by_id)
)
_THIS = conflict.key == bindparam("key", type_=Text)
_KEEP = insert(schema.conflict_party).from_select(
    ["conflict_id", "party_id"], union(_HOLDS.where(_THIS), _SAYS.where(_THIS))
)


def keep(connection: Connection, keys: Sequence[str]) -> None:
    """Write down whom these conflicts, which were stored just now, are about."""
    asked(connection, _KEEP).done(connection, *({"key": one} for one in keys))


def is_theirs(numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether a conflict is about one of these parties."""
    theirs: ColumnElement[bool] = conflict.id.in_(select(_kept.conflict_id).where(_kept.party_id.in_(numbers)))
    return theirs


def as_kept() -> ColumnElement[bool]:
    """Whether what was written down of a conflict is just whom it is about."""
    mine = _kept.conflict_id == conflict.id
    of = select(position.id).where(
        _HEADS, (position.holder_id == _kept.party_id) | (position.said_by_id == _kept.party_id)
    )
    strange = select(_kept.party_id).where(mine, ~of.correlate(schema.conflict, schema.conflict_party).exists())
    there = select(_kept.party_id).where(mine)
    alone = select(position.id).where(
        _HEADS,
        position.holder_id.not_in(there) | (position.said_by_id.is_not(None) & position.said_by_id.not_in(there)),
    )
    return not_(or_(*(one.correlate(schema.conflict).exists() for one in (strange, alone))))
