"""From the four TOML files to checked values, with every fault of every file collected on the way."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from config import references, schema, settings
from config.faults import (
    Fault,
    did_you_mean,
    from_pydantic,
    looks_secret,
    path_of,
    shown,
    shown_part,
    unknown_key,
)
from config.references import Entry

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

Shape = TypeVar("Shape", bound=BaseModel)

# Which tables each file holds.
FILES: Mapping[str, tuple[str, ...]] = {
    "feeds.toml": ("feed",),
    "officials.toml": ("side", "official"),
    "topics.toml": ("topic",),
    "onrecord.toml": ("channel",),
}
SECTIONS: dict[str, Any] = {name: field.annotation for name, field in settings.Settings.model_fields.items()}
# Tables within tables: TOML names one of them, the shape all of them.
_NESTED: Mapping[str, tuple[str, str, type[BaseModel]]] = {
    "official": ("mandate", "mandates", schema.Mandate),
    "topic": ("proposition", "propositions", schema.Proposition),
    "door": ("workspaces", "workspaces", settings.Behind),
    "webhooks": ("targets", "targets", settings.Webhook),
    "mail": ("lists", "lists", settings.Readers),
}
_MOST_BYTES = 16 * 1024 * 1024  # far over any newsroom's list; a log given by mistake is refused unread
_LEAKED = (
    "holds what looks like a Slack token, and tokens are never kept here: take it out, make a new one if anybody "
    "else could read it, and set SLACK_BOT_TOKEN or SLACK_APP_TOKEN in the environment"
)
_PLACE = re.compile(r"^(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)


def read(directory: Path | None) -> tuple[schema.Config | None, tuple[Fault, ...]]:
    """The configuration, or None and every fault that stands in its way, ordered by file."""
    if directory is not None and not directory.is_dir():
        return None, (Fault(file=str(directory), key="", message="is not a directory that can be read"),)
    faults = list(_misnamed(directory)) if directory else []
    unreadable: set[str] = set()
    entries: dict[str, list[Entry]] = {kind: [] for kinds in FILES.values() for kind in kinds}
    sections: dict[str, Entry] = {}
    for file, kinds in FILES.items():
        document, trouble = _document(directory, file)
        faults += trouble
        if document is None:
            unreadable.add(file)
            continue
        known = (*kinds, *(SECTIONS if file == "onrecord.toml" else ()))
        for key in document:
            if key not in known:
                faults.append(Fault(file=file, key=str(shown_part(key)), message=unknown_key(key, known)))
        for kind in kinds:
            found, trouble = _entries(file, kind, document.get(kind, []))
            entries[kind] += found
            faults += trouble
        if file == "onrecord.toml":
            sections, trouble = _sections(document)
            faults += trouble
    config = schema.Config(
        feeds=_all(schema.Feed, entries["feed"], faults),
        sides=_all(schema.Side, entries["side"], faults),
        officials=_all(schema.Official, entries["official"], faults),
        topics=_all(schema.Topic, entries["topic"], faults),
        channels=_all(schema.Channel, entries["channel"], faults),
        settings=settings.Settings(
            **{name: _section(made, sections.get(name), faults) for name, made in SECTIONS.items()},
        ),
    )
    faults += references.faults(entries, sections, unreadable=frozenset(unreadable))
    return (None, _in_order(faults)) if faults else (config, ())


def _in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Each fault once, the files in their order, and within a file as found."""
    place = {file: index for index, file in enumerate(FILES)}
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: place.get(fault.file, -1)))


def _misnamed(directory: Path) -> Iterator[Fault]:
    """TOML files whose names look like a slip of the pen: they would be passed over in silence."""
    present = {path.name for path in directory.iterdir() if path.suffix.casefold() == ".toml"}
    for name in sorted(present - FILES.keys()):
        hint = did_you_mean(name.removesuffix(".toml"), {file.removesuffix(".toml"): file for file in FILES})
        if hint and not any(file in hint for file in present):
            yield Fault(file=name, key="", message=f"is not read by On Record{hint}")


def _document(directory: Path | None, file: str) -> tuple[dict[str, Any] | None, list[Fault]]:
    """One file's tables; the package's own file where the directory has none. None: it cannot be read."""
    own: Traversable = resources.files("config") / file
    place = directory / file if directory else own
    if directory and not (directory / file).exists() and not (directory / file).is_symlink():
        place = own
    try:
        with place.open("rb") as opened:
            raw = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        return None, [Fault(file=file, key="", message=f"cannot be read: {error.strerror or error}")]
    if len(raw) > _MOST_BYTES:
        return None, [Fault(file=file, key="", message=f"is larger than {_MOST_BYTES} bytes")]
    try:
        text = raw.decode("utf-8-sig")  # some editors put a byte order mark in front
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Fault(file=file, key=f"line {line}", message="is not UTF-8 text")]
    try:
        return tomllib.loads(text), list(_secrets_in(file, text, comments_only=True))
    except RecursionError:
        fault = Fault(file=file, key="", message="broken TOML: nested too deeply")
    except ValueError as error:  # also numbers too long to be read, which are no TOMLDecodeError
        found = _PLACE.match(str(error))
        what = found[1] if found else str(error)
        line_and_column = f"line {found[2]}, column {found[3]}" if found and found[2] else ""
        last = f"line {text.rstrip().count(chr(10)) + 1}, at the end" if found else ""
        fault = Fault(file=file, key=line_and_column or last, message=f"broken TOML: {what[:200]}")
    return None, [fault, *_secrets_in(file, text, comments_only=False)]


