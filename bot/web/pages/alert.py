"""The page of an alert: two statements side by side in their context, what may be wrong with it, and the proof."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.conflicts.scope import NAMES, compared
from bot.ledger.browsing import Listing
from bot.slack.blocks.wording import distinct
from bot.web.looking import Missing
from bot.web.pages import filters
from bot.web.render import Page
from bot.web.wording import told as told_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.ledger import Track
    from bot.ledger.outward.links import Link
    from bot.model import Alert, Conflict, Party, Position, Source
    from bot.web.archive import Archive
    from bot.web.looking import Asked
    from config.schema import Side

_NAME = re.compile(r"(?:OR-)?([0-9]{1,9})", re.IGNORECASE)
_JOINED, _LINES, _LINKS = 10, 50, 5
_RECORD = 20  # decisions on a kind from which on the desk's own record stands for the model's share


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A slot of what was said, on both sides; empty: not named there."""

    name: str
    earlier: str
    fresh: str
    apart: bool  # read as two things

    @property
    def differs(self) -> bool:
        """Whether the two sides do not name the same in the same words."""
        return self.earlier.casefold() != self.fresh.casefold()

    @property
    def same(self) -> str:
        """How the two stand to each other."""
        if not self.earlier or not self.fresh:
            return "named by one alone"
        return "differs" if self.apart else "may be one" if self.differs else "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One side of a pair, with every source that carries it."""

    label: str
    position: Position
    sources: Sequence[Source]


def alert(archive: Archive, asked: Asked, address: Callable[[Link], str]) -> Page:
    """Everything behind an alert; of one that was withdrawn its name and kind alone, for its words may be wrong.

    `address` is where a link leads, by which it can be read without an account.
    """
    named = _NAME.fullmatch(asked.path["name"])
    found = archive.ledger.behind(int(named[1])) if named else None
    if found is None:
        raise Missing(f"No alert is called “{asked.path['name']}”.")
    values = told(archive, found, asked, f"/a/{found.name}") | _inside(archive, found, asked, address)
    return Page(template="alert.html", values=values)


def told(archive: Archive, found: Alert, asked: Asked, path: str) -> dict[str, object]:
    """What the page of an alert shows to whoever may read it, by an account or by a link."""
    ledger, conflict = archive.ledger, found.conflict
    joined = filters.part(path, asked, "evidence", found.joined, _JOINED)
    proofs = ledger.proofs(replace(found, joined=tuple(joined.entries)))
    return {
        "alert": found,
        "joined": joined,
        "desk": archive.desk,
        "columns": columns(archive, conflict),
        "scope": scope(conflict, archive.running().sides),
        "people": list({(one.official or one.name): one for one in holders(conflict)}.values()),
        "pointed": bool(conflict.bridge) and conflict.answer == "deferred",
        "order": order(conflict),
        "doubts": doubts(conflict),
        "proofs": proofs,
        "archived": ledger.kept_pages(one.position.statement.source.url for one in proofs),
        "confidence": confidence(found, ledger.track(conflict.kind, asked.now)),
        "shared_until": None,
    }


def _inside(archive: Archive, found: Alert, asked: Asked, address: Callable[[Link], str]) -> dict[str, object]:
    """What only members see of it: what the desk did, and, for who may decide, the links to it."""
    path = f"/a/{found.name}"
    log = filters.part(path, asked, "log", archive.ledger.audit(found.number), _LINES)
    links: Listing[Link] = Listing(entries=())
    if asked.asker.may("checker"):
        links = archive.ledger.list_links(found.number, filters.cut(asked, _LINKS, "links"))
    people = {found.owner or "", *(user for link in links.entries for user in (link.by, link.ended_by))} - {""}
    return {
        "log": log,
        "lines": told_in_words(log.entries, archive.names),
        "links": [(one, address(one) if one.good(asked.now) else "") for one in links.entries],
        "further": filters.onward(path, asked, links.following, "links"),
        "names": archive.names(people),
    }


def holders(conflict: Conflict) -> list[Party]:
    """The people whose positions these are."""
    return [one.holder for one in conflict.heads if one.holder.person]


def columns(archive: Archive, conflict: Conflict) -> list[Column]:
    """The statements of a pair in the order of a reader."""
    bridge = "Pointed back to" if conflict.answer == "deferred" else "Also on record"
    labels = [("Earlier", conflict.earlier), ("New", conflict.fresh)]
    labels += [(bridge, conflict.bridge)] if conflict.bridge else []
    return [
        Column(
            label=label, position=one, sources=distinct([one.statement.source, *archive.ledger.reports(one.statement)])
        )
        for label, one in labels
    ]


def scope(conflict: Conflict, sides: Sequence[Side]) -> list[Slot]:
    """Slots side by side; words that point back have the scope of what they point to."""
    deferred = conflict.bridge if conflict.answer == "deferred" else None
    return [
        Slot(
            name=NAMES[slot.name],
            earlier="; ".join(slot.one),
            fresh="; ".join(slot.other),
            apart=slot.how == "different",
        )
        for slot in compared(conflict.earlier, deferred or conflict.fresh, sides)
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
