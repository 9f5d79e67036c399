"""The buttons under a suggested source: an editor takes it or not, once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.slack.actions.element import Element
from bot.slack.blocks import answers
from bot.slack.blocks import sources as shown
from bot.slack.newsroom import Begun
from bot.slack.sources import take_up

if TYPE_CHECKING:
    from bot.ledger.flow.sources import Change, Past
    from bot.slack.newsroom import Answer, Newsroom, Press


def _take(newsroom: Newsroom, press: Press) -> Answer:
    """Add the source with what becomes of its past, or decline it. Both are on record before the press is answered."""
    change = next((one for one in newsroom.ledger.sources() if one.source == press.value), None)
    if change is None:
        return answers.not_found("source", press.value)
    what: Change = "declined" if press.action == shown.DECLINE else "added"
    past: Past = "fill" if press.action == shown.ADD_FILL else "skip"
    wanted = replace(change, what=what, past=past, by=press.asker.user, at=press.now, number=0)
    stands, done = newsroom.ledger.change_source(wanted)
    if stands is None or not done:
        return shown.already(stands or change)
    answer = shown.taken(stands)
    if what == "declined":
        return answer
    return Begun(payload=answer, then=lambda: shown.taken(stands, take_up(newsroom)))


ELEMENTS = tuple(
    Element(action=action, does=_take, role="editor", named="add sources")
    for action in (shown.ADD_SKIP, shown.ADD_FILL, shown.DECLINE)
)
