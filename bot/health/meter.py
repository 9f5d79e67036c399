"""The figures in the text form of Prometheus, from a registry of our own."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.health.signs import Signs, State

_MILLISECONDS = (5, 10, 25, 50, 100, 250, 500, 1000, 2000, 3000)  # after three seconds the person sees an error


class Meter:
    """Counts acknowledgements as they are made; all else is read when it is asked for."""

    def __init__(self) -> None:
        self._counted = CollectorRegistry()
        self._acks = Histogram(
            "onrecord_ack_milliseconds",
            "From a payload of Slack's to its acknowledgement",
            buckets=_MILLISECONDS,
            registry=self._counted,
        )

    def acked(self, seconds: float) -> None:
        """An acknowledgement was made after so long."""
        self._acks.observe(seconds * 1000)

    def text(self, state: State) -> bytes:
        """Everything, as Prometheus reads it."""
        asked = CollectorRegistry()
        asked.register(_Asked(state))
        return generate_latest(self._counted) + generate_latest(asked)


class _Asked(Collector):
    def __init__(self, state: State) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        signs, vitals = self._state.signs, self._state.vitals
        age = (self._state.now - vitals.oldest).total_seconds() if vitals.oldest else 0.0
        failing = sum(feed.failures > 0 for feed in vitals.feeds if feed.feed in self._state.intervals)
        yield _gauge("uptime_seconds", "Since the start", signs.uptime)
        if signs.slack:
            yield from _slack(signs)
        yield _gauge("outbox_messages", "Messages that wait for Slack, or are in doubt", vitals.waiting)
        yield _gauge("outbox_oldest_seconds", "For how long the oldest of them waits", max(0.0, age))
        yield _gauge("feeds", "Feeds that are polled", len(self._state.intervals))
        yield _gauge("feeds_failing", "Feeds whose last poll failed", failing)
        yield _gauge("articles", "Articles on record, each version counted", vitals.articles)
        yield _gauge("statements", "Statements on record", vitals.statements)
        if self._state.canary_late is not None:
            age_of_canary = self._state.canary_age.total_seconds()
            yield _gauge("canary_age_seconds", "Since a planted conflict last came through", age_of_canary)
        if vitals.room is not None:
            yield _gauge("ledger_log_bytes", "The ledger's write-ahead log", vitals.room.log)
            yield _gauge("ledger_free_bytes", "Free on the ledger's disk", vitals.room.free)
        messages = GaugeMetricFamily("onrecord_messages", "Messages by state; sending: in doubt", labels=["state"])
        for name in sorted({"pending", "sending", "sent", "stuck", "held", *vitals.messages}):
            messages.add_metric([name], vitals.messages.get(name, 0))
        yield messages
        alerts = GaugeMetricFamily("onrecord_alerts", "Alerts by verdict and kind", labels=["verdict", "kind"])
        for (verdict, kind), count in sorted(vitals.alerts.items()):
            alerts.add_metric([verdict, kind], count)
        yield alerts


def _slack(signs: Signs) -> Iterator[Metric]:
    yield _gauge("slack_connections", "Connections on which Slack was heard lately", signs.heard)
    yield _gauge("slack_silence_seconds", "Since Slack was last heard", min(signs.silences, default=signs.uptime))
    yield CounterMetricFamily("onrecord_slack_reconnects", "Connections opened anew", value=signs.reconnects)
    yield CounterMetricFamily("onrecord_slack_limited", "Answers of Slack's that were 429", value=signs.limits)


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"onrecord_{name}", says, value=value)
