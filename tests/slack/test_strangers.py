"""Whoever may not use On Record gets nothing of the record and changes nothing, whatever they press, type or send."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import count

import pytest
from everything import CHANNEL, card_of_everything, open_form

from bot.slack import SlackSide, Tokens, actions, commands, shortcuts, views
from bot.workspace.world import Person
from config.schema import Config
from config.settings import Roles, Settings, SlackSettings

SAID = ("Halasz", "Velden", "Sternad", "monitors at the strait")  # what only the record knows
TICKING = count()
STRANGERS = {
    "guest": (Person(id="U0GUEST", handle="guest", name="A Guest", guest=True), "Guests and apps", "socket"),
    "elsewhere": (
        Person(id="U0ELSE", handle="else", name="Of a shared channel", team="T0OTHER"),
        "own workspace",
        "http",
    ),
}


@pytest.fixture
async def start(ledger, workspace, clock):
    """Starts the Slack side with these roles, on a monotonic clock that ticks fast: nobody asks too fast here."""
    opened = []

    async def begin(mode="socket", **roles):
        slack = SlackSettings(base_url=workspace.base_url, mode=mode, http_port=0)
        side = SlackSide(
            ledger=ledger,
            config=Config(settings=Settings(slack=slack, roles=Roles(**roles))),
            tokens=Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret),
            clock=clock,
            ticks=lambda: float(next(TICKING)),
        )
        await side.start()
        opened.append(side)
        if mode == "http":
            workspace.use_http(f"http://127.0.0.1:{side.http_port}/slack/events")
        return side

    yield begin
    for side in opened:
        await side.stop()


def bring_in(workspace, *people):
    """Strangers see what stands in a channel that they share."""
    for person in people:
        workspace.world.put_person(person)
    place = workspace.channel(CHANNEL)
    workspace.world.put_channel(replace(place, members=place.members | {person.id for person in people}))


async def card_is_out(workspace, ledger):
    """Return once the ledger knows that the card is posted: nothing of its own writes after that."""
    async with asyncio.timeout(20):
        while ledger.alert(1001).state != "sent":
            await workspace.slash("ada", CHANNEL, "help")


def on_record(tmp_path):
    """All that the ledger holds, but for the events that were heard."""
    with closing(sqlite3.connect(tmp_path / "record.db")) as ledger:
        return [line for line in ledger.iterdump() if "heard_event" not in line and "sqlite_" not in line]


def seen_by(workspace, user):
    """Everything that one person was shown, and nobody else."""
    shown = [message.blocks or message.text for message in workspace.ephemerals(user)]
    shown += [message.blocks or message.text for message in workspace.messages(f"D{user[1:]}")]
    shown += [view.content for view in workspace.modals(user) if "x" not in view.content["title"]["text"]]
    if home := workspace.home(user):
        shown.append(home.content)
    return json.dumps(shown, ensure_ascii=False)


@pytest.mark.usefixtures("alert")
@pytest.mark.parametrize("who", STRANGERS)
async def test_a_stranger_learns_nothing_and_changes_nothing_whatever_they_use(start, ledger, workspace, tmp_path, who):
    person, why, mode = STRANGERS[who]
    await start(mode)
    user = person.id
    await card_is_out(workspace, ledger)
    bring_in(workspace, person)
    card = card_of_everything(workspace)
    before = on_record(tmp_path)
    posted = len(workspace.messages(CHANNEL))
    for name in ("", "help", "whoami", "1001", *commands.SUBCOMMANDS):
        answer = await workspace.slash(user, CHANNEL, f"{name} velden")
        assert [why in json.dumps(post.blocks) for post in answer.posts] == [True], name
    for name in actions.ELEMENTS:
        answer = await workspace.click(user, CHANNEL, card.ts, name, answers=1)
        assert [why in json.dumps(post.blocks) for post in answer.posts] == [True], name
    for callback in views.FORMS:
        form = open_form(workspace, callback, user, about="OR-1001")
        assert (await workspace.submit(user, {}, view=form.id)).error is None
    for name, one in shortcuts.SHORTCUTS.items():
        use = workspace.shortcut(user, CHANNEL, card.ts, name) if one.kind == "message" else workspace.ask(user, name)
        assert (await use).error is None
    workspace.say(user, CHANNEL, "<@U0ONRECORD> who velden")
    workspace.say(user, "U0ONRECORD", "who velden")
    workspace.open_home(user)
    await workspace.wait_for(lambda: workspace.home(user) is not None)
    shown = seen_by(workspace, user)
    assert why in shown
    assert [name for name in SAID if name in shown] == []
    assert on_record(tmp_path) == before
    assert len(workspace.messages(CHANNEL)) == posted + 1, "their own mention"


@pytest.mark.usefixtures("alert")
@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_whoever_of_another_workspace_names_the_bot_in_a_shared_channel_is_refused_where_they_wrote(
    start, workspace, mode
):
    person, why, _ = STRANGERS["elsewhere"]
    await start(mode)
    bring_in(workspace, person)
    asked = workspace.say("ada", CHANNEL, "What did she say of the monitors?")
    for thread in (None, asked.ts):
        workspace.say(person.id, CHANNEL, "<@U0ONRECORD> who velden", thread)
    await workspace.wait_for(lambda: len(workspace.ephemerals(person.id)) == 2)
    assert [message.thread_ts for message in workspace.ephemerals(person.id)] == [None, asked.ts]
    shown = json.dumps([message.blocks for message in workspace.ephemerals(person.id)])
    assert shown.count(why) == 2
    assert [name for name in SAID if name in shown] == []
    assert not [one for one in workspace.messages(CHANNEL) if one.author == "U0ONRECORD" and not one.metadata]


async def test_each_role_is_asked_for_where_it_is_needed_and_a_member_below_it_changes_nothing(
    start, alert, ledger, workspace, tmp_path
):
    await start(checkers=("U0NOOR",), editors=("U0TOMAS",), admins=("U0TOMAS",))
    await card_is_out(workspace, ledger)
    card = card_of_everything(workspace)
    before = on_record(tmp_path)
    below = {"checker": ("ada",), "editor": ("ada", "noor"), "admin": ("ada", "noor")}
    asked = 0
    for name, element in actions.ELEMENTS.items():
        for user in below.get(element.role, ()):
            answer = await workspace.click(user, CHANNEL, card.ts, name, answers=1)
            assert f"it takes the role {element.role}." in json.dumps(answer.posts[0].blocks), name
            asked += 1
    for name, command in commands.SUBCOMMANDS.items():
        for user in below.get(command.role, ()):
            answer = await workspace.slash(user, CHANNEL, f"{name} 1001 velden")
            assert f"it takes the role {command.role}." in json.dumps(answer.posts[0].blocks), name
            asked += 1
    for callback, form in views.FORMS.items():
        for user in below.get(form.role, ()):
            view = open_form(workspace, callback, workspace.world.person(user).id, about="OR-1001")
            assert (await workspace.submit(user, {}, view=view.id)).error is None
            assert f"it takes the role {form.role}." in json.dumps(workspace.modals(user)[-1].content), callback
            asked += 1
    assert asked >= 30
    assert on_record(tmp_path) == before


async def test_a_role_taken_away_no_longer_opens_the_button_that_is_still_on_the_screen(
    start, alert, workspace, clock, ledger
):
    await start(checkers=("S0CHECKERS",))
    await card_is_out(workspace, ledger)  # ada's role was asked for meanwhile
    card = workspace.messages(CHANNEL)[0]
    clock.forward(11 * 60)
    workspace.world.groups["S0CHECKERS"] = frozenset()
    answer = await workspace.click("ada", CHANNEL, card.ts, "alert_confirm", answers=1)
    assert "it takes the role checker." in json.dumps(answer.posts[0].blocks)
    assert ledger.alert(alert.number).review == "open"
