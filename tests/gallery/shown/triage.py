"""Deciding about alerts: by commands, by buttons, in forms, and what the thread and the log say of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from strait_story import ADA, NOW, Story

from bot.correcting import ByHand, Correcting
from bot.ledger import Ledger
from bot.ledger.records import Change
from bot.slack import actions, views
from bot.slack.blocks import forms, modals, threads, triage
from bot.slack.commands.evidence import shown
from bot.slack.commands.mending import fixing
from bot.slack.newsroom import Newsroom, Press, Submission, Wrong
from config.schema import Config
from shown.answers import asked
from shown.sample import Payload, Sample, seen

DECIDED = (
    "confirm 1001",
    "dismiss 1001 already known",
    "undo 1001",
    "dismiss 1001",
    "dismiss 1001 because of the weather",
    "dismiss 1001 changed context: she spoke of the port",
    "undo 1001",
    "assign 1001 me",
    "assign 1001 me",
    "note 1001 asked the press office at noon",
    "reply 1001",
    "fix 1001",
    "fix nothing to add",
    "confirm 9999",
)
AFTERWARDS = (
    "withdraw 1001 the interview was satire",
    "audit",
    "audit 1001",
)
PRESSED = (  # elements of a card and of its evidence, in this order
    "alert_open",
    "alert_undo",
    "alert_confirm",
    "alert_confirm",
    "alert_undo",
    "alert_dismiss",
    "alert_mute",
    "alert_assign",
    "alert_assign",
    "alert_draft",
)
CHANGES = (
    Change(what="confirm", by="U0ADA"),
    Change(what="dismiss", by="U0ADA", why="changed context", remark="She spoke of the port."),
    Change(what="undo", by="U0ADA", before="dismissed"),
    Change(what="assign", by="U0ADA", after="U0TOMAS"),
    Change(what="note", by="U0TOMAS", remark="Asked the press office at noon."),
    Change(what="mend", by="U0ADA", why="misheard", before="speaker: Petra Halasz", after="speaker: Ivo Sternad"),
    Change(what="amend", by="", before="“fine with it”", after="“content with it”"),
    Change(what="withdraw", by="U0ADA", why="the interview was satire"),
)


def pressed(newsroom: Newsroom) -> Iterator[Sample]:
    """What the one who pressed sees; a press that is answered by the card alone shows nothing more."""
    for action in PRESSED:
        press = Press(action=action, value="OR-1001", asker=ADA, now=NOW)
        yield from seen(f"{action} on OR-1001", actions.pressed(newsroom, press))


def decided(newsroom: Newsroom, ledger: Ledger) -> Iterator[Sample]:
    """Commands and forms on a record whose alert ends withdrawn."""
    desk = replace(newsroom, mend=ByHand(Correcting(Config()), ledger))
    yield from asked(desk, DECIDED)
    yield from _filled(desk)
    alert = ledger.alert(1001)
    assert alert is not None
    key = alert.conflict.fresh.statement.key[:12]
    yield from asked(desk, (f"withdraw {key} the transcript was corrected", *AFTERWARDS))
    yield Sample(says="Somebody was first", payload=triage.taken("U0TOMAS"), kind="private")


def _filled(newsroom: Newsroom) -> Iterator[Sample]:
    """Forms sent off, wrongly and rightly."""
    alert = newsroom.ledger.alert(1001)
    assert alert is not None
    keys = [position.statement.key for position in shown(alert)]
    about = json.dumps({"name": "OR-1001", "keys": keys})
    form = fixing(newsroom, "OR-1001")
    wrong = {"which": keys[0], "words": "We welcome monitors.", "date": "2031-02-24", "why": "misheard"}
    yield from _sent(newsroom, forms.FIX, wrong, about, form)
    yield from _sent(newsroom, forms.FIX, {"which": keys[0], "speaker": "Ivo Sternad", "why": "misread"}, about, form)
    yield from _sent(newsroom, forms.DISMISS, {}, "OR-1001", forms.dismissal("OR-1001"))
    yield from _sent(newsroom, forms.DISMISS, {"reason": "wrong extraction"}, "OR-1001", forms.dismissal("OR-1001"))
    muting = {"target": "", "lasting": "2h", "audience": "me"}
    yield from _sent(newsroom, forms.MUTE, muting, "OR-1001", modals.waiting(title="Mute"))


def _sent(newsroom: Newsroom, callback: str, fields: Mapping[str, str], about: str, form: Payload) -> Iterator[Sample]:
    says = f"{form['title']['text']}, sent off"
    submission = Submission(callback=callback, fields=fields, about=about, asker=ADA, now=NOW)
    answer = views.submitted(newsroom, submission)
    if isinstance(answer, Wrong):
        yield Sample(says=f"{says} with a mistake", payload=form, kind="modal", errors=answer.fields)
    else:
        yield from seen(says, answer)


def changes(story: Story) -> Iterator[Sample]:
    """What the thread says of each thing that was done."""
    for change in CHANGES:
        yield Sample(says=f"In the thread: {change.what}", payload=threads.changed(story.alert, change, key="k"))
