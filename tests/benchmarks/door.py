"""How much longer a request of Slack's is under way through the door than straight to the process.

python tests/benchmarks/door.py [REQUESTS]    1,000 signed commands each way, one after the other, on loopback
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles

import aiohttp
from aiohttp import web

from bot.door.server import Door
from bot.signed import PATH
from bot.workspace.transport.signed_http import signature
from config.environment import DoorSecrets
from config.settings import Behind, DoorSettings, SlackSettings

SECRET = "secret"
BODY = b"command=%2Frecord&text=who+velden&user_id=U0ADA&channel_id=C0FACTDESK&team_id=T0NORTH"


@asynccontextmanager
async def process() -> AsyncIterator[str]:
    """Answers at once, as a process acknowledges."""

    async def take(request: web.Request) -> web.Response:
        await request.read()
        return web.Response()

    app = web.Application()
    app.router.add_post(PATH, take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def times(address: str, requests: int) -> list[float]:
    """Milliseconds of each request."""
    taken = []
    async with aiohttp.ClientSession() as session:
        for _ in range(requests):
            stamp = str(int(time.time()))
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Slack-Request-Timestamp": stamp,
                "X-Slack-Signature": signature(SECRET, stamp, BODY),
            }
            begun = time.perf_counter()
            async with session.post(address + PATH, data=BODY, headers=headers) as answer:
                await answer.read()
                assert answer.status == 200
            taken.append(1000 * (time.perf_counter() - begun))
    return taken


async def main(requests: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with process() as straight:
            settings = DoorSettings(
                address="http://127.0.0.1", port=0, workspaces=(Behind(team="T0NORTH", process=straight),)
            )
            slack = SlackSettings(installations=str(Path(folder)))
            door = Door(settings, slack, DoorSecrets(client_id="1.2", client_secret="x", signing_secret=SECRET))
            through = f"http://127.0.0.1:{await door.start()}"
            for words, address in (("straight to the process", straight), ("through the door", through)):
                cuts = quantiles(await times(address, requests), n=100)
                print(f"{words:<24} p50 {cuts[49]:.2f} ms   p99 {cuts[98]:.2f} ms   of {requests:,} commands")
            await door.stop()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
