"""Writes docs/reference anew from the code; a test compares it with what is there."""

from __future__ import annotations

import argparse
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.__main__ import _parser
from bot.exits import SIGNALS, Exit
from bot.health.figures import FIGURES, NAMED_FEEDS, OF_THE_PROCESS, OTHERS
from bot.slack.commands import COMMAND, SUBCOMMANDS
from bot.slack.commands.groups import grouped
from config import schema
from config.settings import Behind, Settings

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
FILES = {  # what each table of a file holds
    "feeds.toml": {"[[feed]]": schema.Feed},
    "officials.toml": {
        "[[side]]": schema.Side,
        "[[official]]": schema.Official,
        "[[official.mandate]]": schema.Mandate,
    },
    "topics.toml": {"[[topic]]": schema.Topic, "[[topic.proposition]]": schema.Proposition},
}
SETTING = re.compile(r"^(\w+) += (?:.*?)(?:  +# (.*))?$")
GOES_ON = re.compile(r"^ {8,}# (.*)$")
OF_A_LIST = re.compile(r"^# {2,}(\w+) {2,}(.+)$")
IN_CODE = re.compile(r"^    (\w+): .*?  # (.*)$")

FIGURES_HEAD = f"""# Metrics

What `/metrics` shows, in the text form of Prometheus; `[health] port` opens it. This page is written by
`make docs` from the table that the service itself uses (`bot/health/figures.py`), and a test compares them.
[Operations](../operations.md) says which of them raise an alarm.

Ages are told rather than moments, by the clock of the service. Of feeds the first {NAMED_FEEDS} have a series of
their own; the others are counted together under `{OTHERS}`. Figures with *every service on a record* tell of what is on
record: where several processes share one PostgreSQL, each shows the same, so take `max`, not `sum`.

| name | kind | labels | shown by | meaning |
|---|---|---|---|---|
"""
ON_RECORD = {
    *("articles", "statements", "alerts", "messages", "outbox_messages", "outbox_oldest_seconds", "ledger_bytes"),
    *("feeds_failing", "feeds_overdue", "poll_age_seconds", "feed_good_age_seconds", "wakeups"),
}
OF_PROCESS = "\nFrom the Prometheus client itself, on Linux:\n\n| name | meaning |\n|---|---|\n"


def cli() -> str:
    """Every command of `onrecord` with its options."""
    head = "# Commands\n\n`onrecord COMMAND --help` says the same.\n"
    return head + "".join(_command(name, words, one) for name, words, one in _commands(_parser(), "onrecord"))


def _commands(parser: argparse.ArgumentParser, before: str) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001  argparse tells what it holds in no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            words = {one.dest: one.help or "" for one in action._choices_actions}  # noqa: SLF001
            for name, one in action.choices.items():
                yield f"{before} {name}", words.get(name, ""), one
                yield from _commands(one, f"{before} {name}")


def _command(name: str, words: str, parser: argparse.ArgumentParser) -> str:
    rows = [
        (f"`{', '.join(one.option_strings) or one.metavar or one.dest}`", (one.help or "").replace("%%", "%"))
        for one in parser._actions  # noqa: SLF001
        if not isinstance(one, argparse._HelpAction | argparse._SubParsersAction)  # noqa: SLF001
        and one.help is not argparse.SUPPRESS
    ]
    usage = " ".join(parser.format_usage().split()).removeprefix("usage: ")
    return f"\n## `{name}`\n\n{_sentence(words)}\n\n```\n{usage}\n```\n" + _table(("option", "does"), rows)


def slash() -> str:
    """Every subcommand of /record."""
    lines = [
        f"# {COMMAND}\n\nWhat can be asked in Slack; `{COMMAND} help <name>` says the same with its examples there.\n"
    ]
    for group in grouped(SUBCOMMANDS):
        lines.append(f"\n## {group.title}\n\n{_sentence(group.says)}\n")
        for name, usage, does in group.lines:
            known = SUBCOMMANDS.get(name)
            examples = [f"{COMMAND} {one}" for one in known.examples] if known else []
            lines.append(f"\n### `{name}`\n\n{_sentence(does)}\n\n```\n{COMMAND} {usage}\n```\n")
            if examples:
                lines.append("\nFor example: " + ", ".join(f"`{one}`" for one in examples) + ".\n")
    return "".join(lines)


