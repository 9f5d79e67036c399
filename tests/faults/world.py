"""A newsroom to crash in: a news site, a Slack workspace and a ledger on disk, with a service that lives and dies."""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product
from pathlib import Path

from nursery import Life
from stage.newsstand import Item, Newsstand

from bot.ledger import Ledger, LedgerError
from bot.slack.web_api.pace import PACE
from bot.workspace import Channel, Settings, Workspace
from bot.workspace.faults import Fault, Kinds
from bot.workspace.world import BOT, Message

DESKS = ("C0DESKA", "C0DESKB", "C0DESKC")
SETTLING = 15  # seconds, the least that is allowed
FIRST_DAY = datetime(2024, 3, 4, 9, tzinfo=UTC)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NAMES = tuple("".join(parts).capitalize() for parts in product(("bel", "cor", "dal", "fen", "gor", "hal", "jor", "kel", "lum", "mor"), ("a", "e", "i", "o", "u"), ("dra", "fen", "gast", "lin", "mir", "rov", "sk", "thal", "vik", "zan")))  # fmt: skip
_NUMBER = re.compile(r"OR-\d+")

# A fifth of all posts: a quarter of them fails unheard, some are limited, the others are stored and the answer lost.
_WEATHER: tuple[tuple[int, Kinds], ...] = (
    (25, Kinds(status=500)),
    (15, Kinds(status=429, retry_after="1")),
    (20, Kinds(drop=True, after_commit=True)),
    (15, Kinds(reset=True, after_commit=True)),
    (10, Kinds(status=503, after_commit=True)),
    (5, Kinds(malformed=True, after_commit=True)),
    (5, Kinds(error="internal_error", after_commit=True)),
    (5, Kinds(late=4.0)),
)
POST_FAULTS, READ_FAULTS = 0.2, 0.05
READING = frozenset({"conversations.history", "conversations.replies"})

SETTINGS = """
[polling]
jitter_seconds = 0
first_poll = "alert"
[ledger]
path = "{ledger}"
[slack]
base_url = "{base_url}"
settling_seconds = {settling}
[judge]
use = "rules"
"""
CHANNEL = """
[[channel]]
id = "{id}"
cap = 0
digest = ""
topics = [{topics}]
"""
FEED = """
[[feed]]
id = "times"
name = "The Harbour Times"
url = "{url}"
every_minutes = 0.015
allow = ["{place}"]
"""
PEOPLE = """
[[side]]
id = "VELMARK"
name = "Velmark"
names = ["Velmark"]
adjectives = ["Velmarkian"]
[[official]]
id = "ilse-marken"
name = "Ilse Marken"
gender = "f"
[[official.mandate]]
role = "Prime Minister of Velmark"
side = "VELMARK"
rank = "leader"
titles = ["Velmarkian Prime Minister"]
since = 2020-05-01
"""
TOPIC = """
[[topic]]
id = "{id}-levy"
name = "the {name} levy"
[[topic.proposition]]
id = "{id}-levy-charged"
text = "Velmark charges the {name} levy"
words = [["{name}"], ["levy"]]
"""


@dataclass(frozen=True, kw_only=True)
class Count:
    """What came of the pairs of remarks that the site has carried: one alert each, told once."""

    pairs: int
    lost: int
    doubled: int
    threads_wrong: int  # cards without their one evidence
    parked: int
    shortest_gap: float
    hurried: int  # messages that came sooner after another than a channel's pace, but for late ones
    integrity: str

    @property
    def clean(self) -> bool:
        return (
            not (self.lost or self.doubled or self.threads_wrong or self.parked or self.hurried)
            and self.integrity == "ok"
        )


