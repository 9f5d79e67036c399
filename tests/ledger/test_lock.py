"""One writer: the second is turned away, and a killed one leaves no lock behind."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

from bot.ledger import InUse, Ledger, LedgerBusy, LedgerError, one_writer
from bot.ledger.database.disk import across
from bot.ledger.database.engine import address
from bot.wellbeing import lost

HOLD = "import sys\nfrom bot.ledger import one_writer\nwith one_writer(sys.argv[1]):\n    print('held', flush=True)\n    sys.stdin.read()\n"


def test_a_second_service_is_turned_away(place: str) -> None:
    with one_writer(place), pytest.raises(LedgerBusy, match="another running service"), one_writer(place):
        pass  # pragma: no cover
    with one_writer(place):
        pass


def test_a_second_service_is_turned_away_also_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "b.db").symlink_to(tmp_path / "folder" / "a.db")
    with one_writer(str(tmp_path / "folder" / "a.db")), pytest.raises(LedgerBusy), one_writer(str(tmp_path / "b.db")):
        pass  # pragma: no cover


PARTS = ("schedule", "work", "deliver")


@pytest.mark.parametrize("role", PARTS)
def test_who_does_a_part_works_beside_others_and_never_beside_one_who_does_all(
    two_databases: tuple[str, str], role
) -> None:
    place, _ = two_databases
    with one_writer(place), pytest.raises(InUse, match="does everything alone"), one_writer(place, role):
        pass  # pragma: no cover
    with one_writer(place, role):
        with pytest.raises(InUse, match="another running service"), one_writer(place):
            pass  # pragma: no cover
        with one_writer(place, "schedule"), one_writer(place, "work"), one_writer(place, "work") as held:
            held.still()


def test_there_is_one_who_delivers_and_the_next_may_once_it_is_gone(two_databases: tuple[str, str]) -> None:
    place, _ = two_databases
    with one_writer(place, "deliver") as held:
        for _ in range(2):
            with pytest.raises(InUse, match="that delivers, and there can be only one"), one_writer(place, "deliver"):
                pass  # pragma: no cover
            ended_by_somebody_else(place)
            held.still()
    with one_writer(place, "deliver"):
        pass


@pytest.mark.parametrize("role", PARTS)
def test_a_ledger_in_a_file_is_not_shared(tmp_path: Path, role) -> None:
    with pytest.raises(LedgerError, match="that takes PostgreSQL"), one_writer(str(tmp_path / "a.db"), role):
        pass  # pragma: no cover


def ended_by_somebody_else(place: str) -> None:
    """What frees a lock without its holder: the file beside the ledger is tidied away, or the server ends the session."""
    if "://" not in place:
        Path(f"{place}.lock").unlink()
        return
    engine = create_engine(address(place), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        while connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) {others}").first():
            pass  # it ends a moment later
    engine.dispose()


def test_a_lock_that_was_freed_without_its_holder_is_taken_again(place: str) -> None:
    with one_writer(place) as held:
        held.still()
        ended_by_somebody_else(place)
        held.still()
        with pytest.raises(InUse), one_writer(place):
            pass  # pragma: no cover
    with one_writer(place):
        pass


async def test_who_lost_the_ledger_to_another_service_ends_and_says_why(place: str) -> None:
    with one_writer(place) as held:
        ended_by_somebody_else(place)
        with one_writer(place) as other:
            async with asyncio.timeout(30):
                why = await lost(held, every=0.01)
            assert "in use by another running service, which took it when our hold on it was lost" in why
            other.still()


class Line:
    """A line to a server, of which our end can be cut without the server hearing of it, as a firewall or a cable does."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._ours: list[socket.socket] = []
        self._theirs: list[socket.socket] = []
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                ours, _ = self._door.accept()
            except OSError:
                return
            theirs = socket.socket(socket.AF_UNIX)
            theirs.connect(self._server)
            self._ours.append(ours)
            self._theirs.append(theirs)
            for one, other in ((ours, theirs), (theirs, ours)):
                Thread(target=self._carry, args=(one, other), daemon=True).start()

    @staticmethod
    def _carry(one: socket.socket, other: socket.socket) -> None:
        try:
            while some := one.recv(65536):
                other.sendall(some)
        except OSError:
            pass

    def cut(self) -> None:
        """Each connection there is, on our side."""
        for ours in self._ours:
            ours.shutdown(socket.SHUT_RDWR)
        self._ours.clear()

    def close(self) -> None:
        self._door.close()
        for one in (*self._ours, *self._theirs):
            one.close()


