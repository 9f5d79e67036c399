"""What is sent where is set from Slack, by those who may, by Socket Mode and by signed HTTP alike."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.ledger import Target
from bot.slack import SlackSide, Tokens
from bot.workspace import Channel as Room
from bot.workspace.world import BOT
from config.schema import Channel, Config, Feed, Side
from config.settings import Roles, Settings, SlackSettings

CHANNEL = "fact-desk"
NOW = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)
DESK = Channel(id="fact-desk", cap=7)
MONITORS = Target(kind="topic", id="strait-monitors", name="monitors at the strait")


@pytest.fixture(params=["socket", "http"])
async def side(request, ledger, workspace, clock):
    """The Slack side for a desk that the file calls by name; ada is its editor, noor is not."""
    slack = SlackSettings(base_url=workspace.base_url, mode=request.param, http_port=0)
    config = Config(
        feeds=(Feed(id="courier", name="The Courier", url="https://courier.example.org/rss"),),
        sides=(Side(id="KESSLAND", name="Kessland", adjectives=("Kesslandish",)),),
        channels=(DESK,),
        settings=Settings(slack=slack, roles=Roles(editors=("U0ADA",))),
    )
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    started = SlackSide(ledger=ledger, config=config, tokens=tokens, clock=clock)
    await started.start()
    if request.param == "http":
        workspace.use_http(f"http://127.0.0.1:{started.http_port}/slack/events")
    yield started
    await started.stop()


def shown(answer):
    return json.dumps(answer.blocks, ensure_ascii=False)


@pytest.fixture
def ask(side, alert, workspace):
    """Type a subcommand as somebody in the desk's channel; the private answer."""

    async def asked(typed, user="ada"):
        answer = await workspace.slash(user, CHANNEL, typed)
        assert answer.error is None
        assert all(post.seen_only_by for post in answer.posts)
        return answer

    return asked


@pytest.fixture
def press(workspace):
    """Press a button of a private answer."""

    async def pressed(answer, action, user="ada"):
        return await workspace.click(user, CHANNEL, answer.posts[-1].ts, action, answers=1)

    return pressed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("follow halasz", "The person *Petra Halasz* is followed in your direct messages"),
        ("follow monitors here", "The topic *monitors at the strait* is followed in #fact-desk"),
        ("follow kesslandish", "The side *Kessland* is followed"),
        ("follow denied claims", "The kind *conflicts over another’s position* is followed"),
        ("follow nobody at all", "was found in the record"),
        ("follow", "Nothing is followed"),
        ("follows", "Nothing is followed"),
        ("unfollow halasz", "was not followed in your direct messages"),
        ("mute monitors", "A mute always ends."),
        ("mute monitors for 2h", "is muted in #fact-desk until Tue 25 Feb 2031 15:07 UTC"),
        ("mute halasz until Friday for me", "is muted in your direct messages until Fri 28 Feb 2031 00:00 UTC"),
        ("mute OR-1001 until 18:00", "The case of *OR-1001* is muted"),
        ("mute source the courier for a week", "The outlet *The Courier* is muted"),
        ("mute source nowhere gazette for 2h", "outlet or alert “nowhere gazette” was found in the record.\\nExample"),
        ("mute source the harbour tims for 2h", "The outlet *The Harbour Times* is muted"),  # on record, of no feed
        ("mute source harbour for 2h", "Did you mean The Harbour Times?"),
        ("mute monitors for 4 years", "within 90 days"),
        ("mute monitors until yesterday", "is no time of day"),
        ("mute", "Nothing is muted"),
        ("mutes", "Nothing is muted"),
        ("unmute monitors", "was not muted in #fact-desk"),
        ("quiet", "*Quiet hours*  none  _the default_"),
        ("quiet 10pm to 7am london", "*22:00–07:00 Europe/London*, before none"),
        ("quiet 25:00-7 narnia", "“25:00” is no time of day"),
        ("quiet off", "before none"),
        ("digest", "*Daily cap*  7 a day  _from onrecord.toml_"),
        ("digest daily 8am Paris", "*08:00 Europe/Paris*, before 08:00 UTC"),
        ("digest off", "Over the daily cap, alerts are then only on record"),
        ("digest now", "Nothing is held in #fact-desk."),
        ("cap 3", "*3 a day*, before 7 a day"),
        ("cap lots", "is no number from 0"),
        ("cap off", "*none*, before 7 a day"),
        ("route", "Of 1 alert in the last 30 days, 1 would have come here."),
        ("route kinds reversal", "Of 1 alert in the last 30 days, 0 would have come here. As it was: 1."),
        ("route strength high", "*high only*, before high and medium"),
        ("route sides kessland", "*Kessland*, before all"),
        ("route people halasz, nobody", "No person “nobody” was found in the record."),
        ("route topics all", "*all*, before all"),
        ("route colour blue", "is no part of a route"),
        ("help mute", "mute peacekeepers for 2h"),
        ("help route", "route strength high"),
        ("follow <!channel> *x*", "was found in the record"),
        ("mute \u202e😀 .*(a+)+$ for 2h", "was found in the record"),
    ],
)
async def test_every_command_of_the_flow_gets_a_useful_private_answer(ask, typed, expected):
    answer = await ask(typed)
    assert expected in shown(answer)
    assert "<!channel" not in shown(answer)


