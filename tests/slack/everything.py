"""Messages and forms that hold all that the app listens for, whoever uses them."""

from __future__ import annotations

from bot.slack import actions
from bot.workspace import Workspace
from bot.workspace.world import BOT, Message, View

CHANNEL = "fact-desk"


def card_of_everything(workspace: Workspace) -> Message:
    """A message with every element that the app listens for."""
    elements = [
        {"type": "button", "action_id": name, "value": "OR-1001", "text": {"type": "plain_text", "text": "x"}}
        for name in actions.ELEMENTS
    ]
    blocks = tuple({"type": "actions", "elements": elements[at : at + 25]} for at in range(0, len(elements), 25))
    place = workspace.channel(CHANNEL)
    return workspace.world.store(
        Message(ts=workspace.world.stamp(), channel=place.id, author=BOT, text="x", blocks=blocks)
    )


def open_form(workspace: Workspace, callback: str, user: str = "U0ADA", about: str = "") -> View:
    """A modal of this form, without fields."""
    content = {"type": "modal", "callback_id": callback, "title": {"type": "plain_text", "text": "x"}, "blocks": []}
    content |= {"private_metadata": about}
    view = View(id=f"V{callback}{user}", person=user, content=content, hash="h")
    workspace.world.views[view.id] = view
    return view
