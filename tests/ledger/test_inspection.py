"""The whole record is held against itself, and a flipped byte of it is found and named."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_sample import IDA, LATER, NOW, STRANGER, conflict, join, raised, record, told

from bot.ledger import Ledger
from bot.ledger.keeping.inspection import Fault, Tally
from bot.ledger.record.seals import SEALED

PROVEN = {
    "texts": 4,
    "people and bodies": 3,
    "quotations": 4,
    "positions": 4,
    "conflicts": 1,
    "alerts": 1,
}
COVERED = {
    **SEALED,
    "article": ("text", *SEALED["article"]),
    "alert": tuple(name for name in SEALED["alert"] if name != "number"),  # it is the row
}
del COVERED["excerpt"]  # see test_retention.py


def filled(ledger: Ledger) -> None:
    raised(ledger)
    join(ledger, 1001)
    record(
        ledger,
        told("The ferry goes on, \ufdd0 \x00 and \ud800 with it.", "ferry", STRANGER, holder=IDA),
    )


def found(ledger: Ledger) -> tuple[Tally, list[Fault]]:
    tally = Tally()
    faults = list(ledger.inspect(tally))
    assert tally.faults == len(faults)
    return tally, faults


def test_all_of_a_sound_record_is_proven(ledger: Ledger) -> None:
    assert found(ledger) == (Tally(), [])
    filled(ledger)
    tally, faults = found(ledger)
    assert (faults, tally.gone, dict(tally.proven)) == ([], 0, PROVEN)


def test_what_editors_and_people_do_later_is_no_fault(ledger: Ledger) -> None:
    filled(ledger)
    ledger.decide(1001, "confirm", "U1", "", ledger.alert(1001).created_at)  # type: ignore[union-attr]
    held = ledger.about("bridge")[0]
    ledger.split_topic([held], "the bridge to come", "U2", held.statement.source.retrieved)
    ledger.withdraw_statement(held.statement, "misread", "U2", held.statement.source.retrieved)
    assert found(ledger)[1] == []


def test_an_alert_that_points_at_another_conflict_is_found(ledger: Ledger) -> None:
    one, other = raised(ledger, mark=" 1"), raised(ledger, mark=" 2")
    change = f"UPDATE alert SET conflict_id = (SELECT min(id) FROM conflict) WHERE number = {other}"  # noqa: S608
    with ledger._writing() as connection:
        connection.exec_driver_sql(change)
    (fault,) = found(ledger)[1]
    assert one != other
    assert fault.subject.startswith(f"alert OR-{other}")
    assert fault.says == "it shows another conflict than it was raised on"


def test_a_pair_that_leads_an_alert_later_is_no_fault(ledger: Ledger) -> None:
    number = raised(ledger)
    old = ledger.alert(number).conflict  # type: ignore[union-attr]
    answered = told(LATER, "later", stance="against")
    record(ledger, answered)
    lead = conflict(answered[1], old.earlier, title="Another title", case=old.case)
    with ledger.work() as work:
        work.join(number, answered[1], lead=lead, now=NOW)
        work.commit()
    assert ledger.alert(number).conflict.fresh == answered[1]  # type: ignore[union-attr]
    assert found(ledger)[1] == []


@pytest.mark.parametrize(("change", "where"), [("NULL", "IS NOT NULL"), ("holder_id", "IS NULL")])
def test_another_speaker_than_that_of_the_statement_is_found(ledger: Ledger, change: str, where: str) -> None:
    filled(ledger)
    with ledger._writing() as connection:
        connection.exec_driver_sql(f"UPDATE position SET said_by_id = {change} WHERE said_by_id {where}")  # noqa: S608
    faults = found(ledger)[1]
    assert {"it is filed under another speaker than its statement"} == {one.says for one in faults}
    assert len(faults) == (1 if change == "NULL" else 3)


def test_a_record_of_before_tells_who_said_what_another_one_holds(ledger: Ledger) -> None:
    filled(ledger)
    with ledger._writing() as connection:
        connection.exec_driver_sql("DROP INDEX ix_position_said_by")
        connection.exec_driver_sql("ALTER TABLE position DROP COLUMN said_by_id")
        with Operations.context(MigrationContext.configure(connection)):
            import_module("bot.ledger.migrations.versions.0026_said_by").upgrade()
    assert found(ledger)[1] == []
    assert [one.holder for one in ledger.who(STRANGER.name).positions] == [IDA]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM conflict_party WHERE party_id = (SELECT min(party_id) FROM conflict_party)",
        "INSERT INTO conflict_party SELECT conflict.id, max(party.id) FROM conflict, party GROUP BY conflict.id",
    ],
)
def test_a_conflict_that_is_filed_under_others_than_it_is_about_is_found(ledger: Ledger, change: str) -> None:
    filled(ledger)
    record(ledger, told("The quay is closed for now.", "other", STRANGER))
    assert found(ledger)[1] == []
    with ledger._writing() as connection:
        connection.exec_driver_sql(change)
    (fault,) = found(ledger)[1]
    assert fault.subject.startswith("conflict ")
    assert fault.says == "it is filed under others than those it is about"


def test_a_record_of_before_tells_whom_its_conflicts_are_about(ledger: Ledger) -> None:
    filled(ledger)
    with ledger._writing() as connection:
        connection.exec_driver_sql("DROP TABLE conflict_party")
        connection.exec_driver_sql("DROP INDEX ix_position_stood")
        connection.exec_driver_sql("DROP INDEX ix_position_said_by")
        connection.exec_driver_sql("CREATE INDEX ix_position_said_by ON position (said_by_id, day)")
        old = "ix_position_holder_id_position_topic_position_day"
        connection.exec_driver_sql(f"CREATE INDEX {old} ON position (holder_id, topic, day)")
        connection.exec_driver_sql("ANALYZE")
        with Operations.context(MigrationContext.configure(connection)):
            import_module("bot.ledger.migrations.versions.0027_involved").upgrade()
    assert found(ledger)[1] == []


def test_of_a_new_index_it_is_known_how_much_it_finds_where_that_is_known_of_others(
    sound: bytes, tmp_path: Path
) -> None:
    """SQLite takes an index of which it knows nothing for the best."""
    (tmp_path / "a.db").write_bytes(sound)
    with Ledger.open(str(tmp_path / "a.db"), durable=False) as ledger, ledger._writing() as connection:
        connection.exec_driver_sql("DROP INDEX ix_position_on_topic")
        old = "ix_position_topic_position_day_position_holder_id"
        connection.exec_driver_sql(f"CREATE INDEX {old} ON position (topic, day, holder_id)")
        connection.exec_driver_sql("ANALYZE")
        with Operations.context(MigrationContext.configure(connection)):
            import_module("bot.ledger.migrations.versions.0028_on_topic").upgrade()
        known = connection.exec_driver_sql("SELECT 1 FROM sqlite_stat1 WHERE idx = 'ix_position_on_topic'").all()
    assert known == [(1,)]


@pytest.mark.parametrize("change", ["NULL", "(SELECT max(id) FROM position)"])
def test_another_statement_between_the_two_of_a_conflict_is_found(ledger: Ledger, change: str) -> None:
    denied = told("We never said that the ferry would stop.", "denied", stance="against")
    claimed, between = told("They said that the ferry will stop.", "claimed"), told("It may stop.", "between", IDA)
    record(ledger, denied, claimed, between, told("The quay is closed for now.", "other", IDA))
    with ledger.work() as work:
        pair = conflict(claimed[1], denied[1], kind="denied_claim", bridge=between[1])
        assert work.alert(pair, "desk", "high", NOW)
        work.commit()
    assert found(ledger)[1] == []
    with ledger._writing() as connection:
        connection.exec_driver_sql(f"UPDATE conflict SET bridge_id = {change}")  # noqa: S608
    (fault,) = found(ledger)[1]
    assert fault.subject.startswith("conflict ")
    assert "the third statement that it shows" in fault.says


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A ledger as one file, nothing beside it."""
    place = tmp_path_factory.mktemp("sound") / "a.db"
    with Ledger.open(str(place), durable=False) as ledger:
        filled(ledger)
    with closing(sqlite3.connect(place)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")  # whoever reaches around the program can do that too
        connection.execute("PRAGMA journal_mode=DELETE")
    return place.read_bytes()


@pytest.fixture(scope="module")
def cells(sound: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, int, object]]:
    """Everything that is under a seal or a hash: table, column, row and value."""
    place = tmp_path_factory.mktemp("cells") / "a.db"
    place.write_bytes(sound)
    return list(cells_of(place))


