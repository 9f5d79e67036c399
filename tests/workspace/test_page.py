"""The page shows the channel as Slack would, takes commands and clicks, and obeys nobody but itself."""

from __future__ import annotations

import json
import re

import aiohttp
import browser
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.page.render import state
from bot.workspace.world import View

HOSTILE = "<img src=x onerror=window.hacked=1> &lt;script&gt;window.hacked=1&lt;/script&gt; <javascript:hacked()|click>"


async def sent(workspace, path, origin, body=None, content_type="application/json"):
    """Post to the page as a browser with this Origin would, and return the status."""
    headers = {"Content-Type": content_type} | ({"Origin": origin} if origin else {})
    content = json.dumps(body or {"person": "ada", "channel": "fact-desk", "text": "hello"})
    url = workspace.page_url + path
    async with aiohttp.ClientSession() as session, session.post(url, data=content, headers=headers) as answer:
        return answer.status


async def test_only_the_page_itself_may_act(workspace):
    own = workspace.page_url.rstrip("/")
    assert await sent(workspace, "page/say", "https://evil.example") == 403
    assert await sent(workspace, "page/say", None) == 403
    assert await sent(workspace, "page/say", "null") == 403
    assert await sent(workspace, "page/say", own, content_type="text/plain") == 403
    assert workspace.messages("fact-desk") == ()
    assert await sent(workspace, "page/say", own) == 200
    assert len(workspace.messages("fact-desk")) == 1


async def test_the_news_is_told_to_the_page_only(workspace):
    url = workspace.page_url + "page/live"
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(url, origin="https://evil.example")
        assert caught.value.status == 403
        socket = await session.ws_connect(url, origin=workspace.page_url.rstrip("/"))
        first = (await socket.receive_json())["version"]
        workspace.say("ada", "fact-desk", "hello")
        assert (await socket.receive_json())["version"] > first


async def test_the_page_is_served_with_a_policy_that_lets_nothing_else_in(workspace):
    async with aiohttp.ClientSession() as session:
        for name in ("", "page/style.css", "page/page.js", "page/draw.js", "page/app.svg", "page/state"):
            async with session.get(workspace.page_url + name) as answer:
                assert answer.status == 200
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
                text = await answer.text()
                assert not re.search(r"(?:src|href|url|import)\s*[=(]?\s*[\"']?https?:", text)
        async with session.get(workspace.page_url + "page/secrets.txt") as answer:
            assert answer.status == 404
        async with session.get(workspace.page_url, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403


async def test_what_cannot_be_done_is_said(workspace):
    own = workspace.page_url.rstrip("/")
    click = {"person": "ada", "channel": "fact-desk", "ts": "1.000001", "action": "x"}
    assert await sent(workspace, "page/click", own, click) == 409
    assert await sent(workspace, "page/click", own, {"person": "nobody"}) == 400


async def test_a_private_answer_in_a_thread_stands_in_the_thread_of_its_person(workspace, client):
    parent = workspace.say("ada", "fact-desk", "parent")
    await client.chat_postEphemeral(channel="C0FACTDESK", user="U0ADA", text="for Ada", thread_ts=parent.ts)
    world = workspace.world
    seen = state(world, world.person("ada"), world.channel("fact-desk"))["messages"]
    other = state(world, world.person("tomas"), world.channel("fact-desk"))["messages"]
    assert [[reply["ephemeral"] for reply in message["replies"]] for message in seen] == [[True]]
    assert [message["replies"] for message in other] == [[]]


async def test_a_person_sees_own_channels_and_own_ephemeral_messages(workspace, client):
    await client.chat_postEphemeral(channel="C0FACTDESK", user="U0ADA", text="for Ada")
    world = workspace.world
    seen = state(world, world.person("ada"), world.channel("fact-desk"))
    other = state(world, world.person("tomas"), world.channel("fact-desk"))
    assert [(m["ephemeral"], m["blocks"][0]["text"]) for m in seen["messages"]] == [(True, ["for Ada"])]
    assert other["messages"] == []
    assert workspace.bot_token not in json.dumps(seen)


@pytest.fixture(scope="module")
def chromium():
    """The debugging address of a headless Chromium."""
    if browser.binary() is None:
        pytest.skip("no Chromium on this machine")
    with browser.chromium() as address:
        yield address


@pytest.fixture
async def tab(chromium, workspace):
    async with browser.tab(chromium) as tab:
        yield tab
    assert tab.errors == []


@pytest.fixture
async def app(workspace, card):
    """A small Bolt app: a command with a private answer, a button that changes the card, one that opens a modal."""
    bolt = AsyncApp(client=AsyncWebClient(token=workspace.bot_token, base_url=workspace.base_url))

    @bolt.command("/record")
    async def record(ack, respond, command):
        await ack()
        await respond(text=f"You asked: {command['text']}")

    @bolt.action("alert_confirm")
    async def confirm(ack, body, client):
        await ack()
        await client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text="x", blocks=body["message"]["blocks"][:-1]
        )

    @bolt.action("alert_dismiss")
    async def dismiss(ack, body, client):
        await ack()
        title = {"type": "plain_text", "text": "Dismiss"}
        field = {
            "type": "input",
            "block_id": "note",
            "label": {"type": "plain_text", "text": "Why"},
            "element": {"type": "plain_text_input", "action_id": "note"},
        }
        view = {"type": "modal", "callback_id": "dismiss", "title": title, "submit": title, "blocks": [field]}
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @bolt.view("dismiss")
    async def submitted(ack, view, client):
        await ack()
        note = view["state"]["values"]["note"]["note"]["value"]
        await client.chat_postMessage(channel="C0FACTDESK", text=f"Dismissed: {note}")

    own = AsyncWebClient(token=workspace.app_token, base_url=workspace.base_url)
    handler = AsyncSocketModeHandler(bolt, workspace.app_token, web_client=own)
    await handler.connect_async()
    yield bolt
    await handler.close_async()


