"""What may be asked for: the parameters of each list, refused with every fault where they are wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.model import ReviewState, Stance
from bot.web.api.models import Given
from config.values import ConflictKind

MOST = 200  # rows of one page
_NUMBER = re.compile(r"[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Query = TypeVar("Query", bound=BaseModel)


class Fault(Given):
    """What is wrong with a parameter."""

    parameter: str
    detail: str


class Problem(Given):
    """Why there is no answer, as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = Field(default_factory=list)


class Refused(ValueError):
    """Parameters that are wrong, each with what is."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.parameter}: {fault.detail}" for fault in faults))
        self.faults = faults


def _digits(value: object) -> object:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise ValueError("a number is written in digits")
    return int(value)


def _day(value: object) -> object:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("a day is written like 2026-03-14")
    return value


_Rows = Annotated[int, Field(ge=1, le=MOST)]  # twice: what stands before a validator is what the document tells
_Row = Annotated[int, Field(ge=0, lt=10**18)]
Rows = Annotated[_Rows, BeforeValidator(_digits, json_schema_input_type=_Rows)]
Row = Annotated[_Row, BeforeValidator(_digits, json_schema_input_type=_Row)]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
Named = Annotated[str, Field(max_length=200)]


class Nothing(BaseModel):
    """Nothing can be asked beside the path."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Slice(Nothing):
    """Which page."""

    limit: Annotated[Rows, Field(description="Rows of a page")] = 50


class Page(Slice):
    """Which page, and in which order."""

    cursor: Annotated[Row | None, Field(description="The `next` of the page before")] = None
    order: Annotated[Literal["newest", "oldest"], Field(description="In the order in which they were recorded")] = (
        "newest"
    )


class OfTopics(Slice):
    """By ids: topics that the configuration names come by their names before the others."""

    cursor: Annotated[Named | None, Field(description="The `next` of the page before")] = None


class Dated(Page):
    """Within days, both included."""

    since: Annotated[Day | None, Field(description="The first day")] = None
    until: Annotated[Day | None, Field(description="The last day")] = None


class OfStatements(Dated):
    """Statements."""

    person: Annotated[Named | None, Field(description="Who said it: an id of an official, or a whole name")] = None


class OfPositions(Dated):
    """Positions."""

    person: Annotated[Named | None, Field(description="Whose it is: an id of an official, or a whole name")] = None
    side: Annotated[Named | None, Field(description="The holder's side, by its id")] = None
    topic: Annotated[Named | None, Field(description="By id or name")] = None
    stance: Stance | None = None


class OfAlerts(Dated):
    """Alerts, by the day on which they were raised (UTC)."""

    review: ReviewState | None = None
    kind: ConflictKind | None = None
    person: Annotated[Named | None, Field(description="An official or a name in it")] = None
    side: Annotated[Named | None, Field(description="A side in it, by its id")] = None
    topic: Annotated[Named | None, Field(description="By id or name")] = None


class OfPeople(Page):
    """People and bodies."""

    side: Annotated[Named | None, Field(description="By its id")] = None


def asked(model: type[Query], given: Iterable[tuple[str, str]]) -> Query:
    """The parameters as a value; `Refused` with every fault."""
    pairs = list(given)
    faults = [
        Fault(parameter=name, detail="it is given twice")
        for name, times in Counter(name for name, _ in pairs).items()
        if times > 1
    ]
    try:
        value = model.model_validate(dict(pairs))
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False):
            name, *_ = one["loc"] or ("",)
            detail = "there is no such parameter" if one["type"] == "extra_forbidden" else one["msg"]
            faults.append(Fault(parameter=str(name), detail=detail.removeprefix("Value error, ")))
        raise Refused(faults) from error
    if faults:
        raise Refused(faults)
    return value


def begins(day: date | None) -> datetime | None:
    """The first moment of a day."""
    return datetime.combine(day, time(), UTC) if day else None


def ends(day: date | None) -> datetime | None:
    """The first moment after a day; None after the last one there is."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) if day and day < date.max else None
