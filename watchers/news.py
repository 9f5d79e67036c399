"""Which entries of a feed are new, and which stand for articles on record; pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from watchers.model import Known, Look
from watchers.parsed import ParsedEntry

_NO_DATE = datetime.max.replace(tzinfo=UTC)


def fresh(entries: Sequence[ParsedEntry], known: Known) -> list[ParsedEntry]:
    """The entries of which no key is known, oldest first."""
    keys = known.given_up | known.looks.keys()
    found = [parsed for parsed in entries if keys.isdisjoint(parsed.entry.keys)]
    dates = [parsed.entry.published for parsed in found if parsed.entry.published]
    undated = max(dates, default=None)  # documents run from new to old; an entry without a date counts as new
    found.reverse()
    found.sort(key=lambda parsed: parsed.entry.published or undated or _NO_DATE)
    return found


def looked_at(entries: Sequence[ParsedEntry], known: Known) -> list[tuple[ParsedEntry, Look | None]]:
    """The entries of articles on record, each with the last look at it."""
    found = [(parsed, [key for key in parsed.entry.keys if key in known.looks]) for parsed in entries]
    return [(parsed, known.looks[keys[0]]) for parsed, keys in found if keys]
