"""What every answer from the record has around it: pages, filters, the button that shares it, and who shared it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Self

from bot.model import content_key
from bot.slack import mrkdwn
from bot.slack.blocks import parts
from bot.slack.blocks.parts import ROOMY, Block, Payload, Sizes
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.validate import size

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.slack.newsroom import Shown

MORE = "ask_more"
BACK = "ask_back"
NARROW = "ask_narrow"
SHARE = parts.SHARE_ANSWER
LONGEST = 600  # characters of a question: it travels in the value of three buttons
_OPTIONS = 12  # topics to choose from: each costs a hundred characters of the message
_OPTION_VALUE = 150
_ROOM = 3_600  # characters of JSON that are left beside buttons, menu and hint at their largest


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it travels in a button: the words after /record, where its page begins, and what was shown."""

    words: str
    skip: int = 0
    seen: str = "-"

    @property
    def value(self) -> str:
        """As the value of a button."""
        return f"{self.skip} {self.seen} {self.words}"

    @classmethod
    def of(cls, value: str) -> Self:
        """From the value of a button."""
        skip, _, rest = value.partition(" ")
        seen, _, words = rest.partition(" ")
        return cls(words=words, skip=min(int(skip), 100_000) if skip.isascii() and skip.isdigit() else 0, seen=seen)


def cut(words: str) -> str:
    """As much of a question as travels in a button."""
    while mrkdwn.length(words) > LONGEST:
        words = words[: len(words) - max(1, (mrkdwn.length(words) - LONGEST) // 2)]
    return words


def mark(shown: Shown) -> str:
    """A short key of what an answer says: equal as long as it says the same."""
    return content_key(shown.text, json.dumps(list(shown.build(ROOMY)), ensure_ascii=False))[:12]


def private(shown: Shown, asked: Asked, *, note: str = "", replaces: bool = False, shared: bool = False) -> Payload:
    """The answer for the one who asked, with all that can be done with it."""
    shown = replace(shown, build=cache(shown.build))  # the longest texts are needed for its mark as well
    seen = mark(shown)

    def build(sizes: Sizes) -> Payload:
        blocks = [parts.context(Mrkdwn(note))] if note else []
        blocks += _within(_whole(shown, sizes), sizes)
        if elements := _elements(shown, asked, "" if shared else seen):
            blocks.append(
                {"type": "actions", "block_id": f"ask:{asked.skip}:{seen}:{int(shared)}", "elements": elements}
            )
        example = f"  Try `{mrkdwn.foreign(shown.hint, 200)}` or `/record help`" if shown.hint else ""
        said = "Shared in this channel." if shared else parts.ONLY_YOU
        blocks.append(parts.context(Mrkdwn(said + example)))
        return parts.private(shown.text, blocks) | {"replace_original": replaces}

    return parts.fitting(build)


def public(shown: Shown, asked: Asked, user: str, now: datetime) -> Payload:
    """The same answer for everybody: who shared it, what was asked, and when."""
    line = (
        Mrkdwn(f"Shared by {mrkdwn.person(user)}"),
        Mrkdwn(f"`/record {mrkdwn.foreign(asked.words, 200)}`"),
        Mrkdwn(f"as of {mrkdwn.moment(now)}"),
    )

    def build(sizes: Sizes) -> Payload:
        blocks = [*_within(_whole(shown, sizes), sizes), parts.context(mrkdwn.joined(line, parts.BETWEEN))]
        return parts.message(shown.text, blocks, unfurl_links=False, unfurl_media=False)

    return parts.fitting(build)


def _whole(shown: Shown, sizes: Sizes) -> list[Block]:
    return [*shown.build(sizes), *([parts.context(shown.aside)] if shown.aside else [])]


def _within(blocks: Sequence[Block], sizes: Sizes) -> list[Block]:
    """The blocks; of those that are too long with the shortest texts, as many as fit, and that some are left out."""
    kept = [*blocks]
    if sizes is not parts.SIZES[-1]:
        return kept
    while len(kept) > 1 and size({"blocks": kept}) > _ROOM:
        kept.pop()
    if len(kept) < len(blocks):
        kept.append(parts.context(Mrkdwn("What follows is too long for one message and is left out.")))
    return kept


def _elements(shown: Shown, asked: Asked, seen: str) -> list[Block]:
    elements = []
    if asked.skip:
        before = Asked(words=asked.words, skip=max(0, asked.skip - shown.step))
        elements.append(parts.button(BACK, "Back", before.value, "Show the entries before these"))
    if shown.more:
        after = Asked(words=asked.words, skip=asked.skip + shown.step)
        elements.append(parts.button(MORE, "Show more", after.value, "Show the entries that follow"))
    narrow = [one for one in shown.narrow if len(one[1]) + 4 <= _OPTION_VALUE][:_OPTIONS]
    if narrow:
        elements.append(
            {
                "type": "static_select",
                "action_id": NARROW,
                "placeholder": {"type": "plain_text", "text": "Filter by topic…", "emoji": False},
                "options": [_option(label, words) for label, words in narrow],
            }
        )
    if seen:
        value = Asked(words=asked.words, skip=asked.skip, seen=seen).value
        elements.append(parts.button(SHARE, "Share in channel", value, "Show this answer to everybody in the channel"))
    return elements


def _option(label: str, words: str) -> Block:
    text = {"type": "plain_text", "text": mrkdwn.plain(label, 75) or "-", "emoji": False}
    return {"text": text, "value": Asked(words=words).value}
