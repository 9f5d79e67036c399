"""JSON Lines in and out: articles, pairs, statements and alerts as the command line reads and prints them."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

from watchers import language
from watchers.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from bot.model import Conflict, Party, Position, Said, Statement

T = TypeVar("T")

_YEARS = range(1000, 9000)  # beyond, reckoning with days and zones would leave the calendar
_HALF = re.compile("[\ud800-\udfff]")  # JSON can write one half of a pair; no file and no database holds it


class BadLine(ValueError):
    """A line of a file that cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A line left out, with its number (from 1) and the reason."""

    line: int
    message: str


def read(path: Path, take: Callable[[dict[str, Any]], T], fault: Callable[[Fault], None]) -> Iterator[T]:
    """Every usable line of a JSON Lines file, in order; `fault` is told of each line that is not.

    A file whose name ends in .gz is unpacked on the way.
    """
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        yield from each(_unpacked(file, path), take, fault)


def each(
    raw_lines: Iterable[bytes], take: Callable[[dict[str, Any]], T], fault: Callable[[Fault], None]
) -> Iterator[T]:
    """The same, of lines at hand."""
    for number, raw in enumerate(raw_lines, 1):
        if not raw.strip():
            continue
        try:
            row = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
            if not isinstance(row, dict):
                raise BadLine("not a JSON object")
            yield take(row)
        except UnicodeDecodeError as error:
            fault(Fault(line=number, message=f"not UTF-8 ({error.reason})"))
        except json.JSONDecodeError as error:
            fault(Fault(line=number, message=f"not JSON: {error.msg} at column {error.colno}"))
        except BadLine as error:
            fault(Fault(line=number, message=str(error)))
        except (RecursionError, ValueError) as error:  # nested too deeply, or a number of thousands of digits
            fault(Fault(line=number, message=f"cannot be read: {error}"))


def _unpacked(file: Iterable[bytes], path: Path) -> Iterator[bytes]:
    try:
        yield from file
    except (EOFError, zlib.error) as error:
        raise OSError(f"{path} cannot be unpacked to its end: {error}") from error


def text_of(row: dict[str, Any], name: str, *, needed: bool = False) -> str | None:
    """The text under a key; None for null or an absent key, unless it is needed."""
    value = row.get(name)
    if value is None and not needed:
        return None
    if not isinstance(value, str) or (needed and not value):
        raise BadLine(f'"{name}" must be {"a text that is not empty" if needed else "a text or null"}')
    if (half := _HALF.search(value)) is not None:
        raise BadLine(f'"{name}" holds half a character (\\u{ord(half[0]):04x}) at {half.start()}')
    return value


def day_of(row: dict[str, Any], name: str) -> date | None:
    """The day under a key, from a date or a date with time."""
    moment = moment_of(row, name)
    return moment.date() if moment else None


def moment_of(row: dict[str, Any], name: str) -> datetime | None:
    """The moment under a key; a bare date is its noon in UTC, so that no time zone moves it to another day."""
    value = text_of(row, name)
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise BadLine(f'"{name}" is not a date like 2025-02-25 or 2025-02-25T13:07:00Z: {value[:40]!r}') from None
    if moment.year not in _YEARS:
        raise BadLine(f'"{name}" lies outside the years {_YEARS[0]} to {_YEARS[-1]}: {value[:40]!r}')
    if len(value) == len("2025-02-25"):
        return datetime.combine(moment.date(), time(12), tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def article(row: dict[str, Any], retrieved: datetime) -> Article:
    """An article from `{"id","url","outlet","published","title","text"}`."""
    name = text_of(row, "id", needed=True) or ""
    title, text = text_of(row, "title") or "", text_of(row, "text", needed=True) or ""
    return Article(
        id=name,
        keys=(f"file:{name}",),
        url=text_of(row, "url"),
        outlet=text_of(row, "outlet") or "unknown outlet",
        title=title,
        text=text,
        published=moment_of(row, "published"),
        retrieved=retrieved,
        language=language.of(title, text),
    )


def statement_row(statement: Statement, position: Position | None) -> dict[str, object]:
    """What `onrecord extract` prints of a statement; unknown is null."""
    speaker = statement.speaker
    return {
        "article": statement.source.article,
        "start": statement.span.start,
        "end": statement.span.end,
        "kind": statement.kind,
        "quote": statement.quote,
        "speaker": _name(statement.party),
        "speaker_as_written": speaker.as_written if speaker else None,
        "speaker_start": speaker.span.start if speaker else None,
        "speaker_end": speaker.span.end if speaker else None,
        "cue": statement.cue,
        "holder": _name(statement.holder),
        "topic": position.topic if position else None,
        "stance": _stance(position) if position else "none",
        "said_on": _said(statement.said),
        "said_from": str(statement.said.first) if statement.said else None,
        "said_to": str(statement.said.last) if statement.said else None,
        "said_how": statement.said.how if statement.said else None,
    }


def alert_row(conflict: Conflict) -> dict[str, object]:
    """What `onrecord replay --json` prints of an alert."""
    return {
        "kind": conflict.kind,
        "score": round(conflict.score, 4),
        "topic": conflict.fresh.topic,
        "why": conflict.why,
        "fresh": _side(conflict.fresh),
        "earlier": _side(conflict.earlier),
    }


def _side(position: Position) -> dict[str, object]:
    statement = position.statement
    return {
        "article": statement.source.article,
        "start": statement.span.start,
        "end": statement.span.end,
        "quote": statement.quote,
        "speaker": _name(statement.party),
        "holder": _name(position.holder),
        "stance": _stance(position),
        "said_on": _said(statement.said),
    }


def _name(party: Party | None) -> str | None:
    return party.name if party else None


def _stance(position: Position) -> str:
    return position.stance.replace("_", "-")  # the labelled data writes "no-comment"


def _said(said: Said | None) -> str | None:
    """The day it was said; unknown where only an interval is known, for a day out of it would be a guess."""
    return str(said.last) if said and said.first == said.last else None
