"""The form that mends a statement: who said what, when, on which topic and with which stance."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import forms, modals, parts, wording
from bot.slack.commands.evidence import shown
from bot.slack.commands.names import numbered
from bot.slack.mrkdwn import Mrkdwn

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


def fixing(newsroom: Newsroom, name: str) -> parts.Payload:
    """The form for the statements on the card of an alert."""
    alert = newsroom.ledger.alert(numbered(name) or 0)
    if alert is None:
        return modals.notice(f"Mend {name}", Mrkdwn(f"There is no alert {mrkdwn.foreign(name, 40)}."))
    return _form(newsroom, alert.name, shown(alert))


def fixing_statement(newsroom: Newsroom, statement: Statement) -> parts.Payload:
    """The form for one statement."""
    told = newsroom.ledger.positions_of(statement)
    return _form(newsroom, "statement", told[:1], [statement])


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
        forms.field("which", "Which statement?", forms.radio(which, which[0][0] if len(which) == 1 else "")),
        forms.field("speaker", "Who said it?", forms.text(most=150), optional=True, hint="Leave empty what is right."),
        forms.field(
            "words",
            "Exact words",
            forms.text(lines=True),
            optional=True,
            hint="They must stand in the stored article as they are given here.",
        ),
        forms.field("date", "Said on", forms.day(), optional=True),
        *([forms.field("topic", "Topic", forms.select(places), optional=True)] if places else []),
        forms.field("stance", "Stance", forms.select(_STANCES), optional=True),
        forms.field("why", "Why?", forms.text(most=500)),
    ]
    keys = [said.key for said in told]
    return forms.form(forms.FIX, f"Mend {name}", "Mend", blocks, about=json.dumps({"name": name, "keys": keys}))


def _line(said: Statement) -> Mrkdwn:
    where = mrkdwn.foreign(said.source.outlet, 80)
    head = mrkdwn.joined((wording.speaker(said), wording.when(said), where), " · ")
    return Mrkdwn(f"{head}\n{mrkdwn.quoted(wording.words(said, 600))}")
