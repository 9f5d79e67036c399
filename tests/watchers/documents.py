"""Feeds and pages as sources write them."""

from __future__ import annotations

import zlib


def rss(*items: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Wire</title>'
        f"{head}{''.join(items)}</channel></rss>"
    )


def item(
    title: str = "Harbour opens",
    *,
    link: str | None = None,
    guid: str | None = None,
    day: int | None = 3,
    text: str = "",
    content: str = "",
) -> str:
    parts = [f"<title>{title}</title>"]
    if link:
        parts.append(f"<link>{link}</link>")
    if guid:
        parts.append(f'<guid isPermaLink="false">{guid}</guid>')
    if day:
        parts.append(f"<pubDate>{day:02} Nov 2025 08:00:00 GMT</pubDate>")
    if text:
        parts.append(f"<description><![CDATA[{text}]]></description>")
    if content:
        parts.append(f"<content:encoded><![CDATA[{content}]]></content:encoded>")
    return f"<item>{''.join(parts)}</item>"


def story(subject: str = "harbour", paragraphs: int = 8) -> str:
    return "".join(
        f"<p>The {subject} board met for the {number}th time this week, and its chair, Mara Velden, told reporters "
        f"that the quay would stay open to every ship that asks for a berth.</p>"
        for number in range(paragraphs)
    )


def page(subject: str = "harbour", paragraphs: int = 8) -> str:
    return f"<html><head><title>{subject} news</title></head><body><article>{story(subject, paragraphs)}</article></body></html>"


def gzipped(data: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return packer.compress(data) + packer.flush()
