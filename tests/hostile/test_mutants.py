"""A sample of what `make fuzz` runs."""

from __future__ import annotations

import fuzz
import pytest
from mutants import KINDS, mutant


def test_a_mutant_is_always_the_same() -> None:
    assert [mutant(kind, 3, 7) for kind in KINDS] == [mutant(kind, 3, 7) for kind in KINDS]
    assert mutant("feed", 3, 7) != mutant("feed", 3, 8)


@pytest.mark.parametrize(("kind", "count"), [("feed", 400), ("page", 40), ("text", 40), ("command", 60)])
def test_no_mutant_escapes_or_is_late(kind: str, count: int) -> None:
    found = fuzz.run(kind, 1, 0, count)
    assert (found.inputs[kind], found.escapes, found.late) == (count, [], [])
