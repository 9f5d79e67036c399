"""What the page shows to one person, as plain values: channels, messages, threads and the open modal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.workspace.page import mrkdwn
from bot.workspace.world import SLACKBOT, Channel, File, Json, Message, Person, View, World

MOST_SHOWN = 200  # messages of the channel; older ones stay stored


def state(world: World, person: Person, channel: Channel) -> Json:
    """Return everything that this person sees with this channel open."""
    mine = [place for place in world.channels.values() if person.id in place.members]
    settings = world.settings
    return {
        "version": world.changes.version,
        "team": settings.team_name,
        "me": person.id,
        "people": [
            {"id": p.id, "name": p.name, "handle": p.handle, "title": p.title}
            for p in world.people.values()
            if not p.is_bot
        ],
        "commands": [{"name": c.name, "summary": c.summary, "hint": c.hint} for c in settings.commands],
        "channels": [_channel(world, place, person) for place in mine],
        "channel": _channel(world, channel, person),
        "messages": [_message(world, message, person) for message in _seen(world, channel, person)[-MOST_SHOWN:]],
        "modal": next((_modal(world, v) for v in reversed(world.views.values()) if v.person == person.id), None),
    }


def _seen(world: World, channel: Channel, person: Person) -> list[Message]:
    """Return the top messages and the person's own ephemeral ones, oldest first."""
    return [
        message
        for message in world.all(channel.id)
        if message.seen_only_by in (None, person.id) and (message.thread_ts in (None, message.ts) or message.broadcast)
    ]


def _channel(world: World, channel: Channel, person: Person) -> Json:
    seen = _seen(world, channel, person)
    direct = channel.kind == "direct"
    return {
        "id": channel.id,
        "name": world.settings.app_name if direct else channel.name,
        "kind": channel.kind,
        "archived": channel.archived,
        "purpose": channel.purpose,
        "members": len(channel.members),
        "latest": seen[-1].ts if seen else "",
    }


def _message(world: World, message: Message, person: Person) -> Json:
    author = world.people[message.author]
    replies = [reply for reply in world.thread(message.channel, message.ts) if reply.seen_only_by in (None, person.id)]
    return {
        "ts": message.ts,
        "author": {"id": author.id, "name": author.name, "app": author.is_bot, "system": author.id == SLACKBOT},
        "ephemeral": message.seen_only_by is not None,
        "broadcast": message.broadcast,
        # Slack marks only edited text; a card whose blocks change shows no mark.
        "edited": message.edited is not None and not message.blocks,
        "blocks": _blocks(world, message),
        "replies": [_message(world, reply, person) for reply in replies],
        "files": [_file(world.files[file]) for file in message.files],
        "reactions": [name for name, _ in message.reactions],
    }


def _file(file: File) -> Json:
    address = f"/files/{file.id}/{file.name}"
    return {"title": file.title or file.name, "alt": file.alt, "url": address, "picture": file.name.endswith(".png")}


def _blocks(world: World, message: Message) -> list[Json]:
    if message.blocks:
        return [_block(world, block) for block in message.blocks]
    return [{"type": "section", "text": _rich(world, {"type": "mrkdwn", "text": message.text})}]


def _rich(world: World, text: Mapping[str, Any]) -> list[mrkdwn.Node]:
    if text.get("type") == "plain_text":
        return mrkdwn.plain(str(text["text"]))

    def names(key: str) -> str | None:
        if key in world.people:
            return world.people[key].handle
        return world.channels[key].name if key in world.channels else None

    return mrkdwn.parse(str(text["text"]), names, verbatim=bool(text.get("verbatim")))


def _block(world: World, block: Json) -> Json:
    kind = block["type"]
    shown: Json = {"type": kind, "id": block.get("block_id", "")}
    if kind == "header":
        shown["text"] = _rich(world, block["text"])
    elif kind == "section":
        shown["text"] = _rich(world, block["text"]) if "text" in block else None
        shown["fields"] = [_rich(world, field) for field in block.get("fields", ())]
        shown["accessory"] = _element(block["accessory"]) if "accessory" in block else None
    elif kind == "context":
        shown["elements"] = [_rich(world, e) if "text" in e else [_image(e)] for e in block["elements"]]
    elif kind == "actions":
        shown["elements"] = [_element(element) for element in block["elements"]]
    elif kind == "image":
        shown["text"] = [_image(block)]
    elif kind == "markdown":
        shown["text"] = mrkdwn.plain(block["text"])
    elif kind == "input":
        shown["label"] = block["label"]["text"]
        shown["hint"] = block.get("hint", {}).get("text", "")
        shown["optional"] = bool(block.get("optional"))
        shown["element"] = _element(block["element"])
    return shown


def _image(image: Mapping[str, Any]) -> mrkdwn.Node:
    """Pictures are named, not shown: the page loads nothing from elsewhere."""
    return f"[{mrkdwn.decode(str(image.get('alt_text', 'picture')))}]"


def _element(element: Mapping[str, Any]) -> Json:
    shown: Json = {"type": element["type"], "action": element.get("action_id", "")}
    if "text" in element:
        shown["text"] = mrkdwn.decode(element["text"]["text"])
    for name in ("style", "url", "accessibility_label", "multiline", "initial_value"):
        if element.get(name):
            shown[name] = element[name]
    if "placeholder" in element:
        shown["placeholder"] = element["placeholder"]["text"]
    if "confirm" in element:
        shown["confirm"] = f"{element['confirm']['title']['text']}\n\n{element['confirm']['text']['text']}"
    if "options" in element:
        shown["options"] = [
            {"text": mrkdwn.decode(option["text"]["text"]), "value": option["value"]} for option in element["options"]
        ]
        shown["chosen"] = (element.get("initial_option") or {}).get("value", "")
    return shown


def _modal(world: World, view: View) -> Json:
    content = view.content
    return {
        "id": view.id,
        "hash": view.hash,
        "title": content["title"]["text"],
        "submit": content.get("submit", {}).get("text", ""),
        "close": content.get("close", {}).get("text", "Close"),
        "blocks": [_block(world, block) for block in content["blocks"]],
        "errors": view.errors,
    }
