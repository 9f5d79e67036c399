"""The page of an alert: two statements side by side in their context, what may be wrong with it, and the proof."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.web.looking import Missing
from bot.web.render import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.ledger import Track
    from bot.ledger.outward.links import Link
    from bot.model import Alert, Conflict, Party, Position, Source
    from bot.web.archive import Archive
    from bot.web.looking import Asked

_NAME = re.compile(r"(?:OR-)?([0-9]{1,9})", re.IGNORECASE)
_RECORD = 20  # decisions on a kind from which on the desk's own record stands for the model's share


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A slot of what was said, on both sides; empty: not named there."""

    name: str
    earlier: str
    fresh: str

    @property
    def differs(self) -> bool:
        """Whether the two sides do not name the same."""
        return self.earlier.casefold() != self.fresh.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One side of a pair, with every source that carries it."""

    label: str
    position: Position
    sources: Sequence[Source]


def alert(archive: Archive, asked: Asked, links: Callable[[int], Sequence[tuple[Link, str]]]) -> Page:
    """Everything behind an alert; of one that was withdrawn its name and kind alone, for its words may be wrong.

    `links` gives those by which it can be read without an account, each with its address.
    """
    named = _NAME.fullmatch(asked.path["name"])
    found = archive.ledger.behind(int(named[1])) if named else None
    if found is None:
        raise Missing(f"No alert is called “{asked.path['name']}”.")
    shared = {"links": links(found.number) if asked.asker.may("checker") else (), "shared_until": None}
    return Page(template="alert.html", values={**told(archive, found, asked.now), **shared})


def told(archive: Archive, found: Alert, now: datetime) -> dict[str, object]:
    """What the page of an alert shows."""
    ledger, conflict = archive.ledger, found.conflict
    proofs = ledger.proofs(found)
    return {
        "alert": found,
        "desk": archive.desk,
        "columns": columns(archive, conflict),
        "scope": scope(conflict),
        "people": list({(one.official or one.name): one for one in holders(conflict)}.values()),
        "pointed": bool(conflict.bridge) and conflict.answer == "deferred",
        "order": order(conflict),
        "doubts": doubts(conflict),
        "proofs": proofs,
        "archived": ledger.kept_pages(one.position.statement.source.url for one in proofs),
        "log": ledger.audit(found.number),
        "confidence": confidence(found, ledger.track(conflict.kind, now)),
    }


def holders(conflict: Conflict) -> list[Party]:
    """The people whose positions these are."""
    return [one.holder for one in conflict.heads if one.holder.person]


def columns(archive: Archive, conflict: Conflict) -> list[Column]:
    """The statements of a pair in the order of a reader."""
    bridge = "Pointed back to" if conflict.answer == "deferred" else "Also on record"
    labels = [("Earlier", conflict.earlier), ("New", conflict.fresh)]
    labels += [(bridge, conflict.bridge)] if conflict.bridge else []
    return [Column(label=label, position=one, sources=archive.ledger.reports(one.statement)) for label, one in labels]


def scope(conflict: Conflict) -> list[Slot]:
    """Slots side by side; words that point back have the scope of what they point to."""
    deferred = conflict.bridge if conflict.answer == "deferred" else None
    earlier, fresh = dict(conflict.earlier.scope), dict((deferred or conflict.fresh).scope)
    return [
        Slot(name=name, earlier=earlier.get(name, ""), fresh=fresh.get(name, ""))
        for name in dict.fromkeys([*earlier, *fresh])
    ]


def order(conflict: Conflict) -> str:
    """Which statement came first, as far as the dates can tell."""
    then, now = conflict.earlier.statement.said, conflict.fresh.statement.said
    if then is None or now is None:
        return "Which came first is not certain: not every date on which it was said is known."
    if then.last < now.first:
        return "The earlier statement was made first, as far as the dates can tell."
    if then.first > now.last:
        return "The statement under “New” was said before the one under “Earlier”, and published late."
    return "Which came first is not certain: the dates overlap."


def doubts(conflict: Conflict) -> list[tuple[Position, str]]:
    """Every hedge and gap that the articles give reason for, each once."""
    found: dict[tuple[str, str], tuple[Position, str]] = {}
    for one in conflict.heads:
        said = one.statement
        gaps = [] if said.source.published else [f"{said.source.outlet} gives no publication date"]
        for doubt in (*said.caveats, *([said.amended] if said.amended else []), *gaps):
            found.setdefault((said.key, doubt), (one, doubt))
    return list(found.values())


def confidence(found: Alert, track: Track) -> str:
    """The word, and the desk's own record with this kind once it has one, else the share; never certainty."""
    if track.decided >= _RECORD:
        return f"{found.strength} ({track.confirmed} of {track.decided} of this kind confirmed in {track.days} days)"
    return f"{found.strength} ({min(round(found.conflict.score * 100), 99)}%)"
