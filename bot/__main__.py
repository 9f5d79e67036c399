"""The command line: `onrecord run`, `demo`, `door`, `check-config` and the rest; `--help` names them all."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot import interchange, safekeeping
from bot.commands import asking, completing, files, running
from bot.commands.opening import complain
from bot.doctor import command as doctor
from bot.door import command as door
from bot.exits import Exit
from bot.setup import command as setup
from config.load import ConfigError, environment

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; `bot.exits` says what each means."""
    arguments = _parser().parse_args(argv)
    try:
        faults = environment(getattr(arguments, "config", None), os.environ)
        if faults and not getattr(arguments, "diagnoses", False):  # who looks for faults tells them with the others
            raise ConfigError(faults)
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except ConfigError as error:
        for fault in error.faults:
            complain(str(fault))
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough of it; a traceback would be noise (and the flush at exit another). What
        # was not read to the end is no success, above all of `verify`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.UNREAD
    except OSError as error:  # a file that may not be read, a port that is taken
        complain(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error))
        return Exit.FAILURE
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
    for room in (running, setup, doctor, door, asking, safekeeping, interchange, files):
        room.add_to(commands, common)
    completing.add_to(commands, _parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
