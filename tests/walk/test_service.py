"""The service lives on: nothing is posted twice, and bad feeds are states with reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from aiohttp import web
from stage.house import House, title
from stage.newsstand import Item

from bot.demo.stories import with_invented_country
from config.schema import Config, Feed

NO = Item(
    guid="no",
    title="No toll for ships",
    text="“A toll on foreign ships in the port of Ostermouth is out of the question,” Velmarkian Prime Minister"
    " Ilse Marken told reporters on Monday.\nThe shipping association welcomed her words in a statement to this paper.",
    published=datetime(2025, 3, 3, 9, tzinfo=UTC),
)
YES = Item(
    guid="yes",
    title="Ships to pay",
    text="“We support a toll on foreign ships in the port of Ostermouth,” Prime Minister Ilse Marken said on"
    " Wednesday.\nThe first bills are to go out in summer, according to the harbour office in the capital.",
    published=datetime(2025, 3, 5, 9, tzinfo=UTC),
)


async def one_card(house: House) -> None:
    await house.workspace.wait_for(lambda: len(house.cards()) == 1, within=30, what="one card")


async def test_a_reversal_is_posted_once_whatever_is_polled_restarted_or_renamed(house: House) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    stand = house.stand.stand("times")
    stand.items = [NO]
    async with house.open():
        await house.stand.looked_at("times", 2)
        stand.items = [NO, YES]
        await one_card(house)
        await house.stand.looked_at("times", 2)
    assert [title(card) for card in house.cards()] == ["Marken, earlier and now, on the port toll"]

    async with house.open():  # restarted on the same ledger
        await house.stand.looked_at("times", 2)
        later = datetime(2025, 3, 7, 9, tzinfo=UTC)
        stand.items = [replace(NO, published=later), replace(YES, published=later)]  # dates changed
        await house.stand.looked_at("times", 2)
        stand.items = [replace(NO, guid="no-2"), replace(YES, guid="yes-2")]  # ids and links changed
        await house.stand.looked_at("times", 2)
        again = house.stand.stand("courier")
        again.items = [YES]
    assert len(house.cards()) == 1


async def test_the_first_poll_is_silent_where_the_setting_says_so(house: House) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    house.first_poll = "silent"
    house.stand.stand("times").items = [NO, YES]
    async with house.open() as service:
        await house.stand.looked_at("times", 3)
        assert service.ledger is not None
        assert service.ledger.status().articles == 2
    assert house.cards() == []


def _with_bad_feeds(house: House) -> dict[str, str]:
    """Adds one bad feed of each kind; the words that its reason must hold."""
    answers = {
        "missing": lambda: web.Response(status=404),
        "broken": lambda: web.Response(status=500),
        "page": lambda: web.Response(
            text="<!doctype html><html><body><p>Log in</p></body></html>", content_type="text/html"
        ),
        "nothing": lambda: web.Response(body=b""),
        "noise": lambda: web.Response(body=b"not a feed at all", content_type="application/rss+xml"),
    }
    for name, answer in answers.items():
        house.stand.stand(name).raw = answer
    house.extra_feeds = (
        *(
            Feed(id=name, name=name, url=house.stand.url(name), every_minutes=1 / 100, allow=(house.stand.address,))
            for name in answers
        ),
        Feed(id="unreachable", name="unreachable", url="http://127.0.0.1:9/feed", allow=("127.0.0.1:9",)),
        Feed(id="private", name="private", url=house.stand.url("times").replace("/times/", "/private/")),
    )
    return {"missing": "404", "broken": "500", "unreachable": "", "private": "", "page": "", "nothing": "", "noise": ""}


async def test_a_failing_feed_is_a_state_with_its_reason_and_the_others_are_read(house: House) -> None:
    def adjust(config: Config) -> Config:
        return with_invented_country(config)

    house.adjust = adjust
    house.names = ["times"]
    reasons = _with_bad_feeds(house)
    empty = b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title></channel></rss>'
    house.stand.stand("empty").raw = lambda: web.Response(body=empty, content_type="application/rss+xml")
    house.extra_feeds += (
        Feed(
            id="empty", name="empty", url=house.stand.url("empty"), every_minutes=1 / 100, allow=(house.stand.address,)
        ),
    )
    stand = house.stand.stand("times")
    stand.items = [NO]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        stand.items = [NO, YES]
        await one_card(house)
        assert service.ledger is not None
        ledger = service.ledger
        await house.workspace.wait_for(
            lambda: all(ledger.feed_state(name).polled_at for name in (*reasons, "empty")), within=30, what="all polls"
        )
        for name, words in reasons.items():
            state = ledger.feed_state(name)
            assert state.failures >= 1, name
            assert words in state.reason, (name, state.reason)
            assert len(state.reason) > 10, (name, state.reason)
        assert ledger.feed_state("empty").failures == 0
        answer = await house.workspace.slash("ada", "fact-desk", "status")
        assert answer.error is None