def cells_of(place: Path) -> Iterator[tuple[str, str, int, object]]:
    with closing(sqlite3.connect(place)) as connection:
        for table, columns in COVERED.items():
            for column in columns:
                for row, value in connection.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall():  # noqa: S608
                    yield table, column, row, value


def flipped(value: object, at: int, bit: int) -> bytes:
    """The value as text with one bit of one byte turned over; of nothing at all, something."""
    if value in {0, 1}:
        return b"0" if value else b"1"  # any other number is read as 1
    raw = bytearray(str(value).encode() if value is not None else b"")
    if not raw:
        return b"x"
    at = max(at % len(raw), 2 if isinstance(value, float) else 0)  # " .9" is 0.9
    if re.fullmatch(rb"[0-9-]{10} [0-9:.]{8,15}", raw) and at == 10:
        at = 0  # whatever stands between day and hour, the moment is the same
    raw[at] ^= 1 << bit
    return bytes(raw)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choice=st.integers(0, 10**9), at=st.integers(0, 10**6), bit=st.integers(0, 6))
def test_a_flipped_byte_anywhere_in_the_evidence_is_found(
    *,
    sound: bytes,
    cells: list[tuple[str, str, int, object]],
    tmp_path_factory: pytest.TempPathFactory,
    choice: int,
    at: int,
    bit: int,
) -> None:
    place = tmp_path_factory.getbasetemp() / "flipped.db"
    place.write_bytes(sound)
    table, column, row, value = cells[choice % len(cells)]
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        change = f'UPDATE "{table}" SET "{column}" = CAST(? AS TEXT) WHERE rowid = ?'  # noqa: S608
        connection.execute(change, (flipped(value, at, bit), row))
    with Ledger.look_into(str(place)) as ledger:
        tally, faults = found(ledger)
    assert faults, (table, column, row, value)
    assert all(one.subject and one.says and one.remedy for one in faults)
    assert tally.proven.total() < sum(PROVEN.values()), (table, column)


