"""Articles that their outlets edit, and articles in another language, through the whole walk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from stage.house import House, title, words
from stage.newsstand import Item
from stage.toll import AGAINST, CORRECTED, GERMAN, GRID, IN_FAVOUR, MISHEARD, NOW, article

from bot.demo.stories import with_invented_country
from bot.ledger import Ledger
from bot.pipeline import Pipeline
from config.schema import Config
from watchers import language
from watchers.model import Article


def test_what_stayed_keeps_its_identity_and_raises_nothing_again(pipeline: Pipeline, ledger: Ledger) -> None:
    pipeline.record(article(AGAINST), ledger, now=NOW)
    (alert,) = pipeline.record(article(IN_FAVOUR, "ships", 5), ledger, now=NOW).raised
    before = ledger.status()
    longer = article(f"The harbour was calm. {IN_FAVOUR}", "ships", 5)
    revised = pipeline.revise(longer, ledger, now=NOW + timedelta(hours=1))
    assert (revised.raised, revised.joined, revised.conflicts) == ((), (), 0)
    assert (revised.changed, revised.vanished, revised.corrected) == (0, 0, ())
    now = ledger.status()
    assert (now.statements, now.positions, now.alerts) == (before.statements, before.positions, before.alerts)
    (fate,) = ledger.fates("id:ships")
    assert fate.became == "kept"
    assert fate.start == longer.text.index("We support")
    assert ledger.alert(alert.number) == alert


def test_words_that_an_outlet_corrects_are_no_reversal_of_the_official(pipeline: Pipeline, ledger: Ledger) -> None:
    pipeline.record(article(MISHEARD), ledger, now=NOW)
    revised = pipeline.revise(article(CORRECTED), ledger, now=NOW + timedelta(hours=1))
    assert (revised.changed, revised.vanished, revised.conflicts, revised.raised) == (1, 0, 0, ())
    (change,) = ledger.corrections()
    assert change.successor is not None
    assert "We reject" in change.successor.quote
    (shown,) = ledger.about("port-toll")
    assert shown.stance == "against"


def test_nor_are_they_against_another_outlets_copy_of_the_earlier_words(pipeline: Pipeline, ledger: Ledger) -> None:
    pipeline.record(article(MISHEARD), ledger, now=NOW)
    copy = article(f"The agency reports. {MISHEARD}", "copy", outlet="The Northern Courier")
    pipeline.record(copy, ledger, now=NOW)
    revised = pipeline.revise(article(CORRECTED), ledger, now=NOW + timedelta(hours=1))
    assert (revised.conflicts, revised.raised) == (0, ())


def test_a_corrected_position_is_compared_with_the_rest_of_the_record_and_says_so(
    pipeline: Pipeline, ledger: Ledger
) -> None:
    long_ago = datetime(2025, 2, 4, 9, tzinfo=UTC)
    pipeline.record(article(f"It was early. {MISHEARD}", "ships", published=long_ago), ledger, now=NOW)
    pipeline.record(article(MISHEARD, day=4), ledger, now=NOW)
    (alert,) = pipeline.revise(article(CORRECTED, day=4), ledger, now=NOW).raised
    assert alert.conflict.kind == "reversal"
    assert any("first had other words" in check for check in alert.conflict.check_first)


def test_what_an_edit_adds_walks_on(pipeline: Pipeline, ledger: Ledger) -> None:
    pipeline.record(article(AGAINST), ledger, now=NOW)
    pipeline.record(article("The harbour was calm.", "ships", 5), ledger, now=NOW)
    (alert,) = pipeline.revise(article(f"The harbour was calm. {IN_FAVOUR}", "ships", 5), ledger, now=NOW).raised
    assert alert.conflict.kind == "reversal"
    assert ledger.verify(alert) == ()


def test_what_an_edit_takes_out_is_marked_and_its_alert_is_named(pipeline: Pipeline, ledger: Ledger) -> None:
    pipeline.record(article(AGAINST), ledger, now=NOW)
    (alert,) = pipeline.record(article(IN_FAVOUR, "ships", 5), ledger, now=NOW).raised
    revised = pipeline.revise(article("The harbour was calm.", "ships", 5), ledger, now=NOW)
    assert (revised.vanished, [found.number for found in revised.corrected]) == (1, [alert.number])
    assert ledger.status().vanished == 1
    shown = ledger.alert(alert.number)
    assert shown is not None
    assert "took these words out" in shown.conflict.fresh.statement.amended
    assert ledger.verify(shown) == ()
    pipeline.revise(article(IN_FAVOUR, "ships", 5), ledger, now=NOW)
    assert ledger.status().vanished == 0
    assert ledger.alert(alert.number) == replace(alert, revision=shown.revision + 1)


@pytest.mark.parametrize(
    "again",
    [
        article(AGAINST),
        article("Only a teaser.", partial=True),
        article("Ð¢Ð°Ðº.", garbled=True),
        article(GERMAN, language="de"),
    ],
    ids=["the same text", "a mere summary", "garbled", "another language"],
)
def test_what_is_no_later_text_makes_no_version(pipeline: Pipeline, ledger: Ledger, again: Article) -> None:
    pipeline.record(article(AGAINST), ledger, now=NOW)
    before = ledger.status()
    assert pipeline.revise(again, ledger, now=NOW).known
    assert ledger.status() == before
    assert len(ledger.versions("id:toll")) == 1


def test_an_outlet_that_edits_what_it_carried_changes_nothing_of_the_other_outlets(
    pipeline: Pipeline, ledger: Ledger
) -> None:
    calm = "The harbour was calm, and the ferries ran on time between all of the islands of the bay. " * 2
    agency = article(f"{calm}{AGAINST}", "agency", outlet="Strait Press Agency")
    copy = replace(
        agency, id="id:copy", keys=("id:copy",), outlet="The Northern Courier", url="https://courier.example"
    )
    pipeline.record(agency, ledger, now=NOW)
    assert pipeline.record(copy, ledger, now=NOW).known
    assert pipeline.revise(copy, ledger, now=NOW).known
    pipeline.revise(replace(agency, text=f"Corrected. {agency.text}"), ledger, now=NOW)
    assert pipeline.revise(copy, ledger, now=NOW).known
    cut = replace(copy, text=calm)
    revised = pipeline.revise(cut, ledger, now=NOW)
    assert (revised.known, revised.vanished) == (False, 0)
    assert (ledger.status().articles, ledger.status().vanished) == (2, 0)
    pipeline.revise(replace(copy, text=f"{calm} Nothing else."), ledger, now=NOW)
    assert [len(ledger.versions(name)) for name in ("id:agency", "id:copy")] == [2, 2]


def test_an_edit_of_what_is_not_on_record_is_recorded(pipeline: Pipeline, ledger: Ledger) -> None:
    assert pipeline.revise(article(AGAINST), ledger, now=NOW).statements == 1
    assert ledger.status().articles == 1


def test_an_edit_that_fails_half_way_leaves_nothing_behind(config: Config, ledger: Ledger) -> None:
    class Broken(Exception):
        pass

    def judge(pairs: object) -> object:
        raise Broken

    Pipeline(config).record(article(AGAINST), ledger, now=NOW)
    Pipeline(config).record(article("Calm.", "ships", 5), ledger, now=NOW)
    before = ledger.status()
    with pytest.raises(Broken):
        Pipeline(config, judge).revise(article(IN_FAVOUR, "ships", 5), ledger, now=NOW)  # type: ignore[arg-type]
    assert (ledger.status(), len(ledger.versions("id:ships"))) == (before, 1)


def test_an_article_in_another_language_is_set_aside_and_never_misread(pipeline: Pipeline, ledger: Ledger) -> None:
    german = replace(article(""), text=GERMAN, language=language.of("", GERMAN))
    recorded = pipeline.record(german, ledger, now=NOW)
    assert recorded.aside == "it is in German; English is read"
    assert (ledger.status().articles, ledger.status().statements, ledger.status().aside) == (1, 0, 1)


# Over HTTP, with the service and the workspace


def item(guid: str, text: str, day: int) -> Item:
    rest = "The harbour lay calm in the sun that day, and the ferries ran on time between all of the islands."
    opening = "Velmarkian Prime Minister Ilse Marken spoke in the capital."
    return Item(
        guid=guid, title=guid, text=f"{opening} {text}\n{rest}", published=datetime(2025, 3, day, 9, tzinfo=UTC)
    )


def quickly(config: Config) -> Config:
    polling = config.settings.polling.model_copy(update={"reread_minutes": 0, "reread_days": 365})
    settings = config.settings.model_copy(update={"polling": polling})
    return with_invented_country(config).model_copy(update={"settings": settings})


async def until(house: House, holds: Callable[[], bool]) -> None:
    """Return once it holds; polls of the feed are the clock."""
    async with asyncio.timeout(30):
        while not holds():
            await house.stand.looked_at("times", 1)


async def test_a_corrected_page_becomes_a_version_and_nobody_is_accused_of_a_reversal(house: House) -> None:
    house.adjust = quickly
    house.names = ["times"]
    stand = house.stand.stand("times")
    stand.items = [replace(item("toll", MISHEARD, 3), published=datetime.now(UTC)), item("grid", GRID, 3)]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        ledger = service.ledger
        assert ledger is not None
        before = ledger.status()
        later = datetime.now(UTC) + timedelta(minutes=1)
        stand.items = [replace(item("toll", CORRECTED, 3), published=later), item("grid", GRID, 3)]
        await until(house, lambda: ledger.status().changed == 1)
        await house.stand.looked_at("times", 2)
        status = ledger.status()
        assert (status.articles, status.corrected, status.vanished) == (before.articles, 1, 0)
        answer = await house.workspace.slash("ada", "fact-desk", "status")
        assert "1 article edited since" in str(answer)
    assert house.cards() == []


async def test_a_posted_card_says_that_its_words_were_taken_out_since(house: House) -> None:
    house.adjust = quickly
    house.names = ["times"]
    stand = house.stand.stand("times")
    stand.items = [item("toll", AGAINST, 3), replace(item("ships", IN_FAVOUR, 5), published=datetime.now(UTC))]
    async with house.open():
        await house.workspace.wait_for(lambda: len(house.cards()) == 1, within=30, what="one card")
        stand.items = [stand.items[0], replace(item("ships", "Nothing was said.", 5), published=datetime.now(UTC))]
        await house.workspace.wait_for(
            lambda: "the outlet took these words out" in words(house.cards()[0]), within=30, what="the card's update"
        )
        assert len(house.cards()) == 1


async def test_a_german_article_in_a_feed_is_shown_as_set_aside(house: House) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    house.stand.stand("times").items = [
        Item(guid="maut", title="Keine Maut", text=GERMAN, published=datetime(2025, 3, 3, 9, tzinfo=UTC)),
        item("toll", AGAINST, 3),
    ]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        assert service.ledger is not None
        status = service.ledger.status()
        assert (status.articles, status.aside) == (2, 1)
        assert status.why_aside == ("times, “Keine Maut”: it is in German; English is read",)
        answer = await house.workspace.slash("ada", "fact-desk", "status")
        assert "1 article set aside" in str(answer)


async def test_the_service_restarted_still_knows_what_it_saw(house: House) -> None:
    house.adjust = quickly
    house.names = ["times"]
    stand = house.stand.stand("times")
    stand.items = [item("toll", AGAINST, 3), replace(item("ships", IN_FAVOUR, 5), published=datetime.now(UTC))]
    async with house.open():
        await house.workspace.wait_for(lambda: len(house.cards()) == 1, within=30, what="one card")
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        edited = item("ships", f"The harbour was calm. {IN_FAVOUR}", 5)
        stand.items = [item("toll", AGAINST, 3), replace(edited, published=datetime.now(UTC))]
        ledger = service.ledger
        assert ledger is not None
        await until(house, lambda: ledger.status().corrected == 1)
        await house.stand.looked_at("times", 2)
        assert (ledger.status().changed, ledger.status().vanished) == (0, 0)
    assert [title(card) for card in house.cards()] == ["Marken, earlier and now, on the port toll"]
