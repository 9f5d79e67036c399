"""The commands `onrecord verify`, `backup`, `restore`, `migrate-to`: the record proven, copied, put back, moved."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log
from bot.exits import Exit
from bot.proof import command as proof
from config import failpoint
from config.environment import database
from config.load import load

if TYPE_CHECKING:
    from bot.ledger.interchange.copies import Copied
    from config.schema import Config


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the four to the command line."""
    verify = commands.add_parser(
        "verify",
        parents=[common],
        help="hold every text, quotation, person, position and alert on record against its proof",
    )
    verify.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="another ledger, such as a backup; or a proof file"
    )
    verify.add_argument("--json", action="store_true", help="one JSON line a fault, then one with the figures")
    verify.add_argument(
        "--against",
        nargs="?",
        const="",
        metavar="LEDGER",
        help="hold a proof file against this ledger as well (default: your own)",
    )
    verify.set_defaults(run=_verify)
    proof.add_to(commands, common)
    backup = commands.add_parser(
        "backup",
        parents=[common],
        help="copy the ledger into a new file and prove the copy; the service may be running",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore",
        parents=[common],
        help="put a backup in the place of the ledger, which is kept; stop the service first",
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="a backup")
    restore.set_defaults(run=_restore)
    moving = commands.add_parser(
        "migrate-to",
        parents=[common],
        help="copy the whole ledger into an empty database, SQLite or PostgreSQL, and prove both equal; stop the "
        "service first",
    )
    moving.add_argument(
        "place",
        metavar="URL|FILE",
        help="such as postgresql+psycopg://desk@db.example/record; the password in PGPASSWORD",
    )
    moving.set_defaults(run=_move)


def _verify(arguments: argparse.Namespace) -> int:
    from bot.ledger import Ledger, LedgerError  # noqa: PLC0415  keep --help quick
    from bot.ledger.keeping.inspection import Tally  # noqa: PLC0415

    if arguments.file and proof.is_one(arguments.file):
        return proof.verify(arguments.file, _other(arguments), as_json=arguments.json)
    place = str(arguments.file or _ours(load(arguments.config)))
    tally = Tally()
    try:
        with Ledger.look_into(place) as ledger:
            for fault in ledger.inspect(tally):
                _say(json.dumps(asdict(fault)) if arguments.json else f"{fault.subject}: {fault.says}. {fault.remedy}")
    except LedgerError as error:
        return _refused(str(error))
    if arguments.json:
        _say(json.dumps({"proven": dict(tally.proven), "let_go": tally.gone, "faults": tally.faults}))
    else:
        proven = ", ".join(f"{count:,} {name}" for name, count in tally.proven.items())
        _say(f"Proven: {proven or 'nothing is on record'}.")
        if tally.gone:
            _say(
                f"{tally.gone:,} texts were let go by your retention: of these the excerpts around the quotations are "
                "proven, the rest no longer can be."
            )
        _say(f"{tally.faults:,} faults." if tally.faults else "No fault.")
    return Exit.FAILURE if tally.faults else Exit.OK


def _backup(arguments: argparse.Namespace) -> int:
    from bot.ledger import LedgerError  # noqa: PLC0415
    from bot.ledger.interchange.copies import backup  # noqa: PLC0415
    from bot.slack.web_api.client import is_local  # noqa: PLC0415

    config = load(arguments.config)
    failpoint.arm(os.environ, local=is_local(config.settings.slack.base_url))
    try:
        copied = backup(_ours(config), arguments.file)
    except LedgerError as error:
        return _refused(str(error))
    _say(f"{copied.path}: {_held(copied)}; proven, and readable by you alone.")
    return Exit.OK


def _restore(arguments: argparse.Namespace) -> int:
    from bot.ledger import LedgerBusy, LedgerError  # noqa: PLC0415
    from bot.ledger.interchange.copies import restore  # noqa: PLC0415
    from bot.slack.web_api.client import is_local  # noqa: PLC0415

    config = load(arguments.config)
    failpoint.arm(os.environ, local=is_local(config.settings.slack.base_url))
    try:
        copied = restore(_ours(config), arguments.file, datetime.now(UTC))
    except LedgerBusy as error:
        _refused(f"{error}; stop it first")
        return Exit.BUSY
    except LedgerError as error:
        return _refused(str(error))
    _say(f"{copied.path} is now what {arguments.file} holds: {_held(copied)}.")
    if copied.kept:
        _say(f"What was there is kept as {copied.kept}.")
    _say("What was posted since the copy was taken is looked up in Slack before anything is posted again.")
    return Exit.OK


def _move(arguments: argparse.Namespace) -> int:
    from bot.ledger import LedgerBusy, LedgerError  # noqa: PLC0415
    from bot.ledger.interchange.moving import move  # noqa: PLC0415
    from bot.slack.web_api.client import is_local  # noqa: PLC0415

    config = load(arguments.config)
    failpoint.arm(os.environ, local=is_local(config.settings.slack.base_url))
    log.strike_address(arguments.place)
    rows = tables = 0
    try:
        for moved in move(_ours(config), arguments.place, _meanwhile):
            there = "equal" if moved.equal else f"{moved.digests[1][:16]}  DIFFERENT"
            if not tables:
                _to_whoever_reads(f"{'table':20} {'rows':>12} {'there':>12}  SHA-256 of all rows, here and there")
            _to_whoever_reads(
                f"{moved.table:20} {moved.rows[0]:12,} {moved.rows[1]:12,}  {moved.digests[0][:16]}  {there}"
            )
            rows, tables = rows + moved.rows[1], tables + 1
    except LedgerBusy as error:
        _refused(f"{error}; stop it first")
        return Exit.BUSY
    except LedgerError as error:
        return _refused(str(error))
    _to_whoever_reads(f"{rows:,} rows of {tables} tables are there, equal to the last one; nothing here was changed.")
    _to_whoever_reads(
        "Now set ONRECORD_DATABASE_URL to that place. Keep the old ledger as a copy, and start no service on it again: "
        "it would post what the new one posts."
    )
    return Exit.OK


def _other(arguments: argparse.Namespace) -> str | None:
    """The ledger that a proof file is held against; None: none."""
    return arguments.against or (None if arguments.against is None else _ours(load(arguments.config)))


def _ours(config: Config) -> str:
    """The ledger of the settings; what is secret in its address is not said from now on."""
    place = database(config, os.environ)
    log.strike_address(place)
    return place


def _held(copied: Copied) -> str:
    rows = copied.rows
    return (
        f"{rows['article']:,} texts, {rows['statement']:,} statements, {rows['alert']:,} alerts, schema {copied.schema}"
    )


def _say(line: str) -> None:
    print(log.struck(line))  # noqa: T201


def _to_whoever_reads(line: str) -> None:
    """Print a line. Who has read enough does not end a move: by its exit code is told what is there."""
    try:
        _say(line)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _meanwhile(line: str) -> None:
    """How far it is, beside what it came to."""
    with contextlib.suppress(OSError):  # nobody looks
        print(log.struck(f"{datetime.now():%H:%M:%S} {line}"), file=sys.stderr, flush=True)  # noqa: DTZ005, T201 - whoever waits has a clock on the wall


def _refused(sentence: str) -> int:
    print(f"onrecord: {log.struck(sentence)}", file=sys.stderr)  # noqa: T201
    return Exit.FAILURE
