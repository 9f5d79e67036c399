"""Wake-ups of shards, kept by PgQueuer in the ledger's database: asked for by a schedule, answered by any worker."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, NoReturn

from bot.ledger.database.engine import address, called
from bot.ledger.database.refusals import told
from bot.ledger.errors import LedgerError

if TYPE_CHECKING:
    from pgqueuer.adapters.persistence.queries import Queries
    from pgqueuer.models import Job
    from psycopg import AsyncConnection
    from sqlalchemy.engine import URL

SCHEMA = "onrecord_wakeups"  # of the database, beside the ledger's own tables
HEARTBEAT = timedelta(seconds=30)  # without a sign for so long, a worker is taken for dead and its shards are free
LOOK = timedelta(seconds=5)  # between two looks at what waits, should word of it be lost
AT_ONCE, TOGETHER = 16, 4  # shards that one worker has in hand, and takes in one step: the others get theirs
AGAIN = 2.0  # seconds between two attempts to reach the server
TIDY = 3600.0  # seconds between two times that the engine's own log is emptied

_KIND = "poll"

log = logging.getLogger(__name__)


class Wakeups:
    """The wake-ups of one ledger. A shard has at most one, waiting or in hand; losing one costs nothing but time."""

    def __init__(self, place: str, *, heartbeat: timedelta = HEARTBEAT) -> None:
        self._url = address(place)
        self._name = called(self._url)
        self._heartbeat = heartbeat
        self._trouble = ""
        self._rings: AsyncConnection | None = None  # the line on which wake-ups are asked for
        self._tidied = asyncio.get_running_loop().time()

    @property
    def troubles(self) -> tuple[str, ...]:
        """What keeps wake-ups from coming or going at present, in words; empty when all is well."""
        return (self._trouble,) if self._trouble else ()

    async def prepare(self) -> None:
        """Make or renew the engine's tables. LedgerError where that cannot be."""
        from psycopg import Error  # noqa: PLC0415
        from psycopg.errors import InsufficientPrivilege  # noqa: PLC0415

        try:
            async with self._line() as line:
                queries = _queries(line)
                async with queries.schema_lock():
                    if await queries.schema_is_installed():
                        await queries.apply_upgrade()
                    else:
                        await queries.install()
        except InsufficientPrivilege as error:
            raise LedgerError(
                f"{self._name} holds no wake-ups, for the user may not make or renew the schema {SCHEMA} there: "
                f'GRANT CREATE ON DATABASE "{self._url.database}" TO "{self._url.username or "…"}"'
            ) from error
        except Error as error:
            raise told(error, self._name) from error

    async def wake(self, shards: Collection[int]) -> None:
        """Have each shard polled once more. It never fails: what did not come through is to be asked for again."""
        from psycopg import Error  # noqa: PLC0415

        some = [str(shard) for shard in sorted(shards)]
        kinds, usual = [_KIND] * len(some), [0] * len(some)
        told_of: list[bytes | None] = [shard.encode() for shard in some]
        try:
            if self._rings is None:
                self._rings = await _connected(self._url)
            queries = _queries(self._rings)
            await queries.enqueue(kinds, told_of, usual, dedupe_key=[*some], on_conflict="skip")
            await self._tidy(queries)
        except Error as error:
            self._failed(error)
            await self.close()
        else:
            self._well()

    async def waiting(self) -> Mapping[str, int] | None:
        """How many shards wait (queued) and how many are in hand (picked); None where that cannot be told now."""
        from psycopg import Error  # noqa: PLC0415

        counts: Counter[str] = Counter()
        try:
            async with self._line() as line:
                for told_of in await _queries(line).queue_size():
                    counts[told_of.status] += told_of.count
        except Error as error:
            self._failed(error)
            return None
        return counts

    async def close(self) -> None:
        """Ask for no more."""
        line, self._rings = self._rings, None
        if line is not None:
            await line.close()

    async def answer(self, poll: Callable[[int], Awaitable[None]]) -> NoReturn:
        """Poll the shards that are woken, for ever; the server may go and come back meanwhile.

        Cancelled, the polls under way are cancelled as well, and their shards are free at once.
        """
        from psycopg import Error  # noqa: PLC0415

        while True:
            try:
                async with self._line() as hears, self._line() as asks:
                    self._well()
                    await self._answering(_queries(hears, asks), poll)
            except Error as error:
                self._failed(error)
            await asyncio.sleep(AGAIN)

    async def _answering(self, queries: Queries, poll: Callable[[int], Awaitable[None]]) -> None:
        from pgqueuer.core.qm import QueueManager  # noqa: PLC0415
        from pgqueuer.types import Channel  # noqa: PLC0415

        manager = QueueManager(queries, Channel(queries.qbe.settings.channel))
        polls: set[asyncio.Task[None]] = set()

        @manager.entrypoint(_KIND)
        async def woken(job: Job) -> None:
            task = asyncio.ensure_future(poll(int(job.payload or b"0")))
            polls.add(task)
            await asyncio.wait({task})
            polls.discard(task)
            if not task.cancelled() and (fault := task.exception()):
                log.error("a shard was not polled to the end", exc_info=fault)

        running = asyncio.create_task(
            manager.run(
                dequeue_timeout=LOOK,
                batch_size=TOGETHER,
                max_concurrent_tasks=AT_ONCE,
                heartbeat_timeout=self._heartbeat,
                log_aggregation_interval=timedelta(),
            )
        )
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            manager.shutdown.set()
            for task in polls:
                task.cancel()
            await asyncio.wait({running}, timeout=1)
            running.cancel()
            raise

    async def _tidy(self, queries: Queries) -> None:
        """The engine writes down every wake-up; nobody reads that."""
        now = asyncio.get_running_loop().time()
        if now - self._tidied >= TIDY:
            self._tidied = now
            await queries.clear_queue_log()

    def _failed(self, error: Exception) -> None:
        said = str(told(error, self._name))
        if said != self._trouble:
            log.warning("wake-ups wait: %s", said)
        self._trouble = said

    def _well(self) -> None:
        if self._trouble:
            log.info("wake-ups come through again")
        self._trouble = ""

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[AsyncConnection]:
        line = await _connected(self._url)
        try:
            yield line
        finally:
            await line.close()


