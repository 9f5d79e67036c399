"""Alerts as a feed that readers follow (Atom), and one as linked data (schema.org)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from bot.ledger.asked import Sought
from bot.ledger.browsing import Cut
from bot.web.api import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.ledger.outward.captures import Kept
    from bot.model import Alert, Position
    from bot.web.archive import Archive

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no XML may hold them
NEWEST = 50
NO_VERDICT = "Two statements that differ, shown with their sources. It does not say which of them is true."
ET.register_namespace("", _ATOM)


def atom(archive: Archive) -> tuple[bytes, str]:
    """The newest alerts as a feed. An entry is newer again when the alert was decided or withdrawn."""
    alerts = archive.ledger.list_alerts(Sought(), Cut(limit=NEWEST)).entries
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _put(feed, "id", "urn:onrecord:alerts")
    _put(feed, "title", "On Record: alerts")
    _put(feed, "subtitle", NO_VERDICT)
    _put(
        feed,
        "updated",
        _moment(max((_touched(one, archive) for one in alerts), default=datetime(2000, 1, 1, tzinfo=UTC))),
    )
    if archive.address:
        ET.SubElement(feed, f"{{{_ATOM}}}link", rel="alternate", href=f"{archive.address}/")
    _put(_put(feed, "author", ""), "name", "On Record")
    for alert in alerts:
        _entry(feed, alert, archive)
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True), "application/atom+xml"


def _entry(feed: ET.Element, alert: Alert, archive: Archive) -> None:
    entry = _put(feed, "entry", "")
    pair = alert.conflict
    _put(entry, "id", f"urn:onrecord:alert:{alert.dedupe_key}")
    _put(entry, "title", f"{alert.name}: {pair.title}")
    _put(entry, "published", _moment(alert.created_at))
    _put(entry, "updated", _moment(_touched(alert, archive)))
    if archive.address:
        ET.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=f"{archive.address}/a/{alert.name}")
    ET.SubElement(entry, f"{{{_ATOM}}}category", term=pair.kind)
    words = [pair.lede, *map(_said, pair.heads), f"{alert.review}; confidence {alert.strength}"]
    if alert.state == "withdrawn":
        words = [_withdrawn(alert)]
    _put(entry, "summary", "\n\n".join(words))


def _said(position: Position) -> str:
    statement = position.statement
    return f"{position.voice.name} ({statement.source.outlet}): “{statement.quote}”"


def _withdrawn(alert: Alert) -> str:
    """What is told of an alert that was taken back, as on its page."""
    why = f": {alert.reason}" if alert.reason else ""
    return f"This alert was withdrawn{why}. Its words may be what was wrong, and are not shown."


def _touched(alert: Alert, archive: Archive) -> datetime:
    moments = [alert.created_at, alert.decided_at or alert.created_at]
    if alert.state == "withdrawn":
        moments += [line.at for line in archive.ledger.audit(alert.number)]
    return max(moments)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _put(parent: ET.Element, name: str, words: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = _NO_XML.sub("\ufffd", words) or None
    return child


def linked(archive: Archive, number: int) -> tuple[bytes, str] | None:
    """An alert as linked data; None where there is none of this number. Of one that was withdrawn its name alone.

    Each statement is a `Quotation` in a `NewsArticle`. There is no `ClaimReview`: that type says whether a claim is
    true, and this says only that two statements do not go together.
    """
    alert = archive.ledger.alert(number)
    if alert is None:
        return None
    shown = (*alert.conflict.heads, *alert.joined)
    archived = archive.ledger.kept_pages(one.statement.source.url for one in shown)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": f"urn:onrecord:alert:{alert.dedupe_key}",
        "identifier": alert.name,
        "headline": _plain(alert.conflict.title),
        "abstract": _plain(alert.conflict.lede),
        "disambiguatingDescription": NO_VERDICT,
        "datePublished": _moment(alert.created_at),
        "dateModified": _moment(_touched(alert, archive)),
        "about": {"@type": "Thing", "name": _plain(alert.conflict.fresh.topic_name)},
        "mentions": [_quotation(one, archived) for one in shown],
    }
    if alert.state == "withdrawn":
        told |= {"abstract": _plain(_withdrawn(alert)), "creativeWorkStatus": "Withdrawn", "mentions": []}
    if archive.address:
        told["url"] = f"{archive.address}/a/{alert.name}"
    return written.one(told), "application/ld+json"


def _quotation(position: Position, archived: Mapping[str, Kept]) -> dict[str, Any]:
    statement, voice = position.statement, position.voice
    source = statement.source
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": _plain(source.title),
        "publisher": {"@type": "Organization", "name": _plain(source.outlet)},
    }
    if source.url:
        article["url"] = _plain(source.url)
        if kept := archived.get(source.url):
            article["archivedAt"] = _plain(kept.copy)  # by the Internet Archive, and no part of the proof
    if source.published:
        article["datePublished"] = _moment(source.published)
    told: dict[str, Any] = {
        "@type": "Quotation",
        "@id": f"urn:onrecord:statement:{statement.key}",
        "text": _plain(statement.quote),
        "spokenByCharacter": {"@type": "Person" if voice.person else "Organization", "name": _plain(voice.name)},
        "isPartOf": article,
    }
    if statement.said:
        told["dateCreated"] = statement.said.first.isoformat()
    return told


def _plain(words: str) -> str:
    return _NO_XML.sub("\ufffd", words)
