"""With which codes our commands end, and to which signals the service listens; the reference is written from it."""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class Exit(IntEnum):
    """An exit code: what it means, and what whoever supervises the command should do then."""

    means: str
    then: str

    def __new__(cls, code: int, means: str, then: str) -> Self:
        """The code with its two sentences."""
        made = int.__new__(cls, code)
        made._value_ = code
        made.means, made.then = means, then
        return made

    OK = 0, "it did what was asked; the service was told to stop, and did", "leave it"
    FAILURE = (
        1,
        "it failed: the ledger is damaged, newer, unreachable, no ledger, or was being written by another program for "
        "longer than five seconds; Slack was not heard for `deaf_seconds`; a check found something",
        "start the service again, later each time",
    )
    USAGE = 2, "usage, configuration, a token that Slack refuses", "tell a person: another start changes nothing"
    BUSY = 75, "another service holds this ledger for as long as it lives", "leave it; it is the second"
    INTERRUPTED = 130, "interrupted from the keyboard", "leave it"
    UNREAD = 141, "whoever read the output ended first (`onrecord verify \\| head`)", "read it to its end"


# What a running service does when it is sent a signal.
SIGNALS = {
    "SIGTERM": "stops: polls end within a second, the post in flight within eight; exit code 0, nothing half done",
    "SIGINT": "the same (Ctrl-C); of any other command than `run`, `door` and `demo`: exit code 130",
    "SIGHUP": "reads the configuration again ([reload](../life.md#reload)); of any other command: it ends",
    "SIGKILL": "ends it at once (-9, 137); nothing is lost by it, and the next start settles what was in doubt",
}
