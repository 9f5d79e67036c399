"""Private answers to whoever decides about alerts, and the log of what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger import FlowChange
from bot.ledger.records import Mend
from bot.slack import mrkdwn
from bot.slack.blocks import deeds, parts
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ledger.records import Decision
    from bot.model import Alert, Statement
    from bot.slack.blocks.deeds import Entry
    from bot.slack.blocks.parts import Block, Payload, Sizes

_SHOWN = 20  # lines of the log in one answer
_WORDS = 120  # of a reason, a value or a remark in a line of the log
_TOGETHER = 3  # lines in one section


def done(alert: Alert, what: str, hint: str = "") -> Payload:
    """Says what a command has done, and what can be done about it."""
    return _plain(Mrkdwn(f"{alert.name} {what}. Its cards follow.{f' {hint}' if hint else ''}"))


def refused(decision: Decision, action: str, *, by_asker: bool) -> Payload:
    """Why nothing was changed: somebody was first, or has undone it."""
    return _plain(told(decision, action, by_asker=by_asker))


def told(decision: Decision, action: str, *, by_asker: bool) -> Mrkdwn:
    """The same as a sentence."""
    alert = decision.alert
    if alert.state == "withdrawn":
        return Mrkdwn(f"{alert.name} was withdrawn and can no longer be decided.")
    by = Mrkdwn("you") if by_asker else mrkdwn.person(decision.by)
    if action == "assign":
        held = f"looked into by {by}" if decision.by else "looked into by nobody"
        return Mrkdwn(f"{alert.name} is {held} already.")
    if alert.review == "open":
        return Mrkdwn(f"{alert.name} is open: there is no decision to undo.")
    hint = "" if action == "undo" else " Undo it first to change it."
    return Mrkdwn(f"{alert.name} was already {alert.review} by {by}.{hint}")


def wrong(said: str, example: str) -> Payload:
    """What is missing or not understood, with an example that works."""
    return _plain(Mrkdwn(f"{mrkdwn.foreign(said, 600)}\nExample: `{mrkdwn.foreign(example, 200)}`"))


def taken(by: str) -> Payload:
    """Somebody was first to correct a statement."""
    return _plain(Mrkdwn(f"That statement was already corrected or withdrawn by {mrkdwn.person(by)}."))


def statement_withdrawn(told: Statement, gone: Sequence[Alert]) -> Payload:
    """What the withdrawal of a statement has led to."""
    which = mrkdwn.foreign(f"“{told.quote}”, {told.source.outlet}", 300)
    names = ", ".join(alert.name for alert in gone)
    rests = f"{names} rested on it, and the cards say so." if names else "No alert rested on it."
    return _plain(Mrkdwn(f"The statement {which} is withdrawn. {rests}"))


def log(entries: Sequence[Entry], *, to: str = "", by: str | None = None, since: datetime | None = None) -> Payload:
    """What people did, the newest last: to something, by somebody, since a day."""
    about = f" to {mrkdwn.foreign(to, 40)}" if to else ""
    about += f" by {mrkdwn.person(by)}" if by else ""
    about += f" since {mrkdwn.day(since.date(), weekday=False)}" if since else ""
    if not entries:
        return _plain(Mrkdwn(f"Nothing was done{about} as far as the log goes.\nExample: `/record audit since 7d`"))

    def build(sizes: Sizes) -> Payload:
        lines = [logged(entry, sizes, number=True) for entry in entries[-_SHOWN:]]
        head = Mrkdwn(f"*What was done{about}*, the newest last")
        blocks = [parts.section(head), *sections(lines)]
        if more := len(entries) - len(lines):
            counted = (
                f"{parts.count(more, 'entry', 'entries')} before these are not shown: `/record help audit` narrows it."
            )
            blocks.append(parts.context(Mrkdwn(counted)))
        blocks.append(parts.context(Mrkdwn(f"Nothing is ever changed or deleted here. {parts.ONLY_YOU}")))
        return parts.private(f"{len(lines)} entries of the log{about}", blocks)

    return parts.fitting(build)


def logged(entry: Entry, sizes: Sizes, *, number: bool = False) -> Mrkdwn:
    """One line of the log with its time."""
    most = min(sizes.note, _WORDS)
    if isinstance(entry, Mend):
        return mrkdwn.joined((deeds.mended(entry, most), mrkdwn.moment(entry.at)))
    if isinstance(entry, FlowChange):
        return mrkdwn.joined((deeds.flowed(entry, most), mrkdwn.moment(entry.at)))
    if isinstance(entry, deeds.Changed):
        return mrkdwn.joined((deeds.changed(entry, most * 2), mrkdwn.moment(entry.at)))
    did = deeds.did(deeds.change_of(entry), most=most)
    said = mrkdwn.foreign(entry.remark, most)
    about = Mrkdwn(f"OR-{entry.alert}") if number else Mrkdwn("")
    return mrkdwn.joined((about, did, Mrkdwn(f"“{said}”") if said else said, mrkdwn.moment(entry.at)))


def sections(lines: Sequence[Mrkdwn]) -> list[Block]:
    """Lines of the log, a few to a section."""
    return [parts.section(mrkdwn.joined(lines[at : at + _TOGETHER], "\n")) for at in range(0, len(lines), _TOGETHER)]


def _plain(text: Mrkdwn) -> Payload:
    return parts.private("", [parts.section(text)]) | {"text": text}
