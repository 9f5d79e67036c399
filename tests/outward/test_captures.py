"""Pages behind posted alerts are asked to be kept by what plays the Internet Archive, over real HTTP and with faults."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from ledger_sample import NO, NOW, YES, article, conflict, join, on_day, position, statement
from pages_served import served, visitor_of
from sqlalchemy import update

from bot.chores import Chore
from bot.ledger import Ledger
from bot.ledger.outward.captures import FIRST_WAIT, LONGEST_WAIT, TRIES
from bot.ledger.tables import schema
from bot.outward.captures import LOOK, PATIENCE, Captures, may_be_told
from bot.outward.told import chores
from bot.proof import form
from bot.proof.check import against, alone
from bot.proof.issue import issue
from bot.web.api.syndicated import linked
from bot.web.archive import Archive
from config.schema import Config, Feed
from config.settings import Fetching, Settings, Wayback, WebSettings
from watchers.fetch import Downloader

KEYS = "access:a secret of these tests"
CAPTURED = NOW + timedelta(minutes=3)


@dataclass
class SavePageNow:
    """What answers as Save Page Now does, or as it is told: each request the next one."""

    behaves: list[str] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    place: str = ""

    async def save(self, request: web.Request) -> web.StreamResponse:
        assert request.headers["Authorization"] == f"LOW {KEYS}"
        assert request.headers["Accept"] == "application/json"
        self.asked.append({name: str(value) for name, value in (await request.post()).items()})
        return await self._answer(request, {"url": self.asked[-1]["url"], "job_id": f"spn2-{len(self.asked)}"})

    async def status(self, request: web.Request) -> web.StreamResponse:
        assert request.headers["Authorization"] == f"LOW {KEYS}"
        self.looked.append(request.match_info["job"])
        kept = {"status": "success", "timestamp": f"{CAPTURED:%Y%m%d%H%M%S}", "original_url": "javascript:alert(1)"}
        return await self._answer(request, kept)

    async def _answer(self, request: web.Request, good: dict[str, Any]) -> web.StreamResponse:
        match self.behaves.pop(0) if self.behaves else "good":
            case "good":
                return web.json_response(good)
            case "pending":
                return web.json_response({"status": "pending", "resources": []})
            case "lost":
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            case "429":
                return web.Response(status=429, headers={"Retry-After": "120"})
            case "odd":
                return web.Response(text="<html>", content_type="text/html")
            case error if error.startswith("error:"):
                return web.json_response({"status": "error", "status_ext": error, "message": "<b>no</b>"})
            case status:
                return web.Response(status=int(status))


@pytest_asyncio.fixture
async def there() -> AsyncIterator[SavePageNow]:
    playing = SavePageNow()
    app = web.Application()
    app.router.add_post("/save", playing.save)
    app.router.add_get("/save/status/{job}", playing.status)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    playing.place = "{}:{}".format(*runner.addresses[0][:2])
    yield playing
    await runner.cleanup()


@pytest_asyncio.fixture
async def downloader() -> AsyncIterator[Downloader]:
    opened = Downloader(Fetching(deadline_seconds=2.0))
    yield opened
    await opened.close()


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Rig:
    """The chore before a ledger, with a clock in hand."""

    ledger: Ledger
    there: SavePageNow
    downloader: Downloader
    clock: Clock = field(default_factory=Clock)
    settings: dict[str, Any] = field(default_factory=dict)
    feeds: tuple[Feed, ...] = ()

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        values = {"enabled": True, "address": f"http://{self.there.place}", "allow": (self.there.place,)}
        self.chore = Captures(
            ledger=self.ledger,
            wayback=Wayback(**(values | {"at_once": 6} | self.settings)),
            keys=KEYS,
            asks=self.downloader,
            operators="desk",
            feeds=lambda: self.feeds,
            clock=self.clock,
        )

    async def step(self, later: timedelta = timedelta()) -> int:
        self.clock.now += later
        return await self.chore.step()

    @property
    def notices(self) -> list[str]:
        return [one.words for one in self.ledger.bulletins_due(self.clock.now) if "Archive" in one.words]


@pytest.fixture
def rig(ledger: Ledger, there: SavePageNow, downloader: Downloader) -> Rig:
    return Rig(ledger, there, downloader)


def page(name: str) -> str:
    return f"https://news.harbour-post.com/{name}?a=1&b=2"


def posted(ledger: Ledger, mark: str = "", channel: str = "desk", *, sent: bool = True, **urls: str | None) -> int:
    """An alert on two articles, its card posted; the addresses of the pages are those given."""
    stories = []
    for name, quote, stance, day in (("yes", YES + mark, "for", 1), ("no", NO + mark, "against", 3)):
        of = article(
            f"Mara Velden spoke. “{quote}” {name}{mark}", f"{name}{mark}", url=urls.get(name, page(name + mark.strip()))
        )
        stories.append((of, position(statement(of, quote, **on_day(day)), stance)))
    with ledger.work() as work:
        for of, held in stories:
            work.article(of)
            work.statement(held.statement)
            work.position(held)
        alert = work.alert(conflict(stories[1][1], stories[0][1], case=f"bridge{mark}"), channel, "high", NOW)
        work.commit()
    assert alert is not None
    while sent and (due := ledger.due(NOW)):
        for one in due:
            assert ledger.intend(one.id, NOW)
            ledger.sent(one.id, "C1", "1.0", NOW)
    return alert.number


async def test_the_pages_behind_a_posted_alert_are_kept_each_once_and_their_copies_known(rig: Rig) -> None:
    posted(rig.ledger)
    assert await rig.step() == 0
    assert [one["url"] for one in rig.there.asked] == [page("yes"), page("no")]
    assert await rig.step(LOOK / 2) == 0, "not yet"
    assert await rig.step(LOOK) == 2
    kept = rig.ledger.kept_pages([page("yes"), page("no"), None, "https://other.example"])
    assert {url: (one.copy, one.at) for url, one in kept.items()} == {
        url: (f"http://{rig.there.place}/web/{CAPTURED:%Y%m%d%H%M%S}/{url}", CAPTURED)
        for url in (page("yes"), page("no"))
    }
    rig.restart()
    for _ in range(3):
        assert await rig.step(timedelta(hours=10)) == 0
    assert len(rig.there.asked) == 2


async def test_nobody_is_told_of_pages_of_what_was_not_posted_or_goes_to_one_person_or_is_not_of_the_open_web(
    rig: Rig,
) -> None:
    posted(rig.ledger, " 2", channel="U0ADA")
    rig.ledger.withdraw(posted(rig.ledger, " 3"), "misread", NOW)
    posted(rig.ledger, " 4", yes="http://10.1.2.3/intranet", no=None)
    posted(rig.ledger, " 5", yes="https://ada:secret@harbour-post.com/x", no="ftp://harbour-post.com/y")
    posted(rig.ledger, " 1", sent=False)
    await rig.step()
    assert rig.there.asked == []
    assert may_be_told(page("x"))


async def test_nobody_is_told_of_pages_of_a_host_that_a_feed_may_reach_in_a_private_network(rig: Rig) -> None:
    url, place = "https://wiki.harbour-post.com/feed", "Wiki.harbour-post.com:8443"
    rig.feeds = (Feed(id="wiki", name="Wiki", url=url, allow=(place,), enabled=False),)
    posted(rig.ledger, " 1", yes="https://wiki.harbour-post.com/minutes", no="https://wiki.harbour-post.com.:443/plans")
    posted(rig.ledger, " 2")
    await rig.step()
    assert [one["url"] for one in rig.there.asked] == [page("yes2"), page("no2")]


async def test_pages_are_kept_of_an_alert_that_waited_long_until_it_could_be_posted(rig: Rig) -> None:
    posted(rig.ledger, sent=False)
    rig.clock.now = NOW + timedelta(days=5)
    (card,) = rig.ledger.due(rig.clock.now)
    assert rig.ledger.intend(card.id, rig.clock.now)
    rig.ledger.sent(card.id, "C1", "1.0", rig.clock.now)
    await rig.step()
    assert [one["url"] for one in rig.there.asked] == [page("yes"), page("no")]


async def test_what_joins_a_posted_alert_later_is_kept_too(rig: Rig) -> None:
    number = posted(rig.ledger)
    await rig.step()
    join(rig.ledger, number)  # on post.example
    await rig.step()
    assert [one["url"] for one in rig.there.asked][2:] == ["https://post.example/more"]


async def test_while_it_is_at_it_it_is_asked_again_and_again_until_it_is_kept(rig: Rig) -> None:
    posted(rig.ledger, no=None)
    await rig.step()
    rig.there.behaves = ["pending", "pending", "500", "503"]
    for _ in range(4):
        assert await rig.step(LOOK) == 0
    assert await rig.step(LOOK) == 1
    assert rig.there.looked == ["spn2-1"] * 5
    assert len(rig.there.asked) == 1


async def test_too_many_requests_let_everything_wait_as_long_as_it_says(rig: Rig) -> None:
    posted(rig.ledger)
    rig.there.behaves = ["429"]
    await rig.step()
    await rig.step(timedelta(seconds=100))
    assert len(rig.there.asked) == 1
    await rig.step(timedelta(seconds=21))
    assert sorted(one["url"] for one in rig.there.asked[1:]) == [page("no"), page("yes")]
    assert rig.notices == []


@pytest.mark.parametrize("fault", ["lost", "500", "error:user-session-limit"])
async def test_a_service_that_is_away_or_full_costs_no_page_its_attempts_and_is_told_after_a_day(
    rig: Rig, fault: str
) -> None:
    posted(rig.ledger)
    rig.there.behaves = [fault] * 40
    for _ in range(8):
        await rig.step(timedelta(hours=4))
    assert len(rig.there.asked) == 8
    (notice,) = rig.notices
    assert "takes no page" in notice
    rig.there.behaves = []
    await rig.step(timedelta(hours=1))
    assert await rig.step(LOOK) == 2


async def test_keys_that_are_not_taken_are_told_at_once(rig: Rig) -> None:
    posted(rig.ledger)
    rig.there.behaves = ["401"]
    await rig.step()
    (notice,) = rig.notices
    assert "a login is required" in notice
    assert KEYS not in notice


@pytest.mark.parametrize("fault", ["error:blocked-url", "<script>", "odd", "400"])
async def test_a_page_that_it_cannot_keep_is_asked_again_ever_later_then_given_up_aloud_and_holds_up_no_other(
    rig: Rig, fault: str
) -> None:
    posted(rig.ledger, " 1", no=None)
    fault = fault if fault != "<script>" else "error:<script>"
    rig.there.behaves = [fault] * TRIES
    await rig.step()
    await rig.step(FIRST_WAIT / 2)
    assert len(rig.there.asked) == 1
    await rig.step(FIRST_WAIT / 2)
    await rig.step(FIRST_WAIT)
    assert len(rig.there.asked) == 2
    for _ in range(TRIES - 2):
        await rig.step(LONGEST_WAIT)
    assert len(rig.there.asked) == TRIES
    (notice,) = rig.notices
    assert page("yes1") in notice
    assert "<script>" not in notice
    assert any(page("yes1") in line for line in rig.ledger.status().stuck)
    rig.there.behaves = []
    posted(rig.ledger, " 2", no=None)
    await rig.step()
    assert await rig.step(LOOK) == 1
    assert rig.ledger.status().stuck == ()


async def test_what_it_never_finishes_is_asked_for_anew(rig: Rig) -> None:
    posted(rig.ledger, no=None)
    await rig.step()
    rig.there.behaves = ["pending"] * 2
    for _ in range(2):
        await rig.step(PATIENCE / 2)
    assert len(rig.there.asked) == 1
    await rig.step(timedelta(minutes=2))
    assert len(rig.there.asked) == 2
    assert await rig.step(LOOK) == 1


async def test_it_is_busy_with_few_at_once_and_asked_for_so_many_a_day(
    ledger: Ledger, there: SavePageNow, downloader: Downloader
) -> None:
    rig = Rig(ledger, there, downloader, settings={"at_once": 1, "a_day": 3})
    for mark in (" 1", " 2"):
        posted(ledger, mark)
    for asked in (1, 2, 3, 3, 3):
        await rig.step(LOOK)
        assert len(there.asked) == asked
    await rig.step(timedelta(days=1))
    assert len(there.asked) == 4


async def test_a_page_is_asked_for_again_only_after_so_many_days(rig: Rig) -> None:
    posted(rig.ledger)
    await rig.step()
    assert await rig.step(LOOK) == 2
    rig.settings = {"again_days": 7}
    rig.restart()
    with rig.ledger._writing() as connection:  # as if another alert of today stood on the same page
        connection.exec_driver_sql("UPDATE alert SET created_at = '2025-03-12 09:30:00.000000'")
    rig.clock.now = NOW + timedelta(days=6, hours=23)
    await rig.step()
    assert len(rig.there.asked) == 2
    await rig.step(timedelta(hours=2))
    assert len(rig.there.asked) == 4


async def test_an_attempt_that_was_cut_off_is_made_again_after_a_restart(rig: Rig) -> None:
    posted(rig.ledger, no=None)
    rig.ledger.want_captures(may_be_told, NOW - timedelta(days=30), NOW)
    assert rig.ledger.intend_capture(10, 1, NOW) is not None
    rig.restart()
    await rig.step()
    assert rig.there.asked == []
    await rig.step(timedelta(minutes=1))
    assert await asyncio.wait_for(rig.step(LOOK), 60) == 1
    assert len(rig.there.asked) == 1


async def test_no_private_place_is_asked_unless_it_is_allowed(
    ledger: Ledger, there: SavePageNow, downloader: Downloader
) -> None:
    rig = Rig(ledger, there, downloader, settings={"allow": ()})
    posted(ledger)
    await rig.step()
    assert there.asked == []
    assert len(rig.notices) == 1


async def test_it_is_a_chore_of_the_service_only_where_it_is_enabled(
    ledger: Ledger, there: SavePageNow, downloader: Downloader
) -> None:
    posted(ledger)
    with ledger._writing() as connection:  # as a chore it goes by the clock
        connection.execute(update(schema.alert).values(created_at=datetime.now(UTC)))

    def told(**values: Any) -> tuple[Chore, ...]:
        settings = Settings(wayback=Wayback(address=f"http://{there.place}", allow=(there.place,), **values))
        config = Config(settings=settings)
        return chores(ledger, lambda: config, downloader, signing={}, password="", keys=KEYS, address="")

    assert told() == ()
    (chore,) = told(enabled=True)
    await chore.act()
    assert len(there.asked) == 2


@pytest.fixture
async def kept(rig: Rig) -> int:
    """An alert one of whose pages was kept."""
    number = posted(rig.ledger, no="http://10.1.2.3/intranet")
    await rig.step()
    assert await rig.step(LOOK) == 1
    return number


async def test_the_copy_is_shown_on_the_page_in_the_linked_data_and_in_the_proof_and_is_no_part_of_it(
    rig: Rig, kept: int
) -> None:
    copy = f"http://{rig.there.place}/web/{CAPTURED:%Y%m%d%H%M%S}/{page('yes')}"
    settings = WebSettings(enabled=True, port=0)
    archive = Archive(ledger=rig.ledger, running=Config, settings=settings, clock=rig.clock)
    async with served(archive) as base, visitor_of(base) as visitor:
        _, text = await visitor.get(f"/a/OR-{kept}")
    assert text.count("Archived by the Internet Archive") == 1
    assert copy.replace("&", "&amp;") in text
    assert "not part of the proof" in text
    linked_data = linked(archive, kept)
    assert linked_data is not None
    articles = [one["isPartOf"] for one in json.loads(linked_data[0])["mentions"]]
    assert sorted(one.get("archivedAt", "") for one in articles) == ["", copy]
    proof = issue(rig.ledger, kept, rig.clock.now)
    assert proof is not None
    archived = [text.archived for text in proof.texts if text.archived]
    assert [(one.copy_at, one.at, one.by) for one in archived] == [
        (copy, CAPTURED, "the Internet Archive; not part of the proof")
    ]
    content = form.written(proof)
    assert content.count(b'"archived"') == 1, "where there is no copy, nothing is said of one"
    assert alone(content).faults == ()
    assert against(proof, rig.ledger, rig.clock.now).faults == ()
    forged = json.loads(content.replace(copy.encode(), b"https://web.archive.org/web/20250101000000/https://x.example"))
    told = form.Proof.model_validate_json(json.dumps(forged))
    told = told.model_copy(update={"digest": form.digest(told)})
    assert alone(form.written(told)).faults == ()
    assert any("knows of no such archived copy" in fault for fault in against(told, rig.ledger, rig.clock.now).faults)
