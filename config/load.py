"""Loads the configuration: the one door to its files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from config import env_file, files
from config.describe import describe
from config.faults import ConfigError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from config.schema import Config

__all__ = ["ConfigError", "Fault", "check", "describe", "environment", "load"]


def load(directory: Path | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """The configuration: the package's own files, each replaced by the directory's file of that name.

    Without a directory, ONRECORD_CONFIG may name one. Raises ConfigError with all faults of all files.
    """
    config, faults = files.read(_directory(directory, environ))
    if config is None:
        raise ConfigError(faults)
    return config


def check(directory: Path | None = None, environ: Mapping[str, str] = os.environ) -> tuple[Fault, ...]:
    """Every fault of the configuration that `load` would read; empty: it can be used."""
    return files.read(_directory(directory, environ))[1]


def _directory(given: Path | None, environ: Mapping[str, str]) -> Path | None:
    named = environ.get("ONRECORD_CONFIG", "").strip()
    return given or (Path(named).expanduser() if named else None)


def environment(directory: Path | None, environ: MutableMapping[str, str]) -> tuple[Fault, ...]:
    """Add what the file `.env` among the directory's TOML files sets and `environ` does not; what is wrong with it."""
    folder = _directory(directory, environ)
    return env_file.take_up(folder / ".env", environ) if folder else ()
