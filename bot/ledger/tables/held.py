"""How values of the model stand in a column of JSON: parties, who is written as saying it, stretches of a text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, make_dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import JSON, Dialect, TypeDecorator

from bot.model import Party, Span, Speaker, Told

T = TypeVar("T")
# `asdict` copies each value deeply, and a position holds five parties.
_OF_PARTY = tuple(field.name for field in fields(Party))
_named = lru_cache(maxsize=1 << 10)(Party)  # the same parties all day


def party_value(party: Party | None) -> dict[str, Any] | None:
    """A party as it is stored."""
    return {name: getattr(party, name) for name in _OF_PARTY} if party else None


def as_party(value: Mapping[str, Any] | None) -> Party | None:
    """The party that is stored so, as it was read."""
    return _named(**value) if value else None


def speaker_value(speaker: Speaker | None) -> dict[str, Any] | None:
    """Who is written as saying it, as it is stored."""
    if speaker is None:
        return None
    span = (speaker.span.start, speaker.span.end)
    return {"party": party_value(speaker.party), "as_written": speaker.as_written, "span": span}


def as_speaker(value: Mapping[str, Any] | None) -> Speaker | None:
    """Who is written as saying it, the party as it was read."""
    if value is None:
        return None
    start, end = value["span"]
    return Speaker(party=as_party(value["party"]), as_written=value["as_written"], span=Span(start=start, end=end))


def as_spans(value: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """The stretches that are stored so."""
    return tuple([Span(start=start, end=end) for start, end in value])


def as_told(value: Mapping[str, Any] | None) -> Told | None:
    """What an article tells of one of its statements."""
    return Told(**value) if value else None


def as_words(value: Sequence[str]) -> tuple[str, ...]:
    """A list of words."""
    return tuple(value)


def as_scope(value: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """What a position names, slot by slot."""
    return tuple([(slot, words) for slot, words in value])


class Held(TypeDecorator[Any]):
    """A column of JSON that is read as what it holds, at once and once for all rows that hold the same."""

    impl = JSON
    cache_ok = True

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__(none_as_null=True)
        self.read = read

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # noqa: ARG002
        """How a value is read that is not NULL."""
        return _of_text(self.read) if dialect.name == "sqlite" else self.read  # psycopg has read the text


@lru_cache(maxsize=16)
def _of_text(read: Callable[[Any], Any]) -> Callable[[str], Any]:
    return lru_cache(maxsize=1 << 10)(lambda text: read(json.loads(text)))


def maker(kind: type[T]) -> Callable[..., T]:
    """Makes values of a frozen kind from those of all its fields in their order, without checking them again.

    What keeps them frozen also makes each field dear to set, and forty positions have two thousand.
    """
    open_one: Any = make_dataclass(kind.__name__, [(field.name, Any) for field in fields(kind)], slots=True)  # type: ignore[arg-type]

    def made(*values: object) -> T:
        one = open_one(*values)
        one.__class__ = kind  # of the same layout
        return one  # type: ignore[no-any-return]

    return made
