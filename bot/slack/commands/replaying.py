"""/record replay: which alerts of the last days other settings would bring or take."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

from bot.inquiries import Otherwise, Unanswered
from bot.slack.blocks import replays
from bot.slack.blocks import sources as plain
from bot.slack.commands.names import plain_words
from bot.slack.commands.subcommand import COMMAND, Subcommand
from config.values import ConflictKind

if TYPE_CHECKING:
    from datetime import datetime

    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Answer, Newsroom, Request

DAYS = 30
KINDS: tuple[ConflictKind, ...] = get_args(ConflictKind)
_MOST_DAYS = 366
_TERM = re.compile(r"(?:--)?([a-z_]+)\s*(?:=|:|\s)\s*(\S+)", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,4})\s*(d|days?|w|weeks?|h|hours?)?$", re.IGNORECASE)
_SCORES = {"threshold": "minimum", "minimum": "minimum", "minimum_score": "minimum", "score": "minimum"}
_HIGH = frozenset({"high", "high_score", "strong"})


class NotUnderstood(ValueError):
    """Something in the words makes no sense; the message says what would."""


def understood(words: str, now: datetime) -> Otherwise:
    """The settings in words like "--since 14d threshold=0.7 kind=reversal,same_side channel=#desk", in any order."""
    since, minimum, high, channel = now - timedelta(days=DAYS), None, None, ""
    kinds: set[ConflictKind] = set()
    rest = words
    for match in _TERM.finditer(words):
        name, value = match[1].casefold(), match[2].strip(",;")
        rest = rest.replace(match[0], " ", 1)
        if name in {"since", "last"}:
            since = now - _span(value)
        elif name in _SCORES:
            minimum = _score(name, value)
        elif name in _HIGH:
            high = _score(name, value)
        elif name in {"kind", "kinds"}:
            kinds |= {_kind(one) for one in value.split(",") if one}
        elif name == "channel":
            channel = plain_words(value).removeprefix("#")
        else:
            raise NotUnderstood(f"“{name}” is no setting that can be tried: threshold, high, kind, channel, since")
    if rest.strip(" -–—,;"):  # phones make one long dash of two hyphens
        raise NotUnderstood(
            f"“{plain_words(rest)}” is not understood. Example: {COMMAND} replay since 14d threshold=0.7"
        )
    return Otherwise(since=since, minimum=minimum, high=high, kinds=frozenset(kinds) or None, channel=channel)


def _span(value: str) -> timedelta:
    match = _SPAN.match(value)
    if match is None:
        raise NotUnderstood(f"“{value}” is no stretch of time like 14d, 2w or 48h")
    number, unit = int(match[1]), (match[2] or "d")[0].lower()
    span = {"h": timedelta(hours=number), "d": timedelta(days=number), "w": timedelta(weeks=number)}[unit]
    return min(span, timedelta(days=_MOST_DAYS))


def _score(name: str, value: str) -> float:
    try:
        score = float(value.replace(",", "."))
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise NotUnderstood(f"{name} is a score from 0 to 1, such as 0.7, not “{value}”")
    return score


def _kind(value: str) -> ConflictKind:
    wanted = value.casefold().replace("-", "_")
    for kind in KINDS:
        if wanted and kind.startswith(wanted):
            return kind
    raise NotUnderstood(f"“{value}” is no kind of conflict: {', '.join(KINDS)}")


def replay(newsroom: Newsroom, words: str, now: datetime, *, by: str = "") -> Payload:
    """The answer; with `by` as a message for everybody. NotUnderstood or Unanswered where there is none to show."""
    if newsroom.inquiries is None:
        raise Unanswered("Settings cannot be tried here: only the running service does.")
    asked = understood(words, now)
    return replays.replayed(newsroom.inquiries.replay(asked), asked.since, words, by=by)


def _replay(newsroom: Newsroom, request: Request) -> Answer:
    try:
        return replay(newsroom, request.words, request.now)
    except (NotUnderstood, Unanswered) as error:
        return plain.told(str(error))


SUBCOMMANDS = (
    Subcommand(
        name="replay",
        answer=_replay,
        usage="replay [since 30d] [threshold=0.7] [high=0.9] [kind=reversal] [channel=desk]",
        does="which alerts of the last days other settings would bring or take; nothing is changed",
        examples=(
            "replay since 14d threshold=0.75",
            "replay kind=denied_claim,same_side",
            "replay high=0.9 channel=desk",
        ),
        role="editor",
    ),
)
