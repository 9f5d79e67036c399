"""What is installed is kept whole, told apart, and ended only by what came after it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.oauth.installation_store import Installation

from bot.installed import SCOPES, Installations, NotInstalled, ended, lacking

TEAM = "T0NORTH"
AT = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path):
    return Installations(tmp_path / "installations")


def installation(**more):
    given = {
        "team_id": TEAM,
        "team_name": "North Desk",
        "bot_token": "the token",
        "bot_scopes": list(SCOPES),
        "user_id": "U0ADA",
        "installed_at": AT.timestamp(),
    }
    return Installation(**given | more)


def test_what_was_saved_is_found_with_all_that_slack_said(kept):
    kept.save(installation(bot_id="B0NORTH", enterprise_id="E0PRESS"))
    assert kept.find(TEAM).__dict__ == installation(bot_id="B0NORTH", enterprise_id="E0PRESS").__dict__
    assert kept.token(TEAM) == "the token"


def test_a_workspace_that_was_never_installed_has_no_token(kept):
    assert kept.find(TEAM) is None
    assert kept.teams() == ()
    with pytest.raises(NotInstalled, match="T0NORTH: the app is not installed there"):
        kept.token(TEAM)


def test_an_end_forgets_the_token_and_keeps_the_rest(kept, tmp_path):
    kept.save(installation())
    assert kept.end(TEAM, "the app was uninstalled", AT + timedelta(days=1))
    assert ended(kept.find(TEAM)) == "the app was uninstalled on 26 Feb 2031 13:07 UTC"
    assert (kept.find(TEAM).bot_token, kept.find(TEAM).user_id) == (None, "U0ADA")
    assert "the token" not in (tmp_path / "installations" / TEAM / "installation.json").read_text()
    with pytest.raises(NotInstalled, match=r"North Desk \(T0NORTH\): the app was uninstalled on 26 Feb 2031"):
        kept.token(TEAM)


def test_the_news_of_an_end_that_comes_late_does_not_end_what_was_installed_since(kept):
    kept.save(installation())
    assert not kept.end(TEAM, "its token was revoked", AT - timedelta(minutes=5))
    assert kept.token(TEAM) == "the token"
    assert not kept.end("T0OTHER", "its token was revoked", AT)


def test_an_end_is_told_once_and_a_new_installation_begins_anew(kept):
    kept.save(installation())
    later = AT + timedelta(minutes=5)
    assert kept.end(TEAM, "the app was uninstalled", later)
    assert not kept.end(TEAM, "its token was revoked", later)
    kept.save(installation(bot_token="another", installed_at=later.timestamp() + 60))
    assert kept.token(TEAM) == "another"


def test_an_installation_with_fewer_scopes_names_those_that_it_lacks(kept):
    kept.save(installation(bot_scopes=[scope for scope in SCOPES if scope not in {"commands", "im:write"}]))
    assert lacking(kept.find(TEAM)) == ("commands", "im:write")
    with pytest.raises(NotInstalled, match="without commands, im:write; install it again"):
        kept.token(TEAM)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"user_id": "U", "unknown": 1}', "\x00"])
def test_a_damaged_file_is_named_with_what_to_do(kept, tmp_path, text):
    kept.save(installation())
    place = tmp_path / "installations" / TEAM / "installation.json"
    place.write_text(text)
    with pytest.raises(NotInstalled, match=r"installation\.json cannot be read: it is damaged"):
        kept.find(TEAM)
    kept.save(installation())
    assert kept.token(TEAM) == "the token"


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o620])
def test_a_token_that_others_can_read_or_change_is_not_used(kept, tmp_path, mode):
    kept.save(installation())
    place = tmp_path / "installations" / TEAM / "installation.json"
    place.chmod(mode)
    with pytest.raises(NotInstalled, match=f"can be read or changed by others: chmod 600 {place}"):
        kept.token(TEAM)
    kept.save(installation())
    assert kept.token(TEAM) == "the token"


@pytest.mark.parametrize("team", ["", "..", "../T0NORTH", "T0NORTH/..", "t0north", "E0PRESS", "T" + "A" * 99, "T0\n"])
def test_what_is_no_id_of_a_workspace_is_no_path(kept, team):
    with pytest.raises(NotInstalled, match="is no id of a workspace"):
        kept.token(team)
    with pytest.raises(NotInstalled):
        kept.save(installation(team_id=team))


def test_a_write_that_fails_leaves_the_earlier_installation_whole(kept, tmp_path):
    kept.save(installation())
    broken = installation()
    broken.set_custom_value("cannot be written", object())
    with pytest.raises(TypeError):
        kept.save(broken)
    assert [one.name for one in (tmp_path / "installations" / TEAM).iterdir()] == ["installation.json"]
    assert json.loads((tmp_path / "installations" / TEAM / "installation.json").read_text())["bot_token"] == "the token"
