"""The card of an alert: a full message for chat.postMessage and, with a place, for chat.update."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts, wording
from bot.slack.blocks.parts import Block, Desk, Payload, Sizes
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.ledger.records import Track
    from bot.model import Alert, Source

_NOTE = 120


def card(
    alert: Alert,
    desk: Desk | None = None,
    carried: Mapping[str, Sequence[Source]] | None = None,
    track: Track | None = None,
) -> Payload:
    """The alert as it stands: the same words for every side, possible until a person says so.

    `track` is the desk's own record with alerts of its kind.
    """
    place, sources = desk or Desk(), carried or {}

    def build(sizes: Sizes) -> Payload:
        blocks = [*summary(alert, place, sources, sizes), _state(alert, place, track), _buttons(alert, place)]
        return parts.post(alert, spoken(alert, place), blocks, alert.dedupe_key)

    return parts.fitting(build)


def spoken(alert: Alert, desk: Desk) -> str:
    """The whole account in one or two sentences, for notices and screen readers."""
    conflict = alert.conflict
    first = wording.headline(alert, desk)
    first = first[0].lower() + first[1:]
    if alert.state == "withdrawn":
        return f"{conflict.title}: {first}. {alert.reason}"
    if alert.review == "dismissed":
        first = f"dismissed, {first}"
    return f"{conflict.title}: {first}, {alert.strength} confidence. {conflict.lede}"


def summary(alert: Alert, desk: Desk, carried: Mapping[str, Sequence[Source]], sizes: Sizes) -> list[Block]:
    """What a card and a record share: the story's name, the news, the pair, why, and what to check first.

    A withdrawn alert keeps its name and kind alone: its words may be what was wrong.
    """
    conflict = alert.conflict
    head = parts.header(conflict.title, block_id("head", alert))
    if alert.state == "withdrawn":
        withdrawn = mrkdwn.bold(mrkdwn.foreign(wording.headline(alert, desk) + ".", _NOTE * 2))
        return [head, parts.section(withdrawn, block_id("lede", alert))]
    pair = [
        wording.statement_field(Mrkdwn("Earlier"), conflict.earlier, carried, sizes, desk),
        wording.statement_field(Mrkdwn("*New*"), conflict.fresh, carried, sizes, desk),
    ]
    if conflict.bridge:
        label = Mrkdwn(wording.bridge_label(conflict))
        pair.append(wording.statement_field(label, conflict.bridge, carried, sizes, desk))
    return [
        head,
        parts.section(_lede(alert, desk, sizes), block_id("lede", alert)),
        parts.fields(pair, block_id("pair", alert)),
        parts.section(_why(alert, sizes), block_id("why", alert)),
    ]


def block_id(part: str, alert: Alert) -> str:
    """New with each revision, so that clients draw the block again."""
    return f"{part}:{alert.name}:{alert.revision}"


def _lede(alert: Alert, desk: Desk, sizes: Sizes) -> Mrkdwn:
    first = mrkdwn.bold(mrkdwn.foreign(wording.headline(alert, desk) + ".", _NOTE * 2))
    lede = mrkdwn.joined((first, mrkdwn.foreign(alert.conflict.lede, sizes.prose)))
    return mrkdwn.struck(lede) if alert.review == "dismissed" else lede


def _why(alert: Alert, sizes: Sizes) -> Mrkdwn:
    first = [*_edited(alert), *alert.conflict.check_first[:8]]
    checks = [mrkdwn.foreign(check.strip().rstrip(".;"), sizes.note) for check in first]
    doubts = mrkdwn.sentence(checks) or Mrkdwn("no gap was found by rule; read both articles in full.")
    why = mrkdwn.foreign(alert.conflict.why, sizes.prose) or Mrkdwn("see both statements")
    return Mrkdwn(f"*Why it conflicts:* {why}\n*Check first:* {doubts}")


def _edited(alert: Alert) -> list[str]:
    """What outlets have done since to the words that the card shows."""
    told = [position.statement for position in alert.conflict.heads if position.statement.amended]
    return [f"{wording.name_of(statement)}, {statement.source.outlet}: {statement.amended}" for statement in told]


def _state(alert: Alert, desk: Desk, track: Track | None) -> Block:
    decided = decision(alert)
    further = parts.count(len(alert.joined), "further statement") if alert.joined else Mrkdwn("")
    degree = wording.degree(alert.conflict)
    line = (
        decided,
        wording.answered(alert),
        *wording.edited(alert),
        Mrkdwn(f"{mrkdwn.person(alert.owner)} looks into it") if alert.owner else Mrkdwn(""),
        wording.confidence(alert, track),
        Mrkdwn(f"Degree *{degree}*") if degree else Mrkdwn(""),
        _on_topic(alert, desk),
        Mrkdwn(f"Alert {alert.name}"),
        Mrkdwn(f"{further} joined") if further else further,
        Mrkdwn("" if decided else "evidence in thread"),
    )
    return parts.context(mrkdwn.joined(line, parts.BETWEEN), block_id("meta", alert))


def decision(alert: Alert) -> Mrkdwn:
    """Who decided what and when; empty while the alert is open."""
    if alert.state == "withdrawn":
        words = [Mrkdwn("Withdrawn"), *([mrkdwn.foreign(f"({alert.reason})", _NOTE * 2)] if alert.reason else [])]
        if alert.withdrawn_by:
            words.append(Mrkdwn(f"by {mrkdwn.person(alert.withdrawn_by)}"))
        return mrkdwn.joined(words)
    if alert.review == "open":
        return Mrkdwn("")
    note = mrkdwn.foreign(alert.decision_note, _NOTE)
    words = [Mrkdwn(alert.review.capitalize()), Mrkdwn(f"({note})" if note else "")]
    if alert.decided_by:
        words.append(Mrkdwn(f"by {mrkdwn.person(alert.decided_by)}"))
    if alert.decided_at:
        words.append(Mrkdwn(f"at {mrkdwn.clock(alert.decided_at)}"))
    return mrkdwn.joined(words)


def _on_topic(alert: Alert, desk: Desk) -> Mrkdwn:
    if alert.on_topic < 2:
        return Mrkdwn("")
    label = f"All {alert.on_topic:,} statements on this topic"
    url = desk.topic_url(alert.conflict.fresh.topic)
    return Mrkdwn(f"<{url}|{label}>") if url else Mrkdwn(f"{alert.on_topic:,} statements on this topic")


def _buttons(alert: Alert, desk: Desk) -> Block:
    name = alert.name
    opened = parts.open_record(alert, desk)
    if alert.state == "withdrawn":
        elements = [opened]
    elif alert.review == "open":
        confirm = parts.button(parts.CONFIRM, "Confirm", name, f"Confirm alert {name} as a real conflict", primary=True)
        dismiss = parts.button(parts.DISMISS, "Dismiss", name, f"Dismiss alert {name}, with a reason")
        mute = parts.button(parts.MUTE, "Mute…", name, f"Mute what alert {name} is about for a while")
        elements = [confirm, dismiss, mute, opened]
    else:
        undo = parts.button(parts.UNDO, "Undo", name, f"Undo the decision on alert {name}")
        elements = [opened, undo]
    return {"type": "actions", "block_id": block_id("triage", alert), "elements": elements}
