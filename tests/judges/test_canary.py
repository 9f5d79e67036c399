"""The planted conflict is put before the language model as well: before the judge of pairs and the reader."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot import canary
from bot.judges.chosen import choose
from bot.ledger import Ledger
from config.settings import Judging, Settings
from watchers.child import ParserChild

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def raised(ledger: Ledger) -> str:
    return "" if ledger.conflicts() else "nothing"


def answered(request) -> str:
    """What a model may say of any pair and any statement."""
    material = json.loads(request["messages"][1]["content"])
    if "statement_1" in material:
        quotes = {f"quote_{number}": material[f"statement_{number}"]["words"] for number in (1, 2)}
        return json.dumps({"relation": "conflict", "confidence": "high", **quotes})
    words = material["words"]
    told = {"holder": "Orla Wren", "proposition": words, "stance": "for", "quote": words, "confidence": "low"}
    return json.dumps(told)


async def flown(settings: Judging):
    parser = ParserChild()
    try:
        return await canary.fly(
            settings=Settings(judge=settings), chosen=choose(settings), parser=parser, rehearse=raised, now=NOW
        )
    finally:
        await parser.close()


@pytest.fixture
def judging(endpoint) -> Judging:
    return Judging(use="llm", endpoint=endpoint.url, model="small", reads=True, fallback="rules")


async def test_both_the_judge_and_the_reader_are_asked(endpoint, judging) -> None:
    endpoint.model = answered
    assert (await flown(judging)).fault == ""
    asked = {request["response_format"]["json_schema"]["name"] for request in endpoint.requests}
    assert asked == {"relation", "reading"}


async def test_a_model_that_does_not_answer_is_a_fault_though_the_rules_find_the_pair(endpoint, judging) -> None:
    endpoint.status = 503
    assert "the language model failed meanwhile" in (await flown(judging)).fault


async def test_one_that_was_asked_as_often_as_it_may_be_is_none(endpoint, judging) -> None:
    endpoint.model = answered
    assert (await flown(judging.model_copy(update={"calls_an_hour": 1}))).fault == ""
