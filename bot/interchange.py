"""The commands `onrecord export` and `import`: the whole record as lines of JSON, for other programs and machines."""

from __future__ import annotations

import argparse
import gzip
import io
import os
import sys
import tempfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot import log
from bot.exits import Exit
from config.environment import database
from config.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the two to the command line."""
    export = commands.add_parser(
        "export", parents=[common], help="write the whole record as JSON Lines; the service may be running"
    )
    export.add_argument(
        "file", metavar="FILE", help="a file that is not there yet, packed if it ends with .gz; - for standard output"
    )
    export.set_defaults(run=_export)
    taking = commands.add_parser(
        "import",
        parents=[common],
        help="take an exported record into an empty ledger, SQLite or PostgreSQL, and prove it equal",
    )
    taking.add_argument("file", metavar="FILE", help="what export wrote; - for standard input")
    taking.set_defaults(run=_import)


def _export(arguments: argparse.Namespace) -> int:
    from bot.ledger import LedgerError  # noqa: PLC0415  keep --help quick
    from bot.ledger.interchange.exporting import export  # noqa: PLC0415

    config = load(arguments.config)
    place = database(config, os.environ)
    log.strike_address(place)
    lines = 0
    try:
        with _out(arguments.file) as out:
            for line in export(place):
                out.write(line)
                lines += 1
    except (LedgerError, FileExistsError) as error:
        return _refused(str(error))
    _told(f"{lines - 2:,} rows are in {arguments.file}." if arguments.file != "-" else f"{lines - 2:,} rows.")
    return Exit.OK


def _import(arguments: argparse.Namespace) -> int:
    from bot.ledger import LedgerBusy, LedgerError  # noqa: PLC0415
    from bot.ledger.interchange.importing import take_in  # noqa: PLC0415

    config = load(arguments.config)
    place = database(config, os.environ)
    log.strike_address(place)
    try:
        with _in(arguments.file) as lines:
            imported = take_in(place, lines)
    except LedgerBusy as error:
        _refused(f"{error}; stop it first")
        return Exit.BUSY
    except LedgerError as error:
        return _refused(f"{arguments.file}: {error}")
    except (EOFError, UnicodeDecodeError, gzip.BadGzipFile, zlib.error) as error:
        return _refused(f"{arguments.file} cannot be unpacked: {error}; nothing was imported")
    rows = imported.rows
    _told(
        f"{sum(rows.values()):,} rows are there, equal to what was exported: {rows['article']:,} texts, "
        f"{rows['statement']:,} statements, {rows['alert']:,} alerts."
    )
    return Exit.OK


@contextmanager
def _out(name: str) -> Iterator[IO[str]]:
    """Where lines go: a new file, there whole or not at all and for its owner alone; or standard output."""
    if name == "-":
        yield sys.stdout
        return
    place = Path(name)
    if place.exists():
        raise FileExistsError(f"{place} is there already; nothing is ever written over a file")
    number, aside = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            with (
                gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0)
                if place.suffix == ".gz"
                else _same(file) as raw
            ):
                text = io.TextIOWrapper(raw, "ascii", newline="\n")
                yield text
                text.flush()
                text.detach()
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, place)
    finally:
        Path(aside).unlink(missing_ok=True)


@contextmanager
def _same(file: IO[bytes]) -> Iterator[IO[bytes]]:
    yield file


@contextmanager
def _in(name: str) -> Iterator[IO[str]]:
    if name == "-":
        yield sys.stdin
        return
    with Path(name).open("rb") as file:
        packed = file.peek(2)[:2] == b"\x1f\x8b"
        with io.TextIOWrapper(gzip.GzipFile(fileobj=file) if packed else file, "ascii", newline="\n") as text:
            yield text


def _told(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201  standard output may be the record


def _refused(sentence: str) -> int:
    print(f"onrecord: {log.struck(sentence)}", file=sys.stderr)  # noqa: T201
    return Exit.FAILURE
