"""How a payload reaches the app and how the app acknowledges it, whichever way it travels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.workspace.world import Json

Kind = Literal["slash_commands", "interactive", "events_api"]
TIMED_OUT = "operation_timeout"  # the app did not acknowledge in time
NOT_REACHED = "dispatch_failed"  # there was no app to deliver to, or it refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """The app's acknowledgement with what it carried, or the error that the person sees instead."""

    payload: Json
    error: str | None = None
    reason: str = "timeout"  # Slack's word for the failure, where it sends the same again


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """What a repeated delivery says of itself: how many there were before, and what became of the last."""

    attempt: int = 0
    reason: str = ""


FIRST = Again()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One payload that was sent to the app, and what became of it."""

    kind: Kind
    payload: Json
    ack: Ack
    seconds: float  # until the acknowledgement, in time of the event loop
    retry: int = 0  # how often it was sent before


class Transport(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    async def deliver(self, kind: Kind, payload: Json, again: Again = FIRST) -> Ack:
        """Hand the payload over and return the acknowledgement; a failure is an `Ack` with an error."""
        ...
