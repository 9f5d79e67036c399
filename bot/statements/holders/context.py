"""What the holder of a statement is read from, beside its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.model import Party, Span
from bot.statements.others import Others
from bot.statements.people.cast import Cast
from bot.statements.people.roster import Roster
from bot.statements.text.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the holder of a statement is read from, beside its words."""

    page: Page
    cast: Cast
    roster: Roster
    day: date | None
    party: Callable[[str], Party | None]  # a person of the article, by name
    described: Callable[[Span, Span], Party | None]  # whom "the minister" means, beside a content
    gender: Literal["f", "m"] | None  # the speaker's
    others: Others  # whom pronouns mean in the speaker's own words
    spoken: tuple[Span, ...]  # where these are
    own_body: bool = False  # the speaker is brought in as somebody's of what he speaks of: "its chairman"
