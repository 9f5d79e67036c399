"""What the app asks Slack for is what it uses, no more and no less."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.inquiries import Replayed
from bot.ledger import Target, Wish
from bot.slack.actions import ELEMENTS
from bot.slack.blocks import Desk, card, evidence, flow, forms, replays, sources
from bot.slack.blocks.asking import changes, frame
from bot.slack.commands import COMMAND, SUBCOMMANDS
from bot.slack.commands.mending import fixing
from bot.slack.events import EVENTS
from bot.slack.homes import Homes
from bot.slack.listeners import bolt_app
from bot.slack.newsroom import Shown
from bot.slack.permission import Doorkeeper
from bot.slack.shortcuts import SHORTCUTS
from bot.slack.shortcuts.asking import asking
from bot.slack.views import FORMS
from bot.slack.views.muting import muting
from bot.slack.web_api.client import web_client
from bot.workspace import Settings as WorkspaceSettings
from bot.workspace.block_kit.blocks import check_view
from config.settings import Roles

NOW = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
MANIFEST = (ROOT / "deploy" / "slack-manifest.yaml").read_text(encoding="utf-8")
# What each method or feature that we use needs; chat.update and chat.postEphemeral go with chat:write.
NEEDS = {
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "conversations.list": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "conversations.info": {"channels:read", "groups:read"},
    "users.info": {"users:read"},
    "usergroups.users.list": {"usergroups:read"},
    "files.getUploadURLExternal": {"files:write"},
    "files.completeUploadExternal": {"files:write"},
    "auth.test": set(),
    "apps.connections.open": set(),
    COMMAND: {"commands"},
    "app_mention": {"app_mentions:read"},
    "message.im": {"im:history"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "app_home_opened": set(),
    "app_uninstalled": set(),
    "tokens_revoked": set(),
}


@pytest.fixture
def listeners(newsroom, clock):
    bare = web_client("", "http://127.0.0.1:1/api/")
    doorkeeper = Doorkeeper(bare, Roles(), {}, clock)
    app = bolt_app(
        bare=bare,
        client=bare,
        identity={},
        signing="secret",
        newsroom=newsroom,
        doorkeeper=doorkeeper,
        homes=Homes(bare, newsroom, doorkeeper, clock),
        clock=clock,
    )
    return [_constraint(listener) for listener in app._async_listeners]


def _constraint(listener) -> str:
    """The command or action_id for which a listener was registered."""
    (matcher,) = listener.matchers
    return next(_strings(matcher.func))


def _strings(function):
    for cell in function.__closure__ or ():
        if isinstance(cell.cell_contents, str):
            yield cell.cell_contents
        elif inspect.isfunction(cell.cell_contents):
            yield from _strings(cell.cell_contents)


def listed(key: str) -> list[str]:
    """The entries of a list in the manifest, without their comments."""
    found = re.search(rf"^( *){key}:\n((?:\1  +.*\n)+)", MANIFEST, re.MULTILINE)
    return [line.split("#")[0].strip("- \n") for line in found[2].splitlines()] if found else []


def test_every_command_of_the_manifest_has_a_listener_and_the_reverse(listeners):
    commands = re.findall(r"^ +- command: (\S+)$", MANIFEST, re.MULTILINE)
    assert commands == [name for name in listeners if name.startswith("/")]


def flow_answers():
    """Every answer about what is sent where that has a button."""
    target = Target(kind="topic", id="tolls", name="port tolls")
    wish = Wish(number=1, what="mute", audience="C1", target=target, at=NOW, until=NOW, by="U1")
    return (
        flow.ask_end(target, "C1", mine=False),
        flow.muted(wish, "UTC", mine=False),
        flow.followed(wish, mine=True, new=True),
        flow.wishes([(wish, True)], "UTC", what="muted"),
        flow.changed(flow.where("C1", mine=False), "Cap", "1", "2", undo="[]"),
    )


def _callbacks() -> list[tuple[str, str, str]]:
    """Name, type and callback_id of each shortcut of the manifest."""
    found = re.findall(r"- name: ([^#\n]+?)(?: #.*)?\n +type: (\w+)\n +callback_id: (\w+)", MANIFEST)
    return [(name.strip(), kind, callback) for name, kind, callback in found]


def test_every_shortcut_of_the_manifest_has_a_listener_and_the_reverse(listeners):
    assert _callbacks() == [(one.name, one.kind, one.callback) for one in SHORTCUTS.values()]
    assert [name for name in listeners if name in SHORTCUTS] == list(SHORTCUTS)
    assert all(len(one.name) <= 24 for one in SHORTCUTS.values())


def test_every_event_of_the_manifest_has_a_listener_and_the_reverse(listeners):
    assert sorted(listed("bot_events")) == sorted(one.subscribed for one in EVENTS.values())
    assert [name for name in listeners if name in EVENTS] == list(EVENTS)


def test_nothing_else_is_listened_to(listeners):
    known = {COMMAND, *ELEMENTS, *FORMS, *SHORTCUTS, *EVENTS}
    assert set(listeners) == known


def test_the_local_workspace_offers_the_shortcuts_of_the_manifest():
    assert [(one.name, one.kind, one.callback_id) for one in WorkspaceSettings().shortcuts] == _callbacks()


def test_every_button_we_show_has_a_listener_and_the_reverse(listeners, story):
    shown = {
        element["action_id"]
        for review in ("open", "confirmed", "dismissed")
        for message in (
            card(replace(story.alert, review=review)),
            evidence(story.alert, Desk(asked=frozenset(SUBCOMMANDS) | {"timeline", "why", "export"})),
            *flow_answers(),
            sources.question("harbour", "Harbour", None),
            replays.replayed(Replayed(considered=0, stays=0, vanish=(), appear=(), settings={}), NOW, ""),
        )
        for block in message["blocks"]
        for element in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ()))
        if element["type"] == "button"
    }
    asking = {element["action_id"] for message in _asked(story) for element in _elements(message)}
    assert asking == {frame.MORE, frame.BACK, frame.NARROW, frame.SHARE, changes.APPLY, changes.CANCEL, changes.MERGE}
    assert shown | asking == {name for name in listeners if name in ELEMENTS}
    assert shown | asking == set(ELEMENTS)


def test_every_form_we_show_has_a_listener_and_the_reverse(listeners, alert, newsroom, ada):
    shown = (
        forms.dismissal(alert.name),
        muting(newsroom, alert.name, ada),
        forms.draft(alert.name, "words"),
        fixing(newsroom, alert.name),
        asking(),
        sources.importing(),
        sources.preview([("Harbour", "https://harbour.example/feed")], 0, "1"),
    )
    assert {view["callback_id"] for view in shown} == set(FORMS) <= set(listeners)
    for view in shown:
        assert check_view(view) == []


def _asked(story):
    """An answer in the middle of its pages, and a change of topics before it is made."""
    shown = Shown(text="x", build=lambda _: [], step=1, more=True, narrow=(("monitors", "who x monitors"),))
    return (
        frame.private(shown, frame.Asked(words="who x", skip=1)),
        changes.preview("Merge?", 1, "move", "value"),
        changes.preview("One?", 1, "of", "value", action=changes.MERGE),
    )


def _elements(message):
    return [element for block in message["blocks"] for element in block.get("elements", ()) if "action_id" in element]


def test_the_scopes_are_those_of_the_methods_in_the_code():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "slack").rglob("*.py"))
    used = set(re.findall(r'"((?:chat|conversations|auth|apps|users|usergroups|views|files|reactions)\.[\w.]+)"', code))
    assert used | {"chat_postEphemeral", COMMAND} | {one.subscribed for one in EVENTS.values()} == set(NEEDS)
    assert set(listed("bot")) == set().union(*NEEDS.values())


def test_every_scope_has_its_reason_beside_it():
    lines = [line for line in MANIFEST.splitlines() if re.fullmatch(r" +- (?:commands|\w+:\w+) .*", line)]
    assert len(lines) == len(listed("bot"))
    assert all(re.search(r" # \w+", line) for line in lines)


def test_socket_mode_is_on_and_names_arrive_marked():
    assert "socket_mode_enabled: true" in MANIFEST
    assert "should_escape: true" in MANIFEST
    assert "major_version: 2" in MANIFEST
    assert re.search(r"interactivity:\n +is_enabled: true", MANIFEST)


@pytest.mark.parametrize(("field", "most"), [("name", 35), ("description", 140), ("display_name", 80)])
def test_the_texts_keep_slacks_limits(field, most):
    (value,) = re.findall(rf"^ +{field}: (.+)$", MANIFEST, re.MULTILINE)[:1]
    assert len(value) <= most
