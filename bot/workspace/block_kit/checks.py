"""The small tests from which the table of Block Kit limits is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Flaws = list["Flaw"]
Check = Callable[[object, str, Flaws], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One thing Slack refuses, and where it stands."""

    message: str
    pointer: str
    code: str = "invalid_blocks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The fields that an object may have, those it must have, and those of which it needs one."""

    fields: Mapping[str, Check]
    needs: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    distinct: Callable[[Mapping[str, Any], str, Flaws], None] | None = None


def say(flaws: Flaws, pointer: str, message: str, code: str = "invalid_blocks") -> None:
    """Note one flaw."""
    flaws.append(Flaw(message=message, pointer=pointer, code=code))


def string(most: int) -> Check:
    """Demand a string of 1 to `most` characters."""

    def check(value: object, pointer: str, flaws: Flaws) -> None:
        if not isinstance(value, str):
            say(flaws, pointer, "must be a string")
        elif not value:
            say(flaws, pointer, "must be more than 0 characters")
        elif len(value) > most:
            say(flaws, pointer, f"must be less than {most + 1} characters")

    return check


def text(most: int, *kinds: str) -> Check:
    """Demand a text object of one of these kinds (both, if none is named) with at most `most` characters."""
    allowed = kinds or ("plain_text", "mrkdwn")
    extra = {"plain_text": {"emoji"}, "mrkdwn": {"verbatim"}}

    def check(value: object, pointer: str, flaws: Flaws) -> None:
        if not isinstance(value, dict) or value.get("type") not in allowed:
            say(flaws, pointer, f"must be a text object of type {' or '.join(allowed)}")
            return
        string(most)(value.get("text"), f"{pointer}/text", flaws)
        for key in value.keys() - {"type", "text"} - extra[value["type"]]:
            say(flaws, f"{pointer}/{key}", f"invalid additional property: {key}")

    return check


def several(each: Check, most: int, least: int = 1) -> Check:
    """Demand a list of `least` to `most` entries, each of which passes."""

    def check(value: object, pointer: str, flaws: Flaws) -> None:
        if not isinstance(value, list):
            say(flaws, pointer, "must be a list")
            return
        if len(value) < least:
            say(flaws, pointer, f"no fewer than {least} items allowed")
        if len(value) > most:
            say(flaws, pointer, f"no more than {most} items allowed")
        for index, entry in enumerate(value):
            each(entry, f"{pointer}/{index}", flaws)

    return check


def choice(*values: str) -> Check:
    """Demand one of these strings."""

    def check(value: object, pointer: str, flaws: Flaws) -> None:
        if value not in values:
            say(flaws, pointer, f"must be one of {', '.join(values)}")

    return check


def flag(value: object, pointer: str, flaws: Flaws) -> None:
    """Demand true or false."""
    if not isinstance(value, bool):
        say(flaws, pointer, "must be a boolean")


def anything(value: object, pointer: str, flaws: Flaws) -> None:
    """Let everything pass: what our alerts never use is not measured."""


def shaped(shape: Shape, *always: str) -> Check:
    """Demand an object of this shape; the fields named in `always` are checked elsewhere."""

    def check(value: object, pointer: str, flaws: Flaws) -> None:
        if not isinstance(value, dict):
            say(flaws, pointer, "must be an object")
            return
        for name in shape.needs:
            if name not in value:
                say(flaws, pointer, f"missing required field: {name}")
        if shape.one_of and not any(value.get(name) for name in shape.one_of):
            say(flaws, pointer, f"missing required field: {' or '.join(shape.one_of)}")
        for name, inner in value.items():
            if name in shape.fields:
                shape.fields[name](inner, f"{pointer}/{name}", flaws)
            elif name not in always:
                say(flaws, f"{pointer}/{name}", f"invalid additional property: {name}")
        if shape.distinct:
            shape.distinct(value, pointer, flaws)

    return check


def repeated(entries: Sequence[object], name: str, pointer: str, flaws: Flaws) -> None:
    """Demand that no two entries have the same `name`."""
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        key = entry.get(name) if isinstance(entry, dict) else None
        if isinstance(key, str) and key in seen:
            say(flaws, f"{pointer}/{index}/{name}", f"`{name}` already exists: {key}")
        elif isinstance(key, str):
            seen.add(key)
