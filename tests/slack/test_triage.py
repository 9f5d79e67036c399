"""Triage through real Bolt, by Socket Mode and by signed HTTP: buttons, forms, commands, and every copy of a card."""

from __future__ import annotations

import asyncio
import csv
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.correcting import ByHand, Correcting
from bot.demo.stories import with_invented_country
from bot.desk import reasons
from bot.judges.chosen import Chosen
from bot.ledger import Ledger
from bot.slack import SlackSide, Tokens
from bot.slack.commands.drafting import draft
from bot.workspace.block_kit.blocks import check_view
from config.load import load
from config.schema import Channel, Config
from config.settings import Roles, SlackSettings
from watchers.model import Article

CHANNEL = "fact-desk"
EVERYBODY = Roles()


def settled(config, workspace, mode="socket", roles=EVERYBODY):
    slack = SlackSettings(base_url=workspace.base_url, mode=mode, http_port=0)
    settings = config.settings.model_copy(update={"slack": slack, "roles": roles})
    return config.model_copy(update={"settings": settings})


@dataclass
class Desk:
    """What the service answers: the real reasons, of this record, and the people of the files."""

    ledger: Ledger
    config: Config

    def why(self, names):
        return reasons.told(names, self.ledger, self.config, Chosen())

    def roster(self):
        return self.config.officials, self.config.sides


@pytest.fixture(scope="module")
def config():
    channels = (Channel(id="C0FACTDESK"),)
    return with_invented_country(load(environ={})).model_copy(update={"channels": channels})


@pytest.fixture
def start(ledger, workspace, clock, config):
    """Starts a side with these roles; the real pipeline stands behind its corrections."""
    running = []

    async def go(mode="socket", roles=EVERYBODY):
        given = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
        side = SlackSide(
            ledger=ledger,
            config=settled(config, workspace, mode, roles),
            tokens=given,
            clock=clock,
            mend=ByHand(Correcting(config), ledger),
            inquiries=Desk(ledger, config),
        )
        await side.start()
        running.append(side)
        if mode == "http":
            workspace.use_http(f"http://127.0.0.1:{side.http_port}/slack/events")
        return side

    return go, running


@pytest.fixture(params=["socket", "http"])
async def side(request, start):
    go, running = start
    yield await go(request.param)
    for one in running:
        await one.stop()


async def passing(clock, there):
    """Let time pass until something holds: the pace of a channel runs from Slack's answer, which nothing announces."""
    async with asyncio.timeout(20):
        while not there():
            clock.forward(1.1)
            await asyncio.sleep(0.05)


async def delivered(workspace, clock, count=1):
    """Let time pass until so many messages and replies are in the channel."""

    def there():
        posts = workspace.messages(CHANNEL)
        return sum(1 + len(workspace.replies("C0FACTDESK", post.ts)) for post in posts if not post.thread_ts) >= count

    await passing(clock, there)


@pytest.fixture
async def posted(side, alert, workspace, clock):
    """The card of the story and its evidence, delivered."""
    await delivered(workspace, clock, 2)
    return workspace.messages(CHANNEL)[0]


def card(workspace):
    return json.dumps(workspace.messages(CHANNEL)[0].blocks, ensure_ascii=False)


def thread(workspace, post):
    return [reply.text for reply in workspace.replies("C0FACTDESK", post.ts)]


async def shows(workspace, clock, words):
    def there():
        return words in card(workspace)

    await passing(clock, there)


async def told(workspace, clock, post, words):
    def there():
        return any(words in line for line in thread(workspace, post))

    await passing(clock, there)


async def modal(workspace, user="ada"):
    """The form on the screen of this person, which may come a moment after the click."""
    person = {"ada": "U0ADA", "tomas": "U0TOMAS"}[user]

    def mine():
        return [view for view in workspace.world.views.values() if view.person == person]

    await workspace.wait_for(lambda: bool(mine()))
    return mine()[-1]


def said(view):
    return json.dumps(view.content, ensure_ascii=False)


async def seen(workspace, words, user="U0ADA"):
    """Wait until a form of this person holds the words."""

    def there():
        return any(words in said(view) for view in workspace.world.views.values() if view.person == user)

    await workspace.wait_for(there)


