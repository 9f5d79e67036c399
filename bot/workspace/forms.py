"""Modals: filling in their fields, and what the app's answer to a submission does to them."""

from __future__ import annotations

import dataclasses

from bot.workspace.block_kit.blocks import check_view
from bot.workspace.transport.delivery import Ack
from bot.workspace.world import Json, View, World


def fill(content: Json, values: dict[str, str]) -> Json | str:
    """Return the state of a filled modal by block and action, or in words why it cannot be filled like this."""
    state: Json = {}
    left = dict(values)
    for block in content.get("blocks", ()):
        if block.get("type") != "input":
            continue
        element = block["element"]
        block_id, action_id = str(block.get("block_id", "")), str(element.get("action_id", ""))
        given = left.pop(block_id, None) or left.pop(action_id, None) or _initial(element)
        if not given and not block.get("optional"):
            return f"the field {block_id or action_id!r} must be filled in"
        value = _value(element, given)
        if value is None:
            return f"the field {block_id or action_id!r} has no option {given!r}"
        state.setdefault(block_id, {})[action_id] = value
    return f"the modal has no field {next(iter(left))!r}" if left else state


def _initial(element: Json) -> str | None:
    """Return what stands in a field before anybody touches it."""
    chosen = [element.get("initial_option"), *element.get("initial_options", ())]
    values = [str(option["value"]) for option in chosen if option]
    plain = ("initial_value", "initial_date", "initial_time", "initial_user", "initial_conversation")
    return " ".join(values) or next((str(element[name]) for name in plain if element.get(name)), None)


_PICKED = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
}


def _value(element: Json, given: str | None) -> Json | None:
    """Return the state of one element; several options are given with blanks between their values."""
    kind = str(element["type"])
    groups = element.get("option_groups") or ()
    options = [*element.get("options", ()), *(option for group in groups for option in group["options"])]
    if not options:
        return {"type": kind, _PICKED.get(kind, "value"): given or None}
    known = {option["value"]: option for option in options}
    if kind == "checkboxes" or kind.startswith("multi_"):
        values = given.split() if given else []
        return (
            {"type": kind, "selected_options": [known[one] for one in values]} if known.keys() >= set(values) else None
        )
    if given and given not in known:
        return None
    return {"type": kind, "selected_option": known[given] if given else None}


def respond(world: World, view: View, ack: Ack) -> None:
    """Carry out the app's answer to a submission: field errors, another view, or closing."""
    action = ack.payload.get("response_action")
    content = ack.payload.get("view")
    if ack.error is not None:
        world.views[view.id] = dataclasses.replace(view, errors={"": "We had some trouble connecting. Try again?"})
    elif action == "errors":
        errors = {str(block): str(text) for block, text in (ack.payload.get("errors") or {}).items()}
        world.views[view.id] = dataclasses.replace(view, errors=errors)
    elif action in ("update", "push") and isinstance(content, dict) and not check_view(content):
        fresh = dataclasses.replace(view, content=content, hash=world.new_id("h"), errors={})
        if action == "push":
            fresh = dataclasses.replace(fresh, id=world.new_id("V"))
        world.views[fresh.id] = fresh
    elif action == "clear":
        for other in [v.id for v in world.views.values() if v.person == view.person]:
            del world.views[other]
    else:
        world.views.pop(view.id, None)
    world.changes.ring()
