"""The methods about modals and App Homes."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from bot.workspace.block_kit.blocks import check_view
from bot.workspace.methods.method import ApiError, Context, Method, refuse, required
from bot.workspace.shapes import view_json
from bot.workspace.world import Json, Trigger, View, World

DEEPEST = 3  # modals on top of each other


def _content(args: Json, kind: str) -> Json:
    view = args.get("view")
    if not isinstance(view, dict) or view.get("type") != kind:
        messages = [f"[ERROR] must be a view of type {kind} [json-pointer:/view]"]
        raise ApiError("invalid_arguments", response_metadata={"messages": messages})
    refuse(check_view(view))
    return view


def exchange(world: World, trigger_id: str) -> Trigger:
    """Use up a trigger; each opens one view, and soon."""
    trigger = world.triggers.get(trigger_id)
    if trigger is None:
        raise ApiError("invalid_trigger_id")
    if trigger.used:
        raise ApiError("exchanged_trigger_id")
    if world.settings.clock() - trigger.made > timedelta(seconds=world.settings.trigger_life):
        raise ApiError("expired_trigger_id")
    trigger.used = True
    return trigger


def _open(context: Context, args: Json) -> Json:
    world = context.world
    content = _content(args, "modal")
    trigger = exchange(world, required(args, "trigger_id"))
    view = View(
        id=world.new_id("V"),
        person=trigger.person,
        content=content,
        hash=world.new_id("h"),
        channel=trigger.channel,
    )
    world.views[view.id] = view
    world.changes.ring()
    return {"view": view_json(world, view)}


def _push(context: Context, args: Json) -> Json:
    world = context.world
    content = _content(args, "modal")
    trigger = exchange(world, required(args, "trigger_id"))
    stack = [view for view in world.views.values() if view.person == trigger.person]
    if not stack:
        raise ApiError("not_found")
    if len(stack) >= DEEPEST:
        raise ApiError("push_limit_reached")
    place = stack[-1].channel
    view = View(id=world.new_id("V"), person=trigger.person, content=content, hash=world.new_id("h"), channel=place)
    world.views[view.id] = view
    world.changes.ring()
    return {"view": view_json(world, view)}


def _update(context: Context, args: Json) -> Json:
    world = context.world
    content = _content(args, "modal")
    view = world.views.get(str(args.get("view_id")))
    if view is None and (external := args.get("external_id")):
        view = next((v for v in world.views.values() if v.content.get("external_id") == external), None)
    if view is None:
        raise ApiError("not_found")
    if args.get("hash") not in (None, view.hash):
        raise ApiError("hash_conflict")
    changed = dataclasses.replace(view, content=content, hash=world.new_id("h"), errors={})
    world.views[view.id] = changed
    world.changes.ring()
    return {"view": view_json(world, changed)}


def _publish(context: Context, args: Json) -> Json:
    world = context.world
    person = required(args, "user_id")
    if person not in world.people:
        raise ApiError("user_not_found")
    home = View(id=world.new_id("V"), person=person, content=_content(args, "home"), hash=world.new_id("h"))
    world.homes[person] = home
    world.changes.ring()
    return {"view": view_json(world, home)}


METHODS = {
    "views.open": Method(run=_open),
    "views.push": Method(run=_push),
    "views.update": Method(run=_update),
    "views.publish": Method(run=_publish),
}
