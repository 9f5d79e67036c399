"""Health is asked for over HTTP while the whole service runs, and a deaf service ends so that it is started again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
import time

import aiohttp
import pytest
from stage.house import CHANNEL, House
from test_service import NO, YES, one_card

from bot.demo.stories import with_invented_country
from bot.health import Deaf
from bot.slack.app import CONNECTIONS, PING
from config.settings import Health


class Ticks:
    """A monotonic clock that can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


@pytest.fixture
def ticks(house: House) -> Ticks:
    house.ticks = Ticks()
    return house.ticks


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def told_at(house: House, port: int, **health: float) -> None:
    def adjust(config):
        settings = config.settings.model_copy(update={"health": Health(port=port, **health)})
        return with_invented_country(config.model_copy(update={"settings": settings}))

    house.adjust = adjust
    house.names = ["times"]
    house.stand.stand("times").items = [NO]


@pytest.fixture
async def ask(port):
    async with aiohttp.ClientSession(base_url=f"http://127.0.0.1:{port}") as session:

        async def asked(path: str):
            async with session.get(path) as answer:
                return answer.status, await (answer.text() if path == "/metrics" else answer.json())

        yield asked


async def ready(ask, house: House) -> None:
    await house.answers(lambda: ask("/readyz"), lambda told: told == (200, {"ready": True, "troubles": []}))


async def test_ready_then_not_while_slack_is_frozen_then_ready_again(house: House, ticks: Ticks, port, ask) -> None:
    told_at(house, port)
    async with house.open():
        await ready(ask, house)
        house.workspace.inject("apps.connections.open", error="internal_error", times=1000)
        house.workspace.socket_mode.freeze()
        ticks.ahead = 60
        status, told = await ask("/readyz")
        assert status == 503
        assert told["troubles"][0].startswith(f"On {CONNECTIONS} of {CONNECTIONS} connections Slack has not been heard")
        assert (await ask("/healthz"))[0] == 200  # not for so long that a restart would be the only cure
        house.workspace.clear_faults()
        await house.workspace.wait_for(lambda: house.workspace.connections == CONNECTIONS, within=10 * PING)
        await ready(ask, house)
        assert f"onrecord_slack_connections {CONNECTIONS}.0" in (await ask("/metrics"))[1]
        assert f"onrecord_slack_reconnects_total {CONNECTIONS}.0" in (await ask("/metrics"))[1]


async def test_not_ready_while_a_message_waits_for_slack_and_ready_once_it_is_posted(house: House, port, ask) -> None:
    told_at(house, port, late_minutes=0.001)
    async with house.open():
        await house.stand.looked_at("times", 2)
        await ready(ask, house)
        house.workspace.inject("chat.postMessage", status=429, retry_after=1, times=1000)
        house.stand.stand("times").items = [NO, YES]
        waits = "for Slack, for up to"
        status, _ = await house.answers(lambda: ask("/readyz"), lambda told: waits in " ".join(told[1]["troubles"]))
        assert status == 503
        _, figures = await house.answers(
            lambda: ask("/metrics"), lambda told: 'answers_total{answer="limited"} 0.0' not in told[1]
        )
        assert "onrecord_outbox_messages 2.0" in figures  # the card, and the evidence in its thread
        house.workspace.clear_faults()
        await one_card(house)
        answer = await house.workspace.slash("ada", CHANNEL, "help")
        assert answer.error is None
        await ready(ask, house)
        figures = (await ask("/metrics"))[1]
        assert 'onrecord_alerts{kind="reversal",state="sent",verdict="open"} 1.0' in figures
        assert "onrecord_delivery_seconds_count 1.0" in figures
        assert "onrecord_ack_seconds_count 0.0" not in figures
        assert "onrecord_articles 2.0" in figures


async def test_a_deaf_service_ends_with_its_reason(house: House, ticks: Ticks, port, ask) -> None:
    told_at(house, port, deaf_seconds=30)

    async def until_it_ends() -> None:
        async with house.open():
            await ready(ask, house)
            house.workspace.inject("apps.connections.open", error="internal_error", times=1000)
            house.workspace.socket_mode.freeze()
            ticks.ahead = 60
            await house.ended()

    with pytest.raises(Deaf, match="nothing was heard from Slack on any connection for"):
        await until_it_ends()


async def test_without_a_port_nothing_listens(house: House, port) -> None:
    told_at(house, 0)
    async with house.open():
        await house.stand.looked_at("times", 1)
        with pytest.raises(aiohttp.ClientConnectorError):
            async with aiohttp.ClientSession() as session:
                await session.get(f"http://127.0.0.1:{port}/healthz")


async def test_a_slack_that_cannot_be_reached_is_told_and_ends_nothing(house: House, ticks: Ticks, port, ask) -> None:
    told_at(house, port, deaf_seconds=1)
    house.reach_again = 3600
    house.workspace.inject("auth.test", error="internal_error")
    async with house.open():
        ticks.ahead = 600
        await house.stand.looked_at("times", 2)
        status, told = await ask("/readyz")
        assert (status, told["troubles"][0]) == (503, "Slack has not been reached yet; it is tried again until it is.")
        assert "does not answer as Slack: internal_error" in told["troubles"][1]
        assert (await ask("/healthz"))[0] == 200


async def test_the_command_ends_with_a_failure_so_that_a_supervisor_starts_it_again(house: House, tmp_path) -> None:
    (tmp_path / "onrecord.toml").write_text(
        f'[slack]\nbase_url = "{house.workspace.base_url}"\n[judge]\nuse = "rules"\n[health]\ndeaf_seconds = 0.5\n'
        f'[ledger]\npath = "{tmp_path / "deaf.db"}"\n'
    )
    (tmp_path / "feeds.toml").write_text("")
    command = [sys.executable, "-m", "bot", "run", "--config", str(tmp_path)]
    secrets = {"SLACK_BOT_TOKEN": house.workspace.bot_token, "SLACK_APP_TOKEN": house.workspace.app_token}
    process = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **secrets}, stderr=asyncio.subprocess.PIPE
    )
    try:  # pongs come every three seconds: half a second without one is soon over
        async with asyncio.timeout(60):
            _, said = await process.communicate()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    assert process.returncode == 1, said.decode()
    assert "start it again" in said.decode()
