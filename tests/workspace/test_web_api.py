"""The Web API answers as Slack's does, through the real client and through bare HTTP."""

from __future__ import annotations

import json

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Settings, Workspace
from bot.workspace.world import Trigger

METADATA = {"event_type": "onrecord_alert", "event_payload": {"alert_id": "OR-1", "dedupe_key": "a:b"}}


async def refused(call):
    """Return the error code with which Slack refuses a call."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response["error"]


async def raw(workspace, method, **request):
    """Call a method without slack_sdk and return status and body."""
    async with aiohttp.ClientSession() as session, session.post(workspace.base_url + method, **request) as answer:
        return answer.status, await answer.json()


async def test_auth_test_names_the_bot_and_the_team(client):
    answer = await client.auth_test()
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0NEWSROOM", "U0ONRECORD", "B0ONRECORD")


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-of-somebody-else", "invalid_auth"), ("APP", "not_allowed_token_type")],
)
async def test_a_wrong_token_is_refused(workspace, token, error):
    token = workspace.app_token if token == "APP" else token
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    assert await raw(workspace, "auth.test", headers=headers) == (200, {"ok": False, "error": error})


async def test_the_bot_token_opens_no_socket(workspace, client):
    assert await refused(client.apps_connections_open(app_token=workspace.bot_token)) == "not_allowed_token_type"


async def test_api_test_needs_no_token(workspace):
    assert await raw(workspace, "api.test", json={"a": 1}) == (200, {"ok": True, "args": {"a": 1}})


async def test_an_unknown_method_and_bad_json_are_named(workspace):
    _, unknown = await raw(workspace, "chat.shout", json={})
    _, bad = await raw(workspace, "api.test", data="{", headers={"Content-Type": "application/json"})
    assert (unknown["error"], bad["error"]) == ("unknown_method", "invalid_json")


async def test_a_missing_scope_is_named():
    async with Workspace(Settings(scopes=("commands",))) as place:
        client = AsyncWebClient(token=place.bot_token, base_url=place.base_url)
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="C0FACTDESK", text="hello")
    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "chat:write"


async def test_each_kind_of_channel_asks_for_a_scope_of_its_own_to_be_read():
    async with Workspace(Settings(scopes=("chat:write", "channels:history"))) as place:
        client = AsyncWebClient(token=place.bot_token, base_url=place.base_url)
        assert (await client.conversations_history(channel="C0FACTDESK"))["ok"]
        place.invite_bot("investigations")
        for read in (client.conversations_history, client.conversations_replies):
            with pytest.raises(SlackApiError) as caught:
                await read(channel="C0INQUIRY", **({"ts": "1.000000"} if read == client.conversations_replies else {}))
            assert caught.value.response["error"] == "missing_scope"
            assert caught.value.response["needed"] == "groups:history"


@pytest.mark.parametrize("way", ["json", "form", "multipart", "query"])
async def test_arguments_are_read_whichever_way_they_are_sent(workspace, card, way):
    headers = {"Authorization": f"Bearer {workspace.bot_token}"}
    flat = {"channel": "C0FACTDESK", "text": "hello", "blocks": json.dumps(card)}
    if way == "json":
        request = {"json": {**flat, "blocks": card}}
    elif way == "form":
        request = {"data": flat}
    elif way == "query":
        request = {"params": flat}
    else:
        form = aiohttp.FormData(flat, default_to_multipart=True)
        request = {"data": form}
    _, answer = await raw(workspace, "chat.postMessage", headers=headers, **request)
    assert answer["ok"]
    assert workspace.messages("fact-desk")[0].button("alert_confirm")["value"] == "OR-1"


async def test_a_posted_message_is_stored_with_blocks_and_metadata(workspace, client, card):
    answer = await client.chat_postMessage(channel="#fact-desk", text="A conflict", blocks=card, metadata=METADATA)
    (message,) = workspace.messages("fact-desk")
    assert answer["ts"] == message.ts
    assert message.text == "A conflict"
    assert message.metadata == METADATA
    assert message.buttons == ("Confirm", "Dismiss")
    assert all(block["block_id"] for block in message.blocks)


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOWHERE", "channel_not_found"),
        ("C0INQUIRY", "channel_not_found"),  # private, the bot is not in it
        ("C0GENERAL", "not_in_channel"),
        ("C0ELECTION", "is_archived"),
    ],
)
async def test_a_channel_that_cannot_be_posted_to_is_named(client, channel, error):
    assert await refused(client.chat_postMessage(channel=channel, text="hello")) == error


async def test_a_message_without_words_is_refused(workspace):
    _, answer = await raw(
        workspace,
        "chat.postMessage",
        json={"channel": "C0FACTDESK", "text": "  "},
        headers={"Authorization": f"Bearer {workspace.bot_token}"},
    )
    assert answer["error"] == "no_text"


async def test_invalid_blocks_come_with_their_place(client):
    blocks = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0FACTDESK", text="hello", blocks=blocks)
    response = caught.value.response
    assert response["error"] == "invalid_blocks"
    assert response["errors"][0]["pointer"] == "/blocks/0/text/text"
    expected = "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    assert response["response_metadata"]["messages"] == [expected]


async def test_too_many_characters_in_blocks_are_refused(client):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5
    assert (
        await refused(client.chat_postMessage(channel="C0FACTDESK", text="a", blocks=blocks)) == "msg_blocks_too_long"
    )


async def test_over_long_text_is_cut_with_a_warning_or_refused_by_setting(workspace, client):
    answer = await client.chat_postMessage(channel="C0FACTDESK", text="x" * 40_001)
    assert answer["warning"] == "message_truncated"
    assert len(workspace.messages("fact-desk")[0].text) == 40_000
    async with Workspace(Settings(long_text="refuse")) as strict:
        other = AsyncWebClient(token=strict.bot_token, base_url=strict.base_url)
        assert await refused(other.chat_postMessage(channel="C0FACTDESK", text="x" * 40_001)) == "msg_too_long"


async def test_an_update_changes_the_message_in_place_and_keeps_its_metadata(workspace, client, card):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="one", blocks=card, metadata=METADATA))["ts"]
    await client.chat_update(channel="C0FACTDESK", ts=ts, text="two", blocks=card[:1])
    (message,) = workspace.messages("fact-desk")
    assert (message.ts, message.text, message.buttons) == (ts, "two", ())
    assert message.metadata == METADATA
    assert message.edited > ts


async def test_only_own_messages_can_be_updated_or_deleted(workspace, client):
    said = workspace.say("ada", "fact-desk", "mine")
    update = await refused(client.chat_update(channel="C0FACTDESK", ts=said.ts, text="x"))
    delete = await refused(client.chat_delete(channel="C0FACTDESK", ts=said.ts))
    missing = await refused(client.chat_update(channel="C0FACTDESK", ts="1.000001", text="x"))
    assert (update, delete, missing) == ("cant_update_message", "cant_delete_message", "message_not_found")


async def test_an_update_takes_no_more_than_4000_bytes(client):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="one"))["ts"]
    assert await refused(client.chat_update(channel="C0FACTDESK", ts=ts, text="é" * 2001)) == "msg_too_long"


async def test_a_deleted_message_is_gone(workspace, client):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="one"))["ts"]
    await client.chat_delete(channel="C0FACTDESK", ts=ts)
    assert workspace.messages("fact-desk") == ()


async def test_replies_stand_in_the_thread_and_not_in_the_history(workspace, client):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="parent"))["ts"]
    await client.chat_postMessage(channel="C0FACTDESK", text="reply", thread_ts=ts)
    history = (await client.conversations_history(channel="C0FACTDESK"))["messages"]
    thread = (await client.conversations_replies(channel="C0FACTDESK", ts=ts))["messages"]
    assert [(m["text"], m["reply_count"]) for m in history] == [("parent", 1)]
    assert [m["text"] for m in thread] == ["parent", "reply"]
    assert [m.text for m in workspace.replies("fact-desk", ts)] == ["reply"]
    missing = client.chat_postMessage(channel="C0FACTDESK", text="x", thread_ts="1.000001")
    assert await refused(missing) == "thread_not_found"


async def test_a_broadcast_reply_stands_in_the_history_too(client):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="parent"))["ts"]
    await client.chat_postMessage(channel="C0FACTDESK", text="reply", thread_ts=ts, reply_broadcast=True)
    history = (await client.conversations_history(channel="C0FACTDESK"))["messages"]
    assert [m["text"] for m in history] == ["reply", "parent"]


async def test_history_gives_metadata_only_when_asked(client):
    await client.chat_postMessage(channel="C0FACTDESK", text="one", metadata=METADATA)
    without = (await client.conversations_history(channel="C0FACTDESK"))["messages"][0]
    asked = (await client.conversations_history(channel="C0FACTDESK", include_all_metadata=True))["messages"][0]
    assert "metadata" not in without
    assert asked["metadata"] == METADATA


async def test_history_is_newest_first_and_pages_by_cursor(workspace, client):
    for number in range(5):
        workspace.say("ada", "fact-desk", str(number))
    first = await client.conversations_history(channel="C0FACTDESK", limit=3)
    second = await client.conversations_history(
        channel="C0FACTDESK", limit=3, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [m["text"] for m in first["messages"]] == ["4", "3", "2"]
    assert [m["text"] for m in second["messages"]] == ["1", "0"]
    assert (first["has_more"], second["has_more"]) == (True, False)


async def test_history_honours_its_bounds(workspace, client):
    stamps = [workspace.say("ada", "fact-desk", str(number)).ts for number in range(4)]

    async def texts(**bounds):
        answer = await client.conversations_history(channel="C0FACTDESK", **bounds)
        return [message["text"] for message in answer["messages"]]

    assert await texts(oldest=stamps[1]) == ["3", "2"]
    assert await texts(oldest=stamps[1], inclusive=True) == ["3", "2", "1"]
    assert await texts(oldest=stamps[0], latest=stamps[2]) == ["1"]
    assert await texts(oldest="0", latest=stamps[0], inclusive=True) == ["0"]
    assert await refused(client.conversations_history(channel="C0FACTDESK", oldest="soon")) == "invalid_ts_oldest"


async def test_history_can_lag_behind(watch):
    async with Workspace(Settings(clock=watch, history_lag=5)) as place:
        client = AsyncWebClient(token=place.bot_token, base_url=place.base_url)
        await client.chat_postMessage(channel="C0FACTDESK", text="one")
        before = await client.conversations_history(channel="C0FACTDESK")
        watch.advance(5)
        after = await client.conversations_history(channel="C0FACTDESK")
    assert (len(before["messages"]), len(after["messages"])) == (0, 1)


async def test_history_of_a_channel_without_the_bot_is_refused(client):
    assert await refused(client.conversations_history(channel="C0GENERAL")) == "not_in_channel"


async def test_an_ephemeral_message_is_seen_by_one_person_and_not_in_the_history(workspace, client):
    await client.chat_postEphemeral(channel="C0FACTDESK", user="U0ADA", text="for you")
    assert [m.text for m in workspace.ephemerals("ada")] == ["for you"]
    assert workspace.ephemerals("tomas") == ()
    assert (await client.conversations_history(channel="C0FACTDESK"))["messages"] == []
    stranger = client.chat_postEphemeral(channel="C0FACTDESK", user="U0NOBODY", text="x")
    assert await refused(stranger) == "user_not_in_channel"


async def test_a_permalink_leads_to_the_page(workspace, client):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="one"))["ts"]
    link = (await client.chat_getPermalink(channel="C0FACTDESK", message_ts=ts))["permalink"]
    async with aiohttp.ClientSession() as session, session.get(link, allow_redirects=False) as answer:
        assert answer.headers["Location"] == f"/?channel=C0FACTDESK#{ts}"


async def test_a_second_equal_reaction_is_refused(client):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="one"))["ts"]
    await client.reactions_add(channel="C0FACTDESK", timestamp=ts, name="eyes")
    assert await refused(client.reactions_add(channel="C0FACTDESK", timestamp=ts, name="eyes")) == "already_reacted"


async def test_lists_show_what_the_bot_may_see(client):
    channels = (await client.conversations_list(types="public_channel,private_channel"))["channels"]
    active = (await client.conversations_list(exclude_archived=True))["channels"]
    people = (await client.users_list())["members"]
    members = (await client.conversations_members(channel="C0FACTDESK"))["members"]
    assert [c["name"] for c in channels] == ["fact-desk", "general", "election-night"]
    assert [c["name"] for c in active] == ["fact-desk", "general"]
    assert {"ada", "tomas", "noor", "onrecord"} <= {p["name"] for p in people}
    assert "U0ONRECORD" in members
    assert (await client.users_info(user="U0ADA"))["user"]["real_name"] == "Ada Lindholm"
    assert (await client.conversations_info(channel="C0FACTDESK"))["channel"]["is_member"]
    assert (await client.team_info())["team"]["name"] == "Newsroom"


async def test_a_post_to_a_person_makes_direct_messages(workspace, client):
    opened = (await client.conversations_open(users="U0ADA"))["channel"]["id"]
    posted = (await client.chat_postMessage(channel="U0ADA", text="psst"))["channel"]
    assert opened == posted
    assert [m.text for m in workspace.messages(opened)] == ["psst"]


async def test_a_modal_needs_a_fresh_trigger(client):
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Dismiss"}, "blocks": []}
    assert await refused(client.views_open(trigger_id="nonsense", view=view)) == "invalid_trigger_id"


async def test_a_trigger_opens_one_modal_within_three_seconds(workspace, client, watch):
    def trigger(name):
        workspace.world.triggers[name] = Trigger(person="U0ADA", made=watch())
        return name

    view = {"type": "modal", "title": {"type": "plain_text", "text": "Dismiss"}, "blocks": []}
    late = trigger("late")
    watch.advance(3.1)
    assert await refused(client.views_open(trigger_id=late, view=view)) == "expired_trigger_id"
    assert await refused(client.views_push(trigger_id=trigger("alone"), view=view)) == "not_found"
    opened = (await client.views_open(trigger_id=trigger("once"), view=view))["view"]
    assert await refused(client.views_open(trigger_id="once", view=view)) == "exchanged_trigger_id"
    for name in ("second", "third"):
        await client.views_push(trigger_id=trigger(name), view=view)
    assert await refused(client.views_push(trigger_id=trigger("fourth"), view=view)) == "push_limit_reached"
    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)
    stale = client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)
    assert await refused(stale) == "hash_conflict"
    home = {"type": "home", "blocks": []}
    assert await refused(client.views_open(trigger_id=trigger("home"), view=home)) == "invalid_arguments"


async def test_a_home_is_published(workspace, client, card):
    await client.views_publish(user_id="U0ADA", view={"type": "home", "blocks": card[:1]})
    assert workspace.world.homes["U0ADA"].content["type"] == "home"


async def test_posts_faster_than_one_a_second_are_refused_until_the_bucket_fills(workspace, client, watch):
    for number, name in enumerate(("C0FACTDESK", "#fact-desk", "fact-desk", "C0FACTDESK")):  # one bucket for them all
        await client.chat_postMessage(channel=name, text=str(number))
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0FACTDESK", text="too soon")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"
    assert caught.value.response["error"] == "ratelimited"
    await client.chat_postMessage(channel="U0ADA", text="another channel has a bucket of its own")
    watch.advance(1)
    await client.chat_postMessage(channel="C0FACTDESK", text="4")
    assert [m.text for m in workspace.messages("fact-desk")] == ["0", "1", "2", "3", "4"]


async def test_the_pace_can_be_switched_off():
    async with Workspace(Settings(rate_limited=False)) as place:
        client = AsyncWebClient(token=place.bot_token, base_url=place.base_url)
        for number in range(20):
            await client.chat_postMessage(channel="C0FACTDESK", text=str(number))
        assert len(place.messages("fact-desk")) == 20


async def test_every_call_is_on_the_log_without_its_token(workspace, client):
    await client.chat_postMessage(channel="C0FACTDESK", text="one")
    await refused(client.chat_postMessage(channel="C0NOWHERE", text="two"))
    one, two = workspace.calls
    assert (one.method, one.arguments["text"], one.ok) == ("chat.postMessage", "one", True)
    assert (two.answer["error"], two.ok) == ("channel_not_found", False)
    assert workspace.bot_token not in repr(workspace.calls)


async def test_a_request_under_another_host_name_is_refused(workspace):
    headers = {"Host": "evil.example", "Authorization": f"Bearer {workspace.bot_token}"}
    url = workspace.base_url + "auth.test"
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers) as answer:
        assert answer.status == 403


async def test_a_channel_can_close_lose_and_regain_the_bot(workspace, client):
    channel = workspace.add_channel("harbour").id
    workspace.remove_bot("harbour")
    assert await refused(client.chat_postMessage(channel=channel, text="one")) == "not_in_channel"
    workspace.invite_bot("harbour")
    assert (await client.chat_postMessage(channel=channel, text="two"))["ok"]
    workspace.archive("harbour")
    assert await refused(client.chat_postMessage(channel=channel, text="three")) == "is_archived"
    assert [m.text for m in workspace.messages("harbour")] == ["two"]


async def test_a_revoked_token_meets_its_error(workspace, client):
    workspace.revoke_token("account_inactive")
    assert await refused(client.chat_postMessage(channel="C0FACTDESK", text="one")) == "account_inactive"
