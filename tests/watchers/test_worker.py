"""The child is started without the parent's main script, and ends with it."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_a_script_without_a_guard_may_be_the_parent(tmp_path, make) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import asyncio, sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from datetime import datetime, UTC\n"
        "from watchers.answer import Response\n"
        "from watchers.child import ParserChild\n"
        "print('begun')\n"
        "async def main():\n"
        "    child = ParserChild()\n"
        f"    response = Response(status=200, url='http://news.example/', body={make.rss(make.item()).encode()!r})\n"
        "    print(len((await child.feed(response, feed='f', newest=5, now=datetime.now(UTC))).entries))\n"
        "    await child.close()\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True, cwd=tmp_path, timeout=60
    )
    assert (done.stdout.split(), done.stderr) == (["begun", "1"], "")


def test_a_child_ends_with_its_parent(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "watchers.worker", str(2**30)],
        input=b"",
        capture_output=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    assert b"ready" in done.stdout


REACHES = """
import os, socket, subprocess, sys
from watchers import worker
worker.alone()
place = ("127.0.0.1", int(sys.argv[1]))
for reach in (
    lambda: socket.create_connection(place, 5),
    lambda: socket.socket().connect(place),
    lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", place),
    lambda: socket.socket(type=socket.SOCK_DGRAM).sendmsg([b"x"], [], 0, place),
    lambda: socket.socket().bind(("127.0.0.1", 0)),
    lambda: socket.getaddrinfo("news.example", 80),
    lambda: socket.gethostbyname("localhost"),
    lambda: socket.gethostbyname_ex("localhost"),
    lambda: socket.gethostbyaddr("127.0.0.1"),
    lambda: socket.getnameinfo(place, 0),
    lambda: subprocess.run(["true"]),
    lambda: os.system("true"),
    lambda: os.execv("/bin/true", ["true"]),
    lambda: os.posix_spawn("/bin/true", ["true"], {}),
    lambda: os.fork() or os._exit(0),
    lambda: os.forkpty()[0] or os._exit(0),
):
    try:
        reach()
        print("reached")
    except PermissionError as error:
        print(error.strerror)
"""


def test_a_parser_reaches_no_network_and_starts_no_process_by_any_call() -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0)
        place = str(trap.getsockname()[1])
        told = subprocess.run(
            [sys.executable, "-c", REACHES, place], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert told.stdout.splitlines() == ["the parser reaches nothing outside"] * 16
        with pytest.raises(BlockingIOError):
            trap.accept()
