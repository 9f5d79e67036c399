"""An alert as it was when a file of it was issued, by the ledger's own record of what was corrected since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING, get_args

from bot.ledger.tables.columns import escaped
from bot.model import content_key
from config.values import ConflictKind

if TYPE_CHECKING:
    from bot.ledger import Ledger
    from bot.ledger.records import Mend
    from bot.model import Alert, Statement
    from bot.proof.form import Proof

IN_HAND = timedelta(minutes=2)  # that a decision may have waited to be written down while a file was issued


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An alert on the conflict that a file names, with all that the ledger says it has shown; `since` in sentences."""

    alert: Alert
    titles: frozenset[str]  # that it may have had
    since: tuple[str, ...]


def as_it_was(proof: Proof, alert: Alert, ledger: Ledger) -> Earlier | None:
    """None where the alert cannot have been on that conflict: by the ledger it neither is nor became what it is now."""
    corrected = _corrected_since(proof, ledger)
    every = dict.fromkeys((*alert.conflict.heads, *ledger.ever_joined(alert.number)))
    was = alert.conflict
    if proof.alert.conflict != was.key:
        found = ledger.conflict(proof.alert.conflict)
        shown = {one.statement.key for one in every}
        became = {mend.statement.key for one in every for mend in ledger.mends_of(one.statement)} & corrected.keys()
        if found is None or not {one.statement.key for one in found.heads} <= shown | became:
            return None
        was = found
    heads = {one.key for one in was.heads}
    titles = {alert.conflict.title}
    if corrected:
        titles |= {was.title, *_raised_as(proof, alert, ledger)}
    return Earlier(
        alert=replace(alert, conflict=was, joined=tuple(one for one in every if one.key not in heads)),
        titles=frozenset(map(escaped, titles)),
        since=tuple(map(_told, corrected.values())),
    )


def _corrected_since(proof: Proof, ledger: Ledger) -> dict[str, list[Mend]]:
    """What people have corrected, since it was issued, of what a file shows; by the key of the statement as it was."""
    found: dict[str, list[Mend]] = {}
    for key in _keys(proof):
        statement = ledger.statement(key)
        mends = [one for one in ledger.mends_of(statement) if one.statement.key == key] if statement else []
        if mends and mends[0].at >= proof.issued - IN_HAND:
            found[key] = mends
    return found


def _keys(proof: Proof) -> Sequence[str]:
    return [one.key for one in proof.statements]


def _raised_as(proof: Proof, alert: Alert, ledger: Ledger) -> Iterator[str]:
    """The title under which it was raised: a card keeps it while others join, and a correction gives it another."""
    for kind in get_args(ConflictKind):
        for fresh, earlier in permutations(_keys(proof), 2):
            if content_key(kind, fresh, earlier, alert.channel) == alert.dedupe_key:
                raised = ledger.conflict(content_key(kind, fresh, earlier))
                yield from [raised.title] if raised else []


def _told(mends: Sequence[Mend]) -> str:
    one = mends[0]
    whose = f"“{_short(one.statement)}” was so when the file was issued"
    by = f"since on {one.at:%-d %b %Y} by {one.by}" + (f" ({one.why})" if one.why else "")
    if one.field == "withdrawn":
        return f"{whose}; withdrawn {by}."
    changes = ", ".join(f"{mend.field} from “{mend.old}” to “{mend.new}”" for mend in mends)
    return f"{whose}; corrected {by}: {changes}."


def _short(statement: Statement) -> str:
    return statement.quote if len(statement.quote) <= 80 else f"{statement.quote[:79].rstrip()}…"
