"""`make fuzz N=n`: so many mutated feeds, pages, texts and commands; none may escape or run over its deadline.

Input number i of a kind is the same for the same seed, so what was found is found again: `--only text:1234`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import os
import re
import signal
import sys
import sysconfig
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from figures import ended, told
from mutants import KINDS, mutant
from strait_story import ADA, NOW, newsroom_of, put_on_record, strait

from bot.demo.stories import with_invented_country
from bot.ledger import Ledger
from bot.pipeline import Pipeline
from bot.slack import commands
from bot.slack.newsroom import Newsroom, Wrong
from bot.slack.validate import faults, viewed
from config.load import load
from watchers import worker
from watchers.errors import WatchError
from watchers.model import Article
from watchers.parsed import PageText, ParsedFeed
from watchers.text import clean, one_line

CHUNK = 250  # inputs of one kind for one process, with one ledger
RECORDED = 8  # every so many texts one walks the whole way into the ledger
# Seconds of processor time, which others on the machine do not use up; Slack wants its answer in three.
DEADLINES = {"feed": 8.0, "page": 8.0, "text": 5.0, "command": 3.0}
LIBRARIES = frozenset({"feedparser", "lxml"})  # these raise anything on hostile input; nothing else may
_PACKAGE = re.compile(r"(?:site-packages/|^src/)(\w+)")  # what is compiled tells of where it was compiled
_PYTHON = (sysconfig.get_path("stdlib"), "<frozen ")
WALL = 100  # times as long may pass on the clock beside other work: what waits for ever uses no processor


class OverDeadline(BaseException):
    """An input took too long. No exception of ours: nobody may catch it on the way."""


@dataclass
class Found:
    """What came of some inputs."""

    seed: int
    inputs: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    escapes: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    slowest: dict[str, float] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)  # seconds of processor time

    def add(self, other: Found) -> None:
        """Take over what came of others."""
        self.inputs += other.inputs
        self.refused += other.refused
        self.escapes += other.escapes
        self.late += other.late
        for kind, seconds in other.slowest.items():
            self.slowest[kind] = max(seconds, self.slowest.get(kind, 0))
        for kind, seconds in other.spent.items():
            self.spent[kind] = seconds + self.spent.get(kind, 0)


def _feed(body: bytes | str) -> str:
    assert isinstance(body, bytes)
    task = {
        "task": "feed",
        "subject": "fuzz",
        "feed": "wire",
        "url": "http://news.example/feed",
        "content_type": "",
        "newest": 50,
        "now": NOW.isoformat(),
    }
    return _done(task, body, ParsedFeed.from_json)


def _page(body: bytes | str) -> str:
    assert isinstance(body, bytes)
    task = {"task": "page", "subject": "fuzz", "content_type": "text/html", "charset": "", "summary": "The quay."}
    return _done(task, body, PageText.from_json)


def _done(task: dict[str, Any], body: bytes, read: Callable[[Any], object]) -> str:
    """What the parser child would refuse it for; raises what our own code lets through and the child would hide."""
    try:
        value = worker.done(task, body)
    except WatchError as error:
        return type(error).__name__
    except Exception as error:
        if library := raised_in(error):
            return f"{library}: {type(error).__name__}"
        raise
    read(json.loads(json.dumps(value)))
    return ""


# Look-ups of `watchers.feed` that feedparser makes in place of its own, and that miss as its own would.
_FOR_FEEDPARSER = frozenset({"_quick_get", "_quick_item", "_quick_has", "_copy"})


def raised_in(error: Exception) -> str:
    """Which of the LIBRARIES raised it, itself or in what it called of Python's own; else nothing: we did."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.name in _FOR_FEEDPARSER:
            continue
        if package := _PACKAGE.search(frame.filename):
            return package[1] if package[1] in LIBRARIES else ""
        if not frame.filename.startswith(_PYTHON):
            return ""
    return ""


@cache
def _pipeline() -> Pipeline:
    return Pipeline(with_invented_country(load(environ={})))


class Walk:
    """Texts through the reading, and some of them into a ledger."""

    def __init__(self, folder: str) -> None:
        self.ledger = Ledger.open(str(Path(folder) / "record.db"), durable=False)
        self.number = 0

    def __call__(self, body: bytes | str) -> str:
        assert isinstance(body, str)
        self.number += 1
        article = Article(
            id=f"fuzz {self.number}",
            keys=(f"fuzz {self.number}",),
            url=None,
            outlet="Harbour Times",
            title=body[:80],
            text=body,
            published=datetime(2025, 5, 20, 9, tzinfo=UTC),
            retrieved=NOW,
        )
        for statement, taken in _pipeline().read(article):
            assert statement.quote == body[statement.span.start : statement.span.end], "the quote is not the text's"
            assert all(position.statement is statement for position in taken)
        if self.number % RECORDED == 0:  # the watchers hand over clean text alone
            handed = replace(article, title=one_line(body, 80), text=clean(body))
            _pipeline().record(handed, self.ledger, now=NOW)
        return ""


