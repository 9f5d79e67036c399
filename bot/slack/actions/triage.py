"""The buttons of a card: one decision each, made once, whoever presses first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.errors import UnknownAlert
from bot.slack.actions.element import Element
from bot.slack.blocks import answers, parts
from bot.slack.commands.evidence import record
from bot.slack.commands.names import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.ledger.records import Action
    from bot.slack.newsroom import Answer, Newsroom, Press

_DECIDES: Mapping[str, Action] = {
    parts.CONFIRM: "confirm",
    parts.DISMISS: "dismiss",
    parts.UNDO: "undo",
    **dict.fromkeys(parts.REASONS, "explain"),
}


def _decide(newsroom: Newsroom, press: Press) -> Answer:
    """Store what a press decides. The card will show it.

    An answer is needed where nothing changed, and after a dismissal, which is asked for its reason.
    """
    number = numbered(press.value)
    if number is None:
        return answers.not_found("alert", press.value)
    action, user = _DECIDES[press.action], press.asker.user
    try:
        decision = newsroom.ledger.decide(number, action, user, parts.REASONS.get(press.action, ""), press.now)
    except UnknownAlert:
        return answers.not_found("alert", press.value)
    if not decision.changed:
        return answers.decided(decision, action, by_asker=decision.by == user)
    if action == "dismiss":
        return answers.why_dismissed(decision.alert)
    return answers.explained(decision.alert) if action == "explain" else None


def _open(newsroom: Newsroom, press: Press) -> Answer:
    """The record of an alert, for the presser alone."""
    number = numbered(press.value)
    return None if number is None else record(newsroom, number)


ELEMENTS = (
    *(Element(action=action, does=_decide, role="checker", named="decide on alerts") for action in _DECIDES),
    Element(action=parts.OPEN, does=_open, named="open the record"),
)
