"""Vectors of meaning, kept in one byte a number: how near two are, and in which cell of their space one lies.

A meaning begins with the mark of the weights that told it: the vectors of other weights are of another space, even
where they are of one length, and are never compared.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

_ONE: Final = 127.0
_WEIGHTS: Final = ("judges", "built_in", "model.onnx")
_CELLS: Final = ("judges", "built_in", "cells.npy")  # the centre of each cell; made by tests/training/cells.py
_MARK: Final = 4  # bytes
_MOST: Final = 1 << 12  # cells of one set of weights


def mark(weights: bytes) -> bytes:
    """What tells weights from all others."""
    return crc32(weights).to_bytes(_MARK, "big")


@lru_cache(maxsize=1)
def own() -> bytes:
    """The mark of the weights in this package; that of nothing where there are none."""
    place = resources.files("bot").joinpath(*_WEIGHTS)
    return mark(place.read_bytes() if place.is_file() else b"")


def of(vector: ArrayLike, weights: bytes | None = None) -> bytes:
    """A vector of unit length, as told by the weights with this mark: those of this package where none is given."""
    import numpy as np  # noqa: PLC0415  only where vectors are: the rules need none

    numbers = np.rint(np.clip(np.asarray(vector, np.float64), -1.0, 1.0) * _ONE).astype(np.int8)
    return (own() if weights is None else weights) + numbers.tobytes()


def one_space(one: bytes, other: bytes) -> bool:
    """Whether both are known and told by the same weights: only then can they be compared."""
    return len(one) == len(other) > _MARK and other.startswith(one[:_MARK])


def cosine(one: bytes, other: bytes) -> float:
    """How near two vectors are, -1..1; 0 where they cannot be compared."""
    if not one_space(one, other):
        return 0.0
    (left, square), (right, other_square) = _read(one), _read(other)
    return float(left @ right) / (sqrt(square * other_square) or 1.0)


def comparable(one: bytes, others: Sequence[bytes | None]) -> list[bool]:
    """Of each of the others whether it is of `one_space` with a vector."""
    length, start = len(one), one[:_MARK]
    if length <= _MARK:
        return [False] * len(others)
    return [other is not None and len(other) == length and other.startswith(start) for other in others]


def cosines(one: bytes, others: Sequence[bytes]) -> list[float]:
    """How near each of the others is to a vector, as `cosine`."""
    fits = comparable(one, others)
    fit = others if all(fits) else [other for other, known in zip(others, fits, strict=True) if known]
    if not fit:
        return [0.0] * len(others)
    near: list[float] = _near(one, fit).tolist()
    if len(fit) == len(others):
        return near
    told = iter(near)
    return [next(told) if known else 0.0 for known in fits]


def nearest(one: bytes, others: Mapping[int, bytes]) -> list[int]:
    """The numbers of others that are all `comparable` with a vector, the nearest first, of equals the least."""
    if not others:
        return []
    import numpy as np  # noqa: PLC0415

    numbers = np.fromiter(others, np.int64, len(others))
    found: list[int] = numbers[np.lexsort((numbers, -_near(one, list(others.values()))))].tolist()
    return found


def _near(one: bytes, others: Sequence[bytes]) -> NDArray[Any]:
    """How near each of the others, which are all `comparable` with it, is to a vector."""
    import numpy as np  # noqa: PLC0415

    left = np.frombuffer(one, np.int8, offset=_MARK).astype(np.float32)
    right = np.frombuffer(b"".join(others), np.int8).reshape(len(others), -1)[:, _MARK:].astype(np.float32)
    lengths = np.sqrt(np.einsum("nd,nd->n", right, right) * (left @ left))
    return right @ left / np.maximum(lengths, 1.0)  # type: ignore[no-any-return]


@lru_cache(maxsize=1 << 10)  # a fresh one is compared with many, and many are compared with the next
def _read(vector: bytes) -> tuple[NDArray[Any], float]:
    """The numbers of a vector, and the square of its length."""
    import numpy as np  # noqa: PLC0415

    numbers = np.frombuffer(vector, np.int8, offset=_MARK).astype(np.float32)
    return numbers, float(numbers @ numbers)


def cells(vector: bytes, count: int = 1) -> tuple[int, ...]:
    """The cells whose centres are nearest to a vector, the nearest first; none where no cells belong to its weights.

    The package's weights bring their own cells, numbered like no others.
    """
    return _nearest(vector)[:count]


@lru_cache(maxsize=256)  # a position asks when it is looked for and when it is stored
def _nearest(vector: bytes) -> tuple[int, ...]:
    grid = _grid()
    if grid is None or len(vector) != _MARK + grid[1].shape[1] or vector[:_MARK] != own():
        return ()
    import numpy as np  # noqa: PLC0415

    first, centres = grid
    reach = centres @ np.frombuffer(vector, np.int8, offset=_MARK).astype(np.float32)
    return tuple((first + np.argsort(-reach, kind="stable")).tolist())


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
