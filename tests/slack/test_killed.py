"""A process that is killed at any moment leaves nothing untold that belongs to no card, and tells nothing twice."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice, permutations, product
from pathlib import Path

import pytest
from strait_story import newsroom_of

from bot.ledger import Ledger
from bot.slack import commands
from bot.slack.actions import pressed
from bot.slack.blocks.asking import frame
from bot.slack.blocks.asking.frame import Asked
from bot.slack.events import EVENTS
from bot.slack.newsroom import Asker, Heard, Press
from bot.workspace import Settings as WorkspaceSettings
from bot.workspace import Workspace
from config.schema import Config
from config.settings import Settings, SlackSettings

DESK, OPEN = "C0FACTDESK", "C0GENERAL"
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


def ask_for_more(newsroom, life, channel):
    """A channel to be greeted, an answer to be shared and a source to be suggested, by what listens to Slack."""
    now, noor = datetime.now(UTC), Asker(user="U0NOOR", role="member", channel=OPEN)
    greeted = Heard(name="member_joined_channel", asker=noor, channel=channel, text="", now=now)
    assert EVENTS[greeted.name].does(newsroom, greeted).queued().state == "pending"
    asked = commands.ask(newsroom, "who halasz", noor, now)
    press = Press(
        action=frame.SHARE,
        value=Asked(words="who halasz", seen=frame.mark(asked)).value,
        asker=noor,
        now=now,
        ts=str(life),
    )
    assert pressed(newsroom, press).queued().state == "pending"
    commands.answer(newsroom, f"source add https://harbour-{life}.example/feed", noor, now)


@pytest.mark.campaign
async def test_digests_greetings_shares_and_suggestions_survive_kill_9_and_are_told_once(tmp_path, story):
    place = str(tmp_path / "record.db")
    workspace = Workspace(WorkspaceSettings(rate_limited=False))
    await workspace.start()
    dice = random.Random(11)  # noqa: S311 - the same kills each time
    shown = (story.conflict.earlier, story.conflict.bridge, story.conflict.fresh)
    pairs = islice(product(permutations(shown, 2), ("denied_claim", "reversal", "disputed")), ROUNDS)
    numbers, greeted = [], [workspace.add_channel(f"desk-{life}") for life in range(ROUNDS)]
    workspace.invite_bot(OPEN)
    operators = workspace.add_channel("operators")
    try:
        for life, ((fresh, earlier), kind) in enumerate(pairs):
            with Ledger.open(place, durable=False) as ledger:
                with ledger.work() as work:
                    for told in story.articles:
                        work.article(told)
                    for position in shown:
                        work.statement(position.statement)
                    pair = replace(story.conflict, fresh=fresh, earlier=earlier, kind=kind, case=f"case-{life}")
                    numbers.append(work.alert(pair, DESK, "medium", datetime.now(UTC), state="held").name)
                    work.commit()
                settings = Settings(slack=SlackSettings(operator_channel=operators.id))
                newsroom = replace(newsroom_of(ledger, story.desk), config=Config(settings=settings))
                ask_for_more(newsroom, life, greeted[life].id)
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
        shares = [json.dumps(post.blocks) for post in workspace.messages(OPEN)]
        suggestions = [post.text for post in workspace.messages(operators.id)]
        greetings = [[post.text for post in workspace.messages(one.id)] for one in greeted]
        await workspace.stop()
    assert sorted(name for name in numbers for text in digests if name in text) == sorted(numbers)
    assert ["Shared by <@U0NOOR>" in share for share in shares] == [True] * ROUNDS
    assert suggestions == [f"harbour-{life}.example is suggested as a source." for life in range(ROUNDS)]
    assert greetings == [["On Record is here: what it posts, and how to keep it quiet."]] * ROUNDS
