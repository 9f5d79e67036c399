"""The record in figures, and the proof of an alert's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts, wording
from bot.slack.blocks.parts import Block, Sizes
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.newsroom import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.ledger.asked import Proof
    from bot.ledger.asking.figures import Balance, Figures, Share
    from bot.model import Alert
    from bot.slack.blocks.parts import Desk

_DAYS = 14
_KINDS = {
    "reversal": "change of position",
    "same_side": "difference within a side",
    "denied_claim": "conflict over another’s position",
    "disputed": "disputed account",
}
_HASH = 12
ENOUGH = 20  # verdicts or statements from which a share says something
_WATCHED = 3.0  # times as many statements of one side as of the next


def verify(alert: Alert, proofs: Sequence[Proof]) -> Shown:
    """Each quotation of an alert with its place in the stored text and the hash of that text, checked just now."""
    broken = [one for one in proofs if one.fault]
    verdict = (
        f"{len(broken)} of {len(proofs)} quotations do not hold"
        if broken
        else f"all {len(proofs)} quotations equal the stored text at their place"
    )

    def build(sizes: Sizes) -> list[Block]:
        head = Mrkdwn(
            f"*{alert.name}* · {mrkdwn.foreign(alert.conflict.title, 150)}\n*{verdict[0].upper()}{verdict[1:]}*, "
            "checked just now against the copies on record; nothing was fetched."
        )
        lines = [_proof(one, sizes) for one in proofs[:12]]
        if len(proofs) > len(lines):
            lines.append(Mrkdwn(f"and {len(proofs) - len(lines)} more, all checked"))
        return [parts.section(head), *(parts.section(line, f"verify:{place}") for place, line in enumerate(lines))]

    return Shown(text=f"{alert.name}: {verdict}", build=build, hint=f"/record verify {alert.number} file")


def _proof(one: Proof, sizes: Sizes) -> Mrkdwn:
    told = one.position.statement
    words = wording.words(told, min(sizes.words, 300))
    spans = ", ".join(f"{part.start}–{part.end}" for part in told.verbatim[:4])
    exact = f"; exact words at {spans}" if spans and told.kind != "direct" else ""
    place = (
        f"characters {told.span.start}–{told.span.end}{exact} of the stored text, "
        f"SHA-256 {mrkdwn.foreign(told.source.text_hash[:_HASH], 64)}…"
    )
    holds = Mrkdwn(f"Does not hold: {mrkdwn.foreign(one.fault, sizes.note)}") if one.fault else Mrkdwn("Holds")
    if one.let_go:
        gone = mrkdwn.day(one.let_go.date())
        holds = Mrkdwn(f"{holds}, against the excerpt that was kept: the whole text was let go on {gone}")
    return mrkdwn.joined(
        (
            Mrkdwn(f"{wording.speaker(told)}, {wording.source_link(told.source, sizes)}"),
            mrkdwn.quoted(words) if words else words,
            Mrkdwn(f"{holds} · {place}"),
        ),
        "\n",
    )


def stats(found: Figures) -> Shown:
    """Alerts a day, how many the desk upheld by kind, and how long an alert takes."""
    total = sum(found.reviews.values())
    since = mrkdwn.day(found.since.date(), weekday=False)

    def build(sizes: Sizes) -> list[Block]:
        del sizes  # no foreign text
        verdicts = ("open", "confirmed", "dismissed", "withdrawn")
        reviews = [f"{found.reviews[one]:,} {one}" for one in verdicts if one in found.reviews]
        lines = [Mrkdwn(f"*Since {since}* {parts.count(total, 'alert')}{': ' if reviews else ''}{', '.join(reviews)}")]
        days = list(found.by_day.items())[-_DAYS:]
        if days:
            told = ", ".join(f"{mrkdwn.day(day)} {count}" for day, count in days)
            lines.append(Mrkdwn(f"*Alerts a day* (UTC; other days had none) {told}"))
        upheld = [
            f"{_KINDS.get(one.kind, one.kind)}: {one.confirmed} of {one.confirmed + one.refused} confirmed"
            for one in found.upheld
        ]
        few = sum(one.confirmed + one.refused for one in found.upheld) < ENOUGH
        caution = f" Fewer than {ENOUGH} verdicts say little." if few else ""
        said = "; ".join(upheld) or "no verdicts yet"
        lines.append(Mrkdwn(f"*Precision by the desk’s verdicts* {said}.{caution}"))
        lines.append(Mrkdwn(f"*From publication to Slack* {_latency(found)}"))
        return [parts.section(line) for line in lines]

    return Shown(text=f"{parts.count(total, 'alert')} since {since}", build=build, hint="/record balance since 30d")


def _latency(found: Figures) -> str:
    told = found.latency
    if not told.cards:
        return "no card has been posted in this time."
    lines = [f"{parts.count(told.cards, 'card')}"]
    if told.published:
        lines.append(
            f"half within {took(told.published[0])} of publication, nine of ten within {took(told.published[1])}"
        )
    if told.retrieved:
        lines.append(f"half within {took(told.retrieved[0])} of download, nine of ten within {took(told.retrieved[1])}")
    return "; ".join(lines) + "."


def took(seconds: float) -> str:
    """A length of time in the unit that suits it."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def balance(found: Balance, desk: Desk) -> Shown:
    """Who is watched how much, and a plain warning where it is uneven."""
    since = mrkdwn.day(found.since.date(), weekday=False)
    warning = uneven([one for one in found.sides if one.name], desk)

    def build(sizes: Sizes) -> list[Block]:
        blocks = [parts.section(Mrkdwn(f"*Balance since {since}*\n{mrkdwn.foreign(warning, 400)}"))]
        for title, shares, names in (
            ("By side", found.sides, desk.sides),
            ("By outlet", found.outlets, {}),
            ("By language", found.languages, {}),
        ):
            lines = [_share(one, names, sizes) for one in shares[:10]]
            if len(shares) > len(lines):
                lines.append(Mrkdwn(f"and {len(shares) - len(lines)} more"))
            if lines:
                blocks.append(parts.section(mrkdwn.joined((Mrkdwn(f"*{title}*"), *lines), "\n")))
        return blocks

    return Shown(text=f"Balance since {since}. {warning}", build=build, hint="/record stats")


def _share(one: Share, names: Mapping[str, str], sizes: Sizes) -> Mrkdwn:
    name = mrkdwn.foreign(names.get(one.name, one.name) or "no side known", min(sizes.note, 80))
    alerts = parts.count(one.alerts, "alert")
    decided = f", {one.confirmed} of {one.decided} decided were confirmed" if one.decided else ""
    return Mrkdwn(f"• {name}: {parts.count(one.statements, 'statement')}, {alerts}{decided}")


def uneven(sides: Sequence[Share], desk: Desk) -> str:
    """Whether one side is watched more than the others, said plainly."""
    total = sum(one.statements for one in sides)
    if total < ENOUGH:
        return "Too few statements of known sides to tell whether one is watched more."
    first, second = sides[0], sides[1] if len(sides) > 1 else None
    name = desk.sides.get(first.name, first.name)
    if second is None:
        return f"Warning: only one side is watched: every statement of a known side is {wording.possessive(name)}."
    if first.statements >= _WATCHED * max(second.statements, 1):
        times = first.statements / max(second.statements, 1)
        other = desk.sides.get(second.name, second.name)
        return (
            f"Warning: {name} is watched more: {first.statements:,} statements, {times:.1f} times as many as the next "
            f"side, {other}, with {second.statements:,}. Fewer alerts about others may mean fewer feeds about them."
        )
    return "No side has three times as many statements as the next."
