"""One remark merges its many reports; different people and different occasions never merge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from ledger_sample import IDA, MARA, NO, NOW, STRANGER, TILO, YES, article, statement

from bot.ledger import Ledger
from bot.ledger.nearness.utterances import CANDIDATES
from bot.model import Party, Said, Statement

_names = count(1)


def said(ledger: Ledger, quote: str, party: Party | None = MARA, day: int | None = 3, **changes: Any) -> bool:
    """Record one report of a remark; whether it was new."""
    return hear(ledger, quote, party, day, **changes)[1]


def hear(
    ledger: Ledger, quote: str, party: Party | None = MARA, day: int | None = 3, **changes: Any
) -> tuple[Statement, bool]:
    name = f"report {next(_names)}"
    published = changes.pop("published", NOW)
    of = article(f"{name} begins. “{quote}” It ends.", name, published=published, outlet=f"Outlet {name}")
    when = day and Said(first=date(2025, 3, day), last=date(2025, 3, day), how="given")
    one = statement(of, quote, party, **({"said": when} | changes))
    with ledger.work() as work:
        work.article(of)
        new = work.statement(one)
        work.commit()
    return one, new


def mixed(ledger: Ledger, sentence: str, words: str, party: Party = MARA, day: int | None = 3) -> bool:
    """Record a paraphrase that holds a few exact words."""
    name = f"report {next(_names)}"
    of = article(f"{sentence} {name}", name)
    span = statement(of, words, party).span
    when = day and Said(first=date(2025, 3, day), last=date(2025, 3, day), how="given")
    one = statement(of, sentence, party, kind="mixed", verbatim=(span,), said=when)
    with ledger.work() as work:
        work.article(of)
        new = work.statement(one)
        work.commit()
    return new


def test_forty_outlets_report_one_remark(ledger: Ledger) -> None:
    first, new = hear(ledger, YES)
    assert new
    for _ in range(39):
        assert not said(ledger, YES.replace(",", "").upper())
    assert len(ledger.reports(first)) == 40
    assert (ledger.status().utterances, ledger.status().statements) == (1, 40)
    assert ledger.people()[0].statements == 1


def test_a_fragment_of_a_remark_is_a_report_of_it(ledger: Ledger) -> None:
    assert said(ledger, YES)
    assert not said(ledger, "build the bridge over the strait before the next election")


def test_the_whole_after_a_snippet_is_filed_with_it_and_counts_as_new(ledger: Ledger) -> None:
    first, _ = hear(ledger, "build the bridge over the strait")
    assert said(ledger, YES)
    assert len(ledger.reports(first)) == 2
    assert ledger.status().utterances == 1


def test_different_people_never_merge(ledger: Ledger) -> None:
    people = [MARA, TILO, IDA, STRANGER, replace(STRANGER, name="Pavel Anders"), replace(STRANGER, person=False)]
    assert all(said(ledger, YES, one) for one in people)
    assert ledger.status().utterances == len(people)


def test_one_person_merges_whatever_role_or_spelling_an_article_gives(ledger: Ledger) -> None:
    assert said(ledger, YES)
    assert not said(ledger, YES, replace(MARA, name="M. Velden", role="former minister"))
    assert said(ledger, NO, STRANGER)
    assert not said(ledger, NO, replace(STRANGER, name="PAVEL UNBEKANNT", role=None))


def test_words_of_an_unknown_speaker_stand_alone(ledger: Ledger) -> None:
    assert said(ledger, YES, None)
    assert said(ledger, YES, None)


@pytest.mark.parametrize(("day", "new"), [(3, False), (6, False), (7, True), (20, True)])
def test_the_same_words_on_another_occasion_are_another_remark(ledger: Ledger, day: int, new: bool) -> None:
    assert said(ledger, YES, day=3)
    assert said(ledger, YES, day=day) is new


def test_reports_do_not_drift_from_day_to_day(ledger: Ledger) -> None:
    assert said(ledger, YES, day=3)
    assert not said(ledger, YES, day=6)
    assert said(ledger, YES, day=9)


def test_an_interval_holds_a_day_and_is_narrowed_by_it(ledger: Ledger) -> None:
    week = Said(first=date(2025, 3, 3), last=date(2025, 3, 9), how="last week")
    assert said(ledger, YES, said=week)
    assert not said(ledger, YES, day=4)
    assert not said(ledger, YES, day=1)
    assert said(ledger, YES, day=9)


def test_an_undated_report_weeks_later_repeats_the_remark(ledger: Ledger) -> None:
    assert said(ledger, YES, day=3)
    assert not said(ledger, YES, day=None, published=NOW + timedelta(days=20))
    assert said(ledger, YES, day=None, published=NOW + timedelta(days=60))


def test_a_report_that_comes_late_finds_its_remark_among_many_later_ones_in_the_same_words(ledger: Ledger) -> None:
    days = [date(2023, 1, 1) + timedelta(days=10 * number) for number in range(CANDIDATES + 5)]
    assert all(said(ledger, YES, said=Said(first=day, last=day, how="given")) for day in days)
    assert not said(ledger, YES, said=Said(first=days[0], last=days[0], how="given"))
    assert ledger.status().utterances == len(days)


def test_what_was_said_at_some_time_of_a_year_is_found_whatever_the_day(ledger: Ledger) -> None:
    assert said(ledger, YES, said=Said(first=date(2024, 1, 1), last=date(2024, 12, 31), how="last year"))
    assert not said(ledger, YES, day=None, published=datetime(2025, 1, 10, tzinfo=UTC))
    assert not said(ledger, YES, said=Said(first=date(2024, 11, 3), last=date(2024, 11, 3), how="given"))


def test_what_was_added_without_a_day_to_words_of_some_time_of_a_year_is_found_whatever_the_day(ledger: Ledger) -> None:
    part, rest = YES, "and we ask nobody in the harbour to pay for the second bridge before the winter comes"
    said(ledger, part, said=Said(first=date(2025, 1, 1), last=date(2025, 12, 31), how="this year"))
    said(ledger, f"{part} {rest}", day=None, published=datetime(2025, 6, 1, tzinfo=UTC))
    said(ledger, rest, said=Said(first=date(2025, 1, 5), last=date(2025, 1, 5), how="given"))
    assert (ledger.status().utterances, ledger.status().statements) == (1, 3)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_report_of_the_first_day_that_there_is_and_one_of_the_last_are_taken(ledger: Ledger, day: date) -> None:
    assert said(ledger, YES, said=Said(first=day, last=day, how="given"))
    assert not said(ledger, YES, said=Said(first=day, last=day, how="given"))


def test_a_reversal_is_never_filed_as_a_copy(ledger: Ledger) -> None:
    assert said(ledger, "We will accept the plan of the council for the strait this year")
    assert said(ledger, "We will not accept the plan of the council for the strait this year")


@pytest.mark.parametrize(
    ("known", "fresh", "day", "new"),
    [
        ("We will see.", "“We will see”", 3, False),
        ("We will see.", "We will see", 4, False),
        ("We will see.", "We will see", 5, True),
        ("We will see.", "We will say", 3, True),
        ("It costs too much.", "It costs far too much.", 3, True),
        ("It is a very costly bridge, my friends.", "a very costly bridge", 3, False),
        ("a very costly bridge", "It is a very costly bridge, friends.", 3, False),
        ("Yes.", "Yes!", 3, False),
    ],
)
def test_short_quotes_must_be_equal_or_contained_and_near_in_time(
    ledger: Ledger, known: str, fresh: str, day: int, new: bool
) -> None:
    context = {"content": "Yes, Ostrava will pay"} if known == "Yes." else {}
    assert said(ledger, known, **context)
    assert said(ledger, fresh, day=day, **context) is new


def test_one_word_to_two_questions_is_two_remarks(ledger: Ledger) -> None:
    assert said(ledger, "Yes.", content="Yes, Ostrava will pay for the bridge")
    assert said(ledger, "Yes.", content="Yes, the talks with Lumen are over")


def test_a_denial_of_words_is_not_the_words(ledger: Ledger) -> None:
    assert said(ledger, YES)
    assert said(ledger, YES, negated=True)


def test_exact_words_inside_a_paraphrase_find_their_remark(ledger: Ledger) -> None:
    assert said(ledger, YES)
    assert not mixed(
        ledger,
        "Velden wants to build the bridge over the strait before the vote",
        "build the bridge over the strait before",
    )
    assert mixed(ledger, "Velden finds the offer of Lumen unacceptable in its present form", "unacceptable")
    assert not mixed(ledger, "Velden finds the offer of Lumen unacceptable in its present form.", "unacceptable")


def test_paraphrases_merge_only_when_they_are_nearly_the_same(ledger: Ledger) -> None:
    first = "the council will open the strait to foreign ships in the summer"
    indirect: dict[str, Any] = {"kind": "indirect", "verbatim": ()}
    assert said(ledger, first, **indirect)
    assert not said(ledger, first.capitalize(), **indirect)
    assert said(ledger, "foreign ships may use the strait from the summer on, the council says", **indirect)
    assert said(ledger, first)  # the exact words are another thing than a paraphrase
