"""The command line: `onrecord run`, `demo`, `door`, `check-config` and the rest; `--help` names them all."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log, safekeeping
from bot.door import command as door
from bot.explain import command as explain
from bot.sharing import keep, share
from config import failpoint
from config.load import (
    ConfigError,
    Fault,
    WebSecrets,
    check,
    database,
    describe,
    llm_key,
    load,
    logins,
    missing,
    missing_for_web,
    secrets,
    web_secrets,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.judges.chosen import Chosen
    from bot.ledger import Ledger
    from config.schema import Config

OK, FAILURE, USAGE, BUSY = 0, 1, 2, 75  # 75: another service holds the ledger (EX_TEMPFAIL)
UNREAD = 141  # as if ended by SIGPIPE: what was not read to the end is no success, above all of `verify`


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 ok, 1 failure, 2 usage or configuration, 75 in use, 141 unread."""
    arguments = _parser().parse_args(argv)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except ConfigError as error:
        for fault in error.faults:
            _complain(str(fault))
        return USAGE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough of it; a traceback would be noise (and the flush at exit another).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except OSError as error:  # a file that may not be read, a port that is taken
        _complain(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error))
        return FAILURE
    return code


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--config", type=Path, metavar="DIR", help="a folder with your own TOML files")
    common.add_argument("--verbose", action="store_true", help="log more")
    parser = argparse.ArgumentParser(
        prog="onrecord", description="What officials said, kept on record; an alert when it conflicts."
    )
    parser.add_argument("--version", action="version", version=f"onrecord {version('on-record')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", parents=[common], help="poll the feeds and post alerts until stopped")
    run.add_argument(
        "--role",
        choices=("all", "schedule", "work", "deliver"),
        default="all",
        help="everything (the default), or a part of it beside others on one PostgreSQL: say when feeds are due, poll "
        "them, or deliver (docs/scaling.md)",
    )
    run.add_argument("--health-port", type=int, metavar="PORT", help="where to tell health, in place of [health] port")
    run.set_defaults(run=_run)
    door.add_to(commands, common)
    demo = commands.add_parser("demo", parents=[common], help="the whole service on a local site and workspace")
    demo.add_argument("--port", type=int, default=0, help="port of the local workspace's page (default: a free one)")
    demo.add_argument("--stay", action="store_true", help="stay up after the last story, also without a terminal")
    demo.set_defaults(run=_demo)
    checking = commands.add_parser("check-config", parents=[common], help="name every fault of the configuration")
    checking.set_defaults(run=_check_config)
    figures = commands.add_parser(
        "status", parents=[common], help="print the ledger in figures, and what was set aside"
    )
    figures.set_defaults(run=_status)
    safekeeping.commands(commands, common)
    _thresholds_commands(commands, common)
    why = commands.add_parser("why", parents=[common], help="each step that makes two statements an alert or not")
    why.add_argument(
        "names",
        nargs="+",
        metavar="OR-1042 | A B | FILE",
        help="an alert; or two statements on record, each by the beginning of its key, as ARTICLE#START or by words in "
        "it; or a file with a pair a line, as compare reads it",
    )
    why.set_defaults(run=_why)
    for name, words in (
        ("extract", "print the statements of the articles in a JSON Lines file"),
        ("replay", "walk the articles of a file through a throw-away ledger and print the alerts"),
        ("compare", "judge pairs of statements"),
    ):
        command = commands.add_parser(name, parents=[common], help=words)
        command.add_argument(
            "file",
            type=Path,
            metavar="FILE" if name == "extract" else "FILE.jsonl",
            help=f"JSON Lines, {'a pair of statements' if name == 'compare' else 'an article'} a line",
        )
        if name == "extract":
            explain.add_to(command)
        if name == "replay":
            command.add_argument("--json", action="store_true", help="one JSON line an alert")
        command.set_defaults(run=_on_file, command=name)
    return parser


def _thresholds_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    words = "from which score each kind is posted, why, and the steps on record; undo, hold or release one"
    command = commands.add_parser("thresholds", parents=[common], help=words)
    command.add_argument("action", nargs="?", choices=("show", "undo", "hold", "release"), default="show")
    command.add_argument(
        "subject", nargs="?", metavar="NUMBER|KIND", help="undo: the number of a step; hold, release: a kind"
    )
    command.add_argument("--by", metavar="NAME", help="who does it, for the record (default: your login name)")
    command.set_defaults(run=_thresholds)


def _run(arguments: argparse.Namespace) -> int:
    from bot.health import Deaf  # noqa: PLC0415  keep --help and check-config quick
    from bot.ledger import InUse, LedgerError  # noqa: PLC0415
    from bot.ledger.wakeups import apart  # noqa: PLC0415
    from bot.service import serve  # noqa: PLC0415
    from bot.slack.errors import SlackRefused  # noqa: PLC0415
    from bot.slack.web_api.client import is_local  # noqa: PLC0415

    share()
    log.set_up(verbose=arguments.verbose)
    config = load(arguments.config)
    failpoint.arm(os.environ, local=is_local(config.settings.slack.base_url))
    if arguments.health_port is not None:
        health = config.settings.health.model_copy(update={"port": arguments.health_port})
        config = config.model_copy(update={"settings": config.settings.model_copy(update={"health": health})})
    keys, to_slack, web = secrets(os.environ), arguments.role in {"all", "deliver"}, config.settings.web
    pages = web_secrets(os.environ) if to_slack and web.enabled else WebSecrets()
    gaps = missing(keys, config.settings.slack.mode, config.settings.slack.team) if to_slack else ()
    gaps += missing_for_web(pages, sign_in=to_slack and web.enabled and web.sign_in)
    if gaps:
        for gap in gaps:
            _complain(gap)
        return USAGE
    try:
        place = database(config, os.environ)
        if arguments.role != "all" and (lacking := apart(place, arguments.role)):
            _complain(lacking)
            return USAGE
        log.strike((*keys.values, llm_key(os.environ), pages.client_secret, pages.signing))
        for name, password in logins(config):
            log.strike_login(name, password)
        log.strike_address(place)
        chosen = _chosen(config)
        asyncio.run(serve(config, keys, database=place, chosen=chosen, role=arguments.role, pages=pages))
    except InUse as error:  # a ledger that is merely being written for a while is worth another start
        _complain(str(error))
        return BUSY
    except LedgerError as error:
        _complain(str(error))
        return FAILURE
    except Deaf as error:
        _complain(f"{error}; start it again")
        return FAILURE
    except SlackRefused as error:
        _complain(str(error))
        return USAGE
    return OK


