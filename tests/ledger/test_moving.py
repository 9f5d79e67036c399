"""A record that is moved between SQLite and PostgreSQL is equal in every row, or nothing of it is there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from ledger_sample import join, raised, record, told
from oddities import odd
from postgres import Server
from sqlalchemy import (
    create_engine,
    inspect,
)
from stage.house import House, working
from stage.newsstand import Item

from bot.__main__ import main
from bot.demo.stories import with_invented_country
from bot.exits import Exit
from bot.ledger import InUse, Ledger, LedgerError, NotALedger, one_writer
from bot.ledger.errors import Unequal
from bot.ledger.interchange.moving import Moved, move
from bot.ledger.keeping.inspection import Tally
from bot.ledger.tables.columns import metadata

_numbers = count(1)


@pytest.fixture
def server(postgresql: Server) -> Callable[[], str]:
    """Makes an empty database whose order of letters is not that of their bytes."""

    def made() -> str:
        return postgresql.database(f"moved{next(_numbers)}", "template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")

    return made


@pytest.fixture
def place(tmp_path: Path, blank_at: Callable[[Path], str]) -> str:
    """A record with one alert."""
    with Ledger.open(blank_at(tmp_path / "a.db"), durable=False) as ledger:
        raised(ledger)
    return str(tmp_path / "a.db")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.campaign)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where nothing is yet."""
    return str(tmp_path / "b.db") if request.param == "sqlite" else request.getfixturevalue("server")()


def tables(place: str) -> list[str]:
    """What a database holds."""
    engine = create_engine(place if "://" in place else f"sqlite:///{place}")
    with engine.connect() as connection:
        found = inspect(connection).get_table_names()
    engine.dispose()
    return found


def sql(place: str, *lines: str) -> None:
    """Let somebody else do something to a database."""
    engine = create_engine(place if "://" in place else f"sqlite:///{place}")
    with engine.begin() as connection:
        for line in lines:
            connection.exec_driver_sql(line)
    engine.dispose()


def ends(moved: list[Moved]) -> dict[str, tuple[int, str]]:
    assert all(one.equal for one in moved)
    return {one.table: (one.rows[1], one.digests[1]) for one in moved}


def test_every_row_of_every_table_comes_through_to_postgresql_and_back(
    tmp_path: Path, blank_at: Callable[[Path], str], server: Callable[[], str]
) -> None:
    start, there, back = blank_at(tmp_path / "a.db"), server(), str(tmp_path / "b.db")
    with Ledger.open(start, durable=False) as ledger, ledger._writing() as connection:
        odd(connection)
    out = ends(list(move(start, there)))
    assert {name: rows for name, (rows, _) in out.items()} == dict.fromkeys(metadata.tables, 3)
    assert ends(list(move(there, back))) == out
    beside = {"alembic_version", "said_words"}  # the schema's number; an index that is made anew
    assert set(tables(there)) == set(metadata.tables) | beside
    with Ledger.open(there) as ledger, Ledger.open(back) as last:
        assert ledger.last_alive == last.last_alive


