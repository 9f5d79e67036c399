"""Edits of texts that several outlets or feeds carry, and words that go and come back: nothing lost, no false alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stage.toll import AGAINST, CORRECTED, GERMAN, IN_FAVOUR, MISHEARD, NOW, article

from bot.ledger import Ledger
from bot.pipeline import Pipeline
from watchers.model import Article

HOUR = timedelta(hours=1)
CALM = "The harbour was calm, and the ferries ran on time between all of the islands of the bay. " * 3
UNDATED = "“We support a toll on foreign ships in the port of Ostermouth,” Ilse Marken said."
PUT_RIGHT = "“We reject a toll on foreign ships in the port of Ostermouth,” Ilse Marken said."
EARLIER = "“A toll on foreign ships in the port of Ostermouth is out of the question,” Ilse Marken said on Saturday."


def copied(one: Article, outlet: str = "The Northern Courier") -> Article:
    return replace(one, id="id:copy", keys=("id:copy",), outlet=outlet, url="https://courier.example/copy")


def test_an_outlet_that_corrects_what_it_carried_accuses_nobody(pipeline: Pipeline, ledger: Ledger) -> None:
    agency = article(f"{CALM}{UNDATED}", "agency", outlet="Strait Press Agency")
    pipeline.record(agency, ledger, now=NOW)
    copy = copied(agency)
    pipeline.record(copy, ledger, now=NOW)
    later = article(f"{CALM}{PUT_RIGHT}", day=5)  # the feed dates it anew, so that the words seem to be said later
    corrected = replace(copy, text=later.text, published=later.published)
    revised = pipeline.revise(corrected, ledger, now=NOW + HOUR)
    assert (revised.known, revised.conflicts, revised.raised) == (False, 0, ())
    assert (ledger.status().articles, ledger.status().utterances) == (2, 1)
    assert pipeline.revise(replace(agency, text=f"{later.text} It rained."), ledger, now=NOW + HOUR).raised == ()


def test_two_feeds_with_one_article_are_one_place_whatever_marks_their_links_bear(
    pipeline: Pipeline, ledger: Ledger
) -> None:
    first = article(f"{CALM}{UNDATED}", keys=("id:a", "link:x"), url="https://times.example/x?utm_source=world")
    pipeline.record(first, ledger, now=NOW)
    second = article(f"{CALM}{PUT_RIGHT}", "port", 5, keys=("id:port", "link:x"), outlet="The Harbour Times: Port")
    second = replace(second, url="https://times.example/x?utm_source=port")
    revised = pipeline.revise(second, ledger, now=NOW + HOUR)
    assert (revised.changed, revised.conflicts) == (1, 0)
    assert pipeline.revise(replace(first, text=second.text), ledger, now=NOW + HOUR).known
    assert (ledger.status().articles, len(ledger.versions("id:toll"))) == (1, 2)


def test_a_second_entry_with_the_same_text_goes_its_own_way_when_it_changes(pipeline: Pipeline, ledger: Ledger) -> None:
    first = article(f"{CALM}{AGAINST}", "first")
    pipeline.record(first, ledger, now=NOW)
    second = copied(first, first.outlet)
    assert pipeline.record(second, ledger, now=NOW).known
    revised = pipeline.revise(replace(second, text=f"{CALM}Nothing else happened."), ledger, now=NOW + HOUR)
    assert (revised.vanished, ledger.status().articles) == (0, 2)
    assert len(ledger.versions("id:first")) == 1


def test_an_article_whose_address_and_then_whose_id_changed_is_still_the_same(
    pipeline: Pipeline, ledger: Ledger
) -> None:
    pipeline.record(article(MISHEARD, keys=("id:toll", "link:old")), ledger, now=NOW)
    moved = article(MISHEARD, keys=("id:toll", "link:new"), url="https://times.example/new")
    assert pipeline.revise(moved, ledger, now=NOW).known
    renamed = article(CORRECTED, "else", keys=("id:else", "link:new"), url="https://times.example/new")
    assert pipeline.revise(renamed, ledger, now=NOW).changed == 1
    assert ledger.status().articles == 1


def test_words_that_come_back_meet_what_was_said_while_they_were_out(pipeline: Pipeline, ledger: Ledger) -> None:
    pipeline.record(article(MISHEARD), ledger, now=NOW)
    pipeline.revise(article(CORRECTED), ledger, now=NOW)
    meanwhile = article(EARLIER, "early", 2, outlet="Ostermouth Post")
    assert pipeline.record(meanwhile, ledger, now=NOW).conflicts == 0
    (alert,) = pipeline.revise(article(f"{MISHEARD} It rained."), ledger, now=NOW).raised
    assert alert.conflict.kind == "reversal"
    pipeline.revise(article(CORRECTED), ledger, now=NOW)
    assert pipeline.revise(article(MISHEARD), ledger, now=NOW).raised == ()


def test_words_that_one_outlet_put_right_are_news_when_another_reports_them(pipeline: Pipeline, ledger: Ledger) -> None:
    pipeline.record(article(MISHEARD), ledger, now=NOW)
    other = "Opposition leader Tilo Brandt spoke instead."
    pipeline.revise(article(other), ledger, now=NOW)
    pipeline.record(article(EARLIER, "early", 2, outlet="Ostermouth Post"), ledger, now=NOW)
    again = pipeline.record(article(f"It rained. {MISHEARD}", "again", outlet="The Northern Courier"), ledger, now=NOW)
    assert [alert.conflict.kind for alert in again.raised] == ["reversal"]


def test_what_stands_now_is_shown_however_often_it_went_to_and_fro(pipeline: Pipeline, ledger: Ledger) -> None:
    pipeline.record(article(MISHEARD), ledger, now=NOW)
    for text, stance in [(CORRECTED, "against"), (MISHEARD, "for")] * 3:
        assert pipeline.revise(article(text), ledger, now=NOW).raised == ()
        (shown,) = ledger.about("port-toll")
        assert (shown.stance, shown.statement.amended) == (stance, "")
    assert ledger.status().statements == 2


def test_a_summary_is_not_edited_by_the_page_that_can_be_read_at_last(pipeline: Pipeline, ledger: Ledger) -> None:
    summary = "Ilse Marken ruled out a toll on foreign ships in the port of Ostermouth on Monday."
    pipeline.record(article(summary, partial=True), ledger, now=NOW)
    revised = pipeline.revise(article(f"{CALM}{AGAINST}"), ledger, now=NOW)
    assert (revised.statements, revised.changed, revised.vanished) == (1, 0, 0)
    assert ledger.corrections() == ()


def test_words_that_stand_in_the_text_were_not_taken_out_however_they_are_read(
    pipeline: Pipeline, ledger: Ledger
) -> None:
    pipeline.record(article(IN_FAVOUR), ledger, now=NOW)
    bare = "We support a toll on foreign ships in the port of Ostermouth. So it stands on a placard."
    revised = pipeline.revise(article(bare), ledger, now=NOW)
    assert (revised.changed, revised.vanished) == (0, 0)


def test_every_alert_that_shows_edited_words_is_named_and_its_card_says_so(pipeline: Pipeline, ledger: Ledger) -> None:
    pipeline.record(article(AGAINST), ledger, now=NOW)
    (alert,) = pipeline.record(article(IN_FAVOUR, "ships", 5), ledger, now=NOW).raised
    joins = "“A toll on foreign ships in the port of Ostermouth is welcome, and we support it,” Ilse Marken said."
    assert pipeline.record(article(joins, "joins", 6), ledger, now=NOW).joined
    posts = ledger.alert(alert.number)
    assert posts is not None
    for name, day in (("joins", 6), ("ships", 5)):
        revised = pipeline.revise(article("The harbour was calm.", name, day), ledger, now=NOW)
        assert [found.number for found in revised.corrected] == [alert.number]
        shown = ledger.alert(alert.number)
        assert shown is not None
        assert shown.revision > posts.revision
        posts = shown


def test_what_was_set_aside_and_can_be_read_now_is_set_aside_no_more(pipeline: Pipeline, ledger: Ledger) -> None:
    german = replace(article(""), text=GERMAN, language="de")
    assert pipeline.record(german, ledger, now=datetime(2025, 3, 3, tzinfo=UTC)).aside
    assert pipeline.revise(article(AGAINST), ledger, now=NOW).statements == 1
    status = ledger.status()
    assert (status.aside, status.why_aside, status.articles) == (0, (), 1)


def test_who_takes_back_what_an_outlet_cut_meanwhile_is_seen_and_the_cut_is_named(
    pipeline: Pipeline, ledger: Ledger
) -> None:
    pipeline.record(article(AGAINST), ledger, now=NOW)
    assert pipeline.revise(article("The harbour was calm."), ledger, now=NOW).vanished == 1
    (alert,) = pipeline.record(article(IN_FAVOUR, "ships", 5, outlet="Ostermouth Post"), ledger, now=NOW).raised
    shown = ledger.alert(alert.number)
    assert shown is not None
    assert "took these words out" in shown.conflict.earlier.statement.amended


def test_what_an_article_says_instead_of_words_it_took_out_accuses_nobody(pipeline: Pipeline, ledger: Ledger) -> None:
    pipeline.record(article(UNDATED), ledger, now=NOW)
    pipeline.revise(article("The harbour was calm."), ledger, now=NOW)
    instead = "“A toll on foreign ships in the port of Ostermouth is out of the question,” Ilse Marken said."
    assert pipeline.revise(article(instead, day=5), ledger, now=NOW).conflicts == 0


def test_an_old_statement_that_arrives_late_is_no_reversal_and_the_next_turn_is_one_from_what_was_said_last(
    pipeline: Pipeline, ledger: Ledger
) -> None:
    pipeline.record(article(IN_FAVOUR, "favour", day=6), ledger, now=NOW)
    late = article(AGAINST, "late", day=4, outlet="Ostermouth Post", retrieved=NOW + HOUR)
    assert pipeline.record(late, ledger, now=NOW + HOUR).conflicts == 0
    (before, since) = ledger.status().statements, ledger.status().positions
    assert (before, since) == (2, 2)
    again = article(AGAINST.replace("Monday", "Friday"), "again", day=7, outlet="Ostermouth Post")
    (alert,) = pipeline.record(again, ledger, now=NOW + 24 * HOUR).raised
    assert alert.conflict.kind == "reversal"
    assert alert.conflict.earlier.statement.quote in IN_FAVOUR
    assert alert.conflict.fresh.statement.said.first.day == 7
