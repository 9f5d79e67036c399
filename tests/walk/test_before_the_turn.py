"""What is asked of the record before the writer's turn changes nothing: in whatever order workers read and record."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from itertools import count as counted
from pathlib import Path
from threading import Event, Thread
from typing import cast

import pytest
from news import SUBJECTS, Newsroom, write_world
from postgres import Server
from sqlalchemy import select
from stage.toll import AGAINST, IN_FAVOUR, NOW, article

from bot.judges.chosen import choose
from bot.ledger import Beforehand, Ledger, LedgerError, Rehearsal, Work
from bot.ledger.tables.columns import metadata
from bot.pipeline import Pipeline, Recorded
from config.load import load
from config.schema import Config
from watchers.model import Article

_numbers = counted(1)
TOPICS = tuple(subject.replace(" ", "-") for subject in SUBJECTS)
BEGINS = datetime(2026, 3, 1, 9, tzinfo=UTC)


class Without:
    """A ledger that is told nothing of what was learned before the turn: all is asked within it."""

    shared = True  # several may write to it, whatever it is kept in

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def rehearsal(self) -> AbstractContextManager[Rehearsal]:
        return self._ledger.rehearsal()

    def work(self, _before: Beforehand | None = None) -> AbstractContextManager[Work]:
        return self._ledger.work()


class Worker(Without):
    """Records one article in a thread of its own, and stands still between what it learns and its turn."""

    def __init__(self, ledger: Ledger, record: Callable[[Ledger], Recorded]) -> None:
        super().__init__(ledger)
        self._record = record
        self._ready, self._go = Event(), Event()
        self.recorded: Recorded | None = None
        self._thread = Thread(target=self._run, daemon=True)

    def read(self) -> None:
        """Up to the turn."""
        self._thread.start()
        assert self._ready.wait(60)

    def turn(self) -> None:
        self._go.set()
        self._thread.join(60)
        assert self.recorded is not None, "it failed; see its own traceback"

    def work(self, before: Beforehand | None = None) -> AbstractContextManager[Work]:
        self._ready.set()
        assert self._go.wait(60)
        return self._ledger.work(before)

    def _run(self) -> None:
        try:
            self.recorded = self._record(cast("Ledger", self))
        finally:
            self._ready.set()


def content(ledger: Ledger) -> dict[str, list[object]]:
    """All that is on record, row by row."""
    with ledger._reading() as connection:
        return {
            table.name: list(map(tuple, connection.execute(select(table).order_by(*table.primary_key))))
            for table in metadata.sorted_tables
        }


def dice(seed: int) -> random.Random:
    """Chance that falls the same way for the same seed."""
    return random.Random(seed)


def written(count: int, seed: int) -> list[Article]:
    """Made news of a few weeks in no order: some is other news with another sentence, as outlets copy it."""
    newsroom, chance = Newsroom(seed), dice(seed)
    found: list[Article] = []
    for number in range(count):
        now = BEGINS + timedelta(days=chance.randint(0, 20))
        item = newsroom.article(now)
        text = (
            f"{chance.choice(found).text}\nThis is version {number}." if found and chance.random() < 0.3 else item.text
        )
        found.append(
            Article(
                id=item.guid, keys=(item.guid,), url=f"https://{number % 3}.example/{item.guid}", outlet=f"The {number % 3}",
                title=item.title, text=text, published=now.astimezone(timezone(timedelta(hours=number % 4 * 5))), retrieved=BEGINS + timedelta(days=21), feed="news",
            )
        )  # fmt: skip
    return found


def interleaved(count: int, chance: random.Random) -> Iterator[tuple[str, int]]:
    """Two to four workers at a time: an article is read, and some time later it has its turn."""
    waiting: list[int] = []
    next_one = 0
    while next_one < count or waiting:
        if next_one < count and len(waiting) < 4 and (len(waiting) < 2 or chance.random() < 0.5):
            yield "read", next_one
            waiting.append(next_one)
            next_one += 1
        else:
            yield "turn", waiting.pop(chance.randrange(len(waiting)))


def edited(ledger: Ledger, pipeline: Pipeline, done: list[Article], chance: random.Random) -> None:
    """What editors and outlets do meanwhile, now and then."""
    drawn, one = chance.random(), chance.choice(done)
    if drawn < 0.1:
        pipeline.revise(replace(one, text=one.text.replace("We ", "We all ", 1)), ledger, now=BEGINS)
    elif drawn < 0.15:
        source, target = chance.sample(TOPICS, 2)
        with suppress(LedgerError):  # nothing may be on record there yet
            ledger.merge_topics(source, target, "U1", BEGINS)
    elif drawn < 0.2 and ledger.topic_changes()[-1:] and ledger.topic_changes()[-1].what == "merged":
        ledger.undo_topic_change(ledger.topic_changes()[-1].number, "U1", BEGINS)


@pytest.fixture(scope="module", params=["rules", "built_in"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Made people and subjects; with positions that have a meaning, and without."""
    folder = tmp_path_factory.mktemp("world")
    write_world(folder)
    (folder / "onrecord.toml").write_text(f'[judge]\nuse = "{request.param}"\n[[channel]]\nid = "desk"\n', "utf-8")
    config = load(folder)
    chosen = choose(config.settings.judge)
    return Pipeline(config, chosen.judge, chosen.reader, chosen.encoder)


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 30), *(pytest.param(seed, 200, marks=pytest.mark.campaign) for seed in range(2, 8))]
)
def test_overlapping_workers_put_on_record_what_one_after_another_does(
    world: Pipeline, tmp_path: Path, blank_at: Callable[[Path], str], seed: int, count: int
) -> None:
    compare(world, (blank_at(tmp_path / "several.db"), blank_at(tmp_path / "alone.db")), count, seed)


