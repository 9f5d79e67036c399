"""The Slack side against an emulator of Slack by other hands, run by hand: `smoke.py http://127.0.0.1:3000 socket`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import shown
from strait_story import put_on_record, strait

from bot.ledger import Ledger
from bot.slack import SlackSide, Tokens
from config.schema import Config
from config.settings import Settings, SlackSettings

CHANNEL = "C0FACTDESK"
PATIENCE = 8.0
Message = dict[str, Any]


class Emulator:
    """Acts for people in the emulator, and looks at what they see."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session
        self.failed: list[str] = []
        self.passed = 0

    async def do(self, what: str, **sent: object) -> None:
        """Let somebody do something."""
        place = {"channel": CHANNEL, "user": "U0ADA", **sent}
        async with self._session.post(f"{self._url}/_control/{what}", json=place) as answer:
            answer.raise_for_status()

    async def messages(self) -> list[Message]:
        """Everything in the channel, threads and private answers too."""
        async with self._session.get(f"{self._url}/_control/messages/{CHANNEL}") as answer:
            return (await answer.json())["messages"]

    async def check(self, what: str, holds: Callable[[list[Message]], object]) -> None:
        """Wait until something holds of the messages; say whether it does."""
        for _ in range(int(PATIENCE / 0.1)):
            if holds(await self.messages()):
                self.passed += 1
                sys.stdout.write(f"ok      {what}\n")
                return
            await asyncio.sleep(0.1)
        self.failed.append(what)
        sys.stdout.write(f"FAILED  {what}\n")

    async def asked(self, typed: str) -> None:
        """Type a command, and wait for an answer that its asker alone sees."""
        before = {message["ts"] for message in await self.messages()}
        await self.do("command", command="/record", text=typed)
        await self.check(f"/record {typed}", lambda found: private(found, "U0ADA", before))

    async def pressed(self, action: str, user: str = "U0ADA") -> None:
        """Press a button of the card."""
        card = top(await self.messages())
        elements = [one for block in card["blocks"] for one in block.get("elements", ())]
        element = next(one for one in elements if one.get("action_id") == action)
        await self.do("interact", user=user, messageTs=card["ts"], action=element)


def top(found: list[Message]) -> Message:
    """The card."""
    posted = (one for one in found if one.get("thread_ts") in {None, one["ts"]} and not one.get("subtype"))
    return next(posted, {"blocks": []})


def labels(found: list[Message]) -> list[str]:
    """The buttons of the card."""
    elements = [one for block in top(found)["blocks"] for one in block.get("elements", ())]
    return [one["text"]["text"] for one in elements if one.get("type") == "button"]


def private(found: list[Message], user: str, before: set[str]) -> bool:
    """Whether this person alone got an answer since."""
    return any(one.get("ephemeral_to") == user and one["ts"] not in before for one in found)


@asynccontextmanager
async def running(url: str, mode: str) -> AsyncIterator[None]:
    """The real Slack side on a record of the story."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(str(Path(folder, "record.db"))) as ledger:
        put_on_record(ledger, strait())
        slack = SlackSettings(base_url=f"{url}/api/", mode=mode, http_port=4000)
        side = SlackSide(
            ledger=ledger,
            config=Config(settings=Settings(slack=slack)),
            tokens=Tokens(bot="xoxb-outside", app="xapp-outside", signing="outside"),
            clock=lambda: datetime.now(UTC),
        )
        await side.start()
        yield
        await side.stop()


async def main(url: str, mode: str) -> int:
    """Run every check; the number of those that failed."""
    async with aiohttp.ClientSession() as session:
        emulator = Emulator(url, session)
        await emulator.do("reset")
        async with running(url, mode):
            await emulator.check("the card arrives", lambda found: "Confirm" in labels(found))
            await emulator.check(
                "the evidence stands in its thread",
                lambda found: any(one.get("thread_ts") == top(found)["ts"] != one["ts"] for one in found),
            )
            for typed in shown.ASKED:
                await emulator.asked(typed)
            await emulator.pressed("alert_confirm")
            await emulator.check("a press changes the card", lambda found: "Undo" in labels(found))
            await emulator.pressed("alert_undo", "U0TOMAS")
            await emulator.check("an undo opens it again", lambda found: "Confirm" in labels(found))
    sys.stdout.write(f"{emulator.passed} passed, {len(emulator.failed)} failed by {mode}\n")
    return len(emulator.failed)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1].rstrip("/"), sys.argv[2])))
