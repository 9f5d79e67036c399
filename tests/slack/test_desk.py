"""Why, replay, people and sides through real Bolt: what is asked of the service, and how its answers are shown."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk import roster
from bot.inquiries import Otherwise, Reason, Reasons, Replayed, Unanswered
from bot.ledger.people.roster import RosterChange
from bot.slack import SlackSide, Tokens, actions
from bot.slack.commands.reasons import named
from bot.slack.commands.replaying import NotUnderstood, understood
from bot.slack.newsroom import Asker, Begun, Press
from config.schema import Channel, Config, Mandate, Official, Side
from config.settings import Roles, Settings, SlackSettings

CHANNEL = "fact-desk"
NOW = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)
FILES = Config(
    sides=(Side(id="ARDENIA", name="Ardenia"),),
    officials=(
        Official(
            id="mara-velden",
            name="Mara Velden",
            mandates=(Mandate(role="President of Ardenia", side="ARDENIA", rank="leader"),),
        ),
        Official(id="jon-velden", name="Jon Velden"),
    ),
)


@dataclass
class Desk:
    """What the service would answer."""

    ledger: object
    reasons: Reasons | None = None
    found: Replayed | None = None
    asked: list[object] = field(default_factory=list)

    def why(self, names):
        self.asked.append(tuple(names))
        if self.reasons is None:
            raise Unanswered(f"no statement on record is called “{names[0]}”")
        return self.reasons

    def replay(self, asked):
        self.asked.append(asked)
        if self.found is None:
            raise Unanswered("no channel is called “fact-desk”")
        return self.found

    def roster(self):
        config = roster.merged(FILES, self.ledger.roster())
        return config.officials, config.sides

    def change_roster(self, change):
        try:
            roster.with_change(roster.merged(FILES, self.ledger.roster()), change)
        except roster.Unusable as error:
            raise Unanswered(f"Nothing was changed: {error}.") from error
        return self.ledger.change_roster(change)

    def roster_changed(self):
        self.asked.append(self.ledger.roster())


@pytest.fixture
def desk(ledger, story):
    steps = (
        Reason(title="Are they on one question?", told=("Both are on monitors at the strait.",)),
        Reason(title="Threshold", told=("The kind “denied claim” is posted from 0.60 on.",), ends=True),
    )
    return Desk(
        ledger=ledger,
        reasons=Reasons(heading=("A  Velden", "B  Halasz"), steps=steps, verdict="Under the threshold: no alert."),
        found=Replayed(
            considered=7, stays=2, vanish=(), appear=(story.conflict,), settings={"posted from": "0.60 → 0.40"}
        ),
    )


@pytest.fixture(params=["socket", "http"])
async def side(request, ledger, workspace, clock, desk):
    slack = SlackSettings(base_url=workspace.base_url, mode=request.param, http_port=0)
    settings = Settings(slack=slack, roles=Roles(editors=("U0ADA",)))
    config = FILES.model_copy(update={"settings": settings})
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    started = SlackSide(ledger=ledger, config=config, tokens=tokens, clock=clock, inquiries=desk)
    await started.start()
    if request.param == "http":
        workspace.use_http(f"http://127.0.0.1:{started.http_port}/slack/events")
    yield started
    await started.stop()


def shown(answer):
    return json.dumps(answer.blocks, ensure_ascii=False)


async def test_why_says_step_by_step_where_it_ended_and_who_was_told(side, desk, alert, workspace):
    answer = await workspace.slash("noor", CHANNEL, f"why {alert.name}")
    for part in (
        "Under the threshold: no alert.",
        "Are they on one question?",
        "Threshold – here it ends",
        "Who was told",
    ):
        assert part in shown(answer)
    assert desk.asked == [(alert.name,)]


async def test_why_names_what_it_does_not_know(side, desk, workspace):
    assert "No alert “OR-9999”" in shown(await workspace.slash("noor", CHANNEL, "why 9999"))
    assert "Which alert or statement?" in shown(await workspace.slash("noor", CHANNEL, "why"))
    desk.reasons = None
    assert "no statement on record is called" in shown(await workspace.slash("noor", CHANNEL, "why “it never was”"))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("OR-1042", ("OR-1042",)),
        (" 1042 ", ("1042",)),
        ("<https://a.example/x?a=1&amp;b=2|a.example>", ("https://a.example/x?a=1&b=2",)),
        ('"is out" "we support a toll"', ("is out", "we support a toll")),
        ("“is out” and „we support a toll”", ("is out", "we support a toll")),
        ("3fa1b29c 9c8d7e66", ("3fa1b29c", "9c8d7e66")),
        ("a2#1 a1#17", ("a2#1", "a1#17")),
        ("is out | we support", ("is out", "we support")),
        ("we support a toll", ("we support a toll",)),
        ("", ()),
    ],
)
def test_what_why_is_asked_about_is_understood(typed, names):
    assert named(typed) == names


@given(st.text(max_size=200))
def test_any_words_after_why_name_at_most_two_things(typed):
    assert len(named(typed)) <= 2


async def test_a_replay_is_private_until_it_is_shared_once(side, desk, workspace):
    answer = await workspace.slash("ada", CHANNEL, "replay --since 14d threshold=0.4")
    for part in ("1 alert would appear", "0 alerts would not be raised", "2 would stay", "0.60 → 0.40"):
        assert part in shown(answer)
    assert answer.posts[0].seen_only_by == "U0ADA"
    assert desk.asked[0].since == NOW - timedelta(days=14)
    await workspace.click("ada", CHANNEL, answer.posts[0].ts, "replay_share")
    await workspace.wait_for(lambda: len(workspace.messages(CHANNEL)) == 1)
    assert "Shared by <@U0ADA>" in json.dumps(workspace.messages(CHANNEL)[0].blocks)
    again = await workspace.click("ada", CHANNEL, answer.posts[0].ts, "replay_share", answers=1)
    assert again.text == "It was shared already."
    assert len(workspace.messages(CHANNEL)) == 1


async def test_a_replay_that_cannot_be_reckoned_anew_is_said_to_the_sharer_alone_and_may_be_shared_later(
    side, desk, ledger, workspace
):
    answer = await workspace.slash("ada", CHANNEL, "replay threshold=0.4")
    found, desk.found = desk.found, None
    said = await workspace.click("ada", CHANNEL, answer.posts[0].ts, "replay_share", answers=1)
    assert "no channel is called" in shown(said)
    assert said.posts[0].seen_only_by == "U0ADA"
    assert ledger.handed_out() == (), "nothing was handed out"
    desk.found = found
    await workspace.click("ada", CHANNEL, answer.posts[0].ts, "replay_share")
    await workspace.wait_for(lambda: len(workspace.messages(CHANNEL)) == 1)
    assert "1 alert would appear" in json.dumps(workspace.messages(CHANNEL)[0].blocks)


async def test_only_editors_replay_and_what_is_not_understood_is_said(side, workspace):
    assert "you may not /record replay" in shown(await workspace.slash("noor", CHANNEL, "replay"))
    for typed, said in (
        ("replay threshold=7", "is a score from 0 to 1"),
        ("replay colour=red", "is no setting that can be tried"),
        ("replay kind=quarrel", "is no kind of conflict: reversal"),
        ("replay since yesterday", "is no stretch of time like 14d"),
    ):
        assert said in shown(await workspace.slash("ada", CHANNEL, typed))


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("", Otherwise(since=NOW - timedelta(days=30))),
        ("since 2w minimum 0.7", Otherwise(since=NOW - timedelta(days=14), minimum=0.7)),
        ("threshold=0,75, since: 48h", Otherwise(since=NOW - timedelta(days=2), minimum=0.75)),
        ("kind=reversal,same kinds=denied", None),
        ("channel=#desk high=.9", Otherwise(since=NOW - timedelta(days=30), high=0.9, channel="desk")),
    ],
)
def test_settings_to_try_are_understood_in_any_order(words, asked):
    kinds = Otherwise(since=NOW - timedelta(days=30), kinds=frozenset({"reversal", "same_side", "denied_claim"}))
    assert understood(words, NOW) == (asked or kinds)


@given(st.text(max_size=100))
def test_any_words_are_settings_or_refused_in_a_sentence(words):
    with suppress(NotUnderstood):
        assert understood(words, NOW).since <= NOW


async def test_people_are_shown_with_their_origin_and_mended_over_the_files(side, ledger, workspace):
    before = await workspace.slash("noor", CHANNEL, "person mara velden")
    assert "President of Ardenia (Ardenia, leader)" in shown(before)
    assert "From officials.toml" in shown(before)
    done = await workspace.slash("ada", CHANNEL, "person alias Mara Velden = Welden")
    assert "from the next article on" in shown(done)
    role = await workspace.slash("ada", CHANNEL, "person role mara velden = Envoy, ardenia, adviser since 2031-01-20")
    assert "is Envoy of ARDENIA" in shown(role)
    after = await workspace.slash("noor", CHANNEL, "person velden, mara")
    assert "Mara Velden" in shown(after), "a did-you-mean at least"
    told = shown(await workspace.slash("noor", CHANNEL, "person Welden"))
    assert "Also written Welden" in told
    assert "Envoy (Ardenia, adviser) since 2031-01-20" in told
    assert "<@U0ADA>" in told, "who changed it"
    await workspace.slash("ada", CHANNEL, "person undo 1")
    assert "No person “Welden”" in shown(await workspace.slash("noor", CHANNEL, "person Welden"))
    assert [one.what for one in ledger.roster_changes()] == ["alias", "role", "undone"]


async def test_two_entries_of_one_person_are_merged_after_a_preview_and_taken_apart_again(
    side, desk, ledger, workspace
):
    asked = await workspace.slash("ada", CHANNEL, "person merge Jon Velden into Mara Velden")
    assert "Are Jon Velden (jon-velden) and Mara Velden (mara-velden) one person?" in shown(asked)
    assert "0 statements of Jon Velden are then Mara Velden’s" in shown(asked)
    assert "new words of Mara Velden are held against them" in shown(asked)
    assert ledger.roster_changes() == (), "nothing is done by looking"
    done = await workspace.click("ada", CHANNEL, asked.posts[0].ts, "person_merge", answers=1)
    assert "Mara Velden and Jon Velden (jon-velden) are one person" in shown(done)
    assert "/record person undo 1" in shown(done)
    (one,) = desk.roster()[0]
    assert (one.id, one.aliases, len(one.mandates)) == ("mara-velden", ("Jon Velden",), 1)
    workspace.world.store(asked.posts[0])  # a client that had not drawn the new state yet
    again = await workspace.click("ada", CHANNEL, asked.posts[0].ts, "person_merge", answers=1)
    assert "Nothing was changed" in again.text
    told = shown(await workspace.slash("noor", CHANNEL, "person Jon Velden"))
    assert "Mara Velden" in told
    assert "<@U0ADA>" in told, "who did it"
    await workspace.slash("ada", CHANNEL, "person undo 1")
    assert len(desk.roster()[0]) == 2
    assert [one.what for one in ledger.roster_changes()] == ["alias", "undone"]


async def test_a_merge_is_on_record_before_the_press_is_answered_and_taken_up_after_it_and_waits_for_no_turn(
    side, desk, ledger, workspace
):
    asked = await workspace.slash("ada", CHANNEL, "person merge Jon Velden into Mara Velden")
    asker = Asker(user="U0ADA", role="editor", channel=CHANNEL)
    answer = actions.pressed(
        side._newsroom, Press(action="person_merge", value="jon-velden\x1fmara-velden", asker=asker, now=NOW)
    )
    assert isinstance(answer, Begun)
    assert len(ledger.roster()) == 1
    assert desk.asked == [], "reading anew may take long"
    assert not actions.ELEMENTS["person_merge"].looks
    await workspace.slash("ada", CHANNEL, "person undo 1")
    assert desk.asked == [()]
    done = await workspace.click("ada", CHANNEL, asked.posts[0].ts, "person_merge", answers=1)
    assert "are one person" in shown(done)
    assert len(desk.asked[-1]) == 1, "and is taken up"


def test_a_merge_keeps_the_roles_of_both_and_whoever_names_the_one_means_the_other():
    spokesman = Official(
        id="ivo",
        name="Ivo",
        mandates=(Mandate(role="Spokesman", side="ARDENIA", speaks_for=("jon-velden", "mara-velden")),),
    )
    jon = FILES.officials[1].model_copy(update={"mandates": (Mandate(role="Envoy", side="ARDENIA"),)})
    files = FILES.model_copy(
        update={
            "officials": (FILES.officials[0], jon, spokesman),
            "channels": (Channel(id="desk", officials=("jon-velden",)),),
        }
    )
    change = RosterChange(
        what="alias", subject="mara-velden", content={"alias": "Jon Velden", "merged": "jon-velden"}, by="U", at=NOW
    )
    mara, ivo = roster.with_change(files, change).officials
    assert [one.role for one in mara.mandates] == ["President of Ardenia", "Envoy"]
    assert ivo.mandates[0].speaks_for == ("mara-velden",)
    assert roster.with_change(files, change).channels[0].officials == ("mara-velden",)
    with pytest.raises(roster.Unusable):
        roster.with_change(roster.with_change(files, change), change)


async def test_a_person_and_a_side_are_added(side, ledger, workspace):
    missing = await workspace.slash("ada", CHANNEL, "person add Ivo Brandt, Harbour Minister, Kessland, minister")
    assert "There is no side “Kessland”" in shown(missing)
    await workspace.slash("ada", CHANNEL, "side add Kessland, Kessish, Port Kess")
    done = await workspace.slash("ada", CHANNEL, "person add Ivo Brandt, Harbour Minister, Kessland, minister")
    assert "Ivo Brandt was added" in shown(done)
    assert "Harbour Minister (Kessland, minister)" in shown(await workspace.slash("noor", CHANNEL, "person Ivo Brandt"))
    assert "Kessland (KESSLAND)" in shown(await workspace.slash("noor", CHANNEL, "side"))
    listed = await workspace.slash("noor", CHANNEL, "person")
    assert "3 people, 2 sides" in shown(listed)


@pytest.mark.parametrize(
    ("user", "typed", "said"),
    [
        ("noor", "person alias Mara Velden = X", "you may not change people: it takes the role editor"),
        ("noor", "side add X", "you may not change sides"),
        ("ada", "person alias Velden = X", "No person “Velden” was found"),
        ("ada", "person alias Mara Velden", "how is it also written?"),
        ("ada", "person alias Mara Velden = Mara Velden", "is called Mara Velden already"),
        ("ada", "person add Brandt", "A role and a side are needed."),
        ("ada", "person role Mara Velden = Envoy, Ardenia, boss", "The rank is one of"),
        ("ada", "person undo 7", "No change 7 stands"),
        ("noor", "person merge Jon Velden into Mara Velden", "you may not change people"),
        ("ada", "person merge Mara Velden", "Which two are one person?"),
        ("ada", "person merge Mara Velden into Mara Velden", "is one person already"),
        ("ada", "person merge Nobody Known into Mara Velden", "No person “Nobody Known” was found"),
    ],
)
async def test_what_cannot_be_changed_is_said_with_an_example(side, workspace, user, typed, said):
    answer = shown(await workspace.slash(user, CHANNEL, typed))
    assert said in answer
    assert "From officials.toml" in shown(await workspace.slash("noor", CHANNEL, "person mara velden")), "as it was"


def test_a_change_that_the_files_have_overtaken_is_left_out():
    gone = RosterChange(what="alias", subject="nobody", content={"alias": "X"}, by="U", at=NOW)
    there = RosterChange(what="person", subject="mara-velden", content={"name": "M"}, by="U", at=NOW)
    fine = RosterChange(what="alias", subject="jon-velden", content={"alias": "J. Velden"}, by="U", at=NOW)
    assert roster.merged(FILES, (gone, there)) == FILES
    assert roster.merged(FILES, (gone, there, fine)).officials[1].aliases == ("J. Velden",)
