"""What a sample is, and the page of the gallery that it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.slack.blocks import Desk
from bot.slack.newsroom import Begun, Filed, Modal, Public, Publish

Payload = dict[str, Any]
Kind = Literal["message", "private", "modal", "home"]

ON = Desk(sides={"KESSLAND": "Kessland", "ARDENIA": "Ardenia"}, record_url="https://record.example.org")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One thing to see: its payload as it would go to Slack, and what a caption says of it."""

    says: str
    payload: Payload
    kind: Kind = "message"
    errors: Mapping[str, str] = field(default_factory=dict)  # what is wrong with a modal that was sent off, by field


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Samples that stand in one picture; it is taken in light, and in the other looks named."""

    name: str
    says: str
    samples: tuple[Sample, ...]
    looks: tuple[Literal["dark", "narrow"], ...] = ()


def seen(says: str, answer: object) -> Iterator[Sample]:
    """What comes back to the person, or to everybody."""
    match answer:
        case Modal(view=view):
            yield Sample(says=says, payload=view, kind="modal")
            if then := answer.then:
                yield Sample(says=f"{says}, a moment later", payload=then(), kind="modal")
        case Public(message=message, otherwise=otherwise, then=then):
            yield Sample(says=f"{says}, to everybody", payload=message)
            yield Sample(says=f"{says}, where it cannot be posted", payload=otherwise, kind="private")
            if then:
                yield Sample(says=f"{says}, once it is posted", payload=then, kind="private")
        case Begun(payload=payload):
            yield Sample(says=says, payload=payload, kind="private")
        case Filed(payload=payload):
            yield Sample(says=says, payload=payload, kind="private")
        case Publish(view=view):
            yield Sample(says=says, payload=view, kind="home")
        case dict():
            yield Sample(says=says, payload=answer, kind="private")
