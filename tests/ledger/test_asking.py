"""What people ask of the record: where somebody stands, whether they said it, what others say they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from ledger_sample import (
    IDA,
    MARA,
    NO,
    NOW,
    OSTRAVA,
    TILO,
    YES,
    article,
    on_day,
    position,
    raised,
    record,
    statement,
    told,
)
from sqlalchemy import create_engine

from bot.ledger import Ledger, LedgerError
from bot.ledger.asked import HandedOut, Sought
from bot.ledger.database.engine import address
from bot.ledger.nearness.fulltext import words_of
from bot.ledger.people.roster import RosterChange
from bot.model import Party, Span

SHORT = "Not now."
MARKS = (
    " The ferries of Lindhaven keep sailing every hour and nobody pays a penny more for them this winter.",
    " Farmers in the upper valley get their seed potatoes before the snow melts, as they did last spring.",
    " Our orchestra goes to the festival abroad with all of its old instruments and two new conductors.",
)
MIXED = "the minister said the bridge was “a waste of good money” and of time"


@pytest.fixture
def talk(ledger: Ledger) -> Ledger:
    """Mara supports the bridge, then opposes it twice; Ida says that Mara wants it; Tilo speaks for Ostrava."""
    claim = told("She has told me that she wants the bridge after all.", "claim", IDA, **on_day(6))
    spoken = told("Our position has not changed and the bridge stays closed.", "spoken", TILO, **on_day(7))
    record(
        ledger,
        told(YES, "yes", **on_day(1)),
        told(YES.upper(), "yes2", **on_day(1)),
        told(NO, "no", stance="against", **on_day(3)),
        told("I said no to the bridge and I say it again.", "again", stance="against", **on_day(5)),
        (claim[0], replace(claim[1], holder=MARA, claimed_by=IDA)),
        (spoken[0], replace(spoken[1], holder=OSTRAVA, stance="against")),
    )
    return ledger


def test_a_stance_is_that_of_the_newest_own_words_and_tells_when_it_changed(talk: Ledger) -> None:
    (one,) = talk.stances("velden")
    assert (one.topic, one.stance, one.day) == ("bridge", "against", date(2025, 3, 5))
    assert (one.before, one.changed) == ("for", date(2025, 3, 3))


def test_who_speaks_for_a_side_stands_where_they_put_it(talk: Ledger) -> None:
    assert [(one.stance, one.changed) for one in talk.stances("brandt")] == [("against", None)]


def test_a_claim_is_no_stance_of_its_holder(talk: Ledger) -> None:
    assert [one.day.day for one in talk.stances("velden")] == [5]
    assert talk.stances("korr") == ()


def test_a_timeline_has_each_remark_once_in_order_of_time(talk: Ledger) -> None:
    found = talk.timeline("velden", "the strait bridge")
    assert found is not None
    assert [held.statement.source.article for held in found.positions] == ["claim", "again", "no", "yes"]
    told_ = [(point.day.day, point.stance, point.claimed) for point in found.points]
    assert told_ == [(1, "for", False), (3, "against", False), (5, "against", False), (6, "for", True)]


def test_a_timeline_begins_where_it_is_asked_to(talk: Ledger) -> None:
    found = talk.timeline("velden", "bridge", since=date(2025, 3, 5))
    assert found is not None
    assert [point.day.day for point in found.points] == [5, 6]
    assert talk.timeline("nobody", "bridge") is None


def test_pages_fit_together_whatever_their_size(talk: Ledger) -> None:
    card = talk.card("velden", limit=9)
    assert card is not None
    pages = [talk.card("velden", limit=2, skip=skip) for skip in (0, 2, 4)]
    assert card.positions == tuple(held for page in pages if page for held in page.positions)
    assert len(card.positions) == 4


def test_who_stands_where_has_each_holder_once_by_the_newest_own_words(talk: Ledger) -> None:
    assert [(held.holder.name, held.stance) for held in talk.standing("bridge")] == [
        ("Ostrava", "against"),
        ("Mara Velden", "against"),
    ]
    assert [held.holder.name for held in talk.standing("bridge", limit=1, skip=1)] == ["Mara Velden"]


def test_a_claim_without_an_answer_shows_the_holders_own_words(talk: Ledger) -> None:
    (claim,) = talk.claims(person="velden")
    assert claim.position.claimed_by == IDA
    assert (claim.answer, claim.alert) == (None, None)
    assert claim.reply is not None
    assert claim.reply.statement.source.article == "again"
    assert talk.claims(side="ostrava") == (claim,)
    assert talk.claims(person="velden", topic="bridge") == (claim,)
    assert talk.claims(person="velden", topic="weather") == talk.claims(side="lumen") == ()


@pytest.mark.parametrize(
    ("words", "match", "source"),
    [
        ("build the bridge over the strait", "quotation", "yes"),
        ("Build the BRIDGE, over the strait!", "quotation", "yes"),
        ("come what may", "quotation", "yes"),
        ("bridge", "quotation", "again"),
        ("there is no money for that bridge and we have decided to end the work", "near", "no"),
        ("we will construct the bridge over the strait before the next election", "near", "yes"),
    ],
)
def test_words_are_found_exact_or_near(talk: Ledger, words: str, match: str, source: str) -> None:
    first = talk.said("velden", words)[0]
    assert (first.match, first.statement.source.article) == (match, source)


def test_words_that_nobody_said_are_not_found(talk: Ledger) -> None:
    assert talk.said("velden", "free ice cream for every child in town") == ()
    assert talk.said("korr", "build the bridge over the strait") == (), "another said that"
    assert talk.said("velden", "“…”") == talk.said("nobody", "bridge") == ()


def test_a_remark_is_shown_once_however_many_outlets_carry_it(talk: Ledger) -> None:
    assert len(talk.said("velden", "before the next election")) == 1


def test_words_of_the_outlet_are_told_from_words_of_the_speaker(ledger: Ledger) -> None:
    of = article(f"In the end {MIXED}.", "mixed")
    exact = Span(start=of.text.index("a waste"), end=of.text.index("”"))
    record(ledger, (of, position(statement(of, MIXED, kind="mixed", verbatim=(exact,)))))
    assert [one.match for one in ledger.said("velden", "waste of good money")] == ["quotation"]
    assert [one.match for one in ledger.said("velden", "money and of time")] == ["paraphrase"]


def test_two_short_words_are_found(ledger: Ledger) -> None:
    record(ledger, told(SHORT, "short"))
    assert [one.match for one in ledger.said("velden", "not now")] == ["quotation"]


def test_accents_and_scripts_do_not_hide_words(ledger: Ledger) -> None:
    record(ledger, told("Das Café am Quai bleibt für immer zu.", "a"), told("мост будет закрыт навсегда", "b"))
    assert len(ledger.said("velden", "cafe am quai")) == 1
    assert len(ledger.said("velden", "Мост будет закрыт")) == 1
    assert words_of("Don’t  STOP — Ça va?") == ("dont", "stop", "ca", "va")


def test_filters_of_alerts_hold_together_and_pages_are_counted(ledger: Ledger) -> None:
    numbers = [raised(ledger, mark=mark) for mark in MARKS]
    ledger.decide(numbers[0], "confirm", "U1", "", NOW)
    assert [alert.number for alert in ledger.sought(Sought(review="open")).alerts] == [numbers[2], numbers[1]]
    page = ledger.sought(Sought(), limit=1, skip=1)
    assert ([alert.number for alert in page.alerts], page.total) == ([numbers[1]], 3)

    def found(**filters: object) -> int:
        return ledger.sought(Sought(**filters)).total  # type: ignore[arg-type]

    assert found(person="velden", topic="bridge", side="ostrava", kind="reversal", since=NOW) == 3
    assert found(of="U1") == found(of="U1", review="confirmed") == 1
    assert found(since=NOW + timedelta(seconds=1)) == found(person="korr") == found(side="lumen") == 0
    assert found(topic="weather") == found(kind="disputed") == 0
    assert [alert.number for alert in ledger.between("velden", "velden", "bridge", limit=1)] == [numbers[2]]
    assert ledger.between("velden", "korr", "bridge") == ()


def test_a_proof_names_the_statement_whose_text_was_altered(ledger: Ledger, place: str) -> None:
    alert = ledger.alert(raised(ledger))
    assert alert is not None
    assert [one.fault for one in ledger.proofs(alert)] == ["", ""]
    engine = create_engine(address(place))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE article SET text = text || '!' WHERE name = 'no'")
    engine.dispose()
    assert [bool(one.fault) for one in ledger.proofs(alert)] == [False, True]


def test_figures_count_days_verdicts_and_time_to_slack(ledger: Ledger) -> None:
    first, second = (raised(ledger, mark=mark) for mark in MARKS[:2])
    ledger.decide(first, "confirm", "U1", "", NOW)
    ledger.decide(second, "dismiss", "U1", "not a conflict", NOW)
    card = ledger.due(NOW)[0]
    ledger.intend(card.id, NOW)
    posted = NOW + timedelta(minutes=7)
    ledger.sent(card.id, "C1", f"{posted.timestamp():.6f}", NOW)
    told_ = ledger.figures(NOW - timedelta(days=1), NOW)
    assert told_.by_day == {NOW.date(): 2}
    assert told_.reviews == {"confirmed": 1, "dismissed": 1}
    assert [(one.kind, one.confirmed, one.refused) for one in told_.upheld] == [("reversal", 1, 1)]
    assert (told_.latency.cards, told_.latency.published, told_.latency.retrieved) == (
        1,
        (420.0, 420.0),
        (120.0, 120.0),
    )


def test_the_balance_counts_by_side_outlet_and_language(ledger: Ledger) -> None:
    number = raised(ledger)
    record(ledger, told("Lumen will wait and see what comes.", "x", IDA))
    ledger.decide(number, "confirm", "U1", "", NOW)
    seen = ledger.balance(NOW - timedelta(days=1))
    assert [(one.name, one.statements, one.alerts, one.confirmed, one.decided) for one in seen.sides] == [
        ("ostrava", 2, 1, 1, 1),
        ("lumen", 1, 0, 0, 0),
    ]
    assert [(one.name, one.statements) for one in seen.outlets] == [("Harbour Post", 3)]
    assert [(one.name, one.statements) for one in seen.languages] == [("en", 3)]
    assert ledger.balance(NOW + timedelta(days=1)).sides == ()


def test_what_is_shared_is_in_the_outbox_at_once_and_only_for_as_long_as_somebody_waits(ledger: Ledger) -> None:
    handed = HandedOut(what="share", words="who velden", channel="C1", by="U1", at=NOW)
    number = ledger.share(handed, "k", "desk", {"text": "hello"})
    assert number is not None
    assert ledger.share(handed, "k", "desk", {"text": "hello"}) is None
    assert [one.id for one in ledger.bulletins_due(NOW + timedelta(minutes=9))] == [number]
    assert ledger.bulletins_due(NOW + timedelta(minutes=10)) == ()
    assert (ledger.vitals().waiting, ledger.vitals().oldest) == (0, None)
    assert (ledger.status().waiting, ledger.status().oldest_pending) == (0, None), "what ran out waits no more"
    ledger.intend_bulletin(number, NOW)
    ledger.bulletin_refused(number, "not_in_channel", None)
    assert ledger.status().stuck == ()
    assert ledger.release(NOW) == 0, "whoever shared it was told that it is not posted"
    assert ledger.bulletin(number).state == "stuck"


def test_what_is_on_record_of_two_entries_of_one_person_is_shown_together_until_it_is_taken_back(
    ledger: Ledger,
) -> None:
    record(ledger, told(YES, "one", **on_day(1)), told(NO, "two", IDA, **on_day(3)))
    alone = [ledger.who(name).counts.statements for name in ("velden", "korr")]  # type: ignore[union-attr]
    merged = RosterChange(
        what="alias", subject="velden", content={"alias": "Ida Korr", "merged": "korr"}, by="U1", at=NOW
    )
    change = ledger.change_roster(merged)
    assert change is not None
    for name in ("velden", "korr", "Ida Korr"):
        who, card = ledger.who(name), ledger.card(name)
        assert who is not None
        assert card is not None
        assert (who.name, who.official, who.counts.statements) == ("Mara Velden", "velden", 2)
        assert (card.person.name, card.person.statements, len(card.positions)) == ("Mara Velden", 2, 2)
    assert [one.official for one in ledger.find_people("Ida Korr")] == ["velden"]
    assert ledger.sought(Sought(person="korr")).total == ledger.sought(Sought(person="velden")).total
    ledger.change_roster(replace(merged, what="undone", content={}, undoes=change.number))
    assert [ledger.who(name).counts.statements for name in ("velden", "korr")] == alone  # type: ignore[union-attr]
    assert ledger.one_person() == {}


def test_what_is_handed_out_is_written_down_once_and_for_good(ledger: Ledger, place: str) -> None:
    handed = HandedOut(what="share", words="who velden", channel="C1", by="U1", at=NOW)
    assert ledger.hand_out(handed, "k")
    assert not ledger.hand_out(handed, "k")
    assert ledger.handed_out() == (handed,)
    engine = create_engine(address(place))
    for change in ("UPDATE handed_out SET words = ''", "DELETE FROM handed_out"):
        with pytest.raises(Exception, match="never changed"), engine.begin() as connection:
            connection.exec_driver_sql(change)
    engine.dispose()


@pytest.mark.parametrize("what", ["statements", "alerts", "decisions", "sources"])
def test_an_export_has_plain_rows_of_its_time(ledger: Ledger, what: str) -> None:
    ledger.decide(raised(ledger), "confirm", "U1", "sure", NOW)
    rows = ledger.export(what, NOW, 10)  # type: ignore[arg-type]
    assert len(rows) == {"statements": 2, "alerts": 1, "decisions": 1, "sources": 2}[what]
    assert all(value is None or isinstance(value, (str, int, float)) for row in rows for value in row.values())
    assert ledger.export(what, NOW + timedelta(days=1), 10) == ()  # type: ignore[arg-type]


def test_a_renamed_topic_shows_its_new_name_everywhere_and_keeps_it(talk: Ledger) -> None:
    change = talk.rename_topic("bridge", " the great bridge ", "U1", NOW)
    assert (change.what, change.before, change.after) == ("renamed", "the strait bridge", "the great bridge")
    record(talk, told("One more word about the bridge.", "later", **on_day(9)))
    assert {held.topic_name for held in talk.about("bridge")} == {"the great bridge"}
    assert talk.topic_named("bridge") == "the great bridge"
    assert talk.find_topics("great bridge")[0].topic == "bridge"
    with pytest.raises(LedgerError, match="another name"):
        talk.rename_topic("bridge", "the great bridge", "U1", NOW)
    undone = talk.undo_topic_change(change.number, "U2", NOW)
    assert (undone.what, undone.undoes) == ("undone", change.number)
    assert {held.topic_name for held in talk.about("bridge")} == {"the strait bridge"}
    with pytest.raises(LedgerError, match="could be undone"):
        talk.undo_topic_change(change.number, "U2", NOW)


def test_names_and_moves_are_numbered_together(talk: Ledger) -> None:
    fish = told("The nets stay out.", "fish")
    record(talk, (fish[0], replace(fish[1], topic="fish", topic_name="fish", proposition="fish")))
    first = talk.rename_topic("bridge", "great bridge", "U1", NOW)
    second = talk.merge_topics("fish", "bridge", "U1", NOW)
    third = talk.rename_topic("bridge", "greater bridge", "U1", NOW)
    assert [one.number for one in talk.topic_changes()] == [first.number, second.number, third.number] == [1, 2, 3]
    with pytest.raises(LedgerError, match="renamed again since"):
        talk.undo_topic_change(1, "U1", NOW)
    with pytest.raises(LedgerError, match="stands under bridge already"):
        talk.merge_topics("fish", "bridge", "U1", NOW)
    talk.undo_topic_change(2, "U1", NOW)
    assert {held.topic_name for held in talk.about("fish")} == {"fish"}


def test_a_person_is_found_as_soon_as_they_are_on_record(ledger: Ledger) -> None:
    assert ledger.find_people("velden") == ()
    record(ledger, told(YES, "a"))
    assert [one.name for one in ledger.find_people("velden")] == ["Mara Velden"]
    record(ledger, told(NO, "b", Party(name="Anna Velden")))
    assert {one.name for one in ledger.find_people("velden")} == {"Mara Velden", "Anna Velden"}
    assert ledger.name_of("mara velden") == "Mara Velden"


def test_what_is_asked_at_one_moment_is_of_that_moment_however_much_is_written_meanwhile(talk: Ledger) -> None:
    before = talk.card("velden")
    with talk.at_one_moment():
        assert talk.card("velden") == before
        record(talk, told("The bridge is nothing but a dream of engineers.", "later", stance="against", **on_day(9)))
        with talk.at_one_moment():
            assert talk.card("velden") == before
        assert [one.day.day for one in talk.stances("velden")] == [5]
    assert [one.day.day for one in talk.stances("velden")] == [9]
    assert talk.card("velden") != before
