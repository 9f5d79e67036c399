"""The hostile set over HTTP on loopback, from a process of its own, so that its memory is not taken for the reader's."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

HERE = Path(__file__).resolve().parent
HEALTHY = "/healthy"
QUIET = "/quiet"
LOOKS = "/looks"


async def _feed(request: web.Request) -> web.Response:
    from feeds import CRASHERS, FEEDS

    kind, number = request.match_info["kind"], int(request.match_info["number"])
    make = list({"feeds": FEEDS, "crashers": CRASHERS}[kind].values())[number]
    return web.Response(body=make(), content_type="application/rss+xml")


async def _path(request: web.Request) -> web.Response:
    from wires import PATHS

    return web.Response(text=PATHS[int(request.match_info["number"])], content_type="application/rss+xml")


async def _page(request: web.Request) -> web.Response:
    from pages import PAGES

    return web.Response(body=list(PAGES.values())[int(request.match_info["number"])](), content_type="text/html")


async def _wire(request: web.Request) -> web.StreamResponse:
    from wires import WIRES

    return await list(WIRES.values())[int(request.match_info["number"])](request)


async def _entry(request: web.Request) -> web.Response:
    """A feed whose only entry leads to a hostile page."""
    from documents import item, rss

    number = request.match_info["number"]
    link = f"http://{request.host}/pages/{number}"
    return web.Response(text=rss(item(f"Page {number}", guid=number, link=link)), content_type="application/rss+xml")


async def _healthy(request: web.Request) -> web.Response:
    """A feed with one more whole article at each look, up to a hundred."""
    from documents import item, rss, story

    looks: dict[str, list[float]] = request.app["looks"]
    name = request.match_info["name"]
    looks.setdefault(name, []).append(time.monotonic())
    count = len(looks[name])
    entries = (
        item(f"{name} {number}", guid=str(number), content=story(f"{name} {number}"))
        for number in range(count, max(0, count - 100), -1)
    )
    return web.Response(text=rss(*entries), content_type="application/rss+xml")


async def _quiet(request: web.Request) -> web.Response:
    """A feed with one more short entry at every tenth look."""
    from documents import item, rss

    looks: dict[str, list[float]] = request.app["looks"]
    name = request.match_info["name"]
    looks.setdefault(name, []).append(time.monotonic())
    newest = len(looks[name]) // 10
    entries = (item(f"{name} {number}", guid=str(number), text="A ship came in.") for number in range(newest, -1, -1))
    return web.Response(text=rss(*entries), content_type="application/rss+xml")


async def _looks(request: web.Request) -> web.Response:
    """When each healthy feed was looked at, and now."""
    return web.json_response({"now": time.monotonic(), "looks": request.app["looks"]})


def application() -> web.Application:
    """Every piece under its number, and healthy feeds under any name."""
    made = web.Application()
    made["looks"] = {}
    made.add_routes(
        [
            web.get("/{kind:feeds|crashers}/{number}", _feed),
            web.get("/paths/{number}", _path),
            web.get("/pages/{number}", _page),
            web.get("/wires/{number}", _wire),
            web.get("/entries/{number}", _entry),
            web.get(HEALTHY + "/{name}", _healthy),
            web.get(QUIET + "/{name}", _quiet),
            web.get(LOOKS, _looks),
        ]
    )
    return made


async def _serve(addresses: list[str]) -> None:
    logging.disable(logging.CRITICAL)  # readers who hang up in the middle are what this is for
    runner = web.AppRunner(application(), access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    for address in addresses:
        await web.TCPSite(runner, address, port).start()
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # until the parent ends
    await runner.cleanup()


@asynccontextmanager
async def served(*addresses: str) -> AsyncIterator[str]:
    """Serve until left, at further addresses of loopback too (Linux has them all); gives "host:port" of the first."""
    paths = [str(HERE), str(HERE.parent / "watchers"), str(HERE.parents[1]), os.environ.get("PYTHONPATH", "")]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        __file__,
        *addresses,
        stdin=PIPE,
        stdout=PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        yield f"127.0.0.1:{int(await process.stdout.readline())}"
    finally:
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 5)
        except TimeoutError:
            process.kill()
            await process.wait()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1:]))
