"""People are called on pages as Slack calls them, asked for once, and by their ids where it is silent."""

from __future__ import annotations

from bot.slack.web_api.client import web_client
from bot.slack.web_api.names import Names


async def test_names_are_asked_for_once_and_those_that_slack_does_not_know_are_not_asked_for_again_soon(workspace):
    names = Names(web_client(workspace.bot_token, workspace.base_url))
    for _ in range(2):
        assert await names.of_all({"U0ADA", "U0NOBODY"}) == {"U0ADA": "ada"}
    asked = [call for call in workspace.calls if call.method == "users.info"]
    assert len(asked) == 2


async def test_while_slack_cannot_be_reached_nobody_is_named_and_nothing_fails(workspace):
    names = Names(web_client(workspace.bot_token, workspace.base_url))
    await workspace.stop()
    assert await names.of_all(["U0ADA"]) == {}
