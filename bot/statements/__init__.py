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

__all__ = ["MOST", "READ", "Roster", "extract", "left_out", "partly_read", "resolve", "unreadable"]

MOST = 500  # statements of one article
READ = 200_000  # characters, some 35,000 words: a press conference of four hours


def extract(article: Article, roster: Roster) -> tuple[Statement, ...]:
    """The statements of an article in text order, each with `quote == article.text[span]`; none if `unreadable`.

    At most the first `MOST` of the first `READ` characters: statements are held against each other, which takes a
    thousand times as long for thirty times as many.
    """
    if unreadable(article):
        return ()
    return _READERS[article.language](article, roster)[:MOST]


def partly_read(article: Article, taken: int) -> tuple[str, ...]:
    """What to note of an article of which so many statements were taken: that there may be more in it."""
    if len(article.text) <= READ and taken < MOST:
        return ()
    return (f"only the first {MOST} statements in the first {READ:,} characters are considered",)


def unreadable(article: Article) -> str:
    """Why an article is set aside instead of read, in words; empty for one that is read."""
    if article.garbled:
        return "its text seems to be garbled: letters of another charset"
    if article.language not in _READERS:
        return f"it is in {language.named(article.language)}; {' and '.join(map(language.named, _READERS))} is read"
    return ""


def _english(article: Article, roster: Roster) -> tuple[Statement, ...]:
    return resolve(article, reports.find(article.text[:READ], article.title), roster)


_READERS = {language.ENGLISH: _english}  # the one place where language decides: a further one joins here
