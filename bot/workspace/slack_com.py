"""Several workspaces behind one address, as slack.com is: its Web API, and the page on which an app is let in."""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from aiohttp import web

from bot.workspace.methods import ApiError
from bot.workspace.server import HOST, Workspace
from bot.workspace.web_api import read_arguments, token_of
from bot.workspace.world import BOT, STAFF, Json

CODE_LIFE = 600.0  # seconds of a workspace's clock


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    """What was agreed to and not fetched yet."""

    workspace: Workspace
    scopes: tuple[str, ...]
    redirect_uri: str
    made: float


class SlackCom:
    """One app and the workspaces that may let it in; a call goes to the workspace whose token it carries."""

    def __init__(self, *workspaces: Workspace, client_id: str = "1.2", organisation: str | None = None) -> None:
        self._workspaces = {one.settings.team_id: one for one in workspaces}
        self.client_id = client_id
        self.client_secret = secrets.token_hex(16)
        self.organisation = organisation  # of which all are part
        self.whole_organisation = False  # whether somebody lets the app into all of it at once
        self.rotates = False  # whether the app's tokens end and are renewed
        self._codes: dict[str, _Code] = {}
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def start(self) -> str:
        """Listen on loopback and return `base_url`."""
        app = web.Application()
        app.router.add_route("*", "/api/oauth.v2.access", self._give)
        app.router.add_route("*", "/api/{method}", self._answer)
        app.router.add_get("/oauth/v2/authorize", self._ask)
        app.router.add_get("/oauth/v2/agree", self._agree)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        self._port = int(self._runner.addresses[0][1])
        return self.base_url

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def base_url(self) -> str:
        """The address of the Web API, as slack_sdk wants it."""
        return f"http://{HOST}:{self._port}/api/"

    async def _ask(self, request: web.Request) -> web.Response:
        """The page on which somebody chooses a workspace and agrees, or does not."""
        if request.query.get("client_id") != self.client_id:
            raise web.HTTPBadRequest(text="Invalid client_id parameter")
        back = {name: request.query.get(name, "") for name in ("scope", "state", "redirect_uri")}
        wanted = request.query.get("team")
        choices = [
            f'<li><a id="{team}" href="/oauth/v2/agree?{escape(urlencode({**back, "team": team}))}">Allow in '
            f"{escape(one.settings.team_name)}</a></li>"
            for team, one in self._workspaces.items()
            if wanted in (None, team)
        ]
        refused = f"{back['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': back['state']})}"
        scopes = escape(back["scope"].replace(",", ", "))
        html = (
            f"<!doctype html><title>Slack</title><p>On Record asks for: {scopes}</p><ul>{''.join(choices)}</ul>"
            f'<a id="cancel" href="{escape(refused)}">Cancel</a>'
        )
        return web.Response(text=html, content_type="text/html")

    async def _agree(self, request: web.Request) -> web.Response:
        query = request.query
        workspace = self._workspaces[query["team"]]
        code = secrets.token_urlsafe(16)
        self._codes[code] = _Code(
            workspace=workspace,
            scopes=tuple(query["scope"].split(",")),
            redirect_uri=query["redirect_uri"],
            made=workspace.settings.clock().timestamp(),
        )
        raise web.HTTPFound(f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")

    async def _give(self, request: web.Request) -> web.Response:
        """oauth.v2.access: a token for a code, once."""
        try:
            return web.json_response({"ok": True, **self._installed(request, await read_arguments(request))})
        except ApiError as error:
            return web.json_response({"ok": False, "error": error.code})

    def _installed(self, request: web.Request, args: Json) -> Json:
        if _basic(request) != f"{self.client_id}:{self.client_secret}":
            raise ApiError("bad_client_secret")
        code = self._codes.pop(str(args.get("code")), None)
        if code is None or code.workspace.settings.clock().timestamp() - code.made > CODE_LIFE:
            raise ApiError("invalid_code")
        if code.redirect_uri != args.get("redirect_uri"):
            raise ApiError("bad_redirect_uri")
        settings = code.workspace.settings
        organisation = {"id": self.organisation, "name": "Organisation"} if self.organisation else None
        team = {"id": settings.team_id, "name": settings.team_name}
        return {
            "app_id": settings.app_id,
            "authed_user": {"id": STAFF[0].id},
            "scope": ",".join(code.scopes),
            "token_type": "bot",
            "access_token": code.workspace.api.let_in(code.scopes),
            "bot_user_id": BOT,
            "team": None if self.whole_organisation else team,
            "enterprise": organisation,
            "is_enterprise_install": self.whole_organisation,
            **({"refresh_token": secrets.token_hex(12), "expires_in": 43_200} if self.rotates else {}),
        }

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        args = await read_arguments(request)
        token = token_of(request, args)
        for one in self._workspaces.values():
            if token in (one.bot_token, one.app_token):
                if request.match_info["method"] == "apps.uninstall":
                    return self._uninstalled(one, args)
                return await one.api.answer(request)
        return web.json_response({"ok": False, "error": "invalid_auth" if token else "not_authed"})

    def _uninstalled(self, workspace: Workspace, args: Json) -> web.Response:
        if (args.get("client_id"), args.get("client_secret")) != (self.client_id, self.client_secret):
            return web.json_response({"ok": False, "error": "bad_client_secret"})
        workspace.revoke_token("account_inactive")
        return web.json_response({"ok": True})


def _basic(request: web.Request) -> str:
    """The name and password of a call, as `name:password`."""
    try:
        return base64.b64decode(request.headers.get("Authorization", "").removeprefix("Basic ")).decode()
    except (binascii.Error, ValueError):
        return ""
