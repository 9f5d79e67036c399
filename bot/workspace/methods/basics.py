"""The methods about the connection itself: who am I, are you there, where is the socket."""

from __future__ import annotations

from bot.workspace.block_kit.blocks import check_blocks
from bot.workspace.methods.method import ApiError, Context, Method, refuse
from bot.workspace.world import BOT, BOT_ID, Json


def _auth_test(context: Context, _args: Json) -> Json:
    settings = context.world.settings
    return {
        "url": context.page_url,
        "team": settings.team_name,
        "user": context.world.people[BOT].handle,
        "team_id": settings.team_id,
        "user_id": BOT,
        "bot_id": BOT_ID,
        "app_id": settings.app_id,
        "is_enterprise_install": False,
    }


def _api_test(_context: Context, args: Json) -> Json:
    if error := args.get("error"):
        raise ApiError(str(error), args=args)
    return {"args": args}


def _open_connection(context: Context, _args: Json) -> Json:
    return {"url": context.socket_url()}


def _team_info(context: Context, _args: Json) -> Json:
    settings = context.world.settings
    return {"team": {"id": settings.team_id, "name": settings.team_name, "domain": "newsroom", "email_domain": ""}}


def _validate(_context: Context, args: Json) -> Json:
    refuse(check_blocks(args.get("blocks")))
    return {}


METHODS = {
    "auth.test": Method(run=_auth_test),
    "api.test": Method(run=_api_test, caller="anyone"),
    "apps.connections.open": Method(run=_open_connection, caller="app"),
    "team.info": Method(run=_team_info),
    "blocks.validate": Method(run=_validate, caller="anyone"),
}