def settings() -> str:
    """Every key of every TOML file."""
    lines = [
        "# Configuration\n\nEvery key, with what it may hold and what it is where it is left out. "
        "`onrecord check-config --config FOLDER` names every fault at once. The files themselves "
        "are commented, first of all [`config/onrecord.toml`](../../config/onrecord.toml).\n\n## `onrecord.toml`\n"
    ]
    said = toml_words((ROOT / "config" / "onrecord.toml").read_text("utf-8"))
    lines += [
        _section(f"[{name}]", type(field.default), said.get(name, {})) for name, field in Settings.model_fields.items()
    ]
    lines.append(_section("[[channel]]", schema.Channel, said.get("channel", {})))
    lines.append(_section("[[door.workspaces]]", Behind, said.get("door.workspaces", {})))
    for file, tables in FILES.items():
        lines.append(f"\n## `{file}`\n")
        said = toml_words((ROOT / "config" / file).read_text("utf-8"))
        lines += [_section(name, model, said.get(name.strip("[]"), {})) for name, model in tables.items()]
    return "".join(lines)


def metrics() -> str:
    """Every figure of /metrics."""
    rows = []
    for figure in FIGURES.values():
        labels = ", ".join(f"`{label}`" for label in figure.labels)
        where = figure.where
        if where == "always":
            where = "every service on a record" if figure.name in ON_RECORD else "every service"
        rows.append(f"| `{figure.shown}` | {figure.kind} | {labels} | {where} | {figure.says} |\n")
    process = "".join(f"| `{name}` | {says} |\n" for name, says in OF_THE_PROCESS.items())
    return FIGURES_HEAD + "".join(rows) + OF_PROCESS + process


def toml_words(text: str) -> dict[str, dict[str, str]]:
    """What the comments of a settings file say of each key, by table."""
    said: dict[str, dict[str, str]] = {"": {}}
    waiting: dict[str, str] = {}  # of the list above a table
    table, last, into = "", "", said[""]
    for line in text.splitlines():
        if header := re.match(r"^(?:# {2,})?\[+([\w.]+)\]+", line):
            table = header[1]
            into, last = said.setdefault(table, {}), ""
            into.update(waiting)
            waiting = {}
        elif setting := SETTING.match(line.removeprefix("#   ")):
            last = setting[1]
            if setting[2]:
                into[last] = setting[2]
        elif last and (more := GOES_ON.match(line)):
            into[last] = f"{into.get(last, '')} {more[1]}".strip()
        elif listed := OF_A_LIST.match(line):
            last = listed[1]
            waiting[last] = listed[2]
            into = waiting
        elif last in waiting and (more := re.match(r"^# {8,}(.*)$", line)):
            waiting[last] += f" {more[1]}"
    return said


def _section(name: str, model: type[BaseModel], said: Mapping[str, str]) -> str:
    told, words = model.model_json_schema(), {**_code_words(model), **said}
    needed = told.get("required", ())
    rows = [
        (
            f"`{key}`",
            _kind(told["properties"][key]),
            "must be given" if key in needed else f"`{_toml(told['properties'][key].get('default'))}`",
            " ".join(words.get(key, "").split()).rstrip(","),
        )
        for key in told["properties"]
    ]
    doc = inspect.cleandoc(model.__doc__ or "")
    return f"\n### `{name}`\n\n{doc}\n" + _table(("key", "holds", "default", "says"), rows)


def _code_words(model: type[BaseModel]) -> dict[str, str]:
    found = (IN_CODE.match(line) for line in inspect.getsource(model).splitlines())
    return {one[1]: one[2] for one in found if one}


def _kind(one: Mapping[str, Any]) -> str:
    if "anyOf" in one:
        one = {**one, **next(each for each in one["anyOf"] if each.get("type") != "null")}
    if "enum" in one:
        return " or ".join(f'`"{each}"`' for each in one["enum"])
    bounds = [
        f"{words} {one[bound]:.12g}"
        for bound, words in (
            ("exclusiveMinimum", "over"),
            ("minimum", "at least"),
            ("exclusiveMaximum", "under"),
            ("maximum", "at most"),
        )
        if bound in one
    ]
    names = {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "true or false",
        "array": "list",
    }
    if one.get("format") == "date":
        return "date"
    return ", ".join([names.get(one.get("type", ""), "table"), *bounds])


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "not set"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return str(value)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    cells = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    return (
        "\n" + "\n".join([f"| {' | '.join(head)} |", "|---" * len(head) + "|", *(f"| {row} |" for row in cells)]) + "\n"
    )


def exits() -> str:
    """Exit codes and signals."""
    codes = [(str(int(code)), code.means, code.then) for code in Exit]
    codes.append(("-9, 137", "killed; nothing is lost by it", "start it again"))
    signals = [(f"`{name}`", words) for name, words in SIGNALS.items()]
    head = "# Exit codes and signals\n\n## Exit codes\n"
    return (
        f"{head}{_table(('code', 'means', 'a supervisor should'), codes)}\n## Signals to `onrecord run`\n"
        f"{_table(('signal', 'does'), signals)}"
    )


PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli,
    "record.md": slash,
    "settings.md": settings,
    "metrics.md": metrics,
    "exits.md": exits,
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        FOLDER.joinpath(name).write_text(page(), "utf-8")
        sys.stdout.write(f"docs/reference/{name}\n")
