"""From an article to where it goes: held, muted, capped or followed, with the reason on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.stories import with_invented_country
from bot.ledger import Ledger, Target
from bot.pipeline import Pipeline
from config.load import load
from config.schema import Channel, Config
from watchers.model import Article

NOW = datetime(2025, 3, 6, 12, tzinfo=UTC)
NIGHT = datetime(2025, 3, 6, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)
AGAINST = (
    "“A toll on foreign ships in the port of Ostermouth is out of the question,” Ilse Marken told reporters on Monday."
)
IN_FAVOUR = "“We support a toll on foreign ships in the port of Ostermouth,” Ilse Marken said on Wednesday."
BACKED = "“We support joining the Northern Grid,” Velmarkian Finance Minister Tomas Reede said on Monday."
REJECTED = "“We reject joining the Northern Grid,” Velmarkian Energy Minister Anna Kolb said on Wednesday."
REPEATED = "“Joining the Northern Grid is unacceptable to this ministry,” Energy Minister Anna Kolb said on Thursday."
KOLB = Target(kind="person", id="anna-kolb", name="Anna Kolb")
MARKEN = Target(kind="person", id="ilse-marken", name="Ilse Marken")


def article(name: str, text: str, day: int) -> Article:
    return Article(
        id=name,
        keys=(f"id:{name}",),
        url=f"https://times.example/{name}",
        outlet="The Harbour Times",
        title=name,
        text=f"Velmarkian Prime Minister Ilse Marken spoke in the capital. {text}",
        published=datetime(2025, 3, day, 9, tzinfo=UTC),
        retrieved=NOW,
    )


@pytest.fixture(scope="module")
def base() -> Config:
    return with_invented_country(load(environ={}))


def walk(base: Config, ledger: Ledger, *channels: Channel, now: datetime = NOW, quiet: bool = False):
    """Take down both articles of the reversal; what the second raises."""
    pipeline = Pipeline(base.model_copy(update={"channels": channels}))
    pipeline.record(article("no", AGAINST, 3), ledger, now=now, quiet=quiet)
    return pipeline.record(article("yes", IN_FAVOUR, 5), ledger, now=now, quiet=quiet)


def why(ledger: Ledger, about: int | str):
    return [(one.audience, one.outcome, one.reason) for one in ledger.routed(about)]


def test_each_channel_has_its_outcome_with_its_reason_on_record(base: Config, ledger: Ledger) -> None:
    grid = Channel(id="grid", topics=("northern-grid",))
    night = Channel(id="night", quiet="22:00-07:00 UTC")
    (posted, held) = walk(base, ledger, Channel(id="desk"), grid, night, now=NIGHT).raised
    assert (posted.channel, posted.state, held.channel, held.state) == ("desk", "pending", "night", "held")
    assert why(ledger, posted.number) == [
        ("desk", "posted", "the route takes it"),
        ("grid", "not sent", "its route does not take the topic the port toll"),
        ("night", "held", "quiet hours until 07:00 UTC"),
    ]
    assert why(ledger, posted.conflict.key) == why(ledger, posted.number)
    assert [waiting.channel for waiting in ledger.due(NIGHT)] == ["desk"]


def test_the_first_run_is_silent_and_says_so(base: Config, ledger: Ledger) -> None:
    ledger.follow("U1", MARKEN, "U1", NOW)
    assert walk(base, ledger, Channel(id="desk"), quiet=True).raised == ()
    assert ledger.due(NOW) == ()
    with ledger._reading() as connection:
        told = connection.exec_driver_sql("SELECT audience, outcome FROM routed").all()
    assert set(told) == {("", "not sent")}


def test_who_follows_gets_it_beside_the_channels_and_where_nothing_is_configured(base: Config, ledger: Ledger) -> None:
    ledger.follow("U1", MARKEN, "U1", NOW)
    ledger.follow("U2", Target(kind="person", id="anna-kolb", name="Anna Kolb"), "U2", NOW)
    (alert,) = walk(base, ledger).raised
    assert (alert.channel, alert.state) == ("U1", "pending")
    assert why(ledger, alert.number) == [("U1", "posted", "Ilse Marken is followed")]


def test_what_goes_to_a_channel_and_to_who_follows_is_listed_once(base: Config, ledger: Ledger) -> None:
    ledger.follow("U1", MARKEN, "U1", NOW)
    raised = walk(base, ledger, Channel(id="desk")).raised
    assert [alert.channel for alert in raised] == ["desk", "U1"]
    assert [alert.channel for alert in ledger.conflicts()] == ["desk"]
    assert [alert.channel for alert in ledger.conflicts(channel="U1")] == ["U1"]
    assert len(ledger.alerts_since(NOW)) == 1


def test_a_muted_alert_is_on_record_and_listed_and_news_after_the_mute_is_posted(base: Config, ledger: Ledger) -> None:
    ledger.mute("desk", KOLB, NOW + 2 * HOUR, "U1", NOW)
    pipeline = Pipeline(base.model_copy(update={"channels": (Channel(id="desk"),)}))
    pipeline.record(article("before", BACKED, 3), ledger, now=NOW)
    (alert,) = pipeline.record(article("after", REJECTED, 5), ledger, now=NOW).raised
    assert alert.state == "listed"
    assert ledger.due(NOW) == ()
    assert [one.number for one in ledger.conflicts()] == [alert.number]
    assert why(ledger, alert.number)[-1][1:] == ("muted", "Anna Kolb is muted here until 06 Mar 14:00 UTC")
    later = NOW + 3 * HOUR
    (joined,) = pipeline.record(article("again", REPEATED, 6), ledger, now=later).joined
    assert (joined.number, joined.state) == (alert.number, "pending")
    assert why(ledger, alert.number)[-1][1:] == ("posted", "new evidence came, and the route takes it")
    assert [waiting.kind for waiting in ledger.due(later)] == ["card"]


def test_over_the_cap_the_strongest_of_an_article_is_posted_and_the_rest_held(base: Config, ledger: Ledger) -> None:
    one = Channel(id="desk", cap=1)
    pipeline = Pipeline(base.model_copy(update={"channels": (one,)}))
    pipeline.record(article("before", f"{AGAINST} {BACKED}", 3), ledger, now=NOW)
    raised = pipeline.record(article("after", f"{IN_FAVOUR} {REJECTED}", 5), ledger, now=NOW).raised
    assert [alert.state for alert in raised] == ["pending", "held"]
    assert raised[0].conflict.score >= raised[1].conflict.score
    assert why(ledger, raised[1].number)[-1][2] == "over the cap of 1 alerts a day, for the digest at 08:00 UTC"


def test_what_is_set_in_slack_holds_over_the_file_from_the_next_article_on(base: Config, ledger: Ledger) -> None:
    ledger.prefer("desk", "topics", ["northern-grid"], "U1", NOW)
    ledger.prefer("C9", "kinds", ["reversal"], "U1", NOW)
    (alert,) = walk(base, ledger, Channel(id="desk")).raised
    assert alert.channel == "C9"
    assert why(ledger, alert.number)[0] == (
        "desk",
        "not sent",
        "its route does not take the topic the port toll",
    )
