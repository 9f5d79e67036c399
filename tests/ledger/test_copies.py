"""A ledger is copied while it is written to, proven, never over a file, and put back with the old one kept."""

from __future__ import annotations

import os
import resource
import shlex
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ledger_sample import join, raised, told

from bot.ledger import Ledger, LedgerBusy, LedgerError, NewerSchema, NotALedger, one_writer
from bot.ledger.interchange.copies import backup, restore
from bot.ledger.keeping.inspection import Tally

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with Ledger.open(str(tmp_path / "a.db")) as ledger:
        raised(ledger)
    return tmp_path / "a.db"


def faults(place: Path) -> int:
    with Ledger.look_into(str(place)) as ledger:
        tally = Tally()
        list(ledger.inspect(tally))
        assert tally.proven["texts"]
        return tally.faults


def test_a_backup_holds_all_that_was_committed_and_nothing_stands_beside_it(place: Path, tmp_path: Path) -> None:
    target = tmp_path / "copies" / "a.backup"
    target.parent.mkdir()
    with Ledger.open(str(place)) as ledger, one_writer(str(place)), ledger.work() as work:  # a service, in the middle
        work.article(told("Not yet committed.", "open")[0])
        copied = backup(str(place), target)
        work.commit()
    assert (copied.rows["article"], copied.rows["alert"]) == (2, 1)
    assert faults(target) == 0
    assert [path.name for path in target.parent.iterdir()] == ["a.backup"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_bytes()[18:20] == b"\x01\x01"  # no write-ahead log is waited for


def test_a_backup_never_goes_over_a_file(place: Path, tmp_path: Path) -> None:
    target = tmp_path / "notes.txt"
    target.write_text("Buy fish.")
    with pytest.raises(LedgerError, match="there already"):
        backup(str(place), target)
    assert target.read_text() == "Buy fish."
    with pytest.raises(LedgerError, match="no ledger to copy"):
        backup(str(tmp_path / "none.db"), tmp_path / "b")
    with pytest.raises(LedgerError, match="is not a database"):
        backup(str(target), tmp_path / "b")
    with pytest.raises(LedgerError, match="missing: there is no such folder"):
        backup(str(place), tmp_path / "missing" / "b")
    for long in (250, 300):  # the shorter one is too long only with what it is called until it is whole
        with pytest.raises(LedgerError, match="cannot be written: File name too long; give it a place"):
            backup(str(place), tmp_path / ("b" * long))
    assert sorted(path.name for path in tmp_path.iterdir() if "notes" not in path.name) == ["a.db"]


def test_what_is_secret_in_an_address_stands_in_no_message(tmp_path: Path) -> None:
    place = "postgresql://desk:S3cret-a@127.0.0.1:9/record?user=desk&password=S3cret-b&sslpassword=S3cret-c"
    with pytest.raises(LedgerError, match="pg_dump") as refused:
        backup(place, tmp_path / "b")
    assert "S3cret" not in str(refused.value)
    assert "user=desk" in str(refused.value)
    with pytest.raises(LedgerError, match="the ledger postgresql") as unreached:
        Ledger.look_into(place)
    assert "S3cret" not in str(unreached.value)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "backup", str(tmp_path / "b"), "--config", "config"],
        capture_output=True, text=True, check=False, env={**os.environ, "ONRECORD_DATABASE_URL": f"{place}-S3cret-c"},
    )  # fmt: skip
    assert done.returncode == 1
    assert "S3cret" not in done.stdout + done.stderr


