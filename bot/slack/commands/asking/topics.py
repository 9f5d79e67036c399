"""/record topic: who stands where; editors merge, split and rename topics, see first what moves, and can undo it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.slack.blocks import answers
from bot.slack.blocks.asking import pairs
from bot.slack.commands.asking.topic_changes import merging, renaming, splitting, told, undoing
from bot.slack.commands.evidence import carried
from bot.slack.commands.names import bare, topic_called, topics_near
from bot.slack.commands.subcommand import COMMAND, Subcommand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.slack.newsroom import Answer, Newsroom, Request

_CHANGES: Mapping[str, Callable[[Newsroom, Request, str], Answer]] = {
    "merge": merging,
    "split": splitting,
    "rename": renaming,
    "undo": undoing,
}


def _topic(newsroom: Newsroom, request: Request) -> Answer:
    ledger = newsroom.ledger
    verb, _, rest = request.words.partition(" ")
    change = _CHANGES.get(verb.casefold())
    if change and (rest.strip() or verb.casefold() == "undo"):
        if not request.asker.may("editor"):
            return answers.not_allowed(f"{COMMAND} topic {verb.casefold()}", "editor", request.asker.role)
        return change(newsroom, request, rest.strip())
    words = bare(re.sub(r"^(?:show|list)\b", "", request.words, flags=re.IGNORECASE).strip())
    topic = topic_called(ledger, words) if words else None
    near = topics_near(ledger, words)
    if topic is None:
        return answers.not_found("topic", words, near, f"{COMMAND} topic {near[0] if near else '<name>'}")
    positions = ledger.standing(topic, limit=pairs.STANDING + 1, skip=request.skip)
    shown = positions[: pairs.STANDING]
    changes = [told(one, ledger) for one in ledger.topic_changes() if topic in {one.source, one.target}]
    return pairs.standing(
        ledger.topic_named(topic),
        shown,
        carried(ledger, shown),
        total=ledger.remarks_on(topic),
        skip=request.skip,
        more=len(positions) > pairs.STANDING,
        changes=changes[::-1],
        hint=f"{COMMAND} conflicts {topic}",
    )


SUBCOMMANDS = (
    Subcommand(
        name="topic",
        answer=_topic,
        usage="topic <name> | merge <A> into <B> | split <name> as <new> <words> | rename <A> to <B> | undo [number]",
        does="who stands where; editors change topics, after a preview",
        examples=(
            "topic peacekeepers",
            "topic merge peace force into peacekeepers",
            'topic split peacekeepers as "NATO troops" NATO',
            "topic rename peacekeepers to foreign troops in Ukraine",
            "topic undo",
        ),
    ),
)
