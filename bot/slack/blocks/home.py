"""The App Home, most useful on top, and the greeting of a channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import lists, parts, wording
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from bot.model import Alert, Position
    from bot.slack.blocks.parts import Block, Desk, Payload
    from config.schema import Channel
    from watchers.model import FeedState

KINDS: Mapping[str, str] = {
    "reversal": "one person who says something else than before",
    "same_side": "two people of one side who differ",
    "denied_claim": "a claim about somebody’s position, and their own side’s answer",
    "disputed": "an accusation, and the answer to it",
    "opposed": "opponents who differ",
}
_SHOWN = 5
_EXAMPLES = ("who peskov", "conflicts open", "help")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it holds, and where that was said."""

    name: str
    value: str
    origin: str  # "onrecord.toml", "feeds.toml", "Slack" …


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that one person's App Home shows."""

    first: bool  # it is opened for the first time
    role: str
    open: Sequence[Alert]
    open_count: int
    mine: Sequence[Alert]
    wishes: Sequence[str]  # what the person follows and mutes, in words
    feeds: int  # watched
    unasked: int  # of them, not asked yet
    failing: Sequence[FeedState]
    latest: Sequence[Position]
    statements: int
    troubles: Sequence[str]
    settings: Sequence[Setting]
    now: datetime


def home(told: Reading, desk: Desk) -> Payload:
    """The view: alerts that wait, one's own, what one follows, sources, the newest words, settings."""
    blocks: list[Block] = []
    if told.first:
        blocks += _onboarding(told)
    blocks += _alerts("Open alerts", told.open, told.open_count, desk, "Nothing waits for a decision.")
    if told.mine:
        blocks += _alerts("Assigned to me", told.mine, len(told.mine), desk, "")
    blocks.append(parts.header("What I follow and mute", "home:wishes"))
    lines = [mrkdwn.foreign(f"• {wish}", 200) for wish in told.wishes[:10]]
    none = Mrkdwn("Nothing yet. What you follow reaches you directly, what you mute is kept from you for a while.")
    blocks += lists.listed(lines or [none])
    blocks += _sources(told)
    blocks += _latest(told)
    blocks.append(parts.header("Settings", "home:settings"))
    listed = [
        Mrkdwn(f"• {mrkdwn.foreign(one.name, 80)}: {mrkdwn.foreign(one.value, 200)} ({mrkdwn.foreign(one.origin, 60)})")
        for one in told.settings
    ]
    blocks += lists.listed(listed)
    blocks.append(parts.context(Mrkdwn(f"Your role: {told.role}. As of {mrkdwn.moment(told.now)}. `/record help`")))
    return {"type": "home", "blocks": blocks}


def _onboarding(told: Reading) -> list[Block]:
    words = (
        "On Record reads the news feeds of this newsroom, keeps what officials say, and points out where a fresh "
        "statement differs from what is on record. Both texts are quoted as they stand, with their sources; a person "
        "of your desk confirms or dismisses."
    )
    examples = ", ".join(f"`/record {example}`" for example in _EXAMPLES)
    again = f"Try {examples}. On any message, a reply in a thread too: the shortcut “Check against the record”."
    start = "" if told.feeds else "\nNo source is watched yet: `/record source add <address of a feed>`."
    return [
        parts.header("Welcome to On Record", "home:welcome"),
        parts.section(Mrkdwn(f"{words}\n{again}{_escaped(start)}")),
        {"type": "divider"},
    ]


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _alerts(title: str, alerts: Sequence[Alert], count: int, desk: Desk, none: str) -> list[Block]:
    name = title.split(maxsplit=1)[0].lower()
    blocks = [parts.header(f"{title} ({count})" if count else title, f"home:{name}")]
    for alert in alerts[:_SHOWN]:
        title_ = mrkdwn.bold(mrkdwn.foreign(alert.conflict.title, 150))
        line = (
            Mrkdwn(alert.name),
            mrkdwn.foreign(wording.headline(alert, desk), 200),
            mrkdwn.moment(alert.created_at),
        )
        text = Mrkdwn(f"{title_}\n{mrkdwn.joined(line, ' · ')}")
        blocks.append(parts.section(text, f"home:{name}:{alert.name}", parts.open_record(alert, desk)))
    if count > len(alerts[:_SHOWN]):
        blocks.append(parts.context(Mrkdwn(f"{count - len(alerts[:_SHOWN])} more: `/record conflicts open`")))
    if not alerts:
        blocks.append(parts.section(Mrkdwn(none)))
    return blocks


