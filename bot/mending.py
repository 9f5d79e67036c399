"""A statement put right by people: as a value, with what was corrected in words. Pure; nothing is judged here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from bot.model import Said, Span, Speaker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.model import Alert, Party, Position, Stance, Statement

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\n": " ", "\u00a0": " "}
)
_OPENS, _MARK = frozenset("“„«"), re.compile('[“”„«»"]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What somebody says is right; None where it is right as it stands."""

    speaker: str | None = None  # an official's id, or a name
    words: Span | None = None  # in the stored text
    said: date | None = None
    topic: tuple[str, str] | None = None  # ids of topic and proposition
    stance: Stance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misunderstood:
    """What of a correction cannot be used, in words, by the field it was given in."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a correction led to: alerts in new words, withdrawn ones, and new ones."""

    reworded: tuple[Alert, ...] = ()
    withdrawn: tuple[Alert, ...] = ()
    raised: tuple[Alert, ...] = ()


class Mender(Protocol):
    """Whoever can judge again what rests on a statement. Both methods block."""

    def understood(self, statement: Statement, given: Mapping[str, str]) -> Mending | Misunderstood:
        """What was typed, by field (speaker, words, date, topic, stance): quick, and nothing is stored."""

    def mend(self, statement: Statement, mending: Mending, by: str, why: str, now: datetime) -> Outcome:
        """Store the correction and judge every alert on the statement again, or nothing at all if anything fails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A value that was corrected, in words."""

    field: str
    old: str
    new: str


def found_in(text: str, words: str, near: int) -> Span | None:
    """Where the words stand in the text, nearest to a place; quotation marks and blanks may be typed otherwise."""
    wanted = re.sub(r"\s+", " ", words).strip()
    plain, sought = text.translate(_QUOTES), wanted.translate(_QUOTES)
    if not sought:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, sought.split(" "))))
    places = [Span(start=match.start(), end=match.end()) for match in pattern.finditer(plain)]
    return min(places, key=lambda span: abs(span.start - near), default=None)


def mended(statement: Statement, mending: Mending, speaker: Party | None, text: str) -> Statement:
    """The statement as people say it was; `speaker` is who said it, in the role of that day."""
    now = statement
    if speaker is not None:
        own = now.holder is None or (now.party is not None and now.holder.same(now.party))
        written = now.speaker or Speaker(party=None, as_written=speaker.name, span=now.span)
        now = replace(now, speaker=replace(written, party=speaker), holder=speaker if own else now.holder)
    if mending.words is not None:
        now = _reworded(now, mending.words, text)
    if mending.said is not None:
        now = replace(now, said=Said(first=mending.said, last=mending.said, how="as corrected by the desk"))
    told = tuple(f"{one.field} corrected by the desk, taken down as {one.old}" for one in differences(statement, now))
    return replace(now, mended=statement.mended + 1, caveats=(*statement.caveats, *told), amended="")


def differences(before: Statement, after: Statement) -> tuple[Mended, ...]:
    """What of a statement was corrected."""
    pairs = (
        ("speaker", _called(before), _called(after)),
        ("words", before.quote, after.quote),
        ("date", _dated(before.said), _dated(after.said)),
    )
    return tuple(Mended(field=field, old=old, new=new) for field, old, new in pairs if old != new)


def refiled(position: Position, mending: Mending, named: tuple[str, str] | None) -> Position:
    """The position under the topic and with the stance that people give it; `named`: the names of the topic."""
    if mending.topic is not None and named is not None:
        (topic, proposition), (name, text) = mending.topic, named
        position = replace(
            position, topic=topic, topic_name=name, proposition=proposition, proposition_text=text, link=""
        )
    if mending.stance is not None:
        position = replace(position, stance=mending.stance, strength=1.0)
    return position


def in_words(changes: Sequence[Mended]) -> tuple[str, str]:
    """What stood and what stands, each as one line."""
    before = "; ".join(f"{one.field} {one.old or 'unknown'}" for one in changes)
    return before, "; ".join(f"{one.field} {one.new or 'unknown'}" for one in changes)


def _reworded(statement: Statement, span: Span, text: str) -> Statement:
    quote = span.of(text)
    inside = statement.kind == "direct" and quote[:1] not in _OPENS
    verbatim = _marked(quote, span.start, inside=inside)
    kind = statement.kind if verbatim else "indirect"
    if verbatim and statement.kind == "indirect":
        kind = "mixed"
    return replace(statement, span=span, quote=quote, verbatim=verbatim, kind=kind, content=quote, before="", after="")


def _marked(quote: str, start: int, *, inside: bool) -> tuple[Span, ...]:
    """The stretches between quotation marks; `inside`: the words begin within marks."""
    found: list[Span] = []
    at = 0
    for mark in (*_MARK.finditer(quote), None):
        end = mark.start() if mark else len(quote)
        if inside and quote[at:end].strip():
            found.append(Span(start=start + at, end=start + end))
        if mark:
            inside, at = not inside, mark.end()
    return tuple(found)


def _called(statement: Statement) -> str:
    if statement.party is None:
        return statement.speaker.as_written if statement.speaker else "unknown"
    role = f", {statement.party.role}" if statement.party.role else ""
    return f"{statement.party.name}{role}"


def _dated(said: Said | None) -> str:
    if said is None:
        return "unknown"
    return f"{said.first}" if said.first == said.last else f"{said.first} to {said.last}"
