"""Vectors of meaning in bytes."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import meaning

NUMBERS = st.lists(st.floats(-1, 1), min_size=8, max_size=8).filter(lambda some: sum(x * x for x in some) > 0.05)


def unit(numbers):
    length = math.sqrt(sum(x * x for x in numbers))
    return [x / length for x in numbers]


@given(NUMBERS, NUMBERS)
def test_the_cosine_of_bytes_is_that_of_the_vectors(one, other):
    one, other = unit(one), unit(other)
    exact = sum(x * y for x, y in zip(one, other, strict=True))
    assert meaning.cosine(meaning.of(one), meaning.of(other)) == pytest.approx(exact, abs=0.03)
    assert meaning.cosines(meaning.of(one), [meaning.of(other)] * 2) == pytest.approx([exact] * 2, abs=0.03)


def test_nothing_is_near_what_nobody_knows():
    some = meaning.of([1.0, 0.0])
    assert meaning.cosine(some, b"") == meaning.cosine(b"", some) == meaning.cosine(b"", b"") == 0.0
    assert meaning.cosines(some, []) == []


def vector(seed, size=384):
    """A vector of unit length."""
    chance = random.Random(seed)  # noqa: S311
    held = [chance.gauss(0, 1) for _ in range(size)]
    return meaning.of(unit(held))


def test_many_are_compared_as_one_by_one():
    one, others = vector(1), [vector(1), b"", vector(2), vector(3, size=8), vector(4)]
    told = meaning.cosines(one, others)
    assert told == pytest.approx([meaning.cosine(one, other) for other in others], abs=0.03)
    assert meaning.cosines(b"", others) == [0.0] * 5
    assert meaning.cosines(one, []) == []


def test_a_vector_lies_in_the_cells_nearest_to_it_first():
    one = vector(1)
    cells = meaning.cells(one, 4)
    assert len(set(cells)) == 4
    assert meaning.cells(one) == cells[:1]
    assert all(0 <= cell < 2**31 for cell in cells)


def test_what_other_weights_told_lies_in_no_cell_and_is_near_to_nothing_even_at_the_same_length():
    ours = vector(1)
    theirs = meaning.of([number / 127 for number in memoryview(ours[4:]).cast("b")], meaning.mark(b"other weights"))
    assert theirs[4:] == ours[4:]
    assert meaning.cells(theirs) == meaning.cells(vector(1, size=8)) == meaning.cells(b"") == ()
    assert not meaning.one_space(ours, theirs)
    assert not meaning.one_space(ours, b"")
    assert meaning.one_space(ours, vector(2))
    assert meaning.cosine(ours, theirs) == 0.0
    assert meaning.cosines(ours, [theirs, ours]) == pytest.approx([0.0, 1.0])
    assert meaning.cosine(theirs, theirs) == pytest.approx(1.0)
