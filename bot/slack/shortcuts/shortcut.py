"""One shortcut: in the menu of a message, or everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.slack.newsroom import Modal, Newsroom, Role, Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """`opens` is quick: its modal must open within the three seconds that a trigger lives."""

    callback: str  # the callback_id in the manifest
    name: str  # in the menu, at most 24 characters
    kind: Literal["message", "global"]
    opens: Callable[[Newsroom, Use], Modal]
    named: str  # what it is for, after "may not"
    role: Role = "member"
