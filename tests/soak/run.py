"""Compressed news through the real service for hours: `make soak HOURS=8`; a week of it every hour.

The service runs as users start it (`onrecord run`), against a local news site and a local Slack workspace that this
program keeps. Feeds break, restart and are edited, Slack fails in its ways, people ask and press buttons. What the
process takes is sampled. The last line is JSON; the exit code is 1 when a goal of `taken.missed` is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / room) for room in ("walk", "hostile", "soak"))]

from aiohttp import web  # noqa: E402
from breaking import SLACK_FAULTS, Site  # noqa: E402
from desks import DESKS, cards, configured, open_in  # noqa: E402
from figures import ended, told  # noqa: E402
from news import OUTLETS, Newsroom, officials, write_world  # noqa: E402
from taken import EVERY, Sample, complaints, growth, missed, sample, series, slope, unhandled  # noqa: E402

from bot.ledger import Ledger  # noqa: E402
from bot.ledger.keeping.inspection import Tally  # noqa: E402
from bot.slack.blocks import parts  # noqa: E402
from bot.workspace import Message, Workspace  # noqa: E402
from bot.workspace.people import NotThereError  # noqa: E402

A_DAY = 600  # articles of twenty feeds, each of thirty
WEEK = 7 * A_DAY
KEPT = 30  # entries of a feed
PATIENCE = 600.0  # seconds in which something that waits has to arrive
QUESTIONS = ("help", "status", "conflicts", "stats", "balance", "since 1d", "topics", "source health", "nonsense")
UNTOLD = frozenset({"listed", "withdrawn"})  # that nobody is to be told of: muted, taken back
BUTTONS = (parts.CONFIRM, parts.UNDO, parts.DISMISS, parts.MUTE)


class Soak:
    """One run, from the first article to the verdict."""

    def __init__(self, folder: Path, hours: float, week: int, seed: int) -> None:
        self.folder, self.seconds, self.pause = folder, hours * 3600, 3600 / week
        self.ledger, self.log = folder / "onrecord.db", folder / "service.log"
        self.site, self.workspace = Site(), Workspace()
        self.newsroom, self.chance = Newsroom(seed), random.Random(seed)
        self.did: Counter[str] = Counter()
        self.samples: list[Sample] = []
        self.exit: int | None = None

    def configure(self) -> None:
        write_world(self.folder)
        feeds = [
            f'[[feed]]\nid = "feed{number}"\nname = "{name}"\nurl = "{self.site.url(f"feed{number}")}"\n'
            f'every_minutes = 0.1\nallow = ["{self.site.address}"]\n'
            for number, name in enumerate(OUTLETS)
        ]
        (self.folder / "feeds.toml").write_text("\n".join(feeds), "utf-8")
        (self.folder / "onrecord.toml").write_text(
            f'[polling]\njitter_seconds = 1\nfirst_poll = "alert"\nreread_minutes = 0\n[ledger]\npath = "{self.ledger}"\n'
            f'[slack]\nbase_url = "{self.workspace.base_url}"\nsettling_seconds = 15\n'
            f"[health]\ncanary_hours = 0.5\n[retention]\ndays = 1\n" + configured(),
            "utf-8",
        )

    async def go(self) -> dict[str, Any]:
        """Everything; the figures."""
        await self.site.start()
        await self.workspace.start()
        for number in range(len(OUTLETS)):
            self.site.stand(f"feed{number}")
        open_in(self.workspace)
        self.configure()
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_APP_TOKEN": self.workspace.app_token,
        }
        command = [sys.executable, "-m", "bot", "run", "--config", str(self.folder)]
        with self.log.open("wb") as log:
            service = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            await self._live(service)
            await self._settled()
        finally:
            service.send_signal(signal.SIGTERM)
            try:
                self.exit = await asyncio.to_thread(service.wait, 30)
            except subprocess.TimeoutExpired:
                service.kill()
            posts = cards(self.workspace)
            await self.workspace.stop()
            await self.site.stop()
        return self._figures(posts)

    async def _live(self, service: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + self.seconds
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._again(act, pause, end))
                for act, pause in (
                    (self._publish, self.pause),
                    (self._ask, 2.0),
                    (self._press, 3.0),
                    (self._break_a_feed, 7.0),
                    (self._break_slack, 11.0),
                    (self._restart_something, 90.0),
                )
            ]
            while time.monotonic() < end and not all(task.done() for task in tasks):
                if service.poll() is not None:
                    raise RuntimeError(f"the service ended by itself:\n{self.log.read_text()[-3000:]}")
                self.samples.append(sample(service.pid, self.ledger, time.monotonic()))
                await asyncio.sleep(EVERY)

    async def _again(self, act: Callable[[], Coroutine[Any, Any, None]], pause: float, end: float) -> None:
        due = time.monotonic() + pause
        while (now := time.monotonic()) < end:
            await asyncio.sleep(max(0.0, due - now))
            due = max(due + pause, time.monotonic() - 30)  # what was missed is made up for, but not for ever
            await act()

    async def _publish(self) -> None:
        stands = list(self.site.stands.values())
        stand = self.chance.choice(stands)
        what = next(self.newsroom.chances())
        if what == "edited" and stand.items:
            place = self.chance.randrange(len(stand.items))
            stand.items[place] = self.newsroom.edited(stand.items[place])
        elif what == "copied" and (other := self.chance.choice(stands)).items and other is not stand:
            stand.items.append(other.items[-1])
        else:
            stand.items.append(self.newsroom.article(datetime.now(UTC)))
        del stand.items[:-KEPT]
        self.did[what] += 1

    async def _ask(self) -> None:
        person = self.chance.choice(officials())[1]
        words = self.chance.choice(
            (*QUESTIONS, f"who {person}", f"said {person} in favour of the bridge", f"timeline {person} toll on lorries",
             "verify 1001", "why 1001", "alert 1001")
        )  # fmt: skip
        desk = self.chance.choice(list(DESKS.values()))
        answer = await self._person(self.workspace.slash("ada", desk.id, words, answers=1, within=20.0))
        self.did["asked"] += 1
        if answer is not None and answer.error:
            self.did["unanswered"] += 1

    async def _press(self) -> None:
        posted = cards(self.workspace)
        if posted:
            card = self.chance.choice(posted[-20:])
            await self._person(self.workspace.click("ada", card.channel, card.ts, self.chance.choice(BUTTONS)))
            self.did["pressed"] += 1

    async def _person(self, act: Coroutine[Any, Any, Any]) -> Any:
        try:
            return await act
        except (NotThereError, TimeoutError, AssertionError):
            self.did["came to nothing"] += 1
            return None

    async def _break_a_feed(self) -> None:
        stand = self.chance.choice(list(self.site.stands.values()))
        answers = (
            lambda: web.Response(status=500),
            lambda: web.Response(status=404),
            lambda: web.Response(body=b"\xff\xfe not a feed" * 200),
            lambda: web.Response(text="<html><body>Please log in</body></html>", content_type="text/html"),
        )
        stand.raw = None if stand.raw else self.chance.choice(answers)
        self.did["feeds broken or mended"] += 1
        if len([one for one in self.site.stands.values() if one.raw]) > 2:
            for one in self.site.stands.values():
                one.raw = None

    async def _break_slack(self) -> None:
        method, kind = self.chance.choice(SLACK_FAULTS)
        self.workspace.inject(method, times=1, **kind)
        self.did["slack faults"] += 1

    async def _restart_something(self) -> None:
        if self.chance.random() < 0.5:
            await self.site.door.shut()
            await self._back(self.site.door.open)
        else:
            await self.workspace.unplug()
            await self._back(self.workspace.plug_in)
        self.did["restarts"] += 1

    async def _back(self, come: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """After three seconds, or as soon as nobody else on this machine has the port for a call of its own."""
        for _ in range(100):
            await asyncio.sleep(3)
            with contextlib.suppress(OSError):
                return await come()
        raise OSError("the port is held by another program for five minutes")

    async def _settled(self) -> None:
        """Let everything that is in the outbox arrive; where nothing does for ten minutes, nothing will."""
        self.workspace.clear_faults()
        least, since = await asyncio.to_thread(self._waits), time.monotonic()
        while least and time.monotonic() - since < PATIENCE:
            await asyncio.sleep(2)
            if (waits := await asyncio.to_thread(self._waits)) < least:
                least, since = waits, time.monotonic()

    def _waits(self) -> int:
        with Ledger.look_into(str(self.ledger)) as ledger:
            return ledger.status().waiting

    def _folded(self, posted: set[str]) -> set[str]:
        """The alerts that are told by these digests."""
        query = (
            "SELECT bulletin.key, bulletin_alert.alert_number FROM bulletin_alert"
            " JOIN bulletin ON bulletin.id = bulletin_alert.bulletin_id"
        )
        with contextlib.closing(sqlite3.connect(self.ledger)) as connection:
            return {f"OR-{number}" for key, number in connection.execute(query) if key in posted}

    def _figures(self, posts: list[Message]) -> dict[str, Any]:
        posted = Counter(card.metadata["event_payload"].get("dedupe_key") for card in posts)
        tally = Tally()
        with Ledger.look_into(str(self.ledger)) as ledger:
            faults = [f"{one.subject}: {one.says}" for one in ledger.inspect(tally)]
            status, canary = ledger.status(), ledger.canary()
            raised = ledger.conflicts(limit=1_000_000)
        told = {card.metadata["event_payload"].get("alert_id") for card in posts} | self._folded(set(posted))
        due = {one.name for one in raised if one.state not in UNTOLD}
        log = self.log.read_text("utf-8", "replace")
        half = self.samples[len(self.samples) // 3 :]
        return {
            "hours": round(self.seconds / 3600, 3),
            "articles": status.articles,
            "statements": status.statements,
            "alerts": sum(status.alerts.values()),
            "cards": len(posts),
            "untold": len(due - told),
            "waiting": status.waiting,
            "stuck": list(status.stuck),
            "doubled": sum(times - 1 for times in posted.values()),
            "did": dict(self.did),
            "days_of_news": round(status.articles / A_DAY, 1),
            "cpu_seconds_an_article": round(self.samples[-1].cpu / max(1, self.samples[-1].articles), 3),
            "minutes_mb_articles": series(self.samples),
            "growth": growth(self.samples),
            "slope_mb_an_hour": slope(self.samples),
            "files_growth": growth(self.samples, "files"),
            "threads_growth": growth(self.samples, "threads"),
            "files": [min(one.files for one in half), max(one.files for one in half)],
            "threads": [min(one.threads for one in half), max(one.threads for one in half)],
            "wal_mb": round(max(one.wal for one in self.samples) / 1e6, 2),
            "unhandled": len(unforeseen := unhandled(log)),
            "unforeseen": unforeseen[:3],
            "errors": complaints(log),
            "exit": self.exit,
            "proven": dict(tally.proven),
            "let_go": tally.gone,
            "faults": faults[:5],
            "canary": canary.fault or "through" if canary else "none",
        }


def main() -> int:
    """Run, print the figures as one line, and say which goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--week", type=int, default=WEEK, help="articles in an hour, which are those of a week")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for ledger and log, to look at afterwards")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onrecord-soak-")))
        folder.mkdir(parents=True, exist_ok=True)
        found = asyncio.run(Soak(folder, asked.hours, asked.week, asked.seed).go())
    return told("soak", found, missed(found))


if __name__ == "__main__":
    sys.exit(ended("soak", main))
