"""A process that is killed at any moment leaves no digest untold and tells none twice."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice, permutations, product
from pathlib import Path

from bot.ledger import Ledger
from bot.workspace import Settings, Workspace

DESK = "C0FACTDESK"
ROUNDS = 6
CHILD = """
import asyncio, sys
from datetime import UTC, datetime, timedelta
from bot.ledger import Ledger
from bot.slack import DeliveryLoop
from bot.slack.blocks import Desk
from bot.slack.web_api.client import web_client
from config.schema import Channel, SlackSettings

place, url, token, ahead = sys.argv[1:]
def clock():  # each life begins a minute after the one before, when what it left in doubt may be settled
    return datetime.now(UTC) + timedelta(seconds=float(ahead))

async def live():
    with Ledger.open(place, durable=False) as ledger:
        loop = DeliveryLoop(
            ledger=ledger, client=web_client(token, url), settings=SlackSettings(base_url=url), desk=Desk(),
            clock=clock, channels=(Channel(id="C0FACTDESK", digest=""),),
        )
        print("ready", flush=True)
        while True:
            await loop.step(clock())
            if not ledger.held() and not ledger.bulletins_due(clock()) and not ledger.bulletins_doubtful(
                clock(), timedelta(0)
            ):
                print("done", flush=True)
            await asyncio.sleep(0.01)

asyncio.run(live())
"""


async def test_a_digest_survives_kill_9_and_is_told_once(tmp_path, story):
    place = str(tmp_path / "record.db")
    workspace = Workspace(Settings(rate_limited=False))
    await workspace.start()
    dice = random.Random(11)  # noqa: S311 - the same kills each time
    shown = (story.conflict.earlier, story.conflict.bridge, story.conflict.fresh)
    pairs = islice(product(permutations(shown, 2), ("denied_claim", "reversal", "disputed")), ROUNDS)
    numbers = []
    try:
        for life, ((fresh, earlier), kind) in enumerate(pairs):
            with Ledger.open(place, durable=False) as ledger, ledger.work() as work:
                for told in story.articles:
                    work.article(told)
                for position in shown:
                    work.statement(position.statement)
                pair = replace(story.conflict, fresh=fresh, earlier=earlier, kind=kind, case=f"case-{life}")
                numbers.append(work.alert(pair, DESK, "medium", datetime.now(UTC), state="held").name)
                work.commit()
            last = life == ROUNDS - 1
            if last:
                workspace.clear_faults()
            else:
                workspace.inject("chat.postMessage", drop=True, after_commit=dice.random() < 0.5, after=life % 2)
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-c", CHILD, place, workspace.base_url, workspace.bot_token, str(60 * life),
                stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2],
            )  # fmt: skip
            assert child.stdout is not None
            async with asyncio.timeout(60):
                assert await child.stdout.readline() == b"ready\n"
                if last:
                    assert await child.stdout.readline() == b"done\n"
                else:
                    await asyncio.sleep(dice.uniform(0, 0.12))
            child.send_signal(signal.SIGKILL)
            await child.wait()
    finally:
        digests = [post.text for post in workspace.messages(DESK)]
        await workspace.stop()
    assert sorted(name for name in numbers for text in digests if name in text) == sorted(numbers)
