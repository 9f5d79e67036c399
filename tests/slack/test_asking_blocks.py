"""Answers from the record as blocks: valid at any size, plain in words, and never more than the record holds."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ledger.asked import Card, Claim, Heard, Listed, Point, Proof, Stood, Timeline
from bot.ledger.asking.figures import Balance, Figures, Latency, Share, Upheld
from bot.ledger.records import Person
from bot.slack import mrkdwn
from bot.slack.blocks import Desk, answers
from bot.slack.blocks.asking import changes, figures, frame, pairs, people, said, timeline
from bot.slack.blocks.asking.frame import Asked
from bot.slack.blocks.asking.plot import HEIGHT, WIDTH, plot
from bot.slack.validate import WHOLE, faults, size
from config.schema import Mandate

NOW = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)
FILLERS = {
    "words": "word " * 1200,
    "one word": "x" * 6000,
    "marks": "*_~`&<>:a:" * 600,
    "mentions": "<!channel> @here <@U1> " * 300,
    "right to left": "\u202eעברית \u0645\u0631\u062d\u0628\u0627 " * 400,
    "emoji": "👩‍👩‍👧‍👦🇺🇦" * 500,
}


def person(name, statements=7):
    return Person(key="", name=name, official="x", side="KESSLAND", person=True, statements=statements, last_said=None)


def swollen(story, filler):
    held = story.conflict.bridge
    told = held.statement
    quote = filler[:3000] or "x"
    span = type(told.span)(start=0, end=len(quote))
    party = replace(told.party, name=filler, role=filler)
    speaker = replace(told.speaker, party=party, as_written=filler)
    source = replace(told.source, outlet=filler, title=filler)
    said_ = replace(told, quote=quote, span=span, verbatim=(span,), speaker=speaker, source=source, amended=filler)
    scope = tuple((filler[:50] + str(n), filler) for n in range(9))
    return replace(held, statement=said_, topic_name=filler, holder=party, scope=scope, defers_to=party)


def everything(story, filler):
    held, desk = swollen(story, filler), Desk(sides={"KESSLAND": filler}, record_url="https://record.example.org")
    source = held.statement.source
    carried = {held.statement.key: (source,) * 40}
    who = person(filler)
    stood = Stood(
        topic="t",
        name=filler,
        stance="for",
        defers_to=filler,
        day=NOW.date(),
        changed=NOW.date(),
        before="open",
        remarks=9,
    )
    roles = [Mandate(role="R" * 150, side="KESSLAND", since=date(2020, 1, n + 1)) for n in range(9)]
    record = Card(person=who, role=filler, alerts=3, open_alerts=1, positions=(held,) * 9)
    claim = Claim(position=held, answer="denied", reply=held, alert=1042)
    proof = Proof(position=held, fault=filler)
    alert = replace(story.alert, conflict=replace(story.conflict, title=filler, lede=filler, why=filler))
    listed = Listed(alerts=tuple(replace(alert, number=n) for n in range(8)), total=5000)
    points = tuple(
        Point(day=NOW.date() - timedelta(days=n), stance="for", claimed=False, deferred=False) for n in range(99)
    )
    share = Share(name=filler, statements=900, alerts=3, confirmed=1, decided=2)
    narrow = [(filler, f"who x topic-{n}") for n in range(99)]
    hint = f"/record who {filler}"
    return {
        "card": people.card(
            record, carried, desk, roles=roles, stances=[stood] * 9, topic=filler, more=True, narrow=narrow, hint=hint
        ),
        "claims": people.claims(filler, [claim] * 4, carried, topic=filler, more=True, hint=hint),
        "said": said.said(
            filler, filler, [Heard(statement=held.statement, match=match, likeness=90) for match in ("quotation", "near")] * 2, carried, hint=hint
        ),
        "timeline": timeline.timeline(
            Timeline(person=who, positions=(held,) * 6, points=points), filler, carried, since=NOW.date(), skip=6, hint=hint
        ),
        "compare": pairs.compare(
            (filler, filler), filler, ((held,) * 3, (held,) * 3), carried, alerts=(alert,) , desk=desk, hint=hint
        ),
        "standing": pairs.standing(filler, (held,) * 10, carried, total=9, skip=0, more=True, changes=[filler] * 9, hint=hint),
        "conflicts": pairs.conflicts(listed, filler, desk, skip=8, hint=hint),
        "no conflicts": pairs.conflicts(Listed(alerts=(), total=0), filler, desk, hint=hint),
        "verify": figures.verify(alert, [proof] * 30),
        "stats": figures.stats(
            Figures(
                since=NOW,
                by_day={NOW.date() - timedelta(days=n): 99 for n in range(60)},
                reviews={"open": 4, "confirmed": 3, "dismissed": 2},
                upheld=(Upheld(kind="reversal", confirmed=27, refused=4),),
                latency=Latency(cards=9, published=(65.0, 4000.0), retrieved=(5.0, 90000.0)),
            )
        ),
        "balance": figures.balance(Balance(since=NOW, sides=(share,) * 30, outlets=(share,) * 30, languages=(share,)), desk),
    }  # fmt: skip


@pytest.mark.campaign
@pytest.mark.parametrize("filler", FILLERS.values(), ids=FILLERS)
def test_every_answer_is_valid_at_sizes_nobody_expects(story, filler):
    asked = Asked(words=frame.cut(filler), skip=8)
    for name, shown in everything(story, filler).items():
        for payload in (
            frame.private(shown, asked, note="The record has changed."),
            frame.private(shown, asked, shared=True, replaces=True),
            frame.public(shown, asked, "U0ADA", NOW),
        ):
            assert (name, faults(payload)) == (name, ())
            assert size(payload) < WHOLE, name
            assert "<!channel" not in str([block for block in payload["blocks"] if block["type"] != "actions"])
    for payload in (
        changes.preview(filler, 9, filler, filler[:900]),
        changes.done(1, filler),
        changes.refused(filler),
        answers.noted(filler),
        answers.not_sent(filler, filler),
    ):
        assert faults(payload) == ()


def test_an_answer_names_no_verdict_on_persons(story):
    for shown in everything(story, "word").values():
        told = str(frame.private(shown, Asked(words="x"))).casefold()
        assert not [
            word for word in ("flip-flop", "u-turn", " lie", "contradicts himself", "never said") if word in told
        ]


@given(words=st.text(max_size=200), skip=st.integers(min_value=0, max_value=10_000))
def test_a_question_comes_out_of_a_button_as_it_went_in(words, skip):
    asked = Asked(words=words, skip=skip, seen="abc")
    assert Asked.of(asked.value) == asked


@given(value=st.text(max_size=100))
def test_a_button_whose_value_is_nonsense_asks_something_harmless(value):
    assert 0 <= Asked.of(value).skip <= 100_000


def test_the_mark_changes_with_what_is_said_alone(story):
    shown = everything(story, "word")["said"]
    assert frame.mark(shown) == frame.mark(replace(shown, hint="other", more=True))
    assert frame.mark(shown) != frame.mark(replace(shown, text="other"))


def test_the_difference_between_two_wordings_is_told_in_words():
    asked, quote = ["we", "will", "build", "the", "bridge"], ["Yes", "we", "will", "not", "build", "a", "bridge", "now"]
    assert said.differing(asked, quote) == (["the"], ["not", "a"])
    assert said.differing(["fish"], ["bridge"]) == (["fish"], ["bridge"])


def test_a_topic_made_from_content_is_neither_named_nor_taken_sides_on(story):
    held = replace(story.alert.conflict.fresh, topic="made-bridge-strait", topic_name="strait bridge", stance="for")
    known = replace(story.alert.conflict.fresh, topic="peacekeepers", topic_name="peacekeepers", stance="for")
    record = Card(person=person("Ida Drin", 2), role=None, alerts=0, open_alerts=0, positions=(held, known))
    told = str(frame.private(people.card(record, {}, Desk(), roles=(), stances=()), Asked(words="who drin")))
    assert "strait bridge" not in told
    assert "made-" not in told
    assert told.count("· refers to Ivo Sternad") == 1


def test_one_side_watched_more_is_warned_of_plainly():
    def told(*counts):
        sides = tuple(
            Share(name=f"S{n}", statements=count, alerts=0, confirmed=0, decided=0) for n, count in enumerate(counts)
        )
        return figures.balance(
            Balance(since=NOW, sides=sides, outlets=(), languages=()), Desk(sides={"S0": "Kessland"})
        ).text

    assert "Warning: Kessland is watched more: 90 statements, 3.0 times as many" in told(90, 30)
    assert "Warning: only one side is watched" in told(90)
    assert "No side has three times as many" in told(90, 60)
    assert "Too few" in told(10, 5)


def points(*told):
    return tuple(Point(day=date(2031, 1, day), stance=stance, claimed=False, deferred=False) for day, stance in told)


def shape(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize(
    "given_",
    [points((1, "for")), points((1, "for"), (1, "against")), points(*((n % 28 + 1, "open") for n in range(2000)))],
    ids=["one", "one day", "thousands"],
)
def test_a_picture_is_drawn_whatever_there_is(given_):
    given_ = tuple(sorted(given_, key=lambda point: point.day))
    assert shape(plot(given_)) == (WIDTH, HEIGHT)


def test_the_picture_needs_no_colour():
    pytest.importorskip("PIL")
    import io

    from PIL import Image

    drawn = Image.open(io.BytesIO(plot(points((1, "for"), (9, "against"), (12, "no_comment"))))).convert("RGB")
    assert all(red == green == blue for _, (red, green, blue) in drawn.getcolors(1 << 20))


def test_the_picture_is_told_in_words_within_slacks_limit():
    many = tuple(
        Point(day=date(2020, 1, 1) + timedelta(days=n), stance="for", claimed=n % 2 == 0, deferred=False)
        for n in range(900)
    )
    told = timeline.spoken("Mara Velden", "monitors", many)
    assert len(told) <= 1000
    assert told.endswith(f"{mrkdwn.day(many[-1].day, weekday=False)} supports.")
    assert "earlier ones are in the text" in told
    assert timeline.spoken("Mara Velden", "monitors", points((1, "for"), (2, "against"))) == (
        "Mara Velden on monitors, 2 statements from 1 Jan 2031 to 2 Jan 2031, in order of time: "
        "1 Jan 2031 supports; 2 Jan 2031 opposes."
    )
