"""A ledger is opened, migrated, or refused in one clear sentence."""

from __future__ import annotations

import gc
import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from ledger_sample import LATER, NO, YES, article, on_day, raised, record, told
from sqlalchemy import Dialect, MetaData, create_engine, func, insert, inspect, select

from bot.ledger import Ledger, LedgerError, NewerSchema, NotALedger
from bot.ledger.database import migrate as migrating
from bot.ledger.database.engine import address, connect
from bot.ledger.keeping.inspection import Tally
from bot.ledger.nearness import fulltext
from bot.ledger.tables.schema import fingerprint, metadata
from bot.model import Alert, Said

NEWEST = ScriptDirectory.from_config(migrating.alembic_config()).get_current_head()


def refusal(place: str | Path) -> str:
    """The sentence with which a place is refused; the file stays as it is."""
    path = Path(place)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LedgerError) as caught:
        Ledger.open(str(place), busy_seconds=0.1)
    assert before is None or path.read_bytes() == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def ours(name: str | None, kind: str, _: object) -> bool:
    """Whether it is described by the schema: each database keeps its index of words in its own way."""
    return kind != "table" or not (name or "").startswith("said_words")


def test_migrations_from_nothing_make_the_schema_of_the_code(place: str) -> None:
    Ledger.open(place).close()
    engine = create_engine(address(place))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": ours})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_heads() == (NEWEST,)
    engine.dispose()


def test_of_a_ledger_that_was_closed_nothing_is_kept(tmp_path: Path) -> None:
    def kept(ledgers: int) -> int:
        for _ in range(ledgers):
            with Ledger.open(str(tmp_path / "thrown away.db"), durable=False) as ledger:
                raised(ledger)
            (tmp_path / "thrown away.db").unlink()
        gc.collect()
        return sum(isinstance(one, Dialect) for one in gc.get_objects())

    first = kept(1)
    assert kept(4) < first + 4  # each would leave one; others in the process may come by one of their own


def test_opening_again_keeps_everything_and_writes_nothing(place: str) -> None:
    with Ledger.open(place) as first:
        alert = first.alert(raised(first))
    with Ledger.open(place) as second:
        assert second.alert(1001) == alert


def test_a_ledger_of_a_newer_release_is_refused(place: str) -> None:
    Ledger.open(place).close()
    engine = create_engine(address(place))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(NewerSchema, match="newer release"):
        Ledger.open(place)


def test_a_database_of_something_else_is_refused(place: str) -> None:
    engine = create_engine(address(place).set(database=address(place).database))
    with engine.begin() as connection:
        for table in inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{table}" CASCADE')
        connection.exec_driver_sql("CREATE TABLE recipes (id INTEGER)")
    engine.dispose()
    with pytest.raises(NotALedger, match="not a ledger"):
        Ledger.open(place)


def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    place = str(tmp_path / "a.db")
    ledger = Ledger(connect(place, busy_seconds=0.1, durable=True))
    with pytest.raises(LedgerError, match="no such table: missing"), ledger._writing() as connection:  # noqa: PT012
        migrating.forward(connection, "the ledger")
        assert inspect(connection).get_table_names()
        connection.exec_driver_sql("INSERT INTO missing VALUES (1)")
    ledger.close()
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_an_older_ledger_is_copied_before_it_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a.db"
    with Ledger.open(str(place)) as ledger:
        raised(ledger)
    newer = tmp_path / "migrations"
    (newer / "versions").mkdir(parents=True)
    here = Path(migrating.__file__).parents[1] / "migrations"
    for file in (here / "env.py", here / "script.py.mako", *(here / "versions").glob("0*.py")):
        (newer / file.relative_to(here)).write_text(file.read_text())
    (newer / "versions" / "9000_colour.py").write_text(
        "from alembic import op\nrevision = '9000'\ndown_revision = '" + NEWEST + "'\n"
        "def upgrade():\n    op.execute('ALTER TABLE alert ADD COLUMN colour TEXT')\n"
    )
    config = migrating.alembic_config()
    config.set_main_option("script_location", str(newer))
    monkeypatch.setattr(migrating, "alembic_config", lambda: config)
    with Ledger.open(str(place)) as ledger:
        assert ledger.alert(1001) is not None
    copy = tmp_path / f"a.db.before-{NEWEST}"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(NEWEST,)]
        assert connection.execute("SELECT number FROM alert").fetchall() == [(1001,)]
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9000",)]


