"""What people and outlets did to an alert, in one line: the same words in its thread, in the record and in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bot.ledger.records import Change
from bot.slack import mrkdwn
from bot.slack.blocks.parts import is_person_id
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ledger import FlowChange
    from bot.ledger.records import Decided, Mend

    Entry: TypeAlias = "Decided | Mend | FlowChange | Changed"

_WORDS = 300  # of a reason or a value, in a reply
_REMARK = 1000
_SPOKEN = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A line of the log on what the desk works with: people and sides, topics, sources, thresholds; in words."""

    at: datetime
    by: str
    of: str
    told: str
    ended: datetime | None = None  # what it began
    ended_by: str = ""


def line(change: Change, name: str = "") -> Mrkdwn:
    """Who did what, and why, with what was said beside it on a line of its own; `name` in the place of a mention."""
    remark = mrkdwn.foreign_lines(change.remark, _REMARK)
    return mrkdwn.joined((did(change, name), mrkdwn.quoted(remark) if remark else remark), "\n")


def spoken(change: Change, name: str = "") -> Mrkdwn:
    """The same without marks and shorter, for notices and screen readers."""
    said = Mrkdwn(did(change, name, _SPOKEN).replace("*", ""))
    return mrkdwn.joined((said, mrkdwn.foreign(change.remark, _SPOKEN)))


def change_of(entry: Decided) -> Change:
    """A line of the log as what happened."""
    return Change(
        what=entry.action,
        by=entry.by,
        why=entry.note,
        remark=entry.remark,
        before=entry.before,
        after=entry.after,
    )


def did(change: Change, name: str = "", most: int = _WORDS) -> Mrkdwn:
    """Who did what, and why, in one sentence; reasons and values have at most so many characters."""
    who = mrkdwn.foreign(name, mrkdwn.LABEL) if name else mrkdwn.person(change.by)  # a name that is an id is no mention
    by = Mrkdwn(f" by {who}") if change.by else Mrkdwn("")
    why = mrkdwn.foreign(change.why, most)
    because = f": {why}" if why else ""
    if change.what == "confirm":
        return Mrkdwn(f"*Confirmed*{by}{because}")
    if change.what == "dismiss":
        return Mrkdwn(f"*Dismissed*{f' ({why})' if why else ''}{by}")
    if change.what == "explain":
        return Mrkdwn(f"*Reason of the dismissal* given{by}{because}")
    if change.what == "undo":
        return Mrkdwn(f"*Open again*: no longer {mrkdwn.foreign(change.before, most)}, undone{by}{because}")
    if change.what == "assign":
        return _assigned(change, by)
    if change.what == "note":
        return Mrkdwn(f"*Note*{by}")
    if change.what == "withdraw":
        return Mrkdwn(f"*Withdrawn*{by}{because}")
    before, after = (mrkdwn.foreign(value, most) for value in (change.before, change.after))
    what = "*Corrected*" if change.what == "mend" else "*Edited by the outlet*"
    became = Mrkdwn(f"{before} → {after}" if before and after else before or after)
    return Mrkdwn(f"{what}{by}: {mrkdwn.joined((became, Mrkdwn(f'({why})' if why else '')))}")


def mended(entry: Mend, most: int = _WORDS) -> Mrkdwn:
    """A correction of a statement in one sentence."""
    said = entry.statement
    which = mrkdwn.foreign(f"“{said.quote[:60]}”, {said.source.outlet}", most)
    by = mrkdwn.person(entry.by)
    why = mrkdwn.foreign(f" ({entry.why})" if entry.why else "", most)
    if entry.field == "withdrawn":
        return Mrkdwn(f"*Statement withdrawn* by {by}: {which} {why}")
    old, new = (mrkdwn.foreign(value or "nothing", most) for value in (entry.old, entry.new))
    return Mrkdwn(f"*Statement corrected* by {by}: {which}; {entry.field}: {old} → {new} {why}")


def flowed(entry: FlowChange, most: int = _WORDS) -> Mrkdwn:
    """What somebody changed in what is sent where, in one sentence."""
    what = f"*{entry.what.capitalize()}*"
    whom = mrkdwn.person(entry.audience) if is_person_id(entry.audience) else mrkdwn.foreign(entry.audience, 80)
    before, after = (mrkdwn.foreign(value, most) for value in (entry.before, entry.after))
    became = mrkdwn.joined((before, after), " → ")
    subject = mrkdwn.foreign(entry.subject, most)
    by = mrkdwn.person(entry.by)
    return Mrkdwn(f"{what} by {by} for {whom}: {mrkdwn.joined((subject, Mrkdwn(f'({became})' if became else '')))}")


def changed(entry: Changed, most: int = _WORDS) -> Mrkdwn:
    """What somebody changed in what the desk works with, in one sentence."""
    ended = f", ended by {mrkdwn.person(entry.ended_by)} on {entry.ended:%Y-%m-%d %H:%M} UTC" if entry.ended else ""
    return Mrkdwn(f"*{entry.of}* by {mrkdwn.person(entry.by)}: {mrkdwn.foreign(entry.told, most)}{ended}")


def _assigned(change: Change, by: Mrkdwn) -> Mrkdwn:
    if not change.after:
        return Mrkdwn(f"*Given back*{by}: nobody looks into it")
    if change.after == change.by:
        return Mrkdwn(f"*Taken*{by}")
    return Mrkdwn(f"*Assigned* to {mrkdwn.person(change.after)}{by}")
