"""The pieces that messages are made of: blocks, and the frame of a whole message that fits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from bot.slack import mrkdwn
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.validate import FALLBACK, faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bot.model import Alert
    from config.schema import Config

Block = dict[str, Any]
Payload = dict[str, Any]

CONFIRM = "alert_confirm"
DISMISS = "alert_dismiss"
MUTE = "alert_mute"
SHARE_ANSWER = "ask_share"
SHARE_REPLAY = "replay_share"
SHARES = frozenset({SHARE_ANSWER, SHARE_REPLAY})
UNDO = "alert_undo"
OPEN = "alert_open"
TIMELINE = "alert_timeline"
WHY = "alert_why"
ASSIGN = "alert_assign"
DRAFT = "alert_draft"
EXPORT = "alert_export"
EVENT_TYPE = "onrecord_alert"
CARRIES = "carries"  # in the metadata of a digest: the keys of its alerts, of which no card tells
BETWEEN = "  ·  "
ONLY_YOU = "Only you can see this."  # under private answers; not in a modal, which nobody else sees anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What messages take from the configuration: names of sides, where the record can be read, what can be asked."""

    sides: Mapping[str, str] = field(default_factory=dict)
    record_url: str | None = None  # without a trailing slash; None: no web pages
    asked: frozenset[str] = frozenset()  # subcommands that buttons may stand for

    @classmethod
    def of(cls, config: Config, record_url: str | None = None, asked: Iterable[str] = ()) -> Self:
        """The desk of a configuration."""
        return cls(
            sides={side.id: side.name for side in config.sides},
            record_url=record_url.rstrip("/") if record_url else None,
            asked=frozenset(asked),
        )

    def alert_url(self, alert: Alert) -> str | None:
        """The page of an alert."""
        return f"{self.record_url}/a/{alert.name}" if self.record_url else None

    def topic_url(self, topic: str) -> str | None:
        """The page of a topic."""
        return f"{self.record_url}/t/{quote(topic, safe='')}" if self.record_url else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How long foreign text may be, escaped. Only texts of unusual length need any but the first."""

    words: int  # a quotation
    prose: int  # a lede, a reason
    note: int  # a caveat, a sentence of context
    url: int
    outlets: int  # links under one quotation


TIGHT = 24  # the shortest note: everything else is as short then

ROOMY = Sizes(words=1200, prose=900, note=400, url=800, outlets=3)
SIZES = (
    ROOMY,
    Sizes(words=900, prose=700, note=250, url=500, outlets=2),
    Sizes(words=600, prose=500, note=160, url=300, outlets=1),
    Sizes(words=350, prose=300, note=100, url=200, outlets=1),
    Sizes(words=200, prose=200, note=60, url=120, outlets=1),
    Sizes(words=80, prose=100, note=TIGHT, url=80, outlets=1),
)


def fitting(build: Callable[[Sizes], Payload]) -> Payload:
    """The message with the longest texts with which the whole and each part stay within what Slack takes."""
    for sizes in SIZES:
        payload = build(sizes)
        if not faults(payload):
            break
    return payload


def is_person_id(audience: str) -> bool:
    """Whether it is Slack's id of a person, to whom alerts go in direct messages."""
    return audience[:1] in {"U", "W"} and len(audience) > 2 and audience.isalnum() and audience == audience.upper()


def is_channel_id(channel: str) -> bool:
    """Whether it is Slack's id of a channel, and not its name."""
    return channel[:1] in {"C", "G", "D"} and channel.isalnum() and channel == channel.upper()


def header(text: str, block_id: str) -> Block:
    """A heading in plain text."""
    shown = mrkdwn.plain(text, 150) or "Alert"
    return {
        "type": "header",
        "block_id": block_id,
        "text": {"type": "plain_text", "text": shown, "emoji": False},
    }


def text_object(text: Mrkdwn) -> Block:
    """A text that Slack parses, without links made from bare words."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: Mrkdwn, block_id: str | None = None, accessory: Block | None = None) -> Block:
    """A paragraph."""
    block: Block = {"type": "section", "text": text_object(text)}
    if block_id is not None:
        block["block_id"] = block_id
    if accessory is not None:
        block["accessory"] = accessory
    return block


def fields(texts: Sequence[Mrkdwn], block_id: str) -> Block:
    """Texts side by side."""
    return {"type": "section", "block_id": block_id, "fields": [text_object(text) for text in texts]}


def context(text: Mrkdwn, block_id: str | None = None) -> Block:
    """A line in small type."""
    block: Block = {"type": "context", "elements": [text_object(text)]}
    if block_id is not None:
        block["block_id"] = block_id
    return block


def button(action: str, label: str, value: str, spoken: str, *, primary: bool = False, url: str | None = None) -> Block:
    """A button; `spoken` is what a screen reader says."""
    block: Block = {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": label, "emoji": False},
        "value": value,
        "accessibility_label": spoken,
    }
    if primary:
        block["style"] = "primary"
    if url is not None:
        block["url"] = url
    return block


def open_record(alert: Alert, desk: Desk) -> Block:
    """The way to the full record: a page, or an answer to the person alone."""
    return button(
        OPEN, "Open record", alert.name, f"Open the full record of alert {alert.name}", url=desk.alert_url(alert)
    )


def message(text: str, blocks: list[Block], **more: object) -> Payload:
    """A message whose `text` says in full what notices and screen readers need."""
    return {"text": mrkdwn.foreign(text, FALLBACK), "blocks": blocks, **more}


def post(alert: Alert, text: str, blocks: list[Block], key: str, **more: object) -> Payload:
    """A message for the channel of an alert: no previews, and ids alone in the metadata."""
    return {
        "channel": alert.slack_channel or alert.channel,
        **message(text, blocks),
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {
            "event_type": EVENT_TYPE,
            "event_payload": {"alert_id": alert.name, "kind": alert.conflict.kind, "dedupe_key": key},
        },
        **more,
    }


def private(text: str, blocks: list[Block]) -> Payload:
    """An answer that only the person who asked can see."""
    return message(text, blocks, response_type="ephemeral", replace_original=False)


def count(number: int, one: str, many: str | None = None) -> Mrkdwn:
    """A number with its noun."""
    return Mrkdwn(f"{number:,} {one if number == 1 else many or one + 's'}")
