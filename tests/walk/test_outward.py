"""A conflict that comes in by a feed is told to a webhook and by mail, by the running service."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web
from aiosmtpd.controller import Controller
from stage.house import House
from test_service import NO, YES, one_card

from bot.demo.stories import with_invented_country
from config.schema import Config
from config.settings import Mail, Readers, Webhook, Webhooks


class Running(Controller):
    """On whatever port was free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


class Mailbox:
    def __init__(self) -> None:
        self.came = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    async def handle_DATA(self, *_: Any) -> str:
        self.loop.call_soon_threadsafe(self.came.set)
        return "250 OK"


async def test_what_is_posted_is_told_to_a_webhook_and_by_mail(house: House) -> None:
    taken: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def hear(request: web.Request) -> web.Response:
        taken.put_nowait(await request.json())
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/hook", hear)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    place = "{}:{}".format(*runner.addresses[0][:2])
    box = Mailbox()
    server = Running(box, hostname="127.0.0.1", port=0)
    server.start()
    due = datetime.now(UTC) + timedelta(minutes=1)  # not yet: what is told came before its hour

    def adjusted(config: Config) -> Config:
        hooks = Webhooks(targets=(Webhook(id="tool", url=f"http://{place}/hook", secret="TOOL", allow=(place,)),))
        readers = Readers(id="desk", to=("ada@post.example",), at=f"{due:%H:%M} UTC")
        mail = Mail(host="127.0.0.1", port=server.port, security="none", sender="r@post.example", lists=(readers,))
        told = config.settings.model_copy(update={"webhooks": hooks, "mail": mail})
        return with_invented_country(config.model_copy(update={"settings": told}))

    house.adjust, house.names = adjusted, ["times"]
    house.secrets = {"webhooks": {"tool": "made up for this test, and long enough"}}
    stand = house.stand.stand("times")
    stand.items = [NO]
    try:
        async with house.open(), asyncio.timeout(60):
            await house.stand.looked_at("times", 2)
            stand.items = [NO, YES]
            await one_card(house)
            told = await taken.get()
        assert (told["type"], told["alert"]["title"]) == (
            "alert.raised",
            "Marken, earlier and now, on the port toll",
        )
        due -= timedelta(minutes=2)
        async with house.open(), asyncio.timeout(60):
            await box.came.wait()
        assert taken.empty(), "told once"
    finally:
        server.stop()
        await runner.cleanup()