async def test_a_card_has_four_buttons_and_the_evidence_the_rest(posted, workspace):
    assert posted.buttons == ("Confirm", "Dismiss", "Mute…", "Open record")
    (evidence,) = workspace.replies("C0FACTDESK", posted.ts)
    assert evidence.buttons == ("Timeline", "Why this?", "Assign to me", "Draft question", "Export")


async def test_confirm_is_on_record_before_it_is_acknowledged_and_told_in_the_thread(
    posted, alert, ledger, workspace, clock
):
    answer = await workspace.click("ada", CHANNEL, posted.ts, "alert_confirm")
    assert (answer.error, answer.posts) == (None, [])
    assert ledger.alert(alert.number).review == "confirmed"
    await told(workspace, clock, posted, "Confirmed by ada")
    await shows(workspace, clock, "Confirmed by <@U0ADA>")
    reply = workspace.replies("C0FACTDESK", posted.ts)[-1]
    assert reply.broadcast, "the verdict has changed"
    assert "<@" not in reply.text, "nobody is called by a line of a log"


async def test_the_second_of_two_people_is_told_who_was_first(posted, alert, ledger, workspace):
    await workspace.click("ada", CHANNEL, posted.ts, "alert_confirm")
    answer = await workspace.click("tomas", CHANNEL, posted.ts, "alert_confirm", answers=1)
    assert all(post.seen_only_by == "U0TOMAS" for post in answer.posts)
    assert answer.text == f"{alert.name} was already confirmed by <@U0ADA>. Undo it first to change it."
    await workspace.click("tomas", CHANNEL, posted.ts, "alert_dismiss")
    await modal(workspace, "tomas")
    await workspace.submit("tomas", {"reason": "old news"})
    await seen(workspace, f"{alert.name} was already confirmed by <@U0ADA>.", "U0TOMAS")
    assert [entry.by for entry in ledger.audit(alert.number)] == ["U0ADA"]


async def test_a_double_click_decides_once(posted, alert, ledger, workspace):
    await workspace.click("ada", CHANNEL, posted.ts, "alert_confirm")
    answer = await workspace.click("ada", CHANNEL, posted.ts, "alert_confirm", answers=1)
    assert answer.text == f"{alert.name} was already confirmed by you. Undo it first to change it."
    assert len(ledger.audit(alert.number)) == 1


async def test_dismiss_asks_for_a_reason_and_the_card_and_the_thread_give_it(posted, alert, ledger, workspace, clock):
    await workspace.click("ada", CHANNEL, posted.ts, "alert_dismiss")
    view = await modal(workspace)
    assert check_view(view.content) == []
    assert ledger.alert(alert.number).review == "open", "nothing is decided by opening a form"
    await workspace.submit("ada", {"reason": "changed context", "note": "he spoke of <!channel> tugs"})
    decided = ledger.alert(alert.number)
    assert (decided.review, decided.decision_note) == ("dismissed", "changed context")
    assert not [one for one in workspace.world.views.values() if one.person == "U0ADA"], "the form is closed"
    await shows(workspace, clock, "Dismissed (changed context) by <@U0ADA>")
    await told(workspace, clock, posted, "Dismissed (changed context) by ada he spoke of")
    assert "<!channel" not in card(workspace) + "".join(thread(workspace, posted))


async def test_a_form_sent_off_twice_dismisses_once(posted, alert, ledger, workspace):
    for _ in range(2):
        await workspace.click("ada", CHANNEL, posted.ts, "alert_dismiss")
    await workspace.wait_for(lambda: len(workspace.world.views) == 2)
    for view in list(workspace.world.views):
        await workspace.submit("ada", {"reason": "old news"}, view=view)
    await seen(workspace, f"{alert.name} was already dismissed by you.")
    assert len(ledger.audit(alert.number)) == 1


async def test_undo_opens_the_alert_again_and_the_thread_says_so(posted, alert, ledger, workspace, clock):
    await workspace.click("ada", CHANNEL, posted.ts, "alert_confirm")
    await shows(workspace, clock, "alert_undo")
    await workspace.click("tomas", CHANNEL, posted.ts, "alert_undo")
    await shows(workspace, clock, "alert_confirm")
    assert ledger.alert(alert.number).review == "open"
    await told(workspace, clock, posted, "Open again: no longer confirmed, undone by tomas")
    assert [entry.action for entry in ledger.audit(alert.number)] == ["confirm", "undo"]


