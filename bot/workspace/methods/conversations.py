"""The methods about channels: which there are, who is in them and what was posted."""

from __future__ import annotations

from datetime import timedelta

from bot.workspace.methods.method import ApiError, Context, Method, joined, page_of, required, seen, truth
from bot.workspace.shapes import channel_json, message_json
from bot.workspace.world import BOT, Json, Message, World, point

KINDS = {"public_channel": "public", "private_channel": "private", "im": "direct", "mpim": "group"}
READ = ("channels:read", "groups:read")
HISTORY = {"public": "channels:history", "private": "groups:history", "direct": "im:history"}


def _list(context: Context, args: Json) -> Json:
    kinds = {KINDS.get(kind.strip()) for kind in str(args.get("types") or "public_channel").split(",")}
    if None in kinds:
        raise ApiError("invalid_types")
    found = [
        channel_json(channel)
        for channel in context.world.channels.values()
        if channel.kind in kinds
        and (channel.kind == "public" or BOT in channel.members)
        and not (channel.archived and truth(args, "exclude_archived"))
    ]
    channels, cursor = page_of(found, args, default=100)
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


def _info(context: Context, args: Json) -> Json:
    return {"channel": channel_json(seen(context, required(args, "channel")))}


def _members(context: Context, args: Json) -> Json:
    people = sorted(seen(context, required(args, "channel")).members)
    members, cursor = page_of(people, args, default=100)
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


def _open(context: Context, args: Json) -> Json:
    people = [person for person in str(args.get("users") or "").split(",") if person]
    if not people:
        return {"channel": channel_json(seen(context, required(args, "channel")))}
    if len(people) > 1 or people[0] not in context.world.people:
        raise ApiError("user_not_found")
    channel = context.world.direct(people[0])
    return {"channel": channel_json(channel) if truth(args, "return_im") else {"id": channel.id}}


def _bound(args: Json, name: str) -> tuple[int, int] | None:
    value = args.get(name)
    if value in (None, "", "now"):
        return None
    try:
        return point(str(value))
    except ValueError:
        raise ApiError(f"invalid_ts_{name}") from None


def _within(messages: tuple[Message, ...], args: Json) -> list[Message]:
    """Return the messages between `oldest` and `latest`; the bounds count only if `inclusive`."""
    oldest, latest = _bound(args, "oldest"), _bound(args, "latest")
    inclusive = truth(args, "inclusive")

    def holds(message: Message) -> bool:
        at = point(message.ts)
        if at in (oldest, latest):
            return inclusive
        return (oldest is None or at > oldest) and (latest is None or at < latest)

    return [message for message in messages if holds(message)]


def _readable(world: World, messages: list[Message]) -> list[Message]:
    """Return the messages without the newest, which cannot be read back for a while."""
    hidden = (world.settings.clock() - timedelta(seconds=world.settings.history_lag)).timestamp()
    return [message for message in messages if not world.settings.history_lag or float(message.ts) <= hidden]


def _history(context: Context, args: Json) -> Json:
    world = context.world
    channel = joined(context, required(args, "channel"))
    shown = _readable(world, _within(world.top(channel.id), args))
    metadata = truth(args, "include_all_metadata")
    page, cursor = page_of(shown[::-1], args, default=100, most=999)
    messages = [message_json(world, message, metadata=metadata) for message in page]
    answer: Json = {"messages": messages, "has_more": bool(cursor), "pin_count": 0}
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


def _replies(context: Context, args: Json) -> Json:
    world = context.world
    channel = joined(context, required(args, "channel"))
    found = world.find(channel.id, required(args, "ts"))
    if found is None or found.seen_only_by is not None:
        raise ApiError("thread_not_found")
    parent = world.find(channel.id, found.thread_ts or found.ts) or found
    metadata = truth(args, "include_all_metadata")
    thread = [parent, *_readable(world, _within(world.replies(channel.id, parent.ts), args))]
    page, cursor = page_of(thread, args, default=1000)
    messages = [message_json(world, message, metadata=metadata) for message in page]
    answer: Json = {"messages": messages, "has_more": bool(cursor)}
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


METHODS = {
    "conversations.list": Method(run=_list, scopes=READ),
    "conversations.info": Method(run=_info, scopes=READ),
    "conversations.members": Method(run=_members, scopes=READ),
    "conversations.open": Method(run=_open, scopes=("im:write",)),
    "conversations.history": Method(run=_history, scopes=tuple(HISTORY.values()), reads=HISTORY),
    "conversations.replies": Method(run=_replies, scopes=tuple(HISTORY.values()), reads=HISTORY),
}
