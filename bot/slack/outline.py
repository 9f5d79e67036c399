"""A list of feeds as readers export it (OPML), or addresses one a line: names and addresses, nothing else is read."""

from __future__ import annotations

import html
import re

MOST = 200  # feeds of one list
_LONGEST = 1_000_000
_ELEMENT = re.compile(r"<outline\b[^<>]{0,6000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(xmlUrl|title|text)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S{1,1900}", re.IGNORECASE)


def feeds(text: str) -> tuple[tuple[str, str], ...]:
    """Name and address of each feed in the list, each address once; the name is empty where none is given.

    Read by pattern and not as XML: nothing that a document may declare is carried out.
    """
    bounded = text[:_LONGEST]
    found = [_of(element[0]) for element in _ELEMENT.finditer(bounded)]
    if not any(url for _, url in found):
        found = [_typed(line) for line in html.unescape(bounded).splitlines()]
    usable: dict[str, str] = {}
    for name, url in found:
        if _ADDRESS.fullmatch(url):
            usable.setdefault(url, name)
    return tuple((name, url) for url, name in usable.items())[:MOST]


def _of(element: str) -> tuple[str, str]:
    told = {name.lower(): html.unescape(one or other).strip() for name, one, other in _ATTRIBUTE.findall(element)}
    return (told.get("title") or told.get("text") or "")[:200], told.get("xmlurl", "")


def _typed(line: str) -> tuple[str, str]:
    """An address with or without a name beside it, also as Slack marks links."""
    match = _ADDRESS.search(line.replace("<", " ").replace(">", " ").replace("|", " "))
    if match is None:
        return "", ""
    name = re.sub(r"<[^>]*>|https?://\S+", " ", line)
    return " ".join(name.split()).strip("-–:,;• ")[:200], match[0].rstrip(",;")