def test_a_record_in_postgresql_waits_however_long_the_other_place_takes(
    tmp_path: Path, server: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends a writer that stands still, as one does whose rows are being proven elsewhere."""
    start = server()
    with Ledger.open(start) as ledger:
        raised(ledger)
    monkeypatch.setattr("bot.ledger.database.engine.STANDSTILL", 0.05)
    moving = move(start, str(tmp_path / "b.db"))
    first = next(moving)
    sql(start, "SELECT pg_sleep(0.2)")
    assert all(one.equal for one in (first, *moving))


def test_what_is_moved_goes_on_where_it_was(place: str, empty: str) -> None:
    with Ledger.open(place) as ledger:
        join(ledger, 1001)
        before, conflicts = ledger.status(), ledger.conflicts()
        cards = ledger.untold()
    assert all(one.equal for one in move(place, empty))
    with Ledger.open(empty, durable=False) as ledger:
        tally = Tally()
        assert (list(ledger.inspect(tally)), tally.proven["texts"]) == ([], 3)
        assert (ledger.status(), ledger.conflicts(), ledger.untold()) == (before, conflicts, cards)
        record(ledger, told("The bridge will stand in spring.", "next"))  # under the next free numbers
        assert ledger.status().articles == before.articles + 1


def test_a_database_that_alters_what_it_is_given_is_found_out_and_nothing_stays_there(place: str, empty: str) -> None:
    Ledger.open(empty).close()
    if "://" in empty:
        sql(
            empty,
            "CREATE FUNCTION louder() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN NEW.outlet := upper(NEW.outlet); RETURN NEW; END $$",
            "CREATE TRIGGER louder BEFORE INSERT ON article FOR EACH ROW EXECUTE FUNCTION louder()",
        )
    else:
        sql(
            empty,
            "CREATE TRIGGER louder AFTER INSERT ON article BEGIN "
            "UPDATE article SET outlet = upper(outlet) WHERE id = NEW.id; END",
        )
    moved: list[Moved] = []
    with pytest.raises(Unequal, match=r"does not give back what was put in \(article\), so nothing was kept"):
        moved.extend(move(place, empty))
    assert {one.table for one in moved if not one.equal} == {"article"}
    assert {one.table for one in moved} == set(metadata.tables)
    with Ledger.look_into(empty) as ledger:
        assert (ledger.status().articles, ledger.status().statements) == (0, 0)


def test_a_place_that_holds_something_is_left_as_it_is(place: str, empty: str, tmp_path: Path) -> None:
    with Ledger.open(empty) as ledger:
        record(ledger, told("The bridge stands.", "other"))
    with pytest.raises(LedgerError, match="holds a record already, and nothing is ever written over one"):
        list(move(place, empty))
    with Ledger.open(empty) as ledger:
        assert ledger.status().articles == 1
    (tmp_path / "notes.txt").write_text("Buy fish." * 100)
    with pytest.raises(NotALedger):
        list(move(place, str(tmp_path / "notes.txt")))
    assert (tmp_path / "notes.txt").read_text() == "Buy fish." * 100
    other = str(tmp_path / "other.db")
    sql(other, "CREATE TABLE recipes (id INTEGER)")
    with pytest.raises(NotALedger, match="not a ledger's"):
        list(move(place, other))
    assert tables(other) == ["recipes"]


def test_what_cannot_be_moved_is_refused_in_a_sentence(place: str, tmp_path: Path) -> None:
    target = str(tmp_path / "b.db")
    with pytest.raises(LedgerError, match=r"none\.db: there is no ledger to move"):
        list(move(str(tmp_path / "none.db"), target))
    (tmp_path / "link.db").symlink_to(place)
    with pytest.raises(LedgerError, match="cannot be moved to itself"):
        list(move(place, str(tmp_path / "link.db")))
    sql(place, "UPDATE alembic_version SET version_num = '0017'")
    with pytest.raises(LedgerError, match="older schema; onrecord status brings it forward"):
        list(move(place, target))
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("gone", ["alembic_version RENAME COLUMN version_num TO number", "look RENAME TO looks"])
def test_what_is_wrong_with_the_record_is_not_said_of_the_new_place(place: str, tmp_path: Path, gone: str) -> None:
    sql(place, f"ALTER TABLE {gone}")
    with pytest.raises(LedgerError, match=r"the ledger \S+/a\.db refused: no such"):
        list(move(place, str(tmp_path / "b.db")))


def test_nothing_is_moved_while_a_service_runs_on_either_side(place: str, empty: str) -> None:
    for one in (place, empty):
        with one_writer(one), pytest.raises(InUse, match="in use by another running service"):
            list(move(place, one if one == empty else empty))
    assert not ("://" in empty and tables(empty))


def test_nobody_writes_to_a_record_while_it_is_moved(place: str, tmp_path: Path) -> None:
    moving = move(place, str(tmp_path / "b.db"))
    next(moving)
    with (
        Ledger.open(place, busy_seconds=0.1) as ledger,
        pytest.raises(LedgerError, match="is being written by another"),
    ):
        record(ledger, told("Too late.", "late"))
    assert all(one.equal for one in moving)


def test_how_far_a_move_is_can_be_followed(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heard: list[str] = []
    assert all(one.equal for one in move(place, str(tmp_path / "b.db"), heard.append))
    assert [line.split(";")[-1] for line in heard] == [
        " now the index of words",
        "now the other indexes and the keys",
        "now every row is read again",
    ]


def shape(place: str) -> list[tuple[str, ...]]:
    """Every index and every key of a database, as it tells them itself."""
    asked = (
        "SELECT pg_get_indexdef(indexrelid), '' FROM pg_index WHERE indrelid::regclass::text NOT LIKE 'pg_%' UNION ALL "
        "SELECT conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint"
        if "://" in place
        else "SELECT name, sql FROM sqlite_master WHERE type = 'index'"
    )
    engine = create_engine(place if "://" in place else f"sqlite:///{place}")
    with engine.connect() as connection:
        found = sorted(tuple(map(str, row)) for row in connection.exec_driver_sql(asked.replace("%", "%%")))
    engine.dispose()
    return found


def test_no_index_and_no_key_is_missing_where_a_record_was_moved(
    place: str, tmp_path: Path, server: Callable[[], str]
) -> None:
    for moved, fresh in ((server(), server()), (str(tmp_path / "b.db"), str(tmp_path / "c.db"))):
        assert all(one.equal for one in move(place, moved))
        Ledger.open(fresh).close()
        assert shape(moved) == shape(fresh)
        assert len(shape(moved)) > 50


UNFIT = {  # what another hand did to the record, and what is said of it
    "a text that PostgreSQL cannot hold": (
        "UPDATE article SET text_hash = 'a' || char(0) WHERE id = 2",
        r"refused the row of article with id 2: .*0x00",
        None,
    ),
    "a word where a number belongs": (
        "UPDATE statement SET length = 'many' WHERE id = 2",
        r"a\.db has a row of statement with id 2 that cannot be moved: length is not what",
        r"a\.db has a row of statement with id 2 that cannot be moved: length is not what",
    ),
    "a statement of no article": (
        "UPDATE statement SET article_id = 77 WHERE id = 2",
        r"refused what the record holds: .*Key \(article_id\)=\(77\) is not present in table \"article\"",
        r"b\.db refused the row of statement with id 2: FOREIGN KEY constraint failed",
    ),
}


@pytest.mark.parametrize("unfit", UNFIT)
def test_a_row_that_cannot_be_stored_is_named_and_nothing_is_there(
    place: str, tmp_path: Path, server: Callable[[], str], unfit: str
) -> None:
    done, served, lite = UNFIT[unfit]
    sql(place, "DROP TRIGGER statement_no_update", done)
    for target, said in ((server(), served), (str(tmp_path / "b.db"), lite)):
        if said:
            with pytest.raises(LedgerError, match=said):
                list(move(place, target))
            assert tables(target) == []


REFUSES = {
    "sqlite": ("CREATE TRIGGER never BEFORE INSERT ON article BEGIN SELECT RAISE(ABORT, 'never'); END",),
    "postgresql": (
        "CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE unique_violation USING MESSAGE = 'never'; END $$",
        "CREATE TRIGGER never BEFORE INSERT ON article FOR EACH ROW EXECUTE FUNCTION never()",
    ),
}


@pytest.mark.parametrize("target", REFUSES)
def test_a_row_that_is_refused_while_others_are_still_to_come_out_of_postgresql_is_named(
    tmp_path: Path, server: Callable[[], str], target: str
) -> None:
    start, there = server(), str(tmp_path / "b.db") if target == "sqlite" else server()
    with Ledger.open(start, durable=False) as ledger:
        raised(ledger)
    sql(start, "UPDATE article SET text = text || repeat('and so on ', 100000)")
    Ledger.open(there).close()
    sql(there, *REFUSES[target])
    with pytest.raises(LedgerError, match=r"refused the row of article with id 1: never; nothing was kept there"):
        list(move(start, there))


BEYOND = (  # what only PostgreSQL holds, as another hand may have put it there: how, what is said of it, and its undoing
    ("UPDATE position SET strength = 'NaN'", r"position with id 1 .*: strength is .*: NaN", "strength = 0.5"),
    ("UPDATE conflict SET score = '-Infinity'", r"conflict with id 1 .*: score is .*: -Infinity", "score = 0.5"),
    (
        "UPDATE utterance SET last = 'infinity' WHERE id = 2",
        r"utterance with id 2 .*: last is .*: infinity",
        "last = first",
    ),
    ("UPDATE article SET published = '0044-03-15 12:00+00 BC'", r"article with id 1 .*: published is .*BC", None),
)


def test_a_row_that_only_postgresql_holds_is_named_and_nothing_is_moved(
    tmp_path: Path, server: Callable[[], str]
) -> None:
    start, target = server(), str(tmp_path / "b.db")
    with Ledger.open(start, durable=False) as ledger:
        raised(ledger)
    for done, named, undone in BEYOND:
        sql(start, "SET session_replication_role = replica", done)
        said = (
            rf"^the ledger postgresql\S+ has a row of {named}; nothing was moved\. onrecord verify tells what else was "
            "altered; put it right, or move an older copy$"
        )
        for there in (target,) if undone else (target, server()):
            with pytest.raises(LedgerError, match=said):
                list(move(start, there))
            assert tables(there) == []
        if undone:
            sql(start, "SET session_replication_role = replica", f"{done.partition(' SET ')[0]} SET {undone}")


KILLED = """
import sys
from bot.ledger.interchange.moving import move
from config import failpoint
failpoint.arm({"ONRECORD_FAILPOINT": "in-move:" + sys.argv[3]}, local=True)
list(move(sys.argv[1], sys.argv[2]))
"""


@pytest.mark.parametrize("step", [20, len(metadata.tables) + 1])  # in the last, all is proven and not committed
def test_a_move_that_is_killed_leaves_an_empty_place_and_can_be_done_again(place: str, empty: str, step: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, place, empty, str(step)], cwd=Path(__file__).parents[2], check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert tables(empty) == []
    assert all(one.equal for one in move(place, empty))
    with Ledger.look_into(empty) as ledger:
        assert list(ledger.inspect(Tally())) == []


def given(monkeypatch: pytest.MonkeyPatch, place: str, target: str) -> int:
    """The command, as a user gives it."""
    monkeypatch.setenv("ONRECORD_DATABASE_URL", place)
    return main(["migrate-to", target])


def test_no_password_of_either_side_is_printed(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    far = "postgresql+psycopg://desk:S3cret-aa@127.0.0.1:9/record?password=S3cret-bb"
    assert given(monkeypatch, place, far) == Exit.FAILURE
    assert given(monkeypatch, far, place) == Exit.FAILURE
    said = capsys.readouterr()
    assert said.err.count("127.0.0.1") >= 2
    assert "S3cret" not in said.out + said.err
    with one_writer(place):
        assert given(monkeypatch, place, str(Path(place).with_name("b.db"))) == Exit.BUSY
    assert "stop it first" in capsys.readouterr().err


@pytest.mark.parametrize("options", [(), ("-u",)])
def test_a_move_whose_figures_nobody_reads_goes_on(place: str, tmp_path: Path, options: tuple[str, ...]) -> None:
    """It is to be gone by its exit code, which is 0 for whoever has read enough."""
    target = str(tmp_path / "b.db")
    moving = subprocess.Popen(
        [sys.executable, *options, "-m", "bot", "migrate-to", target],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "ONRECORD_DATABASE_URL": place},
        stdout=subprocess.PIPE,
    )
    assert moving.stdout is not None
    moving.stdout.close()
    assert moving.wait(60) == Exit.OK
    with Ledger.look_into(place) as old, Ledger.look_into(target) as new:
        assert new.status() == old.status()


YES, NO = (
    Item(
        guid=word,
        title=f"Minister on the grid: {word}",
        text=f"“We {word} joining the Northern Grid,” Velmarkian Finance Minister Tomas Reede said on {day}.\n"
        "The market links five countries around the northern sea, and it is to grow further in the coming years.",
        published=datetime(2025, 3, date_, 10, tzinfo=UTC),
    )
    for word, day, date_ in (("support", "Monday", 3), ("reject", "Thursday", 6))
)


async def test_a_service_on_the_moved_record_posts_nothing_again_and_knows_all_it_knew(
    tmp_path: Path, server: Callable[[], str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with working(tmp_path / "onrecord.db") as house:
        house.adjust = with_invented_country
        house.names = ["times"]
        house.stand.stand("times").items = [YES, NO]
        async with house.open():
            await house.workspace.wait_for(lambda: len(house.cards()) == 1, within=30, what="a card")
            await house.delivered("times")
        posted = [(card.ts, card.text) for card in house.cards()]
        there = server()
        assert given(monkeypatch, str(house.database), there) == Exit.OK
        assert "equal to the last one; nothing here was changed" in capsys.readouterr().out
        await _lives_on(house, there)
        assert [(card.ts, card.text) for card in house.cards()] == posted


async def _lives_on(house: House, there: str) -> None:
    """The walk goes on in the new place: what was read is known, what is new goes on record."""
    house.database = there
    more = Item(guid="more", title="Minister on the tunnel", text=YES.text.replace("joining the Northern Grid", "a road tunnel under the strait"), published=NO.published)  # fmt: skip
    async with house.open() as service:
        ledger = service.ledger
        assert ledger is not None
        assert (ledger.status().articles, len(ledger.conflicts())) == (2, 1)
        house.stand.stand("times").items = [YES, NO, more]
        async with house.until(lambda: ledger.status().articles == 3):
            pass
        await house.delivered("times")
        assert len(ledger.conflicts()) == 1
        assert list(ledger.inspect(Tally())) == []
