"""Sources from Slack: suggested, tried, added once, paused, removed and imported, by both ways of reaching Slack."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_sample import article

from bot.inquiries import Sample, Trial, Unanswered
from bot.slack import SlackSide, Tokens, outline
from bot.slack.sources import id_for, same_address
from config.schema import Config, Feed
from config.settings import Roles, Settings, SlackSettings
from watchers.model import Entry, FeedState

CHANNEL = "fact-desk"
URL = "https://harbour.example/feed"
OPML = """<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaa">]><opml version="2.0"><body>
<outline text="News"><outline type="rss" text="The Harbour &amp; Times" xmlUrl="https://harbour.example/feed"/>
<outline title="Courier" text="x" xmlUrl='https://courier.example/rss?a=1&amp;b=2'/>
<outline text="no feed" htmlUrl="https://nowhere.example/"/></outline></body></opml>"""


@dataclass
class Desk:
    """What the service would do: it tries feeds, fetches lists, and counts how often sources were taken up."""

    taken_up: int = 0
    free: threading.Event | None = None  # sources are taken up once it is set
    tried: list[str] = field(default_factory=list)
    broken: str = ""

    def trial(self, url):
        self.tried.append(url)
        if self.broken:
            raise Unanswered(f"{url}: {self.broken}")
        when = datetime(2031, 2, 24, tzinfo=UTC)
        good = Sample(title="A story", url=None, published=when, outcome="full text on its page", readable=True)
        wall = Sample(title="Another", url=None, published=when, outcome="only the summary: paywall", readable=False)
        return Trial(url=url, entries=12, dated=12, newest=when, oldest=when, known=0, samples=(good, wall))

    def outline(self, url):
        if self.broken:
            raise Unanswered(f"{url}: {self.broken}")
        return OPML

    def sources_changed(self):
        assert self.free is None or self.free.wait(10)
        if self.broken:
            raise Unanswered(f"the sources: {self.broken}")
        self.taken_up += 1


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture(params=["socket", "http"])
async def side(request, ledger, workspace, clock, desk):
    slack = SlackSettings(
        base_url=workspace.base_url, mode=request.param, http_port=0, operator_channel="investigations"
    )
    workspace.invite_bot("investigations")
    roles = Roles(checkers=("U0ADA", "U0TOMAS"), editors=("U0ADA", "U0TOMAS"))
    config = Config(
        feeds=(Feed(id="courier", name="Courier", url="https://courier.example/rss?a=1&b=2"),),
        settings=Settings(slack=slack, roles=roles),
    )
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    started = SlackSide(ledger=ledger, config=config, tokens=tokens, clock=clock, inquiries=desk)
    await started.start()
    if request.param == "http":
        workspace.use_http(f"http://127.0.0.1:{started.http_port}/slack/events")
    yield started
    await started.stop()


def shown(answer):
    return json.dumps(answer.blocks, ensure_ascii=False)


async def test_a_feed_is_tried_without_keeping_anything(side, desk, ledger, workspace):
    answer = await workspace.slash("noor", CHANNEL, f"source test <{URL}>")
    for part in ("12 entries", "full text on its page", "only the summary: paywall", "nothing is kept"):
        assert part in shown(answer)
    assert (ledger.source_changes(), desk.taken_up) == ((), 0)


@pytest.mark.parametrize("url", ["http://a.example:99999999/feed", "http://[a/feed", "https://a.example:x/feed"])
async def test_an_address_that_leads_nowhere_is_said_to_and_spoils_nothing(side, desk, ledger, workspace, url):
    desk.broken = "it is no address"
    tried = await workspace.slash("ada", CHANNEL, f"source test {url}")
    assert "it is no address" in shown(tried)
    await workspace.slash("noor", CHANNEL, f"source add {url}")
    await workspace.slash("ada", CHANNEL, "source import", answers=0)
    await workspace.wait_for(lambda: len(workspace.modals("ada")) == 1)
    await workspace.submit("ada", {"source_outline": f"{URL}\n{url}"})
    await workspace.wait_for(lambda: "2 new sources" in json.dumps(workspace.modals("ada")[0].content))
    desk.broken = ""
    again = await workspace.slash("ada", CHANNEL, f"source test {URL}")
    assert "12 entries" in shown(again)


async def test_an_editor_adds_a_source_and_is_asked_once_what_becomes_of_its_past(side, desk, ledger, workspace, clock):
    answer = await workspace.slash("ada", CHANNEL, f"source add <{URL}> The Harbour Times")
    assert answer.posts[0].buttons == ("Only from now on", "Fill the record", "Not this one")
    assert "nothing is posted for the past" in shown(answer)
    assert desk.taken_up == 0
    done = await workspace.click("ada", CHANNEL, answer.posts[0].ts, "source_add_fill", answers=1)
    assert "is watched, with its past entries" in done.text
    (change,) = ledger.sources()
    assert (change.source, change.state, change.past, change.by) == ("the-harbour-times", "active", "fill", "U0ADA")
    assert desk.taken_up == 1
    listed = await workspace.slash("noor", CHANNEL, "source")
    assert "The Harbour Times" in shown(listed)
    assert "Slack" in shown(listed)
    assert "feeds.toml" in shown(listed), "each with its origin"
    again = await workspace.slash("ada", CHANNEL, f"source add {URL}/")
    assert "is a source already" in again.text


async def test_a_source_is_on_record_and_the_press_acknowledged_before_it_is_taken_up(side, desk, ledger, workspace):
    answer = await workspace.slash("ada", CHANNEL, f"source add <{URL}> The Harbour Times")
    ledger.save_feed_state(FeedState(feed="the-harbour-times", etag="of long ago", seeded=True))
    desk.free = threading.Event()
    pressed = await workspace.click("ada", CHANNEL, answer.posts[0].ts, "source_add_fill")
    assert pressed.acked
    assert [one.state for one in ledger.sources()] == ["active"]
    assert ledger.feed_state("the-harbour-times") == FeedState(feed="the-harbour-times"), "it begins anew"
    assert desk.taken_up == 0
    desk.free.set()
    await workspace.wait_for(lambda: "is watched" in json.dumps([one.text for one in workspace.ephemerals("ada")]))
    assert desk.taken_up == 1


async def test_a_source_suggested_twice_is_asked_about_once(side, ledger, workspace):
    for answer in ("is suggested; an editor", "is suggested already; an editor"):
        assert answer in (await workspace.slash("noor", CHANNEL, f"source add {URL}")).text
    await workspace.wait_for(lambda: any(one.buttons for one in workspace.messages("investigations")))
    await workspace.slash("noor", CHANNEL, "source list")
    assert sum(bool(one.buttons) for one in workspace.messages("investigations")) == 1


async def test_anyone_suggests_and_an_editor_approves_in_the_operators_channel_once(side, desk, ledger, workspace):
    answer = await workspace.slash("noor", CHANNEL, f"source add {URL}")
    assert answer.text == "harbour.example is suggested; an editor decides."
    await workspace.wait_for(lambda: len(workspace.messages("investigations")) >= 1)
    asked = next(one for one in workspace.messages("investigations") if one.buttons)
    assert "<@U0NOOR> suggests" in json.dumps(asked.blocks)
    refused = await workspace.click("noor", "investigations", asked.ts, "source_add_skip", answers=1)
    assert "you may not add sources" in refused.text
    assert ledger.sources()[0].state == "suggested"
    await workspace.click("ada", "investigations", asked.ts, "source_add_skip")
    assert ledger.sources()[0].state == "active", "on record before the press was acknowledged"
    assert [one.past for one in ledger.sources()] == ["skip"]
    await workspace.wait_for(
        lambda: "<@U0ADA> added it" in json.dumps([one.blocks for one in workspace.messages("investigations")])
    )
    assert desk.taken_up == 1


async def test_of_two_editors_the_second_learns_who_was_first(side, ledger, workspace):
    answer = await workspace.slash("ada", CHANNEL, f"source add {URL}")
    await workspace.slash("noor", CHANNEL, f"source add {URL}")
    await workspace.wait_for(lambda: any(one.buttons for one in workspace.messages("investigations")))
    asked = next(one for one in workspace.messages("investigations") if one.buttons)
    await workspace.click("tomas", "investigations", asked.ts, "source_decline")
    late = await workspace.click("ada", CHANNEL, answer.posts[0].ts, "source_add_skip", answers=1)
    assert late.text == "harbour.example was already declined by <@U0TOMAS>."
    assert ledger.sources()[0].state == "declined"


@pytest.mark.parametrize("name", ["courier", "Courier", "cour", "https://courier.example/rss?a=1&amp;b=2"])
async def test_a_source_of_the_files_is_paused_and_resumed_from_slack(side, desk, ledger, workspace, name):
    answer = await workspace.slash("ada", CHANNEL, f"source pause {name}")
    assert answer.text == "Courier is paused. To take it back: /record source resume courier"
    assert desk.taken_up == 1
    twice = await workspace.slash("ada", CHANNEL, f"source pause {name}")
    assert "already; nothing was changed" in twice.text
    await workspace.slash("ada", CHANNEL, "source resume courier")
    assert [one.what for one in ledger.source_changes()] == ["paused", "resumed"]


async def test_a_change_that_the_service_cannot_take_up_in_time_is_on_record_and_said_to_hold_later(
    side, desk, ledger, workspace
):
    asked = await workspace.slash("ada", CHANNEL, f"source add {URL}")
    desk.broken = "no answer within 20 seconds"
    late = "holds from the next change of a source or the next start on (the sources: no answer within 20 seconds)."
    assert late in (await workspace.slash("ada", CHANNEL, "source pause courier")).text
    assert late in (await workspace.click("ada", CHANNEL, asked.posts[0].ts, "source_add_skip", answers=1)).text
    assert {one.source: one.state for one in ledger.sources()} == {"courier": "paused", "harbour-example": "active"}
    desk.broken = ""
    again = await workspace.slash("ada", CHANNEL, "source pause courier")
    assert again.text == "Courier is paused already; nothing was changed."
    assert desk.taken_up == 1, "said again it is tried again"


@pytest.mark.parametrize(
    ("user", "typed", "said"),
    [
        ("noor", "source pause courier", "you may not pause sources: it takes the role editor"),
        ("noor", "source import", "you may not import sources"),
        ("ada", "source remove courier", "It stands in feeds.toml"),
        ("ada", "source pause nobody", "No source “nobody” was found"),
        ("ada", "source add nonsense", "No address “nonsense” was found"),
        ("ada", "source add https://desk:s3cret@harbour.example/feed", "A login has no place in Slack"),
        ("ada", "source frobnicate", "is not something I know"),
        ("ada", f"source {URL}", "/record source add"),
        ("ada", "source health", "0 of 1 sources well"),
        ("ada", "help source", "/record source test"),
    ],
)
async def test_what_cannot_be_done_is_said_with_what_to_do(side, workspace, user, typed, said):
    answer = await workspace.slash(user, CHANNEL, typed)
    assert said in shown(answer)
    assert all(post.seen_only_by for post in answer.posts)


@pytest.mark.parametrize("login", ["desk:s3cret", "desk:s3/cr@t", "desk:s3#cret", "s3cret"])
async def test_a_login_in_an_address_is_neither_kept_nor_shown_however_it_is_typed(side, ledger, workspace, login):
    typed = f"https://{login}@harbour.example/feed"
    assert "A login has no place in Slack" in shown(await workspace.slash("noor", CHANNEL, f"source add {typed}"))
    await workspace.slash("ada", CHANNEL, "source import", answers=0)
    await workspace.wait_for(lambda: workspace.modals("ada"))
    await workspace.submit("ada", {"source_outline": f'<outline xmlUrl="{typed}"/>\n<outline xmlUrl="{URL}"/>'})
    await workspace.wait_for(lambda: "1 new source" in json.dumps(workspace.modals("ada")[-1].content))
    told = json.dumps(workspace.modals("ada")[-1].content)
    assert "1 with a login left out: put them into feeds.toml" in told
    assert "s3" not in told + json.dumps([one.blocks for one in workspace.messages("investigations")])
    assert [one.url for one in ledger.source_changes()] == [URL]


async def test_what_was_given_up_on_is_told_with_its_source_and_reason(side, ledger, workspace, clock):
    entry = Entry(feed="courier", keys=("k",), title="Tide <!here>", url=None, published=None, summary="", full=False)
    ledger.give_up_entry(entry, "Something unexpected happened. This is a fault of the program: see the log.", clock())
    told = shown(await workspace.slash("ada", CHANNEL, "source health"))
    assert "courier: 1 entry given up on, the newest “Tide &lt;!here&gt;”: Something unexpected happened" in told
    assert "1 entry given up on" in shown(await workspace.slash("ada", CHANNEL, "status"))


async def test_entries_that_cannot_be_read_are_told_with_their_source(side, ledger, workspace, clock):
    ledger.save_feed_state(FeedState(feed="courier", polled_at=clock(), lost=3))
    told = shown(await workspace.slash("ada", CHANNEL, "source health"))
    assert "1 of 1 sources well" in told
    assert "courier: 3 entries cannot be read" in told


async def test_pages_that_could_not_be_had_are_told_with_the_reason_of_the_newest(side, ledger, workspace, clock):
    notes = ("the page could not be read: The site asks programs not to fetch this page.",)
    closed = article("Only the summary.", feed="courier", partial=True, notes=notes, retrieved=clock())
    with ledger.work() as work:
        work.article(closed)
        work.commit()
    told = shown(await workspace.slash("ada", CHANNEL, "source health"))
    assert "courier: 1 article of the last day by the feed’s summary alone, the newest because the page" in told
    assert "asks programs not to fetch" in told


async def test_the_present_time_between_two_polls_is_told_with_each_source(side, ledger, workspace, clock):
    assert "every 5 min" in shown(await workspace.slash("ada", CHANNEL, "source"))
    next_at = clock() + timedelta(minutes=12.5)
    ledger.save_feed_state(FeedState(feed="courier", polled_at=clock(), next_at=next_at, seeded=True))
    assert "every 12.5 min" in shown(await workspace.slash("ada", CHANNEL, "source"))


async def test_a_feed_that_has_moved_for_good_is_told_with_its_new_address(side, ledger, workspace, clock):
    ledger.save_feed_state(FeedState(feed="courier", polled_at=clock(), moved_to="https://new.example/rss"))
    told = shown(await workspace.slash("ada", CHANNEL, "source health"))
    assert "1 of 1 sources well" in told
    assert "courier: it has moved for good; put <https://new.example/rss|" in told
    ledger.save_feed_state(
        FeedState(feed="courier", polled_at=clock(), moved_to="https://www.courier.example/rss/?a=1&b=2")
    )
    assert "moved" not in shown(await workspace.slash("ada", CHANNEL, "source health")), "only spelled otherwise"


async def test_a_feed_that_cannot_be_read_may_be_added_all_the_same_but_the_reason_is_said(side, desk, workspace):
    desk.broken = "The server refused: status 402, payment is required."
    answer = await workspace.slash("ada", CHANNEL, f"source add {URL}")
    assert "It could not be read just now" in shown(answer)
    assert "payment is required" in shown(answer)


async def test_a_list_of_feeds_is_looked_at_first_and_then_added(side, desk, ledger, workspace):
    await workspace.slash("ada", CHANNEL, "source import", answers=0)
    await workspace.wait_for(lambda: len(workspace.modals("ada")) == 1)
    await workspace.submit("ada", {"source_outline": "hello"})
    assert workspace.modals("ada")[0].errors["source_outline"].startswith("No address of a feed is in it")
    await workspace.submit("ada", {"source_outline": OPML})
    await workspace.wait_for(lambda: "there already" in json.dumps(workspace.modals("ada")[0].content))
    preview = json.dumps(workspace.modals("ada")[0].content, ensure_ascii=False)
    assert "1 new source, 1 there already" in preview
    assert "The Harbour &amp; Times" in preview
    assert desk.taken_up == 0
    await workspace.submit("ada", {"source_past": "fill"})
    await workspace.wait_for(lambda: "1 sources are watched" in json.dumps(workspace.modals("ada")[0].content))
    assert [(one.name, one.state, one.past) for one in ledger.sources()] == [("The Harbour & Times", "active", "fill")]
    assert desk.taken_up == 1


async def test_a_list_is_fetched_from_its_address(side, desk, workspace):
    await workspace.slash("ada", CHANNEL, "source import https://reader.example/my.opml", answers=0)
    await workspace.wait_for(lambda: "1 new source" in json.dumps([one.content for one in workspace.modals("ada")]))


def test_opml_is_read_by_pattern_and_plain_addresses_too():
    assert outline.feeds(OPML) == (
        ("The Harbour & Times", "https://harbour.example/feed"),
        ("Courier", "https://courier.example/rss?a=1&b=2"),
    )
    typed = "Harbour: https://harbour.example/feed\n<https://b.example/rss>\n\nnothing\nhttps://harbour.example/feed"
    assert outline.feeds(typed) == (("Harbour", "https://harbour.example/feed"), ("", "https://b.example/rss"))


@given(st.text())
def test_any_text_is_a_list_of_feeds_or_none(text):
    assert all(url.lower().startswith(("http://", "https://")) for _, url in outline.feeds(text))


@given(st.text(max_size=300), st.sets(st.from_regex(r"[a-z]{1,3}(-[0-9])?", fullmatch=True)))
def test_an_id_is_new_and_one_that_the_configuration_takes(name, taken):
    made = id_for(name, taken)
    assert made not in taken
    Feed(id=made, name="x", url=URL)


def test_addresses_that_differ_in_scheme_www_and_a_last_slash_are_one():
    assert same_address("http://www.a.example/feed/", "https://a.example/feed")
    assert not same_address("https://a.example/feed?x=1", "https://a.example/feed")
