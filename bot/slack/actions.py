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

ACTIONS: Mapping[str, Action] = {
    parts.CONFIRM: "confirm",
    parts.DISMISS: "dismiss",
    parts.UNDO: "undo",
    **dict.fromkeys(parts.REASONS, "explain"),
}


class Buttons:
    """Decides on alerts. Blocks: call it off the event loop."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def press(self, action_id: str, value: str, user: str, now: datetime) -> Payload | None:
        """Store what a press decides. The card will show it.

        An answer is needed where nothing changed, and after a dismissal, which is asked for its reason.
        """
        number = numbered(value)
        if number is None:
            return answers.not_found("alert", value)
        action = ACTIONS[action_id]
        try:
            decision = self._ledger.decide(number, action, user, parts.REASONS.get(action_id, ""), now)
        except UnknownAlert:
            return answers.not_found("alert", value)
        if not decision.changed:
            return answers.decided(decision, action, by_asker=decision.by == user)
        if action == "dismiss":
            return answers.why_dismissed(decision.alert)
        return answers.explained(decision.alert) if action == "explain" else None
