"""Reading an article: who said what, whose position it is, and when it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.statements.left_out import left_out
from bot.statements.people.roster import Roster
from bot.statements.resolve import resolve
from bot.statements.speech import reports
from watchers import language

if TYPE_CHECKING:
    from bot.model import Statement
    from watchers.model import Article

__all__ = ["Roster", "extract", "left_out", "resolve", "unreadable"]


def extract(article: Article, roster: Roster) -> tuple[Statement, ...]:
    """The statements of an article in text order, each with `quote == article.text[span]`; none if `unreadable`."""
    if unreadable(article):
        return ()
    return _READERS[article.language](article, roster)


def unreadable(article: Article) -> str:
    """Why an article is set aside instead of read, in words; empty for one that is read."""
    if article.garbled:
        return "its text seems to be garbled: letters of another charset"
    if article.language not in _READERS:
        return f"it is in {language.named(article.language)}; {' and '.join(map(language.named, _READERS))} is read"
    return ""


def _english(article: Article, roster: Roster) -> tuple[Statement, ...]:
    return resolve(article, reports.find(article.text, article.title), roster)


_READERS = {language.ENGLISH: _english}  # the one place where language decides: a further one joins here
