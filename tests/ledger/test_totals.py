"""What a process has counted once it counts no more, and what others add is counted at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from ledger_sample import raised, record, told
from sqlalchemy import event

from bot.ledger import Ledger


def test_the_figures_are_those_of_a_process_that_counts_all_anew_whoever_wrote_in_between(
    ledger: Ledger, place: str
) -> None:
    raised(ledger)
    for number in range(3):
        with Ledger.open(place) as other:
            record(other, told(f"The bridge stands since day {number}.", f"n{number}"))
            assert (ledger.status(), ledger.vitals().statements) == (other.status(), other.vitals().statements)
    assert ledger.status().statements == ledger.vitals().statements > 3


def test_who_reads_an_earlier_moment_is_told_how_many_there_were_then(ledger: Ledger, place: str) -> None:
    raised(ledger)
    with ledger.at_one_moment():
        before = ledger.status(), ledger.vitals().statements
        with Ledger.open(place) as other:
            record(other, told("The bridge stands.", "new"))
        with ThreadPoolExecutor(1) as another:
            assert another.submit(ledger.status).result().articles == before[0].articles + 1
        assert (ledger.status(), ledger.vitals().statements) == before
    assert ledger.status().articles == before[0].articles + 1


def test_a_row_is_counted_once(ledger: Ledger) -> None:
    raised(ledger)
    before = ledger.status()
    asked: list[tuple[str, object]] = []

    @event.listens_for(ledger._engine, "before_cursor_execute")
    def _hear(_connection, _cursor, words, given, *_rest):  # type: ignore[no-untyped-def]
        asked.append((words, given))

    assert ledger.status() == before
    newest = {"articles": before.articles, "statements": before.statements}
    counts = [given for words, given in asked if "count(*)" in words and "statement.id >" in words]
    assert [list(one.values() if isinstance(one, dict) else one) for one in counts] == [[newest["statements"]]]


def test_postgresql_is_told_not_to_compile_questions(ledger: Ledger) -> None:
    if not ledger.shared:
        pytest.skip("SQLite compiles none")
    with ledger._reading() as connection:
        assert connection.exec_driver_sql("SHOW jit").scalar() == "off"


def test_how_many_remarks_there_are_on_a_topic_is_told_by_an_index_alone(ledger: Ledger) -> None:
    raised(ledger)
    heard: list[tuple[str, object]] = []

    @event.listens_for(ledger._engine, "before_cursor_execute")
    def _hear(_connection, _cursor, words, given, *_rest):  # type: ignore[no-untyped-def]
        heard.append((words, given))

    topic = ledger.conflicts()[0].conflict.fresh.topic
    assert ledger.remarks_on(topic) == 2
    words, given = next(one for one in heard if "count(DISTINCT" in one[0])
    with ledger._reading() as connection:
        if ledger.shared:
            for line in ("SET LOCAL enable_seqscan = off", "SET LOCAL enable_bitmapscan = off"):
                connection.exec_driver_sql(line)
        plan = connection.exec_driver_sql(f"EXPLAIN {'' if ledger.shared else 'QUERY PLAN '}{words}", given).all()
    wanted = "Index Only Scan using ix_position_on_topic" if ledger.shared else "COVERING INDEX ix_position_on_topic"
    assert wanted in " ".join(map(str, plan))
