"""The whole way of a saved article page beside newspaper4k's extraction of its text alone, in processor time.

python tests/benchmarks/page_walk.py [--pages 60] [--pairs 5]

Ours is: the GET, the parser child, statements, positions, conflicts with the network of the package, and the ledger in
SQLite. newspaper4k gets the same pages as text, in memory. The pages are made: an article of 3,400 characters in a page
of 100 KB with menus, scripts, teasers and comments. Pairs of as many pages each, in turns, in one run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "benchmarks")]

import polling  # noqa: E402
from goals import Figure, note  # noqa: E402
from pollers import cpu  # noqa: E402
from reading import written  # noqa: E402

NOW = datetime(2025, 6, 1, tzinfo=UTC)
WARM = 3  # pages read before anything is measured
CHARACTERS = 3_400


def page(number: int) -> str:
    """A page as outlets serve it, with an article of its own."""
    chance = random.Random(number)  # noqa: S311 - made-up news
    paragraphs = written(40_000).split("\n\n")
    chance.shuffle(paragraphs)
    text = "\n\n".join(paragraphs)[:CHARACTERS].split("\n\n")
    return furnished(
        f"The bridge, part {number}", "".join(f"<p>{part}</p>\n" for part in text), text[0].split(), chance
    )


def furnished(title: str, story: str, words: list[str], chance: random.Random) -> str:
    """This article in a page of 100 KB, with what stands around it on outlets' pages, of these words."""
    menu = "".join(f'<li class="menu-item"><a href="/topic/{n}">Topic {n}</a></li>' for n in range(60))
    script = "".join(f"window.slot{n}={{id:{n},size:[300,250]}};" for n in range(300))
    teasers = "".join(
        f'<div class="col"><div class="card card--{n % 3}"><div class="card__body"><a class="card__link" href="/{n}">'
        f'<picture><source srcset="/{n}.webp"><img src="/{n}.jpg" alt="" loading="lazy"></picture>'
        f'<h3 class="card__title"><span>Ferries run again on line {n}</span></h3></a><div class="card__meta"><ul><li>'
        f"<span>News</span></li><li><time>3 hours ago</time></li></ul></div><div><p>"
        f"{' '.join(chance.choices(words, k=18))}</p></div></div></div></div>\n"
        for n in range(150)
    )
    comments = "".join(
        f'<div class="comment"><b>Reader {n}</b><p>{" ".join(chance.choices(words, k=25))}</p></div>' for n in range(30)
    )
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title} | Harbour Post</title>"
        f"<meta charset='utf-8'><script>{script}</script></head><body><nav><ul>{menu}</ul></nav>"
        f"<main><article><h1>{title}</h1><div class='byline'>By Noor Hallam</div>{story}</article></main>"
        f"<aside class='related'>{teasers}</aside><section id='comments'>{comments}</section>"
        f"<footer><ul>{menu}</ul></footer></body></html>"
    )


