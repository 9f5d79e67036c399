"""What holds for every article whatever, read as the service reads it: with the delivered configuration."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from growth import ROOM, growth
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import lines
from bot.pipeline import Pipeline
from config.load import load
from watchers.model import Article

NOW = datetime(2025, 6, 1, tzinfo=UTC)
PIECES = st.sampled_from(
    [
        "“", "”", '"', "'", "’", "«", "»", "„", ", ", ". ", ".", "\n", "\n\n", " ", "(", ")", " — ", ": ", "; ", "? ",
        "Mara Velden", "Velden's", "Orlo", "he", "she", "they", "it", "who", "which", "the ministry", "President",
        "the foreign minister of Norrland,", "Norrland", "the Kremlin", "Moscow", "US", "said", "says", "saying",
        "that", "accused", "according to", "called for", "denied", "told reporters", "did not say", "will accept",
        "on Monday", "last week", "Feb. 30", "on 31 April", "in 2014", "two days ago", "at a 2008 summit", "former",
        "and", "but", "the bridge", "is safe", "Orlo's claim", "declined to", "Also read | ", "\u00a0", "\ud800",
        "𝕏", "İ", "ﬁ", "U.S.", "e.g.", "in an interview", "\x00", "Jr.", "de", "van der", "Mr", "Mrs", "-", "O'",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(PIECES, max_size=80).map(" ".join),
    st.lists(PIECES, max_size=80).map("".join),
)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(load())


def made(text: str, title: str = "", *, dated: bool = True) -> Article:
    return Article(
        id="a",
        keys=("a",),
        url=None,
        outlet="a",
        title=title,
        text=text,
        published=datetime(2025, 5, 20, 9, tzinfo=UTC) if dated else None,
        retrieved=NOW,
    )


def holds(pipeline: Pipeline, article: Article) -> None:
    """Every span inside the text, every quote its words, every day a day, and the same answer twice."""
    reading = pipeline.read(article)
    for statement, positions in reading:
        assert 0 <= statement.span.start < statement.span.end <= len(article.text)
        assert statement.quote == article.text[statement.span.start : statement.span.end]
        assert all(statement.span.start <= part.start <= part.end <= statement.span.end for part in statement.verbatim)
        if statement.speaker:
            assert statement.speaker.span.end <= len(article.text)
        if statement.said and article.published:
            assert statement.said.first <= statement.said.last <= article.published.date()
        assert all(position.statement is statement for position in positions)
    assert reading == pipeline.read(article)


@given(text=TEXTS, title=st.text(max_size=60), dated=st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_text_gives_statements_with_true_spans_or_none(
    pipeline: Pipeline, text: str, title: str, dated: bool
) -> None:
    holds(pipeline, made(text, title, dated=dated))


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=pytest.mark.campaign) for n in range(1, 5))])
def test_every_article_of_the_corpus_gives_true_spans(pipeline: Pipeline, shared: Path, part: int) -> None:
    with gzip.open(shared / "bench" / "news" / "real" / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    assert len(rows) == 400
    for row in rows[part::5]:
        holds(pipeline, lines.article(row, NOW))


@pytest.mark.parametrize("seed", range(20))
def test_a_mutated_article_gives_true_spans(pipeline: Pipeline, shared: Path, seed: int) -> None:
    """Pieces of real articles lost, doubled, swapped and glued, marks turned about."""
    chance = random.Random(seed)  # noqa: S311 - the same mutations in every run
    texts = [path.read_text("utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    assert texts
    for text in texts:
        holds(pipeline, made(_mutated(text, chance)))


def _mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 30)):
        if not text:
            break
        a, b = sorted(chance.choices(range(len(text) + 1), k=2))
        b = min(b, a + chance.randint(1, 400))
        piece = text[a:b]
        how: Sequence[str] = (
            "",
            piece + piece,
            piece[::-1],
            piece.upper(),
            piece.replace(" ", ""),
            piece.replace("\n", ""),
            piece.replace("“", "”").replace('"', "“"),
            piece.replace(".", "").replace(",", "\n"),
            piece + chance.choice("“”\"'‘’«»„\n\u00a0(—"),
        )
        text = text[:a] + chance.choice(how) + text[b:]
    return text


UNITS = st.lists(PIECES, min_size=1, max_size=6).map("".join) | st.text(min_size=1, max_size=8)


@example(unit="U.S.")
@example(unit="\"'ñ")  # each opens a quotation, none closes one
@given(unit=UNITS)
@settings(max_examples=10, deadline=None)
def test_no_repeated_piece_of_text_makes_the_reading_run_away(pipeline: Pipeline, unit: str) -> None:
    assert growth(lambda text: pipeline.read(made(text, unit)), unit, 8_000) < ROOM


@pytest.mark.campaign
@given(unit=UNITS)
@settings(max_examples=200, deadline=None)
def test_no_repeated_piece_of_a_longer_text_does_either(pipeline: Pipeline, unit: str) -> None:
    assert growth(lambda text: pipeline.read(made(text, unit)), unit, 40_000) < ROOM
