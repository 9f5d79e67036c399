"""The one article to look into: a line of a JSON Lines file, a page of HTML, or plain text."""

from __future__ import annotations

import difflib
import gzip
import sys
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import lines
from watchers import article as page
from watchers import language
from watchers.errors import NoText
from watchers.model import Article
from watchers.text import clean

if TYPE_CHECKING:
    from typing import Any

STANDARD_INPUT = "-"
_LINES = frozenset({".jsonl", ".ndjson", ".json"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_PROSE = frozenset({".txt", ".text", ".md"})
_NAMED = 3  # ids to offer where none or a wrong one was given


class NoArticle(Exception):
    """There is no article to look into; the message says why and what would help."""


def read(name: str, *, wanted: str | None, published: datetime | None) -> Article:
    """The article in a file, or on standard input for "-"; `wanted` is the id of one among several."""
    where = "standard input" if name == STANDARD_INPUT else name
    path = None if name == STANDARD_INPUT else Path(name)
    body = path.read_bytes() if path else sys.stdin.buffer.read()
    if path and path.suffix == ".gz":
        body, path = _unpacked(body, where), path.with_suffix("")
    if not body.strip():
        raise NoArticle(f"{where}: there is nothing in it")
    kind = _kind(path.suffix.lower() if path else "", body)
    if kind == "lines":
        found = _of_lines(body, where, wanted)
    elif wanted is not None:
        raise NoArticle(f"{where}: --id chooses an article in a JSON Lines file, and this is one text")
    else:
        found = _of_page(body, where) if kind == "page" else _of_prose(body, where)
    return replace(found, published=published) if published else found


def _unpacked(body: bytes, where: str) -> bytes:
    try:
        return gzip.decompress(body)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise NoArticle(f"{where}: it cannot be unpacked ({error})") from error


def _kind(suffix: str, body: bytes) -> str:
    """By the ending of the name, else by the first character."""
    first = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if suffix in _LINES or (suffix not in _PAGES | _PROSE and first == b"{"):
        return "lines"
    return "page" if suffix in _PAGES or (suffix not in _PROSE and first == b"<") else "prose"


def _of_lines(body: bytes, where: str, wanted: str | None) -> Article:
    retrieved = datetime.now(UTC)
    faults: list[lines.Fault] = []

    def take(row: dict[str, Any]) -> Article:
        return lines.article(row, retrieved)

    found = {article.id: article for article in reversed(list(lines.each(body.splitlines(), take, faults.append)))}
    names = list(reversed(found))
    amiss = "".join(f"; line {fault.line}: {fault.message}" for fault in faults[:_NAMED])
    if not names:
        raise NoArticle(f"{where}: no article could be read{amiss}")
    if wanted is None and len(names) == 1:
        return found[names[0]]
    if wanted is None:
        raise NoArticle(f"{where}: {len(names)} articles; choose one with --id, e.g. {_some(names[:_NAMED])}")
    if wanted not in found:
        near = difflib.get_close_matches(wanted, names, n=_NAMED, cutoff=0.4) or names[:_NAMED]
        raise NoArticle(f"{where}: no article has the id {wanted!r}; there is {_some(near)}{amiss}")
    return found[wanted]


def _some(names: list[str]) -> str:
    return ", ".join(names)


def _of_page(body: bytes, where: str) -> Article:
    try:
        read_page = page.extract(body, subject=where, content_type="", charset="", summary="")
    except NoText as error:
        raise NoArticle(str(error)) from error
    bare = _bare(where, read_page.text)
    return replace(bare, title=read_page.title, garbled=read_page.garbled, notes=read_page.notes)


def _of_prose(body: bytes, where: str) -> Article:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoArticle(f"{where}: not UTF-8 ({error.reason} at byte {error.start})") from error
    return _bare(where, clean(text))


def _bare(where: str, text: str) -> Article:
    """An article of which nothing but the text is known."""
    return Article(
        id=where,
        keys=(f"file:{where}",),
        url=None,
        outlet="",
        title="",
        text=text,
        published=None,
        retrieved=datetime.now(UTC),
        language=language.of("", text),
    )