def of_schema(revision: str, place: str, like: str) -> None:
    """Make a ledger as the release with this schema did, with what is in the ledger `like`."""
    there, here = create_engine(address(like)), create_engine(address(place))
    with here.begin() as connection:
        config = migrating.alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    tables = MetaData()
    tables.reflect(here)
    with there.connect() as source, here.begin() as target:
        for table in tables.sorted_tables:
            if table.name != "alembic_version" and ours(table.name, "table", None):
                rows = [dict(row) for row in source.execute(select(table)).mappings()]
                if rows:
                    target.execute(insert(table), rows)
                if rows and "id" in table.c and here.dialect.name == "postgresql":
                    target.execute(
                        select(func.setval(func.pg_get_serial_sequence(table.name, "id"), func.max(table.c.id)))
                    )
        if "said_words" in inspect(target).get_table_names():
            fulltext.fill(target)
    there.dispose()
    here.dispose()


def test_a_ledger_of_the_first_schema_comes_forward_with_all_that_is_in_it(place: str, empty: str) -> None:
    with Ledger.open(place) as ledger:
        alert = ledger.alert(raised(ledger))
        status = ledger.status()
    of_schema("0001", empty, place)
    with Ledger.open(empty) as old:
        assert (old.alert(1001), old.status()) == (alert, status)
        assert alert is not None
        assert old.verify(alert) == ()
        assert [version.number for version in old.versions("yes")] == [1]
        edited = article("The harbour was calm all day.", "yes")
        with old.work() as work:
            newest = work.newest(edited)
            assert newest is not None
            work.version(edited, newest)
            work.commit()
        assert [version.number for version in old.versions("yes")] == [1, 2]
        assert old.status().articles == status.articles
    engine = create_engine(address(empty))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT DISTINCT language, aside FROM article").all() == [("en", "")]
        assert compare_metadata(MigrationContext.configure(connection, opts={"include_name": ours}), metadata) == []
    engine.dispose()


def test_the_words_of_an_older_ledger_come_forward_under_the_days_that_they_were_said(place: str, empty: str) -> None:
    year = Said(first=date(2024, 1, 1), last=date(2025, 3, 1), how="since last year")
    with Ledger.open(place) as ledger:
        record(ledger, told(YES, "dated", **on_day(3)), told(LATER, "undated", said=None))
        record(ledger, told(NO, "some time", said=year), told(NO, "some time, again", said=None))
        days = {date.min, date(2025, 3, 3), date(2025, 3, 4)}
    of_schema("0024", empty, place)
    Ledger.open(empty).close()
    found = []
    for one in (place, empty):
        engine = create_engine(address(one))
        with engine.connect() as connection:
            found.append(sorted(map(tuple, connection.execute(select(fingerprint)))))
        engine.dispose()
    assert found[0] == found[1]
    assert {day for _, _, day, _ in found[1]} == days


OLDER = [script.revision for script in ScriptDirectory.from_config(migrating.alembic_config()).walk_revisions()][:0:-1]


@pytest.mark.parametrize("revision", OLDER)
def test_a_ledger_of_every_older_schema_comes_forward_sealed_and_proven_with_a_copy_beside_it(
    revision: str, sample: tuple[Path, Alert], tmp_path: Path
) -> None:
    place, alert = str(tmp_path / "old.db"), sample[1]
    of_schema(revision, place, str(sample[0]))
    with pytest.raises(LedgerError, match="older schema"):
        Ledger.look_into(place)
    with Ledger.open(place, durable=False) as ledger:
        assert ledger.alert(1001) == alert
        tally = Tally()
        assert list(ledger.inspect(tally)) == []
        assert tally.proven["quotations"] == 2
        record(ledger, told("The ferry is to go on as before.", "ferry"))  # and it goes on
        assert list(ledger.inspect(Tally())) == []
    with closing(sqlite3.connect(f"{place}.before-{revision}")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision,)]
        assert connection.execute("SELECT count(*) FROM statement").fetchall() == [(2,)]


def test_where_no_copy_can_be_made_before_a_migration_the_start_is_refused_in_words_and_nothing_is_changed(
    sample: tuple[Path, Alert], tmp_path: Path
) -> None:
    place, revision = tmp_path / "old.db", OLDER[0]
    of_schema(revision, str(place), str(sample[0]))
    taken = tmp_path / f"old.db.before-{revision}"
    taken.mkdir()
    words = f"^{taken} cannot be written: .*; give it a place with room where you may write files$"
    with pytest.raises(LedgerError, match=words):
        Ledger.open(str(place))
    with closing(sqlite3.connect(place)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision,)]
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []
    taken.rmdir()
    with Ledger.open(str(place), durable=False) as ledger:
        assert ledger.alert(1001) == sample[1]


