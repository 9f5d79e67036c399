"""The methods about files: an address to put the bytes, and the place where they are shown."""

from __future__ import annotations

import dataclasses
import json

from bot.workspace.methods.method import ApiError, Context, Method, joined, required
from bot.workspace.shapes import file_json
from bot.workspace.world import BOT, File, Json, Message

MOST_ALT = 1000


def _upload_url(context: Context, args: Json) -> Json:
    world = context.world
    name, length = required(args, "filename"), required(args, "length")
    if not length.isascii() or not length.isdigit() or int(length) < 1:
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] length must be positive"]})
    alt = str(args.get("alt_txt") or "")
    if len(alt) > MOST_ALT:
        raise ApiError("alt_txt_too_large")
    file = File(id=world.new_id("F"), name=name, length=int(length), alt=alt)
    world.files[file.id] = file
    return {"upload_url": f"{context.page_url}upload/{file.id}", "file_id": file.id}


def _complete(context: Context, args: Json) -> Json:
    world = context.world
    given = args.get("files")
    if isinstance(given, str):
        given = json.loads(given)
    if not isinstance(given, list) or not given:
        raise ApiError("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: files"]})
    files = []
    for one in given:
        file = world.files.get(str(one.get("id"))) if isinstance(one, dict) else None
        if file is None or file.content is None or file.shared:
            raise ApiError("file_not_found")
        files.append(dataclasses.replace(file, title=str(one.get("title") or file.name)))
    channel = joined(context, str(args["channel_id"])) if args.get("channel_id") else None
    thread = args.get("thread_ts")
    if channel is not None and channel.archived:
        raise ApiError("is_archived")
    if channel is not None and thread is not None and world.find(channel.id, str(thread)) is None:
        raise ApiError("thread_not_found")
    for file in files:
        world.files[file.id] = dataclasses.replace(file, shared=channel is not None)
    if channel is not None:
        world.store(
            Message(
                ts=world.stamp(),
                channel=channel.id,
                author=BOT,
                text=str(args.get("initial_comment") or ""),
                thread_ts=str(thread) if thread else None,
                files=tuple(file.id for file in files),
            )
        )
    return {"files": [file_json(context.page_url, world.files[file.id]) for file in files]}


METHODS = {
    "files.getUploadURLExternal": Method(run=_upload_url, scopes=("files:write",)),
    "files.completeUploadExternal": Method(run=_complete, scopes=("files:write",)),
}
