"""The methods about people."""

from __future__ import annotations

from bot.workspace.methods.method import ApiError, Context, Method, page_of, required
from bot.workspace.shapes import person_json
from bot.workspace.world import Json


def _info(context: Context, args: Json) -> Json:
    person = context.world.people.get(required(args, "user"))
    if person is None:
        raise ApiError("user_not_found")
    return {"user": person_json(context.world, person)}


def _list(context: Context, args: Json) -> Json:
    people = [person_json(context.world, person) for person in context.world.people.values()]
    members, cursor = page_of(people, args, default=1000)
    return {"members": members, "response_metadata": {"next_cursor": cursor}}


def _members(context: Context, args: Json) -> Json:
    members = context.world.groups.get(required(args, "usergroup"))
    if members is None:
        raise ApiError("no_such_subteam")
    return {"users": sorted(members)}


METHODS = {
    "users.info": Method(run=_info, scopes=("users:read",)),
    "usergroups.users.list": Method(run=_members, scopes=("usergroups:read",)),
    "users.list": Method(run=_list, scopes=("users:read",)),
}
