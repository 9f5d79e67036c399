"""Why something was raised or not, and who was told of it: step by step, the step where it ended named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.inquiries import Reason, Reasons
    from bot.ledger import Routed
    from bot.model import Alert
    from bot.slack.blocks.parts import Block, Payload, Sizes

_STEPS = 10


def told(reasons: Reasons, alert: Alert | None = None, routed: Sequence[Routed] = (), asker: str = "") -> Payload:
    """The verdict first, then each step; what follows the step at which a pair is out does not matter any more.

    Whom it reached in private only they are told.
    """

    def build(sizes: Sizes) -> Payload:
        head = [mrkdwn.bold(mrkdwn.foreign(reasons.verdict, sizes.prose))]
        head += [mrkdwn.foreign(name, sizes.note) for name in reasons.heading]
        blocks: list[Block] = [parts.section(mrkdwn.joined(head, "\n"))]
        blocks += [parts.section(_step(step, sizes)) for step in reasons.steps[:_STEPS]]
        if reasons.others:
            counted = parts.count(reasons.others, "further pair")
            blocks.append(parts.context(Mrkdwn(f"The two show {counted} of positions; this one goes furthest.")))
        if alert:
            lines = [_place(alert, sizes, asker), *(_outcome(one, sizes, asker) for one in routed[-6:])]
            blocks.append(parts.section(mrkdwn.joined((Mrkdwn("*Who was told*"), *lines), "\n")))
        return parts.private(reasons.verdict, blocks)

    return parts.fitting(build)


def _place(alert: Alert, sizes: Sizes, asker: str) -> Mrkdwn:
    """Where the alert is, or what keeps it from there."""
    state = {"sent": "posted", "stuck": "not posted", "withdrawn": "withdrawn"}.get(alert.state, "on its way")
    reason = Mrkdwn(f": {mrkdwn.foreign(alert.reason, sizes.note)}") if alert.reason else Mrkdwn("")
    return Mrkdwn(f"• {_audience(alert.channel, asker)} {state}{reason}")


def _outcome(one: Routed, sizes: Sizes, asker: str) -> Mrkdwn:
    told = (
        Mrkdwn(f"• {_audience(one.audience, asker)} {one.outcome}"),
        mrkdwn.foreign(one.reason, sizes.note),
        mrkdwn.moment(one.at),
        Mrkdwn(f"in the digest of {mrkdwn.moment(one.digest)}") if one.digest else Mrkdwn(""),
    )
    return mrkdwn.joined(told, " · ")


def _audience(name: str, asker: str) -> Mrkdwn:
    if parts.is_person_id(name):
        return mrkdwn.person(name) if name == asker else Mrkdwn("*somebody’s direct messages:*")
    if parts.is_channel_id(name):
        return Mrkdwn(f"<#{name}>")
    return mrkdwn.bold(mrkdwn.foreign(name.removeprefix("#"), 80)) if name else Mrkdwn("Everywhere:")


def _step(step: Reason, sizes: Sizes) -> Mrkdwn:
    ends = " – here it ends" if step.ends else ""
    lines = [Mrkdwn(f"*{mrkdwn.foreign(step.title, sizes.note)}{ends}*")]
    lines += [mrkdwn.foreign(line, sizes.prose) for line in step.told[:4]]
    return mrkdwn.joined(lines, "\n")
