"""The command `onrecord proof`, and `onrecord verify` of a file that it wrote."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot import log
from config.environment import database
from config.load import load

OK, FAILURE, USAGE = 0, 1, 2
_NUMBER = re.compile(r"(?:OR-)?([0-9]{1,9})", re.IGNORECASE)
_LOOKED = 64  # bytes in which a file of JSON begins


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add `proof` to the command line."""
    words = "write the proof of an alert, a file that onrecord verify proves anywhere; the service may be running"
    command = subcommands.add_parser("proof", parents=[common], help=words)
    command.add_argument("alert", metavar="ALERT", help="OR-1042, or 1042")
    command.set_defaults(run=_proof)


def _proof(arguments: argparse.Namespace) -> int:
    from bot.ledger import Ledger, LedgerError  # noqa: PLC0415  keep --help quick
    from bot.proof.form import written  # noqa: PLC0415
    from bot.proof.issue import Unprovable, issue  # noqa: PLC0415

    named = _NUMBER.fullmatch(arguments.alert.strip())
    if named is None:
        return _refused(f"“{arguments.alert}” is no alert: write OR-1042, or 1042", USAGE)
    config = load(arguments.config)
    place = database(config, os.environ)
    log.strike_address(place)
    try:
        with Ledger.look_into(place) as ledger:
            whole = config.settings.proof.texts == "whole"
            proof = issue(ledger, int(named[1]), datetime.now(UTC), whole=whole)
    except (LedgerError, Unprovable) as error:
        return _refused(str(error))
    if proof is None:
        return _refused(f"there is no alert OR-{named[1]} on record")
    sys.stdout.buffer.write(written(proof))
    return OK


def is_one(path: Path) -> bool:
    """Whether a file begins as JSON, which no ledger does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(_LOOKED).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def verify(path: Path, place: str | None, *, as_json: bool) -> int:
    """Prove a file by itself, and against a ledger where one is named; print what holds and what does not."""
    from bot.ledger import Ledger, LedgerError  # noqa: PLC0415
    from bot.proof.check import against, alone  # noqa: PLC0415

    verdicts = [alone(path.read_bytes())]
    proof = verdicts[0].proof
    if place is not None and proof is not None and not verdicts[0].faults:
        try:
            with Ledger.look_into(place) as ledger:
                verdicts.append(against(proof, ledger, datetime.now(UTC)))
        except LedgerError as error:
            return _refused(str(error))
    faults = [one for verdict in verdicts for one in verdict.faults]
    holds = [one for verdict in verdicts for one in verdict.holds]
    untold = [one for verdict in verdicts for one in verdict.untold]
    if as_json:
        _say(json.dumps({"faults": faults, "holds": holds, "untold": untold}))
        return FAILURE if faults else OK
    if proof is not None:
        _say(
            f"{path}: proof of OR-{proof.alert.number}, “{proof.alert.title}”, issued {proof.issued:%d %b %Y %H:%M} UTC"
        )
    for head, lines in (("FAULT", faults), ("Proven", holds), ("Not told by it", untold)):
        for line in lines:
            _say(f"{head}: {line}")
    return FAILURE if faults else OK


def _say(line: str) -> None:
    print(log.struck(line))  # noqa: T201


def _refused(sentence: str, code: int = FAILURE) -> int:
    print(f"onrecord: {log.struck(sentence)}", file=sys.stderr)  # noqa: T201
    return code
