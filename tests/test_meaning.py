"""Vectors of meaning in bytes."""

import math

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
