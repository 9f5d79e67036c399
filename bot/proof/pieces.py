"""A text in pieces of fixed length, each hashed by itself: what an excerpt can be held against without the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.ledger.record.texts import Stored
from bot.ledger.tables.columns import escaped, given
from bot.proof.form import SIZE, Piece


def cut(text: str) -> list[str]:
    """The pieces of a text, in characters; the last may be shorter."""
    return [text[start : start + SIZE] for start in range(0, len(text), SIZE)]


def root(hashes: Sequence[str], length: int) -> str:
    """What stands for all pieces and their order: a hash over the length and the hash of each."""
    return Stored.hashed("\n".join([f"{SIZE} {length}", *hashes]))


def around(places: Iterable[tuple[int, int]], reach: int) -> set[int]:
    """The pieces that hold these stretches and so many characters on either side."""
    return {
        piece for start, end in places for piece in range(max(0, start - reach) // SIZE, (end + reach - 1) // SIZE + 1)
    }


def pieces(text: str, carried: set[int] | None) -> tuple[Piece, ...]:
    """All pieces of a text, of which the file carries these; None: all."""
    return tuple(
        Piece(hash=Stored.hashed(one), text=escaped(one) if carried is None or place in carried else None)
        for place, one in enumerate(cut(text))
    )


def stretch(of: Sequence[Piece], start: int, end: int) -> str | None:
    """The characters from one place to another; None where the file does not carry them all."""
    held = of[start // SIZE : (end - 1) // SIZE + 1] if end > start else ()
    if any(one.text is None for one in held):
        return None
    base = start - start % SIZE
    found = "".join(given(one.text or "") for one in held)[start - base : end - base]
    return found if len(found) == end - start else None
