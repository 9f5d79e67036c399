"""`make corpora CORPORA=dir`: every feed file of a folder over HTTP through our own path, counted against a gold.

The gold is `gold.json` in that folder: the number of entries by relative path. `--write-gold` makes it by feedparser
alone, run on the bytes. The corpora of other readers are brought by hand and belong to them.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import logging
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import feedparser
from aiohttp import web
from figures import ended, told
from loopback import MemoryRecord
from reader import NOW, Nowhere, Reader

from config.settings import Fetching, Polling, Settings
from watchers.child import ParserChild
from watchers.errors import NotAFeed, WatchError
from watchers.fetch import Downloader
from watchers.parsed import ParsedFeed

SUFFIXES = frozenset({".xml", ".rss", ".atom", ".rdf", ".feed"})
GOLD = "gold.json"
KIND = "application/xml"
SECONDS = 60.0  # for all of it
AT_ONCE = 8


class Counting(ParserChild):
    """A parser child that remembers what came of each address."""

    def __init__(self, *, seconds: float) -> None:
        super().__init__(seconds=seconds)
        self.counts: dict[str, int] = {}
        self.refused: dict[str, str] = {}

    async def feed(self, response: Any, **rest: Any) -> ParsedFeed:
        self.counts[response.url] = 0
        try:
            parsed = await super().feed(response, **rest)
        except NotAFeed:
            raise
        except WatchError as error:
            self.refused[response.url] = error.reason
            raise
        self.counts[response.url] = len(parsed.entries) + parsed.left_out + parsed.dropped
        return parsed


def files(folder: Path) -> list[str]:
    """The feed files of a folder, by relative path."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def write_gold(folder: Path) -> int:
    """Count every file's entries by feedparser alone; a raise counts as none."""
    gold, raised = {}, 0
    for name in files(folder):
        try:
            found = feedparser.parse(io.BytesIO((folder / name).read_bytes()), response_headers={"content-type": KIND})
            gold[name] = len(found.entries)
        except Exception as error:  # noqa: BLE001  feedparser raises anything
            gold[name], raised = 0, raised + 1
            print(f"{name}: {type(error).__name__}: {error}")
    (folder / GOLD).write_text(json.dumps(gold, indent=0, ensure_ascii=False))
    return told("gold", {"files": len(gold), "entries": sum(gold.values()), "raised": raised}, [])


async def measure(folder: Path) -> int:
    """Serve, poll each file twice, compare; the exit code."""
    names = files(folder)
    if not names:
        return told("corpora", {"files": 0}, [f"{folder}: there is no feed file in it"])
    if not (folder / GOLD).exists():
        return told("corpora", {"files": len(names)}, [f"there is no {GOLD} to count against; make it by --write-gold"])
    gold = json.loads((folder / GOLD).read_text())

    async def serve(request: web.Request) -> web.Response:
        return web.Response(body=(folder / names[int(request.match_info["number"])]).read_bytes(), content_type=KIND)

    app = web.Application()
    app.add_routes([web.get("/{number}", serve)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    place = f"127.0.0.1:{runner.addresses[0][1]}"
    fetching, polling = Fetching(), Polling(first_poll="alert", newest_entries=10_000)
    parser = Counting(seconds=fetching.parse_seconds)
    downloader = Downloader(fetching, resolver=Nowhere(), per_host=AT_ONCE)
    reasons: Counter[str] = Counter()
    articles = again = 0
    began = time.perf_counter()
    slots = asyncio.Semaphore(AT_ONCE)

    async def twice(number: int) -> None:
        nonlocal articles, again
        async with slots:
            record = MemoryRecord()  # of this file alone: one entry in two files is counted in both
            reading = Reader(place, Settings(polling=polling, fetching=fetching), downloader, parser, record)
            state, came, _ = await reading.poll(f"/{number}")
            reasons[state.reason[:90]] += 1
            articles += came
            record.states.clear()  # else the bytes alone would tell that nothing is new
            again += (await reading.poll(f"/{number}", NOW))[1]

    await asyncio.gather(*map(twice, range(len(names))))
    seconds = time.perf_counter() - began
    await parser.close()
    await downloader.close()
    await runner.cleanup()
    counts = {name: parser.counts.get(f"http://{place}/{number}", 0) for number, name in enumerate(names)}
    differ = [
        f"{name}: {counts[name]} entries, gold {gold.get(name)}" for name in names if counts[name] != gold.get(name)
    ]
    missed = [*differ[:20], *(f"{url}: {why}" for url, why in parser.refused.items())]
    if again:
        missed.append(f"the second poll brought {again} entries")
    if seconds >= SECONDS:
        missed.append(f"it took {seconds:.0f} s")
    figures = {
        "files": len(names),
        "entries": sum(counts.values()),
        "gold": sum(gold.values()),
        "differ": len(differ),
        "articles": articles,
        "second_poll": again,
        "crashes": len(parser.refused),
        "reasons": dict(reasons.most_common(12)),
        "seconds": round(seconds, 1),
    }
    return told("corpora", figures, missed)


def main() -> int:
    """The exit code: 0 if every count is the gold's, nothing came twice, and it took less than a minute."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write-gold", action="store_true")
    asked = parser.parse_args()
    logging.disable(logging.ERROR)
    if not asked.folder.is_dir():
        return told("corpora", {}, [f"{asked.folder}: there is no such folder; name one: make corpora CORPORA=dir"])
    return write_gold(asked.folder) if asked.write_gold else asyncio.run(measure(asked.folder))


if __name__ == "__main__":
    sys.exit(ended("corpora", main))
