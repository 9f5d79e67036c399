"""A real Bolt app works in the workspace, by Socket Mode and by signed HTTP with the same listeners."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import parse_qs

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import NotThereError, Settings, Workspace
from bot.workspace.transport.signed_http import signature

FIELD = {
    "type": "input",
    "block_id": "reason",
    "label": {"type": "plain_text", "text": "Reason"},
    "element": {
        "type": "static_select",
        "action_id": "reason",
        "options": [
            {"text": {"type": "plain_text", "text": "Not a conflict"}, "value": "none"},
            {"text": {"type": "plain_text", "text": "Wrong words"}, "value": "words"},
        ],
    },
}
TITLE = {"type": "plain_text", "text": "Dismiss"}
MODAL = {"type": "modal", "callback_id": "dismiss", "title": TITLE, "submit": TITLE, "blocks": [FIELD]}


def listeners(app, card):
    """Answer in each of the ways in which an app may answer."""

    @app.command("/record")
    async def record(ack, respond, command, client):
        text = command["text"]
        if text == "silent":
            await asyncio.get_running_loop().create_future()
        if text == "inline":
            await ack("at once")
            return
        await ack()
        if text == "public":
            await respond(text="for everybody", response_type="in_channel")
        elif text == "twice":
            await respond(text="one")
            await respond(text="two")
        elif text == "whisper":
            await client.chat_postEphemeral(channel=command["channel_id"], user=command["user_id"], text="psst")
        elif text == "often":
            statuses = [(await respond(text=str(number))).status_code for number in range(6)]
            await client.chat_postMessage(channel=command["channel_id"], text=str(statuses))
        else:
            await respond(text="for you", blocks=card)

    @app.action("alert_confirm")
    async def confirm(ack, body, client):
        await client.chat_update(
            channel=body["channel"]["id"],
            ts=body["message"]["ts"],
            text=f"Confirmed by <@{body['user']['id']}>",
            blocks=body["message"]["blocks"][:-1],
        )
        await ack()

    @app.action("alert_dismiss")
    async def dismiss(ack, respond, body, client):
        await ack()
        if body["container"]["is_ephemeral"]:
            await respond(text="replaced", replace_original=True)
        else:
            await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("dismiss")
    async def submitted(ack, view, client):
        reason = view["state"]["values"]["reason"]["reason"]["selected_option"]["value"]
        if reason == "none":
            await ack(response_action="errors", errors={"reason": "Say more"})
            return
        await ack()
        await client.chat_postMessage(channel="C0FACTDESK", text=f"dismissed: {reason}")


@pytest.fixture(params=["socket", "http"])
async def app(request, workspace, card, connect):
    """A Bolt app that is connected to the workspace."""
    async with connect(workspace, request.param) as bolt:
        listeners(bolt, card)
        yield bolt


async def test_a_command_is_answered_to_the_person_only(workspace, app):
    answer = await workspace.slash("ada", "fact-desk", "who velden")
    assert (answer.acked, answer.error, answer.text) == (True, None, "for you")
    assert answer.posts[0].buttons == ("Confirm", "Dismiss")
    assert answer.posts[0].seen_only_by == "U0ADA"
    assert workspace.messages("fact-desk") == ()


async def test_a_command_is_answered_in_the_acknowledgement(workspace, app):
    answer = await workspace.slash("ada", "fact-desk", "inline")
    assert answer.text == "at once"
    assert workspace.ephemerals("ada", "fact-desk") == tuple(answer.posts)


async def test_a_command_is_answered_to_everybody_on_request(workspace, app):
    answer = await workspace.slash("ada", "fact-desk", "public")
    assert [m.text for m in workspace.messages("fact-desk")] == ["for everybody"]
    assert answer.posts[0].seen_only_by is None


async def test_several_answers_are_waited_for(workspace, app):
    answer = await workspace.slash("ada", "fact-desk", "twice", answers=2)
    assert answer.text == "one\ntwo"


async def test_an_answer_by_another_way_is_seen_among_the_ephemerals(workspace, app):
    await workspace.slash("ada", "fact-desk", "whisper", answers=0)
    await workspace.wait_for(lambda: bool(workspace.ephemerals("ada")))
    assert workspace.ephemerals("ada")[0].text == "psst"


async def test_an_answer_that_does_not_come_is_named(workspace, app):
    with pytest.raises(TimeoutError, match="2 answer"):
        await workspace.slash("ada", "fact-desk", "inline", answers=2, within=0.05)


async def test_a_sixth_answer_is_refused(workspace, app):
    await workspace.slash("ada", "fact-desk", "often", answers=5)
    await workspace.wait_for(lambda: bool(workspace.messages("fact-desk")))
    assert workspace.messages("fact-desk")[0].text == str([200] * 5 + [404])


async def test_an_answer_after_thirty_minutes_is_refused(workspace, app, watch):
    await workspace.slash("ada", "fact-desk", "inline")
    payload = workspace.deliveries[0].payload
    watch.advance(30 * 60 + 1)
    async with aiohttp.ClientSession() as session:
        answer = await session.post(payload["response_url"], json={"text": "late"})
        assert (answer.status, (await answer.json())["error"]) == (404, "expired_url")


async def test_a_slash_payload_is_as_slack_sends_it(workspace, app):
    await workspace.slash("ada", "#fact-desk", "inline")
    payload = workspace.deliveries[0].payload
    assert payload["is_enterprise_install"] == "false"
    assert (payload["command"], payload["text"], payload["user_id"]) == ("/record", "inline", "U0ADA")
    assert (payload["channel_id"], payload["channel_name"]) == ("C0FACTDESK", "fact-desk")


async def test_a_click_reaches_the_app_and_the_card_changes(workspace, app, client, card):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="A conflict", blocks=card))["ts"]
    answer = await workspace.click("ada", "fact-desk", ts, "alert_confirm")
    await workspace.wait_for(lambda: workspace.messages("fact-desk")[0].edited is not None)
    (message,) = workspace.messages("fact-desk")
    assert answer.acked
    assert (message.text, message.buttons) == ("Confirmed by <@U0ADA>", ())
    payload = workspace.deliveries[0].payload
    assert payload["actions"][0]["value"] == "OR-1"
    assert payload["actions"][0]["block_id"] == "triage:OR-1:1"
    assert payload["message"]["ts"] == payload["container"]["message_ts"] == ts
    with pytest.raises(NotThereError):
        await workspace.click("ada", "fact-desk", ts, "alert_confirm")


async def test_an_ephemeral_answer_can_be_replaced_and_carries_no_message(workspace, app):
    shown = (await workspace.slash("ada", "fact-desk", "who")).posts[0]
    answer = await workspace.click("ada", "fact-desk", shown.ts, "alert_dismiss", answers=1)
    assert answer.text == "replaced"
    assert [m.text for m in workspace.ephemerals("ada")] == ["replaced"]
    payload = workspace.deliveries[-1].payload
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload


async def test_a_modal_opens_complains_and_closes(workspace, app, client, card):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="A conflict", blocks=card))["ts"]
    await workspace.click("ada", "fact-desk", ts, "alert_dismiss")
    await workspace.wait_for(lambda: bool(workspace.modals("ada")))
    with pytest.raises(NotThereError, match="must be filled in"):
        await workspace.submit("ada", {})
    with pytest.raises(NotThereError, match="no option"):
        await workspace.submit("ada", {"reason": "boredom"})
    await workspace.submit("ada", {"reason": "none"})
    assert workspace.modals("ada")[0].errors == {"reason": "Say more"}
    await workspace.submit("ada", {"reason": "words"})
    assert workspace.modals("ada") == ()
    await workspace.wait_for(lambda: len(workspace.messages("fact-desk")) == 2)
    assert workspace.messages("fact-desk")[1].text == "dismissed: words"


async def test_a_person_cannot_press_what_is_not_there(workspace, app, client, card):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="A conflict", blocks=card))["ts"]
    shown = (await workspace.slash("ada", "fact-desk", "who")).posts[0]
    with pytest.raises(NotThereError, match="no button"):
        await workspace.click("ada", "fact-desk", ts, "alert_undo")
    with pytest.raises(NotThereError, match="sees no message"):
        await workspace.click("tomas", "fact-desk", shown.ts, "alert_confirm")
    with pytest.raises(NotThereError, match="sees no message"):
        await workspace.click("ada", "fact-desk", "1.000001", "alert_confirm")
    assert [delivery.kind for delivery in workspace.deliveries] == ["slash_commands"]


async def test_an_unknown_command_is_refused_by_the_workspace_itself(workspace, app):
    answer = await workspace.slash("ada", "fact-desk", "x", command="/recrod")
    assert answer.error == "unknown_command"
    assert workspace.ephemerals("ada")[0].text == "/recrod is not a valid command."
    assert workspace.deliveries == []


async def test_an_unheard_command_is_shown_as_failed(workspace):
    answer = await workspace.slash("ada", "fact-desk", "help")
    assert answer.error == "dispatch_failed"
    assert "dispatch_failed" in workspace.ephemerals("ada")[0].text


async def test_a_command_without_acknowledgement_is_a_timeout_for_the_person(watch, card):
    place = Workspace(Settings(clock=watch, ack_timeout=0.05))
    await place.start()
    bolt = AsyncApp(client=AsyncWebClient(token=place.bot_token, base_url=place.base_url))
    listeners(bolt, card)
    own = AsyncWebClient(token=place.app_token, base_url=place.base_url)
    handler = AsyncSocketModeHandler(bolt, place.app_token, web_client=own)
    await handler.connect_async()
    await place.wait_for(lambda: place.connections == 1)
    try:
        answer = await place.slash("ada", "fact-desk", "silent")
        assert (answer.acked, answer.error) == (False, "operation_timeout")
        assert "operation_timeout" in place.ephemerals("ada")[0].text
    finally:
        await handler.close_async()
        await place.stop()


@pytest.mark.parametrize("app", ["http"], indirect=True)
async def test_a_body_signed_with_another_secret_is_refused_by_bolt(workspace, app):
    url = workspace.request_url
    body = b"command=%2Frecord&text=inline"
    stamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature("another", stamp, body),
    }
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        assert answer.status == 401


def test_the_signature_is_the_one_in_slacks_documentation():
    """The worked example of https://docs.slack.dev/authentication/verifying-requests-from-slack."""
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    assert parse_qs(body)["command"] == ["/webhook-collect"]
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body.encode()) == expected
