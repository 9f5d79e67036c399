"""Webhooks over real HTTP, with faults: each thing is told until it was taken, in order, signed, through the gate."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from ledger_sample import NOW, raised

from bot.ledger import Ledger
from bot.ledger.outward.webhooks import GIVEN_UP
from bot.outward.signing import signature
from bot.outward.webhooks import Webhooks
from config.settings import Fetching, Webhook
from watchers.fetch import Downloader

SECRET = "made up for these tests, and long enough"


@dataclass
class Listener:
    """A server that behaves as it is told, and remembers what it took."""

    behaves: list[str] = field(default_factory=list)  # each request the next one; then "taken"
    met: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    place: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        told = ({name.lower(): value for name, value in request.headers.items()}, await request.read())
        self.met.append(told)
        match self.behaves.pop(0) if self.behaves else "taken":
            case "taken":
                self.taken.append(told)
                return web.Response(status=204)
            case "lost":  # it took it, and the answer does not arrive
                self.taken.append(told)
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            case "reset":
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            case "slow":
                await asyncio.Event().wait()
            case "moved":
                return web.Response(status=302, headers={"Location": f"http://{self.place}/elsewhere"})
            case "later":
                return web.Response(status=503, headers={"Retry-After": "1800"})
            case status:
                return web.Response(status=int(status), text="x" * 100_000)
        raise AssertionError

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.taken]


@pytest_asyncio.fixture
async def listener() -> AsyncIterator[Listener]:
    there = Listener()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", there.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    there.place = "{}:{}".format(*runner.addresses[0][:2])
    yield there
    await runner.cleanup()


@pytest_asyncio.fixture
async def downloader() -> AsyncIterator[Downloader]:
    opened = Downloader(Fetching(deadline_seconds=0.5))
    yield opened
    await opened.close()


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def hooks(ledger: Ledger, listener: Listener, downloader: Downloader, clock: Clock, **more: Any) -> Webhooks:
    values = {"id": "tool", "url": f"http://{listener.place}/hook", "secret": "TOOL", "allow": (listener.place,)} | more
    return Webhooks(
        ledger=ledger,
        targets=[Webhook(**values)],
        secrets={"tool": SECRET},
        posts=downloader,
        operators="desk",
        clock=clock,
    )


async def test_alerts_and_decisions_come_in_order_and_signed(ledger, listener, downloader):
    clock = Clock()
    told = hooks(ledger, listener, downloader, clock)
    assert await told.step() == 0
    number = raised(ledger)
    ledger.decide(number, "dismiss", "U1", "old news", NOW, remark="between us")
    assert await told.step() == 2
    first, second = listener.told
    assert (first["type"], first["alert"]["id"], "decision" in first) == ("alert.raised", f"OR-{number}", False)
    assert (second["type"], second["decision"]["what"]) == ("alert.decided", "dismiss")
    assert first["alert"]["earlier"]["statement"]["quote"]
    assert b"between us" not in listener.taken[1][1], "what the desk says to itself stays in the house"
    for headers, body in listener.taken:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        expected = b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
        assert json.loads(body)["id"] == headers["webhook-id"]
    assert await told.step() == 0


def test_a_secret_in_base64_is_what_it_stands_for():
    plain = signature("abc", "id", 1, b"{}")
    assert signature(f"whsec_{b64encode(b'abc').decode()}", "id", 1, b"{}") == plain


async def test_a_webhook_hears_of_what_comes_after_it_was_named(ledger, listener, downloader):
    raised(ledger, mark=" 1")
    told = hooks(ledger, listener, downloader, Clock())
    assert await told.step() == 0
    later = raised(ledger, mark=" 2")
    await told.step()
    assert [one["alert"]["number"] for one in listener.told] == [later]


async def test_only_the_events_that_are_asked_for_come(ledger, listener, downloader):
    told = hooks(ledger, listener, downloader, Clock(), events=("decision",))
    await told.step()
    ledger.decide(raised(ledger), "confirm", "U1", "", NOW)
    await told.step()
    assert [one["type"] for one in listener.told] == ["alert.decided"]


async def test_what_goes_to_one_person_alone_goes_to_no_webhook(ledger, listener, downloader):
    told = hooks(ledger, listener, downloader, Clock())
    await told.step()
    ledger.decide(raised(ledger, "U0ADA"), "confirm", "U1", "", NOW)
    assert await told.step() == 0


@pytest.mark.parametrize("fault", ["500", "404", "reset", "slow", "moved"])
async def test_what_was_not_taken_is_told_again_under_the_same_id_and_nothing_overtakes_it(
    ledger, listener, downloader, fault
):
    clock = Clock()
    told = hooks(ledger, listener, downloader, clock)
    await told.step()
    one, other = raised(ledger, mark=" 1"), raised(ledger, mark=" 2")
    listener.behaves = [fault, fault]
    assert await told.step() == 0
    assert await told.step() == 0
    assert len(listener.met) == 1, "not again at once"
    clock.now += timedelta(seconds=5)
    await told.step()
    clock.now += timedelta(seconds=9)
    assert await told.step() == 0, "the wait doubles"
    clock.now += timedelta(seconds=1)
    assert await told.step() == 2
    assert [answer["alert"]["number"] for answer in listener.told] == [one, other]
    assert len({headers["webhook-id"] for headers, _ in listener.met[:3]}) == 1


async def test_an_answer_that_is_lost_brings_it_again_and_its_id_tells(ledger, listener, downloader):
    clock = Clock()
    told = hooks(ledger, listener, downloader, clock)
    await told.step()
    raised(ledger)
    listener.behaves = ["lost"]
    await told.step()
    clock.now += timedelta(seconds=5)
    await told.step()
    assert len(listener.taken) == 2
    assert len({headers["webhook-id"] for headers, _ in listener.taken}) == 1


async def test_an_attempt_that_a_restart_cut_off_is_made_again(ledger, listener, downloader):
    clock = Clock()
    told = hooks(ledger, listener, downloader, clock)
    await told.step()
    raised(ledger)
    ledger.tell_webhooks([("tool", True, True)], NOW)
    (due,) = ledger.webhook_posts_due(["tool"], NOW)
    assert ledger.intend_webhook_post(due.id, NOW)
    clock.now += timedelta(seconds=5)
    assert await hooks(ledger, listener, downloader, clock).step() == 1


async def test_who_says_when_to_come_back_is_believed_but_not_for_longer_than_an_hour(ledger, listener, downloader):
    clock = Clock()
    told = hooks(ledger, listener, downloader, clock)
    await told.step()
    raised(ledger)
    listener.behaves = ["later"]
    await told.step()
    clock.now += timedelta(minutes=29)
    assert await told.step() == 0
    clock.now += timedelta(minutes=1)
    assert await told.step() == 1


async def test_what_is_not_taken_for_a_day_is_stuck_and_said_once_and_all_of_it_comes_when_it_answers(
    ledger, listener, downloader
):
    clock = Clock()
    told = hooks(ledger, listener, downloader, clock)
    await told.step()
    numbers = [raised(ledger, mark=f" {mark}") for mark in range(3)]
    listener.behaves = ["500"] * 200
    while clock.now < NOW + GIVEN_UP + timedelta(hours=6):
        await told.step()
        clock.now += timedelta(minutes=30)
    assert ledger.webhooks_waiting() == {"tool": (0, 3)}
    assert [line[:22] for line in ledger.status().stuck] == ["webhook tool, 3 posts:"]
    notices = [one.words for one in ledger.bulletins_due(clock.now)]
    assert len(notices) == 1
    assert "tool has taken nothing for a day: The server refused: status 500" in notices[0]
    listener.behaves = []
    clock.now += timedelta(hours=1)
    await told.step()
    assert sorted(one["alert"]["number"] for one in listener.told) == numbers
    assert ledger.webhooks_waiting() == {}
    assert ledger.status().stuck == ()
    row = ledger.bulletins_due(clock.now)[0]
    ledger.bulletin_sent(row.id, "C1", "1.1")
    assert "takes what it is told again" in ledger.bulletins_due(clock.now)[0].words


async def test_one_that_does_not_answer_holds_up_no_other(ledger, listener, downloader):
    clock = Clock()
    both = [
        Webhook(id="dead", url="http://127.0.0.1:9/hook", secret="A", allow=("127.0.0.1:9",)),
        Webhook(id="tool", url=f"http://{listener.place}/", secret="B", allow=(listener.place,)),
    ]
    told = Webhooks(
        ledger=ledger, targets=both, secrets={"dead": SECRET, "tool": SECRET}, posts=downloader, clock=clock
    )
    await told.step()
    raised(ledger)
    assert await told.step() == 1


@pytest.mark.parametrize("allow", [(), ("127.0.0.1:1",)])
async def test_a_private_place_is_told_nothing_unless_it_is_allowed(ledger, listener, downloader, allow):
    told = hooks(ledger, listener, downloader, Clock(), allow=allow)
    await told.step()
    raised(ledger)
    assert await told.step() == 0
    assert listener.met == []


async def test_a_redirect_leads_nowhere(ledger, listener, downloader):
    told = hooks(ledger, listener, downloader, Clock())
    await told.step()
    raised(ledger)
    listener.behaves = ["moved"]
    await told.step()
    assert len(listener.met) == 1
