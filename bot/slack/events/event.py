"""One event that Slack tells us of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.slack.newsroom import Answer, Heard, Newsroom, Publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`does` blocks. Slack is told that the event arrived before it is called, and sends it once more in doubt."""

    name: str  # as Bolt is asked for it
    subscribed: str  # as the manifest calls it
    does: Callable[[Newsroom, Heard], Answer | Publish]
    about: Literal["person", "bot", "app"] = "person"  # who did something, or to what it happened
