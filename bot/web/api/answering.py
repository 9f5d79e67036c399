"""How a request becomes an answer: admitted, understood, looked up in a thread, sent only if it is news."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from bot.ledger import LedgerError
from bot.proof.issue import Unprovable
from bot.slack.newsroom import Role
from bot.web.api import asking, openapi, proofs, syndicated, written
from bot.web.api.access import Access, Unwelcome, problem
from bot.web.api.asking import Refused
from bot.web.api.places import PLACES, ROOT, Place
from bot.web.route import VISITOR, Answering, Route
from bot.web.threads import RETRY, Crowded

if TYPE_CHECKING:
    from bot.web.archive import Archive

log = logging.getLogger(__name__)

Body = tuple[bytes, str]  # with its type
Made = Callable[[web.Request], Awaitable[web.Response]]


def api_routes(archive: Archive, access: Access) -> Iterator[Route]:
    """Every place of the API; each asks by itself who may, so that refusals are problems and not pages."""
    document = openapi.document(archive.address)
    yield _route("/openapi.json", access, _fixed(written.one(document)))
    for place in PLACES:
        if place.listed:
            yield _route(place.path, access, _list(archive, place, None))
            for form in written.TYPES:
                yield _route(f"{place.path}.{form}", access, _list(archive, place, form))
        else:
            yield _route(place.path, access, _one(archive, place))
    alert = "/alerts/{id:OR-[0-9]{1,9}}"
    yield _route(f"{alert}/proof", access, _proof(archive), needs="editor")  # as in Slack
    yield _route(f"{alert}/jsonld", access, _more(archive, syndicated.linked))
    yield _route("/alerts.atom", access, _atom(archive))


def _route(path: str, access: Access, made: Made, needs: Role = "member") -> Route:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            asker = await access.admitted(request)
            if not asker.may(needs):
                return problem(403, f"As {asker.role} you may not have this: it takes the role {needs}.")
            request[VISITOR] = asker
            told = await made(request)
        except Unwelcome as error:
            return error.answer
        except Refused as error:
            return problem(400, "Some parameters are wrong.", error.faults)
        except Unprovable as error:
            return problem(409, f"The evidence does not hold, so that no file can prove it: {error}.")
        except LedgerError as error:
            log.warning("the API could not answer: %s", error)
            return problem(503, "The record cannot be read at the moment.", headers=RETRY)
        except Crowded as error:
            return problem(503, str(error), headers=RETRY)
        return _unless_known(request, told)

    return Route(path=f"{ROOT}{path}", answer=answer, needs="anybody")


def _unless_known(request: web.Request, told: web.Response) -> web.Response:
    """The answer with the hash of what it says; without a body where who asks has that already."""
    if told.status != 200 or not isinstance(told.body, bytes):
        return told
    tag = f'"{hashlib.sha256(told.body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept, Authorization, Cookie"}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")}
    if tag in known or "*" in known:
        return web.Response(status=304, headers=headers)
    told.headers.update(headers)
    return told


def _fixed(body: bytes) -> Made:
    async def made(request: web.Request) -> web.Response:
        asking.asked(asking.Nothing, request.query.items())
        return _bytes(body, "application/json")

    return made


def _list(archive: Archive, place: Place, form: str | None) -> Made:
    async def made(request: web.Request) -> web.Response:
        query = asking.asked(place.asks, request.query.items())
        kind = form or written.wanted(request.headers.get("Accept", ""))

        def look() -> tuple[bytes, str]:
            assert place.listed is not None  # noqa: S101 - only lists come here
            rows, following = place.listed(archive, query)
            return written.page(rows, following or None, kind, place.gives), following

        body, following = await archive.threads.run(look)
        told = _bytes(body, written.TYPES[kind])
        if following:
            told.headers["Link"] = f'<{request.rel_url.update_query(cursor=following)}>; rel="next"'
        return told

    return made


def _one(archive: Archive, place: Place) -> Made:
    async def made(request: web.Request) -> web.Response:
        asking.asked(place.asks, request.query.items())

        def look() -> bytes | None:
            assert place.found is not None  # noqa: S101 - only single things come here
            found = place.found(archive, request.match_info["id"])
            return None if found is None else written.one(found.model_dump(mode="json"))

        body = await archive.threads.run(look)
        return _bytes(body, "application/json") if body is not None else _missing(request)

    return made


def _more(archive: Archive, make: Callable[[Archive, int], Body | None]) -> Made:
    async def made(request: web.Request) -> web.Response:
        asking.asked(asking.Nothing, request.query.items())
        number = int(request.match_info["id"].removeprefix("OR-"))
        told = await archive.threads.run(make, archive, number)
        return _bytes(*told) if told else _missing(request)

    return made


def _proof(archive: Archive) -> Made:
    async def made(request: web.Request) -> web.Response:
        return await _more(archive, partial(proofs.proof, by=request[VISITOR].user))(request)

    return made


def _atom(archive: Archive) -> Made:
    async def made(request: web.Request) -> web.Response:
        asking.asked(asking.Nothing, request.query.items())
        return _bytes(*await archive.threads.run(syndicated.atom, archive))

    return made


def _missing(request: web.Request) -> web.Response:
    return problem(404, f"“{request.match_info['id']}” is not on record.")


def _bytes(body: bytes, kind: str) -> web.Response:
    told = web.Response(body=body)
    told.headers["Content-Type"] = kind if kind.endswith("json") else f"{kind}; charset=utf-8"
    return told


@web.middleware
async def nowhere(request: web.Request, handler: Answering) -> web.StreamResponse:
    """Of the API's addresses those that there are none of, and methods that change something, are problems too."""
    if not request.path.startswith("/api/"):
        return await handler(request)
    try:
        return await handler(request)
    except web.HTTPMethodNotAllowed as error:
        return problem(
            405, "Here everything is only read.", headers={"Allow": ", ".join(sorted(error.allowed_methods))}
        )
    except web.HTTPNotFound:
        return problem(404, "There is nothing at this address.")
