"""A feed polled again and again, as the watchers do it and as if nothing were remembered: both are held side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from watchers import feed
from watchers.parsed import ParsedEntry, ParsedFeed
from watchers.seen import without

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)


def told(entries: Iterable[ParsedEntry]) -> list[ParsedEntry]:
    """What is said of each entry, wherever it stands in the document."""
    return [replace(parsed, piece="") for parsed in entries]


def read(
    body: bytes, *, content_type: str = "application/rss+xml", remembered: str = "", newest: int = 500, hours: int = 0
) -> ParsedFeed | str:
    """The document, or the kind of error that it is."""
    try:
        return feed.parse(
            body,
            subject="wire",
            feed="wire",
            url="http://news.example/feed",
            content_type=content_type,
            newest=newest,
            now=NOW + timedelta(hours=hours),
            remembered=remembered,
        )
    except Exception as error:  # noqa: BLE001 - feedparser's own go up to the child's boundary
        return type(error).__name__


def side_by_side(
    bodies: Sequence[bytes],
    *,
    content_type: str = "application/rss+xml",
    newest: int = 500,
    later: Callable[[int, int], bool] = lambda _poll, _entry: False,
) -> int:
    """Poll each document in turn, remembering and not; how many entries need not be read again.

    What is told must be the same, and what is not told again must have been told just so. `later` says which entries of
    a poll cannot be handed over then.
    """
    remembered, spared = "", 0
    known: dict[str, ParsedEntry] = {}
    for number, body in enumerate(bodies):
        whole = read(body, content_type=content_type, newest=newest, hours=number)
        ours = read(body, content_type=content_type, newest=newest, hours=number, remembered=remembered)
        if isinstance(whole, str) or isinstance(ours, str):
            assert whole == ours
            continue
        assert (whole.left_out, whole.lost) == (ours.left_out, ours.lost)
        all_of_it, new = told(whole.entries), told(ours.entries)
        assert new == [parsed for parsed in all_of_it if parsed in new], "the same entries in the same order"
        for parsed in all_of_it:
            if parsed not in new:
                spared += 1
                before = [known[key] for key in parsed.entry.keys]
                assert before == [parsed] * len(before), "handed over before, and not changed since"
        waiting = {parsed.piece for place, parsed in enumerate(ours.entries) if later(number, place)}
        known.update(
            (key, replace(p, piece="")) for p in ours.entries if p.piece not in waiting for key in p.entry.keys
        )
        remembered = without(ours.seen, waiting)
    return spared
