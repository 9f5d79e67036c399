"""Made-up feeds over HTTP on loopback, in a process of its own, so that what serving costs is not counted as reading.

Each client has feeds of its own: `/CLIENT/NUMBER`. `/set?who=CLIENT&issue=N&validators=0|1&latency=SECONDS` says which
issue its feeds are at: every issue has two more entries than the one before, of which the newest thirty stand in the feed.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

ENTRIES, NEW = 30, 2
WORDS = [
    "the",
    "quay",
    "stays",
    "open",
    "to",
    "every",
    "ship",
    "that",
    "asks",
    "for",
    "a",
    "berth",
    "and",
    "its",
    "chair",
    "told",
    "reporters",
    "on",
    "monday",
    "that",
    "dredging",
    "begins",
    "in",
    "spring",
    "when",
    "the",
    "harbour",
    "board",
    "has",
    "met",
    "again",
    "with",
    "both",
    "unions",
    "and",
    "the",
    "council",
    "of",
    "the",
    "old",
    "town",
]


def entry(feed: int, number: int) -> str:
    """One entry of about 2 KB with its whole text, in the form of the commonest publishing software."""
    chance = random.Random(feed * 100_003 + number)  # noqa: S311 - made-up news
    link = f"https://news.example/{feed}/{number}"
    paragraphs = (
        f'<p>{" ".join(chance.choices(WORDS, k=22))} <a href="/{number}/{place}" rel="nofollow">'
        f"{' '.join(chance.choices(WORDS, k=3))}</a>, <em>{chance.choice(WORDS)}</em> "
        f"{' '.join(chance.choices(WORDS, k=16))}.</p>\n"
        for place in range(4)
    )
    text = (
        f'<figure><img src="/{number}.jpg" width="800" height="450" alt="A ship" class="wp-image" /></figure>\n'
        f"{''.join(paragraphs)}"
    )
    topics = "".join(f"<category><![CDATA[{word}]]></category>" for word in chance.sample(WORDS, 4))
    return (
        f"<item>\n<title>Ship {feed}-{number} {' '.join(chance.choices(WORDS, k=6))}</title>\n<link>{link}</link>\n"
        f"<comments>{link}#comments</comments>\n<dc:creator><![CDATA[Noor Hallam]]></dc:creator>\n"
        f"<pubDate>Mon, 03 Nov 2025 08:{number % 60:02}:00 +0000</pubDate>\n{topics}\n"
        f"<guid isPermaLink='false'>https://news.example/?p={feed}-{number}</guid>\n"
        f"<description><![CDATA[<p>{' '.join(chance.choices(WORDS, k=40))} [&#8230;]</p>]]></description>\n"
        f"<content:encoded><![CDATA[{text}]]></content:encoded>\n"
        f"<wfw:commentRss>{link}/feed/</wfw:commentRss>\n<slash:comments>0</slash:comments>\n</item>\n"
    )


def document(feed: int, issue: int) -> bytes:
    """The feed at an issue, the newest entry first."""
    newest = ENTRIES + NEW * issue
    inside = "".join(entry(feed, number) for number in range(newest, newest - ENTRIES, -1))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">'
        "<channel><title>Harbour Wire</title><link>https://news.example/</link><language>en</language>"
        f"<lastBuildDate>issue {issue}</lastBuildDate>\n{inside}</channel></rss>"
    ).encode()


class Newsstand:
    """What each client's feeds are at, and how it was answered."""

    def __init__(self) -> None:
        self.state: dict[str, tuple[int, bool, float]] = {}
        self.written = 0  # the issue of those kept
        self.kept: dict[int, bytes] = {}
        self.answered: dict[str, int] = {}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept alive."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                target = head.split(b" ", 2)[1].decode()
                status, content, extra = await self.answer(target, head)
                writer.write(
                    f"HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\n{extra}"
                    f"Content-Length: {len(content)}\r\n\r\n".encode()
                    + content
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def answer(self, target: str, head: bytes) -> tuple[str, bytes, str]:
        """Status, body and further headers."""
        if target.startswith("/set?"):
            asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
            validators = asked.get("validators", "1") == "1"
            self.state[asked["who"]] = int(asked["issue"]), validators, float(asked.get("latency", "0"))
            counts = " ".join(f"{name}={count}" for name, count in sorted(self.answered.items()))
            self.answered.clear()
            return "200 OK", counts.encode(), ""
        if target.startswith("/write?"):
            asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
            for number in range(int(asked["feeds"])):
                self.document(number, int(asked["issue"]))
            return "200 OK", b"", ""
        _, who, number = target.split("/")
        issue, validators, latency = self.state[who]
        if latency:
            await asyncio.sleep(latency)
        tag = f'"{issue}"'
        if validators and f"\r\nif-none-match: {tag}\r\n".encode() in head.lower():
            self.answered["304"] = self.answered.get("304", 0) + 1
            return "304 Not Modified", b"", f"ETag: {tag}\r\n"
        self.answered["200"] = self.answered.get("200", 0) + 1
        return "200 OK", self.document(int(number), issue), f"ETag: {tag}\r\n" if validators else ""

    def document(self, feed: int, issue: int) -> bytes:
        """The feed at an issue, written once."""
        if issue != self.written:
            self.kept, self.written = {}, issue
        if feed not in self.kept:
            self.kept[feed] = document(feed, issue)
        return self.kept[feed]


class Stand:
    """The process of a newsstand, and what it is told."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, str(Path(__file__))], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.place = f"127.0.0.1:{self._process.stdout.readline().strip()}"

    def set(self, who: str, issue: int, *, validators: bool = True, latency: float = 0.0) -> str:
        """Put the feeds of a client at an issue; what was answered since the last call."""
        query = f"who={who}&issue={issue}&validators={int(validators)}&latency={latency}"
        with urlopen(f"http://{self.place}/set?{query}") as answer:
            return str(answer.read().decode())

    def write(self, feeds: int, issue: int) -> None:
        """Have so many feeds of an issue written, so that nobody waits for that."""
        with urlopen(f"http://{self.place}/write?feeds={feeds}&issue={issue}"):
            pass

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


async def main() -> None:
    """Serve on a port that is printed."""
    server = await asyncio.start_server(Newsstand().serve, "127.0.0.1", 0, limit=2**16)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
