"""The form that mutes what an alert is about: its topic, pair, people or source, always with an end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.model import content_key
from bot.routing import targets_of
from bot.slack import mrkdwn
from bot.slack.blocks import forms, modals
from bot.slack.commands.names import numbered
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.newsroom import Modal, Wrong
from bot.slack.views.form import Form

if TYPE_CHECKING:
    from bot.ledger import Target
    from bot.model import Alert
    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Answer, Asker, Newsroom, Submission

_LASTING = {"2h": timedelta(hours=2), "24h": timedelta(hours=24), "7d": timedelta(days=7)}
_KINDS = {"topic": "Topic", "pair": "Pair", "person": "Person", "source": "Source"}
_HERE, _ME = "channel", "me"


def muting(newsroom: Newsroom, name: str, asker: Asker) -> Payload:
    """The form for an alert; only an editor may mute for a whole channel."""
    alert = newsroom.ledger.alert(numbered(name) or 0)
    if alert is None:
        return modals.notice(f"Mute from {name}", Mrkdwn(f"There is no alert {mrkdwn.foreign(name, 40)}."))
    targets = [
        (_value(target), f"{_KINDS.get(target.kind, target.kind)}: {target.name}") for target in targets_of(alert)
    ]
    audiences = [(_HERE, "This channel")] if asker.may("editor") else []
    return forms.muting(alert.name, list(dict(targets).items()), [*audiences, (_ME, "Only me")])


def _muted(newsroom: Newsroom, sent: Submission) -> Answer:
    alert = newsroom.ledger.alert(numbered(sent.about) or 0)
    if alert is None:
        return _notice(sent.about, Mrkdwn("The alert is not on record."))
    target = _chosen(alert, sent.fields.get("target", ""))
    lasting = _LASTING.get(sent.fields.get("lasting", ""))
    here = sent.fields.get("audience") == _HERE
    faults = {"target": "Choose what to mute."} if target is None else {}
    faults |= {"lasting": "Choose an end."} if lasting is None else {}
    if here and not sent.asker.may("editor"):
        faults["audience"] = "Muting a whole channel takes the role editor."
    if faults or target is None or lasting is None:
        return Wrong(fields=faults)
    until = sent.now + lasting
    audience = alert.channel if here else sent.asker.user
    newsroom.ledger.mute(audience, target, until, sent.asker.user, sent.now)
    whom = "in this channel" if here else "for you"
    what = mrkdwn.foreign(target.name, 200)
    return _notice(sent.about, Mrkdwn(f"Muted {whom} until {mrkdwn.moment(until)}: {what}."))


def _chosen(alert: Alert, value: str) -> Target | None:
    return next((target for target in targets_of(alert) if _value(target) == value), None)


def _value(target: Target) -> str:
    """Short enough for a menu, whatever the target is called."""
    return f"{target.kind}:{content_key(target.id)[:24]}"


def _notice(name: str, said: Mrkdwn) -> Modal:
    return Modal(view=modals.notice(f"Mute from {name}", said))


FORMS = (Form(callback=forms.MUTE, does=_muted, named="mute"),)
