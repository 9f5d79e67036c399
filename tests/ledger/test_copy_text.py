"""A line tells its row exactly, and both databases write the same one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from postgres import Server
from sqlalchemy import Column, create_engine, text

from bot.ledger.interchange.copy_text import NUMBER, read, written
from bot.ledger.tables.schema import article, position, statement

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
columns = [article.c.id, article.c.text, article.c.url, article.c.partial, article.c.notes, article.c.published]
columns += [position.c.strength, position.c.meaning, position.c.day]
rows = st.lists(
    st.tuples(
        st.integers(-(2**63), 2**63 - 1),
        texts | st.sampled_from(["\\N", "\\", "\\t", "\t", "a\nb", "\v\f\b\r", ""]),
        st.none() | texts,
        st.sampled_from([0, 1]),
        texts,
        st.none() | st.datetimes().map(lambda moment: moment.isoformat(" ", "microseconds")),
        st.floats(allow_nan=False, allow_infinity=False),
        st.none() | st.binary(max_size=20),
        st.dates().map(str),
    ),
    min_size=1,
    max_size=5,
)


@given(rows)
def test_rows_come_back_from_their_lines_as_they_were(kept: list[tuple[Any, ...]]) -> None:
    lines = written(columns, kept)
    assert lines.count(b"\n") == len(kept)
    assert read(columns, lines) == kept


@pytest.fixture(scope="module")
def engine(postgresql_server: Server) -> Any:
    engine = create_engine(postgresql_server.url)
    yield engine
    engine.dispose()


def test_a_number_is_written_as_postgresql_writes_it(engine: Any) -> None:
    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
    def same(numbers: list[float]) -> None:
        numbers += [
            sign * 10.0**exponent * some for sign in (1, -1) for exponent in range(-7, 20) for some in (1, 1.5, 123)
        ]
        there = connection.scalars(
            text("SELECT to_char(unnest(CAST(:n AS float8[])), :as)"), {"n": numbers, "as": NUMBER}
        ).all()
        assert written([position.c.strength], [(one,) for one in numbers]).decode() == "".join(
            f"{one}\n" for one in there
        )

    with engine.connect() as connection:
        same()


def test_a_moment_of_another_hand_is_the_same_moment() -> None:
    kept = ["2031-01-01 12:00:00", "2031-01-01T14:00:00.5+02:00", "2031-01-01 12:00:00.500000"]
    told = written([article.c.retrieved], [(one,) for one in kept]).decode().splitlines()
    assert told == ["2031-01-01 12:00:00+00", "2031-01-01 12:00:00.5+00", "2031-01-01 12:00:00.5+00"]
    assert datetime.fromisoformat(told[0]) == datetime(2031, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (statement.c.length, "many"),
        (article.c.partial, 2),
        (position.c.meaning, "words"),
        (article.c.text, b"bytes"),
        (article.c.retrieved, "lately"),
        (position.c.strength, float("inf")),
    ],
)
def test_what_the_ledger_would_not_write_into_a_column_is_named_by_it(column: Column[Any], value: Any) -> None:
    with pytest.raises(ValueError, match=f"^{column.name} is not what the ledger writes there: "):
        written([column], [(value,)])