async def test_every_revision_of_a_card_has_new_block_ids(posted, alert, workspace, clock):
    before = {block["block_id"] for block in posted.blocks}
    await workspace.click("ada", CHANNEL, posted.ts, "alert_confirm")
    await shows(workspace, clock, "Confirmed by")
    assert before.isdisjoint(block["block_id"] for block in workspace.messages(CHANNEL)[0].blocks)


async def test_a_decision_reaches_the_copy_in_another_channel(posted, alert, story, ledger, workspace):
    with ledger.work() as work:
        copy = work.alert(story.conflict, "politics", "high", alert.created_at)
        work.commit()
    await workspace.click("ada", CHANNEL, posted.ts, "alert_confirm")
    assert ledger.alert(copy.number).review == "confirmed"


async def test_mute_always_has_an_end(posted, alert, ledger, workspace, clock):
    await workspace.click("ada", CHANNEL, posted.ts, "alert_mute")
    await seen(workspace, "How long?")
    view = await modal(workspace)
    assert check_view(view.content) == []
    target = view.content["blocks"][0]["element"]["options"][0]["value"]
    await workspace.submit("ada", {"target": target, "lasting": "2h", "audience": "channel"})
    (mute,) = ledger.mutes(clock())
    assert (mute.audience, mute.target.kind, mute.by) == ("C0FACTDESK", "topic", "U0ADA")
    assert timedelta(0) < mute.until - clock() <= timedelta(hours=2)
    await seen(workspace, "Muted in this channel until")
    log = json.dumps((await workspace.slash("ada", CHANNEL, "audit")).blocks, ensure_ascii=False)
    assert "*Muted* by <@U0ADA> for C0FACTDESK: " in log
    assert "monitors at the strait" in log


async def test_the_one_who_presses_assign_looks_into_it(posted, alert, ledger, workspace, clock):
    (evidence,) = workspace.replies("C0FACTDESK", posted.ts)
    await workspace.click("ada", CHANNEL, evidence.ts, "alert_assign")
    assert ledger.alert(alert.number).owner == "U0ADA"
    again = await workspace.click("tomas", CHANNEL, evidence.ts, "alert_assign")
    assert again.error is None
    assert ledger.alert(alert.number).owner == "U0TOMAS", "the last one who takes it has it"
    await shows(workspace, clock, "<@U0TOMAS> looks into it")
    assert not any(reply.broadcast for reply in workspace.replies("C0FACTDESK", posted.ts))


async def test_the_draft_holds_both_quotations_exactly_and_is_kept_only_on_request(posted, alert, workspace, clock):
    (evidence,) = workspace.replies("C0FACTDESK", posted.ts)
    await workspace.click("ada", CHANNEL, evidence.ts, "alert_draft")
    view = await modal(workspace)
    assert check_view(view.content) == []
    draft = view.content["blocks"][0]["element"]["initial_value"]
    assert "24 Feb 2031, Mara Velden, President of Ardenia:\n“Yes, he will accept that” … “I put that" in draft
    assert "alliance monitors under any flag would be “out of the question”" in draft
    assert "https://harbour.example.org/story?a=1&b=2" in draft
    assert len(thread(workspace, posted)) == 1
    await workspace.submit("ada", {"draft": draft})
    await told(workspace, clock, posted, "Draft question: To the press office of Petra Halasz")


async def test_the_draft_is_typed_for_as_it_is_pressed_for(side, alert, workspace):
    await workspace.slash("ada", CHANNEL, "reply 1001", answers=0)
    view = await modal(workspace)
    assert view.content["blocks"][0]["element"]["initial_value"].startswith("To the press office of Petra Halasz")
    assert "was found in the record" in (await workspace.slash("ada", CHANNEL, "reply 7")).text


async def test_the_timeline_under_a_card_is_that_of_whoever_spoke_last_with_its_picture(posted, workspace):
    (evidence,) = workspace.replies("C0FACTDESK", posted.ts)
    answer = await workspace.click("noor", CHANNEL, evidence.ts, "alert_timeline", answers=1)
    assert "Petra Halasz on monitors at the strait, 1 statement" in json.dumps(answer.blocks)
    assert answer.posts[-1].seen_only_by == "U0NOOR"
    await workspace.wait_for(lambda: len(workspace.files("@noor")) == 1)
    assert workspace.files("@noor")[0].title == "Petra Halasz on monitors at the strait: stance over time"


