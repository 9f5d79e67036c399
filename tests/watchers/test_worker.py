"""The inside of the child answers whatever it is given, and is started without the parent's main script."""

from __future__ import annotations

import json
import random
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from watchers import worker

ROOT = Path(__file__).resolve().parents[2]
RICH = b"""<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml" xmlns:psc="http://podlove.org/simple-chapters"
 xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"><channel><title>Wire</title>
 <item><title>Ships &#8217; &#x41;</title><link>http://news.example/1</link><guid>1</guid><pubDate>Mon, 03 Nov 2025 08:00:00 GMT</pubDate>
 <media:content url="http://news.example/1.jpg" width="10" height="20" type="image/jpeg"/><media:thumbnail url="x" width="1"/>
 <georss:point>45.2 -71.9</georss:point><georss:where><gml:Point><gml:pos>45 -71</gml:pos></gml:Point></georss:where>
 <creativeCommons:license>http://x</creativeCommons:license><psc:chapters><psc:chapter start="00:00:01.5" title="a"/></psc:chapters>
 <enclosure url="http://news.example/1.mp3" length="12" type="audio/mpeg"/><description>&lt;p&gt;Text&lt;/p&gt;</description></item>
 </channel></rss>"""


@pytest.mark.parametrize("seed", range(40))
def test_a_mutated_feed_is_parsed_or_refused_and_nothing_else(seed, now) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    for _ in range(10):
        body = bytearray(RICH)
        for _ in range(chance.randint(1, 6)):
            start = chance.randrange(len(body))
            piece = chance.choice(
                [b"&#xD800;", b"<", b">", b'"', b"\xff", b"&#99999999999;", b"", b"x", b"-1", b"&", RICH[50:90]]
            )
            body[start : start + chance.randint(0, 12)] = piece
        task = {
            "task": "feed",
            "subject": "s",
            "feed": "wire",
            "url": "http://news.example/feed",
            "content_type": "",
            "newest": 5,
            "now": now.isoformat(),
        }
        answer = worker._answer(task, bytes(body))
        assert json.loads(json.dumps(answer)) is not None
        assert "value" in answer or set(answer) <= {"error", "detail", "lost"}


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


CONNECTS = """
import socket, sys
from watchers import worker
worker.alone()
place = ("127.0.0.1", int(sys.argv[1]))
for reach in (
    lambda: socket.create_connection(place, 5),
    lambda: socket.socket().connect(place),
    lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", place),
    lambda: socket.getaddrinfo("news.example", 80),
):
    try:
        reach()
    except PermissionError as error:
        print(error.strerror)
"""


def test_a_parser_reaches_no_network_by_any_call() -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0)
        place = str(trap.getsockname()[1])
        told = subprocess.run(
            [sys.executable, "-c", CONNECTS, place], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert told.stdout.splitlines() == ["the parser reaches no network"] * 4
        with pytest.raises(BlockingIOError):
            trap.accept()
