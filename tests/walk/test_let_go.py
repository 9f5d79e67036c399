"""After a text was let go every question about it is still answered, in words where something can be proven no more."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from stage.house import CHANNEL, House
from test_service import NO, YES, one_card

from bot.correcting import Correcting
from bot.demo.stories import with_invented_country
from bot.ledger import Ledger
from bot.ledger.keeping.inspection import Tally
from bot.mending import Misunderstood
from config.schema import Config
from config.settings import Retention
from watchers.model import Article

LAST = "The last ferry leaves at midnight."
FILLER = (
    "\n" + "The port handles two thirds of the trade of the country, and nobody expects that to change. " * 12 + LAST
)


def keeping(config: Config) -> Config:
    settings = config.settings.model_copy(update={"retention": Retention(days=30)})
    return with_invented_country(config.model_copy(update={"settings": settings}))


async def test_texts_that_are_let_go_leave_every_answer_in_words(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="bot.chores")
    house.adjust = keeping
    house.reachable = (house.stand.address,)
    house.names = ["times"]
    stand = house.stand.stand("times")
    yes = replace(YES, text=YES.text + FILLER)
    stand.items = [NO]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        stand.items = [NO, yes]
        await one_card(house)
        await house.delivered("times")
        ledger, chores = service.ledger, service.chores
        assert ledger is not None
        assert chores is not None
        chores._clock = lambda: datetime.now(UTC) + timedelta(days=31)
        assert LAST.encode() in _log_of(ledger)
        assert await chores.let_go() == 2
        assert LAST.encode() not in _log_of(ledger)
        assert await chores.let_go() == 0
        told = [line.getMessage() for line in caplog.records if "were let go" in line.getMessage()]
        assert len(told) == 1
        assert told[0].startswith("the texts of 2 articles read before ")

        async def asked(words: str) -> str:
            answer = await house.workspace.slash("ada", CHANNEL, words, within=30)
            assert answer.error is None
            return json.dumps(answer.blocks, ensure_ascii=False)

        proof = await asked("verify 1001")
        assert "All 2 quotations equal the stored text" in proof
        assert proof.count("against the excerpt that was kept: the whole text was let go on") == 2
        assert "out of the question" in await asked("why 1001")
        assert "every quotation equals the stored text" in await asked("alert 1001")
        assert "on record already" in await asked(f"check http://{house.stand.address}/times/yes")
        assert "would" in await asked("replay --since 30d --minimum 0.9")
        tally = Tally()
        assert list(ledger.inspect(tally)) == []
        assert tally.gone == 2
        pipeline = Correcting(keeping(house.config()))
        said = ledger.alert(1001).conflict.fresh.statement  # type: ignore[union-attr]
        refused = pipeline.understood(ledger, said, {"words": LAST})
        _gone(refused)
        kept = pipeline.understood(ledger, said, {"words": "We support a toll on foreign ships"})
        assert not isinstance(kept, Misunderstood)
        source = said.source
        edited = Article(
            id=source.article,
            keys=(source.article,),
            url=source.url,
            outlet=source.outlet,
            title="Ships not to pay",
            text=yes.text.replace("support", "reject"),
            published=source.published,
            retrieved=datetime.now(UTC),
        )
        assert pipeline.revise(edited, ledger, now=datetime.now(UTC)).changed == 1  # an edit is read as any other
        assert list(ledger.inspect(Tally())) == []
    assert len(house.cards()) == 1


def _log_of(ledger: Ledger) -> bytes:
    return Path(f"{ledger._engine.url.database}-wal").read_bytes()


def _gone(refused: object) -> None:
    assert isinstance(refused, Misunderstood)
    assert "was let go on" in refused.fields["words"]
    assert "retention" in refused.fields["words"]
