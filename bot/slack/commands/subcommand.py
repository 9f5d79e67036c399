"""One subcommand of /record: what it answers, who may use it, and what its help says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.slack.newsroom import Answer, Newsroom, Request, Role

COMMAND = "/record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcommand:
    """`answer` blocks: it is called off the event loop, after Slack was told that the command arrived."""

    name: str
    answer: Callable[[Newsroom, Request], Answer]
    usage: str  # "who <person> [topic]"
    does: str  # a phrase
    examples: tuple[str, ...]  # "who velden monitors"
    role: Role = "member"
