"""The stories of the demonstration and the invented country they play in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from config.schema import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A news outlet of the local site."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article and what must follow from it: a card, evidence on a card, or nothing."""

    id: str
    outlet: str
    published: datetime
    title: str
    paragraphs: tuple[str, ...]
    archive: bool = False
    alert: str | None = None
    kind: str | None = None
    joins: str | None = None


def script() -> tuple[tuple[Outlet, ...], tuple[Story, ...]]:
    """The outlets, and the stories in the order in which they are published."""
    document = _document("stories.toml")
    outlets = tuple(Outlet(**row) for row in document["outlets"])
    stories = tuple(Story(**{**row, "paragraphs": tuple(row["paragraphs"])}) for row in document["stories"])
    return outlets, stories


def with_invented_country(config: Config) -> Config:
    """The configuration with the invented sides, officials and topics put beside the real ones."""
    world = Config.model_validate(_document("world.toml"))
    return config.model_copy(
        update={
            "sides": config.sides + world.sides,
            "officials": config.officials + world.officials,
            "topics": config.topics + world.topics,
        }
    )


def _document(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("bot.demo").joinpath(name).read_text("utf-8"))
