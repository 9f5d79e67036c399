"""Installing: who is listed gets in, once, from the browser that began it; everybody else is told why not."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest
import yaml
from town import NORTH, SOUTH, STRANGER, behind, seen
from yarl import URL

from bot.door.states import LIFE
from bot.installed import SCOPES, lacking

ROOT = Path(__file__).resolve().parents[2]


def test_the_scopes_that_are_asked_for_are_those_of_the_manifest():
    manifest = yaml.safe_load((ROOT / "deploy" / "slack-manifest.yaml").read_text(encoding="utf-8"))
    assert list(SCOPES) == manifest["oauth_config"]["scopes"]["bot"]


async def test_a_listed_workspace_is_installed_and_its_token_is_for_its_owner_alone(town):
    await town.open_door(behind(NORTH, "http://127.0.0.1:9"), behind(SOUTH))
    status, page = await town.install(NORTH)
    assert (status, "On Record is in North Desk" in page) == (200, True)
    kept = town.installations.find(NORTH)
    assert (kept.bot_token, kept.user_id, kept.bot_user_id) == (town.north.bot_token, "U0ADA", "U0ONRECORD")
    assert lacking(kept) == ()
    assert town.installations.token(NORTH) == town.north.bot_token
    assert town.installations.teams() == (NORTH,)
    place = town.folder / NORTH
    assert stat.S_IMODE((place / "installation.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert [one.name for one in place.iterdir()] == ["installation.json"]
    assert town.north.bot_token not in page


async def test_a_workspace_without_a_process_is_told_that_nothing_answers_yet(town):
    await town.open_door(behind(SOUTH))
    status, page = await town.install(SOUTH)
    assert (status, "does not answer there yet" in page) == (200, True)


async def test_a_workspace_that_is_not_listed_is_given_back_and_kept_nowhere(town):
    await town.open_door(behind(NORTH))
    status, page = await town.install(STRANGER)
    assert status == 403
    assert "Strangers is not on the list" in page
    assert STRANGER in page
    assert town.installations.teams() == ()
    assert town.stranger.api.revoked == "account_inactive"


async def test_every_workspace_of_a_listed_organisation_may_install_but_not_the_organisation_as_such(town):
    await town.open_door(enterprises=("E0PRESS",))
    town.com.organisation = "E0PRESS"
    status, page = await town.install(SOUTH)
    assert (status, "start a process for T0SOUTH" in page) == (200, True)
    town.com.organisation = "E0OTHER"
    assert (await town.install(NORTH))[0] == 403
    town.com.organisation, town.com.whole_organisation = "E0PRESS", True
    status, page = await town.install(NORTH)
    assert (status, "one workspace at a time" in page) == (403, True)
    assert town.installations.teams() == (SOUTH,)


async def test_a_token_that_ends_by_itself_is_refused_when_it_is_given_not_when_it_has_ended(town):
    await town.open_door(behind(NORTH))
    town.com.rotates = True
    status, page = await town.install(NORTH)
    assert (status, "without token rotation" in page) == (403, True)
    assert town.installations.teams() == ()


async def test_a_return_from_slack_holds_once_and_for_ten_minutes(town):
    await town.open_door(behind(NORTH))
    async with town.browser() as session:
        back = await town.agree(session, await town.begin(session), NORTH)
        assert (await seen(session, back))[0] == 200
        session.cookie_jar.update_cookies({"slack-app-oauth-state": back.query["state"]}, back)
        status, page = await seen(session, back)
        assert (status, "opened twice" in page) == (401, True)
    async with town.browser() as session:
        back = await town.agree(session, await town.begin(session), NORTH)
        town.ticks.seconds += LIFE + 1
        assert (await seen(session, back))[0] == 401


async def test_a_return_in_another_browser_is_refused(town):
    await town.open_door(behind(NORTH))
    async with town.browser() as mine, town.browser() as theirs:
        back = await town.agree(mine, await town.begin(mine), NORTH)
        status, page = await seen(theirs, back)
        assert (status, "not the browser" in page) == (400, True)
        await town.begin(theirs)
        assert (await seen(theirs, back))[0] == 400
    assert town.installations.teams() == ()


async def test_states_that_are_paths_or_nothing_open_nothing(town):
    await town.open_door(behind(NORTH))
    async with town.browser() as session:
        for state in ("../T0NORTH/installation.json", "%00", "", "x" * 5000):
            session.cookie_jar.update_cookies({"slack-app-oauth-state": state}, URL(town.address))
            status, _ = await seen(session, f"{town.address}/slack/oauth_redirect?code=1&state={state}")
            assert status in {400, 401}
        assert (await seen(session, f"{town.address}/slack/oauth_redirect"))[0] == 400


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("error=access_denied", 400, "pressed Cancel"),
        ("error=invalid_scope", 400, "Slack says: invalid_scope"),
        ("error=<script>alert(1)</script>", 400, "no word of Slack"),
    ],
)
async def test_what_slack_sends_back_instead_of_a_code_is_said_in_words(town, query, status, words):
    await town.open_door(behind(NORTH))
    async with town.browser() as session:
        given, page = await seen(session, f"{town.address}/slack/oauth_redirect?{query}")
    assert given == status
    assert words in page
    assert "<script" not in page


async def test_a_code_that_slack_does_not_take_and_a_slack_that_is_away_are_said_in_words(town):
    await town.open_door(behind(NORTH))
    async with town.browser() as session:
        back = await town.agree(session, await town.begin(session), NORTH)
        status, page = await seen(session, back.update_query(code="another"))
        assert (status, "did not accept its own code" in page) == (401, True)
        back = await town.agree(session, await town.begin(session), NORTH)
        await town.com.stop()
        status, page = await seen(session, back)
        assert (status, "no clear answer" in page) == (502, True)


async def test_an_installation_that_cannot_be_kept_is_said_so(town):
    await town.open_door(behind(NORTH))
    town.folder.write_text("in the way")
    status, page = await town.install(NORTH)
    assert (status, "could not be kept here" in page) == (403, True)


async def test_the_pages_load_nothing_frame_nowhere_and_tell_no_address_on(town):
    await town.open_door(behind(NORTH))
    async with town.browser() as session:
        for path in ("/slack/install", "/slack/oauth_redirect?error=access_denied"):
            async with session.get(town.address + path) as answer:
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
                assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert answer.headers["Cache-Control"] == "no-store"
                assert answer.content_type == "text/html"
                assert not re.search(r"(?:src|@import|url\()", await answer.text())


async def test_the_button_asks_slack_for_the_scopes_and_a_named_workspace_only(town):
    await town.open_door(behind(NORTH))
    async with town.browser() as session:
        link = await town.begin(session, "?team=T0NORTH")
        assert link.startswith(town.com.base_url.removesuffix("api/") + "oauth/v2/authorize?")
        assert f"scope={','.join(SCOPES)}&user_scope=&" in link
        assert link.endswith("&team=T0NORTH")
        assert "team" not in await town.begin(session, "?team=T0%26redirect_uri%3Dhttps://evil.example")


async def test_installing_anew_takes_the_place_of_what_was_there(town):
    await town.open_door(behind(NORTH))
    await town.install(NORTH)
    first = town.installations.token(NORTH)
    await town.install(NORTH)
    assert town.installations.token(NORTH) == town.north.bot_token != first
    assert first not in (town.folder / NORTH / "installation.json").read_text()
    assert json.loads((town.folder / NORTH / "installation.json").read_text())["team_name"] == "North Desk"
