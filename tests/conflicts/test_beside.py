"""What a side says right behind a claim about it, walked from whole passages of news in plain wire style."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot import conflicts
from bot.judges.chosen import choose
from bot.model import Conflict, Position
from bot.pipeline import Pipeline
from config.load import load
from config.schema import Mandate, Official, Side
from watchers.model import Article

# beside.txt: "yes" where the second speaker denies what the first says of that side, "no" where nothing of it is denied.
PASSAGES = [
    tuple(line.split(" | ", 1)) for line in Path(__file__).with_name("beside.txt").read_text("utf-8").splitlines()
]
SIDES = (
    Side(id="norrland", name="Norrland"),
    Side(id="ostmark", name="Ostmark", names=("the Castle",), adjectives=("Ostmarker",)),
    Side(id="union", name="Dockers' Union", names=("dockers", "the union")),
    Side(id="company", name="Harbour Company", names=("the company",)),
    Side(id="rovers", name="Havn Rovers", names=("Rovers",)),
    Side(id="league", name="Football League", names=("the league",)),
    Side(id="board", name="Election Board", names=("the board",)),
    Side(id="reform", name="Reform Party", names=("Reform",)),
    Side(id="health", name="Health Board"),
    Side(id="nurses", name="Nurses' Union", names=("nurses",)),
)
PEOPLE = (
    ("Mara Velden", "President", "norrland"),
    ("Tomas Kell", "envoy", "norrland"),
    ("Osk Tarn", "President", "ostmark"),
    ("Pavel Drin", "spokesman", "ostmark"),
    ("Jorun Lask", "Foreign Minister", "ostmark"),
    ("Greta Voll", "leader of the Dockers' Union", "union"),
    ("Stefan Brill", "chairman of the Harbour Company", "company"),
    ("Ida Sund", "chairman of Havn Rovers", "rovers"),
    ("Jo Mirren", "president of the Football League", "league"),
    ("Kiril Logvar", "chair of the Election Board", "board"),
    ("Alis Gerin", "leader of the Reform Party", "reform"),
    ("Ines Tolland", "director of the Health Board", "health"),
    ("Marta Quist", "leader of the Nurses' Union", "nurses"),
)
OFFICIALS = tuple(
    Official(id=name.split()[-1].lower(), name=name, mandates=(Mandate(role=role, side=side, since=date.min),))
    for name, role, side in PEOPLE
)
Raise = Callable[[str], list[Conflict]]


@pytest.fixture(scope="module")
def raised() -> Raise:
    """What is alerted of one article, by a newsroom that knows those who speak in it."""
    base = load(environ={})
    chosen = choose(base.settings.judge)
    known = {"sides": SIDES, "officials": OFFICIALS, "topics": (), "feeds": ()}
    pipeline = Pipeline(base.model_copy(update=known), encoder=chosen.encoder)
    least = base.settings.alerts.minimum_score

    def walked(text: str) -> list[Conflict]:
        moment = datetime(2031, 3, 5, tzinfo=UTC)
        article = Article(
            id="a", keys=("a",), url=None, outlet="Havn Herald", title="", text=text, published=moment, retrieved=moment
        )
        seen: list[Position] = []
        found: list[Conflict] = []
        for fresh in (position for _, read in pipeline.read(article) for position in read):
            found += conflicts.find(fresh, seen, SIDES, chosen.judge)
            seen.append(fresh)
        return [one for one in found if one.kind != "opposed" and one.score >= least]

    return walked


@pytest.mark.parametrize("text", [text for answer, text in PASSAGES if answer == "no"])
def test_words_of_never_that_deny_nothing_of_the_claim_before_them_raise_nothing(raised: Raise, text: str) -> None:
    assert raised(text) == []


@pytest.mark.parametrize("text", [text for answer, text in PASSAGES if answer == "yes"])
def test_the_denial_of_a_claim_right_before_it_is_raised(raised: Raise, text: str) -> None:
    assert {one.kind for one in raised(text)} in ({"denied_claim"}, {"disputed"})