def _demo(arguments: argparse.Namespace) -> int:
    from bot.demo.show import show  # noqa: PLC0415  imports the local workspace, which nothing else may

    log.set_up(verbose=arguments.verbose)
    if not arguments.verbose:
        log.only_warnings()  # the stage tells the story; the service's own lines would talk over it
    stay = arguments.stay or (sys.stdin.isatty() and sys.stdout.isatty())
    return OK if asyncio.run(show(load(arguments.config), port=arguments.port, stay=stay)) else FAILURE


def _check_config(arguments: argparse.Namespace) -> int:
    faults = check(arguments.config)
    for fault in faults:
        _complain(str(fault))
    if faults:
        return USAGE
    config = load(arguments.config)
    _chosen(config)  # named here, not only at the start of the service
    print(describe(config))  # noqa: T201
    return OK


def _status(arguments: argparse.Namespace) -> int:
    from rich.console import Console  # noqa: PLC0415

    from bot.print import show_status  # noqa: PLC0415

    console = Console(soft_wrap=True)
    return _with_ledger(load(arguments.config), lambda ledger, _: show_status(console, ledger.status()))


def _thresholds(arguments: argparse.Namespace) -> int:
    from bot import thresholds  # noqa: PLC0415
    from bot.calibration import NotPossible  # noqa: PLC0415

    config = load(arguments.config)
    try:
        task = thresholds.task(arguments.action, arguments.subject, arguments.by, config.settings)
        return _with_ledger(config, lambda ledger, _: task(ledger))
    except NotPossible as error:
        _complain(str(error))
        return USAGE


def _why(arguments: argparse.Namespace) -> int:
    from rich.console import Console  # noqa: PLC0415

    from bot import batch, why  # noqa: PLC0415

    names: list[str] = arguments.names
    if len(names) > 2:
        _complain("why takes an alert, two statements or a file; put words that belong together in quotes")
        return USAGE
    config = load(arguments.config)
    chosen = _chosen(config)
    console = Console(highlight=False, markup=False, emoji=False)
    try:
        if len(names) == 1 and Path(names[0]).is_file():
            return batch.why(Path(names[0]), config, chosen, console)
        return _with_ledger(config, lambda ledger, running: why.task(names, running, chosen, console)(ledger))
    except why.NotFound as error:
        _complain(str(error))
        return USAGE


def _with_ledger(config: Config, task: Callable[[Ledger, Config], None]) -> int:
    """Do something with the ledger that is there, and with people and sides as the service takes them from both."""
    from bot.desk.roster import taken_up  # noqa: PLC0415
    from bot.ledger import Ledger, LedgerError  # noqa: PLC0415

    place = database(config, os.environ)
    log.strike_address(place)
    if "://" not in place and not Path(place).is_file():
        _complain(f"{place}: there is no ledger yet; onrecord run makes it")
        return FAILURE
    try:
        with Ledger.open(place) as ledger:
            task(ledger, taken_up(config, ledger))
    except LedgerError as error:
        _complain(str(error))
        return FAILURE
    return OK


def _on_file(arguments: argparse.Namespace) -> int:
    from bot import batch  # noqa: PLC0415

    path: Path = arguments.file
    explaining = arguments.command == "extract" and arguments.explain
    if arguments.command == "extract" and not explaining and (arguments.id or arguments.published):
        _complain("--id and --published go with --explain")
        return USAGE
    if explaining and str(path) == "-":
        return explain.run(arguments)
    if not path.exists() or path.is_dir():
        _complain(f"{path}: " + ("this is a folder" if path.is_dir() else "there is no such file"))
        return USAGE
    if explaining:
        return explain.run(arguments)
    config = load(arguments.config)
    chosen = _chosen(config)
    if arguments.command == "extract":
        return batch.extract(path, config, chosen, sys.stdout)
    if arguments.command == "replay":
        return batch.replay(path, config, chosen, sys.stdout, as_json=arguments.json)
    return batch.compare(path, config, chosen, sys.stdout)


def _chosen(config: Config) -> Chosen:
    from bot.judges.chosen import choose  # noqa: PLC0415
    from bot.judges.errors import JudgeError  # noqa: PLC0415

    try:
        chosen = choose(config.settings.judge, llm_key(os.environ))
    except JudgeError as error:
        fault = Fault(file="onrecord.toml", key=f"[judge] {error.setting}", message=str(error))
        raise ConfigError([fault]) from error
    keep()
    return chosen


def _complain(sentence: str) -> None:
    print(f"onrecord: {log.struck(sentence)}", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
