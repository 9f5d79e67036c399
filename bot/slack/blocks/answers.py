"""Private answers to commands and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import alerts, parts, threads, triage, wording
from bot.slack.blocks.parts import Desk, Payload, Sizes
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.validate import FALLBACK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.calibration import Standing
    from bot.ledger.records import Canary, Decided, Status, Track
    from bot.model import Alert, Source
    from watchers.model import FeedState

_DONE = 3  # lines of the log with a record


def whoami(user: str, role: str, may: Sequence[tuple[str, Sequence[str]]]) -> Payload:
    """Who somebody is to the bot, and which subcommands each role adds that is theirs."""
    lines = [Mrkdwn(f"You are {mrkdwn.person(user)}, to On Record: *{_code(role)}*.")]
    lines += [
        Mrkdwn(f"As {_code(one)} you may use {', '.join(f'`{_code(name)}`' for name in names)}.") for one, names in may
    ]
    lines.append(Mrkdwn("Roles are set under `[roles]` in onrecord.toml, by person or by user group."))
    return _plain(mrkdwn.joined(lines, "\n"))


def noted(text: str) -> Payload:
    """One sentence for one person, without a change of what they see."""
    return _plain(mrkdwn.foreign(text, 600))


def not_sent(title: str, why: str) -> Payload:
    """Says that a file did not arrive, and why."""
    name = mrkdwn.foreign(title, 200)
    return _plain(
        Mrkdwn(
            f"“{name}” could not be sent as a file ({mrkdwn.foreign(why, 100)}). Look in your messages with On Record"
            " before you ask again. If it never arrives, the app may lack the scopes `files:write` and `im:write`."
        )
    )


def not_allowed(what: str, needed: str, has: str) -> Payload:
    """Says which role is needed, and who gives it."""
    return _plain(
        Mrkdwn(
            f"As {_code(has)} you may not {_code(what)}: it takes the role {_code(needed)}."
            " Whoever runs On Record sets roles under `[roles]` in onrecord.toml."
        )
    )


def turned_away(why: str) -> Payload:
    """Tells somebody who may not use the bot why."""
    return _plain(mrkdwn.foreign(why, 300))


def unknown(typed: str, suggestion: str | None) -> Payload:
    """The nearest thing that works, with an example."""
    shown = mrkdwn.foreign(typed, 100)
    meant = f" Did you mean `{_code(suggestion)}`?" if suggestion else ""
    return _plain(
        Mrkdwn(
            f"“{shown}” is not something I know.{meant}\nTry `/record who &lt;person&gt; [topic]` or `/record help`."
        )
    )


def not_found(what: str, typed: str, near: Sequence[str] = (), example: str = "/record help") -> Payload:
    """Nothing under that name: not found in the record, never "never said"."""
    shown = mrkdwn.foreign(typed, 100)
    text = Mrkdwn(f"No {what} “{shown}” was found in the record." if typed else f"Which {what}?")
    if near:
        names = ", ".join(mrkdwn.foreign(name, 100) for name in near)
        text = Mrkdwn(f"{text} Did you mean {names}?")
    return _plain(Mrkdwn(f"{text}\nExample: `{_code(example)}`"))


def record(
    alert: Alert,
    desk: Desk,
    carried: Mapping[str, Sequence[Source]] | None = None,
    *,
    audit: Sequence[Decided] = (),
    faults: Sequence[str] = (),
    track: Track | None = None,
) -> Payload:
    """Everything behind an alert: the card's words, the evidence with whole hashes, the proof, and who decided."""
    sources = carried or {}

    def build(sizes: Sizes) -> Payload:
        blocks = [*alerts.summary(alert, desk, sources, sizes), *threads.proof(alert, sources, sizes, digits=64)]
        blocks.append(parts.section(_proven(faults, sizes)))
        if audit:
            most = _DONE if sizes.note > parts.TIGHT else 1
            shown = [triage.logged(entry, sizes) for entry in audit[-most:]]
            more = Mrkdwn(f", all of it: `/record audit {alert.name}`") if len(audit) > most else Mrkdwn("")
            blocks += triage.sections([Mrkdwn(f"*What was done*{more}"), *shown])
        line = (
            Mrkdwn(alert.name),
            wording.confidence(alert, track),
            Mrkdwn(f"Raised {mrkdwn.moment(alert.created_at)}"),
        )
        further = Mrkdwn(f"{len(alert.joined)} further joined") if alert.joined else Mrkdwn("")
        stuck = Mrkdwn(f"Not delivered: {mrkdwn.foreign(alert.reason, 200)}") if alert.state == "stuck" else Mrkdwn("")
        owner = Mrkdwn(f"{mrkdwn.person(alert.owner)} looks into it") if alert.owner else Mrkdwn("")
        state = (*line, alerts.decision(alert), wording.answered(alert), owner, further, stuck)
        blocks.append(parts.context(mrkdwn.joined(state, parts.BETWEEN)))
        return parts.private(alerts.spoken(alert, desk), blocks)

    return parts.fitting(build)


