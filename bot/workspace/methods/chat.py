"""The chat methods: post, update, delete, whisper, link."""

from __future__ import annotations

import dataclasses

from bot.workspace.methods.method import ApiError, Context, Method, content, joined, required, seen, truth
from bot.workspace.shapes import message_json
from bot.workspace.world import BOT, Channel, Json, Message, point

MOST_TEXT = 40_000
MOST_UPDATED_TEXT = 4_000  # bytes


def _metadata(args: Json) -> Json | None:
    metadata = args.get("metadata")
    if not metadata:
        return None
    whole = isinstance(metadata, dict) and isinstance(metadata.get("event_payload"), dict)
    if not whole or not isinstance(metadata.get("event_type"), str):
        raise ApiError("invalid_metadata_format")
    kept: Json = metadata
    return kept


def _target(context: Context, args: Json) -> Channel:
    name = required(args, "channel")
    people = context.world.people
    channel = context.world.direct(name) if name in people and name != BOT else joined(context, name)
    if channel.archived:
        raise ApiError("is_archived")
    if channel.restricted:
        raise ApiError("restricted_action")
    return channel


def _post(context: Context, args: Json) -> Json:
    world = context.world
    channel = _target(context, args)
    text, blocks = content(args)
    extra: Json = {}
    if len(text) > MOST_TEXT:
        if world.settings.long_text == "refuse":
            raise ApiError("msg_too_long")
        text = text[:MOST_TEXT]
        extra = {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
    thread = args.get("thread_ts")
    if thread is not None:
        parent = world.find(channel.id, str(thread))
        if parent is None:
            raise ApiError("thread_not_found")
        thread = parent.thread_ts or parent.ts
    message = world.store(
        Message(
            ts=world.stamp(),
            channel=channel.id,
            author=BOT,
            text=text,
            blocks=blocks,
            metadata=_metadata(args),
            thread_ts=thread,
            broadcast=thread is not None and truth(args, "reply_broadcast"),
        )
    )
    return {"channel": channel.id, "ts": message.ts, "message": message_json(world, message, metadata=True), **extra}


def _own(context: Context, channel: Channel, ts: str, error: str) -> Message:
    message = context.world.find(channel.id, ts)
    if message is None or message.seen_only_by is not None:
        raise ApiError("message_not_found")
    if message.author != BOT:
        raise ApiError(error)
    return message


def _update(context: Context, args: Json) -> Json:
    world = context.world
    channel = _target(context, args)
    message = _own(context, channel, required(args, "ts"), "cant_update_message")
    text, blocks = content(args)
    if len(text.encode()) > MOST_UPDATED_TEXT:
        raise ApiError("msg_too_long")
    # An update that names no metadata keeps the old; an empty object removes it.
    metadata = message.metadata if args.get("metadata") is None else _metadata(args)
    changed = dataclasses.replace(message, text=text, blocks=blocks, metadata=metadata, edited=world.stamp())
    kept = world.store(changed)
    return {
        "channel": channel.id,
        "ts": kept.ts,
        "text": kept.text,
        "message": message_json(world, kept, metadata=True),
    }


def _delete(context: Context, args: Json) -> Json:
    channel = joined(context, required(args, "channel"))
    message = _own(context, channel, required(args, "ts"), "cant_delete_message")
    context.world.forget(message)
    return {"channel": channel.id, "ts": message.ts}


def _whisper(context: Context, args: Json) -> Json:
    world = context.world
    channel = _target(context, args)
    person = required(args, "user")
    if person not in channel.members:
        raise ApiError("user_not_in_channel")
    text, blocks = content(args)
    thread = args.get("thread_ts")
    message = world.store(
        Message(
            ts=world.stamp(),
            channel=channel.id,
            author=BOT,
            text=text,
            blocks=blocks,
            seen_only_by=person,
            thread_ts=thread,
        )
    )
    return {"message_ts": message.ts}


def _permalink(context: Context, args: Json) -> Json:
    channel = seen(context, required(args, "channel"))
    ts = required(args, "message_ts")
    if context.world.find(channel.id, ts) is None:
        raise ApiError("message_not_found")
    whole, part = point(ts)
    return {"channel": channel.id, "permalink": f"{context.page_url}archives/{channel.id}/p{whole}{part:06d}"}


def _react(context: Context, args: Json) -> Json:
    world = context.world
    channel = joined(context, required(args, "channel"))
    message = world.find(channel.id, required(args, "timestamp"))
    if message is None:
        raise ApiError("message_not_found")
    reaction = (required(args, "name").strip(":"), BOT)
    if reaction in message.reactions:
        raise ApiError("already_reacted")
    world.store(dataclasses.replace(message, reactions=(*message.reactions, reaction)))
    return {}


METHODS = {
    "chat.postMessage": Method(run=_post, scopes=("chat:write",), paced=True),
    "chat.update": Method(run=_update, scopes=("chat:write",), paced=True),
    "chat.delete": Method(run=_delete, scopes=("chat:write",)),
    "chat.postEphemeral": Method(run=_whisper, scopes=("chat:write",), paced=True),
    "chat.getPermalink": Method(run=_permalink),
    "reactions.add": Method(run=_react, scopes=("reactions:write",)),
}
