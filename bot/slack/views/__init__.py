"""What happens when a modal is sent off: a registry by callback_id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.blocks import answers
from bot.slack.views import asking, dismissal, drafting, fixing, muting, sources
from bot.slack.views.form import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.slack.newsroom import Answer, Newsroom, Submission

__all__ = ["FORMS", "Form", "submitted"]

FORMS: Mapping[str, Form] = {
    one.callback: one
    for one in (
        *dismissal.FORMS,
        *muting.FORMS,
        *drafting.FORMS,
        *fixing.FORMS,
        *asking.FORMS,
        *sources.FORMS,
    )
}


def submitted(newsroom: Newsroom, submission: Submission) -> Answer:
    """Do what the form is for, if whoever sent it may."""
    form = FORMS[submission.callback]
    if not submission.asker.may(form.role):
        return answers.not_allowed(form.named, form.role, submission.asker.role)
    return form.does(newsroom, submission)