def ours(stack: ExitStack, texts: Callable[[int], str], record: str = "") -> Callable[[int], int]:
    """From the GET of a page to the ledger, which is made unless `record` names one; the characters of its text."""
    from aiohttp import web

    from bot.judges.chosen import choose
    from bot.ledger import Ledger
    from bot.pipeline import Pipeline
    from config.load import load
    from config.schema import Feed
    from config.settings import Settings
    from watchers.child import ParserChild
    from watchers.fetch import Downloader
    from watchers.model import Entry
    from watchers.parsed import ParsedEntry
    from watchers.reading import Reading

    runner = stack.enter_context(asyncio.Runner())
    config = load(environ={})
    chosen = choose(config.settings.judge)
    pipeline = Pipeline(config, chosen.judge, chosen.reader, chosen.encoder)
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    ledger = stack.enter_context(Ledger.open(record or f"{folder}/record.db"))

    async def served(request: web.Request) -> web.Response:
        return web.Response(text=texts(int(request.match_info["number"])), content_type="text/html")

    async def made() -> tuple[str, Downloader, ParserChild]:
        app = web.Application()
        app.router.add_get(r"/{number:\d+}", served)
        site = web.AppRunner(app)
        await site.setup()
        await web.TCPSite(site, "127.0.0.1", 0).start()
        return f"127.0.0.1:{site.addresses[0][1]}", Downloader(Settings().fetching), ParserChild(size=1)

    place, downloader, parser = runner.run(made())

    async def ended() -> None:
        await parser.close()
        await downloader.close()

    stack.callback(lambda: runner.run(ended()))
    feed = Feed(id="post", name="Harbour Post", url=f"http://{place}/feed", allow=(place,))

    async def read(number: int) -> int:
        url = f"http://{place}/{number}"
        entry = Entry(feed="post", keys=(url,), title=f"Part {number}", url=url, published=NOW, summary="", full=False)
        article, trouble = await Reading(feed, downloader, parser, NOW).article(ParsedEntry(entry=entry))
        if trouble:
            raise SystemExit(str(trouble))
        await asyncio.to_thread(pipeline.record, article, ledger, now=NOW)
        return len(article.text)

    return lambda number: runner.run(read(number))


def newspaper(_stack: ExitStack, texts: Callable[[int], str]) -> Callable[[int], int]:
    """The text of a page by newspaper4k."""
    from newspaper import fulltext

    return lambda number: len(fulltext(texts(number), language="en"))


def child(name: str) -> None:
    """Read the pages named on each line of the input; their cost goes to the output."""
    with ExitStack() as stack:
        made: dict[int, str] = {}
        read = {"ours": ours, "newspaper": newspaper}[name](stack, made.__getitem__)
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            first, count = map(int, line.split())
            made.update((number, page(number)) for number in range(first, first + count))
            before, began = cpu(), time.perf_counter()
            characters = [read(number) for number in range(first, first + count)]
            wall = time.perf_counter() - began
            print(json.dumps({"cpu": cpu() - before, "wall": wall, "characters": characters}), flush=True)


class Client(polling.Client):
    """A contender's process."""

    script = ("page_walk.py", "--child")

    def read(self, first: int, count: int) -> dict[str, Any]:
        """So many pages, from this one on."""
        return self.tell(f"{first} {count}")


def main() -> None:
    """Measure, print, and note the figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(asked.child)
        return
    if find_spec("newspaper") is None:
        print("newspaper: not installed, left out")
    clients = [Client(name) for name in ("ours", "newspaper") if name == "ours" or find_spec("newspaper")]
    found: dict[str, list[dict[str, Any]]] = {}
    each = max(1, asked.pages // asked.pairs)
    for pair in range(-1, asked.pairs):
        for client in clients if pair % 2 else clients[::-1]:
            first, count = (0, WARM) if pair < 0 else (WARM + pair * each, each)
            took = client.read(first, count)
            if min(took["characters"]) < CHARACTERS // 2:
                raise SystemExit(f"{client.name} found no article on a page: {took['characters']}")
            if pair >= 0:
                found.setdefault(client.name, []).append(took)
    for client in clients:
        client.end()
    for name, rounds in found.items():
        costs = sorted(1000 * one["cpu"] / each for one in rounds)
        print(f"{name:10} {costs[len(costs) // 2]:7.1f} ms of processor a page, {costs[0]:.1f} to {costs[-1]:.1f}")
    if "newspaper" in found:
        ratios = sorted(a["cpu"] / b["cpu"] for a, b in zip(found["ours"], found["newspaper"], strict=True))
        middle, spread = ratios[len(ratios) // 2], (round(ratios[0], 2), round(ratios[-1], 2))
        print(f"ours takes {middle:.2f} times what newspaper4k takes ({spread[0]} to {spread[1]}), goal 1.0")
        note(Figure("page to ledger / newspaper4k's text alone, cpu", round(middle, 2), 1.0, spread, less=True))


if __name__ == "__main__":
    main()