async def test_the_card_is_shown_as_slack_shows_it(workspace, client, card, tab):
    await client.chat_postMessage(channel="C0FACTDESK", text="A conflict", blocks=card)
    await tab.open(workspace.page_url)
    assert await tab.value("document.title") == "#fact-desk · Newsroom"
    assert await tab.value("document.querySelector('.message .head strong').textContent") == "On Record"
    assert await tab.value("document.querySelector('.message .badge').textContent") == "APP"
    assert await tab.value("document.querySelector('.header').textContent") == "Velden vs Osk on the harbour"
    columns = await tab.value(
        "getComputedStyle(document.querySelector('.fields')).gridTemplateColumns.split(' ').length"
    )
    assert columns == 2
    assert await tab.value("document.querySelector('blockquote').textContent") == "“We will build it”"
    assert await tab.value("[...document.querySelectorAll('.actions .button')].map(b => b.textContent).join()") == (
        "Confirm,Dismiss"
    )


async def test_escaped_and_hostile_text_never_becomes_markup(workspace, client, tab):
    await client.chat_postMessage(channel="C0FACTDESK", text=HOSTILE)
    await tab.open(workspace.page_url)
    shown = await tab.value("document.querySelector('.section').textContent")
    assert shown == ("<img src=x onerror=window.hacked=1> <script>window.hacked=1</script> <javascript:hacked()|click>")
    assert await tab.value("document.querySelectorAll('.section :is(img, script, a)').length") == 0
    assert await tab.value("window.hacked === undefined")


async def test_a_typed_command_is_answered_to_the_person_only(workspace, app, tab):
    await tab.open(workspace.page_url)
    await tab.type("/re", enter=False)
    assert await tab.value("document.querySelector('#commands strong').textContent") == "/record"
    await tab.picture("hint")
    await tab.type("cord who velden")
    await tab.until("document.querySelector('.ephemeral')")
    shown = await tab.value("document.querySelector('.ephemeral').textContent")
    assert "Only visible to you" in shown
    assert "You asked: who velden" in shown
    assert await tab.value("document.querySelector('#text').value") == ""


async def test_a_pressed_button_changes_the_card_and_another_opens_a_modal(workspace, app, client, card, tab):
    await client.chat_postMessage(channel="C0FACTDESK", text="A conflict", blocks=card)
    await tab.open(workspace.page_url)
    await tab.press("[data-action=alert_dismiss]")
    await tab.until("document.querySelector('#modal').open")
    await tab.picture("modal")
    await tab.value("document.querySelector('#modal input').focus()")
    await tab.tell("Input.insertText", text="wrong words")
    await tab.press("#modal .primary")
    await tab.until("document.querySelectorAll('.message').length === 2 && !document.querySelector('#modal').open")
    assert workspace.messages("fact-desk")[1].text == "Dismissed: wrong words"
    await tab.press("[data-action=alert_confirm]")
    await tab.until("!document.querySelector('#messages .actions')")
    assert workspace.messages("fact-desk")[0].buttons == ()


