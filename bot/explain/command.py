"""`onrecord extract --explain`: one article of a file, a page or standard input in the terminal."""

from __future__ import annotations

import argparse
import io
import sys
from datetime import UTC, date, datetime, time

from bot import log
from bot.exits import Exit
from config.load import load


def add_to(extract: argparse.ArgumentParser) -> None:
    """Add what goes with it to the command `extract`."""
    extract.add_argument(
        "--explain",
        action="store_true",
        help="show one article with every statement, the rule that took it and the evidence; FILE may also be a page "
        "of HTML or plain text, or - for standard input",
    )
    extract.add_argument("--id", help="with --explain: the article to show of several")
    extract.add_argument(
        "--published", type=_day, metavar="DAY", help="with --explain: the day of publication, as 2025-02-25"
    )


def _day(written: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(written), time(12), tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is not a day like 2025-02-25") from None


def run(arguments: argparse.Namespace) -> int:
    """Print the article that is asked for as it was read; the exit code."""
    from rich.console import Console  # noqa: PLC0415  keep --help quick

    from bot.explain.show import show  # noqa: PLC0415
    from bot.explain.source import NoArticle, read  # noqa: PLC0415
    from bot.statements import Roster, extract, left_out, unreadable  # noqa: PLC0415

    config = load(arguments.config)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a character still shows the rest
    try:
        article = read(str(arguments.file), wanted=arguments.id, published=arguments.published)
    except NoArticle as error:
        print(f"onrecord: {log.struck(str(error))}", file=sys.stderr)  # noqa: T201
        return Exit.USAGE
    roster = Roster.of(config.officials, config.sides)
    found = extract(article, roster)
    aside = unreadable(article)
    passed = () if aside else left_out(article.text, article.title, found)
    show(Console(highlight=False, markup=False, emoji=False), article, found, passed, roster, aside=aside)
    return Exit.OK
