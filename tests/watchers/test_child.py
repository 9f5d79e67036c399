"""Foreign bytes are parsed in a process that can be lost without loss."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import pytest

from watchers.answer import Response
from watchers.child import ParserChild
from watchers.errors import NotAFeed, NoText, ParserLost, TooSlow

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = (
    b'<rss version="2.0"><channel><item ' + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/></channel></rss>"
)


@pytest.fixture
def ask(now):
    async def call(child: ParserChild, body: str | bytes, *, doubtful: bool = False):
        content = body.encode() if isinstance(body, str) else body
        response = Response(status=200, url="http://news.example/feed", body=content)
        return await child.feed(response, feed="wire", newest=500, now=now, doubtful=doubtful)

    return call


async def held(child: ParserChild) -> None:
    """Until a task holds the only worker."""
    while child._free.qsize():  # noqa: ASYNC110 - a turn of the loop, not a wait
        await asyncio.sleep(0)


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def environment(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


async def test_entries_come_back_as_they_were(parser, ask, make) -> None:
    parsed = await ask(parser, make.rss(make.item("Häfen “öffnen”", guid="1", text="<p>x</p>")))
    assert [found.entry.title for found in parsed.entries] == ["Häfen “öffnen”"]
    assert parsed.entries[0].entry.published.isoformat() == "2025-11-03T08:00:00+00:00"


async def test_a_page_comes_back_as_text(parser, make) -> None:
    response = Response(status=200, url="http://news.example/a", body=make.page().encode())
    assert (await parser.page(response)).text.startswith("The harbour board")


async def test_errors_come_back_under_their_names(parser, ask) -> None:
    with pytest.raises(NotAFeed, match="web page"):
        await ask(parser, "<html>")
    with pytest.raises(NoText):
        await parser.page(Response(status=200, url="http://news.example/a", body=b""))


async def test_hostile_attributes_are_killed_at_the_deadline_and_the_next_feed_is_served(ask, make) -> None:
    child = ParserChild(seconds=0.5, size=1)
    await ask(child, make.rss())
    (before,) = child.pids
    with pytest.raises(TooSlow, match=r"0\.5 s"):
        await ask(child, HOSTILE)
    assert not alive(before)
    assert (await ask(child, make.rss(make.item()))).entries
    assert child.pids != (before,)
    await child.close()


async def test_while_one_is_busy_another_serves(ask, make) -> None:
    child = ParserChild(seconds=1.5, size=2)
    busy = asyncio.create_task(ask(child, HOSTILE))
    assert (await ask(child, make.rss(make.item()))).entries
    assert not busy.done()
    with pytest.raises(TooSlow):
        await busy
    await child.close()


async def test_however_many_doubtful_ones_are_busy_another_is_served(ask, make) -> None:
    child = ParserChild(seconds=60, size=2)
    busy = [asyncio.create_task(ask(child, HOSTILE, doubtful=True)) for _ in range(3)]
    await asyncio.sleep(0)
    assert (await ask(child, make.rss(make.item()))).entries
    assert [task.done() for task in busy] == [False, False, False]
    for task in busy:
        task.cancel()
    await asyncio.gather(*busy, return_exceptions=True)
    await child.close()


@pytest.mark.parametrize(
    "body",
    [
        b'<rss version="2.0"><channel>' + b"<a>" * 100_000,
        b"<" * 300_000,
        b'<rss version="2.0"><channel><item><description>' + b"&lt;" * 300_000,
        b'<rss version="2.0"><channel><!--' + b"x" * 2_000_000,
        b'<rss version="2.0"><channel><item><title><![CDATA[' + b"x" * 1_500_000,
        b"<rss version='2.0' " + b" ".join(b'xmlns:n%d="u:%d"' % (n, n) for n in range(50_000)) + b"><channel/></rss>",
    ],
    ids=["nested", "angles", "escaped", "comment", "cdata", "namespaces"],
)
async def test_a_hostile_body_is_parsed_or_refused_and_the_next_feed_is_served(ask, make, body) -> None:
    child = ParserChild(seconds=2, size=1)
    with suppress(NotAFeed, TooSlow, ParserLost):
        await ask(child, body)
    assert (await ask(child, make.rss(make.item()))).entries
    await child.close()


async def test_ten_thousand_entries_are_no_trouble(ask, make) -> None:
    child = ParserChild(seconds=30, size=1)
    parsed = await ask(child, make.rss(*(make.item(f"No {number}", guid=str(number)) for number in range(10_000))))
    assert (len(parsed.entries), parsed.left_out) == (500, 9500)
    await child.close()


async def test_memory_is_bounded(ask, make) -> None:
    child = ParserChild(memory=200 * 1024 * 1024, size=1)
    with pytest.raises((NotAFeed, ParserLost)):
        await ask(child, make.rss(make.item(text="x" * 60_000_000)))
    assert (await ask(child, make.rss(make.item()))).entries
    await child.close()


async def test_a_child_is_renewed_after_its_share(ask, make) -> None:
    child = ParserChild(renew_after=2, size=1)
    await ask(child, make.rss())
    first = child.pids
    await ask(child, make.rss())
    await ask(child, make.rss())
    assert len(first) == len(child.pids) == 1
    assert first != child.pids
    await child.close()
    assert child.pids == ()


async def test_a_child_that_dies_is_a_named_loss_and_replaced(ask, make) -> None:
    child = ParserChild(size=1)
    await ask(child, make.rss())
    running = asyncio.create_task(ask(child, HOSTILE))
    await held(child)
    os.kill(child.pids[0], 9)
    with pytest.raises(ParserLost):
        await running
    assert (await ask(child, make.rss(make.item()))).entries
    await child.close()


async def test_an_abandoned_question_leaves_no_answer_behind(ask, make) -> None:
    child = ParserChild(size=1)
    await ask(child, make.rss())
    abandoned = asyncio.create_task(ask(child, make.rss(make.item("Abandoned"))))
    await held(child)
    abandoned.cancel()
    await asyncio.gather(abandoned, return_exceptions=True)
    parsed = await ask(child, make.rss(make.item("Asked")))
    assert [found.entry.title for found in parsed.entries] == ["Asked"]
    await child.close()


async def test_the_event_loop_goes_on_while_a_feed_is_parsed(ask, make) -> None:
    child = ParserChild(size=1)
    document = make.rss(*(make.item(f"No {number}", guid=str(number)) for number in range(3000)))
    await ask(child, make.rss())
    turns = 0
    parsing = asyncio.create_task(ask(child, document))
    while not parsing.done():
        turns += 1
        await asyncio.sleep(0)
    await child.close()
    assert turns > 100


async def test_secrets_of_the_environment_do_not_reach_the_child(ask, make, monkeypatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-CANARY")
    child = ParserChild(size=1)
    await ask(child, make.rss())
    assert b"CANARY" not in environment(child.pids[0])
    await child.close()
