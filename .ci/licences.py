"""Prints docs/licences.md: what a newsroom installs with On Record, and under which licence each says it comes."""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# Licences of what is installed

On Record itself is under Apache-2.0. This is what its lock installs besides, as each package's own metadata says it;
`.venv/bin/python .ci/licences.py > docs/licences.md` writes this page anew, and a test compares it with what is there.
What only tests and tools need is not listed, as nobody is given it. psycopg comes with the extras `postgresql` and
`distributed` alone; it is used unchanged as a library, as the LGPL asks. PgQueuer, and what it needs, comes with
`distributed` alone.

| package | licence |
|---|---|
"""
OTHERWISE = {"colorama": "BSD-3-Clause", "httpx2-jsfetch": "for Python within a browser alone"}  # for other systems
LOCKS = ("requirements.lock", "deploy/requirements.lock")  # the latter with the extras


def pinned(lock: str) -> list[str]:
    """The names in a lock file."""
    return re.findall(r"^([a-z0-9][a-z0-9._-]*)==", (ROOT / lock).read_text("utf-8"), re.MULTILINE)


def licence(name: str) -> str:
    """What a package says of its licence; empty if it is not installed."""
    try:
        told = distribution(name)
    except PackageNotFoundError:
        return ""
    return _said(told)


def _said(told: Distribution) -> str:
    expression, text = told.metadata.get("License-Expression"), (told.metadata.get("License") or "").strip()
    classified = [
        one.split("::")[-1].strip() for one in told.metadata.get_all("Classifier") or () if "License ::" in one
    ]
    short = text if 0 < len(text) <= 60 and "\n" not in text else ""
    return expression or short or ", ".join(classified) or "not said"


def page() -> str:
    """The page as it should be."""
    names = sorted({name for lock in LOCKS for name in pinned(lock)})
    return HEAD + "".join(f"| {name} | {licence(name) or OTHERWISE.get(name, 'not said')} |\n" for name in names)


if __name__ == "__main__":
    sys.stdout.write(page())
