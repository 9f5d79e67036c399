"""What is asked of the driver itself is answered, and refused, as if it had been asked of SQLAlchemy."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Text, bindparam, cast, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.ledger import Ledger, LedgerError
from bot.ledger.database.prepared import added, asked
from bot.ledger.tables.schema import party, utterance

ROW = {"key": "one", "name": "One", "official": None, "side": None, "person": True, "seal": ""}
ODD = "100 % of 5 %s, %(name)s, 50 %% :name ::text ? ?1 $1 \\ ' \""


def test_what_the_driver_refuses_is_told_as_what_sqlalchemy_refuses(ledger: Ledger) -> None:
    with ledger._writing() as connection:
        added(connection, party, **ROW)
    put = insert(party).values({name: bindparam(name) for name in ROW})
    told = []
    for add in (
        lambda one: one.execute(insert(party), ROW),
        lambda one: added(one, party, **ROW),
        lambda one: asked(one, put).done(one, ROW),
        lambda one: asked(one, put).done(one, {**ROW, "key": "two"}, ROW),
    ):
        with ledger._turn() as connection:
            with pytest.raises(IntegrityError) as found:
                add(connection)
            assert not connection.invalidated
        told.append((type(found.value.orig), found.value.connection_invalidated))
    assert told == told[:1] * 4
    with ledger._turn() as connection:
        assert connection.execute(select(party.c.name)).scalars().all() == ["One"]


def test_a_change_says_how_many_rows_it_touched_be_it_carried_out_once_or_several_times(ledger: Ledger) -> None:
    put = insert(party).values({name: bindparam(name) for name in ROW})
    named = update(party).where(party.c.key == bindparam("of")).values(name=bindparam("name"))
    with ledger._writing() as connection:
        assert asked(connection, put).done(connection, ROW, {**ROW, "key": "two"}) == 2
        assert asked(connection, named).done(connection, {"of": "one", "name": "A"}) == 1
        assert asked(connection, named).done(connection, {"of": "three", "name": "A"}) == 0
    with ledger._reading() as connection:
        assert sorted(connection.execute(select(party.c.key, party.c.name))) == [("one", "A"), ("two", "One")]


@pytest.mark.parametrize("day", [date.min, date(987, 6, 5), date(2025, 3, 4), date.max])
def test_a_day_is_put_as_sqlalchemy_puts_it(ledger: Ledger, day: date) -> None:
    remark = {"party_id": None, "first": day, "last": day}
    with ledger._writing() as connection:
        added(connection, utterance, **remark)
        connection.execute(insert(utterance), remark)
    with ledger._reading() as connection:
        assert connection.execute(select(utterance.c.first)).scalars().all() == [day, day]
        assert len(set(connection.execute(select(cast(utterance.c.first, Text))).scalars())) == 1


def test_what_looks_like_a_place_in_a_query_is_text(ledger: Ledger) -> None:
    with ledger._writing() as connection:
        number = added(connection, party, **{**ROW, "name": ODD})
        query = select(party.c.id, party.c.name, text("'100 %'")).where(party.c.name == bindparam("name", type_=Text))
        assert list(asked(connection, query).each(connection, {"name": ODD})) == [[number, ODD, "100 %"]]


@pytest.mark.parametrize("transaction", ["_reading", "_writing"])
def test_a_connection_that_ends_in_the_middle_is_said_to_be_lost_and_the_next_is_a_new_one(
    ledger: Ledger, place: str, transaction: str
) -> None:
    if "://" not in place:
        pytest.skip("a file has no server that could end it")
    query = select(party.c.id).where(party.c.key == bindparam("key"))

    def lost() -> None:
        with ledger._engine.connect() as other, getattr(ledger, transaction)() as connection:
            mine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            other.exec_driver_sql(f"SELECT pg_terminate_backend({mine}, 5000)")
            with pytest.raises(DBAPIError) as found:
                asked(connection, query).rows(connection, {"key": "one"})
            assert (found.value.connection_invalidated, connection.invalidated) == (True, True)
            raise found.value

    with pytest.raises(LedgerError, match=r"^the ledger postgresql\S+ refused: terminating connection"):
        lost()
    with getattr(ledger, transaction)() as connection:
        assert asked(connection, query).rows(connection, {"key": "one"}) == []


def test_postgresql_keeps_what_readers_ask_from_one_transaction_to_the_next(ledger: Ledger, place: str) -> None:
    if "://" not in place:
        pytest.skip("a file has no server that could keep it")
    for _ in range(3):
        ledger.some_names()
    with ledger._reading() as connection:
        kept = connection.exec_driver_sql("SELECT statement FROM pg_prepared_statements").scalars().all()
    assert [one for one in kept if one.startswith("SELECT party.name")] != []


def test_a_connection_reads_one_moment_and_writes_what_is_newest_whatever_it_did_before(
    ledger: Ledger, place: str
) -> None:
    if "://" not in place:
        pytest.skip("a file has no such settings")
    ask = "SELECT pg_backend_pid(), current_setting('transaction_isolation'), current_setting('transaction_read_only')"
    found = []
    for turn in ("_reading", "_writing", "_reading", "_writing"):
        with getattr(ledger, turn)() as connection:
            found.append(tuple(connection.exec_driver_sql(ask).one()))
    pid = found[0][0]
    assert found == [(pid, "repeatable read", "on"), (pid, "read committed", "off")] * 2
