"""All routes as one application; whoever adds pages or data exports `routes` and stands in the list here."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.access.shares import Shares
from bot.web.api.access import Access, Tokens
from bot.web.api.answering import api_routes, nowhere
from bot.web.forms import Forms
from bot.web.gate import Entrance, guarded
from bot.web.pages import page_routes
from bot.web.render import not_now, refusal
from bot.web.route import Answering, Route
from bot.web.threads import Crowded

if TYPE_CHECKING:
    from bot.web.archive import Archive

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # an outlet need not know who reads of it; without any a form has no origin
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",  # unless an answer says otherwise
}
_TYPES = {"style.css": "text/css", "icon.svg": "image/svg+xml"}


def all_routes(archive: Archive, secret: str, entrance: Entrance, tokens: Tokens) -> Iterator[Route]:
    """Every place there is; `secret` signs forms and links."""
    shares = Shares(archive, secret)
    yield from entrance.routes
    yield from shares.routes()
    access = Access(entrance=entrance, tokens=tokens, a_minute=archive.settings.calls_a_minute)
    yield from api_routes(archive, access)
    yield from page_routes(archive, Forms(secret), shares)
    for name in _TYPES:
        yield Route(path=f"/static/{name}", answer=_static(name), needs="anybody")


def application(archive: Archive, secret: str, entrance: Entrance, tokens: Tokens) -> web.Application:
    """The routes behind the gate."""
    forms = Forms(secret)
    app = web.Application(middlewares=[_turned_away, nowhere], client_max_size=64 * 1024)
    for route in all_routes(archive, secret, entrance, tokens):
        app.router.add_route(route.method, route.path, guarded(route, entrance, forms))
    app.on_response_prepare.append(_safe)
    return app


async def _safe(_request: web.Request, answer: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)


@web.middleware
async def _turned_away(request: web.Request, handler: Answering) -> web.StreamResponse:
    """Addresses that there are none of get a page, too, and so does who comes when too many wait."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return refusal(request, 404, "There is no page at this address.", "Not on record")
    except Crowded as error:
        return not_now(request, str(error))


def _static(name: str) -> Answering:
    body = files("bot.web.static").joinpath(name).read_bytes()

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=_TYPES[name], headers={"Cache-Control": "max-age=300"})

    return answer
