"""Links to one alert for somebody without an account: signed, good for days, and ended by whoever may decide."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web
from itsdangerous import BadSignature

from bot.ledger import LedgerError, UnknownAlert
from bot.slack.newsroom import Asker
from bot.web.forms import signer
from bot.web.looking import Asked
from bot.web.pages.alert import told
from bot.web.render import Page, html, not_now, refusal, response
from bot.web.route import VISITOR, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.ledger.outward.links import Link
    from bot.web.archive import Archive

_STRANGER = Asker(user="", role="member")
DAYS = (1, 7, 30)  # for which a link may be good
_GONE = "This link is not good: it has expired, was ended, or was not copied whole. Ask for a new one."


class Shares:
    """The links of one archive."""

    def __init__(self, archive: Archive, secret: str) -> None:
        self._archive = archive
        self._signer = signer(secret, "share")

    def routes(self) -> Iterator[Route]:
        """What a link opens, and how links are made and ended."""
        yield Route(path="/shared/{token}", answer=self._opened, needs="anybody")
        yield Route(path="/a/OR-{number:[0-9]{1,9}}/share", answer=self._made, method="POST", needs="checker")
        yield Route(path="/a/OR-{number:[0-9]{1,9}}/unshare", answer=self._ended, method="POST", needs="checker")

    def _path(self, link: Link) -> str:
        return f"/shared/{self._signer.dumps([link.number, link.alert, int(link.until.timestamp())])}"

    def address(self, link: Link) -> str:
        """Where a link leads, as it is passed on."""
        return f"{self._archive.address}{self._path(link)}"

    async def _opened(self, request: web.Request) -> web.StreamResponse:
        try:  # here, for whoever has no link of ours must not wait in front of who has
            number, alert, until = self._signer.loads(request.match_info["token"])
        except (BadSignature, ValueError, TypeError):
            return refusal(request, 404, _GONE, "Not to be seen any more")
        try:
            where, query = request.path, dict(request.query)
            written = await self._archive.threads.run(self._page, where, number, alert, until, query)
        except LedgerError:
            return not_now(request, "The record cannot be read at the moment.")
        return response(written) if written else refusal(request, 404, _GONE, "Not to be seen any more")

    def _page(self, where: str, number: int, alert: int, until: int, query: Mapping[str, str]) -> str:
        """The page of the alert that a link names, and nothing else; empty where the link is not good.

        Its further pages stand `where` it stands: signed anew, the link would be another one with each second.
        """
        now = self._archive.clock()
        link = self._archive.ledger.link(number)
        if link is None or link.alert != alert or now.timestamp() >= until or not link.good(now):
            return ""
        found = self._archive.ledger.behind(link.alert)
        if found is None:
            return ""
        asked = Asked(path={}, query=query, asker=_STRANGER, now=now)
        values = told(self._archive, found, asked, where) | {"shared_until": link.until}
        return html(Page(template="alert.html", values=values), here="", asker=None)

    async def _made(self, request: web.Request) -> web.StreamResponse:
        now, number = self._archive.clock(), int(request.match_info["number"])
        wanted = str((await request.post()).get("days", ""))
        days = int(wanted) if wanted in map(str, DAYS) else DAYS[0]
        by = request[VISITOR].user
        try:
            await self._archive.threads.run(self._archive.ledger.make_link, number, now + timedelta(days=days), by, now)
        except UnknownAlert as error:
            return refusal(request, 404, str(error), "No link was made")
        except LedgerError:
            return _not_now(request)
        return _back(number)

    async def _ended(self, request: web.Request) -> web.StreamResponse:
        number, wanted = int(request.match_info["number"]), str((await request.post()).get("link", ""))
        if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10:
            by, now = request[VISITOR].user, self._archive.clock()
            try:
                await self._archive.threads.run(self._archive.ledger.end_link, int(wanted), by, now)
            except LedgerError:
                return _not_now(request)
        return _back(number)


def _not_now(request: web.Request) -> web.Response:
    return not_now(request, "The record cannot be written at the moment, and nothing was changed.")


def _back(number: int) -> web.Response:
    return web.Response(status=303, headers={"Location": f"/a/OR-{number}#share"})
