"""The payloads that Slack sends to an app, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from bot.workspace.shapes import message_json, view_json
from bot.workspace.world import BOT, Channel, Json, Message, Person, View, World

VERIFICATION = "local-verification-token"  # deprecated by Slack, still sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who did it and where, with the rights that the app gets from it."""

    world: World
    person: Person
    channel: Channel
    trigger_id: str
    response_url: str


def slash(origin: Origin, command: str, text: str) -> Json:
    """Return the fields of a slash command; all of them are strings, truth included."""
    settings = origin.world.settings
    names = {"direct": "directmessage", "private": "privategroup"}
    return {
        "token": VERIFICATION,
        "team_id": settings.team_id,
        "team_domain": "newsroom",
        "channel_id": origin.channel.id,
        "channel_name": names.get(origin.channel.kind, origin.channel.name),
        "user_id": origin.person.id,
        "user_name": origin.person.handle,
        "command": command,
        "text": text,
        "api_app_id": settings.app_id,
        "is_enterprise_install": "false",
        "response_url": origin.response_url,
        "trigger_id": origin.trigger_id,
    }


def _interaction(origin: Origin, kind: str) -> Json:
    settings = origin.world.settings
    return {
        "type": kind,
        "user": {
            "id": origin.person.id,
            "username": origin.person.handle,
            "name": origin.person.handle,
            "team_id": origin.person.team or settings.team_id,
        },
        "api_app_id": settings.app_id,
        "token": VERIFICATION,
        "trigger_id": origin.trigger_id,
        "team": {"id": settings.team_id, "domain": "newsroom"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def used(element: Json, chosen: str | None = None) -> Json:
    """Return an element as it arrives when it is used: a button pressed, or an option (by its value) chosen."""
    kept = ("type", "action_id", "block_id", "text", "value", "style", "url")
    told = {name: element[name] for name in kept if name in element}
    kind = str(element["type"])
    if chosen is None:
        return told
    if "options" not in element:
        picked = {"users_select": "selected_user", "channels_select": "selected_channel"}
        return {**told, picked.get(kind, "value"): chosen}
    option = next(option for option in element["options"] if option["value"] == chosen)
    return {**told, "selected_options": [option]} if kind == "checkboxes" else {**told, "selected_option": option}


def block_actions(origin: Origin, message: Message, element: Json, stamp: str) -> Json:
    """Return the payload of a pressed button; for an ephemeral message Slack leaves the message itself out."""
    ephemeral = message.seen_only_by is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts and message.thread_ts != message.ts:
        container["thread_ts"] = message.thread_ts
    payload: Json = {
        **_interaction(origin, "block_actions"),
        "container": container,
        "channel": _place(origin.channel),
        "state": {"values": {}},
        "response_url": origin.response_url,
        "actions": [{**element, "action_ts": stamp}],
    }
    if not ephemeral:
        payload["message"] = message_json(origin.world, message, metadata=True)
    return payload


def view_actions(origin: Origin, view: View, element: Json, stamp: str) -> Json:
    """Return the payload of an element used in a modal or an App Home; it names no channel and no message."""
    return {
        **_interaction(origin, "block_actions"),
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(origin.world, view),
        "actions": [{**element, "action_ts": stamp}],
    }


def message_action(origin: Origin, message: Message, callback_id: str, stamp: str) -> Json:
    """Return the payload of a shortcut used on a message; it carries the message."""
    return {
        **_interaction(origin, "message_action"),
        "callback_id": callback_id,
        "channel": _place(origin.channel),
        "message_ts": message.ts,
        "message": message_json(origin.world, message, metadata=True),
        "response_url": origin.response_url,
        "action_ts": stamp,
    }


def shortcut(origin: Origin, callback_id: str, stamp: str) -> Json:
    """Return the payload of a global shortcut; it knows no channel and has no response_url."""
    return {**_interaction(origin, "shortcut"), "callback_id": callback_id, "action_ts": stamp}


def event(world: World, content: Json, event_id: str) -> Json:
    """Return an event in its envelope."""
    settings = world.settings
    return {
        "token": VERIFICATION,
        "type": "event_callback",
        "team_id": settings.team_id,
        "api_app_id": settings.app_id,
        "event": content,
        "event_id": event_id,
        "event_time": int(settings.clock().timestamp()),
        "event_context": f"local-{event_id}",
        "is_ext_shared_channel": False,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": settings.team_id,
                "user_id": BOT,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
    }


def _place(channel: Channel) -> Json:
    names = {"direct": "directmessage", "private": "privategroup"}
    return {"id": channel.id, "name": names.get(channel.kind, channel.name)}


def view_submission(origin: Origin, view: View, state: Json) -> Json:
    """Return the payload of a submitted modal."""
    return {
        **_interaction(origin, "view_submission"),
        "view": {**view_json(origin.world, view), "state": {"values": state}},
        "response_urls": [],
    }
