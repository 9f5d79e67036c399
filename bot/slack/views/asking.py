"""The question of the shortcut from anywhere, answered where it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import commands
from bot.slack.blocks import answers, modals
from bot.slack.newsroom import Filed, Modal, Public
from bot.slack.shortcuts.asking import FIELD, FORM
from bot.slack.views.form import Form

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Found, Newsroom, Submission


def _ask(newsroom: Newsroom, submission: Submission) -> Answer:
    """At once that it is being looked up, since it may take longer than Slack waits; then the answer."""
    typed = submission.fields.get(FIELD, "").strip().removeprefix(commands.COMMAND).strip()

    def then() -> Found:
        answer = commands.answer(newsroom, typed, submission.asker, submission.now)
        if isinstance(answer, Modal):
            return answer.then() if answer.then else answer.view
        if isinstance(answer, Filed):
            return answer
        if isinstance(answer, Public):
            return modals.shown(answer.otherwise)
        return modals.shown(answer if isinstance(answer, dict) else answers.told("Done."))

    return Modal(view=modals.waiting("Looking it up."), then=then)


FORMS = (Form(callback=FORM, does=_ask, named="ask the record"),)
