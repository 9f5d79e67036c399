"""Lists of the record fit together: every remark once, in one order, however the pages are cut."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from ledger_sample import IDA, MARA, NOW, article, position, raised, statement

from bot.ledger import Ledger
from bot.ledger.asked import Sought
from bot.ledger.browsing import Cursor, Narrowed
from bot.ledger.browsing.listing import Cut
from bot.model import Said


def fill(ledger: Ledger, count: int = 23) -> None:
    """Remarks of two people on two topics, some on one day, a third of them reported by a second outlet."""
    with ledger.work() as work:
        for n in range(count):
            words = f"Remark number {n} on the {'bridge' if n % 3 else 'harbour'} of the town"
            day = date(2025, 3, 1) + timedelta(days=n // 3)
            for outlet in ("Harbour Post", "Valley Wire")[: 2 if n % 3 == 0 else 1]:
                told = article(f"{outlet}. {words}.", f"{outlet}-{n}", outlet=outlet, published=NOW)
                work.article(told)
                said = statement(told, words, MARA if n % 2 else IDA, said=Said(first=day, last=day, how="told"))
                work.statement(said)
                topic = {"topic": "bridge" if n % 3 else "harbour", "topic_name": "bridge" if n % 3 else "harbour"}
                work.position(position(said, "for" if n % 4 else "against", **topic))
        work.commit()


def walked(ask, limit: int) -> list:
    """Every page after the other."""
    found, after = [], ""
    while True:
        page = ask(after, limit)
        assert len(page.entries) <= limit
        found += page.entries
        if not page.older:
            return found
        after = page.older


def test_pages_of_positions_hold_each_remark_once_the_newest_first_however_they_are_cut(ledger):
    fill(ledger)
    for narrowed, count in (
        (Narrowed(person="velden"), 11),
        (Narrowed(topic="bridge"), 15),
        (Narrowed(side="lumen"), 12),
        (Narrowed(person="velden", topic="bridge", stance="for"), 7),
        (Narrowed(topic="harbour", since=date(2025, 3, 3), until=date(2025, 3, 5)), 3),
        (Narrowed(person="nobody"), 0),
    ):
        for limit in (1, 2, 5, 100):
            found = walked(lambda after, most: ledger.positions(narrowed, after, most), limit)  # noqa: B023
            words = [one.statement.quote for one in found]
            assert len(words) == len(set(words)) == count, narrowed
            days = [one.statement.said.first for one in found]
            assert days == sorted(days, reverse=True)


def test_a_page_stays_where_it_is_while_the_record_grows(ledger):
    fill(ledger)
    first = ledger.positions(Narrowed(person="velden"), "", 4)
    before = ledger.positions(Narrowed(person="velden"), first.older, 4)
    later = date(2025, 4, 1)
    with ledger.work() as work:
        told = article("Something quite new was said today.", "new", published=NOW)
        work.article(told)
        said = statement(told, "Something quite new was said", said=Said(first=later, last=later, how="told"))
        work.statement(said)
        work.position(position(said, "for"))
        work.commit()
    assert ledger.positions(Narrowed(person="velden"), first.older, 4) == before


def test_people_articles_and_search_are_leafed_through_without_a_gap(ledger):
    fill(ledger)
    names = [one.name for one in walked(ledger.directory, 1)]
    assert names == sorted(names)
    assert {"Ida Korr", "Mara Velden"} <= set(names)
    articles = walked(lambda after, most: ledger.contributed("Harbour Post", after, most), 4)
    assert len({one.source.article for one in articles}) == len(articles) == 23
    found = walked(lambda after, most: ledger.search("remark", person="velden", after=after, limit=most), 3)
    assert {one.statement.quote for one in found} == {
        f"Remark number {n} on the {'bridge' if n % 3 else 'harbour'} of the town" for n in range(1, 23, 2)
    }
    assert walked(lambda after, most: ledger.search("remark town", outlet="None", after=after, limit=most), 3) == []


def test_search_shows_no_words_that_the_desk_took_back_and_another_report_of_them_where_there_is_one(ledger):
    fill(ledger)
    for words, left in (("number 3", 1), ("number 4", 0)):
        (sighting,) = ledger.search(words).entries
        ledger.withdraw_statement(sighting.statement, "it was somebody else", "U1", NOW)
        assert len(ledger.search(words).entries) == left


def test_search_narrows_down_by_side_topic_and_day(ledger):
    fill(ledger)
    found = ledger.search("harbour", side="lumen", topic="harbour", since=date(2025, 3, 3), until=date(2025, 3, 5))
    assert {one.statement.quote for one in found.entries} == {
        "Remark number 6 on the harbour of the town",
        "Remark number 12 on the harbour of the town",
    }
    assert found.entries[0].topics[0][0] == "harbour"


def test_a_cursor_that_is_none_begins_at_the_beginning(ledger):
    fill(ledger, 4)
    whole = ledger.positions(Narrowed(topic="bridge"))
    for word in ("", "x", "1", "1.", ".1", "0.1", "9999999.1", "1.1.1", "-1.1", "²5.1", "1" * 30):
        assert Cursor.of(word) is None
        assert ledger.positions(Narrowed(topic="bridge"), word) == whole
        assert ledger.search("remark", after=word if word != "1" else "").entries


def test_a_list_of_everything_is_refused(ledger):
    with pytest.raises(ValueError, match="of a person, a side or a topic"):
        ledger.positions(Narrowed(stance="for"))


def test_links_are_ended_once_and_never_forgotten(ledger):
    number = raised(ledger)
    link = ledger.make_link(number, NOW + timedelta(days=7), "U0ADA", NOW)
    assert (link.good(NOW), link.good(NOW + timedelta(days=7))) == (True, False)
    assert ledger.links_to(number, NOW) == (link,)
    assert ledger.end_link(link.number, "U0ADA", NOW)
    assert not ledger.end_link(link.number, "U0TOMAS", NOW)
    assert ledger.links_to(number, NOW) == ()
    assert ledger.link(link.number).ended == NOW
    assert ledger.link(99) is None


def test_a_cursor_beyond_every_number_is_the_end_or_the_beginning(ledger):
    number = raised(ledger)
    assert [one.number for one in ledger.board(Sought(), str(10**18 - 1)).entries] == [number]
    assert [one.number for one in ledger.list_alerts(Cut(limit=3, after=10**18 - 1))] == [number]
    assert ledger.list_alerts(Cut(limit=3, after=10**18 - 1, oldest=True)) == ()
