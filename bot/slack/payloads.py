"""What Slack sends, taken apart into values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.slack.newsroom import Press, Submission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.slack.newsroom import Asker

_PICKED = ("value", "selected_date", "selected_time", "selected_user", "selected_channel", "selected_conversation")


def pressed_as(action: Mapping[str, Any], body: Mapping[str, Any], asker: Asker, now: datetime) -> Press:
    """An element used: a button by its value, a menu by the option chosen."""
    container = body.get("container") or {}
    return Press(
        action=str(action["action_id"]),
        value=chosen(action),
        asker=asker,
        now=now,
        ts=container.get("message_ts"),
    )


def sent_as(body: Mapping[str, Any], asker: Asker, now: datetime) -> Submission:
    """A modal sent off, with every field that is filled in."""
    view = body["view"]
    values = (view.get("state") or {}).get("values") or {}
    fields = {block: chosen(element) for block, elements in values.items() for element in elements.values()}
    return Submission(
        callback=str(view["callback_id"]),
        fields={name: value for name, value in fields.items() if value},
        about=str(view.get("private_metadata") or ""),
        asker=asker,
        now=now,
    )


def chosen(element: Mapping[str, Any]) -> str:
    """What an element holds; several options are joined by spaces."""
    for name in _PICKED:
        if element.get(name):
            return str(element[name])
    option = element.get("selected_option")
    if option:
        return str(option["value"])
    return " ".join(str(one["value"]) for one in element.get("selected_options") or ())