def test_a_restore_without_links_keeps_the_old_ledger_too(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted", str(self), str(target))  # as FAT and some shares say

    backup(str(place), tmp_path / "old")
    with Ledger.open(str(place)) as ledger:
        join(ledger, 1001)
    monkeypatch.setattr(Path, "hardlink_to", none)
    restored = restore(str(place), tmp_path / "old", NOON)
    assert restored.kept is not None
    for one, articles in ((place, 2), (restored.kept, 3)):
        with Ledger.look_into(str(one)) as ledger:
            assert ledger.status().articles == articles


def test_a_restore_gives_back_what_was_and_keeps_what_is(place: Path, tmp_path: Path) -> None:
    backup(str(place), tmp_path / "old")
    with Ledger.open(str(place)) as ledger:
        join(ledger, 1001)
    (tmp_path / "link").symlink_to(place)
    restored = restore(str(tmp_path / "link"), tmp_path / "old", NOON)
    assert restored.kept == tmp_path / "a.db.before-restore-20261122T120000Z"
    with Ledger.open(str(place)) as ledger:
        assert ledger.status().articles == 2
    with Ledger.look_into(str(restored.kept)) as ledger:
        assert ledger.status().articles == 3
    assert faults(tmp_path / "old") == 0  # and the backup is still one


def test_a_damaged_ledger_is_kept_in_all_its_pieces(place: Path, tmp_path: Path) -> None:
    backup(str(place), tmp_path / "old")
    place.write_bytes(b"Buy fish. " * 4000)
    wal = place.with_name("a.db-wal")
    wal.write_bytes(b"a log of something else")
    restored = restore(str(place), tmp_path / "old", NOON)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == b"Buy fish. " * 4000
    assert faults(place) == 0
    Ledger.open(str(place)).close()


def grown(place: Path) -> Path:
    """The write-ahead log of one more text, as a killed service leaves it; the file has it as well."""
    log = place.with_name("log")
    with Ledger.open(str(place)) as ledger:
        join(ledger, 1001)
        shutil.copy(f"{place}-wal", log)
    return log


@pytest.mark.parametrize(("piece", "empty"), [("-wal", False), ("-journal", False), ("-wal", True)])
def test_what_is_left_beside_a_ledger_that_is_gone_or_empty_is_kept_and_ruins_no_other(
    place: Path, tmp_path: Path, piece: str, *, empty: bool
) -> None:
    backup(str(place), tmp_path / "old")
    left = grown(place).read_bytes()
    place.rename(tmp_path / "moved.db")
    (tmp_path / f"a.db{piece}").write_bytes(left)
    if empty:
        place.touch()
    restored = restore(str(place), tmp_path / "old", NOON)
    kept = tmp_path / "a.db.before-restore-20261122T120000Z"
    assert restored.kept == (kept if empty else tmp_path / f"{kept.name}{piece}")
    assert (tmp_path / f"{kept.name}{piece}").read_bytes() == left
    assert sorted(path.name for path in tmp_path.glob("a.db-*")) == []
    with Ledger.look_into(str(place)) as ledger:
        assert ledger.status().articles == 2
    assert faults(place) == 0


def test_a_sound_ledger_that_cannot_be_closed_is_left_as_it_is(place: Path, tmp_path: Path) -> None:
    backup(str(place), tmp_path / "old")
    with Ledger.open(str(place)) as ledger:
        join(ledger, 1001)
        with closing(sqlite3.connect(place)) as connection, connection:
            connection.execute("CREATE TABLE growth AS SELECT zeroblob(100000)")
        left, log = (shutil.copy(f"{place}{piece}", tmp_path / f"b.db{piece}") for piece in ("", "-wal"))
    held = log.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (left.stat().st_size, hard))  # as on a full disk, it cannot grow
    try:
        with pytest.raises(LedgerError, match=r"b\.db cannot .*it stays where it is.*move"):
            restore(str(left), tmp_path / "old", NOON)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert log.read_bytes() == held
    with Ledger.look_into(str(left)) as ledger:
        assert ledger.status().articles == 3


