"""Fictional officials, and positions written by hand or taken from their words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import positions
from bot.model import Party, Position, Said, Source, Span, Speaker, Statement, content_key
from config.schema import Proposition, Side, Topic

NORRLAND = Side(id="norrland", name="Norrland", names=("Havn",), adjectives=("Norrlander",))
OSTRAVA = Side(id="ostrava", name="Ostrava", names=("the Castle",), adjectives=("Ostravan",))
LUMERIA = Side(id="lumeria", name="Lumeria", adjectives=("Lumerian",))
COMPACT = Side(id="compact", name="Northern Compact", kind="organisation", names=("Compact",))
PORTS = Side(id="ports", name="Ports Office", within=("ostrava",))
SIDES = (NORRLAND, OSTRAVA, LUMERIA, COMPACT, PORTS)

PEOPLE = {
    "velden": Party(
        name="Mara Velden", official="velden", side="norrland", role="President of Norrland", rank="leader"
    ),
    "kell": Party(name="Tomas Kell", official="kell", side="norrland", role="Envoy of Norrland", rank="adviser"),
    "tarn": Party(name="Osk Tarn", official="tarn", side="ostrava", role="President of Ostrava", rank="leader"),
    "drin": Party(name="Pavel Drin", official="drin", side="ostrava", role="Castle spokesman", rank="spokesman"),
    "lask": Party(name="Jorun Lask", official="lask", side="ostrava", role="Foreign minister", rank="minister"),
    "gerin": Party(name="Alis Gerin", official="gerin", side="ostrava", role="Deputy minister", rank="deputy"),
    "logvar": Party(name="Kiril Logvar", official="logvar", side="ostrava", role="Director", rank="other"),
    "sund": Party(name="Ida Sund", official="sund", side="ports", role="Head of the ports", rank="other"),
    "mirren": Party(name="Jo Mirren", official="mirren", side="lumeria", role="President of Lumeria", rank="leader"),
    "somebody": Party(name="Velden"),
    "ostrava": Party(name="Ostrava", side="ostrava", person=False),
}

TOPICS = (
    Topic(
        id="peacekeepers",
        name="peacekeepers",
        propositions=(
            Proposition(
                id="troops",
                text="Troops of the Compact are deployed in Lumeria",
                words=(("peacekeepers", "peacekeeping", "troops"), ("Lumeria", "Lumerian", "Compact", "European")),
                unless=("observers",),
            ),
            Proposition(id="observers", text="Observers watch the border", words=(("observers",),)),
        ),
    ),
    Topic(
        id="membership",
        name="Compact membership",
        propositions=(
            Proposition(
                id="join",
                text="Lumeria joins the Compact",
                words=(("membership", "member", "join"), ("Compact",)),
                unless=("troops", "peacekeepers"),
            ),
        ),
    ),
)

START = date(2031, 2, 10)
Say = Callable[..., Position]


def statement(
    who: str,
    words: str,
    *,
    day: int | None = 0,
    until: int | None = None,
    holder: str | None = None,
    kind: str = "direct",
    verbatim: str | None = None,
    defers_to: str | None = None,
    article: str | None = None,
    outlet: str = "Havn Herald",
    about: str = "",
    caveats: tuple[str, ...] = (),
) -> Statement:
    """A statement of a fictional official, said `day` days after the start (None: no date known)."""
    published = datetime(2031, 6, 1, tzinfo=UTC)
    span = Span(start=10, end=10 + len(words))
    exact = () if kind == "indirect" else (span,)
    if verbatim:
        at = span.start + words.index(verbatim)
        exact = (Span(start=at, end=at + len(verbatim)),)
    said = None
    if day is not None:
        said = Said(
            first=START + timedelta(days=day), last=START + timedelta(days=day if until is None else until), how="test"
        )
    name = article or content_key(who, words, str(day))[:8]
    return Statement(
        source=Source(
            article=name,
            outlet=outlet,
            url=None,
            title="",
            published=published,
            retrieved=published,
            text_hash=content_key(name, words),
        ),
        kind=kind,
        span=span,
        quote=words,
        verbatim=exact,
        cue="said",
        speaker=Speaker(party=PEOPLE[who], as_written=PEOPLE[who].name, span=Span(start=0, end=4)),
        holder=PEOPLE[holder or who],
        said=said,
        content=words + (f" [about: {about}]" if about else ""),
        defers_to=PEOPLE[defers_to] if defers_to else None,
        caveats=caveats,
    )


@pytest.fixture(scope="session")
def say() -> Say:
    """The first position shown by a statement, with the arguments of `statement`."""

    def taken(who: str, words: str, **more: object) -> Position:
        return positions.take(
            statement(who, words, **more), positions.Topics.of(TOPICS), positions.Gazetteer.of(SIDES)
        )[0]

    return taken


@pytest.fixture(scope="session")
def sides() -> tuple[Side, ...]:
    """The sides of the fictional world."""
    return SIDES