def test_to_look_for_a_ledger_that_is_not_there_says_so_and_makes_none(tmp_path: Path) -> None:
    for place in (tmp_path / "none.db", tmp_path):
        with pytest.raises(LedgerError, match=f"^{place}: there is no ledger$"):
            Ledger.look_into(str(place))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Alert]:
    place = tmp_path_factory.mktemp("newest") / "a.db"
    with Ledger.open(str(place), durable=False) as ledger:
        alert = ledger.alert(raised(ledger))
    assert alert is not None
    return place, alert


def test_what_came_under_a_seal_later_is_sealed_only_where_the_old_seal_holds(tmp_path: Path) -> None:
    like, place = str(tmp_path / "like.db"), str(tmp_path / "old.db")
    with Ledger.open(like, durable=False) as ledger:
        for name in ("one", "two"):
            number = raised(ledger, mark=f" {name}")
            pair = ledger.alert(number).conflict  # type: ignore[union-attr]
            record(ledger, told(f"It may stop, {name} says.", f"between {name}"))
            with ledger._writing() as connection:  # as the release with that schema did
                connection.exec_driver_sql(
                    f"UPDATE conflict SET bridge_id = (SELECT max(id) FROM position) WHERE key = '{pair.key}'"  # noqa: S608
                )
        with ledger._writing() as connection:
            connection.exec_driver_sql("UPDATE conflict SET score = 0.1 WHERE id = 2")
    of_schema("0017", place, like)
    with Ledger.open(place, durable=False) as ledger:
        (fault,) = ledger.inspect(Tally())
        assert fault.subject.startswith("conflict 2")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Buy fish. " * 400)
    said = f"the ledger {tmp_path}/notes.txt is not a database; name the file of a ledger, or one that is not there yet"
    assert refusal(tmp_path / "notes.txt") == said


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path)
    assert "cannot be opened" in refusal(tmp_path / "missing" / "a.db")


@pytest.mark.parametrize("harm", ["cut", "flipped"])
def test_a_damaged_ledger_is_refused_and_not_repaired(tmp_path: Path, harm: str) -> None:
    place = tmp_path / "a.db"
    with Ledger.open(str(place)) as ledger:
        raised(ledger)
    good = place.read_bytes()
    assert len(good) > 40_960
    if harm == "cut":
        place.write_bytes(good[:-20_480])
    else:  # a page header in the middle
        place.write_bytes(good[:20_480] + b"\xff" * 16 + good[20_496:])
    assert "is damaged" in refusal(place)


def test_a_ledger_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    with Ledger.open(str(place)) as ledger:
        raised(ledger)
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    url = f"sqlite:///file:{place}?mode=ro&uri=true"
    assert "read-only" in refusal_of_url(url)


def refusal_of_url(url: str) -> str:
    with pytest.raises(LedgerError) as caught, Ledger.open(url, busy_seconds=0.1) as ledger:
        raised(ledger)
    return str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_without_the_right_to_write_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    Ledger.open(str(place)).close()
    place.chmod(0o400)
    assert "read-only" in refusal(place)
    tmp_path.chmod(0o500)
    assert "read-only" in refusal(place)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://host/name", "not in mysql"),
        ("sqlite://", "would forget"),
        ("sqlite:///:memory:", "would forget"),
        (":memory:", "would forget"),
        ("", "would forget"),
        ("no such://[", "cannot be read"),
        ("postgresql://user:an@hunter2@127.0.0.1:1/none", "%40 for @"),
        ("postgresql://user:hunter2@127.0.0.1:port/none", "cannot be read"),
        ("postgresql://user:hunter2@[::1/none", "cannot be read"),
        ("postgresql://user:hunter2@127.0.0.1:1/none", "cannot be reached"),
    ],
)
def test_a_bad_url_is_refused_without_its_password(url: str, says: str) -> None:
    sentence = refusal_of_url(url)
    assert says in sentence
    assert "hunter2" not in sentence


@pytest.mark.parametrize(
    ("make", "says"),
    [
        ("CREATE TABLE note (text)", "not a ledger's"),
        ("UPDATE alembic_version SET version_num = '9999'", "newer release"),
        ("INSERT INTO alembic_version VALUES ('0001')", "several schemas"),
    ],
)
def test_not_even_the_header_of_a_refused_file_is_changed(tmp_path: Path, make: str, says: str) -> None:
    place = tmp_path / "a.db"
    if "alembic" in make:
        Ledger.open(str(place)).close()
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(make)
        connection.commit()
        connection.execute("PRAGMA journal_mode=DELETE")
    assert says in refusal(place)


def test_a_sqlite_ledger_keeps_our_settings(tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "a.db")) as ledger, ledger._reading() as connection:

        def pragma(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)
        assert pragma("busy_timeout") == 5000


def test_opening_an_up_to_date_ledger_takes_no_writers_turn(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    Ledger.open(str(place)).close()
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        Ledger.open(str(place), busy_seconds=0.1).close()
