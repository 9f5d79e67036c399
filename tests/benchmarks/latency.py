"""How long from an entry in a feed to the message in Slack, with the wait for the poll taken off, at a steady stream.

python tests/benchmarks/latency.py                       5 articles a second for two minutes
python tests/benchmarks/latency.py --rate 2 --seconds 300

The service runs as users start it (`onrecord run`, SQLite on disk), against twenty feeds on twenty loopback ports, each
polled every three seconds, and a local workspace. Articles are pages of 100 KB around real texts where these are beside
the checkout, each with made people and remarks (tests/soak/news.py). One in fifteen has somebody turn against what they
said before; from the answer of the poll that showed it to the card in the channel is what counts. It is by the clock:
say what else the machine did; its load is printed, and what the service took of the processor.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import functools
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / room) for room in ("benchmarks", "walk", "soak"))]

import news  # noqa: E402
import page_walk  # noqa: E402
from aiohttp import web  # noqa: E402
from goals import Figure, note  # noqa: E402
from pollers import TICK  # noqa: E402
from reading import rows  # noqa: E402
from sizing import article_page  # noqa: E402

from bot.workspace import Workspace  # noqa: E402

LATEST = 60.0  # seconds behind the last article after which no card is waited for
CHANNEL = "fact-desk"
FEEDS, EVERY, KEPT = 20, 3.0, 30  # feeds, seconds between two polls of one, entries of one
TURNS = 15  # one article in so many
RESERVED = ("tunnel under the fjord", "mine on the plateau", "ferry to the islands", "tariff on grain", "stadium by the river",
            "duty on glass", "canal across the isthmus", "airport in the marshes")  # fmt: skip
page_walk.page = functools.lru_cache(page_walk.page)  # what it takes to make a page is not to be in the way
GOAL = 5.0  # seconds, p95


class Stream:
    """Feeds and their pages, and when each entry was first shown."""

    def __init__(self) -> None:
        self.entries: dict[int, list[tuple[str, str, datetime]]] = defaultdict(list)  # by feed: guid, title, published
        self.texts: dict[str, str] = {}
        self.shown: dict[str, float] = {}
        self.ports: list[int] = []
        self._app = web.Application()
        self._app.router.add_get(r"/{feed:\d+}/feed", self._feed)
        self._app.router.add_get(r"/page/{guid}", self._page)
        self._runner = web.AppRunner(self._app, access_log=None)

    async def start(self) -> None:
        """A host for each feed, for what one host is asked for at once is bounded."""
        await self._runner.setup()
        for _ in range(FEEDS):
            await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.ports = [address[1] for address in self._runner.addresses]

    async def stop(self) -> None:
        """No more."""
        await self._runner.cleanup()

    def add(self, feed: int, guid: str, text: str, published: datetime) -> None:
        """One more entry."""
        self.texts[guid] = text
        self.entries[feed] = [*self.entries[feed], (guid, f"Report {guid}", published)][-KEPT:]

    async def _feed(self, request: web.Request) -> web.Response:
        feed = int(request.match_info["feed"])
        items = ""
        for guid, title, published in reversed(self.entries[feed]):
            self.shown.setdefault(guid, time.monotonic())
            items += (
                f"<item><guid isPermaLink='false'>{guid}</guid><title>{escape(title)}</title>"
                f"<link>http://127.0.0.1:{self.ports[feed]}/page/{guid}</link>"
                f"<pubDate>{format_datetime(published)}</pubDate></item>"
            )
        body = f"<rss version='2.0'><channel><title>Feed {feed}</title>{items}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml")

    async def _page(self, request: web.Request) -> web.Response:
        guid = request.match_info["guid"]
        if guid not in self.texts:
            raise web.HTTPNotFound
        return web.Response(text=article_page(self.texts[guid], len(guid)), content_type="text/html")


def configure(folder: Path, stream: Stream, base_url: str) -> None:
    """A newsroom with the made world."""
    ordinary = news.SUBJECTS
    news.SUBJECTS = (*ordinary, *RESERVED)
    news.write_world(folder)
    news.SUBJECTS, news.AGREED, news.REVERSALS = ordinary, 1.0, 0.0  # of these nobody turns
    (folder / "feeds.toml").write_text(
        "\n".join(
            f'[[feed]]\nid = "feed{number}"\nname = "{news.OUTLETS[number]}"\nurl = "http://127.0.0.1:{port}/{number}/feed"\n'
            f'every_minutes = {EVERY / 60}\nallow = ["127.0.0.1:{port}"]\n'
            for number, port in enumerate(stream.ports)
        )
    )
    (folder / "onrecord.toml").write_text(
        f'[polling]\njitter_seconds = 0\nfirst_poll = "alert"\n[ledger]\npath = "{folder}/onrecord.db"\n'
        f'[slack]\nbase_url = "{base_url}"\n[health]\ncanary_hours = 0\n'
        f'[[channel]]\nid = "{CHANNEL}"\nname = "Fact desk"\ncap = 0\n'
    )


def turning() -> list[tuple[str, str, str]]:
    """Who turns on what: the guid, the remark before, the remark after; one minister of each state on each subject."""
    by_state = {state: (name, office) for _, name, office, state in reversed(news.officials())}
    said = []
    for at, what in enumerate(RESERVED):
        for state, (name, office) in by_state.items():
            who = f"{state}n {office} {name} told reporters on Monday."
            key = f"{state}-{at}".lower()
            said.append((key, f"“We support the {what},” {who}", f"“We reject the {what},” {who}"))
    return said


def cpu_of(pid: int) -> float:
    """Seconds of processor time of a process and its children."""
    spent = 0.0
    for one in (pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())):
        spent += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13])) / TICK
    return spent


def on_record(folder: Path) -> int:
    """Articles in the ledger."""
    with contextlib.closing(sqlite3.connect(f"file:{folder}/onrecord.db?mode=ro", uri=True)) as base:
        try:
            return int(base.execute("SELECT count(*) FROM article").fetchone()[0])
        except sqlite3.OperationalError:  # there is no table yet
            return 0


class Run:
    """One run, from the first remarks to the last card."""

    def __init__(self, folder: Path, rate: float, seconds: float) -> None:
        self.folder, self.rate, self.seconds = folder, rate, seconds
        self.stream, self.workspace = Stream(), Workspace()
        self.newsroom = news.Newsroom()
        kind, held = rows()
        self.kind, self.texts = kind, [one["text"] for one in held]
        self.arrived: dict[str, float] = {}
        self.number = 0

    def _article(self, remark: str) -> str:
        real = self.texts[self.number % len(self.texts)]
        return f"{remark}\n{real}\nIt was report number {self.number} of the day."

    def _publish(self, guid: str, remark: str, ago: timedelta = timedelta()) -> None:
        self.number += 1
        self.stream.add(self.number % FEEDS, guid, self._article(remark), datetime.now(UTC) - ago)

    def _watch(self, turns: list[tuple[str, str, str]]) -> bool:
        """Note which cards are there; whether all are."""
        told = [str(message.blocks) for message in self.workspace.messages(CHANNEL)]
        for key, _, after in turns:
            words = after.split("”")[0].strip("“,")
            name = after.split(" told")[0].split()[-1]
            if key not in self.arrived and any(words in card and name in card for card in told):
                self.arrived[key] = time.monotonic()
        return len(self.arrived) == len(turns)

    async def go(self) -> list[float]:
        """Everything; the seconds of each card."""
        await self.stream.start()
        await self.workspace.start()
        configure(self.folder, self.stream, self.workspace.base_url)
        turns = turning()[: max(1, int(self.rate * self.seconds / TURNS))]
        for key, before, _ in turns:
            self._publish(f"before-{key}", before, timedelta(days=20))
        environment = os.environ | {
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_APP_TOKEN": self.workspace.app_token,
        }
        command = [sys.executable, "-m", "bot", "run", "--config", str(self.folder)]
        with (self.folder / "service.log").open("wb") as log:
            service = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # noqa: ASYNC220
        try:
            return await self._live(service, turns)
        finally:
            service.send_signal(signal.SIGTERM)
            await asyncio.to_thread(service.wait, 60)
            await self.workspace.stop()
            await self.stream.stop()

    async def _live(self, service: subprocess.Popen[bytes], turns: list[tuple[str, str, str]]) -> list[float]:
        await self._until(
            lambda: (self.folder / "onrecord.db").exists() and on_record(self.folder) >= len(turns), service
        )
        busy, begun, first = cpu_of(service.pid), time.monotonic(), on_record(self.folder)
        watching = asyncio.create_task(
            self.workspace.wait_for(lambda: self._watch(turns), within=self.seconds + LATEST)
        )
        waiting = list(turns)
        for at in range(int(self.rate * self.seconds)):
            await asyncio.sleep(max(0.0, begun + at / self.rate - time.monotonic()))
            if at % TURNS == 0 and waiting:
                key, _, after = waiting.pop(0)
                self._publish(key, after)
            else:
                self._publish(f"other-{at}", self.newsroom.article(datetime.now(UTC)).text)
        behind = first + int(self.rate * self.seconds) - on_record(self.folder)
        spent, took = cpu_of(service.pid) - busy, time.monotonic() - begun
        with contextlib.suppress(AssertionError, TimeoutError):
            await watching
        done = on_record(self.folder) - first
        load = os.getloadavg()[0]
        print(f"{done} articles on record ({self.kind}); {behind} of them not yet when the last one was published")
        print(f"the service took {spent / took:.2f} of a core in that time; load {load:.1f} on {os.cpu_count()} cores")
        missing = [key for key, *_ in turns if key not in self.arrived]
        if missing:
            print(f"no card of {len(missing)}: {', '.join(missing[:5])}")
        return sorted(self.arrived[key] - self.stream.shown[key] for key in self.arrived)

    async def _until(self, holds, service: subprocess.Popen[bytes]) -> None:
        async with asyncio.timeout(300):
            while not holds():
                if service.poll() is not None:
                    raise SystemExit((self.folder / "service.log").read_text()[-3000:])
                await asyncio.sleep(0.5)


def main() -> int:
    """Measure, print, note."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=float, default=5.0, help="articles a second")
    parser.add_argument("--seconds", type=float, default=120.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-latency-") as folder:
        found = asyncio.run(Run(Path(folder), asked.rate, asked.seconds).go())
    if not found:
        print("no card came")
        return 1
    p50, p95 = found[len(found) // 2], found[min(len(found) - 1, int(len(found) * 0.95))]
    print(f"{len(found)} cards at {asked.rate:g} articles/s: p50 {p50:.2f} s, p95 {p95:.2f} s, most {found[-1]:.2f} s")
    name = f"entry in the feed to message, poll excluded, p95 at {asked.rate:g} articles/s"
    note(Figure(name, round(p95, 2), GOAL, (round(found[0], 2), round(found[-1], 2)), less=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
