"""The entrance for the members of a workspace: in by Slack's word, known by a signed cookie, out when they want."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web
from itsdangerous import BadSignature

from bot.slack.permission import TurnedAway
from bot.slack.web_api.client import web_client
from bot.web.access.openid import NotSignedIn, OpenId, Way
from bot.web.forms import signer
from bot.web.gate import OpenHouse
from bot.web.render import Page, html, refusal, response
from bot.web.route import Route

if TYPE_CHECKING:
    from bot.slack.app import SlackSide
    from bot.slack.newsroom import Asker
    from bot.slack.permission import Doorkeeper
    from bot.web.archive import Archive
    from config.environment import WebSecrets

BACK = "/sign-in/return"
SESSION_LIFE = 12 * 3600  # seconds; then Slack is asked again
WAY_LIFE = 600  # seconds that somebody may take at Slack
_FAR = "Slack cannot be reached at the moment, and without it nobody can be let in. Try again soon."


class SlackEntrance(OpenHouse):
    """Lets in who is a member of the workspace. `doorkeeper` knows roles; None: Slack was not reached yet."""

    def __init__(
        self,
        *,
        openid: OpenId,
        doorkeeper: Callable[[], Doorkeeper | None],
        secret: str,
        secure: bool,
        clock: Callable[[], datetime],
    ) -> None:
        self._openid = openid
        self._doorkeeper = doorkeeper
        self._sessions = signer(secret, "session")
        self._ways = signer(secret, "way")
        self._secure = secure
        self._clock = clock
        prefix = "__Host-" if secure else ""  # no other host of the domain can set such a cookie
        self._session, self._way = f"{prefix}onrecord", f"{prefix}onrecord-way"

    @property
    def routes(self) -> Sequence[Route]:
        """In and out."""
        return (
            Route(path="/sign-in", answer=self._begin, needs="anybody"),
            Route(path=BACK, answer=self._return, needs="anybody"),
            Route(path="/sign-out", answer=self._leave, method="POST"),
        )

    async def asker(self, request: web.Request) -> Asker | None:
        """Who the cookie says it is, with the role that they have now; TurnedAway where they have none any more."""
        cookie = request.cookies.get(self._session)
        if not cookie:
            return None
        try:
            user = str(self._sessions.loads(cookie, max_age=SESSION_LIFE))
        except BadSignature:
            return None
        keeper = self._doorkeeper()
        if keeper is None:
            raise TurnedAway(_FAR)
        return await keeper.asker({"user_id": user})

    def unknown(self, request: web.Request) -> web.StreamResponse:
        """A page with the way in; what programs ask for is refused in a word."""
        if "text/html" not in request.headers.get("Accept", ""):
            return web.json_response({"error": "sign in first"}, status=401)
        onward = request.rel_url.raw_path_qs if request.method == "GET" else "/"
        page = Page(template="sign_in.html", values={"way": f"/sign-in?onward={quote(onward, safe='')}"})
        return response(html(page, here="/sign-in", asker=None), 401)

    async def _begin(self, request: web.Request) -> web.StreamResponse:
        keeper = self._doorkeeper()
        if keeper is None:
            return refusal(request, 503, _FAR, "Not now")
        way = Way.to(_own(request.query.get("onward", "/")))
        answer = web.Response(status=303, headers={"Location": self._openid.address(way, keeper.team)})
        self._set(answer, self._way, str(self._ways.dumps(asdict(way))), WAY_LIFE)
        return answer

    async def _return(self, request: web.Request) -> web.StreamResponse:
        try:
            onward, user = await self._came_back(request)
        except (NotSignedIn, TurnedAway) as error:
            answer = refusal(request, 403, str(error), "You were not signed in")
        else:
            answer = web.Response(status=303, headers={"Location": onward})
            self._set(answer, self._session, str(self._sessions.dumps(user)), SESSION_LIFE)
        answer.del_cookie(self._way, path="/", secure=self._secure, httponly=True, samesite="Lax")
        return answer

    async def _came_back(self, request: web.Request) -> tuple[str, str]:
        """Where they wanted to go, and who they are."""
        try:
            way = Way(**self._ways.loads(request.cookies.get(self._way, ""), max_age=WAY_LIFE))
        except (BadSignature, TypeError) as error:
            raise NotSignedIn("This browser did not begin the sign-in, or more than ten minutes ago.") from error
        if not hmac.compare_digest(request.query.get("state", "").encode(), way.state.encode()):
            raise NotSignedIn("This is not the sign-in that was begun here. Begin again.")
        code, keeper = request.query.get("code", ""), self._doorkeeper()
        if not code:
            raise NotSignedIn("Somebody pressed Cancel at Slack.")
        if keeper is None:
            raise NotSignedIn(_FAR)
        known = await self._openid.known(code, way, self._clock())
        if not known.user or known.team != keeper.team:
            raise NotSignedIn("These pages are for the members of one workspace, and you signed in to another.")
        await keeper.asker({"user_id": known.user})  # guests and who is gone are turned away
        return way.onward, known.user

    async def _leave(self, _request: web.Request) -> web.StreamResponse:
        answer = web.Response(status=303, headers={"Location": "/"})
        answer.del_cookie(self._session, path="/", secure=self._secure, httponly=True, samesite="Lax")
        return answer

    def _set(self, answer: web.Response, name: str, value: str, life: int) -> None:
        answer.set_cookie(name, value, max_age=life, path="/", secure=self._secure, httponly=True, samesite="Lax")


def entrance(archive: Archive, secrets: WebSecrets, slack: SlackSide) -> OpenHouse:
    """As the settings have it: by Slack, or open to whoever is on this machine."""
    if not archive.settings.sign_in:
        return OpenHouse()
    openid = OpenId(
        client=web_client("", archive.running().settings.slack.base_url),
        client_id=secrets.client_id,
        client_secret=secrets.client_secret,
        back=archive.address + BACK,
    )
    return SlackEntrance(
        openid=openid,
        doorkeeper=lambda: slack.doorkeeper,
        secret=secrets.signing,
        secure=archive.address.startswith("https:"),
        clock=archive.clock,
    )


def _own(onward: str) -> str:
    """A path of ours; whatever would lead elsewhere is the first page."""
    plain = onward.startswith("/") and not onward.startswith("//") and onward.isascii() and onward.isprintable()
    return onward if plain and "\\" not in onward else "/"
