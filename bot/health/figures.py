"""Every figure of `/metrics`, in one table: the meter makes them by it, and docs/reference/metrics.md tells them by it.

Ages are told rather than moments: they are counted by the clock of the service, so that an alarm does not depend on
whether another machine's clock is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["gauge", "counter", "histogram"]

NAMED_FEEDS = 500  # feeds that have a series of their own: more would cost the monitoring more than they tell
OTHERS = "(others)"  # what the rest is counted under


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`where`: which services show it, in words; `buckets` are the upper bounds of a histogram."""

    name: str  # without "onrecord_", and of a counter without "_total"
    kind: Kind
    says: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    where: str = "always"

    @property
    def shown(self) -> str:
        """The name as a monitoring system knows it."""
        return f"onrecord_{self.name}_total" if self.kind == "counter" else f"onrecord_{self.name}"


_SLACK, _POLLS, _FILE = "who delivers", "who polls", "a ledger in a file"
_ROLES = "several roles on PostgreSQL: `schedule` and `work`"
_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)  # after three seconds the person sees an error
_WAITS = (0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_LAGS = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_LATENCIES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 21600.0)

_TABLE = (
    Figure(name="build_info", kind="gauge", says="1, with what runs", labels=("version", "python", "role")),
    Figure(name="uptime_seconds", kind="gauge", says="Since the start; what makes it smaller is a restart"),
    Figure(name="ready", kind="gauge", says="1 where /readyz says so, 0 where it names a trouble"),
    Figure(
        name="loop_lag_seconds",
        kind="histogram",
        says="By how much the event loop came round too late, looked at twice a second",
        buckets=_LAGS,
    ),
    Figure(name="feeds", kind="gauge", says="Feeds whose polling is this service's business"),
    Figure(name="feeds_failing", kind="gauge", says="Of these, whose last poll failed"),
    Figure(name="feeds_overdue", kind="gauge", says="Of these, not polled for two intervals and a minute"),
    Figure(
        name="poll_age_seconds",
        kind="gauge",
        says="Since any of them was last polled, or since the start if later",
        where="who knows of feeds",
    ),
    Figure(
        name="feed_good_age_seconds",
        kind="gauge",
        says="Since a feed was last read well; of the first 500 by name, and not of those that are paused",
        labels=("feed",),
    ),
    Figure(name="polls", kind="counter", says="Polls that came to an end", labels=("feed",), where=_POLLS),
    Figure(name="poll_failures", kind="counter", says="Of these, failed", labels=("feed",), where=_POLLS),
    Figure(name="articles", kind="gauge", says="Articles on record, each version counted"),
    Figure(name="statements", kind="gauge", says="Statements on record"),
    Figure(
        name="alerts",
        kind="gauge",
        says="Alerts on record by the kind of conflict, what became of the card, and the desk's verdict",
        labels=("kind", "state", "verdict"),
    ),
    Figure(
        name="messages",
        kind="gauge",
        says="Messages for Slack (cards, replies, updates, digests, notices) by state; sending: in doubt",
        labels=("state",),
    ),
    Figure(name="outbox_messages", kind="gauge", says="Messages that wait for Slack, or are in doubt"),
    Figure(name="outbox_oldest_seconds", kind="gauge", says="For how long the oldest of them waits; 0: none does"),
    Figure(
        name="delivery_seconds",
        kind="histogram",
        says="From an alert that was raised to Slack's yes to its card",
        buckets=_LATENCIES,
        where=_SLACK,
    ),
    Figure(
        name="canary_age_seconds",
        kind="gauge",
        says="Since a planted conflict last came through, or since the start if later",
        where=f"{_SLACK}, unless `canary_hours` is 0",
    ),
    Figure(
        name="canary_late_seconds",
        kind="gauge",
        says="The age from which that is an alarm, by `canary_hours`",
        where=f"{_SLACK}, unless `canary_hours` is 0",
    ),
    Figure(name="slack_connections", kind="gauge", says="Connections on which Slack was heard lately", where=_SLACK),
    Figure(name="slack_silence_seconds", kind="gauge", says="Since Slack was last heard", where=_SLACK),
    Figure(name="slack_reconnects", kind="counter", says="Connections opened anew", where=_SLACK),
    Figure(
        name="slack_answers",
        kind="counter",
        says="Slack's answers to us: ok, limited (429), refused (a no with a reason), failed (none, or HTTP 5xx)",
        labels=("answer",),
        where=_SLACK,
    ),
    Figure(
        name="ack_seconds",
        kind="histogram",
        says="From a payload of Slack's to its acknowledgement",
        buckets=_QUICK,
        where=_SLACK,
    ),
    Figure(name="ledger_bytes", kind="gauge", says="The ledger's file, or its database in PostgreSQL"),
    Figure(name="ledger_log_bytes", kind="gauge", says="The ledger's write-ahead log", where=_FILE),
    Figure(name="ledger_free_bytes", kind="gauge", says="Free on the ledger's disk", where=_FILE),
    Figure(
        name="ledger_turn_seconds",
        kind="histogram",
        says="For how long a writer waited for its turn at the ledger",
        buckets=_WAITS,
    ),
    Figure(
        name="ledger_conflicts",
        kind="counter",
        says="Writers that did not get their turn in time, as somebody else was writing",
    ),
    Figure(
        name="wakeups",
        kind="gauge",
        says="Shards of feeds that wait to be polled (queued), or are in a worker's hands (picked)",
        labels=("state",),
        where=_ROLES,
    ),
)
FIGURES: Mapping[str, Figure] = {figure.name: figure for figure in _TABLE}

# From prometheus_client, on Linux; they are what its documentation says.
OF_THE_PROCESS: Mapping[str, str] = {
    "process_resident_memory_bytes": "Memory in use",
    "process_virtual_memory_bytes": "Memory that is mapped",
    "process_cpu_seconds_total": "Processor time used",
    "process_open_fds": "Open files and connections",
    "process_max_fds": "How many there may be",
    "process_start_time_seconds": "When the process began, as a moment of Unix time",
}