def _sources(told: Reading) -> list[Block]:
    blocks = [parts.header("Sources", "home:sources")]
    if not told.feeds:
        hint = "No source is watched. An editor adds one: `/record source add &lt;address of a feed&gt;`"
        return [*blocks, parts.section(Mrkdwn(hint))]
    well = told.feeds - told.unasked - len(told.failing)
    unasked = f", {told.unasked:,} not asked yet" if told.unasked else ""
    lines = [Mrkdwn(f"{well:,} of {told.feeds:,} well{unasked}")]
    lines += [Mrkdwn(f"• {feed_line(feed)}") for feed in told.failing[:_SHOWN]]
    lines += [mrkdwn.foreign(f"Trouble: {trouble}", 300) for trouble in told.troubles[:3]]
    return [*blocks, *lists.listed(lines)]


def feed_line(feed: FeedState) -> Mrkdwn:
    """A failing feed with the reason and since when."""
    since = f", last good {mrkdwn.moment(feed.good_at)}" if feed.good_at else ""
    return Mrkdwn(f"{mrkdwn.foreign(feed.feed, 80)}: {mrkdwn.foreign(feed.reason or 'gone', 160)}{since}")


def _latest(told: Reading) -> list[Block]:
    blocks = [parts.header("What is new", "home:new")]
    if not told.latest:
        return [
            *blocks,
            parts.section(Mrkdwn("No statement is on record yet. The first articles are read within minutes.")),
        ]
    for position in told.latest[:_SHOWN]:
        said = position.statement
        head = (
            wording.speaker(said),
            wording.when(said, weekday=False),
            mrkdwn.foreign(position.topic_name, 100) if position.on_named_topic else Mrkdwn(""),
            mrkdwn.link(said.source.url, said.source.outlet, limit=lists.ADDRESS),
        )
        text = wording.words(said, 200) or wording.paraphrase(said)
        blocks.append(parts.section(Mrkdwn(f"{mrkdwn.joined(head, ' · ')}\n{text}")))
    counted = parts.count(told.statements, "statement")
    return [*blocks, parts.context(Mrkdwn(f"{counted} on record"))]


def welcome(
    routed: Channel | None, sides: Mapping[str, str], topics: Mapping[str, str], can: Collection[str]
) -> Payload:
    """The one message in a channel that the bot was brought into; `can` are the subcommands there are."""
    if routed is None:
        what = Mrkdwn(
            "No route leads to this channel yet, so nothing is posted here on its own. Whoever runs On Record "
            "routes alerts to it under `[[channel]]` in onrecord.toml."
        )
    else:
        listed = [Mrkdwn(f"• {KINDS.get(kind, kind)}") for kind in routed.kinds]
        only = [topics.get(topic, topic) for topic in routed.topics] + [sides.get(side, side) for side in routed.sides]
        about = f", only on {mrkdwn.foreign(', '.join(only), 300)}" if only else ""
        strong = " Only strong differences are posted." if routed.minimum == "high" else ""
        head = f"A card is posted here when statements differ{about}.{strong} That may be:"
        what = Mrkdwn(f"{head}\n{mrkdwn.joined(listed, chr(10))}")
    quiet = [f"`/record {example}`" for name, example in _QUIET if name in can]
    keep = [Mrkdwn(f"*Less of it* {' · '.join(quiet)}")] if quiet else []
    ask = Mrkdwn("*Ask it* `/record who velden monitors` · `/record help`; answers are seen by the one who asks.")
    lines = [Mrkdwn("*On Record is here.*"), what, *keep, ask]
    blocks = lists.listed(lines)
    return parts.message(
        "On Record is here: what it posts, and how to keep it quiet.", blocks, unfurl_links=False, unfurl_media=False
    )


_QUIET = (
    ("mute", "mute peacekeepers for 2h"),
    ("quiet", "quiet 22:00-07:00 Europe/London"),
    ("digest", "digest daily 08:00"),
)


def not_welcome(channel: str) -> Payload:
    """Tells whoever invited the bot that its greeting did not get through; `channel` is the name, if it is known."""
    place = f"#{channel.removeprefix('#')}" if channel else "this channel"
    text = f"On Record could not post its greeting in {place}. It may not be allowed to write there."
    return parts.private(text, [parts.section(mrkdwn.foreign(text, 300))])
