"""A planted conflict goes through the whole walk of the running service, and nobody who reads the record meets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from stage.house import CHANNEL, House

from bot import canary
from bot.chores import Chores
from bot.demo.stories import with_invented_country
from bot.judges import guarding
from bot.judges.chosen import Chosen
from bot.ledger import Ledger
from bot.model import Conflict
from config.settings import Health, Settings
from watchers.child import ParserChild

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def watched(house: House) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    house.stand.stand("times").items = []
    house.chores_after = 0.0


async def flown(house: House):
    """How the planted conflict fared, once it did."""
    assert house.service is not None
    ledger = house.service.ledger
    assert ledger is not None
    async with house.until(lambda: ledger.canary() is not None):
        return ledger.canary()


async def test_a_planted_conflict_comes_through_and_is_nowhere_in_the_record(house: House) -> None:
    watched(house)
    async with house.open() as service:
        last = await flown(house)
        assert last is not None
        assert (last.fault, last.good_at) == ("", last.at)
        ledger = service.ledger
        assert ledger is not None
        status = ledger.status()
        assert (status.articles, status.statements, status.positions, status.waiting) == (0, 0, 0, 0)
        assert (ledger.people(), ledger.topics(), ledger.conflicts(), ledger.find_people("Wren")) == ((), (), (), ())
        epoch = datetime(2000, 1, 1, tzinfo=UTC)
        assert not [kind for kind in ("statements", "alerts") if ledger.export(kind, epoch, 9)]
        assert sum(ledger.figures(epoch, datetime.now(UTC)).reviews.values()) == 0
        assert ledger.vitals().alerts == {}
        answer = await house.workspace.slash("ada", CHANNEL, "status")
        assert "a planted conflict last came through" in json.dumps(answer.blocks)
        answer = await house.workspace.slash("ada", CHANNEL, "who wren")
        assert "Finchmark" not in json.dumps(answer.blocks)
    assert not house.workspace.messages(CHANNEL)
    assert not [call for call in house.workspace.calls if call.method == "chat.postMessage"]
    assert len([call for call in house.workspace.calls if call.method == "auth.test"]) >= 2  # at the start, and for it


async def test_one_that_slack_would_refuse_is_told_with_its_reason(house: House) -> None:
    watched(house)
    house.chores_after = 600.0
    async with house.open() as service:
        house.workspace.inject("auth.test", error="token_revoked", times=1000)
        assert service.chores is not None
        await service.chores.fly()
        last = await flown(house)
        assert last is not None
        assert last.good_at is None
        assert "token_revoked" in last.fault
        answer = await house.workspace.slash("ada", CHANNEL, "status")
        assert "did not come through" in json.dumps(answer.blocks)


@pytest.fixture
async def parser():
    child = ParserChild()
    yield child
    await child.close()


async def nobody(ledger: Ledger) -> str:
    return "" if ledger.conflicts() else "nothing"


async def test_a_judge_that_refuses_everything_is_found_out(parser: ParserChild) -> None:
    def refuses(conflict: Conflict) -> None:
        del conflict

    came = await canary.fly(settings=Settings(), chosen=Chosen(judge=refuses), parser=parser, rehearse=nobody, now=NOW)
    assert came.fault == "two planted articles that contradict each other raised no alert"


async def test_a_parser_that_does_not_answer_is_found_out() -> None:
    child = ParserChild(seconds=0.001)
    try:
        came = await canary.fly(settings=Settings(), chosen=Chosen(), parser=child, rehearse=nobody, now=NOW)
    finally:
        await child.close()
    assert came.fault.startswith("the planted feed was not read: ")


async def test_it_comes_through_whatever_score_the_desk_asks_for(parser: ParserChild) -> None:
    strict = Settings().model_copy(update={"health": Health(canary_hours=1)})
    strict = strict.model_copy(update={"alerts": strict.alerts.model_copy(update={"minimum_score": 1.0})})
    came = await canary.fly(settings=strict, chosen=Chosen(), parser=parser, rehearse=nobody, now=NOW)
    assert came.fault == ""


async def test_it_comes_through_however_few_entries_a_poll_reads(parser: ParserChild) -> None:
    few = Settings()
    few = few.model_copy(update={"polling": few.polling.model_copy(update={"newest_entries": 1})})
    came = await canary.fly(settings=few, chosen=Chosen(), parser=parser, rehearse=nobody, now=NOW)
    assert came.fault == ""


async def test_a_clock_set_back_does_not_keep_it_on_the_ground(parser: ParserChild, tmp_path: Path) -> None:
    async def turn(act: Callable[[], object]) -> object:
        return act()

    with Ledger.open(str(tmp_path / "record.db"), durable=False) as ledger:
        ledger.canary_flown(NOW + timedelta(days=3), 1.0, "")  # the clock was three days ahead
        chores = Chores(
            ledger=ledger,
            settings=Settings(),
            chosen=Chosen(),
            parser=parser,
            turn=turn,  # type: ignore[arg-type]
            rehearse=nobody,
            clock=lambda: NOW,
        )
        await chores.fly_if_due()
        last = ledger.canary()
        assert last is not None
        assert (last.at, last.fault) == (NOW, "")


@pytest.mark.parametrize("broken", ["judge", "encoder"])
async def test_a_network_that_fails_is_a_fault_though_the_rules_find_the_pair(parser: ParserChild, broken: str) -> None:
    def fails(asked: object) -> NoReturn:
        raise RuntimeError(f"no answer to {asked!r:.20}")

    guards = {"judge": guarding.guarded, "encoder": guarding.guarded_encoder}
    chosen = Chosen(**{broken: guards[broken]("the network", fails)})
    came = await canary.fly(settings=Settings(), chosen=chosen, parser=parser, rehearse=nobody, now=NOW)
    assert "failed meanwhile, and it came through without" in came.fault
