"""How a page comes about: it is looked up and written in a thread, and what cannot be shown says so."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.ledger import LedgerError
from bot.slack.newsroom import Asker
from bot.web.archive import Archive
from bot.web.forms import Forms
from bot.web.render import Page, html, not_now, refusal, response
from bot.web.route import VISITOR, Answering

log = logging.getLogger(__name__)


class Missing(Exception):
    """There is no such page; the text says what was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks to see: parts of the path, fields of the query (the last of each name), who and when."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    asker: Asker
    now: datetime


Look = Callable[[Archive, Asked], Page]


def shown(archive: Archive, forms: Forms, look: Look) -> Answering:
    """A route's answer from a function that blocks."""

    async def answer(request: web.Request) -> web.StreamResponse:
        asker = request[VISITOR]
        asked = Asked(path=request.match_info, query=dict(request.query), asker=asker, now=archive.clock())

        def written() -> tuple[str, int]:
            page = look(archive, asked)
            here = request.rel_url.raw_path_qs
            return html(page, here=here, asker=asker, proof=lambda: forms.proof(asker)), page.status

        try:
            return response(*await archive.threads.run(written))
        except Missing as error:
            return refusal(request, 404, str(error), "Not on record")
        except LedgerError as error:
            log.warning("a page could not be shown: %s", error)
            return not_now(request, "The record cannot be read at the moment.")

    return answer
