"""Named steps at which a test has this process killed, so that what a crash leaves behind can be looked at.

It stands below everything else because the walk and its delivery pass these steps in every package.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from config.faults import ConfigError, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "ONRECORD_FAILPOINT"
POINTS = {
    "downloaded": "a feed or a page is here, and nothing of it is read",
    "extracted": "the article is read, and nothing of it is on record",
    "in-transaction": "everything that follows from it is written, and not committed",
    "committed": "it is on record with its alerts, and the watcher does not know",
    "marking-sending": "the intent to post is written, and not committed",
    "marked-sending": "the intent is on record, and nothing is posted",
    "posted": "Slack has answered, and the answer is not on record",
    "marked-sent": "the answer is on record",
    "in-reconcile": "Slack was asked what became of a doubtful post, and the answer is not on record",
    "in-migration": "the schema is brought forward, and not committed",
    "in-backup": "a copy of the ledger is under way",
    "in-restore": "a copy is whole, proven and on the disk, and the ledger that it is to replace untouched",
    "kept": "that ledger has its other name, too, and still its own",
    "restored": "the copy has the name of the ledger, and that is perhaps not on the disk",
    "in-move": "the record is being copied to another database, or is there whole, and nothing of it is committed",
    "decided": "what a person pressed or sent off is on record, and Slack does not know that it arrived",
}


class _Armed:
    point = ""
    passes = 0  # how often it is passed before it kills


def reached(point: str) -> None:
    """Die here, by SIGKILL, if a test has asked for it: nothing is closed, flushed or said. Else: nothing."""
    if point == _Armed.point:
        _Armed.passes -= 1
        if _Armed.passes <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def arm(variables: Mapping[str, str], *, local: bool) -> None:
    """Take up ONRECORD_FAILPOINT, "name" or "name:3" for the third time it is reached. Unset: nothing is armed.

    ConfigError unless Slack is on this machine (`local`): a variable left behind must not kill a newsroom's service
    again and again, and only a test has a workspace on loopback.
    """
    wanted = variables.get(VARIABLE, "").strip()
    if not wanted:
        return
    name, _, times = wanted.partition(":")
    if not local:
        message = "kills the service on purpose, for tests on a Slack workspace of this machine alone: unset it"
        raise ConfigError([Fault(file="environment", key=VARIABLE, message=message)])
    if name not in POINTS or not (times or "1").isdigit() or int(times or "1") < 1:
        message = f"{wanted!r} is none of {', '.join(POINTS)}, each with or without a number such as :3"
        raise ConfigError([Fault(file="environment", key=VARIABLE, message=message)])
    _Armed.point, _Armed.passes = name, int(times or "1")
