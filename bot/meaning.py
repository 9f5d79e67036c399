"""Vectors of meaning, kept in one byte a number: how near two are, and in which cell of their space one lies."""

from __future__ import annotations

from array import array
from functools import lru_cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_ONE: Final = 127.0
_CELLS: Final = ("judges", "built_in", "cells.npy")  # the centre of each cell; made by tests/training/cells.py
_MOST: Final = 1 << 12  # cells of one set of weights


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
    """How near each of the others is to a vector, as `cosine`."""
    fit = [other for other in others if one and len(other) == len(one)]
    if not fit:
        return [0.0] * len(others)
    import numpy as np  # noqa: PLC0415

    left = np.frombuffer(one, np.int8).astype(np.float32)
    right = np.frombuffer(b"".join(fit), np.int8).reshape(len(fit), -1).astype(np.float32)
    lengths = np.sqrt((right * right).sum(axis=1) * (left @ left))
    told = iter((right @ left / np.maximum(lengths, 1.0)).tolist())
    return [next(told) if one and len(other) == len(one) else 0.0 for other in others]


def cells(vector: bytes, count: int = 1) -> tuple[int, ...]:
    """The cells whose centres are nearest to a vector, the nearest first; none where no cells belong to it.

    Weights bring their own cells, and those of other weights have other numbers: they are never taken for each other.
    """
    grid = _grid()
    if grid is None or not vector or len(vector) != grid[1].shape[1]:
        return ()
    import numpy as np  # noqa: PLC0415

    first, centres = grid
    reach = centres @ np.frombuffer(vector, np.int8).astype(np.float32)
    return tuple(first + int(index) for index in np.argsort(-reach, kind="stable")[:count])


@lru_cache(maxsize=1)
def _grid() -> tuple[int, NDArray[Any]] | None:
    """The number of the first cell, and the centres as rows of one length; None where there is no file of them."""
    place = resources.files("bot").joinpath(*_CELLS)
    if not place.is_file():
        return None
    import numpy as np  # noqa: PLC0415

    held = place.read_bytes()
    centres = np.load(BytesIO(held), allow_pickle=False).astype(np.float32)
    lengths = np.linalg.norm(centres, axis=1, keepdims=True)
    return (crc32(held) % (1 << 18)) * _MOST, centres / np.maximum(lengths, 1.0)


def one_space(cell: int, other: int | None) -> bool:
    """Whether two cells belong to one set of weights: only then can the vectors in them be compared."""
    return other is not None and cell // _MOST == other // _MOST
