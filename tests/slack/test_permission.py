"""Roles come from Slack, are checked at each command and each press, and a stranger gets a reason."""

from __future__ import annotations

import pytest

from bot.slack.permission import Doorkeeper, TurnedAway
from bot.slack.web_api.client import web_client
from bot.workspace.world import Person
from config.settings import Roles

IDENTITY = {"team_id": "T0NEWSROOM"}


@pytest.fixture
def people(workspace):
    world = workspace.world
    world.put_person(Person(id="U0GUEST", handle="guest", name="A Guest", guest=True))
    world.put_person(Person(id="U0OTHER", handle="other", name="From Elsewhere", team="T0OTHER"))
    world.put_person(Person(id="U0UNTOLD", handle="untold", name="From Who Knows", team=None))
    world.put_person(
        Person(id="U0GRID", handle="grid", name="Of A Sister", team="T0SISTER", workspaces=("T0SISTER", "T0NEWSROOM"))
    )
    world.put_person(Person(id="U0OWNER", handle="owner", name="Olga Reyes", owner=True))
    return world


def door(workspace, clock, **roles):
    client = web_client(workspace.bot_token, workspace.base_url)
    return Doorkeeper(client, Roles(**roles), IDENTITY, clock)


async def role(doorkeeper, user):
    return (await doorkeeper.asker({"user_id": user, "channel_id": "C0FACTDESK"})).role


async def test_without_lists_members_are_editors_and_owners_are_admins(workspace, people, clock):
    doorkeeper = door(workspace, clock)
    assert await role(doorkeeper, "U0ADA") == "editor"
    assert await role(doorkeeper, "U0OWNER") == "admin"


async def test_a_user_group_gives_the_role_to_its_members_alone(workspace, people, clock):
    doorkeeper = door(workspace, clock, checkers=("S0CHECKERS",), editors=("U0TOMAS",), admins=("U0NOOR",))
    told = [await role(doorkeeper, user) for user in ("U0ADA", "U0TOMAS", "U0NOOR", "U0OWNER")]
    assert told == ["checker", "editor", "admin", "member"]


@pytest.mark.parametrize(
    ("user", "why"),
    [
        ("U0GUEST", "Guests"),
        ("U0OTHER", "own workspace"),
        ("U0UNTOLD", "own workspace"),
        ("U0NOBODY", "did not say who you are"),
    ],
)
async def test_guests_strangers_and_unknown_people_are_turned_away_with_a_reason(workspace, people, clock, user, why):
    with pytest.raises(TurnedAway, match=why):
        await role(door(workspace, clock), user)


async def test_whoever_is_of_this_workspace_too_in_an_organisation_is_let_in(workspace, people, clock):
    assert await role(door(workspace, clock), "U0GRID") == "editor"


async def test_a_role_taken_away_is_gone_within_minutes(workspace, people, clock):
    doorkeeper = door(workspace, clock, checkers=("S0CHECKERS",))
    assert await role(doorkeeper, "U0ADA") == "editor"
    people.groups["S0CHECKERS"] = frozenset()
    clock.forward(11 * 60)
    assert await role(doorkeeper, "U0ADA") == "member"


async def test_a_group_that_slack_does_not_tell_gives_nobody_a_role_and_is_asked_for_again_soon(
    workspace, people, clock
):
    doorkeeper = door(workspace, clock, checkers=("S0NEW",))
    assert await role(doorkeeper, "U0ADA") == "member"
    people.groups["S0NEW"] = frozenset({"U0ADA"})
    clock.forward(31)
    assert await role(doorkeeper, "U0ADA") == "editor"
