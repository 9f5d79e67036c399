"""Two statements with nothing around them: positions are read at what both name, then compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot import conflicts, positions
from bot.model import Party, Position, Said, Source, Span, Speaker, Statement, content_key
from bot.opinions import NO_OPINION, CarefulJudge

if TYPE_CHECKING:
    from bot.opinions import Encoder, Judge
    from bot.statements import Roster
    from config.schema import Config, Official, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A statement as a pair shows it: the words, who said them, whose position it is, and what stood around.

    A `holder` of two sides is written "Norrland/Ostrava". A speaker whom the configuration does not know, and for whom
    no `side` is given, is taken to speak for the holder.
    """

    quote: str
    speaker: str | None = None
    holder: str | None = None
    role: str | None = None
    side: str | None = None
    said_on: date | None = None
    before: str = ""
    after: str = ""


def compare(
    first: Face,
    second: Face,
    config: Config,
    roster: Roster,
    *,
    judge: Judge | None = None,
    encoder: Encoder | None = None,
) -> conflicts.Comparison:
    """How likely the two are a conflict worth an alert; a `judge` is asked for its opinion, the older one first.

    `roster` is that of the configuration; an `encoder` reads what each means.
    """
    one, other = position(first, second, config, roster), position(second, first, config, roster)
    if encoder:
        one, other = map(positions.weighed, (one, other), encoder([one, other]))
    verdict = None
    if judge:
        older, newer = (one, other) if (one.said_first or date.max) <= (other.said_first or date.max) else (other, one)
        told = judge([(older, newer)])[0]
        verdict = None if told == NO_OPINION or told.doubt else told
    return conflicts.compare(one, other, config.sides, verdict, careful=isinstance(judge, CarefulJudge))


def position(face: Face, opposite: Face, config: Config, roster: Roster) -> Position:
    """The position a face shows towards what `opposite` speaks of too; stance "none" where nothing can be read."""
    made = statement(face, roster, opposite.side)
    reading = positions.towards(made.content, f"{opposite.quote} {opposite.before[-_CONTEXT:]}")
    gazetteer = positions.Gazetteer.of(config.sides)
    taken = positions.take(made, positions.Topics.of(config.topics), gazetteer, bare=True)
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
            claimed_by=positions.claimed_by(made, holder, gazetteer),
        )
    if face.holder:  # whose position it is is known, whatever acts the words tell of
        base = replace(base, holder=holder, claimed_by=positions.claimed_by(made, holder, gazetteer))
    return replace(
        base,
        stance=reading.stance,
        strength=max(0.0, reading.strength),
        operators=reading.operators,
        topic="made-unknown",
    )


_CONTEXT = 150  # characters before a quotation that may name what it speaks of


def statement(face: Face, roster: Roster, across: str | None = None) -> Statement:
    """A statement made of a face alone; `across` is the side that the face it is compared with gives."""
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
    speaker = _party(face.speaker, face, roster) if face.speaker else None
    holder = _party(face.holder, face, roster) if face.holder else speaker
    if speaker and holder and not (speaker.side or face.side):  # unknown, and nobody says that it is another's position
        speaker = replace(speaker, side=holder.side)
    if holder and not holder.side and across and across.casefold() in holder.name.casefold():
        holder = replace(holder, side=across.casefold(), person=False)
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


def _party(name: str, face: Face, roster: Roster) -> Party:
    """Who a name means: an official, a side, or the speaker with the side that the face gives."""
    several = [_side(part, roster) for part in name.split("/")]
    if len(several) > 1 and all(several):  # "Norrland/Ostmark" is the position of both
        return Party(name=" and ".join(side.name for side in several if side), side=None, person=False)
    side = _side(name, roster)
    official = None if side else _official(name, roster)
    if official:
        return roster.party(official, face.said_on)
    if side:
        return Party(name=side.name, side=side.id, person=False)
    given = _side(face.side, roster) if face.side else None
    own = given.id if given else (face.side or "").casefold() or None
    if face.speaker and name.casefold() == face.speaker.casefold():
        return Party(name=name, side=own, role=face.role)
    if face.side and name.casefold() == face.side.casefold():
        return Party(name=name, side=own, person=False)
    return Party(name=name, side=None, person=len(name.split()) == _FULL_NAME)


_FULL_NAME = 2  # words; a name of a body mostly has one or many


def _official(name: str, roster: Roster) -> Official | None:
    """The official of this full name, or of this surname where only one bears it."""
    if " " in name.strip():
        return roster.person(name)
    bearers = roster.surname(name)
    return bearers[0] if len(bearers) == 1 else None


def _side(name: str, roster: Roster) -> Side | None:
    return roster.sides.get(name) or roster.side(name) or roster.adjective(name)
