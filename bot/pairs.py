"""Two statements with nothing around them: positions are read at what both name, then compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot import conflicts, positions
from bot.model import Party, Position, Said, Source, Span, Speaker, Statement, content_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Judge
    from config.schema import Config, Mandate, Official, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A statement as a pair shows it: the words, who said them, whose position it is, and what stood around."""

    quote: str
    speaker: str | None = None
    holder: str | None = None
    role: str | None = None
    side: str | None = None
    said_on: date | None = None
    before: str = ""
    after: str = ""


def compare(first: Face, second: Face, config: Config, judge: Judge | None = None) -> conflicts.Comparison:
    """How likely the two are a conflict worth an alert; a `judge` is asked for its opinion, the older one first."""
    one, other = position(first, second, config), position(second, first, config)
    verdict = None
    if judge:
        older, newer = (one, other) if (one.said_first or date.max) <= (other.said_first or date.max) else (other, one)
        verdict = judge([(older.statement.content, newer.statement.content)])[0]
    return conflicts.compare(one, other, config.sides, verdict)


def position(face: Face, opposite: Face, config: Config) -> Position:
    """The position a face shows towards what `opposite` speaks of too; stance "none" where nothing can be read."""
    made = statement(face, config)
    reading = positions.towards(made.content, f"{opposite.quote} {opposite.before[-_CONTEXT:]}")
    taken = positions.take(made, config.topics, config.sides)
    holder = made.holder or made.party or Party(name="somebody")
    if taken:
        base = taken[0]
    else:
        base = Position(
            statement=made,
            holder=holder,
            topic="made-unknown",
            topic_name="one issue",
            proposition="made-unknown",
            proposition_text=made.content[:160],
            stance="none",
            strength=0.0,
        )
    return replace(
        base,
        stance=reading.stance,
        strength=max(0.0, reading.strength),
        operators=reading.operators,
        topic="made-unknown",
    )


_CONTEXT = 150  # characters before a quotation that may name what it speaks of


def statement(face: Face, config: Config) -> Statement:
    """A statement made of a face alone."""
    moment = datetime.combine(face.said_on or date(1970, 1, 1), datetime.min.time(), UTC)
    source = Source(
        article=content_key(face.before, face.quote, face.after)[:12],
        outlet="the pair",
        url=None,
        title="",
        published=moment if face.said_on else None,
        retrieved=moment,
        text_hash=content_key(face.before + face.quote + face.after),
    )
    span = Span(start=len(face.before), end=len(face.before) + len(face.quote))
    speaker = _party(face.speaker, face, config) if face.speaker else None
    holder = _party(face.holder, face, config) if face.holder else speaker
    return Statement(
        source=source,
        kind="direct",
        span=span,
        quote=face.quote,
        verbatim=(span,),
        cue=None,
        speaker=Speaker(party=speaker, as_written=face.speaker or "", span=Span(start=0, end=0)) if speaker else None,
        holder=holder,
        said=Said(first=face.said_on, last=face.said_on, how="given") if face.said_on else None,
        content=face.quote,
        before=face.before,
        after=face.after,
    )


def _party(name: str, face: Face, config: Config) -> Party:
    """Who a name means: an official, a side, or the speaker with the side that the face gives."""
    wanted = name.casefold()
    for official in config.officials:
        if wanted in {entry.casefold() for entry in (official.name, *official.aliases)}:
            held = _mandate(official, face.said_on)
            return Party(
                name=official.name,
                official=official.id,
                side=held.side if held else None,
                role=held.role if held else None,
                rank=held.rank if held else None,
            )
    side = _side(name, config.sides)
    if side:
        return Party(name=side.name, side=side.id, person=False)
    given = _side(face.side, config.sides) if face.side else None
    if face.speaker and wanted == face.speaker.casefold():
        own = given.id if given else (face.side or "").casefold() or None
        return Party(name=name, side=own, role=face.role)
    if face.side and wanted == face.side.casefold():
        return Party(name=name, side=wanted, person=False)
    return Party(name=name, side=None, person=len(name.split()) == _FULL_NAME)


_FULL_NAME = 2  # words; a name of a body mostly has one or many


def _side(name: str, sides: Sequence[Side]) -> Side | None:
    wanted = name.casefold()
    return next(
        (
            side
            for side in sides
            if wanted in {side.id, *(entry.casefold() for entry in (side.name, *side.names, *side.adjectives))}
        ),
        None,
    )


def _mandate(official: Official, on: date | None) -> Mandate | None:
    if on is None:
        return official.mandates[-1] if official.mandates else None
    fitting = (
        mandate
        for mandate in official.mandates
        if (mandate.since is None or mandate.since <= on) and (mandate.until is None or on <= mandate.until)
    )
    return next(fitting, None)
