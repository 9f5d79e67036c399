"""The desk's questions and changes on the running service: check, why, sources and replay, with real pages and feeds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from stage.house import House
from test_service import NO as NO_ONCE
from test_service import YES as YES_ONCE
from test_service import one_card

from bot.demo.stories import with_invented_country
from bot.workspace import Answer

# What is checked is dated as of now, and the record is looked back through from there.
NO = replace(NO_ONCE, published=datetime.now(UTC) - timedelta(days=12))
YES = replace(YES_ONCE, published=datetime.now(UTC) - timedelta(days=5))


def shown(answer: Answer) -> str:
    return json.dumps(answer.blocks, ensure_ascii=False)


def reachable(house: House) -> None:
    """Let addresses given in Slack reach the local site."""
    house.reachable = (house.stand.address,)
    house.adjust = with_invented_country


async def ask(house: House, words: str, **more: object) -> str:
    return shown(await house.workspace.slash("ada", "fact-desk", words, within=30, **more))


async def test_a_page_is_checked_against_the_record_and_nothing_of_it_is_stored(house: House) -> None:
    reachable(house)
    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    house.stand.stand("elsewhere").items = [YES]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        before = service.ledger.status()
        found = await ask(house, f"check http://{house.stand.address}/elsewhere/yes")
        for part in ("1 possible conflict", "Ilse Marken", "out of the question", "Nothing of this is stored"):
            assert part in found
        typed = await ask(house, f"check {YES.text}")
        assert "1 possible conflict" in typed
        after = service.ledger.status()
    assert (after.articles, after.utterances, after.alerts) == (before.articles, before.utterances, before.alerts)
    assert house.cards() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("check http://127.0.0.1:9/x", "The address may not be dialled"),
        ("check http://169.254.169.254/latest", "The address may not be dialled"),
        ("check The sun rises in the east and sets in the west.", "no statement was found"),
        ("check http://{stand}/none/page", "there is nothing at this address"),
        ("check http://{stand}/wall/feed", "Subscribe to continue"),
        ("source test http://127.0.0.1:9/feed", "The address may not be dialled"),
        ("source test http://{stand}/elsewhere/yes", "not a feed"),
        ("why https://nowhere.example/x", "is not on record"),
        ("why OR-9999", "No alert “OR-9999”"),
    ],
)
async def test_what_cannot_be_answered_is_said_plainly(house: House, words: str, said: str) -> None:
    reachable(house)
    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    house.stand.stand("elsewhere").items = [YES]
    page = f"<html><body><article><p>{'Harbour news of the day. ' * 12}</p><p>Subscribe to continue reading.</p></article></body></html>"
    house.stand.stand("wall").raw = lambda: web.Response(text=page, content_type="text/html")
    async with house.open():
        assert said.casefold() in (await ask(house, words.format(stand=house.stand.address))).casefold()


async def test_a_private_place_that_one_feed_may_reach_is_closed_to_addresses_that_people_name(house: House) -> None:
    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    house.stand.stand("courier").items = [YES]
    closed = "The address may not be dialled: 127.0.0.1 is loopback"
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        assert service.ledger.status().articles == 1
        for words in (
            f"check http://{house.stand.address}/times/no",
            f"check {house.stand.url('times')}",
            f"source test {house.stand.url('times')}",
            f"source test {house.stand.url('courier')}",
        ):
            assert closed in await ask(house, words)
        answer = await house.workspace.slash("ada", "fact-desk", f"source add {house.stand.url('courier')} Courier")
        assert closed in shown(answer)
        await house.workspace.click("ada", "fact-desk", answer.posts[0].ts, "source_add_fill", answers=1)
        async with house.until(lambda: service.ledger.feed_state("courier").reason):
            pass
        assert service.ledger.feed_state("courier").reason.startswith(closed)
        assert service.ledger.status().articles == 1
        assert house.stand.looks["courier"] == 0


async def test_why_answers_for_an_alert_a_page_and_a_pair(house: House) -> None:
    reachable(house)
    house.names = ["times"]
    stand = house.stand.stand("times")
    stand.items = [NO, YES]
    async with house.open():
        await one_card(house)
        await house.delivered("times")
        name = house.cards()[0].metadata["event_payload"]["alert_id"]
        alert = await ask(house, f"why {name}")
        for part in ("Alerted: OR-", "Threshold", "is posted from 0.60 on", "Who was told", "*fact-desk* posted"):
            assert part in alert
        page = await ask(house, f"why http://{house.stand.address}/times/yes")
        assert "statements are on record from it" in page
        assert "Alerted: OR-" in page
        pair = await ask(house, 'why "is out of the question" "We support a toll"')
        assert "Alerted: OR-" in pair
        one = await ask(house, 'why "We support a toll"')
        assert "An alert shows it" in one


async def test_a_source_added_in_slack_is_watched_without_a_restart_and_after_one_and_its_past_is_not_posted(
    house: House,
) -> None:
    reachable(house)
    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    new = house.stand.stand("courier")
    new.items = [YES]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        answer = await house.workspace.slash("ada", "fact-desk", f"source add {house.stand.url('courier')} Courier")
        assert "full text on its page" in shown(answer)
        await house.workspace.click("ada", "fact-desk", answer.posts[0].ts, "source_add_fill", answers=1)
        async with house.until(lambda: service.ledger.status().articles == 2):
            pass
    assert house.cards() == [], "the past fills the record and is posted nowhere"
    async with house.open() as service:
        assert "Courier" in await ask(house, "source list")
        async with house.until(lambda: house.stand.looks["courier"] >= 2):
            pass
        await ask(house, "source pause courier")
        looks = house.stand.looks["courier"]
        await house.stand.looked_at("times", 3)
        assert house.stand.looks["courier"] <= looks + 1


async def test_only_from_now_on_leaves_the_past_unread(house: House) -> None:
    reachable(house)
    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    new = house.stand.stand("courier")
    new.items = [YES]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        answer = await house.workspace.slash("ada", "fact-desk", f"source add {house.stand.url('courier')} Courier")
        await house.workspace.click("ada", "fact-desk", answer.posts[0].ts, "source_add_skip", answers=1)
        async with house.until(lambda: service.ledger.feed_state("courier").seeded):
            pass
        status = service.ledger.status()
    assert (status.articles, status.parked) == (1, 0)


async def test_replay_says_what_other_settings_would_bring_and_take(house: House) -> None:
    reachable(house)
    house.names = ["times"]
    house.stand.stand("times").items = [NO, YES]
    async with house.open():
        await one_card(house)
        gone = await ask(house, "replay threshold=0.99")
        assert "1 alert would not be raised" in gone
        assert "0.60 → 0.99" in gone
        same = await ask(house, "replay --since 7d")
        assert "nothing would change" in same
        kinds = await ask(house, "replay kind=denied_claim since 2d")
        assert "1 alert would not be raised" in kinds


async def test_an_alias_given_in_slack_is_read_from_the_next_article_on(house: House) -> None:
    reachable(house)
    house.names = ["times"]
    stand = house.stand.stand("times")
    stand.items = [NO]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        before = await ask(house, "check “We welcome the toll,” Brisk told reporters on Monday.")
        assert "Ilse Marken" not in before
        done = await ask(house, "person alias Ilse Marken = Brisk")
        assert "Ilse Marken" in done
        assert "from the next article on" in done
        found = await ask(house, "check “We welcome the toll,” Brisk told reporters on Monday.")
        assert "Ilse Marken" in found
        assert service.ledger.roster()
    async with house.open():
        assert "Ilse Marken" in await ask(house, "check “We welcome the toll,” Brisk told reporters on Monday.")


async def test_people_and_sides_given_in_slack_can_be_followed_and_asked_about_at_once(house: House) -> None:
    reachable(house)
    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        assert "Kessland" in await ask(house, "side add Kessland, Kessish, Port Kess")
        assert "Ivo Brandt" in await ask(house, "person add Ivo Brandt, Harbour Minister, Kessland, minister")
        assert "Kessland" in await ask(house, "follow side Kessland")
        assert "Ivo Brandt" in await ask(house, "follow Ivo Brandt")
        assert "Harbour Minister" in await ask(house, "who Ivo Brandt")
        followed = {one.target.id for one in service.ledger.follows(datetime.now(UTC))}
    assert followed == {"KESSLAND", "ivo-brandt"}
