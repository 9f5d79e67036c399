"""A newsroom on several processes: many news sites, one PostgreSQL, a Slack workspace, and the roles, each restarted."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from news import FILLER, Newsroom, write_world
from nursery import Life, Nursery
from postgres import Server
from sqlalchemy import create_engine
from stage.newsstand import Item, Newsstand
from world import DAYS, DESKS, FIRST_DAY, NAMES, PEOPLE, SETTLING, TOPIC, _alert, _item, _topic, counted

from bot.ledger import Ledger, LedgerError
from bot.ledger.keeping.inspection import Tally
from bot.workspace import Channel, Workspace
from bot.workspace import Settings as WorkspaceSettings
from bot.workspace.world import BOT

SETTINGS = """
[polling]
jitter_seconds = 1
first_poll = "alert"
reread_minutes = 0
[slack]
base_url = "{base_url}"
settling_seconds = {settling}
[judge]
use = "rules"
[health]
canary_hours = 0
"""
CHANNEL = '[[channel]]\nid = "{id}"\ncap = 0\ndigest = ""\ntopics = [{topics}]\n'
FEED = '[[feed]]\nid = "{name}"\nname = "{name}"\nurl = "{url}"\nevery_minutes = {minutes}\nallow = ["{place}"]\n'
MINISTER = """
[[official]]
id = "oda-brandt"
name = "Oda Brandt"
gender = "f"
[[official.mandate]]
role = "Foreign Minister of Velmark"
side = "VELMARK"
rank = "minister"
titles = ["Velmarkian Foreign Minister"]
since = 2020-05-01
"""
ROLES = ("schedule", "work-1", "work-2", "deliver")


class Sites(Newsstand):
    """Each stand is a site of its own, so that its feed has a shard of its own."""

    listens = "0.0.0.0"

    def place(self, name: str) -> str:
        number = int(name.removeprefix("feed"))
        return f"127.0.{1 + number // 200}.{1 + number % 200}:{self.address.rpartition(':')[2]}"


@dataclass(frozen=True, kw_only=True)
class Found:
    """What stands on record and in Slack against what the sites have carried."""

    articles: int
    lost_articles: int
    doubled_articles: int
    pairs: int
    lost: int
    doubled: int
    threads_wrong: int
    parked: int
    faults: int

    @property
    def clean(self) -> bool:
        """Nothing is lost, nothing doubled, nothing left over."""
        wrong = (self.lost_articles, self.doubled_articles, self.lost, self.doubled, self.threads_wrong)
        return not (any(wrong) or self.parked or self.faults)


class Cluster:
    """Everything but the roles, and who keeps each of them alive."""

    def __init__(self, folder: Path, cradle: Nursery, *, feeds: int, minutes: float, seed: int) -> None:
        self.folder = folder
        self.sites, self.workspace, self.server = Sites(), Workspace(WorkspaceSettings(rate_burst=2)), Server()
        self.database = self.server.database("record")
        self.lives: dict[str, Life] = {}
        self.ended: Counter[str] = Counter()  # of lives that were not killed: by role and exit code
        self.pairs = self.published = 0
        self._killed: set[int] = set()
        self._cradle = cradle
        self._feeds, self._minutes = [f"feed{number}" for number in range(feeds)], minutes
        self._dice, self._newsroom = random.Random(seed), Newsroom(seed)
        self._keeping: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        await self.sites.start()
        await self.workspace.start()
        for place, desk in enumerate(DESKS):
            members = frozenset({BOT, "U0ADA", "U0TOMAS"})
            self.workspace.world.put_channel(Channel(id=desk, name=f"desk-{place}", members=members))
        config = self.folder / "config"
        config.mkdir()
        write_world(config)
        for name, text in self._written().items():
            with (config / name).open("a", encoding="utf-8") as file:
                file.write("\n" + text)

    def _written(self) -> dict[str, str]:
        topics = {desk: ", ".join(f'"{_topic(name)}"' for name in NAMES[n :: len(DESKS)]) for n, desk in enumerate(DESKS)}  # fmt: skip
        for name in self._feeds:
            self.sites.stand(name)
        return {
            "onrecord.toml": SETTINGS.format(base_url=self.workspace.base_url, settling=SETTLING)
            + "".join(CHANNEL.format(id=desk, topics=topics[desk]) for desk in DESKS),
            "feeds.toml": "".join(
                FEED.format(name=name, url=self.sites.url(name), place=self.sites.place(name), minutes=self._minutes)
                for name in self._feeds
            ),
            "officials.toml": PEOPLE + MINISTER,
            "topics.toml": "".join(TOPIC.format(id=name.lower(), name=name) for name in NAMES),
        }

    def publish(self, articles: int, pairs: int) -> None:
        """Let the sites carry so many articles more.

        The two remarks of each pair come at once and from two sites: of one government, for a conflict of one side with
        itself is one in whichever order they are taken down, and whoever is second has to see the first.
        """
        for _ in range(pairs):
            name, day = NAMES[self.pairs], FIRST_DAY + timedelta(days=self.pairs)
            said = f"reporters on {DAYS[day.weekday()]}."
            no = f"“A levy in {name} is out of the question,” Velmarkian Prime Minister Ilse Marken told {said}"
            yes = f"“We support the {name} levy,” Velmarkian Foreign Minister Oda Brandt told {said}"
            for place, guid, words in zip(self._dice.sample(self._feeds, 2), ("no", "yes"), (no, yes), strict=True):
                self.sites.stand(place).items.append(_item(f"{guid}-{name}", words, day))
            self.pairs += 1
        for number in range(articles - 2 * pairs):
            now = datetime.now(UTC)
            item = _plain(self.published + number, now) if number % 10 else self._newsroom.article(now)
            self.sites.stand(self._dice.choice(self._feeds)).items.append(item)
        self.published += articles

    def environ(self) -> dict[str, str]:
        """What every role is started with."""
        return {
            "PATH": "/usr/bin:/bin",
            "ONRECORD_CONFIG": str(self.folder / "config"),
            "ONRECORD_DATABASE_URL": self.database,
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_APP_TOKEN": self.workspace.app_token,
        }

    async def keep(self, *names: str) -> None:
        """Begin these roles (`work-1` is a worker), and begin each again whenever it ends, as a supervisor does."""
        for name in names:
            begun = asyncio.Event()
            self._keeping.append(asyncio.create_task(self._kept(name, begun)))
            await begun.wait()

    async def _kept(self, name: str, begun: asyncio.Event) -> None:
        while True:
            arguments = ("run", "--role", name.partition("-")[0])
            life = self.lives[name] = await self._cradle.forked(self.environ(), self.folder / f"{name}.log", arguments)
            begun.set()
            code = await asyncio.shield(life.ended)
            if life.pid not in self._killed:
                self.ended[f"{name}: {code}"] += 1
            await asyncio.sleep(1)

    async def kill(self, name: str) -> None:
        """With -9."""
        life = self.lives[name]
        self._killed.add(life.pid)
        await life.kill()

    async def rest(self) -> dict[str, int | None]:
        """End every role as a supervisor does; the exit codes, None for one that had to be killed."""
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        self._keeping, lives, self.lives = [], self.lives, {}
        codes: dict[str, int | None] = {}
        for life in lives.values():
            life.send(15)
        for name, life in lives.items():
            codes[name] = await life.end(20)
            if codes[name] is None:
                await life.kill()
        return codes

    async def until(self, articles: int | None = None, within: float = 600.0) -> bool:
        """Wait until so many articles are on record; without a number: all, every alert, and nothing waits for Slack."""

        def holds() -> bool:
            try:
                with Ledger.look_into(self.database) as ledger:
                    status = ledger.status()
                    if articles is not None:
                        return status.articles >= articles
                    return status.articles >= self.published and not ledger.vitals().waiting
            except LedgerError:
                return False

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not await asyncio.to_thread(holds):
                    await asyncio.sleep(1)
                return True
        return False

    def on_record(self) -> int:
        """How many articles are."""
        with Ledger.look_into(self.database) as ledger:
            return ledger.status().articles

    def found(self) -> Found:
        """Count."""
        with Ledger.look_into(self.database) as ledger:
            alerts = {f"OR-{one.number}": one.conflict.fresh.topic for one in ledger.conflicts(limit=100_000)}
            status = ledger.status()
            faults = list(ledger.inspect(Tally()))
        for fault in faults[:5]:
            print(f"       {fault.subject}: {fault.says}", flush=True)
        wanted = {item.guid for stand in self.sites.stands.values() for item in stand.items}
        engine = create_engine(self.database)
        with engine.connect() as connection:
            titles = Counter(connection.exec_driver_sql("SELECT title FROM article").scalars())
        engine.dispose()
        levies = {name: topic for name, topic in alerts.items() if topic.endswith("-levy") and topic != "levy-on-sugar"}
        cards = [
            one
            for desk in DESKS
            for one in self.workspace.world.all(desk)
            if _alert(one) and one.thread_ts in {None, one.ts}
        ]
        replies = [self.workspace.replies(card.channel, card.ts) for card in cards]
        expected = Counter(item.title for stand in self.sites.stands.values() for item in stand.items)
        return Found(
            articles=len(wanted),
            lost_articles=sum((expected - titles).values()),
            doubled_articles=sum((titles - expected).values()),
            pairs=self.pairs,
            **counted(Counter(map(_alert, cards)), levies, [_topic(name) for name in NAMES[: self.pairs]]),
            threads_wrong=sum(sum(one.text.startswith("Evidence") for one in thread) != 1 for thread in replies),
            parked=status.parked,
            faults=len(faults),
        )

    async def stop(self) -> None:
        await self.workspace.stop()
        await self.sites.stop()
        self.server.close()


def _plain(number: int, now: datetime) -> Item:
    """An article of a day on which little was said: most are like this, and they are quickly read."""
    said = f"“We have seen {number} ships this year,” the harbour master said on {now:%A}."
    return Item(guid=f"p{number}", title=f"Ship {number} calls at the port", text=f"{said}\n{FILLER[number % len(FILLER)]}", published=now)  # fmt: skip


@contextlib.asynccontextmanager
async def cluster(folder: Path, cradle: Nursery, **options) -> AsyncIterator[Cluster]:
    """Sites, workspace and server that are up, and no role."""
    made = Cluster(folder, cradle, **options)
    await made.start()
    try:
        yield made
    finally:
        await made.rest()
        await made.stop()
