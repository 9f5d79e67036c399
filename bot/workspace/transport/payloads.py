"""The payloads that Slack sends to an app, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from bot.workspace.shapes import message_json, view_json
from bot.workspace.world import Channel, Json, Message, Person, View, World

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
            "team_id": settings.team_id,
        },
        "api_app_id": settings.app_id,
        "token": VERIFICATION,
        "trigger_id": origin.trigger_id,
        "team": {"id": settings.team_id, "domain": "newsroom"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


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
    names = {"direct": "directmessage", "private": "privategroup"}
    channel_name = names.get(origin.channel.kind, origin.channel.name)
    kept = ("type", "action_id", "block_id", "text", "value", "style", "url", "selected_option")
    payload: Json = {
        **_interaction(origin, "block_actions"),
        "container": container,
        "channel": {"id": origin.channel.id, "name": channel_name},
        "state": {"values": {}},
        "response_url": origin.response_url,
        "actions": [{**{name: element[name] for name in kept if name in element}, "action_ts": stamp}],
    }
    if not ephemeral:
        payload["message"] = message_json(origin.world, message, metadata=True)
    return payload


def view_submission(origin: Origin, view: View, state: Json) -> Json:
    """Return the payload of a submitted modal."""
    return {
        **_interaction(origin, "view_submission"),
        "view": {**view_json(origin.world, view), "state": {"values": state}},
        "response_urls": [],
    }
