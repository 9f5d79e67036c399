"""Writers take their turn before they read; readers see one moment; what was said is never changed."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from ledger_sample import NO, NOW, YES, article, conflict, on_day, raised, record, told
from postgres import Server
from sqlalchemy import create_engine, event

from bot.ledger import Ledger, LedgerBusy, LedgerError
from watchers.model import Entry, FeedState, Polled

WRITING = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "REPLACE")


def test_every_transaction_that_writes_begins_immediate(tmp_path: Path) -> None:
    ledger = Ledger.open(str(tmp_path / "a.db"))
    wrote: set[str] = set()

    def watch(driver: sqlite3.Connection) -> None:
        begun = ["outside of any"]

        def told(sql: str) -> None:
            if sql.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
                begun[0] = sql
            elif sql.lstrip().upper().startswith(WRITING):
                wrote.add(begun[0])

        driver.set_trace_callback(told)

    @event.listens_for(ledger._engine, "checkout")
    def _taken(driver: sqlite3.Connection, *_rest: object) -> None:
        watch(driver)

    assert ledger._writer is not None
    watch(ledger._writer.connection.driver_connection)
    number = raised(ledger)
    for waiting in ledger.due(NOW):
        ledger.intend(waiting.id, NOW)
        ledger.refused(waiting.id, "no", NOW)
        ledger.intend(waiting.id, NOW)
        ledger.settle(waiting.id, None)
        ledger.intend(waiting.id, NOW)
        ledger.sent(waiting.id, "C1", "1.0", NOW)
    ledger.decide(number, "confirm", "U1", "", NOW)
    ledger.withdraw(number, "wrong", NOW)
    ledger.release(NOW)
    ledger.save_feed_state(FeedState(feed="post"))
    entry = Entry(feed="post", keys=("k",), title="", url=None, published=None, summary="", full=False)
    ledger.save_polls([Polled(FeedState(feed="post"), FeedState(feed="post", polled_at=NOW))])
    ledger.poll_begun("post")
    ledger.entry_begun(entry, NOW)
    ledger.entry_failed(entry, "no", NOW)
    ledger.entry_waits(entry)
    ledger.give_up_entry(entry, "no", NOW)
    ledger.try_entries_again("99.0")
    ledger.close()
    assert wrote == {"BEGIN IMMEDIATE"}


def test_a_reader_cannot_become_a_writer(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match=r"read-only|readonly"), ledger._reading() as connection:
        connection.exec_driver_sql("DELETE FROM topic")


def test_a_second_writer_waits_and_then_gives_up_alone(ledger: Ledger, place: str) -> None:
    with Ledger.open(place, busy_seconds=0.2, durable=False) as other, ledger.work() as work:
        work.article(article("Text."))
        with pytest.raises(LedgerBusy, match="another process"), other.work():
            pass  # pragma: no cover
        assert ledger.status().articles == 0  # readers neither wait nor see what is not committed
        work.commit()
    assert ledger.status().articles == 1


def test_writers_in_many_threads_all_get_their_turn(place: str) -> None:
    with Ledger.open(place, busy_seconds=30, durable=False) as ledger:
        threads = [
            threading.Thread(target=record, args=(ledger, told(f"Remark number {n} on the bridge.", f"t{n}")))
            for n in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert ledger.status().articles == 12


def test_two_who_raise_the_same_alert_get_one(place: str) -> None:
    with Ledger.open(place, busy_seconds=30, durable=False) as ledger:
        earlier, fresh = told(YES, "a", **on_day(1)), told(NO, "b")
        record(ledger, earlier, fresh)
        raised_: list[object] = []

        def run() -> None:
            with ledger.work() as work:
                raised_.append(work.alert(conflict(fresh[1], earlier[1]), "desk", "high", NOW))
                work.commit()

        threads = [threading.Thread(target=run) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(alert is not None for alert in raised_) == 1
        assert len(ledger.conflicts()) == 1


@pytest.mark.parametrize("sql", ["UPDATE statement SET quote = ''", "DELETE FROM statement", "DELETE FROM decision"])
def test_what_was_said_and_decided_is_never_changed(ledger: Ledger, sql: str) -> None:
    ledger.decide(raised(ledger), "confirm", "U1", "", NOW)
    with pytest.raises(LedgerError, match="never changed"), ledger._writing() as connection:
        connection.exec_driver_sql(sql)


def test_who_waited_for_a_turn_sees_what_came_of_it_whatever_the_server_begins_by_itself(postgresql: Server) -> None:
    place = postgresql.database("snapshot", "model")
    engine = create_engine(place, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("ALTER DATABASE snapshot SET default_transaction_isolation = 'repeatable read'")
    waits = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with Ledger.open(place, busy_seconds=30) as first, Ledger.open(place, busy_seconds=30) as second:
        met: list[bool] = []

        def begin() -> None:
            with second.work() as work:
                met.append(work.knows(article(YES)))

        with first.work() as work:
            work.article(article(YES))
            late = threading.Thread(target=begin)
            late.start()
            with engine.connect() as connection:
                while connection.exec_driver_sql(waits).first() is None:
                    late.join(0.01)
            work.commit()
        late.join()
    engine.dispose()
    assert met == [True]


def test_who_stands_still_in_a_turn_after_many_rows_at_once_loses_it(
    postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many rows go in one step, after which the server does not by itself begin to count how long nothing is said."""
    monkeypatch.setattr("bot.ledger.database.engine.STANDSTILL", 2.0)
    place = postgresql.database("still", "model")
    with Ledger.open(place, busy_seconds=30) as first, Ledger.open(place, busy_seconds=30) as second:
        came = False
        with pytest.raises(LedgerError), first.work() as still:  # noqa: PT012
            still.article(article(YES))
            with second.work() as work:
                came = not work.knows(article(YES))
                work.commit()
            still.commit()
        assert came
        assert first.status().articles == 0
