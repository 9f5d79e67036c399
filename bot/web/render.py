"""From values to HTML: every text is escaped on its way, and every page has the same frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.slack.mrkdwn import clean
from bot.slack.newsroom import Asker
from bot.web import wording
from bot.web.threads import RETRY

_EMPTY: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A template with what it shows."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@cache
def environment() -> Environment:
    """The templates; a name that nobody has given is an error, not an empty place."""
    made = Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(wording.FILTERS)
    made.globals.update(wording.GLOBALS)
    return made


def _shown(value: object) -> object:
    """Foreign text without what would turn or hide the words around it; nothing for None."""
    if value is None:
        return ""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    before, after = (" " if end.isspace() else "" for end in (value[:1], value[-1:]))  # between words and quotations
    return f"{before}{clean(value)}{after}"


def html(page: Page, *, here: str, asker: Asker | None, proof: Callable[[], str] = str) -> str:
    """A page as it is sent; `here` is its path with what was asked, `proof` the hidden field of its forms."""
    values = {**page.values, "here": here, "asker": asker, "proof": proof}
    return environment().get_template(page.template).render(values)


def response(text: str, status: int = 200) -> web.Response:
    """HTML with its type."""
    return web.Response(text=text, status=status, content_type="text/html")


def refusal(request: web.Request, status: int, words: str, heading: str = "Not for you to see") -> web.Response:
    """A page that says why there is none."""
    page = Page(template="refusal.html", values={"heading": heading, "words": words}, status=status)
    return response(html(page, here=request.rel_url.raw_path, asker=None), status)


def not_now(request: web.Request, words: str) -> web.Response:
    """A page that says why there is none yet, and when to ask again."""
    told = refusal(request, 503, f"{words} Try again soon.", "Not now")
    told.headers.update(RETRY)
    return told
