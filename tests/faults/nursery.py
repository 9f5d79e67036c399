"""Lives of the service: processes of their own that can be killed. Forked from one that has imported it, or made anew.

Importing takes longer than living, so that a campaign of a thousand kills would otherwise be a campaign of imports.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import selectors
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ARGUMENTS = ("run",)


class Life:
    """One running service."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def send(self, number: int) -> None:
        """Send a signal; whoever is dead already does not mind."""
        if not self.ended.done():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def end(self, within: float) -> int | None:
        """The exit code, negative for a signal; None if it lives on after so many seconds."""
        done, _ = await asyncio.wait({self.ended}, timeout=within)
        return self.ended.result() if done else None

    async def kill(self) -> int:
        """Kill it with -9 and wait until it is gone."""
        self.send(signal.SIGKILL)
        return await self.ended


class Nursery:
    """Where lives begin."""

    def __init__(self, server: asyncio.subprocess.Process) -> None:
        self._server = server
        self._lives: dict[int, Life] = {}
        self._born: asyncio.Queue[int] = asyncio.Queue()
        self._listening = asyncio.create_task(self._listen())

    async def forked(self, environ: Mapping[str, str], log: Path, arguments: Sequence[str] = ARGUMENTS) -> Life:
        """A life forked from the process that has imported everything."""
        assert self._server.stdin is not None
        wanted = {"environ": dict(environ), "log": str(log), "arguments": list(arguments)}
        self._server.stdin.write(json.dumps(wanted).encode() + b"\n")
        return self._lives[await self._born.get()]

    async def fresh(self, environ: Mapping[str, str], log: Path) -> Life:
        """A life that begins as `python -m bot run` does."""
        with log.open("ab") as out:
            made = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *ARGUMENTS, env=environ, cwd=ROOT, stdout=out, stderr=out
            )
        life = Life(made.pid)
        waiting = asyncio.create_task(made.wait())
        waiting.add_done_callback(lambda task: life.ended.set_result(task.result()))
        return life

    async def close(self) -> None:
        assert self._server.stdin is not None
        self._server.stdin.close()  # it ends, and what lives there with it
        await self._server.wait()
        await self._listening

    async def _listen(self) -> None:
        assert self._server.stdout is not None
        async for line in self._server.stdout:
            told: dict[str, int] = json.loads(line)
            if "code" in told:
                self._lives[told["pid"]].ended.set_result(told["code"])
            else:
                self._lives[told["pid"]] = Life(told["pid"])
                self._born.put_nowait(told["pid"])


@contextlib.asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    """A process that has imported the service and forks on request; gone at the end."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    server = await asyncio.create_subprocess_exec(
        sys.executable, __file__, env=environ, cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    made = Nursery(server)
    try:
        yield made
    finally:
        await made.close()


def _serve() -> None:
    """Fork a life for each line on standard input; tell of each birth and each death on standard output."""
    import bot.judges.chosen
    import bot.service  # noqa: F401
    from bot.__main__ import main

    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    waiting = selectors.DefaultSelector()
    waiting.register(sys.stdin.fileno(), selectors.EVENT_READ)
    waiting.register(woken, selectors.EVENT_READ)
    rest = b""
    alive: set[int] = set()
    while True:
        for key, _ in waiting.select():
            read = os.read(key.fd, 65536)
            if key.fd == woken:
                alive -= _bury()
                continue
            if not read:  # whoever asked for lives is gone
                for pid in alive:
                    os.kill(pid, signal.SIGKILL)
                return
            *lines, rest = (rest + read).split(b"\n")
            for line in lines:
                wanted: dict[str, Any] = json.loads(line)
                pid = os.fork()
                if pid == 0:
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    _live(wanted, main)
                alive.add(pid)
                _tell(pid=pid)


def _live(wanted: dict[str, Any], main: Any) -> None:
    out = os.open(wanted["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (out, 1), (out, 2)):
        os.dup2(source, target)
    os.environ.clear()
    os.environ.update(wanted["environ"])
    code = 1
    try:
        code = main(wanted["arguments"])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _bury() -> set[int]:
    buried: set[int] = set()
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            _tell(pid=pid, code=os.waitstatus_to_exitcode(status))
            buried.add(pid)
    return buried


def _tell(**words: int) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _serve()
