"""What all values of the configuration have in common."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from config.hours import Daily

Rank = Literal["leader", "minister", "spokesman", "deputy", "ambassador", "adviser", "legislator", "military", "other"]
ConflictKind = Literal["reversal", "same_side", "denied_claim", "disputed", "opposed"]
Strength = Literal["high", "medium"]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=80)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class Value(BaseModel):
    """A configuration value: frozen, and an unknown key is a fault, not a surprise."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _daily(text: str) -> str:
    return str(Daily.parse(text)) if text else ""


DailyHour = Annotated[str, AfterValidator(_daily)]  # "08:00 UTC"; empty: never