async def test_messages_appear_as_they_are_posted_and_other_channels_light_up(workspace, tab):
    await tab.open(workspace.page_url)
    workspace.say("tomas", "fact-desk", "*hello* & good morning")
    await tab.until("document.querySelector('.message strong + time')")
    assert await tab.value("document.querySelector('.section strong').textContent") == "hello"
    workspace.say("tomas", "general", "elsewhere")
    await tab.until("document.querySelector('[data-channel=C0GENERAL].fresh')")
    await tab.press("[data-channel=C0GENERAL]")
    await tab.until("document.querySelector('.section')?.textContent === 'elsewhere'")


async def test_a_message_typed_on_the_page_is_said_by_the_person_chosen(workspace, tab):
    await tab.open(f"{workspace.page_url}?person=noor")
    await tab.type("a < b & *c*")
    await workspace.wait_for(lambda: bool(workspace.messages("fact-desk")))
    (message,) = workspace.messages("fact-desk")
    assert (message.author, message.text) == ("U0NOOR", "a &lt; b &amp; *c*")


async def test_a_thread_opens_beside_the_channel(workspace, client, card, tab):
    ts = (await client.chat_postMessage(channel="C0FACTDESK", text="A conflict", blocks=card))["ts"]
    await client.chat_postMessage(channel="C0FACTDESK", text="the evidence", thread_ts=ts)
    await tab.open(workspace.page_url)
    assert await tab.value("document.querySelectorAll('#messages .message').length") == 1
    await tab.press(".thread")
    await tab.until("!document.querySelector('aside').hidden")
    assert "the evidence" in await tab.value("document.querySelector('#replies').textContent")
    workspace.say("ada", "fact-desk", "seen", ts)
    await tab.until("document.querySelector('#replies').textContent.includes('seen')")
    await tab.picture("thread")


@pytest.mark.parametrize(
    ("width", "scheme", "paper", "columns"),
    [
        (1200, "light", "rgb(255, 255, 255)", 2),
        (1200, "dark", "rgb(26, 29, 33)", 2),
        (420, "light", "rgb(255, 255, 255)", 1),
    ],
    ids=["light", "dark", "narrow"],
)
async def test_the_designed_alert_fits_the_page(workspace, client, tab, shared, width, scheme, paper, columns):  # noqa: PLR0917 - fixtures and cases
    alert = json.loads((shared / "design" / "alert.json").read_text(encoding="utf-8"))
    await client.chat_postMessage(**alert)
    await tab.open(workspace.page_url, width=width, height=1100, scheme=scheme)
    await tab.picture(f"alert-{width}-{scheme}")
    assert await tab.value("document.documentElement.scrollWidth <= innerWidth")
    assert await tab.value("getComputedStyle(document.body).backgroundColor") == paper
    grid = "getComputedStyle(document.querySelector('.fields')).gridTemplateColumns.split(' ').length"
    assert await tab.value(grid) == columns
    shown = await tab.value("document.querySelector('.message .body').innerText")
    assert "“Yeah, he will accept that” … “I specifically asked him that question." in shown
    assert "*" not in shown


def plain(text):
    return {"type": "plain_text", "text": text}


def field(block_id, element, **more):
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


OPTIONS = [{"text": plain(text), "value": text} for text in ("speaker", "words", "date")]
FORM = {
    "type": "modal",
    "callback_id": "mend",
    "title": plain("Mend"),
    "submit": plain("Send"),
    "blocks": [
        field("reason", {"type": "static_select", "action_id": "a", "options": OPTIONS}),
        field("parts", {"type": "checkboxes", "action_id": "b", "options": OPTIONS, "initial_options": OPTIONS[:2]}),
        field("which", {"type": "radio_buttons", "action_id": "c", "options": OPTIONS, "initial_option": OPTIONS[2]}),
        field("day", {"type": "datepicker", "action_id": "d", "initial_date": "2031-02-24"}),
        field("words", {"type": "plain_text_input", "action_id": "e", "multiline": True, "initial_value": "as said"}),
        field("note", {"type": "plain_text_input", "action_id": "f"}, optional=True),
    ],
}


