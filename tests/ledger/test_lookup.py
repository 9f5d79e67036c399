"""A statement is found by its key, its place or its words, and the card on a pair by the pair."""

from __future__ import annotations

from datetime import date

from ledger_sample import NO, YES, conflict, join, on_day, raised, record, told

from bot.ledger import Ledger


def test_a_statement_is_found_by_the_beginning_of_its_key_or_of_its_positions(ledger: Ledger) -> None:
    _, held = told(YES, "a", **on_day(1))
    record(ledger, told(YES, "a", **on_day(1)), told(NO, "b", **on_day(3)))
    assert [one.key for one in ledger.called(held.statement.key[:10])] == [held.statement.key]
    assert [one.key for one in ledger.called(held.key[:10])] == [held.statement.key]


def test_a_statement_is_found_by_its_article_and_place(ledger: Ledger) -> None:
    _, held = told(YES, "a", **on_day(1))
    record(ledger, told(YES, "a", **on_day(1)))
    start = held.statement.span.start
    assert [one.key for one in ledger.called(f"a#{start}")] == [held.statement.key]
    assert [one.key for one in ledger.called(f"https://post.example/a#{start}")] == [held.statement.key]
    assert ledger.called(f"a#{start + 1}") == ()


def test_a_statement_is_found_by_words_in_it_whatever_their_case(ledger: Ledger) -> None:
    record(ledger, told(YES, "a", **on_day(1)), told(NO, "b", **on_day(3)))
    assert [one.quote for one in ledger.called("BRIDGE over the strait")] == [YES]
    assert [one.quote for one in ledger.called("bridge")] == [NO, YES]  # the newest first
    assert ledger.called("") == ()
    assert ledger.called("100% _of it") == ()  # signs that a database may read as wildcards are words


def test_the_positions_of_a_statement_and_what_stands_beside_them(ledger: Ledger) -> None:
    (_, yes), (_, no) = told(YES, "a", **on_day(1)), told(NO, "b", stance="against", **on_day(3))
    record(ledger, told(YES, "a", **on_day(1)), told(NO, "b", stance="against", **on_day(3)))
    assert ledger.positions_of(no.statement) == (no,)
    assert ledger.beside(no) == (yes,)
    assert ledger.beside(no, date(2025, 3, 2)) == ()


def test_the_card_on_a_pair_shows_both_or_was_joined_by_both(ledger: Ledger) -> None:
    number = raised(ledger)
    (_, yes), (_, no) = told(YES, "yes", **on_day(1)), told(NO, "no", stance="against", **on_day(3))
    pair = conflict(no, yes)
    assert [card.number for card in ledger.cards_on(pair)] == [number]
    join(ledger, number)
    (later,) = ledger.called("I have nothing to take back")
    (more,) = ledger.positions_of(later)
    assert [card.number for card in ledger.cards_on(conflict(more, yes))] == [number]
    _, stranger = told("The bridge is a matter for the next parliament.", "c", **on_day(4))
    assert ledger.cards_on(conflict(stranger, yes)) == ()


def test_whether_a_conflict_is_kept_is_known(ledger: Ledger) -> None:
    raised(ledger)
    (_, yes), (_, no) = told(YES, "yes", **on_day(1)), told(NO, "no", stance="against", **on_day(3))
    assert ledger.kept(conflict(no, yes))
    assert not ledger.kept(conflict(no, yes, kind="same_side"))
