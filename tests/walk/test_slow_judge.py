"""A judge that takes its time is asked while the ledger is free, once a pair, and decides all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage.toll import AGAINST, IN_FAVOUR, NOW, article

from bot.judges.remembering import Remembering
from bot.ledger import Ledger
from bot.opinions import NO_OPINION, Glance, Verdict
from bot.pipeline import Pipeline
from config.schema import Config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Position

SURE = Verdict(conflict=0.95, agree=0.03, unrelated=0.02)
VETO = Verdict(conflict=0.02, agree=0.95, unrelated=0.03, veto=True)


class Slow:
    """Says one thing of every pair, and tries whether the ledger can be written to meanwhile."""

    def __init__(self, ledger: Ledger, verdict: Verdict) -> None:
        self.ledger, self.verdict = ledger, verdict
        self.asked: list[str] = []
        self.free: list[bool] = []

    def __call__(self, pairs: object) -> list[Verdict]:
        with self.ledger.work() as work:  # waits, and fails, where another writes
            self.free.append(work is not None)
        self.asked += [newer.statement.quote for _, newer in pairs]  # type: ignore[attr-defined]
        return [self.verdict for _ in pairs]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("verdict", "raised"), [(SURE, 1), (NO_OPINION, 1), (VETO, 0)])
def test_it_is_asked_outside_of_the_transaction_once_a_pair(
    config: Config, ledger: Ledger, verdict: Verdict, raised: int
) -> None:
    slow = Slow(ledger, verdict)
    pipeline = Pipeline(config, Remembering(slow))
    pipeline.record(article(AGAINST, "no"), ledger, now=NOW)
    recorded = pipeline.record(article(IN_FAVOUR, "yes", 5), ledger, now=NOW)
    assert len(recorded.raised) == raised
    assert len(slow.asked) == len(set(slow.asked)) == 1
    assert slow.free == [True]


def test_an_edited_article_waits_outside_too(config: Config, ledger: Ledger) -> None:
    slow = Slow(ledger, SURE)
    pipeline = Pipeline(config, Remembering(slow))
    pipeline.record(article(AGAINST, "no"), ledger, now=NOW)
    pipeline.record(article("Calm.", "yes", 5), ledger, now=NOW)
    assert len(pipeline.revise(article(IN_FAVOUR, "yes", 5), ledger, now=NOW).raised) == 1
    assert slow.free == [True]


def test_what_it_has_said_is_remembered_and_raises_the_score(config: Config, ledger: Ledger) -> None:
    plain = Pipeline(config)
    plain.record(article(AGAINST, "no"), ledger, now=NOW)
    slow = Remembering(Slow(ledger, SURE))
    (alert,) = Pipeline(config, slow).record(article(IN_FAVOUR, "yes", 5), ledger, now=NOW).raised
    pair = (alert.conflict.earlier, alert.conflict.fresh)
    assert slow.known([pair]) == [SURE]
    assert slow.known([pair[::-1]]) == [None]
    assert alert.conflict.score == pytest.approx(0.95)


def test_an_article_is_read_while_others_may_write(config: Config, ledger: Ledger) -> None:
    free: list[int] = []

    def encoder(positions: Sequence[Position]) -> Sequence[Glance]:
        with ledger.work():  # waits, and fails, where another writes
            free.append(len(positions))
        return [Glance(meaning=b"", stances={"none": 1.0}) for _ in positions]

    pipeline = Pipeline(config, encoder=encoder)
    pipeline.record(article(AGAINST, "no"), ledger, now=NOW)
    pipeline.record(article("Calm.", "yes", 5), ledger, now=NOW)
    pipeline.revise(article(IN_FAVOUR, "yes", 5), ledger, now=NOW)
    assert sum(free) == 2