def test_a_text_that_is_no_text_any_more_is_named_and_the_rest_is_looked_at(sound: bytes, tmp_path: Path) -> None:
    place = tmp_path / "garbled.db"
    place.write_bytes(sound)
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("UPDATE article SET text = CAST(x'4d617261e280fe' AS TEXT) WHERE name = 'no'")
    with Ledger.look_into(str(place)) as ledger:
        tally, faults = found(ledger)
    assert any(one.subject.startswith("article") for one in faults)
    assert tally.proven["alerts"] or any(one.subject.startswith("alert") for one in faults)


@pytest.mark.parametrize(
    ("change", "subject", "says"),
    [
        (
            "UPDATE article SET text = replace(text, 'bridge', 'fridge') WHERE name = 'no'",
            "article",
            "text was altered",
        ),
        ("UPDATE statement SET party_id = NULL", "statement", "are not the same"),
        ("UPDATE position SET holder_id = (SELECT max(id) FROM party)", "position", "not the one it is filed under"),
        ("UPDATE alert SET channel = 'leaks'", "alert OR-1001", "its title, channel or key was altered"),
        ("DELETE FROM delivery WHERE kind = 'card'", "alert OR-1001", "its card is not in the outbox"),
    ],
)
def test_what_is_wrong_is_named_with_its_subject(ledger: Ledger, change: str, subject: str, says: str) -> None:
    filled(ledger)
    with ledger._writing() as connection:
        sqlite = connection.dialect.name == "sqlite"
        connection.exec_driver_sql(f"DROP TRIGGER statement_{'no_update' if sqlite else 'is_final ON statement'}")
        connection.exec_driver_sql(change)
    told = [one for one in found(ledger)[1] if one.subject.startswith(subject)]
    assert told
    assert says in told[0].says
