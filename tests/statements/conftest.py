"""An invented world for the reading: two states, a league, and their officials."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from bot.model import Statement
from bot.statements import Roster, extract
from config.schema import Mandate, Official, Side
from watchers.model import Article

SIDES = (
    Side(id="VM", name="Velmark", names=("Lindhaven", "Glass Palace"), adjectives=("Velmarkian",)),
    Side(id="KS", name="Karsovia", names=("Karsgrad", "the Citadel"), adjectives=("Karsovian",)),
    Side(id="NL", name="Northern League", names=("the League",), adjectives=("League",), kind="organisation"),
)
OFFICIALS = (
    Official(
        id="velden",
        name="Mara Velden",
        gender="f",
        mandates=(Mandate(role="Velmarkian President", side="VM", rank="leader", since=date(2024, 1, 1)),),
    ),
    Official(
        id="brandeis",
        name="Otto Brandeis",
        gender="m",
        mandates=(Mandate(role="Velmarkian President", side="VM", rank="leader", until=date(2023, 12, 31)),),
    ),
    Official(
        id="harnik",
        name="Piotr Harnik",
        gender="m",
        mandates=(Mandate(role="Karsovian President", side="KS", rank="leader"),),
    ),
    Official(
        id="dolgovsky",
        name="Sergei Dolgovsky",
        gender="m",
        mandates=(Mandate(role="Karsovian Foreign Minister", side="KS", rank="minister"),),
    ),
    Official(
        id="lasko",
        name="Dmitri Lasko",
        gender="m",
        mandates=(
            Mandate(
                role="Citadel spokesman",
                side="KS",
                rank="spokesman",
                titles=("Citadel spokesperson",),
                speaks_for=("harnik",),
            ),
        ),
    ),
)


@pytest.fixture(scope="session")
def roster() -> Roster:
    """The invented officials."""
    return Roster.of(OFFICIALS, SIDES)


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    """Makes an article, published on Tuesday 25 February 2025 unless said otherwise."""

    def make(text: str, *, published: str | None = "2025-02-25", title: str = "", garbled: bool = False) -> Article:
        return Article(
            id="a",
            keys=("a",),
            url=None,
            outlet="The Lindhaven Courier",
            title=title,
            text=text,
            published=datetime.fromisoformat(published).replace(hour=12, tzinfo=UTC) if published else None,
            retrieved=datetime(2025, 3, 1, tzinfo=UTC),
            garbled=garbled,
        )

    return make


@pytest.fixture(scope="session")
def read(roster: Roster, article: Callable[..., Article]) -> Callable[..., tuple[Statement, ...]]:
    """Reads a text to statements."""

    def reading(text: str, **how: object) -> tuple[Statement, ...]:
        return extract(article(text, **how), roster)

    return reading
