"""Forty-five feeds that harm, mislead or exhaust a careless reader, and fourteen that end feedparser; all made here."""

from __future__ import annotations

import codecs
import json
import random
import zlib
from collections.abc import Callable, Mapping

from documents import item, rss

THOUSAND = 1000
MILLION = 1_000_000
TEXT = "The quay stays open to every ship that asks for a berth, the chair of the board said on Monday."
TRAP = "http://127.0.0.1:9/trap"  # what a document asks for: nobody listens there


def _with_dtd(dtd: str, title: str) -> bytes:
    return f"<!DOCTYPE rss [{dtd}]>{_channel(f'<item><title>{title}</title><description>{TEXT}</description></item>')}".encode()


def _channel(inside: str, attributes: str = "") -> str:
    return f'<rss version="2.0" {attributes}><channel><title>Harbour Wire</title>{inside}</channel></rss>'


def _described(text: str) -> bytes:
    return rss(f"<item><title>Long</title><description>{text}</description></item>").encode()


def _laughs() -> bytes:
    steps = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    return _with_dtd(f'<!ENTITY a0 "ha">{steps}', "&a11;")


def _quadratic() -> bytes:
    return _with_dtd(f'<!ENTITY a "{"x" * 60_000}">', "&a;" * 60_000)


def _parameter_entity() -> bytes:
    return _with_dtd(f'<!ENTITY % outside SYSTEM "{TRAP}"> %outside; <!ENTITY x "boom">', "a&x;b")


def _many(count: int) -> bytes:
    return rss(*(item(f"Ship {number} docks", guid=str(number)) for number in range(count))).encode()


def _attributes() -> bytes:
    return _channel("<item " + " ".join(f'a{n}="1"' for n in range(100 * THOUSAND)) + "/>").encode()


def _namespaces() -> bytes:
    return _channel("<item/>", " ".join(f'xmlns:n{n}="u:{n}"' for n in range(50 * THOUSAND))).encode()


def _cyrillic(declared: str, encoding: str) -> bytes:
    text = "<p>Порт останется открытым для всех судов, сказала Мара Велден.</p>" * 20
    body = item("Порт открыт", guid="1", text=text)
    return f'<?xml version="1.0" encoding="{declared}"?>{_channel(body)}'.encode(encoding)


DATES = (
    "0000-00-00", "10000-01-01T00:00:00Z", "-1-01-01", "2099-01-01T00:00:00Z", "9999-11-01T00:00:00Z",
    "Fri, 31 Dec 1999 23:59:60 GMT", "1e400", "٢٠٢٥-١١-٠٣", "Mon, 03 Nov 2025 08:00:00 +99:99", "yesterday",
    "Mon, 32 Nov 2025 25:61:61 GMT", "1970-01-01", "2025-W99-9", "2025-366", "Thu, 99 Xyz 99999", "",
)  # fmt: skip


def _dates() -> bytes:
    return rss(
        *(
            f"<item><title>Date {n}</title><description>{TEXT}</description><pubDate>{date}</pubDate></item>"
            for n, date in enumerate(DATES)
        )
    ).encode()


def _linked(*links: str, base: str = "") -> bytes:
    inside = "".join(
        f"<item><title>Link {n}</title><link>{link}</link><description>{TEXT}</description></item>"
        for n, link in enumerate(links)
    )
    return _channel(inside, base).encode()


def _packed() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return packer.compress(rss(item()).encode()) + packer.flush()


