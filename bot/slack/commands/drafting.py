"""A draft question to a press office: both statements with dates and outlets, in words that take no side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.blocks import answers, forms, wording
from bot.slack.commands.subcommand import COMMAND
from bot.slack.newsroom import Answer, Modal

if TYPE_CHECKING:
    from bot.model import Alert, Position
    from bot.slack.blocks import Desk
    from bot.slack.newsroom import Newsroom

_QUOTE = 900  # characters of one quotation: the whole must fit in one field


def drafted(newsroom: Newsroom, number: int) -> Answer:
    """The draft on an alert in a field from which it can be copied."""
    alert = newsroom.ledger.alert(number)
    if alert is None:
        return answers.not_found("alert", f"OR-{number}", example=f"{COMMAND} conflicts")
    return Modal(view=forms.draft(alert.name, draft(alert, newsroom.desk)))


def draft(alert: Alert, desk: Desk) -> str:
    """The question: who was quoted with what, when and where, and what the desk would like to know."""
    conflict = alert.conflict
    shown = [conflict.earlier, *([conflict.bridge] if conflict.bridge else []), conflict.fresh]
    topic = f" on {conflict.fresh.topic_name}" if conflict.fresh.on_named_topic else ""
    told = "\n\n".join(_told(position) for position in shown)
    return (
        f"To the press office of {_office(conflict.fresh, desk)}\n\n"
        f"We are looking at statements{topic} and would like to get them right. This is what was reported:\n\n"
        f"{told}\n\n"
        "Are these words complete and given in their context? How do the statements go together, and what is the "
        "position today? We will gladly include your answer."
    )


def _office(position: Position, desk: Desk) -> str:
    """Whose press office to ask: a spokesman speaks for a side, anybody else is asked by name."""
    voice = position.voice
    side = desk.sides.get(voice.side or "") if voice.rank == "spokesman" else None
    return side or voice.name


def _told(position: Position) -> str:
    said = position.statement
    role = said.party.role if said.party and said.party.role else ""
    who = f"{wording.name_of(said)}, {role}" if role else wording.name_of(said)
    where = f"{said.source.outlet}, {said.source.url}" if said.source.url else said.source.outlet
    how = "" if said.kind == "direct" else ", in the words of the outlet"
    return f"{wording.when(said, weekday=False)}, {who}{how}:\n{_words(position)}\n({where})"


def _words(position: Position) -> str:
    """Exactly what the article has; quotation marks round verbatim stretches alone."""
    said = position.statement
    pieces = [f"“{words.rstrip(',')}”" if verbatim else words for words, verbatim in wording.pieces(said)]
    whole = (" … " if said.kind == "direct" else "").join(pieces)
    if len(whole) <= _QUOTE:
        return whole
    cut = whole[: _QUOTE - 3].rsplit(" ", 1)[0]
    return f"{cut}…”" if cut.count("“") > cut.count("”") else f"{cut} …"
