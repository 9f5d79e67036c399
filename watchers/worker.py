"""The inside of the parser child: reads tasks from its input, answers on its output, one after another."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, BinaryIO

from watchers import article, feed, robots
from watchers.errors import WatchError
from watchers.parsed import REPLY, REQUEST

_OUTSIDE = frozenset(
    {
        "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.getnameinfo",
        "socket.gethostbyname", "socket.gethostbyaddr", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn",
        "os.fork", "os.forkpty",
    }
)  # fmt: skip
SALVAGE = 0.6  # of the seconds given; then no further part of a broken document is begun, so that what came is told


def alone() -> None:
    """From here on this process reaches no network and starts no other, whatever a library is led to. For good.

    Each such call of Python's is an OSError instead; what a library's own C code calls, no hook hears.
    """

    def refuse(event: str, _arguments: tuple[Any, ...]) -> None:
        if event in _OUTSIDE:
            raise PermissionError(errno.EACCES, "the parser reaches nothing outside")

    sys.addaudithook(refuse)


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Answer tasks until the input ends."""
    _send(outgoing, {"ready": True})
    while len(head := incoming.read(REQUEST.size)) == REQUEST.size:
        length, size = REQUEST.unpack(head)
        task = json.loads(incoming.read(length))
        body = incoming.read(size)
        # Should the parent vanish during a parse, nobody else ends it.
        seconds = task.pop("seconds")
        signal.setitimer(signal.ITIMER_REAL, seconds + 5)
        answer = _answer(task, body, _in_time(SALVAGE * seconds))
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(outgoing, answer)


def _in_time(seconds: float) -> Callable[[], bool]:
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until


def _answer(task: dict[str, Any], body: bytes, in_time: Callable[[], bool]) -> dict[str, Any]:
    try:
        return {"value": done(task, body, in_time)}
    except WatchError as error:
        return {"error": type(error).__name__, "detail": error.detail}
    except Exception as error:  # noqa: BLE001 - the child's boundary: libraries raise anything on hostile input
        said = f"{type(error).__name__}: {error}"[:300]
        return {"error": "", "detail": said, "lost": isinstance(error, MemoryError)}


def done(task: dict[str, Any], body: bytes, in_time: Callable[[], bool] = lambda: True) -> object:
    """What comes of a task, as JSON has it; raises WatchError, and whatever a library raises on hostile input."""
    match task.pop("task"):
        case "feed":
            task["now"] = datetime.fromisoformat(task["now"])
            return feed.parse(body, **task, in_time=in_time).to_json()
        case "robots":
            return {"permits": robots.permits(body, task["url"])}
        case _:
            return article.extract(body, **task).to_json()


def _send(outgoing: BinaryIO, answer: dict[str, Any]) -> None:
    data = json.dumps(answer).encode("ascii")
    outgoing.write(REPLY.pack(len(data)) + data)
    outgoing.flush()


def main() -> None:
    """Serve on the standard streams, with the address space given as the only argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limit = int(sys.argv[1])
    with suppress(ValueError, OSError):  # not every system knows the limit
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    alone()
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not reach the pipe
    serve(sys.stdin.buffer, outgoing)


if __name__ == "__main__":
    main()
