"""Replies in the thread of an alert: the evidence, and what joins it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import deeds, parts, wording
from bot.slack.blocks.alerts import block_id
from bot.slack.blocks.parts import Block, Desk, Payload, Sizes
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.ledger.records import Change
    from bot.model import Alert, Conflict, Position, Source, Statement

_SHOWN = 4  # statements in one reply; the rest is counted
_HASH = 16  # characters of a hash in a thread; the record shows it whole


def evidence(
    alert: Alert,
    desk: Desk | None = None,
    carried: Mapping[str, Sequence[Source]] | None = None,
    *,
    key: str = "",
) -> Payload:
    """The first reply: context, dates and how they were found, sources, doubts, and which statement came first."""
    place, sources = desk or Desk(), carried or {}

    def build(sizes: Sizes) -> Payload:
        blocks = proof(alert, sources, sizes, digits=_HASH)
        if alert.joined:
            blocks.append(_further(alert, alert.joined, sources, sizes, place))
        blocks += _rest_of_buttons(alert, place)
        return parts.post(alert, f"Evidence for {alert.name}: {alert.conflict.title}", blocks, key)

    return parts.fitting(build)


def joined(
    alert: Alert,
    positions: Sequence[Position],
    desk: Desk | None = None,
    carried: Mapping[str, Sequence[Source]] | None = None,
    *,
    key: str = "",
) -> Payload:
    """A later reply: statements that joined the same conflict."""
    place, sources = desk or Desk(), carried or {}
    names = ", ".join(dict.fromkeys(wording.name_of(position.statement) for position in positions))
    text = f"Further evidence on {alert.name}, {alert.conflict.title}: {names}"

    def build(sizes: Sizes) -> Payload:
        heading = Mrkdwn(f"*Further evidence* on {alert.name}")
        blocks = [parts.context(heading), _further(alert, positions, sources, sizes, place)]
        doubts = _doubts((position.statement for position in positions), sizes)
        if doubts:
            blocks.append(parts.section(doubts))
        return parts.post(alert, text, blocks, key)

    return parts.fitting(build)


def changed(alert: Alert, change: Change, name: str = "", *, key: str = "") -> Payload:
    """A later reply: who did what to the alert, and why; `name` is what whoever did it is called."""
    line = deeds.line(change, name)
    payload = parts.post(alert, alert.name, [parts.section(line, block_id("change", alert))], key)
    title = mrkdwn.foreign(alert.conflict.title, 150)
    payload["text"] = f"{alert.name}, {title}: {deeds.spoken(change, name)}"
    return payload | {"reply_broadcast": True} if change.verdict else payload


def _rest_of_buttons(alert: Alert, desk: Desk) -> list[Block]:
    """What can be done beside deciding; what no subcommand answers has no button."""
    name = alert.name
    asking = (
        (parts.TIMELINE, "Timeline", "timeline", f"Timeline of the topic of alert {name}"),
        (parts.WHY, "Why this?", "why", f"Why alert {name} was raised"),
        (parts.ASSIGN, "Assign to me", "assign", f"Look into alert {name} yourself"),
        (parts.DRAFT, "Draft question", "reply", f"Draft a question to the press office on alert {name}"),
        (parts.EXPORT, "Export", "export", f"Export alert {name}"),
    )
    shown = [
        parts.button(action, label, name, spoken) for action, label, asked, spoken in asking if asked in desk.asked
    ]
    return [{"type": "actions", "block_id": block_id("more", alert), "elements": shown}] if shown else []


def proof(alert: Alert, carried: Mapping[str, Sequence[Source]], sizes: Sizes, *, digits: int) -> list[Block]:
    """What stands behind a card, block by block."""
    conflict = alert.conflict
    sides = [("Earlier", conflict.earlier), ("New", conflict.fresh)]
    if conflict.bridge:
        sides.append((wording.bridge_label(conflict), conflict.bridge))
    blocks = [
        parts.section(_statement(label, position.statement, sizes), block_id(f"said{place}", alert))
        for place, (label, position) in enumerate(sides)
    ]
    rest = [
        _scope(conflict, sizes),
        _order(conflict),
        _doubts((position.statement for _, position in sides), sizes),
        _sources([position.statement for _, position in sides], carried, sizes, digits),
    ]
    blocks += [parts.section(text, block_id(f"proof{place}", alert)) for place, text in enumerate(rest) if text]
    return blocks


def _statement(label: str, statement: Statement, sizes: Sizes) -> Mrkdwn:
    """The words in their context, and every date with how it was found."""
    said = statement.said
    found = mrkdwn.foreign(said.how, sizes.note) if said else Mrkdwn("")
    published = statement.source.published
    dates = (
        Mrkdwn(f"Said {wording.when(statement)} ({found})") if said else Mrkdwn("Said: date not found"),
        Mrkdwn(f"Published {mrkdwn.moment(published)}") if published else Mrkdwn("No publication date"),
        Mrkdwn(f"First seen {mrkdwn.moment(statement.source.retrieved)}"),
    )
    around = (
        mrkdwn.foreign(statement.before, sizes.note * 2),
        wording.words(statement, sizes.words),
        mrkdwn.foreign(statement.after, sizes.note * 2),
    )
    context = mrkdwn.joined(around, "\n")
    return mrkdwn.joined(
        (
            Mrkdwn(f"*{label}* · {wording.speaker(statement)}"),
            mrkdwn.quoted(context) if context else context,
            wording.paraphrase(statement),
            mrkdwn.joined(dates, parts.BETWEEN),
        ),
        "\n",
    )


def _scope(conflict: Conflict, sizes: Sizes) -> Mrkdwn:
    """Slots side by side, the differing words in bold; words that point back have the scope of what they point to."""
    deferred = conflict.bridge if conflict.answer == "deferred" else None
    earlier, fresh = dict(conflict.earlier.scope), dict((deferred or conflict.fresh).scope)
    lines = []
    for slot in dict.fromkeys([*earlier, *fresh]):
        left = mrkdwn.foreign(earlier.get(slot, ""), sizes.note) or Mrkdwn("not named")
        right = mrkdwn.foreign(fresh.get(slot, ""), sizes.note) or Mrkdwn("not named")
        if left.casefold() != right.casefold():
            left, right = mrkdwn.bold(left), mrkdwn.bold(right)
        lines.append(Mrkdwn(f"{mrkdwn.foreign(slot, 40)}: {left} | {right}"))
    if not lines:
        return Mrkdwn("")
    heads = "earlier | pointed back to" if deferred else "earlier | new"
    return mrkdwn.joined((Mrkdwn(f"*Scope*, {heads}"), *lines[:6]), "\n")


def _order(conflict: Conflict) -> Mrkdwn:
    """Which statement came first, as far as the dates can tell."""
    earlier, fresh = conflict.earlier.statement, conflict.fresh.statement
    first = mrkdwn.foreign(wording.name_of(earlier), 120)
    second = mrkdwn.foreign(wording.name_of(fresh), 120)
    then, now = earlier.said, fresh.said
    if then is None or now is None:
        return Mrkdwn("*Order* not certain: not every date on which it was said is known.")
    if then.last < now.first:
        late = ", published late" if _published_late(fresh, conflict.earlier.statement) else ""
        same = first == second
        return Mrkdwn(f"*Order* {first} spoke first, then {'again' if same else second}{late}.")
    if then.first > now.last:
        return Mrkdwn("*Order* The statement under “New” was said before the one under “Earlier” and published late.")
    return Mrkdwn("*Order* not certain: the dates overlap.")


def _published_late(fresh: Statement, earlier: Statement) -> bool:
    """Whether the newer words reached the public after more than a week."""
    published, said = fresh.source.published, fresh.said
    return bool(published and said and earlier.said and (published.date() - said.last).days > 7)


def _doubts(statements: Iterable[Statement], sizes: Sizes) -> Mrkdwn:
    """Every hedge and gap that the articles give reason for, each once."""
    found: dict[Mrkdwn, None] = {}
    for statement in statements:
        for caveat in (*statement.caveats, *([statement.amended] if statement.amended else ())):
            found.setdefault(mrkdwn.foreign(f"{wording.name_of(statement)}: {caveat}".rstrip("."), sizes.note))
        if statement.source.published is None:
            found.setdefault(mrkdwn.foreign(f"{statement.source.outlet} gives no publication date", sizes.note))
    if not found:
        return Mrkdwn("")
    shown = list(found)[:8]
    if len(found) > len(shown):
        shown.append(Mrkdwn(f"{len(found) - len(shown)} more in the record"))
    return Mrkdwn(f"*Doubts* {mrkdwn.sentence(shown)}")


def _sources(
    statements: Sequence[Statement], carried: Mapping[str, Sequence[Source]], sizes: Sizes, digits: int
) -> Mrkdwn:
    """Each stored copy once, with the hash that proves it."""
    sources = {
        source.text_hash: source
        for statement in statements
        for source in (statement.source, *carried.get(statement.key, ()))
    }
    lines = [
        Mrkdwn(f"{wording.source_link(source, sizes)}, stored copy {_hash(source, digits)}")
        for source in list(sources.values())[:6]
    ]
    if len(sources) > len(lines):
        lines.append(Mrkdwn(f"and {len(sources) - len(lines)} more"))
    return mrkdwn.joined((Mrkdwn("*Sources*, independence not established"), *lines), "\n")


def _hash(source: Source, digits: int) -> Mrkdwn:
    return Mrkdwn(f"SHA-256 {mrkdwn.foreign(source.text_hash[:digits], 64)}")


def _further(
    alert: Alert,
    positions: Sequence[Position],
    carried: Mapping[str, Sequence[Source]],
    sizes: Sizes,
    desk: Desk,
) -> Block:
    """Statements side by side, the first few in full."""
    texts = [
        wording.statement_field(wording.stance(position) or Mrkdwn("On record"), position, carried, sizes, desk)
        for position in positions[:_SHOWN]
    ]
    if len(positions) > _SHOWN:
        texts.append(Mrkdwn(f"and {parts.count(len(positions) - _SHOWN, 'further statement')}"))
    return parts.fields(texts, block_id("further", alert))
