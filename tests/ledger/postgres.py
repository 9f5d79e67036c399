"""A PostgreSQL of our own on a Unix socket in a temporary folder, to be had where its programs are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy.engine import URL


class NotHere(Exception):
    """There is no PostgreSQL to be had on this machine; the text says why."""


def programs() -> Path | None:
    """Where initdb and the others are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


class Server:
    """Started when made. It refuses to run as root, so then it runs as postgres."""

    def __init__(self, *settings: str) -> None:
        there = programs()
        if there is None:
            raise NotHere("no initdb in /usr/lib/postgresql/*/bin or on PATH")
        self._programs = there
        self._made: list[str] = []
        self._become: list[str] = []
        self.home = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
        if os.geteuid() == 0:
            try:
                user = pwd.getpwnam("postgres")
            except KeyError:
                raise NotHere("root may not run it, and there is no user postgres") from None
            os.chown(self.home, user.pw_uid, user.pw_gid)
            self._become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self._run("initdb", "-D", f"{self.home}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        self._settings = "".join(f" -c {one}" for one in ("listen_addresses=''", *(settings or ("fsync=off",))))
        self.url = URL.create(
            "postgresql+psycopg", username="postgres", database="postgres", query={"host": str(self.home)}
        )
        self.start()

    def start(self) -> None:
        self._control("-o", f"-k {self.home}{self._settings}", "-l", f"{self.home}/server.log", "-w", "start")

    def stop(self, how: str = "immediate") -> None:
        """`immediate` is a crash: what is under way is lost, and the next start recovers; `fast` ends every session."""
        self._control("-m", how, "stop")

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def pid(self) -> int:
        """The process that every other one of it descends from."""
        return int((self.home / "data" / "postmaster.pid").read_text().splitlines()[0])

    def database(self, name: str, template: str = "template1") -> str:
        """The address of a database, made here."""
        self._order(f"CREATE DATABASE {name} TEMPLATE {template}")
        self._made.append(name)
        return self.url.set(database=name).render_as_string(hide_password=False)

    def drop(self) -> None:
        """Drop what was made since the start or the last drop: files that live seconds mostly never reach the disk."""
        made, self._made = self._made, []
        self._order(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in made))

    def keep(self) -> None:
        """What was made so far stays."""
        self._made.clear()

    def _order(self, *statements: str) -> None:
        from psycopg import connect  # not everybody has it

        with connect(host=str(self.home), user="postgres", dbname="postgres", autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-D", f"{self.home}/data", *words)

    def _run(self, program: str, *words: str) -> None:
        with tempfile.TemporaryFile() as log:  # not a pipe: the server that pg_ctl leaves behind would hold it open
            call = [*self._become, self._programs / program, *words]
            done = subprocess.run(call, cwd=self.home, stdout=log, stderr=log, check=False)
            log.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program}: {log.read().decode(errors='replace')}")
