"""One writer: the second is turned away, and a killed one leaves no lock behind."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.ledger import InUse, Ledger, LedgerBusy, LedgerError, one_writer
from bot.ledger.disk import across
from bot.ledger.engine import address
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


def ended_by_somebody_else(place: str) -> None:
    """What frees a lock without its holder: the file beside the ledger is tidied away, or the server ends the session."""
    if "://" not in place:
        Path(f"{place}.lock").unlink()
        return
    engine = create_engine(address(place), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) {others}")
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
