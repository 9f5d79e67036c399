"""Which stories are held out."""

from __future__ import annotations

import zlib

HELD = 8  # one story in so many


def held(ident: str) -> bool:
    """Whether the story of this id is measured on and never trained on. It hangs on the id alone."""
    return zlib.crc32(ident.encode()) % HELD == 0
