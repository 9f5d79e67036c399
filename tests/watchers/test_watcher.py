"""A poll hands over what is new, once, oldest first; what fails is a state with its reason."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest
from aiohttp import web

from config.schema import Feed
from watchers.child import ParserChild
from watchers.errors import NotOnRecord
from watchers.model import FeedState, Known
from watchers.news import AT_ONCE
from watchers.watcher import UNENDED, Watcher

pytestmark = pytest.mark.asyncio(loop_scope="session")

# ruff: noqa: PLR0917 - pytest hands fixtures over by name
MINUTES = timedelta(minutes=5)


@pytest.fixture
def desk(make, record):
    return make.desk(record)


@pytest.fixture
def watch(site, record, desk, downloader, parser, settings):
    """A watcher of /feed on the local site."""

    def build(path="/feed", *, settings=settings, parser=parser, login: str = "", receive=desk) -> Watcher:
        feed = Feed(id="wire", name="Harbour Wire", url=site.url(path), allow=(site.place,), login=login)
        return Watcher(
            feed=feed, settings=settings, record=record, receive=receive, downloader=downloader, parser=parser
        )

    return build


@pytest.fixture
def full(make):
    """An item that carries its whole article."""

    def build(title: str, **rest):
        rest.setdefault("guid", title)
        return make.item(title, content=make.story(title), **rest)

    return build


async def test_new_entries_become_articles_oldest_first(site, watch, desk, make, full, now) -> None:
    site.put("/feed", make.rss(full("Third", day=3), full("First", day=1), full("Second", day=2)), etag='"1"')
    state = await watch().poll(now)
    assert desk.titles == ["First", "Second", "Third"]
    assert (state.reason, state.failures, state.seeded, state.good_at, state.etag) == ("", 0, True, now, '"1"')
    article = desk.articles[0]
    assert (article.outlet, article.feed, article.retrieved, article.partial) == ("Harbour Wire", "wire", now, False)
    assert article.text.startswith("The First board met")
    assert article.id == article.keys[0]


async def test_undated_entries_are_taken_in_the_order_of_the_document(site, watch, desk, make, full, now) -> None:
    site.put("/feed", make.rss(*(full(title, day=None) for title in ("Third", "Second", "First"))))
    await watch().poll(now)
    assert desk.titles == ["First", "Second", "Third"]


async def test_a_second_poll_brings_nothing(site, watch, desk, make, full, now) -> None:
    site.put("/feed", make.rss(full("One")))
    await watch().poll(now)
    state = await watch().poll(now + MINUTES)
    assert desk.titles == ["One"]
    assert (state.polled_at, state.good_at) == (now + MINUTES, now + MINUTES)


async def test_a_304_brings_nothing_and_keeps_the_validators(site, watch, desk, make, full, now) -> None:
    site.put("/feed", make.rss(full("One")), etag='"1"')
    await watch().poll(now)
    site.put("/feed", status=304)
    state = await watch().poll(now + MINUTES)
    assert site.asked[-1].headers["If-None-Match"] == '"1"'
    assert (desk.titles, state.etag, state.failures) == (["One"], '"1"', 0)


async def test_a_304_to_a_question_never_asked_is_a_failure(site, watch, now) -> None:
    site.put("/feed", status=304)
    state = await watch().poll(now)
    assert (state.seeded, state.failures) == (False, 1)


async def test_an_unchanged_body_is_not_parsed_again(site, watch, make, full, now, parser) -> None:
    site.put("/feed", make.rss(full("One")))
    await watch().poll(now)
    await parser.close()
    await watch().poll(now + MINUTES)
    assert parser.pids == ()


@pytest.mark.parametrize(
    "change",
    [
        {"guid": "other"},
        {"day": 2},
        {"day": None},
        {"link": "https://news.example/1?utm_source=x"},
        {"guid": "other", "day": 1},
    ],
    ids=str,
)
async def test_changed_ids_and_dates_bring_nothing(site, watch, desk, make, full, now, change) -> None:
    first = {"guid": "1", "link": "https://news.example/1", "day": 3}
    site.put("/feed", make.rss(full("One", **first)))
    await watch().poll(now)
    site.put("/feed", make.rss(full("One", **{**first, **change})))
    state = await watch().poll(now + MINUTES)
    assert (desk.titles, state.reason) == (["One"], "")


async def test_a_later_entry_is_handed_over_alone(site, watch, desk, make, full, now) -> None:
    site.put("/feed", make.rss(full("One")))
    await watch().poll(now)
    site.put("/feed", make.rss(full("Two"), full("One")))
    await watch().poll(now + MINUTES)
    assert desk.titles == ["One", "Two"]


async def test_ten_thousand_entries_give_the_newest(site, watch, desk, make, full, now, settings) -> None:
    few = settings.model_copy(update={"polling": settings.polling.model_copy(update={"newest_entries": 3})})
    site.put(
        "/feed",
        make.rss(*(full(f"No {number}") for number in range(5)), *(make.item(guid=str(n), day=1) for n in range(5000))),
    )
    state = await watch(settings=few).poll(now)
    assert (len(desk.articles), state.reason) == (3, "")


# What was read before


@pytest.fixture
def poll(site, watch, full, make, record, now):
    """Put these entries into the feed and poll it with a new watcher, as after a restart."""

    async def call(*entries: str, minutes: int = 0, refreshed: str = "") -> FeedState:
        site.put("/feed", make.rss(*entries, head=f"<lastBuildDate>{minutes}{refreshed}</lastBuildDate>"))
        return await watch().poll(now + timedelta(minutes=minutes))

    return call


async def test_what_was_read_before_is_passed_over_after_a_restart(poll, full, desk, record) -> None:
    await poll(full("One", link="https://news.example/1"))
    first = record.feed_seen("wire")
    await poll(full("Two", link="https://news.example/2"), full("One", link="https://news.example/1"), minutes=5)
    assert desk.titles == ["One", "Two"]
    assert first.split(" ")[3] in record.feed_seen("wire").split(" ")
    record.seen.clear()  # what is looked at again would be noted again
    await poll(full("Two", link="https://news.example/2"), full("One", link="https://news.example/1"), minutes=10)
    assert record.seen == {}


async def test_an_entry_that_failed_is_read_again_beside_others_that_are_not(poll, full, desk, record) -> None:
    desk.refusals["Bad"] = ValueError("odd")
    await poll(full("Bad"), full("Good"))
    assert len(record.feed_seen("wire").split(" ")) == 3 + 1
    record.seen.clear()
    del desk.refusals["Bad"]
    await poll(full("Bad"), full("Good"), minutes=5)
    assert desk.titles == ["Good", "Bad"]
    assert {key for _, key in record.seen} == set(desk.articles[1].keys)


async def test_an_edit_that_must_wait_is_not_passed_over(poll, full, desk, make) -> None:
    await poll(full("One", guid="1"))
    edited = make.item("One", guid="1", content=make.story("edited"))
    await poll(edited, minutes=5)
    assert desk.titles == ["One"]
    await poll(edited, minutes=20)
    assert (desk.titles, desk.again) == (["One", "One"], [False, True])
    assert "edited" in desk.articles[1].text


async def test_what_was_passed_over_though_it_is_not_on_record_is_taken_within_a_day(
    poll, full, desk, record, caplog
) -> None:
    await poll(full("One"))
    record.keys.clear()
    record.seen.clear()
    desk.articles.clear()
    await poll(full("One"), minutes=60)
    assert desk.titles == []
    await poll(full("One"), minutes=25 * 60)
    assert desk.titles == ["One"]
    assert "1 entries had been passed over unread" in caplog.text


# The quiet first poll


async def test_the_first_good_poll_is_quiet_and_the_next_is_not(site, watch, desk, make, full, now, silent) -> None:
    watcher = watch(settings=silent)
    site.put("/feed", status=500)
    assert not (await watcher.poll(now)).seeded
    site.put("/feed", make.rss(full("One")))
    assert (await watcher.poll(now)).seeded
    site.put("/feed", make.rss(full("Two"), full("One")))
    await watcher.poll(now)
    assert list(zip(desk.titles, desk.quiet, strict=True)) == [("One", True), ("Two", False)]


async def test_an_empty_feed_is_good_and_seeds(site, watch, make, now, silent) -> None:
    site.put("/feed", make.rss())
    state = await watch(settings=silent).poll(now)
    assert (state.seeded, state.reason) == (True, "")


async def test_a_first_poll_cut_short_is_quiet_again(site, watch, desk, make, full, now, silent) -> None:
    site.put("/feed", make.rss(full("Two", day=2), full("One", day=1)))
    desk.refusals["Two"] = NotOnRecord("ledger", "disk full")
    with pytest.raises(NotOnRecord):
        await watch(settings=silent).poll(now)
    desk.refusals.clear()
    await watch(settings=silent).poll(now)
    assert list(zip(desk.titles, desk.quiet, strict=True)) == [("One", True), ("Two", True)]


async def test_what_the_quiet_poll_left_for_later_stays_quiet_whoever_comes_back_to_it(
    site, watch, desk, make, full, now, silent
) -> None:
    site.put("/feed", make.rss(full("One")))
    desk.refusals["One"] = RuntimeError("not today")
    await watch(settings=silent).poll(now)
    desk.refusals.clear()
    site.put("/feed", make.rss(full("Two", day=4), full("One")))
    await watch(settings=silent).poll(now)
    assert list(zip(desk.titles, desk.quiet, strict=True)) == [("One", True), ("Two", False)]


# Pages


def summary(make, site, title: str = "One", **rest) -> str:
    return make.item(title, guid=title, link=site.url(f"/{title}"), text="A teaser of the story.", **rest)


async def test_a_summary_only_feed_has_its_pages_fetched(site, watch, desk, make, now) -> None:
    site.put("/feed", make.rss(summary(make, site)))
    site.put("/One", make.page("quay"))
    await watch().poll(now)
    (article,) = desk.articles
    assert article.text.startswith("The quay board met for the 0th time")
    assert (article.title, article.partial, article.notes) == ("One", False, ())


async def test_a_full_text_feed_has_no_page_fetched(site, watch, make, full, now) -> None:
    site.put("/feed", make.rss(full("One", link=site.url("/One"))))
    await watch().poll(now)
    assert site.hits("/One") == 0


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 403}, "status 403"),
        ({"status": 404}, "status 404"),
        ({"status": 410}, "gone"),
        ({"body": "<html><body><p>Please enable JavaScript.</p></body></html>"}, "no article text"),
        ({"body": "x", "content_type": "application/pdf"}, "application/pdf"),
        ({"status": 302, "location": "http://169.254.169.254/"}, "link-local"),
    ],
)
async def test_a_page_that_cannot_be_had_leaves_the_summary(site, watch, desk, make, now, answer, said) -> None:
    site.put("/feed", make.rss(summary(make, site)))
    site.put("/One", **answer)
    state = await watch().poll(now)
    (article,) = desk.articles
    assert (article.text, article.partial, state.reason) == ("A teaser of the story.", True, "")
    assert said in article.notes[0]


async def test_a_page_that_may_come_back_is_tried_in_three_polls(site, watch, desk, make, now, record) -> None:
    site.put("/feed", make.rss(summary(make, site)), etag='"1"')
    site.put("/One", status=500)
    watcher = watch()
    for _ in range(2):
        state = await watcher.poll(now)
        assert (desk.articles, state.etag, state.reason) == ([], None, "")
    await watcher.poll(now)
    (article,) = desk.articles
    assert (article.partial, site.hits("/One")) == (True, 3)
    assert len(record.failures[article.id]) == 2
    await watcher.poll(now)
    assert (len(desk.articles), site.hits("/One")) == (1, 3)


async def test_a_page_that_comes_back_is_read(site, watch, desk, make, now) -> None:
    site.put("/feed", make.rss(summary(make, site)), etag='"1"')
    site.put("/One", status=503)
    await watch().poll(now)
    site.put("/One", make.page())
    await watch().poll(now)
    assert [article.partial for article in desk.articles] == [False]


async def test_an_entry_without_text_or_page_is_parked_with_its_reason(site, watch, desk, make, now, record) -> None:
    site.put("/feed", make.rss(make.item("Bare", guid="1", link=site.url("/none"))))
    await watch().poll(now)
    assert desk.articles == []
    (reason,) = record.parked.values()
    assert "status 404" in reason


async def test_an_entry_without_a_link_is_its_summary(site, watch, desk, make, now) -> None:
    site.put("/feed", make.rss(make.item("One", guid="1", text="A teaser.")))
    await watch().poll(now)
    assert (desk.articles[0].text, desk.articles[0].partial) == ("A teaser.", True)


async def test_a_host_that_is_down_is_not_asked_for_every_page(site, watch, make, now) -> None:
    async def dropped(request):
        request.transport.abort()
        return web.Response()

    site.put("/feed", make.rss(*(summary(make, site, f"No{number}") for number in range(5))))
    for number in range(5):
        site.handle(f"/No{number}", dropped)
    await watch().poll(now)
    assert [site.hits(f"/No{number}") for number in range(5)].count(0) == 4


async def test_a_link_into_a_private_network_is_not_dialled(site, watch, desk, make, now) -> None:
    site.put("/feed", make.rss(make.item("One", guid="1", link="http://10.0.0.1/admin", text="A teaser.")))
    await watch().poll(now)
    assert "private" in desk.articles[0].notes[0]


async def test_a_page_that_holds_less_than_the_feed_is_not_preferred(site, watch, desk, make, now) -> None:
    text = make.story(paragraphs=6)
    site.put("/feed", make.rss(make.item("One", guid="1", link=site.url("/One"), text=text)))
    site.put("/One", make.page(paragraphs=2))
    await watch().poll(now)
    assert (len(desk.articles[0].text.splitlines()), desk.articles[0].partial) == (6, True)


# Failing feeds


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 404}, "status 404"),
        ({"status": 500}, "status 500"),
        ({"status": 403}, "forbidden"),
        ({"body": "<html><body>Log in</body></html>"}, "a web page"),
        ({"body": ""}, "empty"),
        ({"body": '{"items": []}'}, "JSON"),
        ({"body": "/dev/zero"}, "not a feed"),
        ({"body": b"x" * 11_000_000}, "larger than allowed"),
        ({"status": 302, "location": "http://localhost/"}, "private network"),
    ],
)
async def test_a_failing_feed_is_a_state_with_its_reason(site, watch, desk, make, full, now, answer, said) -> None:
    watcher = watch()
    site.put("/feed", make.rss(full("One")), etag='"1"')
    good = await watcher.poll(now)
    site.put("/feed", **answer)
    state = await watcher.poll(now + MINUTES)
    assert said in state.reason
    assert (state.failures, state.next_at) == (1, now + 2 * MINUTES)
    assert (state.etag, state.body_hash, state.good_at, state.seeded) == ('"1"', good.body_hash, now, True)
    site.put("/feed", make.rss(full("Two"), full("One")))
    state = await watcher.poll(now + 2 * MINUTES)
    assert (state.reason, state.failures, desk.titles) == ("", 0, ["One", "Two"])


async def test_an_unreachable_host_is_a_state(watch, now, site) -> None:
    watcher = watch()
    await site.stop()
    state = await watcher.poll(now)
    assert "could not be reached" in state.reason


async def test_too_many_requests_are_obeyed(site, watch, now) -> None:
    site.put("/feed", status=429, retry_after="3600")
    state = await watch().poll(now)
    assert state.next_at == now + timedelta(hours=1)


async def test_a_feed_that_is_gone_is_paused_until_its_address_changes(site, watch, desk, make, full, now) -> None:
    site.put("/feed", status=410)
    state = await watch().poll(now)
    assert state.paused
    assert "paused" in state.reason
    await watch().run(now + timedelta(days=30))
    assert site.hits("/feed") == 1
    site.put("/new", make.rss(full("One")))
    state = await watch("/new").run(now + timedelta(days=30))
    assert (state.paused, desk.titles) == (False, ["One"])


async def test_a_permanent_move_is_shown(site, watch, make, full, now) -> None:
    site.put("/feed", status=301, location="/new")
    site.put("/new", make.rss(full("One")))
    assert (await watch().poll(now)).moved_to == site.url("/new")


async def test_a_garbled_feed_gives_garbled_articles(site, watch, desk, make, now) -> None:
    document = make.rss(make.item("Порт открыт", guid="1", content="<p>Порт останется открытым.</p>" * 40))
    site.put("/feed", document.encode("cp1251"), content_type="text/xml; charset=utf-8")
    await watch().poll(now)
    assert [article.garbled for article in desk.articles] == [True]


async def test_entries_that_cannot_be_read_are_counted_and_tried_again_when_the_feed_changes(
    site, watch, desk, make, full, now
) -> None:
    odd = "<item><title>Odd</title><link</item</link></item>"
    site.put("/feed", make.rss(full("One"), odd), etag='"1"')
    state = await watch().poll(now)
    assert (state.lost, state.reason, state.etag) == (1, "", '"1"')
    site.put("/feed", status=304)
    state = await watch().poll(now)
    assert site.asked[-1].headers["If-None-Match"] == '"1"', "nothing but the same would come of it"
    assert (state.lost, desk.titles) == (1, ["One"])
    site.put("/feed", make.rss(full("One"), odd.replace("<link</item</link>", "")), etag='"2"')
    state = await watch().poll(now)
    assert (state.lost, state.etag) == (0, '"2"')


async def test_a_hostile_feed_stops_no_other(site, watch, desk, make, full, now) -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    site.put("/bad", f'<rss version="2.0"><channel><item {attributes}/></channel></rss>')
    site.put("/feed", make.rss(full("One")))
    strict = ParserChild(seconds=0.5, size=1)
    state = await watch("/bad", parser=strict).poll(now)
    assert "took longer than allowed" in state.reason
    await watch(parser=strict).poll(now)
    await strict.close()
    assert desk.titles == ["One"]


# One failing article, and a record that fails


async def test_a_poison_article_stops_no_other_and_is_parked_after_three_polls(
    site, watch, desk, make, full, now, record
) -> None:
    site.put("/feed", make.rss(full("Three", day=3), full("Poison", day=2), full("One", day=1)), etag='"1"')
    desk.refusals["Poison"] = ZeroDivisionError("in the depths")
    watcher = watch()
    for _ in range(4):
        state = await watcher.poll(now)
        assert (state.reason, desk.titles) == ("", ["One", "Three"])
    (reason,) = record.parked.values()
    assert "ZeroDivisionError: in the depths" in reason
    assert state.etag == '"1"'


async def test_new_entries_with_their_whole_text_are_handed_over_in_steps(
    site, watch, desk, make, full, now, settings
) -> None:
    names = [f"Story {number}" for number in range(AT_ONCE + 3)]
    site.put("/feed", make.rss(*(full(name, day=1) for name in reversed(names))))
    await watch().poll(now)
    assert (desk.titles, desk.steps) == (names, [AT_ONCE, 3])


async def test_an_entry_whose_page_is_fetched_keeps_its_place_and_goes_by_itself(
    site, watch, desk, make, full, now
) -> None:
    items = full("First", day=1), full("Second", day=2), summary(make, site, "Third", day=3), full("Fourth", day=4)
    site.put("/feed", make.rss(*reversed(items)))
    site.put("/Third", make.page("Third"))
    await watch().poll(now)
    assert (desk.titles, desk.steps) == (["First", "Second", "Third", "Fourth"], [2, 1, 1])


async def test_of_entries_that_fail_together_the_one_at_fault_is_found_and_the_others_are_taken(
    site, watch, make, full, now, record, caplog
) -> None:
    """Nothing of such a step is on record, as where it is one transaction."""
    taken: list[str] = []

    async def all_or_none(handed, *, quiet, again=False) -> None:
        if any(article.title == "Poison" for article, _ in handed):
            raise ZeroDivisionError("in the depths")
        taken.extend(article.title for article, _ in handed)
        record.keys.update(key for article, _ in handed for key in article.keys)

    site.put("/feed", make.rss(full("Three", day=3), full("Poison", day=2), full("One", day=1)))
    watcher = watch(receive=all_or_none)
    await watcher.poll(now)
    assert taken == ["One", "Three"]
    assert ["ZeroDivisionError: in the depths" in reason for (reason,) in record.failures.values()] == [True]
    assert "entry 'Poison' failed" in caplog.text
    await watcher.poll(now + MINUTES)
    assert taken == ["One", "Three"]


async def test_an_article_that_ends_the_program_is_given_up_after_so_many_starts(
    site, watch, desk, make, full, now, record
) -> None:
    site.put("/feed", make.rss(full("Two", day=3), full("Poison", day=2), full("One", day=1)))
    desk.refusals["Poison"] = KeyboardInterrupt()  # passes every boundary, as the end of the process does
    for starts in range(1, UNENDED + 1):
        with pytest.raises(KeyboardInterrupt):
            await watch().poll(now)
        assert (desk.titles, sum(record.begun.values())) == (["One"], starts - 1), (
            "it alone is counted, from the second"
        )
    await watch().poll(now)
    assert desk.titles == ["One", "Two"]
    (reason,) = record.parked.values()
    assert f"begun {UNENDED} times and never ended" in reason


async def test_an_article_that_ends_the_program_when_it_has_run_for_long_is_given_up_two_starts_later_at_most(
    site, watch, desk, make, full, now, record
) -> None:
    site.put("/feed", make.rss(full("One", day=1)))
    watcher = watch()
    await watcher.poll(now)
    site.put("/feed", make.rss(full("Two", day=3), full("Poison", day=2), full("One", day=1)))
    desk.refusals["Poison"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        await watcher.poll(now + MINUTES)
    starts = 0
    while "Two" not in desk.titles:
        starts += 1
        with suppress(KeyboardInterrupt):
            await watch().poll(now + MINUTES)
    assert (desk.titles, starts <= UNENDED + 2) == (["One", "Two"], True)
    assert record.begun[next(iter(record.parked))] == UNENDED, "the entries beside it were not counted"


async def test_an_edit_that_ends_the_program_is_not_begun_anew_at_once(site, watch, desk, make, full, now) -> None:
    site.put("/feed", make.rss(full("One", guid="1")))
    await watch().poll(now)
    site.put("/feed", make.rss(make.item("One", guid="1", content=make.story("corrected")), full("Two")))
    desk.refusals["One"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        await watch().poll(now + QUARTER)
    await watch().poll(now + QUARTER + MINUTES)
    assert desk.titles == ["One", "Two"]


async def test_a_stop_in_the_middle_of_an_article_counts_against_no_entry(
    site, watch, make, full, now, record, desk
) -> None:
    site.put("/feed", make.rss(full("One")))
    desk.refusals["One"] = asyncio.CancelledError()
    for _ in range(9):
        with pytest.raises(asyncio.CancelledError):
            await watch().poll(now)
    desk.refusals.clear()
    await watch().poll(now)
    assert desk.titles == ["One"]


async def test_a_record_that_takes_nothing_counts_against_no_entry(site, watch, desk, make, full, now, record) -> None:
    site.put("/feed", make.rss(full("One")))
    desk.refusals["One"] = NotOnRecord("ledger", "disk full")
    for _ in range(5):
        assert await watch().run(now) is None
    assert (record.failures, record.states, sum(record.begun.values())) == ({}, {}, 0)
    desk.refusals.clear()
    await watch().run(now)
    assert desk.titles == ["One"]


async def test_an_unexpected_fault_of_a_poll_becomes_state(site, watch, record, now, make, full) -> None:
    site.put("/feed", make.rss(full("One")))

    def broken(_feed: str, _keys: tuple[str, ...]) -> Known:
        raise ZeroDivisionError

    record.known = broken
    state = await watch().run(now)
    assert state == record.states["wire"]
    assert "ZeroDivisionError" in state.reason


async def test_a_feed_that_backs_off_is_not_polled(site, watch, record, now) -> None:
    record.states["wire"] = FeedState(feed="wire", polled_at=now, next_at=now + MINUTES, failures=1)
    await watch().run(now + timedelta(minutes=4))
    assert site.asked == []
    await watch().run(now + MINUTES)
    assert site.hits("/feed") == 1


async def test_two_polls_of_a_feed_never_run_at_once(site, watch, desk, make, full, now) -> None:
    site.put("/feed", make.rss(full("One")))
    watcher = watch()
    await asyncio.gather(watcher.poll(now), watcher.poll(now))
    assert desk.titles == ["One"]


async def test_the_login_of_a_feed_is_used_and_never_told(site, watch, now, caplog, monkeypatch) -> None:
    monkeypatch.setenv("WIRE_LOGIN", "desk:secret")
    site.put("/feed", status=500)
    state = await watch(login="WIRE_LOGIN").poll(now)
    assert site.asked[0].headers["Authorization"] == "Basic ZGVzazpzZWNyZXQ="
    assert "secret" not in caplog.text + state.reason


@pytest.mark.parametrize("held", [None, "", "secret", ":secret"])
async def test_a_login_that_is_not_there_is_a_state_of_that_feed_that_names_the_variable(
    site, watch, now, monkeypatch, held
) -> None:
    if held is not None:
        monkeypatch.setenv("WIRE_LOGIN", held)
    state = await watch(login="WIRE_LOGIN").poll(now)
    assert "WIRE_LOGIN" in state.reason
    assert "secret" not in state.reason
    assert site.asked == []


# Edited articles and other languages

QUARTER = timedelta(minutes=15)


async def test_a_changed_text_in_the_feed_is_handed_over_again(site, watch, desk, make, full, now) -> None:
    site.put("/feed", make.rss(full("One", guid="1")))
    await watch().poll(now)
    edited = make.item("One", guid="1", content=make.story("corrected"))
    site.put("/feed", make.rss(edited))
    await watch().poll(now + QUARTER)
    await watch().poll(now + 2 * QUARTER)
    assert (desk.titles, desk.again) == (["One", "One"], [False, True])
    assert "corrected" in desk.articles[1].text
    assert desk.articles[1].id == desk.articles[0].id


@pytest.mark.parametrize("change", [{"text": "Another teaser."}, {"day": 4}], ids=["summary", "date"])
async def test_a_changed_entry_has_its_page_read_again(site, watch, desk, make, now, change) -> None:
    link = site.url("/One")
    first = {"guid": "1", "link": link, "text": "A teaser.", "day": 3}
    site.put("/feed", make.rss(make.item("One", **first)))
    site.put("/One", make.page())
    await watch().poll(now)
    site.put("/feed", make.rss(make.item("One", **(first | change))))
    site.put("/One", make.page("corrected"))
    await watch().poll(now + QUARTER)
    assert (site.hits("/One"), desk.again) == (2, [False, True])
    assert "corrected" in desk.articles[1].text


async def test_a_page_is_not_asked_for_while_its_entry_stays(site, watch, desk, make, now) -> None:
    entry = make.item("One", guid="1", link=site.url("/One"), text="A teaser.")
    site.put("/One", make.page())
    for number in range(4):
        site.put("/feed", make.rss(entry, head=f"<description>{number}</description>"))
        await watch().poll(now + number * QUARTER)
    assert site.hits("/One") == 1


async def test_a_change_soon_after_the_reading_waits_and_is_not_lost(site, watch, desk, make, full, now) -> None:
    site.put("/feed", make.rss(full("One", guid="1")), etag='"1"')
    await watch().poll(now)
    site.put("/feed", make.rss(make.item("One", guid="1", content=make.story("corrected"))), etag='"2"')
    await watch().poll(now + MINUTES)
    assert desk.again == [False]
    await watch().poll(now + 3 * MINUTES)
    assert desk.again == [False, True]


async def test_a_page_that_is_down_at_the_second_reading_is_tried_later(site, watch, desk, make, now) -> None:
    first = {"guid": "1", "link": site.url("/One")}
    site.put("/feed", make.rss(make.item("One", text="A teaser.", **first)))
    site.put("/One", make.page())
    await watch().poll(now)
    site.put("/feed", make.rss(make.item("One", text="Another.", **first)))
    site.put("/One", status=503)
    await watch().poll(now + QUARTER)
    assert desk.again == [False]
    site.put("/One", make.page("corrected"))
    await watch().poll(now + 3 * QUARTER)
    assert desk.again == [False, True]


async def test_an_edit_that_cannot_be_taken_stops_no_other_and_is_not_tried_for_ever(
    site, watch, desk, make, full, now
) -> None:
    site.put("/feed", make.rss(full("One", guid="1")))
    await watch().poll(now)
    desk.refusals["One"] = ZeroDivisionError("in the depths")
    site.put("/feed", make.rss(make.item("One", guid="1", content=make.story("corrected")), full("Two")))
    state = await watch().poll(now + QUARTER)
    assert (state.reason, desk.titles) == ("", ["One", "Two"])
    desk.refusals.clear()
    await watch().poll(now + 2 * QUARTER)
    assert desk.titles == ["One", "Two"]


async def test_an_article_says_which_language_it_is_in(site, watch, desk, make, full, now) -> None:
    german = "<p>Die Ministerin sagte am Montag, die Brücke werde nicht vor dem Winter gebaut.</p>" * 10
    site.put("/feed", make.rss(make.item("Brücke", guid="b", content=german, day=4), full("One")))
    await watch().poll(now)
    assert [article.language for article in desk.articles] == ["en", "de"]
