"""`onrecord door`: serve the door, or list what is installed."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log
from bot.exits import Exit
from config.environment import DoorSecrets, door_secrets, missing_for_door
from config.load import load

if TYPE_CHECKING:
    from config.schema import Config


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    words = "one public address for an app that several workspaces have: install page, and each request to its process"
    command = commands.add_parser("door", parents=[common], help=words)
    command.add_argument("action", nargs="?", choices=("serve", "list"), default="serve")
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    config = load(arguments.config)
    if arguments.action == "list":
        return asyncio.run(_list(config))
    secrets = door_secrets(os.environ)
    gaps = list(missing_for_door(secrets))
    if not config.settings.door.address:
        gaps.insert(0, "[door] address is not set: it is where Slack and browsers reach the door (docs/workspaces.md)")
    for gap in gaps:
        print(f"onrecord: {gap}", file=sys.stderr)  # noqa: T201
    if gaps:
        return Exit.USAGE
    log.set_up(verbose=arguments.verbose)
    log.strike((secrets.signing_secret,))
    log.strike_login(secrets.client_id, secrets.client_secret)
    asyncio.run(_serve(config, secrets))
    return Exit.OK


async def _serve(config: Config, secrets: DoorSecrets) -> None:
    from bot.door.listing import listing  # noqa: PLC0415  keep --help quick
    from bot.door.server import Door  # noqa: PLC0415

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    settings, told = config.settings.door, logging.getLogger(__name__)
    door = Door(settings, config.settings.slack, secrets)
    port = await door.start()
    try:
        told.info("the door is open at %s, on %s:%d", settings.address, settings.host, port)
        for lines in await listing(settings, door.installations):
            told.info("%s", lines.replace("\n ", ";"))
        await stop.wait()
    finally:
        await door.stop()


async def _list(config: Config) -> int:
    from bot.door.listing import listing  # noqa: PLC0415
    from bot.installed import Installations  # noqa: PLC0415

    lines = await listing(config.settings.door, Installations(Path(config.settings.slack.installations)))
    print("\n".join(lines) or "nothing is installed, and [door] lists no workspace")  # noqa: T201
    return Exit.OK
