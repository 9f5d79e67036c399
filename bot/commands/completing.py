"""`onrecord completion`: what a shell needs to complete our commands, options and files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

SHELLS = ("bash", "zsh", "fish", "tcsh")
_FILES = frozenset({"file", "opml", "answers"})
_FOLDERS = frozenset({"config"})


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], whole: Callable[[], argparse.ArgumentParser]
) -> None:
    """Add the command to the command line, which `whole` gives once every other command is in it."""
    completion = commands.add_parser(
        "completion",
        help="print what a shell needs to complete our commands, for example: onrecord completion bash > "
        "~/.local/share/bash-completion/completions/onrecord",
    )
    completion.add_argument("shell", choices=SHELLS)
    completion.set_defaults(run=lambda arguments: _run(arguments, whole()))


def _run(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    import shtab  # noqa: PLC0415  keep --help quick

    _name_files(parser, shtab.FILE, shtab.DIRECTORY)
    print(shtab.complete(parser, shell=arguments.shell))  # noqa: T201
    return Exit.OK


def _name_files(parser: argparse.ArgumentParser, file: object, folder: object) -> None:
    """Say which arguments are files, of every command."""
    for action in parser._actions:  # noqa: SLF001  argparse tells what it holds in no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in set(action.choices.values()):
                _name_files(command, file, folder)
        elif action.dest in _FILES | _FOLDERS:
            action.complete = file if action.dest in _FILES else folder  # type: ignore[attr-defined]
