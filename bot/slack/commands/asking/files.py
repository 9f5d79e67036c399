"""/record export: rows of the record as a file, sent to the asker alone and written down as handed out."""

from __future__ import annotations

import csv
import io
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from rapidfuzz import process

from bot.ledger.asked import HandedOut
from bot.ledger.flow.handing_out import What
from bot.slack.blocks import answers, parts
from bot.slack.commands.asking.since import moment, split_since
from bot.slack.commands.names import numbered
from bot.slack.commands.subcommand import COMMAND, Subcommand
from bot.slack.newsroom import Answer, File, Filed, Newsroom, Request

_FORMS = frozenset({"jsonl", "json", "csv", "as"})
_WHAT: tuple[What, ...] = get_args(What)
_PERIOD = timedelta(days=30)
MOST = 50_000  # rows of one file
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


def _export(newsroom: Newsroom, request: Request) -> Answer:
    words = request.words.casefold().replace("json lines", "jsonl").split()
    form = "jsonl" if {"jsonl", "json"} & set(words) else "csv"
    rest, since, wrong = split_since(" ".join(word for word in words if word not in _FORMS), request.now)
    named = rest.split()
    what = next((one for word in named[:1] for one in _WHAT if process.extractOne(word, [one], score_cutoff=80)), None)
    number = numbered(" ".join(named[1:])) if what in {"alerts", "decisions"} else None
    if number is not None:
        since = datetime(1970, 1, 1, tzinfo=UTC)
    since = since or (moment(" ".join(named[1:]), request.now) if named[1:] else None)
    if wrong or what is None or (named[1:] and since is None):
        if wrong:
            return answers.noted(wrong)
        return answers.not_found("list", rest, _WHAT, f"{COMMAND} export statements since 30d")
    since = since or request.now - _PERIOD
    rows = tuple(map(_discreet, newsroom.ledger.export(what, since, MOST, number)))
    about = f"of OR-{number}" if number is not None else f"since {since:%-d %b %Y %H:%M} UTC"
    of = f"OR-{number}" if number is not None else f"{since:%Y-%m-%d}"
    name = f"onrecord-{what}-{of}-to-{request.now:%Y-%m-%d}.{form}"
    if not rows:
        return answers.noted(f"No {what} are on record {about}: there is nothing to export.")
    cut = f" The oldest are left out: a file holds {MOST:,}." if len(rows) == MOST else ""
    counted = f"{parts.count(len(rows), what.removesuffix('s'))} {about}, the newest first.{cut}"
    handed = HandedOut(what="export", words=f"{what} {form}", channel="", by=request.asker.user, at=request.now)
    newsroom.ledger.hand_out(handed, secrets.token_hex(16))
    return Filed(
        payload=answers.noted(f"{counted} The file {name} is on its way to your messages with On Record."),
        file=File(
            name=name,
            title=name,
            alt=counted,
            comment=counted,
            content=lambda: (written(rows) if form == "csv" else lines(rows)).encode("utf-8", "replace"),
        ),
    )


def written(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as CSV with a heading; what a spreadsheet would take for a formula begins with an apostrophe."""
    kept = io.StringIO()
    writer = csv.DictWriter(kept, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _tame(value) for name, value in row.items()} for row in rows)
    return kept.getvalue()


def lines(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as JSON, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _discreet(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same without who it is that an alert is sent to in private."""
    private = parts.is_person_id(str(row.get("channel") or ""))
    return {**row, "channel": "direct messages"} if private else row


def _tame(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


SUBCOMMANDS = (
    Subcommand(
        name="export",
        answer=_export,
        usage="export <statements|alerts|decisions|sources> [number|since] [csv|jsonl]",
        does="a file, sent to you alone",
        examples=("export alerts", "export decisions OR-1042", "export statements since 7d jsonl"),
        role="editor",
    ),
)
