"""The files that setup writes: whole or not at all, secrets for their owner alone, nothing replaced without asking."""

from __future__ import annotations

import json
import os
import re
import tempfile
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.setup.asking import Asking

_PRIVATE, _OPEN = 0o600, 0o644


def put(place: Path, text: str, ask: Asking) -> bool:
    """Write a file; one that is there is replaced only where that is wished, and kept beside it. Whether it was."""
    if place.exists():
        if place.read_bytes() == text.encode():
            ask.say(f"{place} is as it should be.")
            return True
        if not ask.yes("overwrite", f"{place} is there already. Replace it? The one before is kept", default=False):
            ask.say(f"{place} stays as it is.")
            return False
        place.rename(_free(f"{place}.before"))
    _written(place, text, _OPEN)
    ask.say(f"{place} is written.")
    return True


def _free(name: str) -> Path:
    """A place under this name where nothing is: what was kept there before stays too."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(place for place in map(Path, names) if not place.exists())


def keep_secrets(place: Path, values: Mapping[str, str]) -> None:
    """Have the lines of `.env` set these variables; every other line stays. Readable by its owner alone."""
    lines = place.read_text("utf-8").splitlines() if place.exists() else []
    kept = [line for line in lines if _name(line) not in values]
    _written(
        place,
        "".join(f"{line}\n" for line in (*kept, *(f"{name}={value}" for name, value in values.items()))),
        _PRIVATE,
    )


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _name(line: str) -> str:
    found = re.match(r"\s*(?:export\s+)?([A-Z][A-Z0-9_]*)=", line)
    return found[1] if found else ""


def _written(place: Path, text: str, mode: int) -> None:
    number, aside = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")  # 0600 from its first moment
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
            os.fchmod(file.fileno(), mode)
        Path(aside).replace(place)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
