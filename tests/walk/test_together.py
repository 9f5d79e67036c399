"""Articles that are handed over together go on record as they would one by one: with all that follows, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count as counted
from pathlib import Path

import pytest
from postgres import Server
from stage.toll import AGAINST, IN_FAVOUR, NOW, article
from test_before_the_turn import BEGINS, content, dice, world, written

from bot.ledger import Ledger
from bot.pipeline import Pipeline, Recorded
from config.schema import Config
from watchers.model import Article, Handed, Look

__all__ = ["world"]

_numbers = counted(1)
WEATHER = (
    "The harbour was quiet in the morning, and the fog lifted at noon over the quays and the sheds of the old port. "
)


def handed(count: int, seed: int) -> list[Handed]:
    """Made news, among it much in which nothing is said, copies of that by others, and what comes twice."""
    chance, found = dice(seed), list[Article]()
    for number, news in enumerate(written(count, seed)):
        drawn, one = chance.random(), news
        if drawn < 0.5:
            one = replace(news, text=WEATHER * chance.randint(1, 3) + f"It was day {number % 7}.")
        elif drawn < 0.6 and found:
            one = replace(news, text=chance.choice(found).text)
        elif drawn < 0.65 and found:
            one = replace(news, keys=(*news.keys, *chance.choice(found).keys))
        elif drawn < 0.7 and found:
            one = chance.choice(found)
        found.append(one)
    return [Handed(one, Look(mark=f"m{place}", at=BEGINS, since=BEGINS)) for place, one in enumerate(found)]


def compare(pipeline: Pipeline, places: tuple[str, str], count: int, seed: int) -> None:
    """In steps of any size, beside one by one: what is told of each and the ledgers are the same."""
    left, chance = handed(count, seed), dice(seed)
    steps: list[int] = []
    with Ledger.open(places[0], durable=False) as together, Ledger.open(places[1], durable=False) as alone:
        expected = [pipeline.record_some([one], alone, now=BEGINS)[0] for one in left]
        found: list[Recorded] = []
        while left:
            done = pipeline.record_some(left[: chance.randint(1, 12)], together, now=BEGINS)
            found += done
            steps.append(len(done))
            del left[: len(done)]
        assert expected == found
        rows = content(alone)
        for name, row in content(together).items():
            assert rows[name] == row, name
    assert rows["conflict"]
    assert len(rows["look"]) > len(rows["article"]) / 2
    assert max(steps) > 2
    assert any(one.known for one in found)


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 60), *(pytest.param(seed, 300, marks=pytest.mark.campaign) for seed in range(2, 8))]
)
def test_what_goes_on_record_together_is_what_would_go_one_by_one(
    world: Pipeline, tmp_path: Path, blank_at: Callable[[Path], str], seed: int, count: int
) -> None:
    compare(world, (blank_at(tmp_path / "together.db"), blank_at(tmp_path / "alone.db")), count, seed)


def test_so_it_does_on_postgresql(world: Pipeline, postgresql: Server) -> None:
    places = [postgresql.database(f"together{next(_numbers)}", "model") for _ in range(2)]
    compare(world, (places[0], places[1]), 20, 1)


def plain(name: str, **changes: object) -> Article:
    return replace(article("", name), text=f"{WEATHER}{WEATHER}It was the day of {name}.", **changes)  # type: ignore[arg-type]


def test_one_that_cannot_be_taken_leaves_nothing_of_those_that_went_with_it(config: Config, ledger: Ledger) -> None:
    def judge(pairs: object) -> object:
        raise ZeroDivisionError(pairs)

    Pipeline(config).record(article(AGAINST, "no"), ledger, now=NOW)
    some = [Handed(one) for one in (plain("fog"), plain("rain"), article(IN_FAVOUR, "yes", 5), plain("wind"))]
    before = content(ledger)
    with pytest.raises(ZeroDivisionError):
        Pipeline(config, judge).record_some(some, ledger, now=NOW)  # type: ignore[arg-type]
    assert content(ledger) == before
    assert Pipeline(config).record_some(some, ledger, now=NOW)[-1].raised
    assert Pipeline(config).record_some(some[3:], ledger, now=NOW) == (Recorded(),)


def test_a_step_ends_with_the_first_article_in_which_something_is_said(config: Config, ledger: Ledger) -> None:
    """For others wait while it is compared."""
    some = [plain("fog"), article(AGAINST, "no"), plain("rain"), plain("wind"), article(IN_FAVOUR, "yes", 5)]
    left, steps = [Handed(one) for one in some], []
    while left:
        steps.append([one.statements for one in Pipeline(config).record_some(left, ledger, now=NOW)])
        del left[: len(steps[-1])]
    assert steps == [[0, 1], [0, 0, 1]]


def test_the_same_words_twice_in_one_step_are_one_article_of_two_sources(config: Config, ledger: Ledger) -> None:
    copy = replace(plain("fog"), id="id:copy", keys=("id:copy",), outlet="The Courier", url="https://courier.example/1")
    some = [Handed(plain("fog")), Handed(copy), Handed(replace(plain("rain"), keys=("id:copy",)))]
    done = Pipeline(config).record_some(some, ledger, now=NOW)
    assert done == (Recorded(), Recorded(known=True), Recorded(known=True))
    rows = content(ledger)
    assert (len(rows["article"]), len(rows["article_source"])) == (1, 1)
    assert len(rows["article_key"]) == 3
