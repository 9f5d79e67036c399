"""What every judge keeps to, whichever the settings choose."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import conflicts
from bot.judges.chosen import choose
from config.settings import Judging

PLUGIN = """
from bot.judges.rendering import words
from bot.opinions import Verdict

def judge(pairs):
    sure = [any(word in words(newer).casefold().split() for word in ("no", "not")) for _, newer in pairs]
    return [Verdict(conflict=0.9, agree=0.05, unrelated=0.05) if one else Verdict(conflict=0.0, agree=0.5, unrelated=0.5)
            for one in sure]
"""


def honest(request):
    """A model that calls a conflict where one statement is negated, and quotes the first word of each."""
    material = json.loads(request["messages"][1]["content"])
    words = [material[f"statement_{number}"]["words"] for number in (1, 2)]
    relation = "conflict" if any(set(text.casefold().split()) & {"no", "not"} for text in words) else "agree"
    quotes = [text.split()[0] for text in words]
    return json.dumps({"relation": relation, "confidence": "high", "quote_1": quotes[0], "quote_2": quotes[1]})


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    (tmp_path / "contract_judge.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(tmp_path)
    return "contract_judge:judge"


@pytest.fixture(params=["plugin", "built_in", "nli", "llm"])
def judge(request, own, inference, endpoint, plugin):
    endpoint.model = honest
    settings = {
        "plugin": {"plugin": plugin},
        "built_in": {"directory": str(own)},
        "nli": {"directory": str(inference)},
        "llm": {"endpoint": endpoint.url, "model": "small"},
    }[request.param]
    return choose(Judging(use=request.param, **settings)).judge


def pairs_of(say):
    claim = say("orla", "Lorries are banned here")
    return [
        (claim, say("orla", "Lorries are not banned here", day=3)),
        (claim, say("orla", "Lorries are indeed banned here as I said", day=4)),
        (claim, say("pell", "There is no ban, no rule and not one plan", day=5)),
    ]


def test_one_verdict_a_pair_in_order(say, judge):
    denied, repeated, again = judge(pairs_of(say))
    assert denied.conflict > 0.5
    assert repeated.conflict < 0.3
    assert again.conflict > 0.5


def test_no_pairs_are_no_verdicts(judge):
    assert list(judge([])) == []


def test_the_probabilities_sum_to_one(say, judge):
    for verdict in judge(pairs_of(say)):
        assert min(verdict.conflict, verdict.agree, verdict.unrelated) >= 0
        assert verdict.conflict + verdict.agree + verdict.unrelated == pytest.approx(1)


def test_a_pair_is_judged_the_same_in_any_company_and_again(say, judge):
    pairs = pairs_of(say)
    together, backwards = judge(pairs), judge(pairs[::-1])[::-1]
    alone = [judge([pair])[0] for pair in pairs]
    for one, other, third in zip(together, backwards, alone, strict=True):
        assert one.conflict == pytest.approx(other.conflict) == pytest.approx(third.conflict)


@pytest.mark.parametrize("words", ["no", "…", "no " * 5000, "\u202e\x00 no", "нет, no", "no \ud800"])
def test_no_text_stops_a_judge(say, judge, words):
    (verdict,) = judge([(say("orla", "Lorries are banned"), say("orla", words, day=2))])
    assert verdict.conflict + verdict.agree + verdict.unrelated == pytest.approx(1)


def test_several_threads_may_ask_at_once(say, judge):
    pairs = pairs_of(say)
    expected = [pytest.approx(verdict.conflict) for verdict in judge(pairs)]
    with ThreadPoolExecutor(4) as pool:
        for verdicts in pool.map(lambda _: judge(pairs), range(8)):
            assert expected == [verdict.conflict for verdict in verdicts]


def test_statements_that_are_not_linked_are_put_before_no_judge(say):
    asked = []

    def judge(pairs):
        asked.extend(pairs)
        return []

    other = say("orla", "Milk is cheap in the valley this winter", day=4)
    assert conflicts.find(say("orla", "Lorries are banned", day=9), [other], (), judge) == ()
    assert asked == []
