"""A page that its site closes to programs is not fetched, and the feed's own text stands for it with the reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from config.schema import Feed
from config.settings import Fetching
from watchers import robots
from watchers.errors import NotWelcome, Refused
from watchers.fetch import Downloader
from watchers.watcher import Watcher

RULES = b"""User-agent: *
Disallow: /private/
Allow: /private/open
Disallow: /*?print=
User-agent: onrecord
Disallow: /onrecord/
Disallow: /all$
"""


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        (RULES, "/onrecord/1", False),
        (RULES, "/private/1", True),  # only the group of our own name counts
        (RULES, "/all", False),
        (RULES, "/all/1", True),
        (RULES.partition(b"User-agent: onrecord")[0], "/private/1", False),
        (RULES.partition(b"User-agent: onrecord")[0], "/private/open/1", True),  # the longest match counts
        (RULES.partition(b"User-agent: onrecord")[0], "/1?print=1", False),
        (b"", "/1", True),
        (b"<html>no such page</html>", "/1", True),
        (b"\xff\xfe\0User-agent", "/1", True),
        (b"User-agent: *\nDisallow: /", "/1", False),
    ],
)
async def test_the_rules_are_those_of_the_standard(rules, path, allowed) -> None:
    assert robots.permits(rules, f"https://news.example{path}") is allowed


pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def clock(now):
    class Clock:
        moment = now

        def __call__(self) -> datetime:
            return self.moment

    return Clock()


@pytest_asyncio.fixture(loop_scope="session")
async def polite(clock):
    opened = Downloader(Fetching(deadline_seconds=5), clock=clock)
    yield opened
    await opened.close()


async def test_the_rules_of_a_site_are_asked_for_once_a_day(site, polite, clock) -> None:
    site.put("/robots.txt", RULES)
    for page in "abc":
        assert await polite.rules(site.url(f"/{page}"), allow=[site.place]) == RULES
    assert site.hits("/robots.txt") == 1
    clock.moment += timedelta(hours=24)
    await polite.rules(site.url("/d"), allow=[site.place])
    assert site.hits("/robots.txt") == 2
    clock.moment -= timedelta(days=9)  # a clock that was set back keeps nothing for longer
    await polite.rules(site.url("/e"), allow=[site.place])
    assert site.hits("/robots.txt") == 3


@pytest.mark.parametrize("there", ["/robots.txt", "http://10.1.2.3/robots.txt", ""])
async def test_rules_that_lead_nowhere_or_to_a_private_place_close_nothing(site, polite, there) -> None:
    site.put("/robots.txt", b"", status=302, location=there)
    assert await polite.rules(site.url("/a"), allow=[site.place]) == b""


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410])
async def test_a_site_without_rules_closes_nothing(site, polite, status) -> None:
    site.put("/robots.txt", RULES, status=status)
    assert await polite.rules(site.url("/a"), allow=[site.place]) == b""


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_site_whose_rules_cannot_be_had_just_now_is_asked_later(site, polite, status) -> None:
    site.put("/robots.txt", RULES, status=status)
    with pytest.raises(Refused):
        await polite.rules(site.url("/a"), allow=[site.place])
    site.put("/robots.txt", RULES)
    assert await polite.rules(site.url("/a"), allow=[site.place]) == RULES


async def test_what_is_kept_of_rules_is_bounded(site, polite) -> None:
    site.put("/robots.txt", b"# " + b"x" * 2_000_000)
    assert len(await polite.rules(site.url("/a"), allow=[site.place])) == robots.MOST
    for number in range(40):
        await polite.rules(site.url("/a"), allow=[site.place, f"10.0.0.{number}:80"])
    kept = sum(len(file.rules) for file in polite._robots._files.values())
    assert robots.ROOM - robots.MOST - 100_000 < kept <= robots.ROOM


async def test_where_rules_are_ignored_they_are_not_asked_for(site) -> None:
    careless = Downloader(Fetching(robots="ignored"))
    assert await careless.rules(site.url("/a"), allow=[site.place]) == b""
    assert site.asked == []
    await careless.close()


async def test_a_page_is_judged_in_the_parser_child(parser) -> None:
    with pytest.raises(NotWelcome, match="robots"):
        await parser.permit("https://news.example/a", b"User-agent: *\nDisallow: /")
    await parser.permit("https://news.example/a", b"")


async def test_a_page_that_is_closed_to_us_is_not_fetched_and_the_summary_says_why(  # noqa: PLR0917
    site, make, record, downloader, parser, settings
) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed")
    site.put("/closed/1", make.page("closed"))
    site.put("/open/1", make.page("open"))
    items = [make.item(f"{way} one", link=site.url(f"/{way}/1"), text=f"The {way} quay.") for way in ("closed", "open")]
    site.put("/feed", make.rss(*items))
    desk = make.desk(record)
    feed = Feed(id="wire", name="Wire", url=site.url("/feed"), allow=(site.place,))
    watcher = Watcher(feed=feed, settings=settings, record=record, receive=desk, downloader=downloader, parser=parser)
    state = await watcher.poll(datetime(2025, 11, 4, tzinfo=UTC))
    found = {article.title: article for article in desk.articles}
    assert (site.hits("/closed/1"), site.hits("/open/1")) == (0, 1)
    assert (found["open one"].partial, found["closed one"].partial) == (False, True)
    assert found["closed one"].text == "The closed quay."
    assert "The site asks programs not to fetch this page" in found["closed one"].notes[-1]
    assert (state.reason, record.begun) == ("", {})


async def test_a_site_whose_rules_cannot_be_had_is_asked_for_them_once_in_a_poll(  # noqa: PLR0917
    site, make, record, downloader, parser, settings
) -> None:
    site.put("/robots.txt", RULES, status=503)
    items = [make.item(f"{n}", link=site.url(f"/{n}"), text=f"Quay {n}.") for n in ("one", "two", "three")]
    site.put("/feed", make.rss(*items))
    desk = make.desk(record)
    feed = Feed(id="wire", name="Wire", url=site.url("/feed"), allow=(site.place,))
    watcher = Watcher(feed=feed, settings=settings, record=record, receive=desk, downloader=downloader, parser=parser)
    moment = datetime(2025, 11, 4, tzinfo=UTC)
    for poll in (1, 2, 3):
        await watcher.poll(moment + poll * timedelta(minutes=5))
        assert site.hits("/robots.txt") == poll
    assert sorted(article.text for article in desk.articles) == ["Quay one.", "Quay three.", "Quay two."]