async def test_why_under_a_card_tells_the_steps_of_that_alert_to_the_presser_alone(posted, workspace):
    (evidence,) = workspace.replies("C0FACTDESK", posted.ts)
    answer = await workspace.click("noor", CHANNEL, evidence.ts, "alert_why", answers=1)
    told = json.dumps(answer.blocks, ensure_ascii=False)
    assert "I have nothing to add" in told
    assert "Threshold" in told
    assert answer.posts[-1].seen_only_by == "U0NOOR"


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_the_export_under_a_card_is_a_file_of_that_alert_for_an_editor(  # noqa: PLR0917 - fixtures
    start, alert, story, ledger, workspace, clock, mode
):
    go, running = start
    with ledger.work() as work:
        work.alert(story.conflict, "politics", "high", alert.created_at)
        work.commit()
    await go(mode, Roles(editors=("U0ADA",)))
    await delivered(workspace, clock, 2)
    (evidence,) = workspace.replies("C0FACTDESK", workspace.messages(CHANNEL)[0].ts)
    refused = await workspace.click("noor", CHANNEL, evidence.ts, "alert_export", answers=1)
    assert "it takes the role editor" in refused.text
    await workspace.click("ada", CHANNEL, evidence.ts, "alert_export", answers=1)
    await workspace.wait_for(lambda: len(workspace.files("@ada")) == 1)
    (file,) = workspace.files("@ada")
    rows = list(csv.DictReader(file.content.decode().splitlines()))
    assert [row["number"] for row in rows] == [str(alert.number)], "and not the copy in another channel"
    assert workspace.files("@noor") == ()
    await running[0].stop()


def test_a_draft_goes_to_the_side_of_a_spokeswoman_and_else_to_the_person(story):
    conflict = story.conflict
    assert draft(story.alert, story.desk).startswith("To the press office of Kessland\n")
    other = replace(story.alert, conflict=replace(conflict, fresh=conflict.bridge))
    assert draft(other, story.desk).startswith("To the press office of Ivo Sternad\n")


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("confirm 1001", ("OR-1001 is confirmed.", "confirmed")),
        ("confirm alert OR-1001 please", ("OR-1001 is confirmed.", "confirmed")),
        ("dismiss 1001 old news", ("OR-1001 is dismissed (old news).", "dismissed")),
        ("dismiss OR-1001 Already Known: ran in May", ("OR-1001 is dismissed (already known).", "dismissed")),
        ("dismiss known 1001", ("OR-1001 is dismissed (already known).", "dismissed")),
        ("dismiss 1001 because I say so", ("is no reason I know", "open")),
        ("confirm", ("Which alert?", "open")),
        ("confirm 9999", ("was found", "open")),
        ("undo 1001", ("there is no decision to undo", "open")),
        ("assign 1001 me", ("OR-1001 is yours.", "open")),
        ("assign <@U0TOMAS|tomas> 1001", ("OR-1001 is assigned.", "open")),
        ("assign 1001 nobody", ("looked into by nobody already", "open")),
        ("assign 1001 hugo", ("Name people with @", "open")),
        ("note 1001 asked at noon", ("OR-1001 has your note in its thread.", "open")),
        ("note 1001", ("A note needs an alert and words.", "open")),
        ("withdraw 1001", ("Withdrawing needs a reason", "open")),
        ("withdraw 1001 it was satire", ("OR-1001 is withdrawn.", "open")),
        ("fix nowhere said", ("was found", "open")),
        ("audit", ("Nothing was done", "open")),
        ("audit since 7d", ("Nothing was done", "open")),
        ("audit last summer", ("no time", "open")),
    ],
)
@pytest.mark.usefixtures("side")
async def test_commands_do_what_the_buttons_do(alert, ledger, workspace, typed, becomes):
    answer, review = becomes
    given = await workspace.slash("ada", CHANNEL, typed)
    assert given.error is None
    assert answer in json.dumps(given.blocks, ensure_ascii=False)
    assert ledger.alert(alert.number).review == review


