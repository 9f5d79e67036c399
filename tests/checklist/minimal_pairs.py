"""The cases of the checklist: pairs of situations that differ in one thing, read from pairs/*.toml.

A pair has a `given` statement and two statements that may meet it: with `conflict` an alert of one of `kind` must
follow, with `harmless` none may. A statement is written as in a script, its words in square brackets:

    SPEAKER: “[The words],” the minister said on Monday.
    SPEAKER > HOLDER on 2031-03-03: The minister said on Monday that [somebody else would do it].

SPEAKER is an id of world.toml, or "nobody" where the words are nobody's; HOLDER is given where the position is not the
speaker's own. The given statement was made on Monday 3 March 2031 and the other on Thursday 13 March, unless another
day is written. A list is one remark after another, each in an article of its own. Every situation is walked as it was
said and the other way round.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
GIVEN_ON, OTHER_ON = date(2031, 3, 3), date(2031, 3, 13)
_SCRIPT = re.compile(r"(?P<by>[\w-]+)(?: > (?P<holder>[^:]+?))?(?: on (?P<on>\d{4}-\d\d-\d\d))?: (?P<text>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A statement as an article of its own prints it: `before`, the `quote` and `after` make up the text."""

    by: str
    holder: str | None
    on: date
    before: str
    quote: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.quote + self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two situations that differ in one thing, and the kinds of alert of which the first must raise one."""

    capability: str
    about: str
    conflict: tuple[Line, ...]  # in the order in which it was said
    harmless: tuple[Line, ...]
    kinds: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.capability}: {self.about}"


def load(folder: Path = HERE / "pairs") -> tuple[Pair, ...]:
    """All pairs, capability by capability; a case that cannot be read is named."""
    return tuple(pair for file in sorted(folder.glob("*.toml")) for pair in _of(file))


def _of(file: Path) -> Iterator[Pair]:
    for row in tomllib.loads(file.read_text("utf-8"))["pair"]:
        try:
            given = _lines(row["given"], GIVEN_ON)
            yield Pair(
                capability=file.stem.replace("_", " "),
                about=row["about"],
                conflict=_in_order(given + _lines(row["conflict"], OTHER_ON)),
                harmless=_in_order(given + _lines(row["harmless"], OTHER_ON)),
                kinds=tuple(_listed(row["kind"])),
            )
        except (KeyError, ValueError) as error:
            raise ValueError(f"{file.name}, pair {row.get('about')!r}: {error}") from error


def _lines(written: str | list[str], on: date) -> tuple[Line, ...]:
    return tuple(_line(one, on) for one in _listed(written))


def _line(written: str, on: date) -> Line:
    script = _SCRIPT.fullmatch(written)
    if script is None:
        raise ValueError(f"a statement is written “SPEAKER: text” or “SPEAKER > HOLDER on DATE: text”, not {written!r}")
    before, opening, rest = script["text"].partition("[")
    quote, closing, after = rest.partition("]")
    if not (opening and closing and quote) or set("[]") & set(before + quote + after):
        raise ValueError(f"one stretch stands in square brackets, the words of the statement, in {written!r}")
    day = date.fromisoformat(script["on"]) if script["on"] else on
    return Line(by=script["by"], holder=script["holder"], on=day, before=before, quote=quote, after=after)


def _in_order(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.on))


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
