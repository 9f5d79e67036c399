"""Brings a database to the newest schema in one transaction, or refuses it in one sentence."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.ledger.database.engine import file_of
from bot.ledger.database.files import aside_of, cleared, copy_of, durable, named, reading, written
from bot.ledger.errors import LedgerError, NewerSchema, NotALedger
from config.failpoint import reached

CHECK_UP_TO = 256 * 1024 * 1024  # bytes; a larger file would hold up the start for seconds


def alembic_config() -> Config:
    """Alembic's settings, without a file: the revisions travel inside the package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def behind(connection: Connection, name: str) -> bool:
    """Whether the schema has to be brought forward; refuses what is newer or not a ledger."""
    revisions = ScriptDirectory.from_config(alembic_config())
    current = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in revisions.walk_revisions()}
    if not current:
        if inspect(connection).get_table_names():
            raise NotALedger(f"{name} holds tables that are not a ledger's; name another place")
        return True
    if len(current) > 1:
        raise NotALedger(f"{name} is said to have several schemas, {', '.join(current)}; restore it from a copy")
    if not known.issuperset(current):
        raise NewerSchema(f"{name} was written by a newer release; install that release or restore a copy")
    return set(current) != set(revisions.get_heads())


def newest() -> str:
    """The schema of this release."""
    return str(ScriptDirectory.from_config(alembic_config()).get_current_head())


def schemas() -> frozenset[str]:
    """Every schema that this release can bring forward, its own included."""
    return frozenset(one.revision for one in ScriptDirectory.from_config(alembic_config()).walk_revisions())


def made(connection: Connection, schema: str) -> None:
    """Make the tables of a schema in a database that has none, or go on to it, inside the open transaction."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, schema)


def forward(connection: Connection, name: str) -> None:
    """Migrate to the newest schema inside the open transaction; an older ledger is copied beside itself first."""
    if not behind(connection, name):  # somebody else was faster while we waited for our turn
        return
    current = MigrationContext.configure(connection).get_current_revision()
    path = file_of(connection.engine.url)
    if current and path:
        _copy(path, path.with_name(f"{path.name}.before-{current}"))
    made(connection, "head")
    reached("in-migration")


def _copy(path: Path, target: Path) -> None:
    """A whole copy, or none; one of an earlier attempt gives way to it."""
    aside = aside_of(target, "partial")
    with written(target), cleared(aside):
        with named(f"{target}, the copy before a migration,"), closing(reading(path)) as source:
            copy_of(source, aside)
        durable(aside)
        aside.replace(target)
        durable(target.parent)


def look_over(connection: Connection, name: str) -> None:
    """Refuse a SQLite file that cannot be written or is damaged; `connection` has no transaction open."""
    path = file_of(connection.engine.url)
    driver = connection.connection.driver_connection
    if path is None or driver is None or not path.exists():
        return
    if not os.access(path, os.W_OK):
        raise LedgerError(f"{name} cannot be written: it is read-only for this user")
    if path.stat().st_size <= CHECK_UP_TO:
        with closing(driver.cursor()) as cursor:
            if cursor.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise NotALedger(f"{name} is damaged; restore it from a copy")


def write_ahead(connection: Connection) -> None:
    """Switch a SQLite file to write-ahead logging, which is written into it; `connection` has no transaction open."""
    driver = connection.connection.driver_connection
    if file_of(connection.engine.url) is not None and driver is not None:
        driver.execute("PRAGMA journal_mode=WAL").close()
