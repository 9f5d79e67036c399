"""Modals that are filled in and sent off, and the fields they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from bot.model import Reason
from bot.slack import mrkdwn
from bot.slack.blocks import modals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.slack.blocks.parts import Block, Payload

DISMISS = "dismiss"
MUTE = "mute"
DRAFT = "draft"
FIX = "fix"
TEXT = 2_900  # characters of a field; Slack takes 3,000
LASTING = {"2h": "2 hours", "24h": "24 hours", "7d": "7 days"}
_LABEL, _OPTION = 150, 75
_MEANS: dict[Reason, str] = {
    "not a conflict": "Not a conflict",
    "changed context": "Changed context: each is right where it was said",
    "wrong extraction": "Wrong extraction: speaker, words, date, topic, stance",
    "already known": "Already known",
    "old news": "Old news",
}


def dismissal(name: str) -> Payload:
    """Asks why an alert is dismissed."""
    reasons = [(reason, _MEANS[reason]) for reason in get_args(Reason)]
    return form(
        DISMISS,
        f"Dismiss {name}",
        "Dismiss",
        [
            field("reason", "Why?", radio(reasons), hint="Only “not a conflict” counts as a verdict on the judgement."),
            field("note", "Note", text(lines=True), optional=True),
        ],
        about=name,
    )


def muting(name: str, targets: Sequence[tuple[str, str]], audiences: Sequence[tuple[str, str]]) -> Payload:
    """Asks what is muted, for how long and for whom; there is always an end."""
    return form(
        MUTE,
        f"Mute from {name}",
        "Mute",
        [
            field("target", "What?", select(targets)),
            field("lasting", "How long?", radio(LASTING.items())),
            field("audience", "For whom?", radio(audiences)),
        ],
        about=name,
    )


def draft(name: str, words: str) -> Payload:
    """A question to a press office, to be copied and changed; kept in the thread only if somebody says so."""
    return form(
        DRAFT,
        f"Question on {name}",
        "Keep in thread",
        [
            field(
                "draft",
                "To copy and change",
                text(words, lines=True),
                hint="Nothing is sent to anybody. “Keep in thread” puts the text in the thread of the alert.",
            )
        ],
        about=name,
    )


def form(callback: str, title: str, send: str, blocks: Sequence[Block], *, about: str = "") -> Payload:
    """A modal with fields; `about` comes back with it."""
    more = {"submit": _plain(send, modals.TITLE_LENGTH), "callback_id": callback, "private_metadata": about}
    return modals.modal(title, blocks, close="Cancel", **more)


def field(name: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    """One field; its name is what an error on it is told by."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": _plain(label, _LABEL),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    if hint:
        block["hint"] = _plain(hint, 300)
    return block


def radio(options: Iterable[tuple[str, str]], chosen: str = "") -> Block:
    """One of a few, all of them in sight."""
    return _choice("radio_buttons", list(options)[:10], chosen)


def select(options: Iterable[tuple[str, str]], chosen: str = "") -> Block:
    """One of many."""
    return _choice("static_select", list(options)[:100], chosen)


def text(given: str = "", *, lines: bool = False, most: int = TEXT, placeholder: str = "") -> Block:
    """Words; what is given is shown as it stands, for nothing in a field is ever parsed."""
    element: dict[str, Any] = {"type": "plain_text_input", "multiline": lines, "max_length": most}
    if given:
        element["initial_value"] = mrkdwn.clean(given)[:most]
    if placeholder:
        element["placeholder"] = _plain(placeholder, 150)
    return element


def day(given: str = "") -> Block:
    """A date."""
    return {"type": "datepicker", **({"initial_date": given} if given else {})}


def _choice(kind: str, options: Sequence[tuple[str, str]], chosen: str) -> Block:
    shown = [{"text": _plain(label, _OPTION), "value": value} for value, label in options]
    first = next((one for one in shown if one["value"] == chosen), None)
    return {"type": kind, "options": shown, **({"initial_option": first} if first else {})}


def _plain(words: str, limit: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": mrkdwn.plain(words, limit) or "…", "emoji": False}
