"""App Home, shortcuts, mentions and the greeting through real Bolt, by Socket Mode and by signed HTTP."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.inquiries import Checked, Taken, Unanswered
from bot.ledger import Target
from bot.slack import SlackSide, Tokens
from bot.slack.homes import Homes
from bot.slack.validate import viewed
from bot.workspace.world import Person
from config.schema import Channel, Config
from config.settings import Settings, SlackSettings

CHANNEL = "fact-desk"


@dataclass
class Desk:
    """What the service would look up: it knows one text, and notes what it was asked."""

    known: Checked | None = None
    why: str = "nobody is quoted in it"
    asked: list[str] = field(default_factory=list)

    def check(self, words):
        self.asked.append(words)
        if self.known is None:
            raise Unanswered(f"{words[:60]}: {self.why}")
        return self.known


@pytest.fixture
def desk(story):
    taken = Taken(
        statement=story.conflict.fresh.statement, positions=(story.conflict.fresh,), conflicts=(story.conflict,)
    )
    return Desk(known=Checked(title="Story courier", url="https://courier.example.org/s", outlet="c", taken=(taken,)))


@pytest.fixture(params=["socket", "http"])
async def side(request, ledger, workspace, clock, desk):
    slack = SlackSettings(base_url=workspace.base_url, mode=request.param, http_port=0)
    given = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    config = Config(settings=Settings(slack=slack), channels=(Channel(id="investigations", minimum="high"),))
    started = SlackSide(ledger=ledger, config=config, tokens=given, clock=clock, inquiries=desk)
    await started.start()
    if request.param == "http":
        workspace.use_http(f"http://127.0.0.1:{started.http_port}/slack/events")
    yield started
    await started.stop()


def words(blocks):
    return json.dumps(list(blocks), ensure_ascii=False)


async def home(workspace, user, seen):
    await workspace.wait_for(
        lambda: seen in words(workspace.home(user).content["blocks"]) if workspace.home(user) else False
    )
    return words(workspace.home(user).content["blocks"])


async def test_the_home_is_useful_without_any_data_and_welcomes_once(side, workspace):
    workspace.open_home("ada")
    shown = await home(workspace, "ada", "Welcome to On Record")
    for part in ("Nothing waits for a decision", "No source is watched", "No statement is on record yet", "Settings"):
        assert part in shown
    assert "onrecord.toml" in shown, "each setting with its origin"
    workspace.open_home("ada")
    await workspace.wait_for(lambda: "Welcome" not in words(workspace.home("ada").content["blocks"]))
    workspace.open_home("noor")
    await home(workspace, "noor", "Welcome to On Record")


async def test_the_home_shows_open_alerts_and_what_is_new_and_opens_the_record_in_a_modal(side, alert, workspace):
    workspace.open_home("ada")
    shown = await home(workspace, "ada", "Open alerts (1)")
    assert "Halasz vs Velden on monitors at the strait" in shown
    assert "Petra Halasz" in shown
    await workspace.press("ada", "alert_open", home=True)
    await workspace.wait_for(lambda: len(workspace.modals("ada")) == 1)
    assert "every quotation equals the stored text" in words(workspace.modals("ada")[0].content["blocks"])


async def test_the_home_is_made_new_after_the_person_did_something(side, alert, ledger, workspace):
    workspace.open_home("ada")
    await home(workspace, "ada", "Open alerts (1)")
    await workspace.wait_for(lambda: len(workspace.messages(CHANNEL)) == 1)
    await workspace.click("ada", CHANNEL, workspace.messages(CHANNEL)[0].ts, "alert_confirm")
    await home(workspace, "ada", "Nothing waits for a decision")


async def test_the_home_shows_what_is_mine_what_i_follow_and_what_i_muted(side, alert, ledger, workspace, clock):
    topic = Target(kind="topic", id="strait-monitors", name="monitors at the strait")
    ledger.assign(alert.number, "U0ADA", "U0TOMAS", clock())
    ledger.follow("U0ADA", topic, "U0ADA", clock())
    ledger.mute("U0ADA", topic, clock() + timedelta(hours=2), "U0ADA", clock())
    workspace.open_home("ada")
    shown = await home(workspace, "ada", "Assigned to me (1)")
    assert "You follow monitors at the strait" in shown
    assert "monitors at the strait is muted for you until 25 Feb 15:07 UTC" in shown
    workspace.open_home("noor")
    other = await home(workspace, "noor", "Open alerts (1)")
    assert "Assigned to me" not in other
    assert "You follow" not in other


async def test_the_homes_of_others_follow_what_changed_and_the_same_is_not_published_again(
    side, alert, ledger, workspace, clock
):
    homes = side.homes
    assert isinstance(homes, Homes)
    workspace.open_home("noor")
    await home(workspace, "noor", "Open alerts (1)")
    await homes.step()
    published = [call for call in workspace.calls if call.method == "views.publish"]
    ledger.decide(alert.number, "confirm", "U0ADA", "", clock())
    await homes.step()
    await home(workspace, "noor", "Nothing waits for a decision")
    await homes.step()
    again = [call for call in workspace.calls if call.method == "views.publish"]
    assert len(again) <= len(published) + 1


async def test_a_guest_is_told_in_the_home_that_they_see_nothing(side, workspace):
    workspace.world.put_person(Person(id="U0GUEST", handle="guest", name="Guest", guest=True))
    workspace.open_home("guest")
    shown = await home(workspace, "guest", "Guests and apps cannot use On Record")
    assert "Open alerts" not in shown


async def test_the_same_event_sent_again_is_heard_once(side, ledger, workspace, clock):
    workspace.open_home("ada")
    await home(workspace, "ada", "Welcome to On Record")
    (told,) = [one for one in workspace.deliveries if one.kind == "events_api"]
    workspace.say("ada", "U0ONRECORD", "status")
    await workspace.wait_for(lambda: len(workspace.messages("D0ADA")) == 2)
    told = [one for one in workspace.deliveries if one.kind == "events_api"][-1]
    await workspace._transport().deliver("events_api", told.payload)
    await workspace.slash("ada", CHANNEL, "help")
    assert len(workspace.messages("D0ADA")) == 2
    assert not ledger.heard(told.payload["event_id"], clock())


async def test_the_greeting_is_posted_once_for_a_channel_whatever_happens(side, workspace):
    workspace.invite_bot("investigations")
    await workspace.wait_for(lambda: len(workspace.messages("investigations")) == 1)
    (greeting,) = workspace.messages("investigations")
    assert "A card is posted here when statements differ" in words(greeting.blocks)
    assert "Only strong differences" in words(greeting.blocks)
    workspace.remove_bot("investigations")
    workspace.invite_bot("investigations")
    workspace.invite_bot("general")
    await workspace.wait_for(lambda: len(workspace.messages("general")) == 1)
    assert "No route leads to this channel yet" in words(workspace.messages("general")[0].blocks)
    assert len(workspace.messages("investigations")) == 1


async def test_somebody_else_who_joins_is_not_greeted(side, workspace, ledger):
    workspace._people.events.joined("U0NOOR", workspace.channel(CHANNEL), "U0ADA")
    await workspace.wait_for(lambda: any(one.kind == "events_api" for one in workspace.deliveries))
    await workspace.slash("ada", CHANNEL, "help")
    assert workspace.messages(CHANNEL) == ()


async def test_a_mention_is_answered_to_the_one_who_wrote_it_in_the_thread(side, alert, workspace):
    parent = workspace.say("noor", CHANNEL, "What does she say?")
    workspace.say("ada", CHANNEL, "<@U0ONRECORD> who halasz", parent.ts)
    await workspace.wait_for(lambda: bool(workspace.ephemerals("ada")))
    (answer,) = workspace.ephemerals("ada")
    assert "Petra Halasz" in words(answer.blocks)
    assert answer.thread_ts == parent.ts


async def test_a_message_to_the_bot_alone_is_answered_there(side, alert, workspace):
    workspace.say("ada", "U0ONRECORD", "/record who halasz")
    await workspace.wait_for(lambda: len(workspace.messages("D0ADA")) == 2)
    assert "Petra Halasz" in words(workspace.messages("D0ADA")[1].blocks)


async def test_a_form_that_a_message_cannot_open_is_not_kept_silent(side, alert, workspace):
    workspace.say("ada", "U0ONRECORD", f"dismiss {alert.number}")
    await workspace.wait_for(lambda: len(workspace.messages("D0ADA")) == 2)
    assert "type the same after /record" in words(workspace.messages("D0ADA")[1].blocks)


async def test_a_message_in_a_thread_is_checked_against_the_record_behind_a_modal_that_opens_at_once(
    side, desk, workspace
):
    parent = workspace.say("noor", CHANNEL, "Look")
    said = workspace.say("tomas", CHANNEL, "“He is fine with it,” Velden said on Monday.", parent.ts)
    answer = await workspace.shortcut("ada", CHANNEL, said.ts)
    assert answer.error is None
    await workspace.wait_for(lambda: "possible conflict" in _top(workspace, "ada"))
    shown = _top(workspace, "ada")
    for part in ("1 statement found, 1 possible conflict", "Petra Halasz", "Nothing of this is stored", "Velden"):
        assert part in shown
    assert desk.asked == ["“He is fine with it,” Velden said on Monday."]
    opened = [call.method for call in workspace.calls if call.method.startswith("views.")]
    assert opened == ["views.open", "views.update"]


async def test_what_cannot_be_checked_is_said_in_one_sentence(side, desk, workspace):
    desk.known = None
    said = workspace.say("tomas", CHANNEL, "see <https://courier.example/x?a=1&amp;b=2|this>")
    await workspace.shortcut("ada", CHANNEL, said.ts)
    await workspace.wait_for(lambda: "nobody is quoted in it" in _top(workspace, "ada"))
    assert desk.asked == ["https://courier.example/x?a=1&b=2"]


async def test_a_fault_behind_the_waiting_modal_is_said_with_a_reference(side, desk, workspace, caplog):
    desk.check = None  # not even a function
    said = workspace.say("tomas", CHANNEL, "“Yes,” Velden said.")
    await workspace.shortcut("ada", CHANNEL, said.ts)
    await workspace.wait_for(lambda: "Something went wrong on our side" in _top(workspace, "ada"))
    assert "reference" in caplog.text


async def test_the_record_is_asked_from_anywhere_in_a_modal(side, alert, workspace):
    await workspace.ask("ada")
    await workspace.wait_for(lambda: len(workspace.modals("ada")) == 1)
    await workspace.submit("ada", {"ask_words": "/record who halasz"})
    await workspace.wait_for(lambda: "Petra Halasz" in _top(workspace, "ada"))
    assert "ask_share" not in _top(workspace, "ada"), "there is no channel to share it in"


async def test_check_answers_the_one_who_typed_it(side, desk, workspace):
    answer = await workspace.slash("ada", CHANNEL, "check <https://courier.example/s>")
    assert "1 statement found, 1 possible conflict with the record" in words(answer.blocks)
    assert all(post.seen_only_by == "U0ADA" for post in answer.posts)
    assert desk.asked == ["https://courier.example/s"]
    empty = await workspace.slash("ada", CHANNEL, "check")
    assert "Which text?" in words(empty.blocks)


async def test_a_guest_who_uses_a_shortcut_is_turned_away_in_a_modal(side, workspace):
    workspace.world.put_person(Person(id="U0GUEST", handle="guest", name="Guest", guest=True))
    await workspace.ask("guest")
    await workspace.wait_for(lambda: "Guests and apps" in _top(workspace, "guest"))


def _top(workspace, user):
    modals = workspace.modals(user)
    return words(modals[-1].content["blocks"]) if modals else ""


def test_views_keep_slacks_limits():
    with pytest.raises(Exception, match="view/title"):
        viewed({"type": "modal", "title": {"type": "plain_text", "text": "x" * 25}, "blocks": []})
