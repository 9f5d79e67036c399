"""What the API gives: one model for each thing, from which the OpenAPI document is written too."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot import model
from bot.ledger.tables.columns import escaped
from bot.model import Answer, DeliveryState, ReviewState, Stance, StatementKind
from config.values import ConflictKind, Strength

if TYPE_CHECKING:
    from bot.ledger import records
    from bot.ledger.browsing import Filed
    from config import schema
    from watchers.model import FeedState

_PERSON = re.compile(r"[UW][A-Z0-9]+")  # who gets an alert in private is nobody else's business
Id = Annotated[str, Field(description="Stable: it means the same for good", examples=["9f86d081884c7d65"])]


class Given(BaseModel):
    """What is given: frozen."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Party(Given):
    """A person or a body; `official` and `side` are ids of the newsroom's configuration."""

    name: str
    official: str | None
    side: str | None
    role: str | None
    person: bool

    @classmethod
    def of(cls, value: model.Party) -> Party:
        """As it is on record."""
        return cls(
            name=escaped(value.name),
            official=value.official,
            side=value.side,
            role=_text(value.role),
            person=value.person,
        )


class Source(Given):
    """Where words were published, and the hash of the stored text."""

    outlet: str
    url: str | None
    title: str
    published: datetime | None
    retrieved: datetime
    text_hash: str

    @classmethod
    def of(cls, value: model.Source) -> Source:
        """As it is on record."""
        return cls(
            outlet=escaped(value.outlet),
            url=_text(value.url),
            title=escaped(value.title),
            published=value.published,
            retrieved=value.retrieved,
            text_hash=value.text_hash,
        )


class Statement(Given):
    """Words at a place in a text; `quote` are the characters from `start` to `end` of the stored text, unchanged."""

    id: Id
    kind: StatementKind
    quote: str
    start: int
    end: int
    exact: list[tuple[int, int]] = Field(description="Stretches that stood in quotation marks")
    speaker: Party | None = Field(description="None: it is not known for certain who spoke")
    said_first: date | None
    said_last: date | None
    negated: bool = Field(description="The cue denies or refuses the content")
    before: str
    after: str
    caveats: list[str]
    amended: str = Field(description="What the outlet or the desk did to these words since; empty: nothing")
    source: Source

    @classmethod
    def of(cls, value: model.Statement) -> Statement:
        """As it is on record."""
        said = value.said
        return cls(
            id=value.key,
            kind=value.kind,
            quote=escaped(value.quote),
            start=value.span.start,
            end=value.span.end,
            exact=[(span.start, span.end) for span in value.verbatim],
            speaker=Party.of(value.party) if value.party else None,
            said_first=said.first if said else None,
            said_last=said.last if said else None,
            negated=value.negated,
            before=escaped(value.before),
            after=escaped(value.after),
            caveats=list(map(escaped, value.caveats)),
            amended=escaped(value.amended),
            source=Source.of(value.source),
        )


class Held(Given):
    """A holder's stance on a proposition, as one statement shows it."""

    holder: Party
    claimed_by: Party | None = Field(description="Who says that this is the holder's position, where another does")
    topic: str
    topic_name: str
    proposition: str
    proposition_text: str
    stance: Stance
    strength: float
    statement: Statement

    @classmethod
    def of(cls, value: model.Position) -> Held:
        """As it is on record."""
        return cls(**_held(value))


class Position(Held):
    """The same with an id of its own."""

    id: Id

    @classmethod
    def filed(cls, value: Filed) -> Position:
        """As it is on record."""
        return cls(id=value.key, **_held(value.position))


class Alert(Given):
    """A conflict that was raised, with what became of it. It says that two statements differ, not which one is true."""

    id: str = Field(examples=["OR-1042"])
    number: int
    kind: ConflictKind
    strength: Strength
    score: float
    title: str
    lede: str
    why: str
    check_first: list[str]
    answer: Answer | None
    channel: str
    created_at: datetime
    state: DeliveryState
    review: ReviewState
    decided_at: datetime | None
    revision: int = Field(description="Raised by every change")
    earlier: Held
    fresh: Held
    bridge: Held | None = Field(description="What was pointed back to, where one of the two does so")
    joined: list[Held] = Field(description="Evidence that came later, the oldest first")

    @classmethod
    def of(cls, value: model.Alert) -> Alert:
        """As it is now."""
        pair = value.conflict
        return cls(
            id=value.name,
            number=value.number,
            kind=pair.kind,
            strength=value.strength,
            score=pair.score,
            title=escaped(pair.title),
            lede=escaped(pair.lede),
            why=escaped(pair.why),
            check_first=list(map(escaped, pair.check_first)),
            answer=value.answered or pair.answer,
            channel="direct messages" if _PERSON.fullmatch(value.channel) else escaped(value.channel),
            created_at=value.created_at,
            state=value.state,
            review=value.review,
            decided_at=value.decided_at,
            revision=value.revision,
            earlier=Held.of(pair.earlier),
            fresh=Held.of(pair.fresh),
            bridge=Held.of(pair.bridge) if pair.bridge else None,
            joined=list(map(Held.of, value.joined)),
        )


class Person(Given):
    """Somebody, or a body, whose words are on record or whose position others stated."""

    id: Id
    name: str
    official: str | None
    side: str | None
    person: bool
    statements: int = Field(description="Remarks, however many outlets report each")
    last_said: date | None

    @classmethod
    def of(cls, value: records.Person) -> Person:
        """As it is now, whatever entry of theirs is asked for."""
        return cls(
            id=value.key,
            name=escaped(value.name),
            official=value.official,
            side=value.side,
            person=value.person,
            statements=value.statements,
            last_said=value.last_said,
        )


class Topic(Given):
    """An issue on record."""

    id: Id
    name: str
    configured: bool = Field(description="Whether the newsroom's configuration names it")

    @classmethod
    def of(cls, value: records.TopicFound) -> Topic:
        """As it is now."""
        return cls(id=escaped(value.topic), name=escaped(value.name), configured=not value.topic.startswith(model.MADE))


class Side(Given):
    """A state, party or organisation for whose position somebody can speak, as the configuration has it."""

    id: Id
    name: str
    kind: Literal["state", "organisation", "party", "movement", "company"]
    names: list[str]
    within: list[str]

    @classmethod
    def of(cls, value: schema.Side) -> Side:
        """As it is configured now."""
        return cls(id=value.id, name=value.name, kind=value.kind, names=list(value.names), within=list(value.within))


class Feed(Given):
    """A source that is watched, and how its last polls went."""

    id: Id
    name: str
    polled_at: datetime | None
    good_at: datetime | None
    failures: int
    reason: str = Field(description="Why the last poll failed; empty: it did not")

    @classmethod
    def of(cls, feed: str, name: str, state: FeedState | None) -> Feed:
        """As it is now."""
        return cls(
            id=feed,
            name=escaped(name),
            polled_at=state.polled_at if state else None,
            good_at=state.good_at if state else None,
            failures=state.failures if state else 0,
            reason=escaped(state.reason) if state else "",
        )


def _held(value: model.Position) -> dict[str, object]:
    return {
        "holder": Party.of(value.holder),
        "claimed_by": Party.of(value.claimed_by) if value.claimed_by else None,
        "topic": escaped(value.topic),
        "topic_name": escaped(value.topic_name),
        "proposition": escaped(value.proposition),
        "proposition_text": escaped(value.proposition_text),
        "stance": value.stance,
        "strength": value.strength,
        "statement": Statement.of(value.statement),
    }


def _text(words: str | None) -> str | None:
    return None if words is None else escaped(words)
