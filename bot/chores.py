"""What is done beside the walk, in its own time: thresholds, retention, the planted conflict, a look at the disk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NoReturn, Protocol, TypeVar

from bot import canary
from bot.calibration import Rules
from bot.judges.chosen import Chosen
from bot.ledger import Ledger, LedgerError
from bot.sharing import give_back
from config.settings import Settings
from watchers.child import ParserChild

log = logging.getLogger(__name__)

Done = TypeVar("Done")
DAY, HOUR = 24 * 60 * 60.0, 60 * 60.0
LOOK = 10 * 60.0  # seconds between two looks at the disk, and at what memory is not needed
FIRST = 10 * 60.0  # seconds after the start, when feeds have been read and Slack has been reached
BREATH = 0.2  # seconds between two batches, in which articles go on record
_ROOM = {
    "log": "The ledger's write-ahead log has its usual size again.",
    "disk": "There is room on the ledger's disk again.",
}
_SLACK = timedelta(minutes=30)  # a planted conflict may come so much early, since it is looked for hourly


class Turn(Protocol):
    """Does something that blocks in a thread, in its turn among the articles that go on record."""

    def __call__(self, act: Callable[[], Done]) -> Awaitable[Done]:
        """What it came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Something to be done every so many seconds, `first` after the start."""

    name: str
    act: Callable[[], Awaitable[object]]
    every: float
    first: float = 0.0


class Chores:
    """Begun and ended with the service. One that fails is logged, and done again when it is due."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        settings: Settings,
        chosen: Chosen,
        parser: ParserChild,
        turn: Turn,
        rehearse: Callable[[Ledger], Awaitable[str]],
        more: Sequence[Chore] = (),
        first: float = FIRST,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._ledger = ledger
        self._settings = settings
        self._chosen = chosen
        self._parser = parser
        self._turn = turn
        self._rehearse = rehearse
        self._clock = clock
        self._sleep = sleep
        self._rules = Rules.of(settings)
        self._tasks: list[asyncio.Task[None]] = []
        self._said: set[str] = set()  # of the ledger's room, by subject
        self._chores = [Chore(name="recalibration", act=self.recalibrate, every=DAY)]
        self._chores.append(Chore(name="a look at the disk", act=self.look_round, every=LOOK))
        self._chores.append(Chore(name="unused memory", act=_give_back, every=LOOK, first=LOOK))
        self._chores.append(Chore(name="what is stuck", act=self.try_channels, every=HOUR, first=HOUR))
        if settings.retention.days:
            self._chores.append(Chore(name="retention", act=self.let_go, every=HOUR, first=first))
        if settings.health.canary_hours:
            self._chores.append(Chore(name="canary", act=self.fly_if_due, every=HOUR, first=first))
        self._chores += more

    def use(self, settings: Settings) -> None:
        """Go by other thresholds from now on."""
        self._rules = Rules.of(settings)

    def start(self) -> None:
        """Do each when it is due."""
        self._tasks = [asyncio.create_task(_again(chore, self._sleep), name=chore.name) for chore in self._chores]

    async def stop(self) -> None:
        """Do no more; what is half done in the ledger is not kept."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def recalibrate(self) -> None:
        """Let the desk's verdicts move the thresholds; the next article is judged by them."""
        try:
            steps = await self._turn(lambda: self._ledger.recalibrate(self._rules, self._clock()))
        except LedgerError as error:
            log.warning("thresholds stay as they are until tomorrow: %s", error)
            return
        for step in steps:
            log.info("%s is posted from %.2f on (step %d): %s", step.kind, step.new, step.number, step.why)

    async def let_go(self) -> int:
        """Let go of the texts that are older than the settings keep them; how many that were."""
        now = self._clock()
        before = now - timedelta(days=self._settings.retention.days)
        total = 0
        while some := await self._turn(lambda: self._ledger.let_go(before, now)):
            total += some
            await asyncio.sleep(BREATH)
        if total:
            if not await self._turn(self._ledger.forget_pages):
                log.warning("the write-ahead log still holds texts that were let go: somebody reads the ledger")
            log.info(
                "the texts of %d articles read before %s were let go, as [retention] says; hashes, quotations and what "
                "stood around them stay",
                total,
                f"{before:%-d %b %Y}",
            )
        return total

    async def look_round(self) -> None:
        """Say when the ledger begins to run out of room, and when it does no more: in the log and to the operators."""
        room = await asyncio.to_thread(self._ledger.room)
        if room is None:
            return
        troubles = room.troubles
        operators, now = self._settings.slack.operator_channel, self._clock()
        for subject in troubles.keys() - self._said:
            log.error("%s", troubles[subject])  # first of all: a full disk lets nobody write it down
        self._said = {subject for subject in self._said | troubles.keys() if not room.over(subject)}
        for subject, over in _ROOM.items():
            if words := troubles.get(subject):
                await asyncio.to_thread(self._ledger.trouble, f"room:{subject}", subject, words, operators, now)
            elif room.over(subject) and await asyncio.to_thread(
                self._ledger.trouble_over, f"room:{subject}", over, operators, now
            ):
                log.info("%s", over)

    async def try_channels(self) -> None:
        """Let one message go to each channel that refused some: nobody tells us when it was opened again."""
        if tried := await asyncio.to_thread(self._ledger.try_channels, self._clock()):
            log.info("%d messages that were stuck are tried again", tried)

    async def fly_if_due(self) -> None:
        """Send a planted conflict through the walk, if the last one that came through is old enough."""
        last = await asyncio.to_thread(self._ledger.canary)
        every = timedelta(hours=self._settings.health.canary_hours)
        rest, now = every - min(_SLACK, every / 2), self._clock()
        if last is None or last.good_at is None or abs(now - last.good_at) >= rest:  # whichever way a clock was set
            await self.fly()

    async def fly(self) -> None:
        """Send a planted conflict through the walk now, and write down how it fared."""
        flown = await canary.fly(
            settings=self._settings,
            chosen=self._chosen,
            parser=self._parser,
            rehearse=self._rehearse,
            now=self._clock(),
        )
        await self._turn(lambda: self._ledger.canary_flown(self._clock(), flown.seconds, flown.fault))
        if flown.fault:
            log.error("the planted conflict did not come through: %s; see docs/reliability.md", flown.fault)
        else:
            log.info("the planted conflict came through in %.1f s", flown.seconds)


async def unused_memory() -> NoReturn:
    """Give back what memory is not needed, for ever: of a process that has no other chores."""
    await _again(Chore(name="unused memory", act=_give_back, every=LOOK, first=LOOK), asyncio.sleep)


async def _give_back() -> None:
    await asyncio.to_thread(give_back)


async def _again(chore: Chore, sleep: Callable[[float], Awaitable[None]]) -> NoReturn:
    await sleep(chore.first)
    while True:
        try:
            await chore.act()
        except LedgerError as error:
            log.warning("%s waits for its next turn: %s", chore.name, error)
        except Exception:  # the boundary of a scheduled job
            log.exception("%s failed", chore.name)
        await sleep(chore.every)
