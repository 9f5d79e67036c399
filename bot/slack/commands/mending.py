"""The form that mends a statement: who said what, when, on which topic and with which stance."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import modals, parts, wording
from bot.slack.commands.evidence import shown
from bot.slack.commands.names import numbered
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.newsroom import Modal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Position, Statement
    from bot.slack.newsroom import Newsroom

_STANCES = (
    ("for", "supports"),
    ("against", "opposes"),
    ("conditional", "on conditions"),
    ("open", "leaves it open"),
    ("no_comment", "gave no answer"),
)


def fixing(newsroom: Newsroom, name: str) -> Modal:
    """The form for the statements on the card of an alert."""
    alert = newsroom.ledger.alert(numbered(name) or 0)
    if alert is None:
        return Modal(view=modals.notice(f"Mend {name}", Mrkdwn(f"There is no alert {mrkdwn.foreign(name, 40)}.")))
    return Modal(view=_form(newsroom, alert.name, shown(alert)))


def fixing_statement(newsroom: Newsroom, statement: Statement) -> Modal:
    """The form for one statement."""
    told = newsroom.ledger.positions_of(statement)
    return Modal(view=_form(newsroom, "statement", told[:1], [statement]))


def _form(
    newsroom: Newsroom, name: str, positions: Sequence[Position], statements: Sequence[Statement] = ()
) -> parts.Payload:
    told = list({said.key: said for said in statements or [position.statement for position in positions]}.values())
    lines = [parts.section(_line(said)) for said in told]
    which = [(said.key[:64], f"{wording.name_of(said)}: {said.quote}") for said in told]
    topics = [
        (f"{topic.id}|{one.id}", f"{topic.name}: {one.text}")
        for topic in newsroom.config.topics
        for one in topic.propositions
    ]
    here = [(f"{one.topic}|{one.proposition}", f"{one.topic_name}: {one.proposition_text}") for one in positions]
    places = [(value, label) for value, label in dict([*here, *topics]).items() if len(value) <= 150]
    blocks = [
        *lines,
        modals.field("which", "Which statement?", modals.radio(which, which[0][0] if len(which) == 1 else "")),
        modals.field(
            "speaker", "Who said it?", modals.text(most=150), optional=True, hint="Leave empty what is right."
        ),
        modals.field(
            "words",
            "Exact words",
            modals.text(lines=True),
            optional=True,
            hint="They must stand in the stored article as they are given here.",
        ),
        modals.field("date", "Said on", modals.day(), optional=True),
        *([modals.field("topic", "Topic", modals.select(places), optional=True)] if places else []),
        modals.field("stance", "Stance", modals.select(_STANCES), optional=True),
        modals.field("why", "Why?", modals.text(most=500)),
    ]
    keys = [said.key for said in told]
    return modals.form(modals.FIX, f"Mend {name}", "Mend", blocks, about=json.dumps({"name": name, "keys": keys}))


def _line(said: Statement) -> Mrkdwn:
    where = mrkdwn.foreign(said.source.outlet, 80)
    head = mrkdwn.joined((wording.speaker(said), wording.when(said), where), " · ")
    return Mrkdwn(f"{head}\n{mrkdwn.quoted(wording.words(said, 600))}")
