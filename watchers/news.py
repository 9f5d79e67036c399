"""Which entries of a feed are new, and which stand for articles on record; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

from watchers.model import Known, Look
from watchers.parsed import ParsedEntry

AT_ONCE = 30  # new entries that are handed over in one step
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


def in_steps(fresh: Sequence[ParsedEntry], alone: frozenset[str]) -> Iterator[Sequence[ParsedEntry]]:
    """Those that are handed over together, in their order: nothing has to be fetched for entries with a whole text.

    Where a key is among `alone`, an entry goes by itself.
    """
    for whole, some in groupby(fresh, lambda parsed: _whole(parsed) and alone.isdisjoint(parsed.entry.keys)):
        found, most = list(some), AT_ONCE if whole else 1
        yield from (found[start : start + most] for start in range(0, len(found), most))


def _whole(parsed: ParsedEntry) -> bool:
    return parsed.entry.full and bool(parsed.entry.summary)


def looked_at(entries: Sequence[ParsedEntry], known: Known) -> list[tuple[ParsedEntry, Look | None]]:
    """The entries of articles on record, each with the last look at it."""
    found = [(parsed, [key for key in parsed.entry.keys if key in known.looks]) for parsed in entries]
    return [(parsed, known.looks[keys[0]]) for parsed, keys in found if keys]
