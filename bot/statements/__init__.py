"""Reading an article: who said what, whose position it is, and when it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.statements.left_out import left_out
from bot.statements.people.roster import Roster
from bot.statements.resolve import resolve
from bot.statements.speech import reports

if TYPE_CHECKING:
    from bot.model import Statement
    from watchers.model import Article

__all__ = ["Roster", "extract", "left_out", "resolve"]


def extract(article: Article, roster: Roster) -> tuple[Statement, ...]:
    """The statements of an article in text order, each with `quote == article.text[span]`; none if it is garbled."""
    if article.garbled:
        return ()
    return resolve(article, reports.find(article.text, article.title), roster)
