"""What /metrics shows is what its table says, and nobody's monitoring stumbles over it."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from well_state import LATE, NOW, WELL, state

from bot.health import Meter
from bot.health.figures import FIGURES, NAMED_FEEDS, OF_THE_PROCESS, OTHERS
from bot.ledger.database.room import Room
from bot.ledger.records import Canary
from watchers.model import FeedState

FEED = FeedState(feed="times", polled_at=NOW, good_at=NOW)


def told(role: str) -> str:
    """All that a service of a role can show."""
    meter = Meter(role)
    if role in {"all", "work"}:
        meter.polled(FEED)
    if role in {"all", "deliver"}:
        meter.acked(0.02)
        meter.delivered(3.0)
    meter.turn(0.1, had=False)
    meter.lagged(0.2)
    known = state(
        replace(WELL, slack=role in {"all", "deliver"}),
        {"times": timedelta(minutes=5)},
        canary_late=timedelta(hours=26),
        feeds=(FEED,),
        canary=Canary(at=NOW, fault="", good_at=NOW),
        room=Room(log=1, free=2),
        size=3,
        alerts={("reversal", "sent", "open"): 1},
    )
    return meter.text(replace(known, wakeups={"queued": 2} if role == "work" else None), LATE).decode()


@pytest.mark.parametrize("role", ["all", "schedule", "work", "deliver"])
def test_every_figure_is_in_the_table_with_its_kind_its_words_and_its_labels(role) -> None:
    families = {family.name: family for family in text_string_to_metric_families(told(role))}
    ours = {name for name in families if name.startswith("onrecord_")}
    for figure in FIGURES.values():
        family = families.get(f"onrecord_{figure.name}")
        if family is None:
            continue
        ours.remove(family.name)
        assert (family.type, family.documentation) == (figure.kind, figure.says)
        for sample in family.samples:
            assert set(sample.labels) - {"le"} == set(figure.labels), figure.name
            assert figure.shown in sample.name
    assert ours == set()
    left = {name for name in families if not name.startswith("onrecord_")}
    assert left <= {name.removesuffix("_total") for name in OF_THE_PROCESS}


def test_every_figure_of_the_table_is_shown_by_some_role() -> None:
    text = "".join(told(role) for role in ("all", "schedule", "work", "deliver"))
    missing = [figure.shown for figure in FIGURES.values() if f"\n{figure.shown}" not in text]
    assert missing == []


def test_prometheus_finds_nothing_to_complain_of() -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("THE NAMES OF METRICS ARE NOT CHECKED BY PROMETHEUS: promtool is not installed")
    said = subprocess.run(
        [promtool, "check", "metrics"], input=told("all"), capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_of_very_many_feeds_the_first_have_a_series_each_and_the_others_share_one() -> None:
    meter = Meter()
    for number in range(NAMED_FEEDS + 7):
        meter.polled(replace(FEED, feed=f"feed-{number:04}", failures=1))
    feeds = tuple(replace(FEED, feed=f"feed-{number:04}") for number in range(NAMED_FEEDS + 7))
    watched = {feed.feed: timedelta(minutes=5) for feed in feeds}
    text = meter.text(state(WELL, watched, feeds=feeds), LATE).decode()
    assert text.count("\nonrecord_polls_total{") == NAMED_FEEDS + 1
    assert text.count("\nonrecord_feed_good_age_seconds{") == NAMED_FEEDS
    assert f'onrecord_poll_failures_total{{feed="{OTHERS}"}} 7.0' in text
