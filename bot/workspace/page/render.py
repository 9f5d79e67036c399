"""What the page shows to one person, as plain values: channels, messages, threads and the open modal."""

from __future__ import annotations

from bot.workspace.page import blocks, mrkdwn
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
        "app": settings.app_name,
        "commands": [{"name": c.name, "summary": c.summary, "hint": c.hint} for c in settings.commands],
        "shortcuts": [{"name": s.name, "callback": s.callback_id, "kind": s.kind} for s in settings.shortcuts],
        "channels": [_channel(world, place, person) for place in mine],
        "channel": _channel(world, channel, person),
        "messages": [_message(world, message, person) for message in _seen(world, channel, person)[-MOST_SHOWN:]],
        "home": _home(world, person),
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
    given = message.blocks or ({"type": "section", "text": {"type": "mrkdwn", "text": message.text}},)
    return [blocks.shown(block, _names(world)) for block in given]


def _names(world: World) -> mrkdwn.Names:
    def names(key: str) -> str | None:
        if key in world.people:
            return world.people[key].handle
        return world.channels[key].name if key in world.channels else None

    return names


def _home(world: World, person: Person) -> list[Json] | None:
    """What the app has published in the App Home of this person; None: nothing yet."""
    home = world.homes.get(person.id)
    return [blocks.shown(block, _names(world)) for block in home.content["blocks"]] if home else None


def _modal(world: World, view: View) -> Json:
    content = view.content
    return {
        "id": view.id,
        "hash": view.hash,
        "title": content["title"]["text"],
        "submit": content.get("submit", {}).get("text", ""),
        "close": content.get("close", {}).get("text", "Close"),
        "blocks": [blocks.shown(block, _names(world)) for block in content["blocks"]],
        "errors": view.errors,
    }
