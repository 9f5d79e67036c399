"""Shortcuts, the App Home and events reach a real Bolt app by Socket Mode and by signed HTTP, and again until acked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiohttp import web

from bot.workspace import NotThereError, Settings, Workspace

HOME = {
    "type": "home",
    "blocks": [
        {
            "type": "actions",
            "block_id": "source:harbour",
            "elements": [
                {
                    "type": "button",
                    "action_id": "source_pause",
                    "text": {"type": "plain_text", "text": "Pause"},
                    "value": "harbour",
                },
                {
                    "type": "static_select",
                    "action_id": "mute_for",
                    "options": [
                        {"text": {"type": "plain_text", "text": "2 hours"}, "value": "2h"},
                        {"text": {"type": "plain_text", "text": "1 day"}, "value": "1d"},
                    ],
                },
            ],
        }
    ],
}
LOADING = {"type": "modal", "title": {"type": "plain_text", "text": "Checking"}, "blocks": []}


@pytest.fixture
async def workspace(watch):
    place = Workspace(Settings(clock=watch, seed=1, ack_timeout=0.3, unfurl_domains=("record.example",)))
    await place.start()
    yield place
    await place.stop()


@pytest.fixture(params=["socket", "http"])
async def heard(request, workspace, connect):
    """Everything the app heard, in order; it opens a modal for shortcuts and publishes a home."""
    said = []
    async with connect(workspace, request.param) as app:

        @app.shortcut("check_message")
        async def check(ack, shortcut, client):
            await ack()
            said.append(shortcut)
            await client.views_open(trigger_id=shortcut["trigger_id"], view=LOADING)

        @app.shortcut("ask_record")
        async def ask(ack, shortcut, client):
            await ack()
            said.append(shortcut)
            await client.views_open(trigger_id=shortcut["trigger_id"], view=LOADING)

        @app.event("app_home_opened")
        async def home(event, client):
            said.append(event)
            await client.views_publish(user_id=event["user"], view=HOME)

        for name in ("app_mention", "message", "member_joined_channel", "link_shared"):
            app.event(name)(_noting(said))

        for name in ("source_pause", "mute_for"):
            app.action(name)(_pressing(said))

        yield said


def _noting(said):
    async def note(event, body):
        said.append(event | {"event_id": body["event_id"], "as": body["authorizations"][0]["user_id"]})

    return note


def _pressing(said):
    async def press(ack, body, action):
        await ack()
        said.append(action | {"container": body["container"]["type"], "in_channel": "channel" in body})

    return press


async def test_a_message_shortcut_carries_the_message_of_a_thread_and_opens_a_modal(workspace, heard):
    parent = workspace.say("ada", "fact-desk", "Is that right?")
    reply = workspace.say("tomas", "fact-desk", "“We never agreed,” Osk said", parent.ts)
    answer = await workspace.shortcut("ada", "fact-desk", reply.ts)
    assert (answer.acked, answer.error) == (True, None)
    (told,) = heard
    assert (told["type"], told["message"]["text"]) == ("message_action", "“We never agreed,” Osk said")
    assert told["message"]["thread_ts"] == parent.ts
    assert told["channel"]["id"] == "C0FACTDESK"
    await workspace.wait_for(lambda: len(workspace.modals("ada")) == 1)


async def test_a_global_shortcut_names_no_channel(workspace, heard):
    await workspace.ask("noor")
    (told,) = heard
    assert told["type"] == "shortcut"
    assert not {"channel", "message", "response_url"} & set(told)
    await workspace.wait_for(lambda: len(workspace.modals("noor")) == 1)


async def test_a_shortcut_that_is_not_registered_cannot_be_used(workspace, heard):
    said = workspace.say("ada", "fact-desk", "hello")
    with pytest.raises(NotThereError, match="no message shortcut 'ask_record'"):
        await workspace.shortcut("ada", "fact-desk", said.ts, "ask_record")


async def test_the_home_is_published_when_it_is_opened_and_its_elements_can_be_used(workspace, heard):
    workspace.open_home("ada")
    await workspace.wait_for(lambda: workspace.home("ada") is not None)
    assert (heard[0]["tab"], heard[0]["user"]) == ("home", "U0ADA")
    await workspace.press("ada", "source_pause", home=True)
    await workspace.press("ada", "mute_for", chosen="1d", home=True)
    assert [(one["container"], one["in_channel"]) for one in heard[1:]] == [("view", False)] * 2
    assert heard[1]["value"] == "harbour"
    assert heard[2]["selected_option"]["value"] == "1d"
    with pytest.raises(NotThereError, match="no option '9d'"):
        await workspace.press("ada", "mute_for", chosen="9d", home=True)


async def test_a_mention_a_direct_message_and_an_invitation_are_told(workspace, heard):
    workspace.say("ada", "fact-desk", "<@U0ONRECORD> who velden")
    workspace.say("ada", "fact-desk", "nobody in particular")
    workspace.say("ada", "general", "<@U0ONRECORD> is not in here")
    workspace.say("ada", "U0ONRECORD", "who velden")
    workspace.invite_bot("investigations")
    await workspace.wait_for(lambda: len(heard) == 3)
    assert [one["type"] for one in heard] == ["app_mention", "message", "member_joined_channel"]
    assert heard[1]["channel_type"] == "im"
    assert (heard[2]["user"], heard[2]["channel"], heard[2]["inviter"]) == ("U0ONRECORD", "C0INQUIRY", "U0ADA")
    assert {one["as"] for one in heard} == {"U0ONRECORD"}
    assert len({one["event_id"] for one in heard}) == 3


async def test_a_link_of_ours_is_told_and_others_are_not(workspace, heard):
    workspace.say("ada", "fact-desk", "see <https://record.example/a/OR-1|here> and https://elsewhere.example/x")
    await workspace.wait_for(lambda: len(heard) == 1)
    assert heard[0]["links"] == [{"url": "https://record.example/a/OR-1", "domain": "record.example"}]


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_an_event_nobody_acknowledges_is_sent_again_at_once_after_a_minute_and_after_five(
    workspace, watch, connect, mode
):
    async with connect(workspace, mode) as app:  # with no listener for it
        del app
        workspace.say("ada", "fact-desk", "<@U0ONRECORD> hello")
        for seconds, sent in ((0, 2), (60, 3), (300, 4), (3600, 4)):
            watch.advance(seconds)
            await workspace.wait_for(lambda sent=sent: len(workspace.deliveries) == sent)
    told = workspace.deliveries
    assert [one.retry for one in told] == [0, 1, 2, 3]
    assert len({one.payload["event_id"] for one in told}) == 1
    assert all(one.ack.error for one in told)


async def test_what_is_sent_again_says_why(workspace, watch):
    asked = []

    async def refuse(request):
        asked.append(request.headers)
        return web.Response(status=500)

    app = web.Application()
    app.router.add_post("/", refuse)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    workspace.use_http(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    workspace.say("ada", "fact-desk", "<@U0ONRECORD> hello")
    await workspace.wait_for(lambda: len(workspace.deliveries) == 2)
    await runner.cleanup()
    watch.advance(60)
    await workspace.wait_for(lambda: len(workspace.deliveries) == 3)
    assert [one.get("X-Slack-Retry-Reason") for one in asked] == [None, "http_error"]
    assert [one.ack.reason for one in workspace.deliveries] == ["http_error", "http_error", "connection_failed"]


async def test_an_app_that_does_not_subscribe_to_an_event_is_not_told(workspace, heard):
    workspace.world.settings = replace(workspace.settings, events=("app_home_opened",))
    workspace.say("ada", "fact-desk", "<@U0ONRECORD> hello")
    workspace.open_home("ada")
    await workspace.wait_for(lambda: workspace.home("ada") is not None)
    assert [one["type"] for one in heard] == ["app_home_opened"]
