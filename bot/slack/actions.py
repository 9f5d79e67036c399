"""The buttons of a card: one decision each, made once, whoever presses first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.errors import UnknownAlert
from bot.slack.blocks import answers, parts
from bot.slack.commands import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.ledger import Ledger
    from bot.ledger.records import Action
    from bot.slack.validate import Payload

ACTIONS: Mapping[str, Action] = {parts.CONFIRM: "confirm", parts.DISMISS: "dismiss", parts.UNDO: "undo"}


class Buttons:
    """Decides on alerts. Blocks: call it off the event loop."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def press(self, action_id: str, value: str, user: str, now: datetime) -> Payload | None:
        """Store what a press decides. The card will show it; an answer is needed only where nothing changed."""
        number = numbered(value)
        if number is None:
            return answers.not_found("alert", value)
        action = ACTIONS[action_id]
        try:
            decision = self._ledger.decide(number, action, user, "", now)
        except UnknownAlert:
            return answers.not_found("alert", value)
        return None if decision.changed else answers.decided(decision, action, by_asker=decision.by == user)
