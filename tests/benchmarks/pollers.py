"""What polls the newsstand: ourselves and peers, each in a process that is told to poll all feeds once and prints the cost.

python tests/benchmarks/pollers.py NAME PLACE FEEDS    a line on its input is one round; see polling.py
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchers.model import FeedRecord, Handed

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "watchers")]
WORKERS = 20
TICK = os.sysconf("SC_CLK_TCK")

Round = Callable[[], int]  # polls each feed once; the number of entries that it knows then


def cpu() -> float:
    """Seconds of processor time of this process and all that it started, living or not."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            spent[int(entry.name)] = sum(map(int, fields[11:15])) / TICK
    ours = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    ended = sum(os.times()[2:4])
    return time.process_time() + ended + sum(spent[process] for process in ours if process != os.getpid())


class InMemory:
    """A record in memory that counts its articles."""

    def __init__(self) -> None:
        from loopback import Desk, MemoryRecord

        self.record: FeedRecord = MemoryRecord()
        self._desk = Desk(self.record)
        self.known = 0

    async def receive(self, handed: Sequence[Handed], *, quiet: bool, again: bool = False) -> None:
        """Take articles."""
        await self._desk(handed, quiet=quiet, again=again)
        self._desk.articles.clear()
        self.known += len(handed)


class OnDisk:
    """A ledger in SQLite on which articles are put as they come, nothing being read out of them.

    As in the service they go there in one thread of their own, and the threads share the interpreter as they do there.
    """

    def __init__(self, stack: ExitStack) -> None:
        from bot import sharing
        from bot.ledger import Ledger
        from bot.remembered import Remembered

        sharing.share()
        sharing.keep()
        self._one_at_a_time = stack.enter_context(ThreadPoolExecutor(1))
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        self._ledger = stack.enter_context(Ledger.open(f"sqlite:///{folder}/record.db"))
        self.record: FeedRecord = Remembered(self._ledger)
        self.known = 0

    async def receive(self, handed: Sequence[Handed], *, quiet: bool, again: bool = False) -> None:
        """Take articles."""
        await asyncio.get_running_loop().run_in_executor(self._one_at_a_time, self._store, handed)
        self.known += len(handed)

    def _store(self, handed: Sequence[Handed]) -> None:
        with self._ledger.work() as work:
            for article, look in handed:
                work.article(article)
                work.looked(article, look)
            work.commit()


def ours(
    place: str,
    feeds: int,
    stack: ExitStack,
    store: InMemory | OnDisk,
    *,
    loop: str = "asyncio",
    connections: int | None = None,
) -> Round:
    """Our watchers with their download and parser child, with as many connections as the service unless told otherwise."""
    from config.schema import Feed
    from config.settings import Polling, Settings
    from watchers.child import ParserChild
    from watchers.fetch import CONNECTIONS, Downloader
    from watchers.states import Gathered
    from watchers.watcher import Watcher

    factory = __import__(loop).new_event_loop
    runner = stack.enter_context(asyncio.Runner(loop_factory=factory))
    settings = Settings(polling=Polling(first_poll="alert"))
    most = connections or CONNECTIONS

    async def made() -> tuple[Downloader, ParserChild]:
        return Downloader(settings.fetching, overall=most, per_host=most), ParserChild()

    async def ended() -> None:
        await parser.close()
        await downloader.close()

    downloader, parser = runner.run(made())
    stack.callback(lambda: runner.run(ended()))
    sources = [
        Feed(id=f"f{number}", name=f"Feed {number}", url=f"http://{place}/{sys.argv[1]}/{number}", allow=(place,))
        for number in range(feeds)
    ]
    states = Gathered(store.record)
    watchers = [
        Watcher(
            feed=feed,
            settings=settings,
            record=store.record,
            receive=store.receive,
            downloader=downloader,
            parser=parser,
            states=states,
        )
        for feed in sources
    ]
    moments = count(1)

    async def all_of_them() -> None:
        now = datetime(2025, 11, 3, 12, tzinfo=UTC) + timedelta(minutes=5 * next(moments))
        limit = asyncio.Semaphore(4 * most)  # as the spread of a schedule would have it

        async def one(watcher: Watcher) -> None:
            async with limit:
                state = await watcher.poll(now)
            if state.reason:
                raise SystemExit(f"{state.feed}: {state.reason}")

        await asyncio.gather(*map(one, watchers))
        await states.write()  # what is held back is part of what the round costs

    def once() -> int:
        runner.run(all_of_them())
        return store.known

    return once