@contextmanager
def line(place: str) -> Iterator[tuple[Line, str]]:
    """A line to the server of a ledger, and the ledger's address at this end of it."""
    url = make_url(place)
    one = Line(f"{url.query['host']}/.s.PGSQL.5432")
    try:
        far = URL.create(url.drivername, username=url.username, host="127.0.0.1", port=one.port, database=url.database)
        yield one, far.render_as_string(hide_password=False)
    finally:
        one.close()


async def test_a_fault_of_the_network_that_the_server_has_not_noticed_ends_no_service(
    two_databases: tuple[str, str],
) -> None:
    place, _ = two_databases
    with line(place) as (wire, far), one_writer(far) as held:
        held.still()
        wire.cut()
        held.still()  # the server still keeps the lock for the session before
        with pytest.raises(InUse), one_writer(place):
            pass  # pragma: no cover
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await lost(held, every=0.01)


async def test_who_lost_the_ledger_by_a_fault_of_the_network_still_learns_of_another_service(
    two_databases: tuple[str, str],
) -> None:
    place, _ = two_databases
    with line(place) as (wire, far), one_writer(far) as held:
        wire.cut()
        ended_by_somebody_else(place)
        with one_writer(place):
            for _ in range(2):  # a look that found the other one makes nothing ours
                with pytest.raises(InUse):
                    held.still()


def test_a_lock_that_could_not_be_asked_for_is_not_held(two_databases: tuple[str, str]) -> None:
    place, _ = two_databases
    engine = create_engine(address(place), isolation_level="AUTOCOMMIT")
    asking = "EXECUTE ON FUNCTION pg_try_advisory_lock(bigint)"
    with engine.connect() as server, one_writer(place):
        server.exec_driver_sql("CREATE ROLE desk LOGIN")
        server.exec_driver_sql(f"REVOKE {asking} FROM PUBLIC")
    url = make_url(place).set(username="desk").render_as_string(hide_password=False)
    with engine.connect() as server:
        server.exec_driver_sql(f"GRANT {asking} TO desk")
        with one_writer(url) as held:
            server.exec_driver_sql(f"REVOKE {asking} FROM desk")
            ended_by_somebody_else(place)
            for _ in range(2):
                with pytest.raises(LedgerError, match="lacks the right"):
                    held.still()
    engine.dispose()


async def test_a_disk_that_fails_for_a_moment_ends_no_service() -> None:
    faults: list[Exception] = [OSError(5, "Input/output error"), LedgerError("not now"), InUse("it is in use")]

    class Disk:
        def still(self) -> None:
            raise faults.pop(0)

    assert await lost(Disk(), every=0.0) == "it is in use, which took it when our hold on it was lost"


@pytest.mark.parametrize("harm", ["moved", "deleted", "replaced"])
async def test_a_ledger_that_is_taken_away_while_it_is_open_ends_the_service_and_is_told(
    tmp_path: Path, harm: str
) -> None:
    place = tmp_path / "a.db"
    with one_writer(str(place)) as held, Ledger.open(str(place)):
        held.still()
        if harm == "deleted":
            place.unlink()
        else:
            place.rename(tmp_path / "b.db")
        if harm == "replaced":
            place.touch()
        async with asyncio.timeout(30):
            why = await lost(held, every=0.01)
        assert why.endswith("was moved, deleted or replaced while it was open: put it back, with what lies beside it")


def test_the_lock_does_not_stop_the_ledger_itself(place: str) -> None:
    with one_writer(place), Ledger.open(place) as ledger:
        assert ledger.people() == ()


def test_the_lock_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    place = str(tmp_path / "a.db")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LedgerBusy), one_writer(place):
            pass  # pragma: no cover
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with one_writer(place):
            pass


def test_a_place_that_cannot_be_locked_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be locked"), one_writer(str(tmp_path / "missing" / "a.db")):
        pass  # pragma: no cover
    with pytest.raises(LedgerError, match="cannot be reached"), one_writer("postgresql://127.0.0.1:1/none"):
        pass  # pragma: no cover


def test_an_error_inside_is_not_taken_for_a_lock(place: str) -> None:
    with pytest.raises(ValueError, match="mine"), one_writer(place):
        raise ValueError("mine")


MOUNTS = """
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
desk:/record /srv/record nfs4 rw 0 0
/dev/sdb1 /srv/record/local ext4 rw 0 0
//desk/share /mnt/the\\040desk cifs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/var/lib/onrecord.db", ""),
        ("/srv/record/onrecord.db", "nfs4"),
        ("/srv/record/local/onrecord.db", ""),
        ("/srv/recorder/onrecord.db", ""),
        ("/mnt/the desk/onrecord.db", "cifs"),
    ],
)
def test_a_ledger_across_a_network_is_noticed(tmp_path: Path, place: str, kind: str) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert across(Path(place), tmp_path / "mounts") == kind
    assert across(Path(place), tmp_path / "nothing") == ""
