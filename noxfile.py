"""The tests on every supported Python and PostgreSQL that this machine has: `nox`, or one of them: `nox -s NAME`."""

from __future__ import annotations

from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["python", "postgresql"]
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))


def _installed(session: nox.Session) -> None:
    session.install("--require-hashes", "-r", "requirements-dev.lock")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def python(session: nox.Session) -> None:
    """All tests on one Python."""
    _installed(session)
    session.run("python", "-P", "-m", "pytest", "-n", "auto", "--dist", "worksteal", *session.posargs)


@nox.session
@nox.parametrize("server", SERVERS, ids=[f"postgresql-{one.parent.name}" for one in SERVERS])
def postgresql(session: nox.Session, server: Path) -> None:
    """The tests of the ledger on one PostgreSQL."""
    _installed(session)
    path = f"{server}:{session.env.get('PATH', '')}"
    session.run("python", "-P", "-m", "pytest", "-n", "auto", "tests/ledger", *session.posargs, env={"PATH": path})
