"""Every answer of the desk keeps Slack's limits and lets no foreign text ping or format, whatever it is fed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.inquiries import Checked, Reason, Reasons, Replayed, Sample, Taken, Trial
from bot.ledger import Routed
from bot.ledger.feeds.entries import GivenUp
from bot.ledger.feeds.feeds import Summaries
from bot.ledger.flow.sources import SourceChange
from bot.ledger.people.roster import RosterChange
from bot.slack.blocks import Desk, checks, home, modals, reasons, replays, roster, sources
from bot.slack.blocks.home import Reading, Setting
from bot.slack.sources import Known
from bot.slack.validate import faults, viewed
from config.schema import Channel, Mandate, Official
from watchers.model import FeedState

NOW = datetime(2031, 2, 25, tzinfo=UTC)
HOSTILE = "<!channel> <@U0ADA> *bold* _it_ ~x~ `y` > & <http://evil.example|here> @here :smile: \u202e"
TEXTS = pytest.mark.parametrize("text", [HOSTILE * 40, "ж" * 3000, "&" * 3000, "a" * 190, "", "“x”\n> y" * 200])
URLS = pytest.mark.parametrize(
    "url", ["https://a.example/f", f"https://a.example/{'x' * 1800}", f"https://a.example/?q={'&' * 900}"]
)


def sound(payload, *extra):
    text = json.dumps(payload, ensure_ascii=False)
    assert "<!channel" not in text
    assert "<@U0ADA" not in text
    assert "|here>" not in text
    if payload.get("type") in {"modal", "home"}:
        viewed(payload)
    else:
        assert faults(payload) == ()
    return text


def known(name, url, state="active"):
    health = FeedState(feed=name[:80] or "x", reason=name, failures=3, good_at=NOW, moved_to=url)
    lost = GivenUp(entries=3, title=name, reason=name)
    return Known(
        id=name[:80], name=name, url=url, origin="Slack", state=state, by="U0NOOR", health=health, given_up=lost
    )


@TEXTS
@URLS
def test_sources_keep_the_limits(text, url):
    many = [known(text, url)] * 60
    sound(sources.listed(many))
    sound(sources.health(many, {one.id: Summaries(articles=10**6, reason=text) for one in many}))
    sample = Sample(title=text, url=url, published=NOW, outcome=text, readable=False)
    trial = Trial(url=url, entries=9, dated=9, newest=NOW, oldest=NOW, known=3, samples=(sample,) * 3, moved_to=url)
    change = SourceChange(source="x" * 60, what="added", name=text, url=url, past="fill", by="U0NOOR", at=NOW)
    sound(sources.tried(trial, text))
    sound(sources.question("x" * 60, text, trial, text))
    sound(sources.suggestion(change, trial, text))
    sound(sources.taken(change))
    sound(sources.already(change))
    sound(sources.preview([(text, url)] * 200, 3, "1 " * 200))
    sound(sources.told(text.strip() or "x"))
    sound(sources.waiting_for(url))


@TEXTS
def test_reasons_people_and_settings_keep_the_limits(story, text):
    steps = (Reason(title=text, told=(text,) * 8, ends=True),) * 20
    told = Reasons(heading=(text, text), steps=steps, verdict=text.strip() or "x", others=4)
    routed = (Routed(audience=text, outcome="held", reason=text, at=NOW, digest=NOW),) * 30
    sound(reasons.told(told, replace(story.alert, state="stuck", reason=text), routed))
    change = RosterChange(what="alias", subject=text, content={"alias": text}, by="U0NOOR", at=NOW)
    sound(roster.changes((change,) * 60, (), 3))
    sound(roster.done(change, text))
    person = Official(
        id="x", name=text[:190] or "x", aliases=(text[:190] or "x",) * 40,
        mandates=(Mandate(role=text[:190] or "x", side="S"),) * 20,
    )  # fmt: skip
    sound(roster.person(person, {"S": text}, (change,) * 30))
    sound(checks.nothing(text.strip() or "x"))


@pytest.fixture
def long(story):
    """The story with words that nobody ever said at such length."""

    def make(text):
        conflict = replace(story.conflict, title=text, why=text, lede=text)
        return conflict, replace(story.alert, conflict=conflict)

    return make


@TEXTS
def test_checks_replays_and_homes_keep_the_limits(long, story, text):
    conflict, alert = long(text)
    taken = Taken(statement=conflict.fresh.statement, positions=(conflict.fresh,) * 4, conflicts=(conflict,) * 5)
    checked = Checked(title=text, url="https://a.example/x", outlet=text, taken=(taken,) * 30, notes=(text,) * 5)
    shown = checks.checked(checked, story.desk)
    sound(shown)
    viewed(modals.shown(shown))
    told = Replayed(considered=9, stays=1, vanish=(alert,) * 40, appear=(conflict,) * 40, settings={"x": text})
    sound(replays.replayed(told, NOW, "since 14d"))
    sound(replays.replayed(told, NOW, "since 14d", by="U0NOOR"))
    reading = Reading(
        first=True,
        role="editor",
        open=tuple(replace(alert, number=1000 + at) for at in range(9)),
        open_count=40,
        mine=(),
        wishes=(text,) * 30,
        feeds=90,
        unasked=9,
        failing=(FeedState(feed=text.strip() or "x", reason=text, good_at=NOW),) * 30,
        latest=(conflict.fresh,) * 9,
        statements=9,
        troubles=(text,) * 9,
        settings=(Setting(name=text.strip() or "x", value=text or "y", origin=text or "z"),) * 12,
        now=NOW,
    )
    sound(home.home(reading, Desk()))
    channel = Channel(id="desk", topics=("t",) * 9, sides=("S",) * 9)
    sound(home.welcome(channel, {"S": text}, {"t": text}, ("mute", "quiet", "digest")))
