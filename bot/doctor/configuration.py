"""The TOML files: every fault, and what is missing although nothing is wrong."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding
from config.load import ConfigError, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from config.schema import Config

_found = partial(Finding, check="configuration")


def examine(directory: Path | None, environ: Mapping[str, str]) -> tuple[Config | None, list[Finding]]:
    """The configuration, or None where it has faults; and what is to be said of it."""
    try:
        config = load(directory, environ)
    except ConfigError as error:
        where = directory or environ.get("ONRECORD_CONFIG", "")
        return None, [
            _found(
                subject=f"{fault.file} {fault.key}".strip(),
                says=fault.message,
                todo=f"mend it in {where or fault.file}",
            )
            for fault in error.faults
        ]
    return config, list(_told(config))


def _told(config: Config) -> Iterator[Finding]:
    feeds = sum(feed.enabled for feed in config.feeds)
    yield _found(
        subject="files",
        says=f"{feeds} feeds, {len(config.officials)} officials, {len(config.topics)} topics, "
        f"{len(config.channels)} channels",
    )
    if not feeds:
        yield _found(
            subject="feeds.toml", says="no feed is polled", todo="add a [[feed]], or set enabled = true for one"
        )
    if not config.channels:
        yield _found(
            subject="onrecord.toml",
            says="no channel is named, so nothing is posted",
            todo="add a [[channel]] with its id",
        )
