"""The same tests on SQLite and, where its programs are found, on a real PostgreSQL."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import URL

from bot.ledger import Ledger

_numbers = count(1)


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """A server of our own on a Unix socket in a temporary folder; it refuses to run as root, so then as postgres."""
    programs = _programs()
    pytest.importorskip("psycopg", reason="POSTGRESQL NOT TESTED: psycopg is not installed")
    if programs is None:
        pytest.skip("POSTGRESQL NOT TESTED: no initdb in /usr/lib/postgresql/*/bin or on PATH")
    become: list[str] = []
    home = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    if os.geteuid() == 0:
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("POSTGRESQL NOT TESTED: root may not run it, and there is no user postgres")
        os.chown(home, user.pw_uid, user.pw_gid)
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def run(program: str, *words: str) -> None:
        with tempfile.TemporaryFile() as log:  # not a pipe: the server that pg_ctl leaves behind would hold it open
            done = subprocess.run([*become, programs / program, *words], cwd=home, stdout=log, stderr=log, check=False)
            log.seek(0)
            if done.returncode:
                pytest.fail(f"{program}: {log.read().decode(errors='replace')}")

    run("initdb", "-D", f"{home}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-k {home} -c listen_addresses='' -c fsync=off"
    run("pg_ctl", "-D", f"{home}/data", "-o", options, "-l", f"{home}/server.log", "-w", "start")
    url = URL.create("postgresql+psycopg", username="postgres", database="postgres", query={"host": str(home)})
    try:
        Ledger.open(_database(url, "model")).close()
        yield url
    finally:
        run("pg_ctl", "-D", f"{home}/data", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def tools(postgresql: URL) -> Path:
    """Where pg_dump and pg_restore are."""
    del postgresql  # it skips where there are none
    programs = _programs()
    assert programs is not None
    return programs


def _database(server: URL, name: str, template: str = "template1") -> str:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be made: a path or a URL."""
    if request.param == "sqlite":
        return str(tmp_path / "onrecord.db")
    return _database(request.getfixturevalue("postgresql"), f"ledger{next(_numbers)}", "model")


@pytest.fixture
def two_databases(postgresql: URL) -> tuple[str, str]:
    """A ledger in PostgreSQL, and a database in which there is nothing."""
    return _database(postgresql, f"ledger{next(_numbers)}", "model"), _database(postgresql, f"empty{next(_numbers)}")


@pytest.fixture
def empty(place: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A second place of the same kind, in which there is nothing at all."""
    if "://" not in place:
        return str(tmp_path / "empty.db")
    return _database(request.getfixturevalue("postgresql"), f"empty{next(_numbers)}")


@pytest.fixture
def ledger(place: str, blank_at: Callable[[Path], str]) -> Iterator[Ledger]:
    """An empty ledger that gives up waiting at once."""
    if "://" not in place:
        blank_at(Path(place))
    with Ledger.open(place, busy_seconds=0.2, durable=False) as opened:
        yield opened
