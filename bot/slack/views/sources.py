"""Many sources at once: a list of feeds is looked at, shown, and then added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.inquiries import Unanswered
from bot.ledger.sources import SourceChange
from bot.slack import outline, sources
from bot.slack.blocks import modals
from bot.slack.blocks import sources as shown
from bot.slack.newsroom import Modal, Wrong
from bot.slack.views.form import Form

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ledger.sources import Past
    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Answer, Asker, Newsroom, Submission


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
    return Modal(view=_preview(newsroom, typed, submission.asker, submission.now))


def looked_at(newsroom: Newsroom, url: str, typed: str, asker: Asker, now: datetime) -> Payload:
    """The list at an address, and what was typed beside it; blocks until it is here."""
    if newsroom.inquiries is None:
        return modals.shown(shown.told("Lists cannot be fetched here: only the running service does."))
    try:
        text = newsroom.inquiries.outline(url)
    except Unanswered as error:
        return modals.shown(shown.told(str(error)))
    if not outline.feeds(text):
        return modals.shown(shown.told(f'{url} holds no address of a feed. OPML has them as xmlUrl="https://…".'))
    return _preview(newsroom, f"{text}\n{typed}", asker, now)


def _preview(newsroom: Newsroom, text: str, asker: Asker, now: datetime) -> Payload:
    """Suggest what is new, so that it is on record, and show it for one confirmation."""
    known = sources.known(newsroom)
    taken = {one.id for one in known}
    there = [one for one in known if one.state in {"active", "paused"}]
    waiting = [one for one in known if one.state not in {"active", "paused"}]
    fresh: list[SourceChange] = []
    old = 0
    for name, url in outline.feeds(text):
        if any(sources.same_address(one.url, url) for one in there):
            old += 1
            continue
        before = next((one for one in waiting if sources.same_address(one.url, url)), None)
        called = name or (urlsplit(url).hostname or url).removeprefix("www.")
        source = before.id if before else sources.id_for(called, taken)
        taken.add(source)
        change = SourceChange(source=source, what="suggested", name=called, url=url, past="skip", by=asker.user, at=now)
        fresh.append(newsroom.ledger.change_source(change)[0] or change)
    about = " ".join(str(change.number) for change in fresh)
    return shown.preview([(one.name, one.url) for one in fresh], old, about)


def _add(newsroom: Newsroom, submission: Submission) -> Answer:
    """Add what was shown, as far as nobody has decided on it meanwhile."""
    numbers = {int(number) for number in submission.about.split()}
    past: Past = "fill" if submission.fields.get(shown.PAST) == "fill" else "skip"
    waiting = [one for one in newsroom.ledger.sources() if one.number in numbers and one.state == "suggested"]
    wanted = [
        replace(one, what="added", past=past, by=submission.asker.user, at=submission.now, number=0) for one in waiting
    ]
    added = [one.source for one in wanted if newsroom.ledger.change_source(one)[1]]
    sources.begun(newsroom, *added)
    return shown.told(f"{len(added)} sources are watched from now on. Nothing is posted for what they already hold.")


FORMS = (
    Form(callback=shown.IMPORT, does=_look, role="editor", named="import sources"),
    Form(callback=shown.IMPORT_THESE, does=_add, role="editor", named="import sources"),
)
