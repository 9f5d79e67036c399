"""The commands that work on files: extract, replay and compare."""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track

from bot import lines, pairs, positions, statements
from bot.ledger import Ledger
from bot.pipeline import Pipeline
from bot.print import show_alert
from bot.slack.blocks import Desk
from bot.statements import Roster
from bot.why import of_pair, show
from config.schema import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, TextIO

    from bot.judges.chosen import Chosen
    from bot.model import Conflict, Position
    from config.schema import Config
    from watchers.model import Article

_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)  # articles without a date come first, in the order of the file


class Faults:
    """Counts the lines left out and names each on standard error."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0

    def __call__(self, fault: lines.Fault) -> None:
        """Name one."""
        self.count += 1
        print(f"{self.path}, line {fault.line}: {fault.message}; left out", file=sys.stderr)  # noqa: T201


def extract(path: Path, config: Config, chosen: Chosen, out: TextIO) -> int:
    """Print the statements of the articles in a file, a JSON line each. Returns the exit code."""
    pipeline = Pipeline(config, chosen.judge, chosen.reader, chosen.encoder)
    faults = Faults(path)
    told: list[Position] = []  # as on record, statements are filed under the questions of those before them
    for article in _articles(path, faults):
        if why := statements.unreadable(article):
            print(f"article {article.id} is set aside: {why}", file=sys.stderr)  # noqa: T201
        for statement, taken in pipeline.read(article):
            first = positions.filed(taken[0], told) if taken else None
            told += [first] if first else []
            _print(lines.statement_row(statement, first), out)
    return 1 if faults.count else 0


def replay(path: Path, config: Config, chosen: Chosen, out: TextIO, *, as_json: bool) -> int:
    """Walk the articles of a file in order of publication through a throw-away ledger; print each alert raised."""
    faults = Faults(path)
    articles = sorted(_articles(path, faults), key=lambda article: article.published or _NO_DATE)
    everything = config.model_copy(update={"channels": (Channel(id="replay"),)})
    console = Console(file=out, soft_wrap=False)
    for conflict in _alerts(articles, Pipeline(everything, chosen.judge, chosen.reader, chosen.encoder)):
        if as_json:
            _print(lines.alert_row(conflict), out)
        else:
            show_alert(console, conflict, Desk.of(config))
    return 1 if faults.count else 0


def _alerts(articles: Sequence[Article], pipeline: Pipeline) -> Iterator[Conflict]:
    with _throw_away() as ledger:
        for article in _with_progress(articles):
            if why := statements.unreadable(article):
                print(f"article {article.id} is set aside: {why}", file=sys.stderr)  # noqa: T201
            now = article.published or article.retrieved
            for alert in pipeline.record(article, ledger, now=now).raised:
                yield alert.conflict


def compare(path: Path, config: Config, chosen: Chosen, out: TextIO) -> int:
    """Judge pairs of statements with nothing around them; print `{"id","score","kind","why"}` a pair."""
    faults = Faults(path)
    roster = Roster.of(config.officials, config.sides)
    for name, first, second in lines.read(path, _pair, faults):
        opinion = pairs.compare(first, second, config, roster, judge=chosen.judge, encoder=chosen.encoder)
        _print({"id": name, "score": round(opinion.score, 4), "kind": opinion.kind, "why": opinion.why}, out)
    return 1 if faults.count else 0


def why(path: Path, config: Config, chosen: Chosen, console: Console) -> int:
    """Explain pairs of statements with nothing around them, step by step. Returns the exit code."""
    faults = Faults(path)
    roster = Roster.of(config.officials, config.sides)
    for name, first, second in lines.read(path, _pair, faults):
        console.rule(name, align="left")
        show(console, *of_pair(first, second, config, roster, chosen))
    return 1 if faults.count else 0


def _pair(row: dict[str, Any]) -> tuple[str, pairs.Face, pairs.Face]:
    return lines.text_of(row, "id", needed=True) or "", _face(row, "a"), _face(row, "b")


def _face(row: dict[str, Any], name: str) -> pairs.Face:
    face = row.get(name)
    if not isinstance(face, dict):
        raise lines.BadLine(f'"{name}" must be an object with a "quote"')
    return pairs.Face(
        quote=lines.text_of(face, "quote", needed=True) or "",
        speaker=lines.text_of(face, "speaker"),
        holder=lines.text_of(face, "holder"),
        role=lines.text_of(face, "role"),
        side=lines.text_of(face, "side"),
        said_on=lines.day_of(face, "said_on"),
        before=lines.text_of(face, "before") or "",
        after=lines.text_of(face, "after") or "",
    )


def _articles(path: Path, faults: Faults) -> Iterator[Article]:
    retrieved = datetime.now(UTC)
    texts: dict[str, str] = {}  # by id, as hashes

    def take(row: dict[str, Any]) -> Article:
        article = lines.article(row, retrieved)
        if texts.setdefault(article.id, article.text_hash) != article.text_hash:
            raise lines.BadLine(f'"id" {article.id!r} stands in an earlier line with another text')
        return article

    return lines.read(path, take, faults)


@contextmanager
def _throw_away() -> Iterator[Ledger]:
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        ledger = Ledger.open(str(Path(folder) / "replay.db"), durable=False)
        try:
            yield ledger
        finally:
            ledger.close()


def _with_progress(articles: Sequence[Article]) -> Iterator[Article]:
    console = Console(stderr=True)
    yield from track(articles, "replaying", console=console, disable=not console.is_terminal, transient=True)


def _print(row: dict[str, object], out: TextIO) -> None:
    out.write(json.dumps(row, ensure_ascii=False) + "\n")
    out.flush()