def open_modal(workspace, **more):
    view = View(id="V1", person="U0ADA", content=FORM, hash="h", **more)
    workspace.world.views[view.id] = view


async def test_a_modal_shows_every_kind_of_field_with_what_stands_in_it(workspace, tab):
    workspace.say("ada", "fact-desk", "hello")
    open_modal(workspace)
    await tab.open(workspace.page_url)
    shown = await tab.value(
        "[...document.querySelectorAll('#modal fieldset')].map(f => [f.querySelector('legend').textContent,"
        " [...f.querySelectorAll('select, input, textarea')].filter(c => !['checkbox', 'radio'].includes(c.type) ||"
        " c.checked).map(c => c.value).join(' ')].join(': '))"
    )
    assert shown == [
        "reason: ",
        "parts: speaker words",
        "which: date",
        "day: 2031-02-24",
        "words: as said",
        "note (optional): ",
    ]


async def test_what_is_wrong_with_a_modal_stands_under_its_field(workspace, tab):
    workspace.say("ada", "fact-desk", "hello")
    open_modal(workspace, errors={"words": "These words are not in the article."})
    await tab.open(workspace.page_url)
    under = "document.querySelector('#modal [data-block=words] .error').textContent"
    assert await tab.value(under) == "These words are not in the article."
    assert await tab.value("document.querySelectorAll('#modal .error').length") == 1


async def test_tables_and_pictures_are_shown_and_pictures_from_elsewhere_are_described(workspace, client, tab):
    table = {
        "type": "table",
        "rows": [
            [{"type": "raw_text", "text": text} for text in row] for row in (("who", "said"), ("Velden", "<b>4</b>"))
        ],
    }
    elsewhere = {"type": "image", "image_url": "https://elsewhere.example/a.png", "alt_text": "stance over time"}
    await client.chat_postMessage(channel="C0FACTDESK", text="x", blocks=[table, elsewhere])
    await tab.open(workspace.page_url)
    cells = await tab.value("[...document.querySelectorAll('.table :is(th, td)')].map(c => c.textContent)")
    assert cells == ["who", "said", "Velden", "<b>4</b>"]
    assert await tab.value("document.querySelector('figure .picture').textContent") == "stance over time"
    assert await tab.value("document.querySelectorAll('figure img').length") == 0


async def test_the_app_home_is_opened_by_the_person_and_its_elements_can_be_used(workspace, client, app, tab):
    pressed = []

    @app.event("app_home_opened")
    async def opened(event, client):
        button = {"type": "button", "action_id": "take", "value": "OR-7", "text": plain("Take it")}
        menu = {"type": "static_select", "action_id": "show", "options": OPTIONS}
        blocks = [{"type": "header", "text": plain("Open alerts")}, {"type": "actions", "elements": [button, menu]}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("take")
    async def take(ack, action):
        await ack()
        pressed.append(action["value"])

    @app.action("show")
    async def show(ack, action):
        await ack()
        pressed.append(action["selected_option"]["value"])

    workspace.say("ada", "fact-desk", "hello")
    await tab.open(workspace.page_url)
    await tab.press("#home-of-app")
    await tab.until("document.querySelector('#home .header')?.textContent === 'Open alerts'")
    await tab.picture("home")
    await tab.press("#home [data-action=take]")
    await tab.value(
        "(() => { const menu = document.querySelector('#home [data-action=show] select'); menu.value = 'words';"
        " menu.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )
    await workspace.wait_for(lambda: len(pressed) == 2)
    assert pressed == ["OR-7", "words"]


async def test_shortcuts_stand_in_the_menu_of_a_message_and_beside_the_channels(workspace, app, tab):
    used = []

    @app.shortcut("check_message")
    async def check(ack, shortcut):
        await ack()
        used.append(shortcut["message"]["text"])

    @app.shortcut("ask_record")
    async def ask(ack, shortcut):
        await ack()
        used.append(shortcut["user"]["id"])

    workspace.say("ada", "fact-desk", "hello")
    await tab.open(workspace.page_url)
    await tab.value(
        "(() => { const menu = document.querySelector('.message .more'); menu.value = 'check_message';"
        " menu.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )
    await tab.press("[data-shortcut=ask_record]")
    await workspace.wait_for(lambda: len(used) == 2)
    assert sorted(used) == ["U0ADA", "hello"]