def test_a_restore_that_another_program_writes_into_is_no_success(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def and_beside(self: Path, target: Path) -> None:
        self.rename(target)
        log.rename(f"{target}-wal")

    backup(str(place), tmp_path / "old")
    log = grown(place)
    monkeypatch.setattr(Path, "replace", and_beside)
    with pytest.raises(LedgerError, match=r"a\.db .*kept as .*before-restore"):
        restore(str(place), tmp_path / "old", NOON)


@pytest.mark.parametrize("harm", ["cut", "flipped", "other", "newer", "empty"])
def test_what_is_no_sound_backup_is_refused_and_changes_nothing(place: Path, tmp_path: Path, harm: str) -> None:
    copy = tmp_path / "old"
    backup(str(place), copy)
    before, good = place.read_bytes(), copy.read_bytes()
    if harm == "cut":
        copy.write_bytes(good[:-20_480])
    elif harm == "flipped":
        copy.write_bytes(good[:20_480] + b"\xff" * 16 + good[20_496:])
    elif harm == "other":
        copy.unlink()
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("CREATE TABLE recipes (id INTEGER)")
    elif harm == "newer":
        with closing(sqlite3.connect(copy)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
    else:
        copy.write_bytes(b"")
    with pytest.raises(NewerSchema if harm == "newer" else NotALedger) as caught:
        restore(str(place), copy, NOON)
    assert str(tmp_path) in str(caught.value)
    assert place.read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if "restor" in path.name]


def test_nothing_is_restored_while_a_service_holds_the_ledger(place: Path, tmp_path: Path) -> None:
    backup(str(place), tmp_path / "old")
    with one_writer(str(place)), pytest.raises(LedgerBusy, match="in use"):
        restore(str(place), tmp_path / "old", NOON)


def test_a_restore_where_there_is_no_ledger_makes_one(place: Path, tmp_path: Path) -> None:
    backup(str(place), tmp_path / "old")
    assert restore(str(tmp_path / "new.db"), tmp_path / "old", NOON).kept is None
    assert faults(tmp_path / "new.db") == 0


WRITING = """
import sys
from ledger_sample import record, told
from bot.ledger import Ledger
with Ledger.open(sys.argv[1]) as ledger:
    number = ledger.status().articles
    while True:
        record(ledger, told(f"Remark number {number} on the bridge of the strait.", f"a{number}"))
        number += 1
        print(number, flush=True)
"""
COPYING = """
import sys
from pathlib import Path
from bot.ledger.interchange.copies import backup
print("begun", flush=True)
for number in range(1000):
    backup(sys.argv[1], Path(sys.argv[2]) / f"copy{number}")
    print(number, flush=True)
"""


def child(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": os.pathsep.join((str(Path(__file__).parent), str(Path(__file__).parents[2])))},
    )


def test_copies_made_while_another_process_writes_are_whole_though_their_maker_is_killed(
    place: Path, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    with child(WRITING, place) as writer, child(COPYING, place, copies) as copier:
        assert writer.stdout is not None
        assert copier.stdout is not None
        assert writer.stdout.readline()
        for _ in range(4):
            assert copier.stdout.readline()
        copier.send_signal(signal.SIGKILL)
        writer.send_signal(signal.SIGKILL)
    made = [path for path in copies.iterdir() if not path.name.startswith(".")]
    assert len(made) >= 3
    assert [faults(path) for path in made[:8]] == [0] * len(made[:8])


def test_a_ledger_in_postgresql_is_copied_and_put_back_by_the_commands_that_are_named(
    two_databases: tuple[str, str], tools: Path, tmp_path: Path
) -> None:
    place, empty = two_databases
    with Ledger.open(place) as ledger:
        alert = ledger.alert(raised(ledger))

    def named(act: Callable[[], object]) -> list[str]:
        """The command that the refusal names."""
        with pytest.raises(LedgerError, match="PostgreSQL's own tools") as caught:
            act()
        program, *rest = shlex.split(str(caught.value).partition("own tools: ")[2])
        return [str(tools / program), *rest]

    subprocess.run(named(lambda: backup(place, tmp_path / "dump")), check=True)
    subprocess.run(named(lambda: restore(empty, tmp_path / "dump", NOON)), check=True)
    with Ledger.open(empty) as ledger:
        assert ledger.alert(1001) == alert
        assert list(ledger.inspect(Tally())) == []
    secret = "postgresql://desk:hunter2@db.example/record"
    with pytest.raises(LedgerError) as caught:
        backup(secret, tmp_path / "x")
    assert "--dbname='postgresql://desk@db.example/record'" in str(caught.value)


def test_nothing_is_restored_while_somebody_reads_the_ledger(place: Path, tmp_path: Path) -> None:
    backup(str(place), tmp_path / "old")
    with Ledger.open(str(place)) as ledger:
        join(ledger, 1001)
        with pytest.raises(LedgerBusy, match="in use by another program"):
            restore(str(place), tmp_path / "old", NOON)
        assert ledger.status().articles == 3
    assert not [path for path in tmp_path.iterdir() if "restor" in path.name]


def test_two_restores_in_one_second_keep_both_ledgers(place: Path, tmp_path: Path) -> None:
    backup(str(place), tmp_path / "old")
    kept = [restore(str(place), tmp_path / "old", NOON).kept for _ in range(2)]
    assert len({str(one) for one in kept}) == 2
    assert [faults(one) for one in kept if one is not None] == [0, 0]