def _secrets_in(file: str, text: str, *, comments_only: bool) -> Iterator[Fault]:
    """Tokens in lines that the parser does not give back: a commented-out token is still given away."""
    for number, line in enumerate(text.splitlines(), start=1):
        mark = line.find("#") if comments_only else 0
        if mark >= 0 and re.search(r"\bx(?:ox[a-z]|app)-[\w-]{10,}", line[mark:]):
            yield Fault(file=file, key=f"line {number}", message=_LEAKED)


def _entries(file: str, kind: str, tables: object) -> tuple[list[Entry], list[Fault]]:
    """The tables of one kind, nested ones under their name in the shape."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        return [], [Fault(file=file, key=kind, message=f"must be written as [[{kind}]] tables")]
    entries: list[Entry] = []
    faults: list[Fault] = []
    for index, table in enumerate(tables):
        name = table.get("id")
        subject = f"{kind} {shown(name)}" if isinstance(name, str) and name else f"{kind}[{index}]"
        values = dict(table)
        if kind in _NESTED:
            singular, plural, _ = _NESTED[kind]
            if plural in values:
                del values[plural]
                message = f"unknown key (did you mean '{singular}'?)"
                faults.append(Fault(file=file, key=f"{subject} {plural}", message=message))
            if singular in values:
                values[plural] = values.pop(singular)
        entries.append(Entry(file=file, subject=subject, values=values))
    return entries, faults


def _sections(document: Mapping[str, object]) -> tuple[dict[str, Entry], list[Fault]]:
    """The sections of settings by name."""
    sections: dict[str, Entry] = {}
    faults: list[Fault] = []
    for name, table in document.items():
        if name in SECTIONS and isinstance(table, dict):
            sections[name] = Entry(file="onrecord.toml", subject=f"[{name}]", values=table)
        elif name in SECTIONS:
            faults.append(Fault(file="onrecord.toml", key=name, message=f"must be written as a table [{name}]"))
    return sections, faults


def _all(shape: type[Shape], entries: Sequence[Entry], faults: list[Fault]) -> tuple[Shape, ...]:
    """The entries that have this shape; the faults of the others are added."""
    return tuple(value for entry in entries if (value := _shaped(shape, entry, faults)))


def _section(shape: type[Shape], entry: Entry | None, faults: list[Fault]) -> Shape:
    """The section, or its defaults where it is absent or, with its faults added, wrong."""
    return (_shaped(shape, entry, faults) if entry else None) or shape()


def _shaped(shape: type[Shape], entry: Entry, faults: list[Fault]) -> Shape | None:
    """The entry in its shape, or None with its faults added."""
    faults += _texts_within(entry, entry.values)
    # By way of JSON: only there does "strict" mean what TOML means, so that a list is a tuple and true is not 1.
    text = json.dumps(entry.values, default=_moment)
    try:
        return shape.model_validate_json(text, strict=True)
    except ValidationError as error:
        faults += from_pydantic(error, file=entry.file, subject=entry.subject, keys=_keys(shape))
        return None


def _keys(shape: type[BaseModel]) -> Mapping[str, tuple[str, ...]]:
    """The keys known in each kind of table of this shape, as TOML spells them; "" is the outermost."""
    nested = {plural: (singular, inner) for singular, plural, inner in _NESTED.values()}
    keys = {"": tuple(nested[key][0] if key in nested else key for key in shape.model_fields)}
    for key in shape.model_fields:
        if key in nested:
            keys[key] = tuple(nested[key][1].model_fields)
    return keys


def _moment(value: object) -> str:
    """A TOML date or time as JSON writes it."""
    if isinstance(value, (date, time)):
        return value.isoformat()
    raise TypeError(f"TOML has no {type(value).__name__}")


def _texts_within(entry: Entry, value: object, place: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """Faults of the texts anywhere in a value: tokens, and texts of blanks only."""
    if isinstance(value, str):
        message = _LEAKED if looks_secret(value) else "is blank" if value and not value.strip() else ""
        if message:
            yield entry.fault(path_of(shown_part(part) for part in place), message)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts_within(entry, inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts_within(entry, inner, (*place, index))
