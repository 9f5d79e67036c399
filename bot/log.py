"""Log lines that people and machines can read, without secrets and without message bodies."""

from __future__ import annotations

import logging
import sys
import time

_QUIET = ("slack_sdk", "slack_bolt", "aiohttp.access", "apscheduler", "trafilatura", "htmldate", "alembic")


def set_up(*, verbose: bool = False) -> None:
    """Send log lines to standard error, with UTC times.

    Libraries stay at WARNING: at DEBUG the Slack client logs whole messages, and those are not ours to spread.
    """
    handler = logging.StreamHandler(sys.stderr)
    formatter = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def only_warnings() -> None:
    """Leave out what merely goes well."""
    logging.getLogger().setLevel(logging.WARNING)
