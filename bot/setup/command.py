"""`onrecord setup`: the questions in their order, the files that come of them, a test post, and the doctor."""

from __future__ import annotations

import argparse
import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log
from bot.exits import Exit
from config.load import ConfigError, Fault, environment

if TYPE_CHECKING:
    from bot.setup.asking import Asking

SLACK = "https://slack.com/api/"
NAMES = (
    "folder", "transport", "address", "channel", "regions", "opml", "private", "ledger", "overwrite", "keep", "post",
)  # fmt: skip
_SETTINGS = """# Written by onrecord setup. The file of this name that comes with On Record tells every key and default.

[ledger]
path = {ledger}

[slack]
mode = "{mode}"
{elsewhere}
[[channel]]
id = {channel}
"""
_STEPS = """
Now make the Slack app, if you have not:
  1. https://api.slack.com/apps → Create New App → From a manifest: paste {manifest}
  2. Install to workspace; copy the Bot User OAuth Token
  3. Basic Information → {secret}
  4. Invite the bot to the channel: /invite @On Record
"""
_SECRET = {
    "socket": "App-Level Tokens: make one with connections:write, copy it",
    "http": "App Credentials: copy the Signing Secret",
}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the command to the command line."""
    setup = commands.add_parser(
        "setup", parents=[common], help="a first configuration, asked for step by step; may be run again"
    )
    setup.add_argument(
        "--answers",
        type=Path,
        metavar="FILE",
        help=f"a TOML file with the answers ({', '.join(NAMES)}); tokens are taken from the environment then",
    )
    setup.add_argument(
        "--slack", default=SLACK, metavar="URL", help="another Web API than Slack's, such as a local one"
    )
    setup.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from bot.setup.asking import Answers, NoAnswer, Terminal  # noqa: PLC0415  keep --help quick

    ask = Answers(_answers(arguments.answers)) if arguments.answers else Terminal()
    try:
        return _walk(ask, arguments.config, arguments.slack)
    except NoAnswer as error:
        print(f"\nonrecord: {error}", file=sys.stderr)  # noqa: T201
        return Exit.FAILURE


def _answers(file: Path) -> dict[str, object]:
    try:
        given = tomllib.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise ConfigError([Fault(file=str(file), key="", message=f"is not TOML: {error}")]) from error
    odd = [
        Fault(file=str(file), key=name, message=f"is none of {', '.join(NAMES)}") for name in given.keys() - set(NAMES)
    ]
    if odd:
        raise ConfigError(odd)
    return given


def _walk(ask: Asking, directory: Path | None, base_url: str) -> int:
    from bot.doctor.command import report  # noqa: PLC0415
    from bot.setup import feeds, files, manifest, slack  # noqa: PLC0415

    folder = directory or Path(ask.text("folder", "Folder for your configuration", "newsroom")).expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    environ = dict(os.environ)
    if faults := environment(folder, environ):
        raise ConfigError(faults)

    mode = ask.one("transport", "How Slack reaches On Record: socket (no public address) or http", _SECRET)
    address = ask.text("address", "The public https:// address of this machine") if mode == "http" else ""
    app = folder / "slack-manifest.yaml"
    files.put(app, manifest.text(address), ask)
    ask.say(_STEPS.format(manifest=app, secret=_SECRET[mode]))

    keys = slack.tokens(ask, mode, base_url, environ)
    log.strike(keys.values())
    if fresh := {name: value for name, value in keys.items() if os.environ.get(name) != value}:
        files.keep_secrets(folder / ".env", fresh)
        ask.say(f"{folder / '.env'} holds {' and '.join(fresh)}, readable by you alone.")

    channel = ask.text("channel", "The channel that alerts go to: its id (C…) or its name", "fact-desk")
    files.put(folder / "feeds.toml", feeds.toml(feeds.chosen(ask)), ask)
    ledger = ask.text("ledger", "Where the record is kept: a file", str((folder / "onrecord.db").absolute()))
    text = _SETTINGS.format(
        ledger=files.quoted(ledger),
        mode=mode,
        elsewhere=f"base_url = {files.quoted(base_url)}\n" if base_url != SLACK else "",
        channel=files.quoted(channel.removeprefix("#")),
    )
    files.put(folder / "onrecord.toml", text, ask)

    token = keys.get("SLACK_BOT_TOKEN")
    if token and ask.yes("post", f"Post a test message to {channel}?", default=True):
        ask.say(slack.post(channel, token, base_url))
    ask.say("\nThe doctor looks at all of it:\n")
    os.environ.update(keys)
    code = report(folder)
    start = f"onrecord run --config {folder}"
    ask.say(
        f"\nStart it: {start}"
        if code == Exit.OK
        else f"\nDo what it says, look again with: onrecord doctor --config {folder}. Then: {start}"
    )
    return code
