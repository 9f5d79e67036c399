"""What an article costs by stage, in processor time, and what one core, one host and ten hosts carry.

python tests/benchmarks/sizing.py                            150 articles, the record in SQLite
python tests/benchmarks/sizing.py --postgresql URL           an empty database; its own processor time is told apart
python tests/benchmarks/sizing.py --record FILE              on a copy of a record that is there (see commands.py --keep)

The articles are the real ones beside the checkout where they are present, else made ones, each in a page of 100 KB on
loopback that another process serves. One after the other goes the whole way of the service: the GET, the text in the
parser child, statements, positions with the network, what is on record nearby, conflicts, the rows. Stages are told apart by
calls that are wrapped here; what a wrapped call costs on top is some millionths of a second. A poll is measured by polling.py
and given with --poll-ms.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

import page_walk  # noqa: E402
from goals import Figure, note  # noqa: E402
from pollers import TICK, cpu  # noqa: E402
from reading import rows  # noqa: E402

NOW = datetime(2025, 6, 1, tzinfo=UTC)
WARM = 10  # articles that are read before anything is measured
BUSY = 0.6  # of a core: more of it and what comes in bursts waits
STAGES = ("fetch", "text", "statements", "positions", "network", "near", "conflicts", "write", "rest")


class Meter:
    """Processor time by stage; a stage within another is taken off that one."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._open: list[str] = []
        self._mark = 0.0

    def _turn(self) -> None:
        now = time.process_time()
        if self._open:
            self.spent[self._open[-1]] += now - self._mark
        self._mark = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What is spent within belongs to it."""
        self._turn()
        self._open.append(name)
        self.calls[name] += 1
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call as a stage."""

        @functools.wraps(call)
        def timed(*given: Any, **named: Any) -> Any:
            with self.stage(name):
                return call(*given, **named)

        return timed

    def awaited(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same of one that is awaited; nothing else runs meanwhile."""

        @functools.wraps(call)
        async def timed(*given: Any, **named: Any) -> Any:
            with self.stage(name):
                return await call(*given, **named)

        return timed


def article_page(text: str, number: int) -> str:
    """A page as outlets serve it, around a text."""
    made = page_walk.page(number)
    before, rest = made.split("<div class='byline'>", 1)
    after = rest[rest.index("</article>") :]
    story = "".join(f"<p>{part}</p>\n" for part in text.split("\n") if part.strip())
    return f"{before}<div class='byline'>By Noor Hallam</div>{story}{after}"


def serve(file: str) -> None:
    """Serve the pages of a file until the input ends."""
    from aiohttp import web

    texts: list[str] = json.loads(Path(file).read_text("utf-8"))

    async def served(request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        return web.Response(text=article_page(texts[number], number), content_type="text/html")

    async def run() -> None:
        app = web.Application()
        app.router.add_get(r"/{number:\d+}", served)
        site = web.AppRunner(app)
        await site.setup()
        await web.TCPSite(site, "127.0.0.1", 0).start()
        print(site.addresses[0][1], flush=True)
        await asyncio.to_thread(sys.stdin.read)

    asyncio.run(run())


def server_cpu(ledger: Any) -> float:
    """Seconds of processor time of all processes of a PostgreSQL server that is on this machine; 0 for SQLite."""
    with ledger._reading() as connection:
        if connection.dialect.name == "sqlite":
            return 0.0
        pids = list(connection.exec_driver_sql("SELECT pid FROM pg_stat_activity").scalars())
    spent = 0
    for pid in pids:
        spent += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return spent / TICK


async def walked(place: str, texts: list[str], ledger: Any, meter: Meter) -> dict[str, float]:
    """Each article the whole way; seconds beside those that the meter has."""
    from bot import conflicts, positions, reading, statements
    from bot.judges.chosen import choose
    from bot.ledger import Work
    from bot.pipeline import Pipeline
    from config.load import load
    from config.schema import Feed
    from watchers.child import ParserChild
    from watchers.fetch import Downloader
    from watchers.model import Entry
    from watchers.parsed import ParsedEntry
    from watchers.reading import Reading

    config = load(environ={})
    chosen = choose(config.settings.judge)
    encoder = chosen.encoder and meter.wrapped("network", chosen.encoder)
    extract = statements.extract
    reading.statements.extract = meter.wrapped("statements", lambda *given: list(extract(*given)))  # type: ignore[attr-defined]
    for name in ("take", "weighed", "placed"):
        setattr(positions, name, meter.wrapped("positions", getattr(positions, name)))
    conflicts.find = meter.wrapped("conflicts", conflicts.find)  # type: ignore[assignment]
    Work.near = meter.wrapped("near", Work.near)  # type: ignore[method-assign]
    for name in ("article", "statement", "report", "position", "conflict", "filed", "commit", "alert"):
        if hasattr(Work, name):
            setattr(Work, name, meter.wrapped("write", getattr(Work, name)))
    pipeline = Pipeline(config, chosen.judge, chosen.reader, encoder)
    downloader, parser = Downloader(config.settings.fetching), ParserChild(size=1)
    downloader._follow = meter.awaited("fetch", downloader._follow)  # type: ignore[method-assign]
    parser.page = meter.awaited("text", parser.page)  # type: ignore[method-assign]
    feed = Feed(id="post", name="Harbour Post", url=f"http://{place}/feed", allow=(place,))

    async def read(number: int) -> int:
        url = f"http://{place}/{number}"
        entry = Entry(feed="post", keys=(url,), title=f"Part {number}", url=url, published=NOW, summary="", full=False)
        article, trouble = await Reading(feed, downloader, parser, NOW).article(ParsedEntry(entry=entry))
        if trouble:  # one text of the corpus reads like a wall before a page; its cost is counted, not its text
            print(f"an article is a partial one: {trouble}")
        await asyncio.to_thread(meter.wrapped("rest", pipeline.record), article, ledger, now=NOW)
        return len(article.text)

    try:
        for number in range(WARM):
            await read(number)
        meter.spent.clear()
        meter.calls.clear()
        tree, own, base = cpu(), time.process_time(), server_cpu(ledger)
        characters = 0
        for number in range(WARM, len(texts)):
            characters += await read(number)
        children = (cpu() - tree) - (time.process_time() - own)
        unmetered = time.process_time() - own - sum(meter.spent.values())
        base = server_cpu(ledger) - base
    finally:
        await parser.close()
        await downloader.close()
    meter.spent["text"] += children
    meter.spent["rest"] += unmetered
    return {"server": base, "characters": characters / (len(texts) - WARM)}


def capacity(cost: float, turn: float, server: float, poll: float) -> None:
    """What so many cores carry at the share of busy time that leaves room; those that turn about in one record at most so many."""
    second, most = BUSY * 1000 / cost, BUSY * 1000 / turn
    print(
        f"one core at {BUSY:.0%} busy: {second:.1f} articles/s ({second * 86_400:,.0f} a day), or {BUSY * 600_000 / poll:,.0f} feeds every 10 minutes"
    )
    for hosts in (1, 10):
        carried = hosts * 8 * second
        print(f"{hosts:2} of 8 cores: {carried:.0f} articles/s ({carried * 86_400:,.0f} a day)", end="")
        print(f"; in one record {most:.0f}, for its writers take turns" if carried > most else "")
    if server:
        print(f"PostgreSQL with 8 cores of its own would carry {8 * BUSY * 1000 / server:,.0f} articles/s")


def main() -> int:
    """Measure, print, note."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--postgresql", metavar="URL", help="an empty database, in the place of SQLite")
    parser.add_argument("--record", metavar="FILE", type=Path, help="a record on which it is put, in a copy")
    parser.add_argument("--poll-ms", type=float, default=2.0, help="of processor for the mean poll of a feed")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.serve)
        return 0
    from bot.ledger import Ledger

    kind, held = rows()
    texts = [one["text"] for one in held[: asked.articles + WARM]]
    meter = Meter()
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages.json"
        pages.write_text(json.dumps(texts), "utf-8")
        given = [sys.executable, __file__, "--serve", str(pages)]
        with subprocess.Popen(given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as site:
            assert site.stdout is not None
            place = f"127.0.0.1:{site.stdout.readline().strip()}"
            record = asked.postgresql or f"{folder}/record.db"
            if asked.record:
                shutil.copyfile(asked.record, record)
            with Ledger.open(record) as ledger:
                beside = asyncio.run(walked(place, texts, ledger, meter))
                status = ledger.status()
    count = len(texts) - WARM
    each = {name: 1000 * meter.spent[name] / count for name in STAGES}
    cost, server = sum(each.values()), 1000 * beside["server"] / count
    turn = each["near"] + each["conflicts"] + each["write"] + each["rest"] + server
    where = "PostgreSQL" if asked.postgresql else "SQLite"
    print(
        f"{count} {kind} of {beside['characters']:.0f} characters, {where}, {status.statements:,} statements on record"
    )
    print(f"{meter.calls['near'] / count:.1f} checks of a fresh position an article")
    for name, spent in each.items():
        print(f"  {name:12} {spent:7.1f} ms  {spent / (cost + server):5.1%}")
    if asked.postgresql:
        print(f"  {'PostgreSQL':12} {server:7.1f} ms  {server / (cost + server):5.1%}  the server's own")
    print(f"  {'altogether':12} {cost + server:7.1f} ms an article; {turn:.1f} of them in the turn of the one writer")
    capacity(cost, turn, server, asked.poll_ms)
    for name, value in (("an article, cpu ms", cost + server), ("in the writer's turn, cpu ms", turn)):
        note(Figure(f"sizing, {where}: {name}", round(value, 1), None, (round(value, 1), round(value, 1)), less=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
