"""Other settings are tried on the page as in Slack, and what would come of them is shown."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from archive_story import config
from pages_served import served, visitor_of

from bot.desk.replay import under
from config.schema import Channel


@pytest.fixture
async def editor(archive, clock):
    routed = config().model_copy(update={"channels": (Channel(id="C0FACTDESK"),)})
    trying = SimpleNamespace(replay=lambda asked: under(asked, archive.ledger, routed, clock()))
    async with served(replace(archive, inquiries=trying)) as base, visitor_of(base) as visitor:
        yield visitor


async def test_a_form_comes_first_with_the_settings_that_hold(editor):
    status, text = await editor.get("/replay")
    assert status == 200
    assert "Posted from (now 0.60)" in text
    assert "would vanish" not in text.casefold().partition("</form>")[2]


async def test_a_higher_threshold_makes_alerts_vanish_and_names_them(editor, ledger):
    status, text = await editor.get("/replay?threshold=1&days=366")
    assert status == 200
    alerts = len(ledger.conflicts(limit=100))
    told = re.search(r"<h2>(\d+) alerts? would vanish, 0 would appear</h2>", text)
    assert told
    assert 0 < int(told[1]) <= alerts
    assert text.count('class="story"') == int(told[1])
    assert "posted from 0.60 → 1.00" in text


async def test_the_settings_that_hold_change_nothing_and_a_kind_alone_does(editor):
    _, text = await editor.get("/replay?threshold=0&days=366")
    assert "would vanish" not in text
    _, text = await editor.get("/replay?disputed=1&days=366")
    assert "Would vanish" in text
    assert "kinds disputed" in text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("threshold=2", "Posted from is a score from 0 to 1"),
        ("high=much", "Strong from is a score from 0 to 1"),
        ("high=nan", "Strong from is a score from 0 to 1"),
        ("days=0", "Days is a number from 1 to 366"),
        ("days=%C2%B2", "Days is a number from 1 to 366"),
    ],
)
async def test_what_makes_no_sense_is_named(editor, query, says):
    status, text = await editor.get(f"/replay?{query}")
    assert (status, says in text) == (400, True)


async def test_where_no_service_runs_it_says_so(open_house):
    status, text = await open_house.get("/replay?threshold=0.7")
    assert (status, "only the running service does" in text) == (200, True)