def status(found: Status, troubles: Sequence[str], thresholds: Sequence[Standing] = ()) -> Payload:
    """The record in figures, feeds that fail with their reason, what waits for Slack, and thresholds that moved."""
    failing = [feed for feed in found.feeds if feed.reason or feed.paused]
    head = (
        parts.count(found.articles, "article"),
        parts.count(found.utterances, "statement"),
        parts.count(found.positions, "position"),
        parts.count(sum(found.alerts.values()), "alert"),
    )
    lines = [Mrkdwn(f"*On record* {' · '.join(head)}")]
    reviews = [f"{number:,} {state}" for state, number in found.reviews.items() if number]
    if reviews:
        lines.append(Mrkdwn(f"*Alerts* {' · '.join(reviews)}"))
    lines.append(Mrkdwn(f"*Feeds* {len(found.feeds) - len(failing):,} of {len(found.feeds):,} well"))
    lines += [_failing(feed) for feed in failing[:10]]
    if len(failing) > 10:
        lines.append(Mrkdwn(f"and {len(failing) - 10} more that fail"))
    if found.corrected:
        what = (f"{found.changed:,} changed", f"{found.vanished:,} taken out")
        edited = f"{parts.count(found.corrected, 'article')} edited since"
        lines.append(Mrkdwn(f"{edited}: of the statements {' and '.join(what)}"))
    if found.aside:
        lines.append(Mrkdwn(f"{parts.count(found.aside, 'article')} set aside"))
        lines += [mrkdwn.foreign(f"• {why}", 300) for why in found.why_aside]
    if found.parked:
        lines.append(Mrkdwn(f"{parts.count(found.parked, 'entry', 'entries')} given up on"))
        lines += [mrkdwn.foreign(f"• {why}", 300) for why in found.why_parked]
    waiting = f"{parts.count(found.waiting, 'message')} waiting for Slack"
    if found.oldest_pending:
        waiting += f", the oldest since {mrkdwn.moment(found.oldest_pending)}"
    lines.append(Mrkdwn(f"*Slack* {waiting}"))
    lines += [mrkdwn.foreign(f"Stuck: {reason}", 300) for reason in found.stuck[:5]]
    lines += [mrkdwn.foreign(f"Trouble: {trouble}", 300) for trouble in troubles[:5]]
    lines += [Mrkdwn(words) for words in found.cramped]
    if found.canary:
        lines.append(_canary(found.canary))
    blocks = [parts.section(mrkdwn.joined(lines[:10], "\n"))]
    blocks += [parts.section(mrkdwn.joined(lines[at : at + 5], "\n")) for at in range(10, len(lines), 5)]
    if moved := [_threshold(stands) for stands in thresholds if stands.step or stands.held]:
        blocks.append(parts.section(mrkdwn.joined(moved, "\n")))
    return parts.private(", ".join(head), [*blocks, parts.context(Mrkdwn(parts.ONLY_YOU))])


def _canary(last: Canary) -> Mrkdwn:
    good = mrkdwn.moment(last.good_at) if last.good_at else Mrkdwn("never")
    if not last.fault:
        return Mrkdwn(f"*Canary* a planted conflict last came through {good}")
    why = mrkdwn.foreign(last.fault, 300)
    return Mrkdwn(f"*Canary* the planted conflict of {mrkdwn.moment(last.at)} did not come through: {why}; last {good}")


def _threshold(stands: Standing) -> Mrkdwn:
    step = stands.step
    since = f" since {mrkdwn.moment(step.at)}: {mrkdwn.foreign(step.why, 400)}" if step else ""
    held = " (held)" if stands.held else ""
    return Mrkdwn(f"*Threshold* {stands.kind} is posted from {stands.threshold:.2f} on{held}{since}")


def _failing(feed: FeedState) -> Mrkdwn:
    since = f", last good {mrkdwn.moment(feed.good_at)}" if feed.good_at else ""
    paused = "paused, " if feed.paused else ""
    reason = mrkdwn.foreign(feed.reason or "gone", 160)
    return Mrkdwn(f"• {mrkdwn.foreign(feed.feed, 80)}: {paused}{reason}{since}")


def late() -> Payload:
    """Says that Slack shows an error although what was pressed is still being done."""
    return _plain(
        Mrkdwn("That takes longer than Slack waits. It is still being done: look again before you repeat it.")
    )


def failed(reference: str) -> Payload:
    """Says that something went wrong on our side, with a reference for the log."""
    return _plain(Mrkdwn(f"Something went wrong on our side and was logged as {reference}. Nothing was changed."))


def told(text: str) -> Payload:
    """A plain notice, e.g. to the operators' channel."""
    return parts.message(text, [parts.section(mrkdwn.foreign(text, 1000))], unfurl_links=False, unfurl_media=False)


def _proven(faults: Sequence[str], sizes: Sizes) -> Mrkdwn:
    if not faults:
        return Mrkdwn("*Proof* every quotation equals the stored text at its place, checked just now.")
    listed = "; ".join(mrkdwn.foreign(fault, sizes.note) for fault in faults[:5])
    return Mrkdwn(f"*Proof failed* {listed}.")


def _code(text: str) -> Mrkdwn:
    return mrkdwn.foreign(text, 200)


def _plain(text: Mrkdwn) -> Payload:
    payload = parts.private("", [parts.section(text)])
    payload["text"] = mrkdwn.unmarked(text) if mrkdwn.length(text) <= FALLBACK else "The answer is in the message."
    return payload
