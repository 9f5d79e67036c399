"""Whatever a feed holds, it is text on every page: it adds no element, no attribute and no address."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from archive_story import PAGES, config
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from strait_story import NOW

from bot.ledger.asked import Stood
from bot.slack.newsroom import Asker
from bot.web.access.shares import Shares
from bot.web.archive import Archive
from bot.web.looking import Asked
from bot.web.pages import _PAGES, alert
from bot.web.render import html
from bot.web.wording import link
from config.settings import WebSettings

EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</q></p></main><h1>Breaking",
    "{{ 7 * 7 }}{% include 'frame.html' %}",
    "<!-- ",
    "]]></svg><svg onload=alert(1)>",
    "&lt;b&gt;&#x3c;script&#x3e;",
    "javascript:alert(1)",
    "\u202egnp.exe\u2066",
    "\x00\x1b[31m\x7f",
    "a" * 3000,
)
hostile = st.one_of(st.sampled_from(EVIL), st.text(min_size=1, max_size=60), st.text("<>\"'&/=`{}% \u202e", min_size=1))


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.targets: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.targets += [value or "" for name, value in attrs if name in {"href", "src", "action", "xlink:href"}]

    def handle_comment(self, data):
        self.elements.append(("comment", ()))

    def handle_pi(self, data):
        self.elements.append(("instruction", ()))


def spoiled(value, text):
    """A value with this text in every place that a feed or a person fills; ids, hashes and shapes stay."""
    kept = {"key", "kind", "stance", "topic", "text_hash", "state", "review", "official", "side", "action", "holder"}
    kept |= {"dedupe_key", "strength", "answer", "answered", "statement", "what", "became", "older", "name_", "rank"}
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in fields(value):
            if not field.init:
                continue
            held = getattr(value, field.name)
            if isinstance(held, str) and (field.name in kept or not held):
                continue
            if field.name in {"kind", "url"} or (field.name == "before" and isinstance(value, Stood)):
                continue
            changes[field.name] = spoiled(held, text)
        return replace(value, **changes)
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(spoiled(one, text) for one in value)
    return value


class Spoiled:
    """A ledger whose every answer holds a text in place of its words."""

    def __init__(self, ledger, text):
        self._ledger, self._text = ledger, text

    def __getattr__(self, name):
        method = getattr(self._ledger, name)

        def asked(*args, **kwargs):
            found = method(*args, **kwargs)
            return (
                found
                if name in {"topic_changes", "roster_changes", "feed_states", "given_up"}
                else spoiled(found, self._text)
            )

        return asked


@pytest.fixture(scope="module")
def kept(told):
    from bot.ledger import Ledger

    with Ledger.open(str(told), durable=False) as ledger:
        yield ledger


def written(ledger, path: str) -> str:
    settings, text = WebSettings(enabled=True), getattr(ledger, "_text", "Ada")
    archive = Archive(
        ledger=ledger,
        running=config,
        settings=settings,
        clock=lambda: NOW,
        names=lambda users: dict.fromkeys(users, text),
    )
    address = urlsplit(path)
    query = dict(part.split("=") for part in address.query.split("&") if part)
    pattern, look, matched = found(address.path, archive)
    del pattern
    asked = Asked(path=matched, query=query, asker=Asker(user="U0ADA", role="admin"), now=NOW)
    page = look(archive, asked)
    return html(page, here=path, asker=asked.asker)


def found(path: str, archive: Archive):
    """The page at a path, with the parts of the path."""
    import re
    from functools import partial
    from urllib.parse import unquote

    if path.startswith("/a/"):
        return path, partial(alert.alert, address=Shares(archive, "x" * 32).address), {"name": path[3:]}
    for pattern, (look, _) in _PAGES.items():
        names = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)
        if matched := re.fullmatch(names, path):
            return pattern, look, {name: unquote(value) for name, value in matched.groupdict().items()}
    raise AssertionError(path)


@pytest.fixture(scope="module")
def harmless(kept) -> dict[str, list]:
    """The elements of each page with words in every place."""
    return {name: Shape(written(Spoiled(kept, "words"), path)).elements for name, path in PAGES}


def held(kept, harmless, text: str) -> None:
    for name, path in PAGES:
        shown = Shape(written(Spoiled(kept, text), path))
        assert shown.elements == harmless[name], name
        for target in shown.targets:
            assert target.startswith(("/", "https://", "http://", "#")), (name, target)


BOUND = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@given(text=hostile)
@example(text="".join(EVIL))
@settings(max_examples=3, **BOUND)
def test_no_text_of_a_feed_adds_anything_but_text_to_any_page(kept, harmless, text):
    held(kept, harmless, text)


@pytest.mark.campaign
@given(text=hostile)
@settings(max_examples=150, **BOUND)
def test_no_text_at_all_adds_anything_but_text_to_any_page(kept, harmless, text):
    held(kept, harmless, text)


@given(url=st.one_of(st.sampled_from(EVIL), st.just("https://a@b.example/"), st.just("data:text/html,x"), st.text()))
@settings(max_examples=40, **BOUND)
def test_an_address_of_a_feed_is_linked_only_where_it_leads_to_a_site(url):
    assert link(url) == "" or urlsplit(link(url)).scheme in {"http", "https"}
    assert link(None) == ""
    assert link("javascript:alert(1)") == ""
    assert link("https://a@b.example/") == ""


@given(text=hostile)
@settings(max_examples=8, **BOUND)
def test_what_somebody_types_into_a_search_stays_text(kept, text):
    archive = Archive(ledger=kept, running=config, settings=WebSettings(enabled=True), clock=lambda: NOW)
    for pattern in ("/search", "/people", "/topics", "/conflicts", "/audit", "/replay"):
        query = {
            "q": text,
            "person": text,
            "outlet": text,
            "by": text,
            "side": text,
            "topic": text,
            "after": text,
            "channel": text,
            "days": text,
        }
        asked = Asked(path={}, query=query, asker=Asker(user="U0ADA", role="admin"), now=NOW)
        shown = Shape(html(_PAGES[pattern][0](archive, asked), here=pattern, asker=asked.asker))
        assert not {tag for tag, _ in shown.elements} & {"script", "img", "style", "iframe", "comment", "instruction"}
        assert not [names for _, names in shown.elements if any(name.startswith("on") for name in names)]


def test_the_test_would_see_what_is_not_escaped():
    assert Shape("<p>a</p>").elements != Shape("<p><b>a</b></p>").elements
    assert SimpleNamespace(shape=Shape("<a href='javascript:x'>").targets).shape == ["javascript:x"]
