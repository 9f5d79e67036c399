"""What the soak calls growth, an unhandled error and news."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from math import exp
from pathlib import Path
from typing import Any

import pytest
from news import SUBJECTS, Newsroom, write_world
from taken import FILLED, LEAK, Sample, complaints, growth, missed, sample, slope, unhandled

from bot.ledger import Ledger
from bot.pipeline import Pipeline
from config.load import load
from config.schema import Channel
from watchers.model import Article


def samples(*rss: float, every: float = 1.0, articles: int = FILLED) -> list[Sample]:
    return [
        Sample(at=at * every, rss=int(one), files=9, threads=9, children=1, wal=0, articles=articles)
        for at, one in enumerate(rss)
    ]


def hours(long: float, megabytes: Callable[[float], float], noise: float = 2.0) -> list[Sample]:
    """A run of so many hours, a sample every ten seconds, with noise of so many MB and a peak now and then."""
    chance, number = random.Random(5), int(long * 360)
    peaks = [chance.random() < 0.02 for _ in range(number)]
    values = [
        megabytes(at / 360) + chance.gauss(0, noise) + 20 * peak for at, peak in zip(range(number), peaks, strict=True)
    ]
    return samples(*(one * 1e6 for one in values), every=10.0)


def test_growth_is_told_from_the_warm_process_alone() -> None:
    assert growth(samples(*range(1, 31), *[100] * 70)) == 0
    assert growth(samples(*[50] * 30, *range(100, 170))) == pytest.approx(158 / 111 - 1, abs=0.01)
    assert growth(samples(*[100] * 99, 500)) == 0  # one peak is no growth


def test_nothing_is_told_of_a_process_that_read_too_little_to_be_warm_or_was_warm_too_late() -> None:
    assert growth(samples(*[100] * 100, articles=FILLED - 1)) is None
    assert slope(samples(*[100] * 100, articles=FILLED - 1)) is None
    late = [*samples(*[100] * 85, articles=0), *(replace(one, at=one.at + 85) for one in samples(*[100] * 15))]
    assert growth(late) is None


@pytest.mark.parametrize(
    ("megabytes", "leaks"),
    [
        (lambda hour: 260.0, False),
        (lambda hour: 290.0 - 40 * exp(-hour), False),  # caches that fill
        (lambda hour: 260.0 + (5.0 if hour > 1.5 else 0.0), False),  # a canary flew
        (lambda hour: 260.0 + hour, True),
        (lambda hour: 260.0 + int(hour * 2) / 2, True),  # in steps
    ],
    ids=["flat", "full after a while", "one step", "a MB an hour", "half a MB each half hour"],
)
def test_a_leak_of_a_megabyte_an_hour_is_shown_in_eight_hours_and_nothing_else_is(megabytes, leaks) -> None:
    found = slope(hours(8, megabytes))
    assert found is not None
    least, likely, most = found
    assert least <= likely <= most
    figures = WELL | {"growth": growth(hours(8, megabytes)), "slope_mb_an_hour": found}
    assert [told.split(" MB")[0] for told in missed(figures)] == ([f"memory grew by {least}"] if leaks else [])
    assert (0.8 < likely < 1.2) == leaks


def test_what_is_given_back_every_ten_minutes_and_comes_again_is_no_growth() -> None:
    """Of a heap that fills more and more between, only what is left counts."""
    found = slope(hours(8, lambda hour: 260.0 + (hour % (1 / 6)) * 6 * (5 + 2 * hour)))
    assert found is not None
    assert found[0] < LEAK


def test_a_run_that_is_too_short_to_tell_a_leak_from_a_step_tells_no_slope() -> None:
    assert slope(hours(1, lambda hour: 260.0 + 5 * (hour > 0.75))) is None
    assert slope(hours(1.5, lambda hour: 260.0)) is not None
    assert missed(WELL | {"hours": 1.0, "slope_mb_an_hour": None}) == []


def test_an_error_that_was_foreseen_is_no_unhandled_one() -> None:
    log = "2026-11-22T08:00:00Z ERROR   bot.slack.deliver: OR-1001 to desk is stuck: is_archived\n"
    assert unhandled(log) == []
    assert complaints(log * 2) == {"ERROR   bot.slack.deliver: … to desk is stuck: is_archived": 2}
    ours = "2026-11-22T08:00:00Z ERROR   bot.slack.deliver: delivery failed\nTraceback (most recent call last):\n  x\n"
    theirs = ours.replace("bot.slack.deliver", "slack_sdk.socket_mode")  # it tells so of each connection that breaks
    assert (unhandled(log + ours), unhandled(theirs)) == ([ours], [])
    second = "\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  y\n"
    assert (len(unhandled(ours + second)), unhandled(theirs + second)) == (1, [])
    assert (len(complaints(ours)), len(complaints(theirs))) == (1, 0)
    assert len(unhandled("asyncio: Task exception was never retrieved\n")) == 1


WELL: dict[str, Any] = {
    "hours": 8.0, "articles": 30_000, "growth": 0.01, "slope_mb_an_hour": [-0.2, 0.1, 0.4], "files_growth": 0.1, "threads_growth": 0.0, "wal_mb": 60.0, "unhandled": 0, "errors": {}, "alerts": 200, "untold": 0, "waiting": 0, "stuck": [],
    "doubled": 0, "exit": 0, "faults": [], "canary": "through",
}  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "says"),
    [
        ({"growth": 0.06}, "memory grew by 6.0%"),
        ({"slope_mb_an_hour": [0.6, 0.9, 1.4]}, "memory grew by 0.6 MB an hour at least"),
        ({"growth": None}, "do not tell whether memory grows"),
        ({"slope_mb_an_hour": None}, "a run of 8.0 hours has to tell by how much memory grows in an hour"),
        ({"files_growth": 0.3}, "open files grew by 30%"),
        ({"threads_growth": 1.0}, "threads grew by 100%"),
        ({"wal_mb": 90.5}, "the write-ahead log came to 90.5 MB"),
        ({"unhandled": 1}, "1 errors were unhandled"),
        ({"errors": {"ERROR …": 900}}, "900"),
        ({"alerts": 0}, "no alert was raised"),
        ({"untold": 200}, "200 alerts are in no card and no digest"),
        ({"waiting": 200}, "200 messages still wait"),
        ({"stuck": ["is_archived"]}, "is_archived"),
        ({"doubled": 1}, "1 alerts were doubled"),
        ({"exit": -9}, "ended with -9"),
        ({"faults": ["OR-1001: …"]}, "OR-1001"),
        ({"canary": "no alert came of it"}, "no alert came of it"),
        ({"canary": "none"}, "the canary: none"),
    ],
)
def test_each_figure_of_a_soak_that_is_not_as_it_must_be_is_a_goal_missed(figure: dict[str, Any], says: str) -> None:
    assert missed(WELL) == missed(WELL | {"hours": 0.1, "canary": "none"}) == []
    assert missed(WELL | {"errors": {"ERROR   bot.slack.deliver: nothing is posted for now, …": 3}}) == []
    (told,) = missed(WELL | figure)
    assert says in told


def test_a_sample_is_of_this_process(tmp_path: Path) -> None:
    now = sample(os.getpid(), tmp_path / "none.db", 1.0)
    assert now.rss > 10_000_000
    assert now.cpu > 0.1
    assert now.files > 2
    assert now.threads >= 1
    assert now.wal == 0


def test_the_news_is_the_same_for_a_seed_and_holds_positions(tmp_path: Path) -> None:
    for name in ("feeds.toml", "onrecord.toml"):
        (tmp_path / name).write_text("", "utf-8")
    write_world(tmp_path)
    config = load(tmp_path, environ={}).model_copy(update={"channels": (Channel(id="desk"),)})
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    first, again = (Newsroom(3), Newsroom(3))
    items = [first.article(now) for _ in range(8)]
    assert items == [again.article(now) for _ in range(8)]
    assert len(config.topics) == len(SUBJECTS)
    assert {"new", "copied", "edited"} >= set(islice(first.chances(), 50))
    with Ledger.open(str(tmp_path / "a.db"), durable=False) as ledger:
        pipeline = Pipeline(config)
        for item in items:
            article = Article(
                id=item.guid, keys=(item.guid,), url=None, outlet="Alder Post", title=item.title, text=item.text,
                published=item.published, retrieved=now,
            )  # fmt: skip
            pipeline.record(article, ledger, now=now)
        assert ledger.status().positions >= 8
