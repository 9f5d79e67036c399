"""`onrecord run` and `demo`: the service, and the service between a local site and a local workspace."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log
from bot.commands.opening import complain, judge
from bot.exits import Exit
from bot.sharing import reach, share
from config import failpoint
from config.environment import (
    WebSecrets,
    database,
    llm_key,
    logins,
    missing,
    missing_for_web,
    secrets,
    signing,
    smtp_password,
    wayback_keys,
    web_secrets,
)
from config.load import ConfigError, environment, load

if TYPE_CHECKING:
    from config.schema import Config


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the two to the command line."""
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
    words = "have the running service read its configuration again; nothing is done where that has faults"
    again = commands.add_parser("reload", parents=[common], help=words)
    again.set_defaults(run=_reload)
    demo = commands.add_parser("demo", parents=[common], help="the whole service on a local site and workspace")
    demo.add_argument("--port", type=int, default=0, help="port of the local workspace's page (default: a free one)")
    demo.add_argument("--stay", action="store_true", help="stay up after the last story, also without a terminal")
    demo.set_defaults(run=_demo)


def _run(arguments: argparse.Namespace) -> int:
    from bot.health import Deaf  # noqa: PLC0415  keep --help and check-config quick
    from bot.ledger import InUse, LedgerError  # noqa: PLC0415
    from bot.ledger.database.wakeups import apart  # noqa: PLC0415
    from bot.service import serve  # noqa: PLC0415
    from bot.slack.errors import SlackRefused  # noqa: PLC0415
    from bot.slack.web_api.client import is_local  # noqa: PLC0415

    share()
    reach()
    log.set_up(verbose=arguments.verbose)
    config = load(arguments.config)
    log.set_up(verbose=arguments.verbose, as_json=config.settings.log.format == "json")
    failpoint.arm(os.environ, local=is_local(config.settings.slack.base_url))
    config = _told_at(config, arguments.health_port)
    keys, to_slack, web = secrets(os.environ), arguments.role in {"all", "deliver"}, config.settings.web
    if to_slack:
        keys = replace(
            keys, webhooks=signing(config), smtp_password=smtp_password(config), wayback_keys=wayback_keys(config)
        )
    pages = web_secrets(os.environ) if to_slack and web.enabled else WebSecrets()
    gaps = missing(keys, config.settings.slack.mode, config.settings.slack.team) if to_slack else ()
    gaps += missing_for_web(pages, sign_in=to_slack and web.enabled and web.sign_in)
    if gaps:
        for gap in gaps:
            complain(gap)
        return Exit.USAGE
    try:
        place = database(config, os.environ)
        if arguments.role != "all" and (lacking := apart(place, arguments.role)):
            complain(lacking)
            return Exit.USAGE
        log.strike((*keys.values, llm_key(os.environ), pages.client_secret, pages.signing))
        for name, password in logins(config):
            log.strike_login(name, password)
        log.strike_address(place)
        chosen = judge(config)
        reread = partial(_reread, arguments.config, arguments.health_port)
        asyncio.run(serve(config, keys, database=place, chosen=chosen, role=arguments.role, pages=pages, reread=reread))
    except InUse as error:  # a ledger that is merely being written for a while is worth another start
        complain(str(error))
        return Exit.BUSY
    except LedgerError as error:
        complain(str(error))
        return Exit.FAILURE
    except Deaf as error:
        complain(f"{error}; start it again")
        return Exit.FAILURE
    except SlackRefused as error:
        complain(str(error))
        return Exit.USAGE
    return Exit.OK


def _told_at(config: Config, port: int | None) -> Config:
    """The configuration with health at a port that the command line names, if it names one."""
    if port is None:
        return config
    health = config.settings.health.model_copy(update={"port": port})
    return config.model_copy(update={"settings": config.settings.model_copy(update={"health": health})})


def _reread(directory: Path | None, port: int | None) -> Config:
    """The files as they are now, with logins of feeds that came with them; `ConfigError` with every fault."""
    if faults := environment(directory, os.environ):
        raise ConfigError(faults)
    config = load(directory)
    for name, password in logins(config):
        log.strike_login(name, password)
    return _told_at(config, port)


def _reload(arguments: argparse.Namespace) -> int:
    from bot.ledger import LedgerError  # noqa: PLC0415
    from bot.ledger.keeping.checkup import holder  # noqa: PLC0415

    config = load(arguments.config)
    try:
        process = holder(database(config, os.environ))
    except LedgerError as error:
        complain(str(error))
        return Exit.FAILURE
    if process is None:
        complain(f"no service runs on {config.settings.ledger.path}; the files hold when it starts")
        return Exit.FAILURE
    os.kill(process, signal.SIGHUP)
    print(f"Process {process} reads its configuration again; its log and /record status say what came of it.")  # noqa: T201
    return Exit.OK


def _demo(arguments: argparse.Namespace) -> int:
    from bot.demo.show import show  # noqa: PLC0415  imports the local workspace, which nothing else may

    log.set_up(verbose=arguments.verbose)
    if not arguments.verbose:
        log.only_warnings()  # the stage tells the story; the service's own lines would talk over it
    stay = arguments.stay or (sys.stdin.isatty() and sys.stdout.isatty())
    return Exit.OK if asyncio.run(show(load(arguments.config), port=arguments.port, stay=stay)) else Exit.FAILURE
