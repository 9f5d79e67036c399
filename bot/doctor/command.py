"""`onrecord doctor`: every check in its order, a line for each thing, and whether anything is to be done."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot import log
from bot.doctor.finding import Finding
from bot.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

PARTS = ("secrets", "slack", "ledger", "feeds", "judge")  # beside the configuration, without which there is nothing


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    doctor = commands.add_parser(
        "doctor",
        parents=[common],
        help="look at configuration, secrets, Slack, clock, ledger, disk, feeds and judge, and say what to do; changes "
        "nothing, and the service may be running",
    )
    doctor.add_argument("only", nargs="*", type=_part, metavar="PART", help=f"look at these alone: {', '.join(PARTS)}")
    doctor.add_argument("--json", action="store_true", help="one JSON line a finding, then one with their number")
    doctor.set_defaults(run=_run, diagnoses=True)


def _part(written: str) -> str:
    if written not in PARTS:
        raise argparse.ArgumentTypeError(f"{written!r} is none of {', '.join(PARTS)}")
    return written


def _run(arguments: argparse.Namespace) -> int:
    return report(arguments.config, only=arguments.only, as_json=arguments.json)


def report(directory: Path | None, *, only: Collection[str] = (), as_json: bool = False) -> int:
    """Print what is found; the exit code."""
    log.only_errors()  # what is wrong is said once, by us
    findings = asyncio.run(examine(directory, os.environ, only))
    todo = [finding for finding in findings if not finding.ok]
    for finding in findings:
        _say(json.dumps({"ok": finding.ok, **asdict(finding)}) if as_json else _line(finding))
    if as_json:
        _say(json.dumps({"findings": len(findings), "to_do": len(todo)}))
    elif todo:
        _say(f"\n{len(todo)} of {len(findings)} to do.")
    else:
        _say(f"\nAll {len(findings)} are well.")
    return Exit.FAILURE if todo else Exit.OK


async def examine(directory: Path | None, given: Mapping[str, str], only: Collection[str] = ()) -> list[Finding]:
    """All that is found. Without a configuration nothing else can be looked at."""
    from bot.doctor import configuration, feeds, judge, record, secret_files, slack  # noqa: PLC0415  keep --help quick
    from config.environment import database, llm_key  # noqa: PLC0415
    from config.load import environment  # noqa: PLC0415

    environ, parts = dict(given), only or PARTS
    config, found = configuration.examine(directory, environ)
    if config is None:
        return found
    keys, about = secret_files.examine(config, environment(directory, environ), environ)
    place, key = secret_files.told(lambda: database(config, environ)), secret_files.told(lambda: llm_key(environ))
    if "secrets" in parts:
        found += about
    if "slack" in parts:
        found += await slack.examine(config, keys)
    if "ledger" in parts and place:
        found += await asyncio.to_thread(lambda: list(record.examine(place)))
    if "feeds" in parts:
        found += await feeds.examine(config, place, environ)
    if "judge" in parts:
        found += await asyncio.to_thread(lambda: list(judge.examine(config.settings.judge, key)))
    return found


def _line(finding: Finding) -> str:
    head = f"{'ok  ' if finding.ok else 'TODO'} {finding.check:13} {finding.subject}: {finding.says}"
    return head if finding.ok else f"{head}\n     → {finding.todo}"


def _say(line: str) -> None:
    print(log.struck(line))  # noqa: T201
