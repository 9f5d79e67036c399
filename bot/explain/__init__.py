"""Looking inside: one article in the terminal, with every statement, the rule that took it and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.explain.show import show
from bot.explain.source import NoArticle, read
from bot.statements import Roster, extract, left_out, unreadable

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from config.schema import Config

__all__ = ["NoArticle", "explain"]


def explain(name: str, config: Config, console: Console, *, wanted: str | None, published: datetime | None) -> None:
    """Print the article in a file as it was read; NoArticle where there is none."""
    article = read(name, wanted=wanted, published=published)
    roster = Roster.of(config.officials, config.sides)
    found = extract(article, roster)
    aside = unreadable(article)
    passed = () if aside else left_out(article.text, article.title, found)
    show(console, article, found, passed, roster, aside=aside)
