"""`onrecord check-config`, `status`, `thresholds` and `why`: what is set, what is on record, and why."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.opening import complain, judge, with_ledger
from bot.exits import Exit
from config.load import check, describe, load


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the four to the command line."""
    checking = commands.add_parser("check-config", parents=[common], help="name every fault of the configuration")
    checking.set_defaults(run=_check_config)
    figures = commands.add_parser(
        "status", parents=[common], help="print the ledger in figures, and what was set aside"
    )
    figures.set_defaults(run=_status)
    words = "from which score each kind is posted, why, and the steps on record; undo, hold or release one"
    command = commands.add_parser("thresholds", parents=[common], help=words)
    command.add_argument("action", nargs="?", choices=("show", "undo", "hold", "release"), default="show")
    command.add_argument(
        "subject", nargs="?", metavar="NUMBER|KIND", help="undo: the number of a step; hold, release: a kind"
    )
    command.add_argument("--by", metavar="NAME", help="who does it, for the record (default: your login name)")
    command.set_defaults(run=_thresholds)
    why = commands.add_parser("why", parents=[common], help="each step that makes two statements an alert or not")
    why.add_argument(
        "names",
        nargs="+",
        metavar="OR-1042 | A B | FILE",
        help="an alert; or two statements on record, each by the beginning of its key, as ARTICLE#START or by words in "
        "it; or a file with a pair a line, as compare reads it",
    )
    why.set_defaults(run=_why)


def _check_config(arguments: argparse.Namespace) -> int:
    faults = check(arguments.config)
    for fault in faults:
        complain(str(fault))
    if faults:
        return Exit.USAGE
    config = load(arguments.config)
    judge(config)  # named here, not only at the start of the service
    print(describe(config))  # noqa: T201
    return Exit.OK


def _status(arguments: argparse.Namespace) -> int:
    from rich.console import Console  # noqa: PLC0415  keep --help quick

    from bot.print import show_status  # noqa: PLC0415

    console = Console(soft_wrap=True)
    return with_ledger(load(arguments.config), lambda ledger, _: show_status(console, ledger.status()))


def _thresholds(arguments: argparse.Namespace) -> int:
    from bot import thresholds  # noqa: PLC0415
    from bot.calibration import NotPossible  # noqa: PLC0415

    config = load(arguments.config)
    try:
        task = thresholds.task(arguments.action, arguments.subject, arguments.by, config.settings)
        return with_ledger(config, lambda ledger, _: task(ledger))
    except NotPossible as error:
        complain(str(error))
        return Exit.USAGE


def _why(arguments: argparse.Namespace) -> int:
    from rich.console import Console  # noqa: PLC0415

    from bot import batch, why  # noqa: PLC0415

    names: list[str] = arguments.names
    if len(names) > 2:
        complain("why takes an alert, two statements or a file; put words that belong together in quotes")
        return Exit.USAGE
    config = load(arguments.config)
    chosen = judge(config)
    console = Console(highlight=False, markup=False, emoji=False)
    try:
        if len(names) == 1 and Path(names[0]).is_file():
            return batch.why(Path(names[0]), config, chosen, console)
        return with_ledger(config, lambda ledger, running: why.task(names, running, chosen, console)(ledger))
    except why.NotFound as error:
        complain(str(error))
        return Exit.USAGE
