"""The log holds whatever people did, to whatever they did it, and is asked by subject, person and time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.calibration import Rules
from bot.ledger import Target
from bot.ledger.flow.sources import SourceChange
from bot.ledger.people.roster import RosterChange
from bot.slack import commands
from config.settings import Settings

NOW = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)
DAY = timedelta(days=1)
MONITORS = Target(kind="topic", id="strait-monitors", name="monitors at the strait")
WELDEN = RosterChange(what="alias", subject="mara-velden", content={"alias": "Welden"}, by="U0ADA", at=NOW - 9 * DAY)


@pytest.fixture
def done(ledger, alert):
    """One thing of each kind, on a day of its own."""
    ledger.decide(alert.number, "confirm", "U0ADA", "", NOW - 10 * DAY)
    change = ledger.change_roster(WELDEN)
    merged = {"alias": "M. Velden", "merged": "m-velden"}
    ledger.change_roster(replace(WELDEN, content=merged, at=NOW - 8 * DAY, by="U0TOMAS"))
    ledger.change_roster(replace(WELDEN, what="undone", content={}, at=NOW - 7 * DAY, undoes=change.number))
    side = {"name": "Kessland", "adjectives": [], "names": []}
    ledger.change_roster(RosterChange(what="side", subject="KESS", content=side, by="U0ADA", at=NOW - 6 * DAY))
    renamed = ledger.rename_topic(MONITORS.id, "observers", "U0ADA", NOW - 5 * DAY)
    ledger.undo_topic_change(renamed.number, "U0TOMAS", NOW - 4 * DAY)
    url = "https://courier.example.org/rss"
    added = {"source": "courier", "name": "The Courier", "url": url, "past": "skip", "by": "U0ADA"}
    ledger.change_source(SourceChange(what="added", at=NOW - 3 * DAY, **added))
    ledger.hold_threshold("reversal", Rules.of(Settings()), "U0ADA", NOW - 2 * DAY)
    ledger.mute("fact-desk", MONITORS, NOW + DAY, "U0ADA", NOW - DAY)


LINES = (
    "*Confirmed* by <@U0ADA>",
    "*People and sides* by <@U0ADA>: Mara Velden is also written Welden",
    "*People and sides* by <@U0TOMAS>: Mara Velden and M. Velden (m-velden) are one person",
    "*People and sides* by <@U0ADA>: Change 1 was taken back: Mara Velden is also written Welden",
    "*People and sides* by <@U0ADA>: The side Kessland was added",
    "*Topics* by <@U0ADA>: “monitors at the strait” was renamed to “observers”",
    "*Topics* by <@U0TOMAS>: change 1 was undone: “monitors at the strait” was renamed to “observers”",
    "*Sources* by <@U0ADA>: The Courier was added",
    "*Thresholds* by <@U0ADA>: reversal was held at 0.60",
    "*Muted* by <@U0ADA>",
)


@pytest.mark.usefixtures("done")
def test_the_log_is_asked_by_subject_person_and_time_and_is_in_order(newsroom, ada):
    asked = {
        "": range(10),
        "alerts": [0],
        "1001": [0],
        "people": range(1, 5),
        "topics": [5, 6],
        "sources": [7],
        "thresholds": [8],
        "routes": [9],
        "<@U0TOMAS|tomas>": [2, 6],
        "me topics": [5],
        "people since 7d": [3, 4],
        "7 days": range(3, 10),
        "since yesterday": [9],
    }
    for typed, expected in asked.items():
        shown = json.dumps(commands.answer(newsroom, f"audit {typed}", ada, NOW)["blocks"], ensure_ascii=False)
        assert (typed, [place for place, line in enumerate(LINES) if line in shown]) == (typed, list(expected))
        found = [shown.index(LINES[place]) for place in expected]
        assert found == sorted(found)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("audit people", "Nothing was done to people as far"),
        ("audit people since 7d", "Nothing was done to people since 18 Feb 2031"),
        ("audit persons", "none of: alerts, statements, routes, people"),
        ("audit 4711", "No alert “OR-4711”"),
        ("audit since harvest", "is no time I know"),
    ],
)
def test_what_the_log_has_not_and_what_is_not_understood_is_said(newsroom, ada, asked, said):
    assert said in json.dumps(commands.answer(newsroom, asked, ada, NOW)["blocks"], ensure_ascii=False)
