"""A warm, killable parser: foreign bytes are only ever parsed in another process."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from watchers import errors
from watchers.answer import Response
from watchers.errors import NotAFeed, NoText, NotWelcome, ParserLost, TooSlow, WatchError
from watchers.parsed import REPLY, REQUEST, PageText, ParsedFeed

MEMORY = 512 * 1024 * 1024  # address space; the largest honest feeds and pages within the byte cap take 220 MB
RENEW_AFTER = 5000  # parses; to start one takes as long as some hundred parses, and 3,000 leaked 3 MB
START_SECONDS = 60.0  # importing the libraries on a busy machine
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class ParserChild:
    """Parses feeds and pages within `seconds` and `memory`, in up to `size` processes.

    A process is started when first needed, kept warm, and renewed when it was killed or has parsed enough. One is left
    to those that are not doubtful, that is, that did not fail before. The event loop is never blocked. To be closed.
    """

    def __init__(
        self, *, seconds: float = 8, memory: int = MEMORY, renew_after: int = RENEW_AFTER, size: int = 2
    ) -> None:
        self._seconds = seconds
        # Last in, first out: one process does the work while it can, the others stay unborn.
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._workers = [_Worker(memory, renew_after) for _ in range(size)]
        for worker in reversed(self._workers):
            self._free.put_nowait(worker)
        self._doubtful = asyncio.Semaphore(max(1, size - 1))

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes alive."""
        return tuple(worker.pid for worker in self._workers if worker.pid is not None)

    async def feed(
        self,
        response: Response,
        *,
        feed: str,
        newest: int,
        now: datetime,
        remembered: str = "",
        doubtful: bool = False,
    ) -> ParsedFeed:
        """The entries of a feed document but for those `remembered`; NotAFeed, TooSlow or ParserLost otherwise."""
        task = {
            "task": "feed",
            "subject": response.url,
            "feed": feed,
            "url": response.url,
            "content_type": response.content_type,
            "newest": newest,
            "now": now.isoformat(),
            "remembered": remembered,
        }
        async with self._doubtful if doubtful else nullcontext():
            return ParsedFeed.from_json(await self._run(task, response.body, NotAFeed))

    async def permit(self, url: str, rules: bytes) -> None:
        """NotWelcome where the robots.txt of its site closes a page to us."""
        if (
            rules
            and not (await self._run({"task": "robots", "subject": url, "url": url}, rules, NotWelcome))["permits"]
        ):
            raise NotWelcome(url)

    async def page(self, response: Response, *, summary: str = "") -> PageText:
        """The article text of a page; NoText, TooSlow or ParserLost otherwise."""
        task = {
            "task": "page",
            "subject": response.url,
            "content_type": response.content_type,
            "charset": response.charset or "",
            "summary": summary[:5000],
        }
        return PageText.from_json(await self._run(task, response.body, NoText))

    async def _run(self, task: dict[str, Any], body: bytes, unexpected: type[WatchError]) -> dict[str, Any]:
        subject = task["subject"]
        worker = await self._free.get()
        try:
            answer = await worker.ask({**task, "seconds": self._seconds}, body, self._seconds)
        except TimeoutError as error:
            raise TooSlow(subject, f"reading it took more than {self._seconds:g} s") from error
        except (asyncio.IncompleteReadError, OSError, ValueError) as error:
            raise ParserLost(subject, "the process ended while reading it") from error
        finally:
            self._free.put_nowait(worker)
        if "error" in answer:
            kind = getattr(errors, answer["error"], unexpected) if answer["error"] else unexpected
            raise kind(subject, answer["detail"])
        value: dict[str, Any] = answer["value"]
        return value

    async def close(self) -> None:
        """End every process."""
        for worker in self._workers:
            await worker.end()


class _Worker:
    """One process at a time, and the talk with it."""

    def __init__(self, memory: int, renew_after: int) -> None:
        self._memory = memory
        self._renew_after = renew_after
        self._process: Process | None = None
        self._parsed = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.returncode is None else None

    async def ask(self, task: dict[str, Any], body: bytes, seconds: float) -> dict[str, Any]:
        """The answer to one task. Whatever interrupts the talk ends the process, so that no answer goes astray."""
        try:
            process = await self._ready()
            async with asyncio.timeout(seconds):
                head = json.dumps(task).encode("ascii")
                assert process.stdin is not None  # noqa: S101 - asked for at the start
                process.stdin.write(b"".join((REQUEST.pack(len(head), len(body)), head, body)))  # it wakes up once
                await process.stdin.drain()
                answer = await _receive(process)
        except BaseException:
            await self.end()
            raise
        self._parsed += 1
        if answer.get("lost") or self._parsed >= self._renew_after:
            await self.end()
        return answer

    async def _ready(self) -> Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        # Started by module name rather than through multiprocessing, which would import the parent's main script
        # again. The environment is bare: secrets have no business where foreign bytes are parsed.
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        self._parsed = 0
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "watchers.worker",
            str(self._memory),
            stdin=PIPE,
            stdout=PIPE,
            env=environment,
        )
        try:
            async with asyncio.timeout(START_SECONDS):
                await _receive(self._process)
        except TimeoutError as error:
            raise OSError("the parser did not start") from error
        return self._process

    async def end(self) -> None:
        """Kill the process, if any, and wait until it is gone."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _receive(process: Process) -> dict[str, Any]:
    assert process.stdout is not None  # noqa: S101 - asked for at the start
    (size,) = REPLY.unpack(await process.stdout.readexactly(REPLY.size))
    answer: dict[str, Any] = json.loads(await process.stdout.readexactly(size))
    return answer
