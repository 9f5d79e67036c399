"""Where a conflict goes is decided from what holds at a moment, with a reason in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.ledger.flow_records import Flow, Target, Wish
from bot.model import Alert, Conflict, Party, Position, Said, Source, Span, Speaker, Statement
from bot.routing import destined, occasions, targets_of
from config.schema import Channel

NOW = datetime(2031, 6, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MARA = Party(name="Mara Velden", official="velden", side="ARDENIA")
IVO = Party(name="Ivo Sternad", official="sternad", side="KESSLAND")
DESK = Channel(id="desk")


def position(party: Party, outlet: str) -> Position:
    text = "The toll stays."
    source = Source(article=outlet, outlet=outlet, url=None, title="t", published=NOW, retrieved=NOW, text_hash=outlet)
    said = Statement(
        source=source,
        kind="direct",
        span=Span(start=0, end=len(text)),
        quote=text,
        verbatim=(),
        cue="said",
        speaker=Speaker(party=party, as_written=party.name, span=Span(start=0, end=1)),
        holder=party,
        said=Said(first=date(2031, 6, 1), last=date(2031, 6, 1), how="given"),
        content=text,
    )
    return Position(
        statement=said, holder=party, topic="toll", topic_name="the port toll", proposition="p", proposition_text="p",
        stance="for", strength=1.0,
    )  # fmt: skip


PAIR = Conflict(
    kind="reversal", fresh=position(MARA, "Harbour Post"), earlier=position(IVO, "Courier"), score=0.7, case="toll:x",
    title="t", lede="l", why="w",
)  # fmt: skip


def wish(target: Target, audience: str = "desk", what: str = "mute", until: datetime | None = NOW + HOUR) -> Wish:
    return Wish(number=1, what=what, audience=audience, target=target, at=NOW, by="U1", until=until)


def what(channel: Channel = DESK, strength: str = "medium", now: datetime = NOW, **flow: object):
    """The outcome in one channel, with its reason."""
    (found,) = destined(PAIR, strength, Flow(channels=(channel,), **flow), now)
    return found.outcome, found.reason


TARGETS = [
    Target(kind="topic", id="toll", name="the port toll"),
    Target(kind="person", id="velden", name="Mara Velden"),
    Target(kind="person", id="Ivo Sternad", name="Ivo Sternad"),
    Target(kind="side", id="KESSLAND", name="Kessland"),
    Target(kind="kind", id="reversal", name="changes of position"),
    Target(kind="source", id="harbour post", name="Harbour Post"),
    Target(kind="pair", id="toll:x", name="OR-1042"),
]
OTHERS = [
    Target(kind="topic", id="bridge", name="the bridge"),
    Target(kind="person", id="orlik", name="Orlik"),
    Target(kind="side", id="LUMEN", name="Lumen"),
    Target(kind="kind", id="disputed", name="disputed"),
    Target(kind="source", id="Courier", name="Courier"),  # only what is new counts
    Target(kind="pair", id="toll:y", name="OR-1"),
]


def test_what_the_route_takes_is_posted() -> None:
    assert what() == ("posted", "the route takes it")


@pytest.mark.parametrize(
    ("channel", "reason"),
    [
        (Channel(id="d", kinds=("disputed",)), "its route takes no changes of position"),
        (Channel(id="d", minimum="high"), "its route takes strong alerts only, and this one is of medium strength"),
        (Channel(id="d", topics=("bridge",)), "its route does not take the topic the port toll"),
        (Channel(id="d", sides=("LUMEN",)), "its route takes other sides only: LUMEN"),
        (Channel(id="d", officials=("orlik",)), "its route takes other people only: orlik"),
    ],
)
def test_what_the_route_does_not_take_is_not_sent_and_says_why(channel: Channel, reason: str) -> None:
    assert what(channel) == ("not sent", reason)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target.kind}-{target.id}")
def test_a_muted_target_is_never_posted(target: Target) -> None:
    assert what(mutes=(wish(target),)) == ("muted", f"{target.name} is muted here until 03 Jun 13:00 UTC")
    assert what(mutes=(wish(target, "politics"),)) == ("posted", "the route takes it")


@pytest.mark.parametrize("target", OTHERS, ids=lambda target: f"{target.kind}-{target.id}")
def test_a_mute_of_something_else_keeps_nothing_back(target: Target) -> None:
    assert what(mutes=(wish(target),))[0] == "posted"


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target.kind}-{target.id}")
def test_what_is_followed_comes_whatever_the_route_takes(target: Target) -> None:
    narrow = Channel(id="desk", topics=("bridge",), minimum="high")
    follow = wish(target, what="follow", until=None)
    assert what(narrow, follows=(follow,)) == ("posted", f"{target.name} is followed")
    assert what(narrow, follows=(follow,), mutes=(wish(target),))[0] == "muted"


def test_a_person_who_follows_nothing_of_it_is_not_even_mentioned() -> None:
    places = (Channel(id="U1", kinds=()), Channel(id="U2", kinds=()))
    follow = wish(TARGETS[0], "U2", what="follow", until=None)
    found = destined(PAIR, "medium", Flow(channels=places, follows=(follow,)), NOW)
    assert [(one.channel.id, one.outcome) for one in found] == [("U2", "posted")]


def test_quiet_hours_hold_it_and_say_until_when() -> None:
    night = Channel(id="desk", quiet="22:00-07:00 Europe/London")
    assert what(night, now=NOW) == ("posted", "the route takes it")
    assert what(night, now=NOW + 12 * HOUR) == ("held", "quiet hours until 07:00 Europe/London")


def test_over_the_cap_it_is_held_for_the_digest_or_where_there_is_none_only_listed() -> None:
    two = Channel(id="desk", cap=2, digest="08:00 UTC")
    assert what(two, posted={"desk": 1})[0] == "posted"
    assert what(two, posted={"desk": 2}) == ("held", "over the cap of 2 alerts a day, for the digest at 08:00 UTC")
    bare = two.model_copy(update={"digest": ""})
    assert what(bare, posted={"desk": 2}) == (
        "listed",
        "over the cap of 2 alerts a day, and there is no digest here",
    )
    assert what(two.model_copy(update={"cap": 0}), posted={"desk": 99})[0] == "posted"


@pytest.mark.parametrize(
    ("since", "now", "keys"),
    [
        ((2, 23), (3, 5), []),  # still quiet
        ((2, 23), (3, 6), ["quiet:2031-06-03"]),
        ((2, 23), (3, 7), ["quiet:2031-06-03", "daily:2031-06-03"]),
        ((3, 8), (3, 20), []),  # since the digest, and the night has not come
        ((3, 8), (4, 7), ["quiet:2031-06-04", "daily:2031-06-04"]),
        ((1, 23), (9, 12), ["quiet:2031-06-09", "daily:2031-06-09"]),  # the service was down for days
    ],
)
def test_the_occasions_of_a_digest_are_the_last_end_of_quiet_hours_and_the_last_hour_of_the_digest(
    since: tuple[int, int], now: tuple[int, int], keys: list[str]
) -> None:
    night = Channel(id="desk", quiet="22:00-07:00 Europe/London", digest="08:00 Europe/London")
    since_, now_ = (datetime(2031, 6, *at, tzinfo=UTC) for at in (since, now))
    assert [one.key for one in occasions(night, since_, now_)] == keys


def test_what_a_channel_without_digest_and_quiet_hours_still_holds_is_told_at_once() -> None:
    bare = Channel(id="desk", digest="")
    assert len(occasions(bare, NOW - HOUR, NOW)) == 1
    assert occasions(bare, NOW - HOUR, NOW) == occasions(bare, NOW - HOUR, NOW + HOUR)


def test_a_card_offers_its_topic_pair_people_and_source_to_be_muted() -> None:
    alert = Alert(
        number=1042, conflict=replace(PAIR, bridge=None), joined=(), channel="desk", strength="high", created_at=NOW,
        state="sent", review="open", revision=1, dedupe_key="d",
    )  # fmt: skip
    assert [(one.kind, one.name) for one in targets_of(alert)] == [
        ("topic", "the port toll"),
        ("pair", "OR-1042"),
        ("person", "Mara Velden"),
        ("person", "Ivo Sternad"),
        ("source", "Harbour Post"),
    ]
