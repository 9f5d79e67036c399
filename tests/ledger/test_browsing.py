"""Lists of the record fit together: every remark once, in one order, however the pages are cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from ledger_sample import IDA, MARA, NOW, article, position, raised, statement

from bot.ledger import Ledger
from bot.ledger.asked import Sought
from bot.ledger.browsing import Cursor, Cut, Narrowed, Spoken
from bot.ledger.people.roster import RosterChange
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


def walked(ask, limit: int, *, oldest: bool = False) -> list:
    """Every page after the other."""
    found, cut = [], Cut(limit=limit, oldest=oldest)
    while True:
        page = ask(cut)
        assert len(page.entries) <= limit
        found += page.entries
        if not page.following or (oldest and not page.entries):
            return found
        cut = replace(cut, after=page.following)


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
            found = walked(lambda cut: ledger.remarks(narrowed, cut), limit)  # noqa: B023
            words = [one.statement.quote for one in found]
            assert len(words) == len(set(words)) == count, narrowed
            days = [one.statement.said.first for one in found]
            assert days == sorted(days, reverse=True)


def test_a_page_stays_where_it_is_while_the_record_grows(ledger):
    fill(ledger)
    first = ledger.remarks(Narrowed(person="velden"), Cut(limit=4))
    before = ledger.remarks(Narrowed(person="velden"), Cut(limit=4, after=first.following))
    later = date(2025, 4, 1)
    with ledger.work() as work:
        told = article("Something quite new was said today.", "new", published=NOW)
        work.article(told)
        said = statement(told, "Something quite new was said", said=Said(first=later, last=later, how="told"))
        work.statement(said)
        work.position(position(said, "for"))
        work.commit()
    assert ledger.remarks(Narrowed(person="velden"), Cut(limit=4, after=first.following)) == before


def test_people_articles_and_search_are_leafed_through_without_a_gap(ledger):
    fill(ledger)
    names = [one.name for one in walked(ledger.list_by_name, 1)]
    assert names == sorted(names)
    assert {"Ida Korr", "Mara Velden"} <= set(names)
    articles = walked(lambda cut: ledger.contributed("Harbour Post", cut), 4)
    assert len({one.source.article for one in articles}) == len(articles) == 23
    found = walked(lambda cut: ledger.search("remark", Spoken(person="velden"), cut), 3)
    assert {one.statement.quote for one in found} == {
        f"Remark number {n} on the {'bridge' if n % 3 else 'harbour'} of the town" for n in range(1, 23, 2)
    }
    assert walked(lambda cut: ledger.search("remark town", Spoken(outlet="None"), cut), 3) == []


def test_search_shows_no_words_that_the_desk_took_back_and_another_report_of_them_where_there_is_one(ledger):
    fill(ledger)
    for words, left in (("number 3", 1), ("number 4", 0)):
        (sighting,) = ledger.search(words, Spoken()).entries
        ledger.withdraw_statement(sighting.statement, "it was somebody else", "U1", NOW)
        assert len(ledger.search(words, Spoken()).entries) == left


def test_search_narrows_down_by_side_topic_and_day(ledger):
    fill(ledger)
    wanted = Spoken(side="lumen", topic="harbour", since=date(2025, 3, 3), until=date(2025, 3, 5))
    found = ledger.search("harbour", wanted)
    assert {one.statement.quote for one in found.entries} == {
        "Remark number 6 on the harbour of the town",
        "Remark number 12 on the harbour of the town",
    }
    assert found.entries[0].topics[0][0] == "harbour"


def test_a_cursor_that_is_none_begins_at_the_beginning(ledger):
    fill(ledger, 4)
    whole = ledger.remarks(Narrowed(topic="bridge"))
    for word in ("", "x", "1", "1.", ".1", "0.1", "9999999.1", "1.1.1", "-1.1", "²5.1", "1" * 30):
        assert Cursor.of(word) is None
        assert ledger.remarks(Narrowed(topic="bridge"), Cut(after=word)) == whole
        assert ledger.search("remark", Spoken(), Cut(after=word if word != "1" else "")).entries


def test_a_list_of_everything_is_refused(ledger):
    with pytest.raises(ValueError, match="of a person, a side or a topic"):
        ledger.remarks(Narrowed(stance="for"))


def test_links_are_ended_once_and_never_forgotten(ledger):
    number = raised(ledger)
    link = ledger.make_link(number, NOW + timedelta(days=7), "U0ADA", NOW)
    assert (link.good(NOW), link.good(NOW + timedelta(days=7))) == (True, False)
    assert ledger.list_links(number).entries == (link,)
    assert ledger.end_link(link.number, "U0ADA", NOW)
    assert not ledger.end_link(link.number, "U0TOMAS", NOW)
    (ended,) = ledger.list_links(number).entries
    assert ended == ledger.link(link.number)
    assert (ended.good(NOW), ended.ended, ended.ended_by) == (False, NOW, "U0ADA")
    (shared,) = ledger.list_handed_out().entries
    assert (shared.by, shared.ended, shared.ended_by) == ("U0ADA", NOW, "U0ADA")
    assert ledger.link(99) is None


def test_a_cursor_beyond_every_number_is_the_end_or_the_beginning(ledger):
    number = raised(ledger)
    far = Cut(limit=3, after=str(10**18 - 1))
    assert [one.number for one in ledger.list_alerts(Sought(), far).entries] == [number]
    assert ledger.list_alerts(Sought(), replace(far, oldest=True)).entries == ()


@pytest.mark.parametrize("oldest", [False, True])
def test_lists_in_the_order_of_recording_are_the_same_however_they_are_cut(ledger, oldest):
    fill(ledger)
    raised(ledger)
    for ask in (
        lambda cut: ledger.list_statements(Spoken(), cut),
        lambda cut: ledger.list_statements(Spoken(side="lumen", topic="harbour", outlet="Valley Wire"), cut),
        lambda cut: ledger.list_positions(Narrowed(), cut),
        lambda cut: ledger.list_positions(Narrowed(person="velden", topic="bridge", kind="direct"), cut),
        lambda cut: ledger.list_positions(Narrowed(holder="velden", stance="for"), cut),
        lambda cut: ledger.list_alerts(Sought(until=NOW + timedelta(days=9)), cut),
        ledger.list_people,
    ):
        whole = ask(Cut(limit=200, oldest=oldest)).entries
        assert whole
        assert tuple(walked(ask, 1, oldest=oldest)) == tuple(walked(ask, 4, oldest=oldest)) == whole
        assert set(ask(Cut(limit=200, oldest=not oldest)).entries) == set(whole)


def test_the_last_page_says_that_nothing_follows_and_one_of_the_oldest_first_that_something_may(ledger):
    fill(ledger, 4)
    several = len(ledger.list_people().entries)
    assert not ledger.list_people(Cut(limit=several)).following
    begun = ledger.list_people(Cut(limit=several, oldest=True)).following
    assert ledger.list_people(Cut(oldest=True, after=begun)).following == begun


def test_topics_of_the_configuration_come_by_name_before_those_that_were_made(ledger):
    fill(ledger)
    with ledger.work() as work:
        told = article("Ferries will run at night.", "ferries", published=NOW)
        work.article(told)
        said = statement(told, "Ferries will run at night")
        work.statement(said)
        for key, name in (("made-2", "ferries night"), ("made-1", "ferries run"), ("zoo", "a zoo")):
            work.position(position(said, "for", topic=key, topic_name=name))
        work.commit()
    whole = [one.topic for one in ledger.list_topics().entries]
    assert whole == ["zoo", "bridge", "harbour", "made-1", "made-2"]
    for limit in (1, 2, 4):
        assert [one.topic for one in walked(ledger.list_topics, limit)] == whole


def test_who_has_several_entries_is_one_in_every_list_with_all_that_was_said_under_any(ledger):
    fill(ledger)
    before = {one.official: one for one in ledger.list_people().entries}
    merge(ledger, "korr", "velden")
    for listed in (ledger.list_people().entries, ledger.list_by_name().entries):
        mine = [one for one in listed if one.official in {"velden", "korr"}]
        assert [(one.official, one.statements) for one in mine] == [("velden", 23)]
    of_old = ledger.person_with(before["korr"].key)
    assert (of_old.official, of_old.statements) == ("velden", 23)
    assert ledger.card("velden").person.statements == 23


def test_two_entries_whose_third_is_not_on_record_are_one_in_the_lists(ledger):
    fill(ledger)
    merge(ledger, "korr", "marsh")
    merge(ledger, "velden", "marsh")
    mine = [one for one in ledger.list_by_name().entries if one.official == "marsh"]
    assert [one.statements for one in mine] == [23]


def merge(ledger: Ledger, gone: str, stays: str) -> None:
    """Make two entries one person."""
    content = {"alias": gone, "merged": gone}
    ledger.change_roster(RosterChange(what="alias", subject=stays, content=content, by="U0ADA", at=NOW))
