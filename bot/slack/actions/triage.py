"""The buttons of a card and of its evidence: one decision each, made once, whoever presses first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.errors import UnknownAlert
from bot.slack import commands
from bot.slack.actions.element import Element
from bot.slack.blocks import answers, forms, modals, parts, triage
from bot.slack.commands.drafting import drafted
from bot.slack.commands.evidence import record
from bot.slack.commands.names import numbered
from bot.slack.newsroom import Modal
from bot.slack.views.muting import muting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.ledger.records import Action
    from bot.model import Alert
    from bot.slack.newsroom import Answer, Newsroom, Press

_DECIDES: Mapping[str, Action] = {parts.CONFIRM: "confirm", parts.UNDO: "undo"}


def _decide(newsroom: Newsroom, press: Press) -> Answer:
    """Store what a press decides. The cards will show it; an answer is needed only where nothing changed."""
    number = numbered(press.value)
    if number is None:
        return answers.not_found("alert", press.value)
    action, user = _DECIDES[press.action], press.asker.user
    try:
        decision = newsroom.ledger.decide(number, action, user, "", press.now)
    except UnknownAlert:
        return answers.not_found("alert", press.value)
    return None if decision.changed else triage.refused(decision, action, by_asker=decision.by == user)


def _dismiss(newsroom: Newsroom, press: Press) -> Answer:
    """Ask why, at once: whether somebody was first is told when the form is sent off."""
    del newsroom
    return Modal(view=forms.dismissal(press.value))


def _mute(newsroom: Newsroom, press: Press) -> Answer:
    """A form whose choices come from the alert: it is on the screen before they are looked up."""
    waiting = modals.waiting(title=f"Mute from {press.value}")
    return Modal(view=waiting, then=lambda: muting(newsroom, press.value, press.asker))


def _assign(newsroom: Newsroom, press: Press) -> Answer:
    """Whoever pressed looks into it."""
    number, user = numbered(press.value), press.asker.user
    try:
        decision = newsroom.ledger.assign(number or 0, user, user, press.now)
    except UnknownAlert:
        return answers.not_found("alert", press.value)
    return None if decision.changed else triage.refused(decision, "assign", by_asker=decision.by == user)


def _draft(newsroom: Newsroom, press: Press) -> Answer:
    """The draft of a question, ready to be copied."""
    return drafted(newsroom, numbered(press.value) or 0)


def _open(newsroom: Newsroom, press: Press) -> Answer:
    """The record of an alert, for the presser alone."""
    number = numbered(press.value)
    return None if number is None else record(newsroom, number, press.now)


def _asked(words: Callable[[Alert], str]) -> Callable[[Newsroom, Press], Answer]:
    """What a subcommand answers about the alert of a button."""

    def ask(newsroom: Newsroom, press: Press) -> Answer:
        alert = newsroom.ledger.alert(numbered(press.value) or 0)
        if alert is None:
            return answers.not_found("alert", press.value)
        return commands.answer(newsroom, words(alert), press.asker, press.now)

    return ask


def _timeline(alert: Alert) -> str:
    fresh = alert.conflict.fresh
    return f"timeline {fresh.voice.name} {fresh.topic_name}"


ELEMENTS = (
    *(Element(action=action, does=_decide, role="checker", named="decide on alerts") for action in _DECIDES),
    Element(action=parts.DISMISS, does=_dismiss, role="checker", named="decide on alerts"),
    Element(action=parts.MUTE, does=_mute, named="mute"),
    Element(action=parts.OPEN, does=_open, named="open the record"),
    Element(action=parts.TIMELINE, does=_asked(_timeline), named="see a timeline", looks=True),
    Element(action=parts.WHY, does=_asked(lambda alert: f"why {alert.name}"), named="ask why", looks=True),
    Element(action=parts.EXPORT, does=_asked(lambda alert: f"export alerts {alert.name}"), named="export", looks=True),
    Element(action=parts.ASSIGN, does=_assign, role="checker", named="take alerts"),
    Element(action=parts.DRAFT, does=_draft, role="checker", named="draft questions"),
)
