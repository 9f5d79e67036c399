"""The lock is what pyproject.toml asks for, nothing else, each piece with its hashes; licences are known."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock", "deploy/requirements.lock")
# Nothing that could ask for On Record's own source, or forbids a newsroom its use.
FREE = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software|MPL|Zlib|CC0|CNRI|ISC|LGPL-3.0-only|LGPL-2.1-or-later|browser alone"
)


def pinned(lock: str) -> dict[str, str]:
    """Versions by name; a line that is neither a pin nor a hash fails."""
    found: dict[str, str] = {}
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    for line in filter(None, map(str.strip, text.splitlines())):
        pin = re.fullmatch(r"([a-z0-9._-]+)==([^\s;]+)(?: *; [^\\]*?)?((?: +--hash=sha256:[0-9a-f]{64})+)", line)
        assert pin, f"{lock}: {line[:80]}"
        found[canonicalize_name(pin[1])] = pin[2]
    return found


def asked(*groups: str, extras: bool = False) -> list[Requirement]:
    """What pyproject.toml asks for."""
    told = list(PROJECT["project"]["dependencies"])
    told += [one for group in groups for one in PROJECT["dependency-groups"][group] if isinstance(one, str)]
    told += [one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra] if extras else []
    return [Requirement(one) for one in told]


def reached(wanted: list[Requirement]) -> Iterator[str]:
    """What these need, and what that needs, on any system."""
    seen: set[tuple[str, str]] = set()
    while wanted:
        one = wanted.pop()
        name = str(canonicalize_name(one.name))
        for extra in ("", *one.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            yield name
            try:
                needs = distribution(name).requires or []
            except PackageNotFoundError:  # of another system
                continue
            wanted += [need for need in map(Requirement, needs) if _for(need, extra)]


def _for(need: Requirement, extra: str) -> bool:
    """Whether it is needed with this extra, whatever the system."""
    named = set(re.findall(r"extra == ['\"]([^'\"]+)['\"]", str(need.marker or "")))
    return not named or extra in named


@pytest.mark.parametrize(
    ("lock", "groups"), [(LOCKS[0], ["build"]), (LOCKS[1], ["build", "dev"]), (LOCKS[2], ["build"])]
)
def test_the_lock_is_what_the_project_asks_for_and_nothing_else(lock, groups):
    versions, wanted = pinned(lock), asked(*groups, extras=lock != LOCKS[0])
    amiss = [str(one) for one in wanted if not one.specifier.contains(versions.get(canonicalize_name(one.name), "0"))]
    assert amiss == [], "renew the lock: make lock"
    assert set(versions) - set(reached(wanted)) == set()


def test_what_runs_and_what_is_tested_are_the_same_versions():
    run, tested, shipped = map(pinned, LOCKS)
    for installed in (run, shipped):
        assert {name: tested.get(name) for name in installed} == installed


def test_every_licence_is_listed_and_lets_a_newsroom_use_it():
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    told = subprocess.run([sys.executable, ROOT / ".ci" / "licences.py"], capture_output=True, text=True, check=True)
    assert page == told.stdout, "write it anew: .venv/bin/python .ci/licences.py > docs/licences.md"
    rows = re.findall(r"^\| (?!package|---)(\S+) \| (.+) \|$", page, re.MULTILINE)
    assert len(rows) > 60
    assert [row for row in rows if not FREE.search(row[1])] == []
