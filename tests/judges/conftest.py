"""Positions of fictional officials, written by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.model import Party, Position, Said, Source, Span, Speaker, Statement, content_key

PEOPLE = {
    "orla": Party(name="Orla Brandt", side="havmark", role="the Transport Minister", rank="minister"),
    "pell": Party(name="Jens Pell", side="havmark", role="government spokesman", rank="spokesman"),
    "ruiz": Party(name="Tova Ruiz", side="estmark", role="Foreign Minister of Estmark", rank="minister"),
    "havmark": Party(name="Havmark", side="havmark", person=False),
    "estmark": Party(name="Estmark", side="estmark", person=False),
    "nobody": Party(name="Ane Lund"),
}
START = date(2031, 3, 4)
Say = Callable[..., Position]


def position(
    who: str,
    words: str,
    *,
    day: int | None = 0,
    holder: str | None = None,
    claimed: bool = False,
    content: str | None = None,
    before: str = "",
    cue: str | None = "said",
    negated: bool = False,
    stance: str = "for",
    proposition: str = "The bridge is closed to lorries",
) -> Position:
    """A position of a fictional official, said `day` days after the start (None: no date known)."""
    on = START + timedelta(days=day or 0)
    retrieved = datetime(2031, 6, 1, tzinfo=UTC)
    statement = Statement(
        source=Source(
            article=content_key(who, words)[:8], outlet="Havn Herald", url=None, title="", published=None,
            retrieved=retrieved, text_hash=content_key(who, words, str(day)),
        ),
        kind="indirect" if negated else "direct",
        span=Span(start=0, end=len(words)),
        quote=words,
        verbatim=(),
        cue=cue,
        speaker=Speaker(party=PEOPLE[who], as_written=PEOPLE[who].name, span=Span(start=0, end=0)),
        holder=PEOPLE[holder or who],
        said=None if day is None else Said(first=on, last=on, how="test"),
        content=content or words,
        negated=negated,
        before=before,
    )  # fmt: skip
    return Position(
        statement=statement,
        holder=PEOPLE[holder or who],
        topic="made-bridge",
        topic_name="the bridge",
        proposition="made-bridge",
        proposition_text=proposition,
        stance=stance,
        strength=0.7,
        claimed_by=PEOPLE[who] if claimed else None,
    )


@pytest.fixture(scope="session")
def say() -> Say:
    """A position made by hand, with the arguments of `position`."""
    return position
