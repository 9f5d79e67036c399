"""The form with the draft of a question: it is there to be copied, and kept in the thread if somebody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.errors import UnknownAlert
from bot.slack.blocks import forms
from bot.slack.commands.names import numbered
from bot.slack.newsroom import Wrong
from bot.slack.views.form import Form

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Newsroom, Submission


def _kept(newsroom: Newsroom, sent: Submission) -> Answer:
    words = sent.fields.get("draft", "")
    try:
        newsroom.ledger.note(numbered(sent.about) or 0, f"Draft question: {words}", sent.asker.user, sent.now)
    except UnknownAlert as error:
        return Wrong(fields={"draft": str(error)})
    return None


FORMS = (Form(callback=forms.DRAFT, does=_kept, named="keep drafts", role="checker"),)
