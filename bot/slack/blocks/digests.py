"""Messages that belong to no single alert: digests of what was held, and notices to the operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts, wording
from bot.slack.blocks.parts import Desk, Payload, Sizes
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from bot.ledger.flow_records import Bulletin
    from bot.model import Alert

_HELD = "What quiet hours or the daily cap held back, the strongest first. Each opens its full record for you alone."
_HINT = "`/record digest` and `/record cap` say when this comes, `/record mute` what stays out of it"


def bulletin(of: Bulletin, desk: Desk) -> Payload:
    """The message of a bulletin, with its key in the metadata and nothing but ids beside it."""
    told: dict[str, object] = {"kind": of.kind, "dedupe_key": of.key}
    if of.alerts:  # a dozen at most, so the metadata stays below a kilobyte
        told[parts.CARRIES] = [alert.dedupe_key for alert in of.alerts]
    frame = {
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {"event_type": parts.EVENT_TYPE, "event_payload": told},
    }
    if of.message is not None:
        return {**of.message, **frame}
    if of.kind == "notice":
        return _notice(of) | frame
    return parts.fitting(lambda sizes: _digest(of, desk, sizes) | frame)


def _digest(of: Bulletin, desk: Desk, sizes: Sizes) -> Payload:
    """Alerts in a compact list, each with its strength and the way to its record."""
    told = [alert for alert in of.alerts if not _over(alert, of)]
    title = f"{of.words}: {parts.count(len(told), 'alert')}"
    blocks = [parts.header(title, f"digest:{of.id}:{of.revision}"), parts.context(Mrkdwn(_HELD))]
    blocks += [_row(alert, desk, sizes) for alert in told]
    if over := [alert.name for alert in of.alerts if _over(alert, of)]:
        blocks.append(parts.context(Mrkdwn(f"Left out, dismissed or withdrawn before this came: {', '.join(over)}")))
    blocks.append(parts.context(Mrkdwn(_HINT)))
    listed = "; ".join(f"{one.name} {one.conflict.title}, {one.strength} confidence" for one in told)
    return parts.message(f"{title}. {listed}", blocks)


def _over(alert: Alert, of: Bulletin) -> bool:
    """Whether it was over before the digest was made, and still is."""
    return alert.number in of.over and (alert.state == "withdrawn" or alert.review == "dismissed")


def _row(alert: Alert, desk: Desk, sizes: Sizes) -> parts.Block:
    line = (
        Mrkdwn(alert.name),
        mrkdwn.foreign(wording.headline(alert, desk), min(sizes.note, 120)),
        Mrkdwn("" if alert.state == "withdrawn" else f"confidence {alert.strength}"),
        Mrkdwn("" if alert.review == "open" else alert.review),
        mrkdwn.moment(alert.created_at),
    )
    title = mrkdwn.bold(mrkdwn.foreign(alert.conflict.title, min(sizes.note, 150)))
    text = mrkdwn.joined((title, mrkdwn.joined(line, " · ")), "\n")
    return parts.section(text, f"digest:{alert.name}:{alert.revision}", parts.open_record(alert, desk))


def _notice(of: Bulletin) -> Payload:
    return parts.message(of.words, [parts.section(mrkdwn.foreign(of.words, 1000), f"notice:{of.id}")])
