"""How names and words are compared: accents, case and surplus blanks do not count."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """The text without accents, case and surplus blanks."""
    if text.isascii():
        return " ".join(text.casefold().split())
    bare = unicodedata.normalize("NFKD", text)
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).casefold().split())
