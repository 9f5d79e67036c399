"""No page is without bounds: with more than a page of everything on record, each list is leafed through to its end."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from archive_story import config, filled, put, remark
from pages_served import served, visitor_of
from strait_story import NOW, VELDEN

from bot.calibration import Rules
from bot.inquiries import Replayed
from bot.ledger import Ledger, Target
from bot.ledger.asked import HandedOut, Sought
from bot.ledger.browsing import Cut
from bot.ledger.flow.sources import SourceChange
from bot.ledger.people.roster import RosterChange
from bot.model import Conflict, Party
from bot.web.archive import Archive
from config.schema import Mandate, Official, Side
from config.settings import WebSettings

MANY, DEEDS, RAISED, JOINED, LINKS = 63, 52, 13, 21, 7
SPEAKERS = [
    Party(name=f"Speaker {n:03}", official=f"speaker-{n:03}", side="KESSLAND", role="Envoy") for n in range(MANY)
]


def crowd():
    """The newsroom of the story with many sides and people."""
    plain = config()
    officials = tuple(
        Official(id=str(one.official), name=one.name, mandates=(Mandate(role="Envoy", side="KESSLAND"),))
        for one in SPEAKERS
    )
    sides = tuple(Side(id=f"S{n:03}", name=f"Side {n:03}") for n in range(201))
    return plain.model_copy(update={"officials": (*plain.officials, *officials), "sides": (*plain.sides, *sides)})


def crowded(ledger: Ledger) -> None:
    """More than a page of everything."""
    filled(ledger)
    days = [date(2030, 1, 1) + timedelta(days=n) for n in range(MANY)]
    told = [
        remark(one, days[n], "against", f"Words {n:03} on monitors at the strait", 100 + n, f"Outlet {n:03}")
        for n, one in enumerate(SPEAKERS)
    ]
    put(ledger, *told)
    own = [
        replace(
            remark(VELDEN, days[n], "for", f"Our view of matter {n:03} on monitors", 200 + n),
            topic=f"topic-{n:03}",
            topic_name=f"matter {n:03}",
        )
        for n in range(MANY)
    ]
    put(ledger, *own)
    wrong = [remark(SPEAKERS[0], days[n], "open", f"Misread {n:03} on monitors", 300 + n) for n in range(DEEDS)]
    put(ledger, *wrong)
    with ledger.work() as work:
        for n in range(RAISED):
            pair = Conflict(
                kind="same_side",
                fresh=told[n + 1],
                earlier=told[0],
                score=0.8,
                case=f"strait-monitors:{n}",
                title=f"Story {n:03}",
                lede="Two of one side differ.",
                why="They do.",
            )
            work.conflicts([pair])
            work.alert(pair, "C0FACTDESK", "high", NOW)
        work.join(1003, *told[20 : 20 + JOINED], now=NOW)
        work.commit()
    rules = Rules.of(config().settings)
    for n in range(DEEDS):
        at = NOW + timedelta(minutes=n)
        ledger.note(1003, f"Note {n:03}", "U0ADA", at)
        ledger.withdraw_statement(wrong[n].statement, f"misread {n:03}", "U0ADA", at)
        ledger.mute(
            "fact-desk",
            Target(kind="source", id=f"Outlet {n:03}", name=f"Outlet {n:03}"),
            at + timedelta(9),
            "U0ADA",
            at,
        )
        content = {"alias": f"Name {n:03}"}
        ledger.change_roster(RosterChange(what="alias", subject="mara-velden", content=content, by="U0ADA", at=at))
        ledger.rename_topic("strait-monitors", f"monitors, call {n:03}", "U0ADA", at)
        url = f"https://feed-{n:03}.example.org/rss"
        name = "The Harbour Times" if n else "Feed 000"
        ledger.change_source(
            SourceChange(source=f"feed-{n:03}", what="added", name=name, url=url, past="skip", by="U0ADA", at=at)
        )
        ledger.hold_threshold("reversal", rules, f"U0ADA{n:03}", at, held=n % 2 == 0)
        out = HandedOut(what="share", words=f"who {n:03}", channel="fact-desk", by="U0ADA", at=at)
        ledger.hand_out(out, f"key {n}")
    for n in range(LINKS):
        ledger.make_link(1003, NOW + timedelta(days=1), f"U0MAKER{n}", NOW + timedelta(minutes=n))


@pytest.fixture(scope="module")
def packed(blank: Path, tmp_path_factory: pytest.TempPathFactory):
    file = tmp_path_factory.mktemp("crowded") / "record.db"
    shutil.copyfile(blank, file)
    with Ledger.open(str(file), durable=False) as ledger:
        crowded(ledger)
        yield ledger


@pytest.fixture
async def reader(packed):
    running = crowd()
    alerts = packed.list_alerts(Sought(), Cut(limit=50)).entries
    told = Replayed(
        considered=1,
        stays=0,
        vanish=(alerts * 4)[:50],
        appear=tuple(replace(one.conflict, title=f"Other {n:03}") for n, one in enumerate((alerts * 4)[:50])),
        settings={},
    )
    archive = Archive(
        ledger=packed,
        running=lambda: running,
        settings=WebSettings(enabled=True, port=0),
        clock=lambda: NOW,
        inquiries=SimpleNamespace(replay=lambda _other: told, roster=lambda: ((), ())),
    )
    async with served(archive) as base, visitor_of(base) as visitor:
        yield visitor


LISTS = (  # page, field of its query, what stands at each entry, how many of them there are
    ("/conflicts", "after", r'href="/a/(OR-\d+)"', RAISED + 2),
    ("/conflicts?side=KESSLAND", "after", r'href="/a/(OR-\d+)"', RAISED + 1),
    ("/people", "after", r'href="/p/(speaker-\d+)"', MANY),
    ("/topics", "after", r'href="/t/(topic-\d+)"', MANY),
    ("/sides", "after", r'href="/side/(S\d+)"', 201),
    ("/side/KESSLAND", "people", r'<th scope="row"><a href="/p/(speaker-\d+)"', MANY),
    ("/side/KESSLAND", "after", r"Words (\d+) on monitors", MANY),
    ("/sources", "after", r'href="/source/The%20Harbour%20Times"(>)', None),
    ("/sources", "outlets", r'href="/source/(Outlet%20\d+)"', MANY),
    ("/source/The%20Harbour%20Times", "after", r"Story story-(2\d\d)", MANY),
    ("/source/The%20Harbour%20Times", "feeds", r"Feed <b>(feed-\d+)</b>", DEEDS - 1),
    ("/p/mara-velden", "topics", r"/on/(topic-\d+)", MANY),
    ("/p/mara-velden", "after", r"Our view of matter (\d+)", MANY),
    ("/t/strait-monitors", "standing", r'href="/p/(speaker-\d+)/on/', MANY),
    ("/t/strait-monitors", "changes", r"call (\d+)", DEEDS),
    ("/t/strait-monitors", "after", r"Words (\d+) on monitors", MANY),
    ("/a/OR-1003", "evidence", r"<p class=\"said\"><q>Words (\d+)", JOINED + 2),  # and the two side by side
    ("/a/OR-1003", "log", r"Note (\d+)", DEEDS),
    ("/a/OR-1003", "links", r"made by (U0MAKER\d)", LINKS),
    ("/search?q=monitors", "after", r"Words (\d+) on monitors", MANY),
    ("/balance?since=2031-01-01", "outlets", r'<th scope="row">(Outlet \d+)', MANY),
    ("/replay?days=30", "vanish", r'href="/a/(OR-\d+)"', RAISED + 2),
    ("/replay?days=30", "appear", r"<h3>(Other \d+)</h3>", 50),
    ("/audit", "after", r'(\d\d:\d\d) UTC</span> <a href="/a/OR-1003">OR-1003</a> Note', DEEDS),
    ("/audit?log=statements", "after", r"misread (\d+)", DEEDS),
    ("/audit?log=routes", "after", r"Outlet (\d+)", DEEDS),
    ("/audit?log=people", "after", r"Name (\d+)", DEEDS),
    ("/audit?log=topics", "after", r"call (\d+)", DEEDS),
    ("/audit?log=sources", "after", r"feed-(\d+)", DEEDS),
    ("/audit?log=thresholds", "after", r"U0ADA(\d+)", DEEDS),
    ("/audit?log=shares", "after", r"who (\d+)", DEEDS),
)


@pytest.mark.parametrize(("path", "field", "entry", "count"), LISTS, ids=[f"{one[0]} {one[1]}" for one in LISTS])
async def test_each_list_of_each_page_is_leafed_through_to_its_end_and_each_page_is_short(
    reader, path, field, entry, count
):
    met: list[str] = []
    pages, onward = 0, path
    while onward:
        status, text = await reader.get(onward)
        assert status == 200
        assert len(text.encode()) < 150_000
        for list_ in re.findall(
            r"<(?:ul|ol|tbody|div class=\"stories\")[ >].*?</(?:ul|ol|tbody|div)>", text, re.DOTALL
        ):
            assert len(re.findall(r"<li|<tr|<article", list_)) <= 200
        met += re.findall(entry, text)
        ways = [unescape(one) for one in re.findall(r'<a rel="next" href="([^"]+)">', text)]
        onward = next((one for one in ways if re.search(rf"[?&]{field}=", one.removeprefix(path))), "")
        pages += 1
        assert pages < 30
    assert pages > 1
    if count is not None:
        assert len(set(met)) == count


async def test_who_has_a_link_leafs_through_the_further_evidence_of_that_alert_alone(reader, packed):
    _, text = await reader.get("/a/OR-1003")
    shared = re.search(r'value="(/shared/[^"]+)"', text)[1]
    met: set[str] = set()
    onward = shared
    while onward:
        status, text = await reader.get(onward, Host="record.example.org")  # nobody is at this machine
        assert status == 200
        met |= set(re.findall(r'<p class="said"><q>Words (\d+)', text))
        found = re.search(r'<a rel="next" href="([^"#]+)', text)
        onward = unescape(found[1]) if found else ""
        assert onward.startswith(shared) or not onward
    assert len(met) == JOINED + 2
