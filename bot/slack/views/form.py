"""One modal that can be sent off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.slack.newsroom import Answer, Newsroom, Role, Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """`does` blocks, and answers `Wrong` where a field is not as it must be: the modal then stays open."""

    callback: str  # the callback_id of its view
    does: Callable[[Newsroom, Submission], Answer]
    named: str  # what it is for, after "may not"
    role: Role = "member"