async def test_the_log_shows_who_did_what_and_why(side, alert, workspace):
    await workspace.slash("ada", CHANNEL, "dismiss 1001 old news: ran in May")
    await workspace.slash("tomas", CHANNEL, "undo 1001")
    for asked in ("audit", "audit 1001", "audit since 1d"):
        shown = json.dumps((await workspace.slash("ada", CHANNEL, asked)).blocks, ensure_ascii=False)
        assert "*Dismissed* (old news) by <@U0ADA> “ran in May”" in shown
        assert "undone by <@U0TOMAS>" in shown
    mine = json.dumps((await workspace.slash("ada", CHANNEL, "audit me")).blocks, ensure_ascii=False)
    assert "undone by" not in mine


async def test_a_statement_is_withdrawn_by_its_key(side, alert, story, ledger, workspace):
    key = story.conflict.earlier.statement.key
    answer = await workspace.slash("ada", CHANNEL, f"withdraw {key[:10]} a parody account")
    assert f"{alert.name} rested on it" in answer.text
    assert ledger.alert(alert.number).reason == "a statement was withdrawn: a parody account"


async def test_members_may_not_decide_nor_checkers_mend(start, alert, ledger, workspace):
    go, running = start
    await go(roles=Roles(checkers=("U0TOMAS",), editors=("U0NOBODY",)))
    refused = await workspace.slash("ada", CHANNEL, "confirm 1001")
    assert "it takes the role checker" in refused.text
    assert "it takes the role editor" in (await workspace.slash("tomas", CHANNEL, "fix 1001")).text
    assert "it takes the role editor" in (await workspace.slash("tomas", CHANNEL, "withdraw 1001 x")).text
    assert ledger.audit(alert.number) == ()
    await running[0].stop()


BACKED = "“We support joining the Northern Grid,” Velmarkian Finance Minister Tomas Reede said on Monday."
REJECTED = "“We reject joining the Northern Grid,” Velmarkian Energy Minister Anna Kolb said on Wednesday."


def read(name, text, day):
    return Article(
        id=name,
        keys=(name,),
        url=f"https://times.example/{name}",
        outlet="The Harbour Times",
        title=name,
        text=f"Velmarkian Prime Minister Ilse Marken spoke in the capital. {text}",
        published=datetime(2031, 2, day, 9, tzinfo=UTC),
        retrieved=datetime(2031, 2, day, 9, tzinfo=UTC),
    )


@pytest.fixture
async def grid(side, ledger, config, workspace, clock):
    """An alert that the real pipeline has raised, delivered."""
    pipeline = Correcting(config)
    pipeline.record(read("yes", BACKED, 18), ledger, now=clock())
    (alert,) = pipeline.record(read("no", REJECTED, 21), ledger, now=clock()).raised
    await delivered(workspace, clock, 2)
    return alert


async def test_wrong_extraction_leads_to_the_form_that_mends_and_the_cards_follow(grid, ledger, workspace, clock):
    post = workspace.messages(CHANNEL)[0]
    await workspace.click("ada", CHANNEL, post.ts, "alert_dismiss")
    await modal(workspace)
    await workspace.submit("ada", {"reason": "wrong extraction"})
    await seen(workspace, "Which statement?")
    view = await modal(workspace)
    assert check_view(view.content) == []
    which = grid.conflict.fresh.statement.key
    await workspace.submit("ada", {"which": which, "words": "We refuse the grid", "why": "misread"})
    assert "do not stand in the stored article" in (await modal(workspace)).errors["words"]
    await workspace.submit("ada", {"which": which, "speaker": "Ilse Marken", "why": "she was quoted"})
    await seen(workspace, "still in conflict")
    await shows(workspace, clock, "Ilse Marken")
    await told(workspace, clock, post, "Corrected by ada: speaker Anna Kolb")
    assert "Marken" in workspace.messages(CHANNEL)[0].text


async def test_a_pair_that_conflicts_no_more_is_withdrawn_on_its_card(grid, ledger, workspace, clock):
    await workspace.slash("ada", CHANNEL, "fix 1001", answers=0)
    await seen(workspace, "Which statement?")
    which = grid.conflict.fresh.statement.key
    await workspace.submit("ada", {"which": which, "stance": "for", "why": "she quoted others"})
    await seen(workspace, "in conflict no longer")
    await shows(workspace, clock, "Withdrawn: possible difference within")
    await told(workspace, clock, workspace.messages(CHANNEL)[0], "Withdrawn by ada: with stance for")
