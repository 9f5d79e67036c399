"""Asking the record through real Bolt: each answer is private, turns its pages, and is shared once by who may."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.model import Said
from bot.proof.check import alone
from bot.slack import SlackSide, Tokens
from bot.slack.blocks.asking.frame import BACK, MORE, NARROW, SHARE
from config.schema import Config, Mandate, Official, Proposition, Side, Topic
from config.settings import Roles, Settings, SlackSettings

CHANNEL = "fact-desk"
REPLY = (
    "Kessland kept its distance. “Our position was set out by Foreign Minister Sternad. I have nothing to add,” spokes"
)
ROSTER = Config(
    sides=(Side(id="KESSLAND", name="Kessland", names=("Karsgrad",)), Side(id="ARDENIA", name="Ardenia")),
    officials=(
        Official(
            id="petra-halasz",
            name="Petra Halasz",
            aliases=("The Voice of Karsgrad",),
            mandates=(
                Mandate(role="Spokeswoman", side="KESSLAND", rank="spokesman", since=date(2029, 5, 2)),
                Mandate(role="Consul", side="KESSLAND", since=date(2024, 1, 1), until=date(2029, 5, 1)),
            ),
        ),
        Official(id="jana-unheard", name="Jana Unheard", mandates=(Mandate(role="Envoy", side="ARDENIA"),)),
    ),
    topics=(
        Topic(
            id="strait-monitors",
            name="monitors at the strait",
            propositions=(
                Proposition(id="accept", text="Kessland accepts monitors at the strait", words=(("monitors",),)),
            ),
        ),
    ),
)


@pytest.fixture(params=["socket", "http"])
async def side(request, ledger, workspace, clock):
    slack = SlackSettings(base_url=workspace.base_url, mode=request.param, http_port=0)
    roles = Roles(editors=("U0ADA",), checkers=("U0ADA", "U0TOMAS"))
    started = SlackSide(
        ledger=ledger,
        config=ROSTER.model_copy(update={"settings": Settings(slack=slack, roles=roles)}),
        tokens=Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret),
        clock=clock,
    )
    await started.start()
    if request.param == "http":
        workspace.use_http(f"http://127.0.0.1:{started.http_port}/slack/events")
    yield started
    await started.stop()


@pytest.fixture
def talkative(ledger, alert, story):
    """Fourteen more remarks of the spokeswoman on the topic, a day each."""
    fresh = story.conflict.fresh
    with ledger.work() as work:
        for number in range(14):
            day = date(2030, 12, 1) + timedelta(days=5 * number)
            of = replace(
                story.articles[1],
                id=f"later{number}",
                keys=(f"later{number}",),
                text=f"{number} {story.articles[1].text} {number}",
            )
            source = work.article(of)
            told = fresh.statement
            start = told.span.start + len(f"{number} ")
            span = replace(told.span, start=start, end=start + len(told.quote))
            said = replace(
                told, source=source, span=span, verbatim=(span,), said=Said(first=day, last=day, how="given")
            )
            work.statement(said)
            work.position(replace(fresh, statement=said, stance="for" if number < 4 else "against", defers_to=None))
        work.commit()
    return ledger


def shown(answer):
    return json.dumps(answer.blocks, ensure_ascii=False)


def only_to(answer, user):
    return all(post.seen_only_by == user for post in answer.posts)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("who halasz", "*Roles* Spokeswoman, Kessland (since 2 May 2029); Consul, Kessland (1 Jan 2024 – 1 May 2029)"),
        ("who halasz", "1 statement on record · 1 alert, 1 open"),
        ("who halasz monitors", "refers to Ivo Sternad"),
        ("who monitors halasz", "refers to Ivo Sternad"),
        ("who on monitors, Halász", "refers to Ivo Sternad"),
        ("who the voice of karsgrad", "*Petra Halasz* · Spokeswoman"),
        ("who jana unheard", "No position of theirs is on record yet."),
        ("who jana unheard", "*Roles* Envoy, Ardenia (dates not given)"),
        ('said halasz "I have nothing to add"', "*Word for word* in a quotation"),
        ("said halasz i have NOTHING to add!", "*Word for word* in a quotation"),
        ("said “i have nothing to add” halasz", "*Word for word* in a quotation"),
        ('said sternad "alliance monitors under any flag"', "in an outlet’s paraphrase"),
        ('said halasz "our position was set out by minister Sternad"', "only on record: “Foreign”"),
        ('said halasz "we have something to add on fish"', "Not found in the record."),
        ("said halasz", "Which words?"),
        ("said nobody at all", "No person “nobody at all” was found in the record."),
        ("timeline halasz monitors", "Petra Halasz on monitors at the strait, 1 statement"),
        ("timeline monitors halasz since 2031-01-01", "since 1 Jan 2031, 1 statement"),
        ("timeline halasz monitors 1d", "Petra Halasz on monitors at the strait since 24 Feb 2031"),
        ("timeline halasz", "Which topic? Did you mean monitors at the strait?"),
        ("timeline halasz monitors since tea time", "“tea time” is no time I know"),
        ("timeline halasz cheese", "No topic “cheese” was found in the record."),
        ("about orlik", "What others say is Tomas Orlik’s position"),
        ("about orlik monitors", "*Answer*: their own side pointed back to an earlier position"),
        ("about kessland", "*Answer*: their own side pointed back to an earlier position"),
        ("about halasz", "Nothing of that kind is on record."),
        ("compare halasz velden monitors", "One of them points to another’s position"),
        ("compare velden and sternad on monitors", "Scope"),
        ("compare monitors velden sternad", "*Mara Velden* and *Ivo Sternad* on monitors at the strait"),
        ("compare halasz velden", "Which topic?"),
        ("compare halasz", "Which person?"),
        ("conflicts open halasz monitors since 7d", "*1 alert* for “open halasz monitors since 7d”"),
        ("conflicts kessland denied claim", "*1 alert*"),
        ("conflicts reversal", "No alerts for “reversal” are on record."),
        ("conflicts opposed velden", "raise one only where the route of a channel takes it"),
        ("conflicts mine", "No alerts for “mine” are on record."),
        ("verify 1001", "*All 3 quotations equal the stored text at their place*"),
        (
            "verify or-1001",
            f"Holds · characters {REPLY.index('Our position')}–{REPLY.index(',” spokes')} of the stored text, SHA-256 ",
        ),
        ("verify 7", "No alert “7” was found in the record."),
        ("stats", "1 alert: 1 open"),
        ("stats", "no verdicts yet"),
        ("stats since never", "“never” is no time I know"),
        ("balance", "Too few statements of known sides"),
        ("balance", "• Kessland: 2 statements, 1 alert"),
        ("topic monitors", "*monitors at the strait*\\n3 statements on record"),
        ("topic cheese", "No topic “cheese” was found in the record."),
        ("whoami", "to On Record: *editor*"),
        ("help timeline", "/record timeline minerals trump since 2025-01-01"),
        ("help", "`stats` `balance`"),
    ],
)
async def test_each_question_gets_its_answer_for_the_asker_alone(side, alert, workspace, typed, expected):
    answer = await workspace.slash("ada", CHANNEL, typed)
    assert answer.error is None
    assert only_to(answer, "U0ADA")
    assert expected in shown(answer)


@pytest.fixture
async def ticking(clock):
    """The clock goes on by itself, twenty times as fast: a channel takes one message a second."""

    async def tick():
        while True:
            clock.forward(1)
            await asyncio.sleep(0.05)

    going = asyncio.create_task(tick())
    yield
    going.cancel()


async def test_an_answer_is_shared_once_with_the_name_of_who_shared_it(side, alert, ledger, workspace, ticking):
    await workspace.wait_for(lambda: len(workspace.messages(CHANNEL)) == 1)
    (private,) = (await workspace.slash("ada", CHANNEL, "who halasz")).posts
    answer = await workspace.click("ada", CHANNEL, private.ts, SHARE, answers=1)
    public = workspace.messages(CHANNEL)[-1]
    assert public.seen_only_by is None
    assert "Shared by <@U0ADA>" in json.dumps(public.blocks)
    assert "`/record who halasz`" in json.dumps(public.blocks)
    assert "I have nothing to add" in json.dumps(public.blocks, ensure_ascii=False)
    assert "Share in channel" not in answer.posts[0].buttons, "the button is gone from the private answer"
    assert [(one.what, one.words, one.by, one.channel) for one in ledger.handed_out()] == [
        ("share", "who halasz", "U0ADA", "C0FACTDESK")
    ]


async def test_a_double_click_shares_once(side, alert, ledger, workspace, ticking):
    await workspace.wait_for(lambda: len(workspace.messages(CHANNEL)) == 1)
    (private,) = (await workspace.slash("ada", CHANNEL, "who halasz")).posts
    value = private.button(SHARE)["value"]
    await workspace.click("ada", CHANNEL, private.ts, SHARE, answers=1)
    workspace.world.store(private)  # a client that had not drawn the new state yet
    assert private.button(SHARE)["value"] == value
    late = await workspace.click("ada", CHANNEL, private.ts, SHARE, answers=1)
    assert "shared already" in late.text
    assert len(workspace.messages(CHANNEL)) == 2
    assert len(ledger.handed_out()) == 1


async def test_what_changed_since_is_shown_before_it_is_shared(side, alert, ledger, workspace, story):
    (private,) = (await workspace.slash("ada", CHANNEL, "conflicts open")).posts
    ledger.decide(alert.number, "confirm", "U0TOMAS", "", alert.created_at)
    answer = await workspace.click("ada", CHANNEL, private.ts, SHARE, answers=1)
    assert "The record has changed since you asked." in shown(answer)
    assert ledger.handed_out() == ()


async def test_where_the_bot_cannot_post_the_sharer_is_told(side, alert, workspace):
    (private,) = (await workspace.slash("ada", "general", "who halasz")).posts
    answer = await workspace.click("ada", "general", private.ts, SHARE, answers=1)
    assert "invite On Record" in answer.text
    assert workspace.messages("general") == ()


async def test_a_share_is_refused_to_who_may_not_ask_it(side, alert, ledger, workspace):
    (private,) = (await workspace.slash("ada", CHANNEL, "topic undo")).posts
    assert private.buttons == (), "nothing to share where there is no answer"


async def test_long_answers_turn_their_pages_and_back(side, talkative, workspace):
    (first,) = (await workspace.slash("ada", CHANNEL, "who halasz")).posts
    assert first.buttons == ("Show more", "Share in channel")
    assert "25 Feb 2031" in json.dumps(first.blocks)
    (second,) = (await workspace.click("ada", CHANNEL, first.ts, MORE, answers=1)).posts
    assert second.ts == first.ts, "in the place of the first"
    assert second.buttons == ("Back", "Show more", "Share in channel")
    assert "10 Jan 2031" in json.dumps(second.blocks)
    (again,) = (await workspace.click("ada", CHANNEL, first.ts, BACK, answers=1)).posts
    assert again.buttons == ("Show more", "Share in channel")


async def test_the_card_says_where_somebody_stands_and_when_that_changed(side, talkative, workspace):
    answer = await workspace.slash("ada", CHANNEL, "who halasz")
    assert "*Stands* monitors at the strait: refers to Ivo Sternad (25 Feb 2031)" in shown(answer)
    assert "*Last change* monitors at the strait, 21 Dec 2030: from “supports” to" in shown(answer)


async def test_the_card_is_narrowed_to_a_topic_by_its_menu(side, talkative, workspace):
    (first,) = (await workspace.slash("ada", CHANNEL, "who halasz")).posts
    (option,) = first.button(NARROW)["options"]
    assert option["text"]["text"] == "monitors at the strait (15)"
    answer = await workspace.click("ada", CHANNEL, first.ts, NARROW, chosen=option["value"], answers=1)
    assert answer.posts[0].button(NARROW) is None
    assert "on monitors at the strait" in answer.text


async def test_a_timeline_comes_with_its_picture_in_the_askers_messages_alone(side, talkative, workspace):
    answer = await workspace.slash("ada", CHANNEL, "timeline halasz monitors")
    assert "15 statements" in shown(answer)
    await workspace.wait_for(lambda: len(workspace.files("@ada")) == 1)
    (file,) = workspace.files("@ada")
    assert file.content.startswith(b"\x89PNG")
    assert file.title == "Petra Halasz on monitors at the strait: stance over time"
    assert "1 Dec 2030 supports" in file.alt
    assert "25 Feb 2031 refers to another" in file.alt
    assert workspace.files(CHANNEL) == ()


async def test_a_shared_timeline_has_its_picture_in_the_thread(side, talkative, workspace, ticking):
    await workspace.wait_for(lambda: len(workspace.messages(CHANNEL)) == 1)
    (private,) = (await workspace.slash("ada", CHANNEL, "timeline halasz monitors")).posts
    await workspace.click("ada", CHANNEL, private.ts, SHARE, answers=1)
    await workspace.wait_for(lambda: len(workspace.files(CHANNEL)) == 1)
    public = workspace.messages(CHANNEL)[-1]
    assert [len(one.files) for one in workspace.replies(CHANNEL, public.ts)] == [1]


async def test_a_picture_that_cannot_be_sent_is_named_with_the_reason(side, talkative, workspace):
    workspace.inject("files.completeUploadExternal", error="internal_error")
    answer = await workspace.slash("ada", CHANNEL, "timeline halasz monitors", answers=2)
    assert "could not be sent as a file (internal_error)" in answer.text
    assert "15 statements" in shown(answer), "the text stands"


async def test_an_export_goes_to_the_asker_alone_and_is_written_down(side, talkative, ledger, workspace):
    answer = await workspace.slash("ada", CHANNEL, "export statements since 2031-01-01")
    assert "17 statements since 1 Jan 2031" in answer.text
    await workspace.wait_for(lambda: len(workspace.files("@ada")) == 1)
    (file,) = workspace.files("@ada")
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert len(rows) == 17
    assert {"Petra Halasz", "Mara Velden", "Ivo Sternad"} == {row["speaker"] for row in rows}
    assert [(one.what, one.words, one.by) for one in ledger.handed_out()] == [("export", "statements csv", "U0ADA")]


async def test_a_file_comes_too_where_the_record_is_asked_from_anywhere(side, talkative, workspace):
    await workspace.ask("ada")
    await workspace.wait_for(lambda: len(workspace.modals("ada")) == 1)
    await workspace.submit("ada", {"ask_words": "export statements since 2031-01-01"})
    await workspace.wait_for(lambda: len(workspace.files("@ada")) == 1)
    assert "17 statements since 1 Jan 2031" in json.dumps(workspace.modals("ada")[-1].content)


async def test_the_proof_of_an_alert_comes_as_a_file_that_proves_itself(side, alert, ledger, workspace):
    await workspace.slash("ada", CHANNEL, "verify 1001 file")
    await workspace.wait_for(lambda: len(workspace.files("@ada")) == 1)
    proven = alone(workspace.files("@ada")[0].content)
    assert (proven.faults, proven.proof.alert.number) == ((), 1001)
    (handed,) = ledger.handed_out()
    assert (handed.what, handed.words) == ("export", f"proof OR-1001 {proven.proof.digest}")
    answer = await workspace.slash("noor", CHANNEL, "verify 1001 file")
    assert "it takes the role editor" in answer.text


@pytest.mark.parametrize("what", ["alerts", "decisions jsonl", "sources jsonl since 30d"])
async def test_every_list_can_be_exported(side, alert, ledger, workspace, what):
    ledger.decide(alert.number, "confirm", "U0TOMAS", "=1+1", alert.created_at)
    await workspace.slash("ada", CHANNEL, f"export {what}")
    await workspace.wait_for(lambda: len(workspace.files("@ada")) == 1)
    content = workspace.files("@ada")[0].content.decode()
    assert content.splitlines()
    if "jsonl" in what:
        assert all(json.loads(line) for line in content.splitlines())
    else:
        assert "'=1+1" in content, "no spreadsheet computes it"


async def test_an_export_takes_an_editor(side, alert, workspace):
    answer = await workspace.slash("noor", CHANNEL, "export alerts")
    assert "it takes the role editor" in answer.text


async def test_topics_are_changed_after_a_preview_and_back_again(side, talkative, ledger, workspace):
    (preview,) = (await workspace.slash("ada", CHANNEL, "topic rename monitors to observers at the strait")).posts
    assert "17 statements keep their place" in json.dumps(preview.blocks)
    assert ledger.topic_named("strait-monitors") == "monitors at the strait", "nothing yet"
    done = await workspace.click("ada", CHANNEL, preview.ts, "topic_apply", answers=1)
    assert "Done, as change 1" in done.text
    assert ledger.topic_named("strait-monitors") == "observers at the strait"
    (undo,) = (await workspace.slash("ada", CHANNEL, "topic undo")).posts
    await workspace.click("ada", CHANNEL, undo.ts, "topic_apply", answers=1)
    assert ledger.topic_named("strait-monitors") == "monitors at the strait"
    nothing = await workspace.slash("ada", CHANNEL, "topic undo")
    assert "No change of topics stands." in nothing.text


async def test_a_split_takes_the_statements_that_hold_the_words(side, talkative, ledger, workspace):
    (preview,) = (await workspace.slash("ada", CHANNEL, 'topic split monitors as "flags" any flag')).posts
    assert "1 statement that hold “any flag” move" in json.dumps(preview.blocks, ensure_ascii=False)
    await workspace.click("ada", CHANNEL, preview.ts, "topic_apply", answers=1)
    assert ledger.remarks_on("flags") == 1
    (merge,) = (await workspace.slash("ada", CHANNEL, "topic merge flags into monitors")).posts
    await workspace.click("ada", CHANNEL, merge.ts, "topic_apply", answers=1)
    assert ledger.remarks_on("strait-monitors") == 17
    again = await workspace.slash("ada", CHANNEL, "topic merge monitors into monitors at the strait")
    assert "nothing to merge" in again.text


async def test_a_change_of_topics_takes_an_editor(side, alert, workspace):
    answer = await workspace.slash("noor", CHANNEL, "topic merge a into b")
    assert "it takes the role editor" in answer.text


async def test_leaving_a_preview_changes_nothing(side, alert, ledger, workspace):
    (preview,) = (await workspace.slash("ada", CHANNEL, "topic rename monitors to observers")).posts
    left = await workspace.click("ada", CHANNEL, preview.ts, "topic_cancel", answers=1)
    assert left.text == "Nothing was changed."
    assert ledger.topic_changes() == ()


async def test_pages_in_a_modal_take_the_place_of_what_it_showed(side, talkative, workspace):
    await workspace.ask("ada")
    await workspace.wait_for(lambda: len(workspace.modals("ada")) == 1)
    await workspace.submit("ada", {"ask_words": "who halasz"})
    await workspace.wait_for(lambda: "Petra Halasz" in json.dumps(workspace.modals("ada")[-1].content))
    for action in (MORE, BACK) * 3:  # Slack opens three modals on top of each other, and no fourth
        shown = workspace.modals("ada")[-1].content
        assert (await workspace.press("ada", action)).error is None
        await workspace.wait_for(lambda before=shown: workspace.modals("ada")[-1].content != before)
        assert len(workspace.modals("ada")) == 1