def test_so_they_do_on_postgresql(world: Pipeline, postgresql: Server) -> None:
    places = [postgresql.database(f"overlapping{next(_numbers)}", "model") for _ in range(2)]
    compare(world, (places[0], places[1]), 15, 1)


def compare(pipeline: Pipeline, places: tuple[str, str], count: int, seed: int) -> None:
    """Workers whose articles overlap, beside one that asks everything within its turn: the ledgers are the same."""
    news = written(count, seed)
    with Ledger.open(places[0], durable=False) as several, Ledger.open(places[1], durable=False) as alone:
        workers = [Worker(several, partial(pipeline.record, one, now=BEGINS)) for one in news]
        done: list[Article] = []
        chances = dice(seed), dice(seed)
        for what, number in interleaved(count, dice(seed + 1)):
            if what == "read":
                workers[number].read()
                continue
            workers[number].turn()
            recorded = pipeline.record(news[number], cast("Ledger", Without(alone)), now=BEGINS)
            assert recorded == workers[number].recorded
            done.append(news[number])
            for ledger, chance in zip((several, alone), chances, strict=True):
                edited(ledger, pipeline, done, chance)
        found, expected = content(several), content(alone)
    assert expected["conflict"]
    for name, rows in expected.items():
        assert rows == found[name], name


def test_of_two_halves_of_a_contradiction_that_are_read_at_once_the_second_to_have_its_turn_finds_the_first(
    config: Config, ledger: Ledger
) -> None:
    pipeline = Pipeline(config)
    no, yes = (
        Worker(ledger, partial(pipeline.record, one, now=NOW))
        for one in (article(AGAINST, "no"), article(IN_FAVOUR, "yes", 5))
    )
    no.read()
    yes.read()
    no.turn()
    yes.turn()
    assert no.recorded is not None
    assert yes.recorded is not None
    assert not no.recorded.raised
    assert len(yes.recorded.raised) == 1
    assert len(content(ledger)["alert"]) == 1


def test_an_article_that_two_read_at_once_is_on_record_once(config: Config, ledger: Ledger) -> None:
    pipeline = Pipeline(config)
    one, other = (Worker(ledger, partial(pipeline.record, article(AGAINST, "no"), now=NOW)) for _ in range(2))
    one.read()
    other.read()
    one.turn()
    other.turn()
    assert other.recorded == Recorded(known=True)
    assert len(content(ledger)["article"]) == 1
