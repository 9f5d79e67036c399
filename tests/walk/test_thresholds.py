"""What the desk decides changes what is posted next: through the pipeline, the service and the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from ledger_sample import ruled
from stage.house import House

from bot.__main__ import main
from bot.calibration import Rules
from bot.ledger import Ledger
from bot.pipeline import Pipeline
from config.schema import Config
from watchers.model import Article

NOW = datetime(2025, 3, 6, 12, tzinfo=UTC)
DAY = timedelta(days=1)
AGAINST = "“A toll on foreign ships in the port of Ostermouth is out of the question,” Ilse Marken said on Monday."
IN_FAVOUR = "“We support a toll on foreign ships in the port of Ostermouth,” Ilse Marken said on Wednesday."
REFUSED = (("dismiss", ""), ("explain", "not a conflict"))
CONFIRMED = (("confirm", ""),)


def article(name: str, text: str, day: int) -> Article:
    return Article(
        id=name,
        keys=(f"id:{name}",),
        url=f"https://times.example/{name}",
        outlet="The Harbour Times",
        title=name,
        text=f"Velmarkian Prime Minister Ilse Marken spoke in the capital. {text}",
        published=datetime(2025, 3, day, 9, tzinfo=UTC),
        retrieved=NOW,
    )


def scored(config: Config, **alerts: float) -> Config:
    settings = config.settings
    return config.model_copy(
        update={
            "settings": settings.model_copy(
                update={
                    "alerts": settings.alerts.model_copy(update=alerts),
                    "feedback": settings.feedback.model_copy(update={"lowest_score": 0.7}),
                }
            )
        }
    )


def posted(config: Config, ledger: Ledger) -> list[str]:
    """The kinds that two articles, which reverse a position with a score of 0.85, raise."""
    pipeline = Pipeline(config)
    pipeline.record(article("no", AGAINST, 3), ledger, now=NOW)
    return [alert.conflict.kind for alert in pipeline.record(article("yes", IN_FAVOUR, 5), ledger, now=NOW).raised]


def stored(ledger: Ledger) -> int:
    with ledger._reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM conflict").scalar_one())


def test_the_next_article_is_held_back_by_a_raised_threshold_and_its_conflict_kept(
    config: Config, ledger: Ledger
) -> None:
    strict = scored(config, minimum_score=0.85, high_score=0.95)
    ruled(ledger, 0.86, *REFUSED, times=20, at=NOW - 2 * DAY)
    before = stored(ledger)
    assert [step.new for step in ledger.recalibrate(Rules.of(strict.settings), NOW)] == [0.9]
    assert posted(strict, ledger) == []
    assert stored(ledger) == before + 1


def test_an_undo_holds_from_the_next_article_on(config: Config, ledger: Ledger) -> None:
    strict = scored(config, minimum_score=0.85, high_score=0.95)
    ruled(ledger, 0.86, *REFUSED, times=20, at=NOW - 2 * DAY)
    (step,) = ledger.recalibrate(Rules.of(strict.settings), NOW)
    ledger.undo_threshold(step.number, Rules.of(strict.settings), "Ada", NOW)
    assert posted(strict, ledger) == ["reversal"]


def test_a_lowered_threshold_posts_what_the_configured_score_would_not(config: Config, ledger: Ledger) -> None:
    strict = scored(config, minimum_score=0.9, high_score=0.95)
    ruled(ledger, 0.91, *CONFIRMED, times=24, at=NOW - 2 * DAY)
    assert [step.new for step in ledger.recalibrate(Rules.of(strict.settings), NOW)] == [0.85]
    assert posted(strict, ledger) == ["reversal"]


def test_without_verdicts_the_configured_score_decides(config: Config, ledger: Ledger) -> None:
    assert posted(scored(config, minimum_score=0.9, high_score=0.95), ledger) == []
    assert stored(ledger) == 0


async def test_the_service_looks_at_the_verdicts_when_it_starts_and_logs_each_move(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.chores")
    with Ledger.open(str(house.database)) as ledger:
        ruled(ledger, 0.62, *REFUSED, times=8, at=datetime.now(UTC) - 2 * DAY)
        ruled(ledger, 0.83, *CONFIRMED, times=12, at=datetime.now(UTC) - 2 * DAY)
    house.names = ["times"]
    house.stand.stand("times").items = []
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        assert service.ledger is not None
        assert [step.new for step in service.ledger.threshold_steps()] == [0.65]
    assert "reversal is posted from 0.65 on (step 1): 0 of 8 verdicts on reversal from 0.60" in caplog.text


@pytest.fixture
def at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """The ledger of the terminal's commands, in which one move is on record."""
    monkeypatch.setenv("ONRECORD_DATABASE_URL", str(tmp_path / "desk.db"))
    with Ledger.open(str(tmp_path / "desk.db"), durable=False) as ledger:
        ruled(ledger, 0.62, *REFUSED, times=8, at=datetime.now(UTC) - 2 * DAY)
        ruled(ledger, 0.83, *CONFIRMED, times=12, at=datetime.now(UTC) - 2 * DAY)
        ledger.recalibrate(Rules(start=0.6, lowest=0.5, highest=0.8), datetime.now(UTC))
        yield ledger


def test_the_terminal_shows_thresholds_verdicts_and_steps(at_hand: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["thresholds"]) == 0
    out = capsys.readouterr().out
    assert "Posted from 0.60 on unless said otherwise" in out
    assert "reversal: posted from 0.65 on; 20 verdicts" in out
    assert (
        "  from 0.60 up: 12 confirmed, 8 not a conflict, 0 dismissed without a reason; 39% to 78% are conflicts" in out
    )
    assert "  from 0.80 up: 12 confirmed, 0 not a conflict" in out
    assert "reversal  0.60 → 0.65  moved: 0 of 8 verdicts" in out


def test_the_terminal_undoes_releases_and_holds(at_hand: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["thresholds", "undo", "1", "--by", "Ada"]) == 0
    assert "0.65 → 0.60  undone by Ada: step 1 was undone" in capsys.readouterr().out
    assert main(["thresholds", "release", "reversal", "--by", "Ada"]) == 0
    assert main(["thresholds", "hold", "same_side", "--by", "Noor"]) == 0
    assert [(step.what, step.kind, step.by) for step in at_hand.threshold_steps()][1:] == [
        ("undone", "reversal", "Ada"),
        ("released", "reversal", "Ada"),
        ("held", "same_side", "Noor"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["undo", "7"], "there is no step 7 in the record of thresholds"),
        (["undo"], "takes the number of a step"),
        (["undo", "one"], "takes the number of a step"),
        (["hold", "quarrels"], "thresholds hold takes a kind: reversal, same_side, denied_claim, disputed, opposed"),
        (["release", "reversal"], "reversal is not held"),
        (["show", "1"], "takes nothing more"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    at_hand: Ledger, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["thresholds", *words]) == 2
    assert said in capsys.readouterr().err
    assert len(at_hand.threshold_steps()) == 1