class World:
    """Everything but the service, which is born, killed and born again."""

    desks = DESKS

    def __init__(
        self, folder: Path, stand: Newsstand, workspace: Workspace, dice: random.Random, ledger: str = "record.db"
    ) -> None:
        self.folder = folder
        self.ledger = folder / ledger
        self.workspace = workspace
        self.pairs = 0
        self.faults = 0
        self.late = 0  # of these: messages taken up only after a while, perhaps beside those of the next life
        self._stand = stand
        self._dice = dice
        self._written: list[Path] = []
        for place, desk in enumerate(DESKS):
            channel = Channel(id=desk, name=f"desk-{place}", members=frozenset({BOT, "U0ADA", "U0TOMAS"}))
            workspace.world.put_channel(channel)
        self._configure()

    def _configure(self) -> None:
        topics = {desk: ", ".join(f'"{name.lower()}-levy"' for name in NAMES[n :: len(DESKS)]) for n, desk in enumerate(DESKS)}  # fmt: skip
        settings = SETTINGS.format(ledger=self.ledger, base_url=self.workspace.base_url, settling=SETTLING)
        written = {
            "onrecord.toml": settings + "".join(CHANNEL.format(id=desk, topics=topics[desk]) for desk in DESKS),
            "feeds.toml": FEED.format(url=self._stand.url("times"), place=self._stand.address),
            "officials.toml": PEOPLE,
            "topics.toml": "".join(TOPIC.format(id=name.lower(), name=name) for name in NAMES),
        }
        (self.folder / "config").mkdir()
        for name, text in written.items():
            (self.folder / "config" / name).write_text(text, "utf-8")

    @property
    def log(self) -> Path:
        """What every life has said."""
        return self.folder / "log"

    def environ(self, failpoint: str = "") -> dict[str, str]:
        """The environment of a life, to be killed at a named step if one is given."""
        given = {
            "PATH": "/usr/bin:/bin",
            "ONRECORD_CONFIG": str(self.folder / "config"),
            "SLACK_BOT_TOKEN": self.workspace.bot_token,
            "SLACK_APP_TOKEN": self.workspace.app_token,
        }
        return given | ({"ONRECORD_FAILPOINT": failpoint} if failpoint else {})

    def publish(self, pairs: int) -> None:
        """Let the site carry so many more pairs of remarks, each of which is a reversal."""
        items = self._stand.stand("times").items
        for _ in range(pairs):
            name, day = NAMES[self.pairs], FIRST_DAY + timedelta(days=2 * self.pairs)
            said = f"A levy in {name} is out of the question: there will be no {name} levy"
            items.append(_item(f"no-{name}", f"“{said},” Velmarkian Prime Minister Ilse Marken told reporters on {DAYS[day.weekday()]}.", day))  # fmt: skip
            day += timedelta(days=1)
            items.append(_item(f"yes-{name}", f"“We support the {name} levy,” Prime Minister Ilse Marken said on {DAYS[day.weekday()]}.", day))  # fmt: skip
            self.pairs += 1

    def storm(self) -> None:
        """Let a fifth of the posts and some of the readings fail from now on."""
        weights, kinds = zip(*_WEATHER, strict=True)

        def draw(method: str) -> Fault | None:
            share = POST_FAULTS if method.startswith("chat.") else READ_FAULTS if method in READING else 0.0
            if self._dice.random() >= share:
                return None
            self.faults += 1
            kind = self._dice.choices(kinds, weights)[0]
            self.late += "late" in kind
            return Fault(method=method, **kind)

        self.workspace.weather(draw)

    async def connected(self, life: Life, within: float = 60.0) -> bool:
        """Wait until a life is heard in the workspace; False if it ended before."""
        async with asyncio.timeout(within):
            while not life.ended.done():
                if self.workspace.connections:
                    return True
                await asyncio.sleep(0.02)
        return False

    async def taken_down(self, within: float = 60.0) -> bool:
        """Wait until everything that was published is on record."""
        return await self._until(lambda ledger: len(ledger.conflicts(limit=10_000)) >= self.pairs, within)

    async def delivered(self, within: float = 240.0) -> bool:
        """Wait until everything is on record and nothing waits for Slack."""

        def out(ledger: Ledger) -> bool:
            return len(ledger.conflicts(limit=10_000)) >= self.pairs and not ledger.vitals().waiting

        return await self._until(out, within)

    async def _until(self, holds, within: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while not await asyncio.to_thread(self._looks, holds):
                    await asyncio.sleep(0.1)
                return True
        return False

    def _looks(self, holds) -> bool:
        try:
            with Ledger.open(str(self.ledger)) as ledger:
                return bool(holds(ledger))
        except LedgerError:
            return False  # it is being made at this moment

    def count(self) -> Count:
        """What stands in the channels against what the site has carried."""
        with Ledger.open(str(self.ledger)) as ledger:
            alerts = {f"OR-{one.number}": one.conflict.fresh.topic for one in ledger.conflicts(limit=10_000)}
            parked = ledger.status().parked
        with closing(sqlite3.connect(self.ledger)) as connection:
            (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
        shown = [self.workspace.world.all(desk) for desk in DESKS]
        cards = [one for told in shown for one in told if _alert(one) and one.thread_ts in (None, one.ts)]
        digests = [one for told in shown for one in told if one.metadata and _payload(one).get("kind") == "digest"]
        told = Counter(_alert(card) for card in cards)
        told.update(name for digest in digests for name in _NUMBER.findall(digest.text))
        replies = [self.workspace.replies(card.channel, card.ts) for card in cards]
        stamps = [sorted(float(one.ts) for one in told if not one.seen_only_by) for told in shown]
        return Count(
            pairs=self.pairs,
            **counted(told, alerts, [_topic(name) for name in NAMES[: self.pairs]]),
            threads_wrong=sum(
                [one.text.startswith("Evidence") for one in thread].count(True) != 1 for thread in replies
            ),
            parked=parked,
            shortest_gap=round(min((b - a for one in stamps for a, b in pairwise(one)), default=1.0), 3),
            hurried=hurried(stamps, late=self.late),
            integrity=integrity,
        )


def counted(told: Mapping[str, int], alerts: Mapping[str, str], pairs: Sequence[str]) -> dict[str, int]:
    """Of pairs, known by their topics: how many are told by no message and how many by several, through any alert.

    Nothing makes up for a pair that is not told: neither two alerts of another nor one that belongs to none.
    """
    times = Counter(dict.fromkeys(pairs, 0))
    for name, topic in alerts.items():
        times[topic] += told.get(name, 0)
    raised = Counter(alerts.values())
    return {
        "lost": sum(times[pair] == 0 for pair in pairs),
        "doubled": sum(times[topic] > 1 or raised[topic] > 1 or topic not in pairs for topic in {*pairs, *raised}),
    }


def hurried(stamps: Sequence[Sequence[float]], *, late: int) -> int:
    """How many messages of these channels came too soon after another, beyond those that Slack took up late."""
    return max(0, sum(round(later - one, 3) < PACE for times in stamps for one, later in pairwise(times)) - late)


def _topic(name: str) -> str:
    return f"{name.lower()}-levy"


def _payload(message: Message) -> dict[str, str]:
    return message.metadata["event_payload"] if message.metadata else {}


def _alert(message: Message) -> str:
    return str(_payload(message).get("alert_id", ""))


def _item(guid: str, text: str, published: datetime) -> Item:
    rest = "Ilse Marken spoke in the capital. The harbour office welcomed her words in a statement to this paper."
    return Item(guid=guid, title=guid, text=f"{text}\n{rest}", published=published)


@contextlib.asynccontextmanager
async def world(folder: Path, dice: random.Random, ledger: str = "record.db") -> AsyncIterator[World]:
    """A site and a workspace that are up, on real time, and nothing on record."""
    stand, workspace = Newsstand(), Workspace(Settings(rate_burst=2))
    await stand.start()
    await workspace.start()
    try:
        yield World(folder, stand, workspace, dice, ledger)
    finally:
        await workspace.stop()
        await stand.stop()
