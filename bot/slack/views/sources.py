"""Many sources at once: a list of feeds is looked at, shown, and then added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.slack import outline, sources
from bot.slack.blocks import modals
from bot.slack.blocks import sources as shown
from bot.slack.importing import looked_at, preview
from bot.slack.newsroom import Modal, Wrong
from bot.slack.views.form import Form

if TYPE_CHECKING:
    from bot.ledger.flow.sources import Past
    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Answer, Newsroom, Submission


def _look(newsroom: Newsroom, submission: Submission) -> Answer:
    """What an import would do, before it does it. A fault lands on the field that it is about."""
    typed, url = submission.fields.get(shown.OUTLINE, ""), submission.fields.get(shown.OUTLINE_URL, "").strip()
    if not typed and not url:
        return Wrong(fields={shown.OUTLINE: "Paste a list of feeds here, or give its address below."})
    if url:
        if not url.startswith(("http://", "https://")):
            return Wrong(fields={shown.OUTLINE_URL: "An address begins with https:// or http://."})
        asker, now = submission.asker, submission.now
        return Modal(view=shown.waiting_for(url), then=lambda: looked_at(newsroom, url, typed, asker, now))
    if not outline.feeds(typed):
        return Wrong(fields={shown.OUTLINE: 'No address of a feed is in it. OPML has them as xmlUrl="https://…".'})
    asker, now = submission.asker, submission.now  # each is put on record: two hundred take their time
    return Modal(view=shown.waiting_for("the list"), then=lambda: preview(newsroom, typed, asker, now))


def _add(newsroom: Newsroom, submission: Submission) -> Answer:
    """Add what was shown, behind a view that waits: two hundred take their time, and once more adds none twice."""
    return Modal(view=shown.waiting_for("the list"), then=lambda: modals.shown(_added(newsroom, submission)))


def _added(newsroom: Newsroom, submission: Submission) -> Payload:
    """What came of it, as far as nobody has decided on it meanwhile."""
    numbers = {int(number) for number in submission.about.split()}
    past: Past = "fill" if submission.fields.get(shown.PAST) == "fill" else "skip"
    waiting = [one for one in newsroom.ledger.sources() if one.number in numbers and one.state == "suggested"]
    wanted = [
        replace(one, what="added", past=past, by=submission.asker.user, at=submission.now, number=0) for one in waiting
    ]
    added = [one.source for one in wanted if newsroom.ledger.change_source(one)[1]]
    late = sources.take_up(newsroom)
    said = f"{len(added)} sources are watched from now on. Nothing is posted for what they already hold."
    return shown.told(f"{said} {late}".strip())


FORMS = (
    Form(callback=shown.IMPORT, does=_look, role="editor", named="import sources"),
    Form(callback=shown.IMPORT_THESE, does=_add, role="editor", named="import sources"),
)
