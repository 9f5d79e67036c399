"""A file of variables, NAME=value a line, as Docker, systemd and a shell read it."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from config.faults import Fault

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from pathlib import Path

_SETTING = re.compile(
    r"""\s*(?:export\s+)?(?P<name>[A-Z][A-Z0-9_]*)=(?:(?P<q>["'])(?P<quoted>.*)(?P=q)|(?P<bare>[^"'].*?)?)\s*"""
)


def take_up(place: Path, environ: MutableMapping[str, str]) -> tuple[Fault, ...]:
    """Add what the file sets and `environ` does not, by neither of a variable's two names; what is wrong with it.

    Nothing where there is no file. Faults never show a value.
    """
    if not place.exists():
        return ()
    try:
        with place.open(encoding="utf-8") as file:
            if exposed(file.fileno()):
                return (
                    Fault(file=str(place), key="", message=f"it can be read or changed by others: chmod 600 {place}"),
                )
            lines = file.read().splitlines()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        return (Fault(file=str(place), key="", message=f"cannot be read: {reason}"),)
    faults = []
    for number, line in enumerate(lines, 1):
        found = _SETTING.fullmatch(line)
        if found is None:
            if line.strip() and not line.lstrip().startswith("#"):
                faults.append(Fault(file=str(place), key=f"line {number}", message="must be NAME=value"))
            continue
        name, value = found["name"], found["quoted"] or found["bare"] or ""
        twin = name.removesuffix("_FILE") if name.endswith("_FILE") else f"{name}_FILE"
        if not (environ.get(name, "").strip() or environ.get(twin, "").strip()):
            environ[name] = value
    return tuple(faults)


def exposed(number: int) -> bool:
    """Whether an open file can be read or changed by others."""
    return bool(os.fstat(number).st_mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IWGRP))
