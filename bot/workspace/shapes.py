"""The JSON shapes in which Slack hands out people, channels and messages."""

from __future__ import annotations

from bot.workspace.world import BOT, BOT_ID, Channel, File, Json, Message, Person, View, World


def person_json(world: World, person: Person) -> Json:
    """Return a user object."""
    elsewhere = person.team != "" and world.settings.team_id not in person.workspaces
    shape: Json = {
        "id": person.id,
        "team_id": person.team or world.settings.team_id,
        "name": person.handle,
        "real_name": person.name,
        "deleted": False,
        "tz": "UTC",
        "tz_offset": 0,
        "is_bot": person.is_bot,
        "is_admin": person.owner,
        "is_owner": person.owner,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
        "is_stranger": elsewhere,
        "is_app_user": False,
        "profile": {"real_name": person.name, "display_name": person.handle, "title": person.title},
    }
    if person.workspaces:
        shape["enterprise_user"] = {"id": f"W{person.id[1:]}", "teams": list(person.workspaces)}
    if person.team is None:
        del shape["team_id"], shape["is_stranger"]
    return shape


def channel_json(channel: Channel) -> Json:
    """Return a conversation object as the bot sees it."""
    direct = channel.kind == "direct"
    shape: Json = {
        "id": channel.id,
        "is_channel": channel.kind == "public",
        "is_group": False,
        "is_im": direct,
        "is_mpim": False,
        "is_private": channel.kind != "public",
        "is_archived": channel.archived,
        "created": 0,
    }
    if direct:
        return {**shape, "user": next(iter(channel.members - {BOT}))}
    return {
        **shape,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": channel.name == "general",
        "is_member": BOT in channel.members,
        "num_members": len(channel.members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
    }


def file_json(page_url: str, file: File) -> Json:
    """Return a file object."""
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "alt_txt": file.alt,
        "size": file.length,
        "user": BOT,
        "url_private": f"{page_url}files/{file.id}/{file.name}",
    }


def message_json(world: World, message: Message, *, metadata: bool = False) -> Json:
    """Return a message object; Slack leaves the metadata out unless it is asked for."""
    shape: Json = {
        "type": "message",
        "user": message.author,
        "ts": message.ts,
        "text": message.text,
        "team": world.settings.team_id,
    }
    if message.author == BOT:
        shape["bot_id"] = BOT_ID
        shape["app_id"] = world.settings.app_id
        shape["bot_profile"] = {
            "id": BOT_ID,
            "app_id": world.settings.app_id,
            "name": world.settings.app_name,
            "team_id": world.settings.team_id,
            "deleted": False,
        }
    if message.blocks:
        shape["blocks"] = list(message.blocks)
    if message.edited:
        shape["edited"] = {"user": message.author, "ts": message.edited}
    if message.files:
        known = [world.files[file] for file in message.files]
        shape["files"] = [{"id": file.id, "name": file.name, "title": file.title} for file in known]
    if message.broadcast:
        shape["subtype"] = "thread_broadcast"
    if message.reactions:
        names = dict.fromkeys(name for name, _ in message.reactions)
        users = {name: [who for what, who in message.reactions if what == name] for name in names}
        shape["reactions"] = [{"name": name, "users": who, "count": len(who)} for name, who in users.items()]
    if metadata and message.metadata:
        shape["metadata"] = message.metadata
    replies = world.replies(message.channel, message.ts)
    if replies:
        users_in = list(dict.fromkeys(reply.author for reply in replies))
        shape |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": users_in,
            "reply_users_count": len(users_in),
            "latest_reply": replies[-1].ts,
        }
    elif message.thread_ts:
        shape["thread_ts"] = message.thread_ts
        parent = world.find(message.channel, message.thread_ts)
        shape["parent_user_id"] = parent.author if parent else None
    return shape


def view_json(world: World, view: View) -> Json:
    """Return a view object, as methods answer and as submissions carry."""
    defaults: Json = {"private_metadata": "", "callback_id": "", "clear_on_close": False, "notify_on_close": False}
    return {
        **defaults,
        **view.content,
        "id": view.id,
        "team_id": world.settings.team_id,
        "app_id": world.settings.app_id,
        "bot_id": BOT_ID,
        "hash": view.hash,
        "state": {"values": {}},
        "root_view_id": view.id,
        "previous_view_id": None,
    }