FEEDS: Mapping[str, Callable[[], bytes]] = {
    "entity bomb": _laughs,
    "entity of quadratic size": _quadratic,
    "external entity of a file": lambda: _with_dtd('<!ENTITY x SYSTEM "file:///etc/passwd">', "a&x;b"),
    "external entity of the web": lambda: _with_dtd(f'<!ENTITY x SYSTEM "{TRAP}">', "a&x;b"),
    "external parameter entity": _parameter_entity,
    "100,000 nested tags": lambda: _channel("<a>" * 100 * THOUSAND).encode(),
    "100,000 escaped tags": lambda: _described("&lt;b&gt;" * 100 * THOUSAND),
    "100,000 unclosed tags": lambda: _channel("<item><title>a" * 100 * THOUSAND).encode(),
    "10,000 entries": lambda: _many(10 * THOUSAND),
    "100,000 entries": lambda: _many(100 * THOUSAND),
    "description of 100 MB": lambda: _described("x" * 100 * MILLION),
    "100 MB of escaped brackets": lambda: _described("&lt;" * 25 * MILLION),
    "1 MB of brackets": lambda: _channel("<" * MILLION).encode(),
    "100,000 attributes": _attributes,
    "attribute of 10 MB": lambda: _channel(f'<item a="{"x" * 10 * MILLION}"/>').encode(),
    "title of 1.6 MB of markup": lambda: rss(
        f"<item><title>{'&lt;b&gt;x&lt;/b&gt;' * 84_000}</title></item>"
    ).encode(),
    "50,000 namespaces": _namespaces,
    "comment without end": lambda: f"{_channel('')[:-16]}<!--{'x' * 2 * MILLION}".encode(),  # noqa: PLW0108  made when asked for
    "CDATA without end": lambda: f"<rss><channel><item><title><![CDATA[{'x' * 1_500_000}".encode(),  # noqa: PLW0108
    "Windows-1251 said to be UTF-8": lambda: _cyrillic("utf-8", "cp1251"),
    "UTF-8 said to be Latin-1": lambda: _cyrillic("iso-8859-1", "utf-8"),
    "UTF-16 without a mark": lambda: _cyrillic("utf-16", "utf-16-le"),
    "UTF-32": lambda: _cyrillic("utf-32", "utf-32"),
    "unknown codec": lambda: _cyrillic("harbour-8", "utf-8"),
    "codec of bytes (zip)": lambda: _cyrillic("zip_codec", "utf-8"),
    "codec of text (rot13)": lambda: codecs.encode(_channel(item("Turned", guid="1")), "rot13").encode(),
    "NUL characters": lambda: rss(item("Har\0bour \0opens", guid="1\0", text=f"\0{TEXT}\0")).encode(),
    "lone surrogate": lambda: rss(item("Har\ud800bour", guid="1", text=f"{TEXT}\ud800")).encode("utf-8", "surrogatepass"),
    "huge character reference": lambda: rss(item("Har&#99999999999999999999;bour", guid="1", text=TEXT)).encode(),
    "turned and invisible characters": lambda: rss(
        item("Har\u202ebour\u2066 o\u200bpe\ufeffns", guid="\u202e1", text=f"\u202e{TEXT}\u2066")
    ).encode(),
    "16 bad dates": _dates,
    "items without identity": lambda: rss(*["<item/>"] * 50, *["<item><title/><guid></guid></item>"] * 50).encode(),
    "one id for all": lambda: rss(*(item(f"Ship {n} docks", guid="same", text=f"{n}. {TEXT}") for n in range(50))).encode(),
    "id of 1 MB": lambda: rss(item(guid="1" * MILLION, text=TEXT)).encode(),
    "web page": lambda: b"<!doctype html><html><body><h1>Please log in</h1></body></html>",
    "no bytes": lambda: b"",
    "white space": lambda: b" \r\n\t" * 1000,
    "one NUL": lambda: b"\0",
    "1 MB of chance": lambda: random.Random(1).randbytes(MILLION),  # noqa: S311  repeatable
    "gzip that no header names": _packed,
    "JSON feed": lambda: json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]}).encode(),
    "script in a title": lambda: rss(item("&lt;script&gt;alert(1)&lt;/script&gt;Harbour", guid="1", text=f"<script>x()</script>{TEXT}")).encode(),
    "mentions escaped twice": lambda: rss(
        item("&amp;lt;!channel&amp;gt; &lt;!here&gt; @channel", guid="1", text="&lt;@U0ADA&gt; &lt;https://evil.example|NYT&gt;")
    ).encode(),
    "links that are none": lambda: _linked(
        "javascript:alert(1)", "file:///etc/passwd", "//169.254.169.254/", "http://a|b&gt; &lt;!channel&gt;", "data:,x"
    ),
    "base at the metadata service": lambda: _linked("/latest", "a", base='xml:base="http://169.254.169.254/"'),
}  # fmt: skip

_SPACES = (
    'xmlns:gml="http://www.opengis.net/gml" xmlns:psc="http://podlove.org/simple-chapters" '
    'xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"'
)


def _crasher(odd: str) -> bytes:
    before, after = (
        f"<item><title>{title} one</title><description>{TEXT}</description></item>" for title in ("First", "Last")
    )
    return _channel(
        f"{before}<item><title>Odd</title><description>{TEXT}</description>{odd}</item>{after}", _SPACES
    ).encode()


CRASHERS: Mapping[str, Callable[[], bytes]] = {
    "reference to half a character": lambda: _crasher("<description>a&#xD800;b</description>"),
    "reference beyond all integers": lambda: _crasher("<description>&#99999999999999999999;</description>"),
    "reference beyond all characters": lambda: _crasher("<description>&#x110000;</description>"),
    "position without a place": lambda: _crasher("<gml:pos>45 -71</gml:pos>"),
    "positions without a place": lambda: _crasher("<gml:posList>45 -71 46 -72</gml:posList>"),
    "licence that ends unbegun": lambda: _crasher("</creativeCommons:license>"),
    "chapter without a start": lambda: _crasher('<psc:chapters><psc:chapter title="x"/></psc:chapters>'),
    "width that ends unbegun": lambda: _crasher("</width>"),
    "height that ends unbegun": lambda: _crasher("</height>"),
    "tag of a licence without an end": lambda: _crasher("</creativeCommons:license"),
    "category that begins in the midst of a tag": lambda: _crasher("<category</item>s</category>"),
    "link that ends in the midst of a tag": lambda: _crasher("<link</item</link>"),
    "encoding with a character that is none": lambda: b'<?xml version="1.0" encoding="u\x008"?>' + _crasher(""),
    "encoding that is no text": lambda: b'<?xml version="1.0" encoding="^\xf5-8"?>' + _crasher(""),
}
