"""What happens when an element is used: a registry by action_id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.actions import asking, flow, replaying, roster, sources, triage
from bot.slack.actions.element import Element
from bot.slack.blocks import answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.slack.newsroom import Answer, Newsroom, Press

__all__ = ["ELEMENTS", "Element", "pressed"]

ELEMENTS: Mapping[str, Element] = {
    one.action: one
    for one in (
        *triage.ELEMENTS,
        *flow.ELEMENTS,
        *asking.ELEMENTS,
        *sources.ELEMENTS,
        *replaying.ELEMENTS,
        *roster.ELEMENTS,
    )
}


def pressed(newsroom: Newsroom, press: Press) -> Answer:
    """Do what the element is for, if whoever used it may."""
    element = ELEMENTS[press.action]
    if not press.asker.may(element.role):
        return answers.not_allowed(element.named, element.role, press.asker.role)
    return element.does(newsroom, press)
