"""`onrecord extract`, `replay` and `compare`: what is read from files, with no record beside them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.commands.opening import complain, judge
from bot.exits import Exit
from bot.explain import command as explain
from config.load import load


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the three to the command line."""
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


def _on_file(arguments: argparse.Namespace) -> int:
    from bot import batch  # noqa: PLC0415  keep --help quick

    path: Path = arguments.file
    explaining = arguments.command == "extract" and arguments.explain
    if arguments.command == "extract" and not explaining and (arguments.id or arguments.published):
        complain("--id and --published go with --explain")
        return Exit.USAGE
    if explaining and str(path) == "-":
        return explain.run(arguments)
    if not path.exists() or path.is_dir():
        complain(f"{path}: " + ("this is a folder" if path.is_dir() else "there is no such file"))
        return Exit.USAGE
    if explaining:
        return explain.run(arguments)
    config = load(arguments.config)
    chosen = judge(config)
    if arguments.command == "extract":
        return batch.extract(path, config, chosen, sys.stdout)
    if arguments.command == "replay":
        return batch.replay(path, config, chosen, sys.stdout, as_json=arguments.json)
    return batch.compare(path, config, chosen, sys.stdout)
