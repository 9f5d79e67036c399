"""Vectors of meaning, kept in one byte a number, and how near two of them are."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ONE: Final = 127.0


def of(vector: Iterable[float]) -> bytes:
    """A vector of unit length as signed bytes."""
    return array("b", [round(max(-1.0, min(1.0, value)) * _ONE) for value in vector]).tobytes()


def cosine(one: bytes, other: bytes) -> float:
    """How near two vectors are, -1..1; 0 where one of them is not known."""
    if not one or not other or len(one) != len(other):
        return 0.0
    import numpy as np  # noqa: PLC0415  only where vectors are: the rules need none

    left, right = np.frombuffer(one, np.int8).astype(np.float32), np.frombuffer(other, np.int8).astype(np.float32)
    return float(left @ right) / float(np.sqrt((left @ left) * (right @ right)) or 1.0)


def cosines(one: bytes, others: Sequence[bytes]) -> list[float]:
    """How near a vector is to each of others of its length."""
    if not others:
        return []
    import numpy as np  # noqa: PLC0415

    left = np.frombuffer(one, np.int8).astype(np.float32)
    table = np.frombuffer(b"".join(others), np.int8).reshape(len(others), -1).astype(np.float32)
    lengths = np.sqrt((table * table).sum(axis=1) * (left @ left))
    found: list[float] = (table @ left / np.maximum(lengths, 1.0)).tolist()
    return found