async def test_a_mute_without_an_end_is_asked_for_it_and_undone(ask, press, ledger, clock):
    asked = await ask("mute monitors")
    muted = await press(asked, "flow_mute_24h")
    assert "is muted in #fact-desk until Wed 26 Feb 2031 13:07 UTC" in shown(muted)
    (mute,) = ledger.mutes(clock())
    assert (mute.audience, mute.target, mute.until) == ("fact-desk", MONITORS, clock() + timedelta(hours=24))
    listed = await ask("mutes")
    assert "set by <@U0ADA>" in shown(listed)
    over = await press(listed, "flow_unmute")
    assert "is no longer muted in #fact-desk" in shown(over)
    assert ledger.mutes(clock()) == ()
    assert {(one.by, one.what) for one in ledger.flow_changes()} == {("U0ADA", "unmuted"), ("U0ADA", "muted")}


@pytest.mark.parametrize(
    ("button", "hours", "until"), [("flow_mute_2h", 2, "25 Feb 2031 15:07"), ("flow_mute_7d", 168, "4 Mar 2031 13:07")]
)
async def test_each_mute_that_is_offered_lasts_as_long_as_it_says(  # noqa: PLR0917 - fixtures
    ask, press, ledger, clock, button, hours, until
):
    muted = await press(await ask("mute halasz for me", user="noor"), button, user="noor")
    assert f"is muted in your direct messages until Tue {until} UTC" in shown(muted)
    (mute,) = ledger.mutes(clock())
    assert (mute.audience, mute.until) == ("U0NOOR", clock() + timedelta(hours=hours))


async def test_what_is_followed_and_muted_is_ended_by_typing_the_opposite(ask, ledger, clock):
    for typed, said in (
        ("follow halasz here", "is followed in #fact-desk"),
        ("unfollow halasz here", "*Petra Halasz* is no longer followed in #fact-desk."),
        ("mute monitors for 2h", "is muted in #fact-desk"),
        ("unmute monitors", "*monitors at the strait* is no longer muted in #fact-desk."),
    ):
        assert said in shown(await ask(typed)), typed
    assert (ledger.follows(clock()), ledger.mutes(clock())) == ((), ())


async def test_a_follow_is_ended_by_its_button_which_is_gone_then(ask, press, ledger, clock):
    followed = await ask("follow monitors here")
    over = await press(followed, "flow_unfollow")
    assert "The topic *monitors at the strait* is no longer followed in #fact-desk." in shown(over)
    assert ledger.follows(clock()) == ()
    assert over.posts[-1].buttons == (), "the button is gone"
    assert {(one.by, one.what) for one in ledger.flow_changes()} == {("U0ADA", "followed"), ("U0ADA", "unfollowed")}


async def test_who_is_no_editor_decides_for_themselves_and_not_for_a_channel(ask, ledger, clock):
    for typed in (
        "mute monitors for 2h",
        "follow halasz here",
        "quiet 22-7 utc",
        "digest off",
        "cap 3",
        "route kinds all",
    ):
        answer = await ask(typed, user="noor")
        assert "editor" in shown(answer), typed
    assert (ledger.mutes(clock()), ledger.follows(clock()), ledger.preferences()) == ((), (), ())
    for typed in ("mute monitors for 2h for me", "follow halasz", "quiet 22-7 utc for me", "cap 3 for me"):
        await ask(typed, user="noor")
    assert {one.audience for one in (*ledger.mutes(clock()), *ledger.follows(clock()), *ledger.preferences())} == {
        "U0NOOR"
    }


async def test_a_button_is_checked_against_the_role_of_whoever_presses_it(ask, press, ledger, clock, workspace):
    answer = await ask("mute monitors")
    workspace.world.store(
        type(answer.posts[-1])(
            ts="1929791999.000001", channel="C0FACTDESK", author=BOT, text="x", blocks=answer.posts[-1].blocks
        )
    )
    pressed = await workspace.click("noor", CHANNEL, "1929791999.000001", "flow_mute_2h", answers=1)
    assert "takes the role editor" in shown(pressed)
    assert ledger.mutes(clock()) == ()


