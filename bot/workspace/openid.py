"""Sign in with Slack: the page on which somebody agrees, and the two methods that say who they are."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from aiohttp import web

from bot.workspace.methods import ApiError
from bot.workspace.web_api import read_arguments, token_of
from bot.workspace.world import Json, Person, World

CODE_LIFE = 600.0  # seconds of the workspace's clock
_TOKEN_LIFE = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class _Agreed:
    """What somebody agreed to, until it is fetched."""

    person: Person
    asked: dict[str, str]
    at: float


class OpenId:
    """The sign-in of one app. Guests are offered, too, whom Slack itself would not let in."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.client_id = "1.2"
        self.client_secret = secrets.token_hex(16)
        self._codes: dict[str, _Agreed] = {}
        self._tokens: dict[str, Person] = {}

    def add_to(self, app: web.Application) -> None:
        """Answer at Slack's addresses; before the other methods are added."""
        app.router.add_get("/openid/connect/authorize", self._ask)
        app.router.add_get("/openid/connect/agree", self._agree)
        app.router.add_route("*", "/api/openid.connect.token", self._token)
        app.router.add_route("*", "/api/openid.connect.userInfo", self._info)

    async def _ask(self, request: web.Request) -> web.Response:
        query = dict(request.query)
        if query.get("client_id") != self.client_id:
            raise web.HTTPBadRequest(text="Invalid client_id parameter")
        if query.get("response_type") != "code" or "openid" not in query.get("scope", "").split():
            raise web.HTTPBadRequest(text="invalid_scope")
        choices = [
            f'<li><a id="{one.id}" href="/openid/connect/agree?{escape(urlencode({**query, "person": one.id}))}">'
            f"Allow as {escape(one.name)}</a></li>"
            for one in self._world.people.values()
            if not one.is_bot
        ]
        refused = f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query.get('state', '')})}"
        html = (
            '<!doctype html><html lang="en"><title>Slack</title><main><h1>On Record wants to know who you are</h1>'
            f'<ul>{"".join(choices)}</ul><p><a id="cancel" href="{escape(refused)}">Cancel</a></p></main></html>'
        )
        return web.Response(text=html, content_type="text/html")

    async def _agree(self, request: web.Request) -> web.Response:
        query = dict(request.query)
        code = secrets.token_urlsafe(16)
        person = self._world.people[query["person"]]
        self._codes[code] = _Agreed(person=person, asked=query, at=self._world.settings.clock().timestamp())
        raise web.HTTPFound(f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query.get('state', '')})}")

    async def _token(self, request: web.Request) -> web.Response:
        """A token for a code, once."""
        try:
            return web.json_response({"ok": True, **self._given(request, await read_arguments(request))})
        except ApiError as error:
            return web.json_response({"ok": False, "error": error.code})

    def _given(self, request: web.Request, args: Json) -> Json:
        if _basic(request) != f"{self.client_id}:{self.client_secret}":
            raise ApiError("bad_client_secret")
        agreed = self._codes.pop(str(args.get("code")), None)
        now = self._world.settings.clock().timestamp()
        if agreed is None or now - agreed.at > CODE_LIFE or args.get("grant_type") != "authorization_code":
            raise ApiError("invalid_code")
        if agreed.asked.get("redirect_uri") != args.get("redirect_uri"):
            raise ApiError("bad_redirect_uri")
        challenge = agreed.asked.get("code_challenge")
        if challenge and challenge != _challenge(str(args.get("code_verifier") or "")):
            raise ApiError("invalid_code_verifier")
        token = f"xoxp-local-{secrets.token_hex(12)}"
        self._tokens[token] = agreed.person
        told = {
            "iss": f"http://{request.host}",
            "aud": self.client_id,
            "iat": int(now),
            "exp": int(now) + _TOKEN_LIFE,
            "nonce": agreed.asked.get("nonce"),
            **self._who(agreed.person),
        }
        return {"access_token": token, "token_type": "Bearer", "id_token": _jwt(told)}

    async def _info(self, request: web.Request) -> web.Response:
        person = self._tokens.get(token_of(request, await read_arguments(request)))
        if person is None:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        return web.json_response({"ok": True, **self._who(person)})

    def _who(self, person: Person) -> Json:
        return {
            "sub": person.id,
            "https://slack.com/user_id": person.id,
            "https://slack.com/team_id": person.team or self._world.settings.team_id,
            "name": person.name,
        }


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _jwt(told: Json) -> str:
    """A token whose signature nobody looks at: it is fetched from whom it is from."""
    parts = (json.dumps({"alg": "RS256", "typ": "JWT"}), json.dumps(told), "local")
    return ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts)


def _basic(request: web.Request) -> str:
    """The name and password of a call, as `name:password`."""
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    try:
        return base64.b64decode(sent).decode() if scheme.lower() == "basic" else ""
    except ValueError:
        return ""
