"""What is near in meaning is found, however long ago it was said and however much was said since."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ledger_sample import IDA, MARA, NO, NOW, TILO, YES, article, on_day, position, record, source, statement, told

from bot import meaning
from bot.ledger import Ledger
from bot.model import Fate, Party, Position, Said
from watchers.model import Article

STRANGER = Party(name="Ulla Lin", official="lin", side="norre", role="minister", rank="minister")
_seed = random.Random(3)  # noqa: S311


def _vector(near: list[float] | None = None, far: float = 0.3) -> list[float]:
    """Any direction, or one near another."""
    noise = [_seed.gauss(0, 1) for _ in range(384)]
    length = math.sqrt(sum(one * one for one in noise))
    held = [far * one / length + (near[at] if near else 0.0) for at, one in enumerate(noise)]
    length = math.sqrt(sum(one * one for one in held))
    return [one / length for one in held]


def _centre(cell: int) -> list[float]:
    """The middle of a cell: what lies around it lies in this cell, whatever weights the cells were made for."""
    grid = meaning._grid()
    assert grid is not None
    return [float(one) for one in grid[1][cell]]


BRIDGE, FISH = _centre(3), _centre(100)


def said(name: str, party: Party, about: list[float], day: date, topic: str, **more: Any) -> tuple[Article, Position]:
    """A story with a meaning of its own near `about`."""
    on = Said(first=day, last=day, how="given")
    of, held = told(f"Words of their own were found for {name} on that day.", name, party, said=on)
    values = {"topic": topic, "topic_name": topic, "proposition": topic, "meaning": meaning.of(_vector(about))}
    return of, replace(held, **(values | more))


def names(found: tuple[Position, ...]) -> list[str]:
    return [one.statement.source.article for one in found]


def test_the_meaning_and_the_link_come_back_as_they_were_stored(ledger: Ledger) -> None:
    of, held = said("a", MARA, BRIDGE, date(2025, 3, 1), "bridge", link="like a remark of 1 Mar, 0.83")
    bare = told(NO, "b", **on_day(2))
    record(ledger, (of, held), bare)
    found = {one.statement.source.article: one for one in ledger.about("bridge")}
    assert (found["a"].meaning, found["a"].link) == (held.meaning, held.link)
    assert (found["b"].meaning, found["b"].link) == (b"", "")


def test_years_old_words_of_a_talkative_person_come_up_and_come_first(ledger: Ledger) -> None:
    old = said("old", MARA, BRIDGE, date(2019, 3, 1), "made-span")
    since = [
        said(f"s{n}", MARA, FISH if n % 2 else _vector(), date(2020, 1, 1) + timedelta(days=9 * n), f"made-{n}")
        for n in range(120)
    ]
    record(ledger, old, *since)
    _, fresh = said("fresh", MARA, BRIDGE, date(2025, 3, 1), "made-bridge")
    with ledger.work() as work:
        found = work.near(fresh)
        assert names(found)[0] == "old"
        assert len(found) <= 30
        assert "old" not in names(work.near(fresh, since=date(2020, 1, 1)))


def test_a_stranger_on_the_question_comes_up_and_one_on_another_question_does_not(ledger: Ledger) -> None:
    record(
        ledger,
        said("same", STRANGER, BRIDGE, date(2021, 3, 1), "made-x"),
        said("other", STRANGER, [-one for one in BRIDGE], date(2021, 3, 2), "made-y"),
    )
    _, fresh = said("fresh", MARA, BRIDGE, date(2025, 3, 1), "made-bridge")
    with ledger.work() as work:
        assert names(work.near(fresh)) == ["same"]


def test_side_claimant_and_topic_come_up_whatever_they_mean(ledger: Ledger) -> None:
    record(
        ledger,
        said("side", TILO, FISH, date(2025, 2, 1), "made-x"),
        said("claim", IDA, FISH, date(2025, 2, 2), "made-y", holder=MARA, claimed_by=IDA),
        said("topic", STRANGER, FISH, date(2025, 2, 3), "bridge"),
        told(YES, "blank", STRANGER, **on_day(1)),
    )
    _, fresh = said("fresh", MARA, BRIDGE, date(2025, 3, 1), "bridge")
    with ledger.work() as work:
        found = names(work.near(fresh))
    assert set(found) == {"side", "claim", "topic", "blank"}
    assert found[-1] == "blank"  # what no network has read comes behind


def test_a_remark_of_many_reports_comes_once_as_the_surest_and_the_fresh_one_never(ledger: Ledger) -> None:
    def report(name: str, quote: str, strength: float, day: int) -> tuple[Article, Position]:
        of, held = told(quote, name, **on_day(day))
        return of, replace(held, strength=strength, meaning=meaning.of(_vector(BRIDGE, 0.3)))

    copies = [report(f"c{n}", YES, 0.5 + n / 100, 1) for n in range(30)]
    own = [report(f"o{n}", NO, 0.9, 3) for n in range(3)]
    record(ledger, *copies, *own)
    with ledger.work() as work:
        assert names(work.near(own[0][1])) == ["c29"]


def test_words_that_an_outlet_changed_do_not_come_and_another_report_of_them_does(ledger: Ledger) -> None:
    def report(name: str, strength: float) -> tuple[Article, Position]:
        of, held = told(YES, name, **on_day(1))
        return of, replace(held, strength=strength, meaning=meaning.of(_vector(BRIDGE, 0.3)))

    changed, stands = report("changed", 0.95), report("stands", 0.6)
    record(ledger, changed, stands)
    edited = article("The minister said no more than this: “We may build it.”", "changed")
    after = statement(edited, "We may build it.", **on_day(1))
    with ledger.work() as work:
        newest = work.newest(edited)
        assert newest is not None
        work.version(edited, newest)
        work.statement(after, changed[1].statement)
        work.fate(Fate(statement=changed[1].statement, became="changed", now=after), source(edited), NOW)
        work.commit()
    _, fresh = said("fresh", MARA, BRIDGE, date(2025, 3, 3), "bridge")
    with ledger.work() as work:
        assert names(work.near(fresh)) == ["stands"]


def test_all_of_the_same_article_comes_whatever_it_means(ledger: Ledger) -> None:
    text = " ".join(f"“Sentence number {n} of the long evening was this one.”" for n in range(12))
    of = article(text, "long")
    held = [
        replace(
            position(statement(of, f"Sentence number {n} of the long evening was this one.", party, **on_day(2))),
            topic=f"made-{n}",
            meaning=meaning.of(_vector()),
        )
        for n, party in enumerate((IDA, STRANGER) * 6)
    ]
    fresh = replace(held[0], topic="made-else", meaning=meaning.of(BRIDGE))
    with ledger.work() as work:
        work.article(of)
        for one in held:
            work.statement(one.statement)
            work.position(one)
        found = work.near(fresh)
    assert {one.key for one in found} == {one.key for one in held[1:]}


def test_vectors_of_other_weights_are_not_compared(ledger: Ledger) -> None:
    theirs = meaning.mark(b"other weights")
    values = {"meaning": meaning.of(BRIDGE, theirs)}
    far = said("far", STRANGER, FISH, date(2024, 1, 2), "made-y", **values)
    record(ledger, said("old", MARA, BRIDGE, date(2024, 1, 1), "made-x", **values), far)
    _, fresh = said("fresh", MARA, BRIDGE, date(2025, 3, 1), "made-bridge")
    with ledger.work() as work:
        assert names(work.near(fresh)) == ["old"]  # by the day alone
        assert names(work.near(replace(fresh, meaning=b"\x02" * 8))) == ["old"]


def test_one_old_word_of_the_other_side_on_a_topic_comes_up_behind_five_hundred_of_one_voice(ledger: Ledger) -> None:
    """And so do the newest of the fresh one's own on it, behind all that its party said on other topics since."""
    old = said("opponent", IDA, FISH, date(2015, 3, 1), "bridge")
    claim = said("claim", MARA, FISH, date(2015, 3, 2), "bridge", holder=IDA, claimed_by=MARA)
    side = said("side", TILO, FISH, date(2015, 3, 3), "bridge")
    loud = [said(f"loud{n}", MARA, BRIDGE, date(2016, 1, 1) + timedelta(days=6 * n), "bridge") for n in range(500)]
    since = [said(f"else{n}", IDA, BRIDGE, date(2019, 1, 1) + timedelta(days=n), f"made-{n}") for n in range(80)]
    record(ledger, old, claim, side, *loud, *since)
    _, fresh = said("fresh", MARA, BRIDGE, date(2025, 3, 1), "bridge")
    _, answer = said("answer", IDA, BRIDGE, date(2025, 3, 1), "bridge")
    with ledger.work() as work:
        found = names(work.near(fresh))
        assert {"opponent", "claim", "side", "loud499", "loud498"} <= set(found)
        assert len(found) < 90
        assert "opponent" in names(work.near(answer))
