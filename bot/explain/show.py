"""An article as it was read: its text with the statements marked, and below each paragraph what was made of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.explain.marked import STYLES, blocks, shown
from bot.statements.text.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rich.console import Console

    from bot.model import Party, Said, Statement
    from bot.statements import Roster
    from bot.statements.left_out import LeftOut
    from watchers.model import Article

WIDEST = 108  # characters a line; wider ones are hard to read
_LABEL = len("defers to")
_PASSED = 70  # characters shown of what was left out


def show(
    console: Console,
    article: Article,
    statements: Sequence[Statement],
    passed: Sequence[LeftOut],
    roster: Roster,
    *,
    aside: str = "",
) -> None:
    """Print it, paragraph by paragraph; `aside` says why it was not read, where it was not."""
    width = min(console.width, WIDEST)
    console.print(_head(article, statements, aside), width=width)
    for text, begin in blocks(Page.of(article.text, article.title), statements, passed):
        console.print()
        console.print(text, width=width)
        for number in begin:
            console.print()
            console.print(Padding(_note(number, statements[number], roster), (0, 0, 0, 2)), width=width)
    if passed:
        console.print()
        console.print(_passed(article.text, passed), width=width)


def _head(article: Article, statements: Sequence[Statement], aside: str) -> Text:
    head = Text(shown(article.title) + "\n" if article.title else "", style="bold")
    head.append(_source(article), style="not bold dim")
    kinds = Counter(one.kind for one in statements)
    head.append("\n")
    head.append(_count(len(statements), "statement"), style="not bold")
    for at, (kind, style) in enumerate((k, s) for k, s in STYLES.items() if kinds[k]):
        head.append(", " if at else ": ", style="not bold")
        head.append(f"{kinds[kind]} {kind}", style=f"not bold {style}")
    for note in (*article.notes, *((f"set aside: {aside}",) if aside else ())):
        head.append(f"\n{shown(note)}", style="not bold red")
    return head


def _source(article: Article) -> str:
    day = f"published {_day(article.published.date())}" if article.published else "no date of publication"
    return shown(" · ".join(filter(None, (article.outlet, day, article.id))))


def _note(number: int, one: Statement, roster: Roster) -> Table:
    """What was made of a statement, a line for each part of it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True, width=_LABEL)
    table.add_column(overflow="fold")
    style = f"bold {STYLES[one.kind]}"
    table.add_row(Text(str(number + 1), style=style), _taken(one, style))
    for label, words in _parts(one, roster):
        table.add_row(Text(label, style="dim"), words)
    return table


def _taken(one: Statement, style: str) -> Text:
    words = Text(one.kind, style=style)
    words.append(f"  {one.rule}", style="not bold default")
    if one.cue:
        words.append(f"  “{shown(one.cue)}”", style="not bold italic default")
    if one.negated:
        words.append("  denied or refused", style="bold red")
    return words


def _parts(one: Statement, roster: Roster) -> Iterator[tuple[str, Text]]:
    yield "speaker", _speaker(one, roster)
    if one.holder is not None and (one.party is None or not one.holder.same(one.party)):
        yield "holder", _party(one.holder)
    if one.defers_to is not None:
        yield "defers to", _party(one.defers_to)
    yield "said", _said(one.said)
    if one.content.removeprefix("that ") != one.quote.removeprefix("that "):
        yield "reads", Text(shown(" ".join(one.content.split())))
    for caveat in one.caveats:
        yield "caveat", Text(shown(caveat), style="magenta")


def _speaker(one: Statement, roster: Roster) -> Text:
    if one.speaker is None:
        return Text("no source named", style="dim")
    written = f"“{shown(one.speaker.as_written)}”"
    if one.speaker.party is None:
        return Text.assemble(("unknown", "red"), (f"\n{written}", "dim"))
    why = "; ".join(filter(None, (one.speaker.how, _mandate(one, roster))))
    return _party(one.speaker.party, f"{written}: {why}" if why else written)


def _party(party: Party, why: str = "") -> Text:
    words = Text(shown(party.name), style="bold")
    if party.role:
        words.append(f", {shown(party.role)}", style="not bold")
    if why:
        words.append(f"\n{why}", style="not bold dim")
    return words


def _mandate(one: Statement, roster: Roster) -> str:
    """Where the speaker's role comes from."""
    if one.party is None or one.party.role is None:
        return ""
    official = roster.officials.get(one.party.official or "")
    published = one.source.published.date() if one.source.published else None
    day = one.said.last if one.said else published
    held = roster.role_on(official, day) if official else None
    if held is None or held.role != one.party.role:
        return "role as the article gives it" if one.party.person else ""
    return f"role held on {day.day} {day:%b} {day.year}" if day else "latest role on record"


def _said(said: Said | None) -> Text:
    if said is None:
        return Text("day unknown", style="dim")
    words = Text(_day(said.first))
    if said.last != said.first:
        words.append(f" to {_day(said.last)}")
    return words.append(f"  {shown(said.how)}", style="dim")


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def _passed(text: str, passed: Sequence[LeftOut]) -> Text:
    """What was not taken, by reason."""
    words = Text("Not taken", style="bold")
    for why in dict.fromkeys(one.why for one in passed):
        words.append(f"\n{why}", style="not bold dim")
        for one in passed:
            if one.why == why:
                line = " ".join(one.span.of(text).split())
                cut = line if len(line) <= _PASSED else f"{line[:_PASSED].rstrip()} …"
                words.append(f"\n   {shown(cut)}", style="not bold")
    return words


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number or 'no'} {noun}s"