def reader(place: str, feeds: int, stack: ExitStack) -> Round:
    """lemon24/reader with 20 workers and its store on disk."""
    from reader import make_reader

    folder = stack.enter_context(tempfile.TemporaryDirectory())
    opened = stack.enter_context(make_reader(f"{folder}/reader.sqlite"))
    for number in range(feeds):
        opened.add_feed(f"http://{place}/{sys.argv[1]}/{number}")

    def once() -> int:
        for result in opened.update_feeds_iter(scheduled=False, workers=WORKERS):
            if isinstance(result.value, Exception):
                raise SystemExit(repr(result.value))
        return int(opened.get_entry_counts().total or 0)

    return once


def threads(place: str, feeds: int, stack: ExitStack) -> Round:
    """A loop of requests and feedparser in 20 threads, validators kept, entries in SQLite."""
    import feedparser
    import requests

    store = sqlite3.connect(f"{stack.enter_context(tempfile.TemporaryDirectory())}/t.db", check_same_thread=False)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("CREATE TABLE entry (feed, id, title, link, content, PRIMARY KEY (feed, id))")
    session = requests.Session()
    session.mount("http://", requests.adapters.HTTPAdapter(pool_connections=WORKERS, pool_maxsize=WORKERS))
    tags: dict[int, str] = {}

    def fetch(number: int) -> list[tuple[object, ...]]:
        headers = {"If-None-Match": tags[number]} if number in tags else {}
        answer = session.get(f"http://{place}/{sys.argv[1]}/{number}", headers=headers, timeout=60)
        answer.raise_for_status()
        if tag := answer.headers.get("ETag"):
            tags[number] = tag
        if answer.status_code == 304:
            return []
        found = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]})
        return [(number, e.id, e.title, e.link, e.content[0].value) for e in found.entries]

    def once() -> int:
        with ThreadPoolExecutor(WORKERS) as pool:
            for rows in pool.map(fetch, range(feeds)):
                store.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)", rows)
                store.commit()
        return int(store.execute("SELECT count(*) FROM entry").fetchone()[0])

    return once


def raw(place: str, feeds: int, stack: ExitStack) -> Round:
    """HTTP by hand on asyncio streams, nothing parsed: the limit."""
    host, port = place.split(":")
    runner = stack.enter_context(asyncio.Runner())
    tags: dict[int, bytes] = {}

    async def line(numbers: range) -> None:
        incoming, outgoing = await asyncio.open_connection(host, int(port))
        for number in numbers:
            tag = b"If-None-Match: %b\r\n" % tags[number] if number in tags else b""
            outgoing.write(f"GET /{sys.argv[1]}/{number} HTTP/1.1\r\nHost: {place}\r\n".encode() + tag + b"\r\n")
            head = await incoming.readuntil(b"\r\n\r\n")
            fields = dict(part.lower().split(b": ", 1) for part in head.split(b"\r\n")[1:] if part)
            if b"etag" in fields:
                tags[number] = fields[b"etag"]
            await incoming.readexactly(int(fields[b"content-length"]))
        outgoing.close()

    async def all_of_them() -> None:
        await asyncio.gather(*(line(range(start, feeds, WORKERS)) for start in range(WORKERS)))

    def once() -> int:
        runner.run(all_of_them())
        return 0

    return once


CONTENDERS: dict[str, Callable[[str, int, ExitStack], Round]] = {
    "ours": lambda place, feeds, stack: ours(place, feeds, stack, OnDisk(stack)),
    "memory": lambda place, feeds, stack: ours(place, feeds, stack, InMemory()),
    "uvloop": lambda place, feeds, stack: ours(place, feeds, stack, InMemory(), loop="uvloop"),
    "narrow": lambda place, feeds, stack: ours(place, feeds, stack, OnDisk(stack), connections=WORKERS),
    "reader": reader,
    "threads": threads,
    "raw": raw,
}


def main() -> None:
    """Poll at every line on the input; seconds of processor and clock, and the entries known, go to the output."""
    name, place, feeds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with ExitStack() as stack:
        once = CONTENDERS[name](place, feeds, stack)
        print(json.dumps({"ready": True}), flush=True)
        for _ in sys.stdin:
            before, began = cpu(), time.perf_counter()
            entries = once()
            wall = time.perf_counter() - began
            print(json.dumps({"cpu": cpu() - before, "wall": wall, "entries": entries}), flush=True)


if __name__ == "__main__":
    main()
