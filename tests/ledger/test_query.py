"""What the record answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ledger_sample import IDA, MARA, NO, NOW, OSTRAVA, TILO, YES, on_day, raised, record, statement, told
from sqlalchemy import create_engine

from bot.ledger import Counts, Ledger, TopicCount
from bot.ledger.database.engine import address
from bot.model import Party


@pytest.fixture
def talk(ledger: Ledger) -> Ledger:
    """A ledger in which three people spoke."""
    fish = {"topic": "fish", "topic_name": "Fishing Rights", "proposition": "fish"}
    nets = told("The nets of Lumen stay out of our waters for ever.", "c", MARA, **on_day(4))
    claim = told("She has told me that the nets are welcome here.", "d", IDA, **on_day(2))
    record(
        ledger,
        told(YES, "a", **on_day(1)),
        told(YES.upper(), "a2", **on_day(1)),
        told(NO, "b", stance="against", **on_day(3)),
        (nets[0], replace(nets[1], **fish)),
        (claim[0], replace(claim[1], **fish, holder=MARA, claimed_by=IDA)),
        told("I repeat what the minister has said about it.", "e", TILO),
    )
    return ledger


def test_who_answers_by_id_or_name_newest_first(talk: Ledger) -> None:
    answer = talk.who("velden")
    assert answer is not None
    assert (answer.name, answer.official, answer.side, answer.role) == ("Mara Velden", "velden", "ostrava", MARA.role)
    assert [held.said_first.day for held in answer.positions if held.said_first] == [4, 3, 2, 1]
    assert answer.positions[2].claimed_by == IDA
    assert answer.counts == Counts(statements=3, reports=4, positions=5, articles=4, alerts=0)
    assert answer.outlets == ("Harbour Post",)
    assert [(one.topic, one.statements) for one in answer.topics] == [("bridge", 2), ("fish", 2)]
    assert talk.who("mara VELDEN") == talk.who("Mara  Velden") == answer


def test_who_narrows_to_a_topic_by_id_or_name(talk: Ledger) -> None:
    answer = talk.who("velden", topic="bridge")
    assert answer is not None
    assert [held.topic for held in answer.positions] == ["bridge", "bridge"]
    by_name = talk.who("velden", topic="FISHING rights", limit=1)
    assert by_name is not None
    assert [held.topic for held in by_name.positions] == ["fish"]
    nothing = talk.who("velden", topic="weather")
    assert nothing is not None
    assert nothing.positions == ()


def test_who_knows_nobody_by_half_a_name(talk: Ledger) -> None:
    assert talk.who("Vel") is None
    assert talk.who("") is None


def test_namesakes_give_the_one_who_said_most(ledger: Ledger) -> None:
    twice = Party(name="Pat Moor", official="moor")
    record(
        ledger,
        told(YES, "a", Party(name="Pat Moor")),
        told(NO, "b", twice),
        told("Once more I speak about the bridge.", "c", twice),
    )
    answer = ledger.who("pat moor")
    assert answer is not None
    assert answer.official == "moor"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("velden", "Mara Velden"),
        ("Veldn", "Mara Velden"),
        ("brandt tilo", "Tilo Brandt"),
        ("KORR", "Ida Korr"),
        ("ída", "Ida Korr"),
    ],
)
def test_people_are_found_by_parts_and_with_slips(talk: Ledger, text: str, first: str) -> None:
    found = talk.find_people(text)
    assert found[0].name == first
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize("text", ["", "   ", "zzzzqq", "%_", "'; DROP TABLE alert; --"])
def test_nonsense_finds_nobody(talk: Ledger, text: str) -> None:
    assert talk.find_people(text) == ()


def test_people_are_listed_with_their_remarks(talk: Ledger) -> None:
    assert [(one.name, one.statements) for one in talk.people()] == [
        ("Mara Velden", 3),
        ("Ida Korr", 1),
        ("Tilo Brandt", 1),
    ]
    assert talk.people()[0].last_said == on_day(4)["said"].last


def test_a_holder_who_never_spoke_is_known(ledger: Ledger) -> None:
    of, held = told(YES, "a", IDA)
    record(ledger, (of, replace(held, holder=OSTRAVA, claimed_by=IDA)))
    answer = ledger.who("ostrava")
    assert answer is not None
    assert (answer.role, answer.counts.statements, len(answer.positions)) == (None, 0, 1)


def test_about_shows_each_remark_once_newest_first(talk: Ledger) -> None:
    assert [held.statement.source.article for held in talk.about("the strait bridge")] == ["e", "b", "a"]
    assert len(talk.about("bridge", limit=1)) == 1
    assert talk.about("weather") == ()


def test_topics_are_counted_by_remarks(talk: Ledger) -> None:
    assert talk.topics() == (
        TopicCount(topic="bridge", name="the strait bridge", statements=3, last_said=on_day(3)["said"].last),
        TopicCount(topic="fish", name="Fishing Rights", statements=2, last_said=on_day(4)["said"].last),
    )


def test_conflicts_are_filtered(ledger: Ledger) -> None:
    one, two = raised(ledger, mark=" One."), raised(ledger, mark=" Two.")
    ledger.decide(one, "confirm", "U1", "", NOW)
    ledger.withdraw(two, "wrong", NOW)

    def numbers(**filters: object) -> list[int]:
        return [alert.number for alert in ledger.conflicts(**filters)]  # type: ignore[arg-type]

    assert numbers() == [two, one]
    assert numbers(limit=1) == [two]
    assert numbers(review="confirmed") == [one]
    assert numbers(state="withdrawn") == [two]
    assert numbers(state="pending") == [one]
    assert numbers(person="velden", topic="bridge") == [two, one]
    assert numbers(person="nobody") == numbers(topic="weather") == numbers(person="velden", review="dismissed") == []
    answer = ledger.who("velden")
    assert answer is not None
    assert answer.counts.alerts == 1, "what is withdrawn does not count"


def test_status_counts(ledger: Ledger) -> None:
    number = raised(ledger)
    ledger.decide(number, "dismiss", "U1", "", NOW)
    status = ledger.status()
    assert (status.articles, status.statements, status.utterances, status.positions) == (2, 2, 2, 2)
    assert (status.alerts["pending"], sum(status.alerts.values()), status.reviews["dismissed"]) == (1, 1, 1)
    assert (status.waiting, status.oldest_pending, status.feeds, status.parked) == (3, NOW, (), 0)


def test_evidence_that_holds_has_no_fault(ledger: Ledger) -> None:
    alert = ledger.alert(raised(ledger))
    assert alert is not None
    assert ledger.verify(alert) == ()


def test_evidence_that_was_tampered_with_is_named(ledger: Ledger, place: str) -> None:
    alert = ledger.alert(raised(ledger))
    assert alert is not None
    pair = alert.conflict
    moved = replace(pair.fresh, statement=replace(pair.fresh.statement, quote="We will build a tunnel"))
    assert "does not equal" in ledger.verify(replace(alert, conflict=replace(pair, fresh=moved)))[0]
    lost = replace(pair.fresh.statement, source=replace(pair.fresh.statement.source, text_hash="0" * 64))
    faults = ledger.verify(replace(alert, joined=(replace(pair.fresh, statement=lost),)))
    assert faults == ("Harbour Post, “Title of no”: the text is not on record",)
    engine = create_engine(address(place))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE article SET text = text || '!' WHERE name = 'no'")
    engine.dispose()
    assert ledger.verify(alert) == ("Harbour Post, “Title of no”: the stored text was altered",)


def test_reports_of_words_not_on_record_are_none(ledger: Ledger) -> None:
    of, held = told(YES, "a")
    assert ledger.reports(held.statement) == ()
    assert ledger.reports(statement(of, YES)) == ()


def test_a_name_that_is_written_out_is_nobody_whose_name_is_only_like_it(talk: Ledger) -> None:
    record(
        talk, told("The quay is closed for the winter.", "f", replace(MARA, name="Mara Veldena", official="veldena"))
    )
    assert [one.official for one in talk.find_people("mara velden")] == ["velden", "veldena"]
    assert [one.official for one in talk.find_people("Mara Velden", written_out=True)] == ["velden"]
    assert [one.official for one in talk.find_people("Mara Veldn", written_out=True)] == ["velden", "veldena"]


def test_a_name_that_a_database_cannot_hold_as_it_is_is_known_as_it_was_given(ledger: Ledger) -> None:
    record(ledger, told(YES, "a", replace(MARA, name="Mara\ufdd0 Velden", official=None)))
    assert [one.score for one in ledger.find_people("mara\ufdd0 velden")] == [100]
    assert ledger.who("Mara\ufdd0 Velden") is not None


def test_the_reports_of_several_statements_are_those_of_each(ledger: Ledger) -> None:
    first, other = told(YES, "a"), told(NO, "b", IDA)
    again = told(YES, "c", **on_day(3))
    record(ledger, first, other, again)
    asked = [first[1].statement, again[1].statement, other[1].statement]
    together = ledger.reports_of(asked)
    assert together == {one.key: ledger.reports(one) for one in asked}
    assert [one.article for one in together[again[1].statement.key]] == ["a", "c"]
    assert ledger.reports_of([]) == {}


def test_a_busy_day_keeps_its_order(ledger: Ledger) -> None:
    stories = [
        told(f"Remark number {n} on the bridge of the strait.", f"s{n}", replace(IDA, name=f"P{n}", official=None))
        for n in range(4)
    ]
    record(ledger, *stories)
    assert ledger.about("bridge") == tuple(held for _, held in reversed(stories))
