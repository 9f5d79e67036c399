"""Two newsrooms with one app: each has its own process, ledger and token, and neither ever sees the other."""

from __future__ import annotations

import asyncio
import contextlib
import json
from datetime import UTC, datetime
from functools import cache

import pytest
from strait_story import put_on_record, strait
from town import NORTH, SIGNING, SOUTH, behind, free_port

from bot.installed import NotInstalled
from bot.service import Service
from config.environment import Secrets
from config.load import load
from config.schema import Channel

CHANNEL = "fact-desk"


@cache
def _defaults():
    return load(environ={})


class Newsroom:
    """The service of one workspace behind the door."""

    def __init__(self, town, workspace, folder, port):
        self.workspace = workspace
        self.port = port
        config = _defaults()
        slack = config.settings.slack.model_copy(
            update={
                "base_url": town.com.base_url,
                "mode": "http",
                "http_port": port,
                "team": workspace.settings.team_id,
                "installations": str(town.folder),
            }
        )
        settings = config.settings.model_copy(update={"slack": slack})
        self.config = config.model_copy(update={"feeds": (), "channels": (Channel(id=CHANNEL),), "settings": settings})
        self.database = str(folder / f"{workspace.settings.team_id}.db")
        self.service = None

    @contextlib.asynccontextmanager
    async def open(self):
        self.service = Service(self.config, Secrets(signing_secret=SIGNING), database=self.database, reach_again=0.1)
        stop = asyncio.Event()
        running = asyncio.create_task(self.service.run(stop))
        ready = asyncio.create_task(self.service.ready.wait())
        try:
            await asyncio.wait({running, ready}, timeout=60, return_when=asyncio.FIRST_COMPLETED)
            assert not running.done()
            yield self.service
        finally:
            ready.cancel()
            stop.set()
            async with asyncio.timeout(30):
                await running

    def put_on_record(self):
        return put_on_record(self.service.ledger, strait(), CHANNEL, datetime.now(UTC))

    async def card(self):
        await self.workspace.wait_for(self.cards, within=30, what="a card")
        return self.cards()[0]

    def cards(self):
        return [message for message in self.workspace.messages(CHANNEL) if message.metadata]

    async def says(self, text):
        answer = await self.workspace.slash("ada", CHANNEL, text)
        return answer.text + json.dumps(answer.blocks, ensure_ascii=False)


@pytest.fixture
async def newsrooms(town, tmp_path):
    made = [Newsroom(town, one, tmp_path, await free_port()) for one in (town.north, town.south)]
    await town.open_door(
        *(behind(one.workspace.settings.team_id, f"http://127.0.0.1:{one.port}") for one in made), patience=2.5
    )
    return made


def told(workspace):
    """How many events have come to an end, whoever heard them."""
    return sum(one.kind == "events_api" for one in workspace.deliveries)


async def test_two_newsrooms_share_an_app_and_nothing_else(town, newsrooms):
    north, south = newsrooms
    await town.install(NORTH)
    await town.install(SOUTH)
    async with north.open() as northern, south.open() as southern:
        raised = north.put_on_record()
        card = await north.card()

        assert raised.name in await north.says("conflicts")
        assert raised.name not in await south.says("conflicts")
        assert "Velden" not in await south.says(f"alert {raised.name}")
        assert "No person “payload”" in await north.says("who payload")
        await town.north.click("ada", CHANNEL, card.ts, "alert_confirm")
        assert northern.ledger.alert(raised.number).review == "confirmed"
        assert southern.ledger.status().articles == 0
        assert town.south.messages(CHANNEL) == ()
        assert {one.ack.error for one in (*town.north.deliveries, *town.south.deliveries)} == {None}

        town.north.add_channel("night-desk")
        town.north.revoke_token("account_inactive")
        await town.north.wait_for(lambda: told(town.north) == 2, what="Slack said so")
        with pytest.raises(
            NotInstalled, match=r"North Desk \(T0NORTH\): the app was uninstalled on .* install the app again"
        ):
            town.installations.token(NORTH)
        late = put_on_record(northern.ledger, strait(), "night-desk", datetime.now(UTC))
        assert "keeps what officials said" in await south.says("help")
        assert northern.ledger.alert(late.number).state == "pending"
        again = "install the app in T0NORTH again, and it goes on by itself"
        async with asyncio.timeout(30):
            while again not in northern.ledger.status().refused:
                await south.says("help")  # the other newsroom's answers are the clock

        await town.install(NORTH)
        await town.north.wait_for(lambda: town.north.messages("night-desk"), within=30, what="what waited")
        assert late.name in await north.says("conflicts")
        assert town.south.messages(CHANNEL) == ()
    assert town.installations.token(NORTH) != town.installations.token(SOUTH)


async def test_a_process_waits_for_its_workspace_to_be_installed_and_says_so(town, newsrooms, caplog):
    (north, _) = newsrooms
    async with north.open() as service:
        raised = north.put_on_record()
        assert "T0NORTH: the app is not installed there" in caplog.text
        assert service.ledger.alert(raised.number).state == "pending"
        assert "is not running" in await north.says("help")
        await town.install(NORTH)
        await north.card()
