"""HTML to the text of an article, by trafilatura: fast, and thoroughly when that finds suspiciously little."""

from __future__ import annotations

import codecs
import html
import re

import trafilatura

from watchers.errors import NoText
from watchers.parsed import PageText
from watchers.text import MAX_TEXT, clean, garbled, one_line

SHORT = 600  # characters below which the standard mode is tried as well
LEAST = 160  # characters below which a page holds no article
WALL_WITHIN = 1500  # a wall's phrase counts in texts up to so many characters
_PAGE_KINDS = ("text/html", "application/xhtml", "text/plain", "text/xml", "application/xml")
_WALL = re.compile(
    r"(?:enable|turn on|activate) java ?script|javascript (?:is|must be) (?:disabled|enabled|required)"
    r"|subscribe (?:now )?to (?:continue|keep|read)|to (?:continue|keep) reading|already a subscriber"
    r"|(?:log|sign) in to (?:continue|read)|for subscribers only|verify (?:that )?you are (?:a )?human"
    r"|are you a robot|unusual (?:traffic|activity)|checking your browser|accept (?:all )?cookies"
    r"|before you continue to|we value your privacy|page (?:you .{0,40})?(?:not|cannot be) found",
    re.IGNORECASE,
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_LATIN = frozenset({"ascii", "iso8859-1"})  # as browsers do: what says so is Windows-1252, with its curly quotes
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,1000})", re.IGNORECASE)


def extract(body: bytes, *, subject: str, content_type: str, charset: str, summary: str) -> PageText:
    """The article text of a page; NoText when there is none or only a wall before it.

    `summary` is what the feed says of it: a text that lacks its longest sentence is looked for once more.
    """
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    if (kind and not kind.startswith(_PAGE_KINDS)) or body[:5] == b"%PDF-":
        raise NoText(subject, f"it is {kind or 'a PDF file'}, not a web page")
    page = _decode(body, charset)
    text = _extracted(page, fast=True)
    if len(text) < SHORT or not _holds(text, summary):
        text = max(text, _extracted(page, fast=False), key=len)
    if len(text.strip()) < LEAST:
        raise NoText(subject, "nothing on it reads like an article")
    if len(text) < WALL_WITHIN and (wall := _WALL.search(text)):
        raise NoText(subject, f"it says “{wall[0].lower()}”")
    title = _TITLE.search(page[:200_000]) if isinstance(page, str) else None
    notes = (f"only the first {MAX_TEXT:,} characters are considered",) if len(text) > MAX_TEXT else ()
    return PageText(
        text=clean(text),
        title=one_line(html.unescape(title[1]), 500) if title else "",
        garbled=garbled(text),
        notes=notes,
    )


def _extracted(page: str | bytes, *, fast: bool) -> str:
    return trafilatura.extract(page, fast=fast, include_comments=False) or ""


def _holds(text: str, summary: str) -> bool:
    """Whether the longest sentence of the feed's summary occurs in the text."""
    sentences = re.split(r"(?<=[.!?…])\s+|\n", summary)
    longest = max((re.sub(r"\W+", " ", sentence).strip() for sentence in sentences), key=len)
    return longest in re.sub(r"\W+", " ", text)


def _decode(body: bytes, charset: str) -> str | bytes:
    """The page as text where a mark, the bytes, the header or the page itself tell the charset; else its bytes."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if body.startswith(mark):
            return body.decode(name, "replace").lstrip("\ufeff")
    declared = _META_CHARSET.search(body[:4096])
    for name in ("utf-8", charset, declared[1].decode("ascii") if declared else ""):
        try:
            codec = codecs.lookup(name) if name else None
            if codec is not None and codec.name in _LATIN:
                return body.decode("cp1252", "replace")
            if codec is not None and codec._is_text_encoding:  # noqa: SLF001 - the only mark of bytes-to-bytes codecs
                return body.decode(name)
        except (LookupError, ValueError):
            continue
    return body