class Desk:
    """Commands to a newsroom with a story on record."""

    def __init__(self, folder: str) -> None:
        self.ledger = Ledger.open(str(Path(folder) / "desk.db"), durable=False)
        story = strait()
        put_on_record(self.ledger, story)
        self.newsroom: Newsroom = newsroom_of(self.ledger, story.desk)

    def __call__(self, body: bytes | str) -> str:
        assert isinstance(body, str)
        answer = commands.answer(self.newsroom, body, ADA, NOW)
        for payload in () if isinstance(answer, Wrong) else _payloads(answer):
            if "type" in payload:  # a modal, or somebody's App Home
                viewed(payload)
            elif wrong := faults(payload):
                raise AssertionError(f"Slack would refuse the answer: {wrong}")
        return ""


def _payloads(answer: object) -> Iterator[dict[str, Any]]:
    """What of an answer goes to Slack, whatever its form."""
    if isinstance(answer, dict):
        yield answer
    elif is_dataclass(answer):
        for one in fields(answer):
            yield from _payloads(getattr(answer, one.name))


@contextlib.contextmanager
def _doing(kind: str) -> Iterator[Callable[[bytes | str], str]]:
    with tempfile.TemporaryDirectory() as folder:
        match kind:
            case "feed":
                yield _feed
            case "page":
                yield _page
            case "text":
                walk = Walk(folder)
                yield walk
                walk.ledger.close()
            case _:
                desk = Desk(folder)
                yield desk
                desk.ledger.close()


def _over(_number: int, _frame: FrameType | None) -> None:
    raise OverDeadline


def run(kind: str, seed: int, first: int, count: int) -> Found:
    """So many inputs of one kind, from that number on."""
    found = Found(seed)
    before = {number: signal.signal(number, _over) for number in (signal.SIGALRM, signal.SIGPROF)}
    with _doing(kind) as do:
        for number in range(first, first + count):
            body = mutant(kind, seed, number)
            found.inputs[kind] += 1
            began = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, DEADLINES[kind])
            signal.setitimer(signal.ITIMER_REAL, DEADLINES[kind] * WALL)
            try:
                refused = do(body)
            except OverDeadline:
                found.late.append(f"{kind}:{number} (seed {seed}) was over {DEADLINES[kind]:g} s")
            except Exception as error:  # noqa: BLE001  it is the question
                place = traceback.extract_tb(error.__traceback__)[-1]
                where = f"{Path(place.filename).name}:{place.lineno}"
                found.escapes.append(
                    f"{kind}:{number} (seed {seed}): {type(error).__name__} at {where}: {error!s:.200}"
                )
            else:
                if refused:
                    found.refused[f"{kind} {refused}"] += 1
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.setitimer(signal.ITIMER_REAL, 0)
            seconds = time.process_time() - began
            found.slowest[kind] = max(found.slowest.get(kind, 0), seconds)
            found.spent[kind] = found.spent.get(kind, 0) + seconds
    for number, handler in before.items():
        signal.signal(number, handler)
    return found


def campaign(count: int, seed: int, processes: int) -> Found:
    """The inputs in equal shares of each kind, on several processes."""
    each = -(-count // len(KINDS))
    found = Found(seed)
    shares = [(kind, seed, first, min(CHUNK, each - first)) for first in range(0, each, CHUNK) for kind in KINDS]
    with ProcessPoolExecutor(processes, initializer=_quiet) as pool:
        for done, part in enumerate(pool.map(run, *zip(*shares, strict=True)), 1):
            found.add(part)
            for line in (*part.escapes, *part.late):
                print(line, flush=True)
            if done % 40 == 0:
                print(f"{found.inputs.total():,} of {each * len(KINDS):,}", flush=True)
    return found


def _quiet() -> None:
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def main() -> int:
    """The exit code: 0 if nothing escaped and nothing was late."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", metavar="KIND:NUMBER", help="one input, with its traceback")
    asked = parser.parse_args()
    _quiet()
    if asked.only:
        kind, _, number = asked.only.partition(":")
        body = mutant(kind, asked.seed, int(number))
        print(repr(body))
        with _doing(kind) as do:
            print(do(body) or "ok")
        return 0
    began = time.perf_counter()
    found = campaign(asked.count, asked.seed, asked.processes)
    figures = {
        "inputs": found.inputs.total(),
        "seed": asked.seed,
        "escapes": len(found.escapes),
        "over_deadline": len(found.late),
        "ms_each": {
            kind: round(1000 * seconds / found.inputs[kind], 2) for kind, seconds in sorted(found.spent.items())
        },
        "slowest_s": {kind: round(seconds, 2) for kind, seconds in sorted(found.slowest.items())},
        "refused": dict(found.refused.most_common()),
        "seconds": round(time.perf_counter() - began, 1),
    }
    missed = [*found.escapes[:20], *found.late[:20]] if found.inputs else ["no input was tried"]
    return told("fuzz", figures, missed)


if __name__ == "__main__":
    sys.exit(ended("fuzz", main))
