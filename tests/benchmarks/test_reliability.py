"""Figures on scores: how they are counted, and how a map to probabilities is fitted."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

import pytest
from reliability import HALVES, NEWS, Judged, bins, brier, half, halves, mapped, platt, rows


def made(count: int, *, rise: float = 1.0, base: float = 0.0, seed: int = 1) -> list[Judged]:
    """Scores whose true odds are a straight line of their own."""
    chance = random.Random(seed)  # noqa: S311
    found = []
    for at in range(count):
        score = chance.uniform(0.02, 0.98)
        true = 1 / (1 + math.exp(-rise * math.log(score / (1 - score)) - base))
        found.append(Judged(score, chance.random() < true, half(f"story-{at}")))
    return found


def test_scores_that_are_right_need_no_map() -> None:
    fitted = platt(made(4000))
    assert [fitted(score) for score in (0.2, 0.5, 0.8)] == pytest.approx([0.2, 0.5, 0.8], abs=0.05)


def test_scores_that_are_wrong_are_mapped_near_to_what_is_so_and_keep_their_order() -> None:
    judged = made(4000, rise=0.5, base=-1.0)
    fitted = platt(judged)
    assert fitted(0.5) == pytest.approx(1 / (1 + math.e), abs=0.04)
    told = [fitted(at / 50) for at in range(51)]
    assert told == sorted(told)
    for one in mapped(judged).values():
        assert one["mapped"] < one["as it is"] - 0.02


def test_a_map_is_never_measured_on_what_it_was_fitted_on() -> None:
    good, bad = [Judged(0.9, True, "A"), Judged(0.1, False, "A")], [Judged(0.1, True, "B"), Judged(0.9, False, "B")]
    told = mapped([*good * 50, *bad * 50])
    assert told["A"]["mapped"] >= told["A"]["as it is"]
    assert mapped(good) == {}


def test_every_score_falls_into_one_range_and_both_ends_count() -> None:
    judged = [Judged(score, score > 0.5, "A") for score in (0.0, 0.1, 0.3, 0.5, 0.99, 1.0)]
    assert sum(count for _, count, *_ in bins(judged)) == len(judged)
    assert bins(judged)[-1] == ("0.7 to 1.0", 2, pytest.approx(0.995), 1.0)
    assert brier([Judged(1.0, True, "A"), Judged(0.5, False, "A")]) == pytest.approx(0.125)


def test_a_half_hangs_on_the_id_alone_and_both_get_much_the_same() -> None:
    assert half("bridge") == half("bridge")
    count = sum(half(f"topic-{at}") == HALVES[0] for at in range(1000))
    assert 420 < count < 580


def test_the_halves_of_a_news_set_hold_every_labelled_statement_once(shared: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.jsonl"
    nothing.touch()
    found: dict[str, Any] = halves("retold", nothing, nothing, tmp_path)
    labelled = rows(NEWS / "retold" / "statements.jsonl")
    assert sum(one["statements labelled"] for one in found.values()) == len(labelled)
