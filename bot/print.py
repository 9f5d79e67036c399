"""An alert, and the record in figures, in the terminal, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.slack.blocks import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from bot.ledger import Status
    from bot.model import Conflict, Position
    from bot.slack.blocks import Desk


def show_alert(console: Console, conflict: Conflict, desk: Desk) -> None:
    """Print the card of an open alert: who, which words, when, why, and what to check first."""
    pair = Table.grid(expand=True, padding=(0, 2))
    pair.add_column(ratio=1)
    pair.add_column(ratio=1)
    pair.add_row(_side("Earlier", conflict.earlier, desk), _side("New", conflict.fresh, desk))
    parts: list[Text | Table] = [
        _labelled(f"Possible {wording.kind_of(conflict, desk)}. ", conflict.lede),
        Text(),
        pair,
    ]
    if conflict.bridge:
        parts += [Text(), _side(wording.bridge_label(conflict), conflict.bridge, desk)]
    parts += [Text(), _labelled("Why it conflicts: ", conflict.why)]
    if conflict.check_first:
        parts.append(_labelled("Check first: ", "; ".join(conflict.check_first)))
    console.print(Panel(Group(*parts), title=Text(conflict.title, style="bold"), title_align="left"))


def show_status(console: Console, status: Status) -> None:
    """Print what is on record, which articles and entries are not read and why, and how the feeds do."""
    parts = [
        f"On record: {status.articles:,} articles, {status.utterances:,} statements, {status.positions:,} positions,"
        f" {sum(status.alerts.values()):,} alerts",
        f"Edited since: {status.corrected:,} articles; {status.changed:,} statements changed,"
        f" {status.vanished:,} taken out",
        f"Set aside: {status.aside:,} articles",
        *(f"  {why}" for why in status.why_aside),
        f"Given up on: {status.parked:,} entries",
        *(f"  {why}" for why in status.why_parked),
        f"Waiting for Slack: {status.waiting:,} messages",
        *(f"  stuck: {reason}" for reason in status.stuck),
        *([f"Slack refuses us: {status.refused}"] if status.refused else []),
        *status.cramped,
        *_canary(status),
        f"Feeds: {len(status.feeds):,}",
        *(f"  {feed.feed}: {feed.reason}" for feed in status.feeds if feed.reason),
    ]
    console.print(Text("\n".join(parts)))


def _canary(status: Status) -> Iterator[str]:
    last = status.canary
    if last is not None:
        good = f"{last.good_at:%-d %b %Y %H:%M} UTC" if last.good_at else "never"
        failed = f"; that of {last.at:%-d %b %H:%M} did not: {last.fault}" if last.fault else ""
        yield f"A planted conflict last came through: {good}{failed}"


def _side(label: str, position: Position, desk: Desk) -> Text:
    statement = position.statement
    said = statement.said
    when = "date unknown" if said is None else _days(said.first.isoformat(), said.last.isoformat())
    speaker = statement.party
    text = Text(f"{label} · {when}\n")
    text.append(speaker.name if speaker else "unknown speaker", style="bold")
    if speaker and speaker.role:
        text.append(f", {speaker.role}")
    holder = wording.holder_of(position, desk)
    whose = f"on {wording.possessive(holder)} position" if holder else "own position"
    text.append(f"\n{whose}\n", style="italic")
    if statement.kind == "direct":
        text.append(f"“{statement.quote.rstrip(',')}”", style="cyan")
    else:
        text.append(f"paraphrase by {statement.source.outlet}: ", style="dim")
        text.append(f"[{statement.act}] " if statement.act else "", style="dim")
        text.append(statement.quote, style="cyan")
    text.append(f"\n{statement.source.outlet}", style="dim")
    return text


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _labelled(label: str, words: str) -> Text:
    text = Text(label, style="bold")
    text.append(words, style="not bold")
    return text