async def _connected(url: URL) -> AsyncConnection:
    from psycopg import AsyncConnection  # noqa: PLC0415

    place = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return await AsyncConnection.connect(
        place, autocommit=True, connect_timeout=10, keepalives_idle=30, tcp_user_timeout=20_000
    )


def apart(place: str, role: str) -> str:
    """What a role of several lacks on this ledger, in a sentence with its remedy; empty: nothing."""
    if address(place).get_backend_name() != "postgresql":
        return (
            f"--role {role} needs the record in PostgreSQL, where several processes can share it: set "
            "ONRECORD_DATABASE_URL to postgresql://..., or run without --role"
        )
    if find_spec("psycopg") is None or (role != "deliver" and find_spec("pgqueuer") is None):
        return f"--role {role} needs the extra: pip install 'on-record[distributed]'"
    return ""


def _queries(hears: AsyncConnection, asks: AsyncConnection | None = None) -> Queries:
    """What the engine asks of the database; `asks` where `hears` waits for word of it.

    psycopg keeps a line to itself while it waits for word, and a question on the same line would wait with it.
    """
    from pgqueuer.adapters.drivers.psycopg import PsycopgDriver  # noqa: PLC0415
    from pgqueuer.adapters.persistence.qb import (  # noqa: PLC0415
        QueryBuilderEnvironment,
        QueryQueueBuilder,
        QuerySchedulerBuilder,
    )
    from pgqueuer.adapters.persistence.queries import Queries  # noqa: PLC0415
    from pgqueuer.domain.settings import DBSettings, Durability  # noqa: PLC0415

    logging.getLogger("pgqueuer").setLevel(logging.CRITICAL)  # what it meets is told here, in our words
    driver = PsycopgDriver(hears)
    if asks is not None:
        other = PsycopgDriver(asks)
        driver.fetch, driver.execute = other.fetch, other.execute  # type: ignore[method-assign]
    # A wake-up that is lost is asked for again: nothing of them need be on disk.
    settings = DBSettings(db_schema=SCHEMA, channel="onrecord_wakeups", durability=Durability.volatile)
    return Queries(
        driver,
        qbe=QueryBuilderEnvironment(settings),
        qbq=QueryQueueBuilder(settings),
        qbs=QuerySchedulerBuilder(settings),
    )
