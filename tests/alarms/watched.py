"""Two newsrooms at work, one on a file and one of several roles on PostgreSQL, and a real Prometheus that watches both."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from news import Newsroom, write_world
from stage.house import House, working
from tape import RULES

from config.load import load
from config.schema import Config
from config.settings import Health

DASHBOARD = RULES.parents[1] / "grafana" / "onrecord.json"
ALONE, SEVERAL = "onrecord", "onrecord-several"
FEEDS = ("times", "courier", "echo", "gazette")


class NotHere(Exception):
    """There is no Prometheus on this machine."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass(frozen=True)
class Target:
    """A query of a panel, as Grafana would ask it."""

    query: str
    legend: str


@dataclass(frozen=True)
class Panel:
    """A panel of the dashboard, with its row."""

    row: str
    title: str
    kind: str
    unit: str
    place: Mapping[str, int]
    targets: Sequence[Target]
    options: Mapping[str, Any]


def panels() -> list[Panel]:
    """Those of the dashboard; its variables stand for everything, and a rate is taken over a minute."""
    found, row = [], ""
    for one in json.loads(DASHBOARD.read_text("utf-8"))["panels"]:
        if one["type"] == "row":
            row = one["title"]
            continue
        targets = [
            Target(
                query=told["expr"].replace("$__rate_interval", "1m").replace("$job", "onrecord.*"),
                legend=told["legendFormat"],
            )
            for told in one["targets"]
        ]
        defaults = one["fieldConfig"]["defaults"]
        kind, unit = one["type"], defaults.get("unit", "")
        found.append(Panel(row, one["title"], kind, unit, one["gridPos"], targets, defaults))
    return found


class Prometheus:
    """A server that is up, to be asked."""

    def __init__(self, port: int) -> None:
        self._place = f"http://127.0.0.1:{port}/api/v1"

    async def ask(self, path: str, **query: str | float) -> Any:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self._place}/{path}", params={name: str(one) for name, one in query.items()}) as got,
        ):
            told = await got.json()
        assert told["status"] == "success", told
        return told["data"]

    async def values(self, query: str) -> list[dict[str, Any]]:
        """What a query gives now, without what is no number."""
        told = await self.ask("query", query=query)
        return [one for one in told["result"] if one["value"][1] != "NaN"]


@contextlib.asynccontextmanager
async def prometheus(folder: Path, jobs: Mapping[str, Sequence[int]], every: str = "1s") -> AsyncIterator[Prometheus]:
    """Started with the shipped rules, and these ports to be scraped."""
    program = shutil.which("prometheus")
    if program is None:
        raise NotHere
    config = {
        "global": {"scrape_interval": every, "evaluation_interval": every},
        "rule_files": [str(RULES)],
        "scrape_configs": [
            {"job_name": job, "static_configs": [{"targets": [f"127.0.0.1:{port}" for port in ports]}]}
            for job, ports in jobs.items()
        ],
    }
    (folder / "prometheus.yml").write_text(json.dumps(config), "utf-8")  # which is YAML as well
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        program,
        f"--config.file={folder}/prometheus.yml",
        f"--storage.tsdb.path={folder}/prometheus",
        f"--web.listen-address=127.0.0.1:{port}",
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        up = Prometheus(port)
        async with asyncio.timeout(30):
            while not await _answers(up):
                await asyncio.sleep(0.1)
        yield up
    finally:
        process.terminate()
        await process.wait()


async def _answers(up: Prometheus) -> bool:
    try:
        await up.ask("status/buildinfo")
    except (aiohttp.ClientError, ValueError):
        return False
    return True


@dataclass
class Newsrooms:
    """Both at work."""

    alone: House
    several: House
    jobs: Mapping[str, Sequence[int]]

    def publish(self, number: int) -> None:
        """So many articles more, in turns in each feed of both."""
        for _ in range(number):
            item = self._writes.article(self._day)
            self._day += timedelta(hours=2)
            self._count += 1
            for house in (self.alone, self.several):
                stand = house.stand.stand(FEEDS[self._count % len(FEEDS)])
                stand.items = [*stand.items[-30:], item]

    def break_feed(self, name: str, *, broken: bool = True) -> None:
        for house in (self.alone, self.several):
            house.stand.stand(name).raw = (lambda: web.Response(status=500)) if broken else None

    def __post_init__(self) -> None:
        self._writes, self._day, self._count = Newsroom(3), datetime.now(UTC) - timedelta(days=60), 0


@contextlib.asynccontextmanager
async def newsrooms(folder: Path, place: str) -> AsyncIterator[Newsrooms]:
    """`place`: an empty ledger in PostgreSQL."""
    world = folder / "world"
    world.mkdir()
    write_world(world)
    made = load(world, environ={})
    ports = {role: free_port() for role in ("all", "deliver", "work", "schedule")}

    def told_at(port: int) -> Callable[[Config], Config]:
        health = Health(port=port)
        own = {"officials": made.officials, "sides": made.sides, "topics": made.topics}
        return lambda config: config.model_copy(
            update={**own, "settings": config.settings.model_copy(update={"health": health})}
        )

    async with contextlib.AsyncExitStack() as stack:
        alone = await stack.enter_async_context(working(folder / "onrecord.db"))
        several = await stack.enter_async_context(working(place))
        for house in (alone, several):
            house.names, house.chores_after = list(FEEDS), 2.0
            for name in FEEDS:
                house.stand.stand(name)
        alone.adjust = told_at(ports["all"])
        await stack.enter_async_context(alone.open())
        for role in ("deliver", "work", "schedule"):
            several.adjust = told_at(ports[role])
            await stack.enter_async_context(several.open(role))
        jobs = {ALONE: [ports["all"]], SEVERAL: [ports[role] for role in ("deliver", "work", "schedule")]}
        yield Newsrooms(alone, several, jobs)
