"""A text read as an article would be and held against the record, without storing anything."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot import conflicts, positions, statements
from bot.inquiries import Checked, Taken, Unanswered
from watchers import language
from watchers.model import Article
from watchers.text import clean

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.ledger import Ledger
    from bot.model import Conflict, Position
    from bot.opinions import Judge
    from bot.pipeline import Pipeline
    from config.schema import Config
    from watchers.parsed import PageText

_TITLE = 90  # characters of a text that stand for its title
OUTLET = "the text you gave"
UNDATED = "Its date is not known: “today” and “on Monday” are taken as of now."


def of_page(url: str, page: PageText, now: datetime) -> Article:
    """The article of a page. When it was published nobody tells, so its words are dated as of now."""
    host = urlsplit(url).hostname or url
    return Article(
        id=f"check:{url}",
        keys=(f"check:{url}",),
        url=url,
        outlet=host.removeprefix("www."),
        title=page.title or host,
        text=page.text,
        published=now,
        retrieved=now,
        garbled=page.garbled,
        language=language.of(page.title, page.text),
        notes=(*page.notes, UNDATED),
    )


def of_text(words: str, now: datetime) -> Article:
    """The article of words that were typed or stand in a message."""
    text = clean(words)
    title = " ".join(text.split())
    return Article(
        id="check:text",
        keys=("check:text",),
        url=None,
        outlet=OUTLET,
        title=title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…",
        text=text,
        published=now,
        retrieved=now,
        language=language.of("", text),
        notes=(UNDATED,),
    )


def against(article: Article, ledger: Ledger, pipeline: Pipeline, config: Config, judge: Judge | None) -> Checked:
    """Every statement of the article, with what on record it may conflict with; `Unanswered` where there is none."""
    name = article.url or "the text"
    if aside := statements.unreadable(article):
        raise Unanswered(f"{name}: it cannot be read: {aside}")
    reading = pipeline.read(article)
    if not reading:
        raise Unanswered(
            f"{name}: no statement was found: nobody is quoted or said to have said something. "
            "A text with a name and what that person said works best."
        )
    since = article.retrieved.astimezone(UTC).date() - timedelta(days=config.settings.alerts.look_back_days)
    taken = []
    for statement, shown in reading:
        found = [one for position in shown for one in _conflicts(position, ledger, config, judge, since)]
        taken.append(Taken(statement=statement, positions=shown, conflicts=tuple(conflicts.once(found))))
    notes = (*article.notes, *_known(article, ledger))
    return Checked(title=article.title, url=article.url, outlet=article.outlet, taken=tuple(taken), notes=notes)


def _conflicts(
    position: Position, ledger: Ledger, config: Config, judge: Judge | None, since: date
) -> tuple[Conflict, ...]:
    near = ledger.beside(position, since)
    return conflicts.find(positions.filed(position, near), near, config.sides, judge)


def _known(article: Article, ledger: Ledger) -> tuple[str, ...]:
    """Says so where the very text is on record: its own words are no news."""
    return ("This text is on record already.",) if ledger.text_of(article.text_hash) is not None else ()