async def test_a_setting_shows_where_it_comes_from_and_is_undone_unless_it_was_set_anew(ask, press, ledger):
    first = await ask("cap 3")
    assert "*3 a day*, before 7 a day" in shown(first)
    assert "*Daily cap*  3 a day  _set by <@U0ADA>" in shown(await ask("cap"))
    undone = await press(first, "flow_undo")
    assert "*7 a day*, before 3 a day" in shown(undone)
    assert ledger.preferences() == ()
    second = await ask("cap 4")
    await ask("cap 5")
    assert "was changed since, and stays as it is" in shown(await press(second, "flow_undo"))
    assert [one.value for one in ledger.preferences()] == [5]


async def test_what_is_set_for_a_channel_by_its_id_holds_for_the_name_in_the_file(ask, ledger):
    await ask("route topics monitors")
    (place,) = ledger.flow((DESK,), ledger.preferences()[0].at).channels
    assert (place.id, place.topics, place.cap) == ("fact-desk", ("strait-monitors",), 7)


async def test_a_channel_that_no_file_names_gets_what_it_follows(side, alert, workspace, ledger, clock):
    members = frozenset({BOT, "U0ADA"})
    workspace.world.put_channel(Room(id="C0POLITICS", name="politics", members=members))
    answer = await workspace.slash("ada", "politics", "follow halasz here")
    assert "is followed in <#C0POLITICS>" in shown(answer)
    assert [one.audience for one in ledger.follows(clock())] == ["C0POLITICS"]


@pytest.mark.parametrize(
    ("channel", "says"),
    [
        ("politics", "On Record is not in this channel (`not_in_channel`): invite it with /invite @On Record"),
        ("investigations", "Slack shows On Record no such channel (`channel_not_found`): invite it"),
    ],
)
async def test_what_is_to_be_posted_where_nothing_can_be_says_so_at_once(  # noqa: PLR0917 - fixtures
    side, alert, ledger, workspace, story, channel, says
):
    workspace.world.put_channel(Room(id="C0POLITICS", name="politics", members=frozenset({"U0ADA"})))
    place = workspace.channel(channel).id
    with ledger.work() as work:
        work.alert(replace(story.conflict, kind="disputed"), place, "medium", NOW, state="held")
        work.commit()
    for typed in ("digest daily 08:00", "follow halasz here"):
        told = shown(await workspace.slash("ada", channel, typed))
        assert "*But nothing can be posted there yet*" in told
        assert says in told
    assert says in shown(await workspace.slash("ada", channel, "digest now"))
    assert [one.state for one in ledger.conflicts(channel=place)] == ["held"]
    assert "nothing can be posted" not in shown(await workspace.slash("ada", channel, "digest daily 08:00 for me"))


async def test_a_channel_that_comes_later_has_the_name_of_the_file_and_no_other(ledger, workspace, clock):
    late, room = Channel(id="late-desk"), Room(id="C0LATE", name="late-desk", members=frozenset({BOT, "U0ADA"}))
    settings = Settings(slack=SlackSettings(base_url=workspace.base_url), roles=Roles(editors=("U0ADA",)))
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token)
    files = Config(channels=(late,), settings=settings)
    side = SlackSide(ledger=ledger, config=files, tokens=tokens, clock=clock)
    ledger.follow("C0LATE", MONITORS, "U0ADA", NOW)  # from when no file named it
    ledger.prefer("C0LATE", "cap", 3, "U0ADA", NOW)
    await side.start()
    workspace.world.put_channel(room)
    await workspace.slash("ada", "late-desk", "quiet 22:00-07:00 Europe/London")
    await side.stop()
    (place,) = ledger.flow(files.channels, NOW).channels
    assert (place.quiet, place.cap) == ("22:00-07:00 Europe/London", 3)
    assert [one.audience for one in ledger.follows(NOW)] == ["late-desk"]


async def test_digest_now_tells_what_is_held(ask, ledger, workspace, clock, story):
    with ledger.work() as work:
        work.alert(replace(story.conflict, kind="disputed"), "fact-desk", "medium", clock(), state="held")
        work.commit()
    assert "1 held alert will be told in #fact-desk in a moment." in shown(await ask("digest now"))
    clock.forward(10)
    await workspace.wait_for(
        lambda: any("Digest as asked for" in post.text for post in workspace.messages(CHANNEL)), within=20
    )


async def test_a_digest_opens_the_record_of_each_of_its_alerts_for_the_presser_alone(ask, ledger, workspace, story):
    with ledger.work() as work:
        held = work.alert(replace(story.conflict, kind="disputed"), "fact-desk", "medium", NOW, state="held")
        work.commit()
    ledger.fold("fact-desk", "daily:1", "Daily digest", NOW)
    await workspace.wait_for(
        lambda: any("Daily digest" in post.text for post in workspace.messages(CHANNEL)), within=20
    )
    (digest,) = [post for post in workspace.messages(CHANNEL) if "Daily digest" in post.text]
    answer = await workspace.click("noor", CHANNEL, digest.ts, "alert_open", answers=1)
    assert held.name in shown(answer)
    assert answer.posts[-1].seen_only_by == "U0NOOR"
