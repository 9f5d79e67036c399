"""One element that can be used in a message, a modal or the App Home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.slack.newsroom import Answer, Newsroom, Press, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """`does` blocks, and what it decides is on record before Slack is told that the press arrived."""

    action: str  # the action_id
    does: Callable[[Newsroom, Press], Answer]
    named: str  # what it is for, after "may not"
    role: Role = "member"
    looks: bool = False  # it may take long: Slack is told before; it decides nothing that a second press would double
