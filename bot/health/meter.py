"""The figures in the text form of Prometheus, from a registry of our own; `figures` names them all."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from datetime import timedelta
from importlib.metadata import version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.health.figures import FIGURES, NAMED_FEEDS, OTHERS
from bot.health.judging import overdue, unready
from bot.health.signs import State
from watchers.model import FeedState

# When each began to be counted is a second series for each, and nobody asks for it.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Meter:
    """Counts what happens, as it happens; all else is read when it is asked for. May be told from any thread."""

    def __init__(self, role: str = "all") -> None:
        made = self._counted = CollectorRegistry()
        ProcessCollector(registry=made)
        told = FIGURES["build_info"]
        info = Gauge(told.shown, told.says, told.labels, registry=made)
        info.labels(version=version("on-record"), python=platform.python_version(), role=role).set(1)
        self._lags = _histogram("loop_lag_seconds", made)
        self._turns = _histogram("ledger_turn_seconds", made)
        self._conflicts = _counter("ledger_conflicts", made)
        self._feeds: set[str] = set()
        if role in {"all", "work"}:
            self._polls, self._failures = _counter("polls", made), _counter("poll_failures", made)
        if role in {"all", "deliver"}:
            self._acks = _histogram("ack_seconds", made)
            self._deliveries = _histogram("delivery_seconds", made)

    def acked(self, seconds: float) -> None:
        """An acknowledgement was made after so long."""
        self._acks.observe(seconds)

    def delivered(self, seconds: float) -> None:
        """Slack took a card so long after its alert was raised."""
        self._deliveries.observe(max(0.0, seconds))

    def polled(self, state: FeedState) -> None:
        """A poll came to an end with this state of its feed."""
        if len(self._feeds) < NAMED_FEEDS:
            self._feeds.add(state.feed)
        name = state.feed if state.feed in self._feeds else OTHERS
        self._polls.labels(feed=name).inc()
        self._failures.labels(feed=name).inc(1 if state.failures else 0)

    def turn(self, seconds: float, *, had: bool) -> None:
        """A writer waited so long for its turn at the ledger, and had it or not."""
        self._turns.observe(seconds)
        self._conflicts.inc(0 if had else 1)

    def lagged(self, seconds: float) -> None:
        """The event loop came round so much too late."""
        self._lags.observe(seconds)

    def text(self, state: State, late: timedelta) -> bytes:
        """Everything, as Prometheus reads it; `late` as for `unready`."""
        asked = CollectorRegistry()
        asked.register(_Asked(state, late))
        return generate_latest(self._counted) + generate_latest(asked)


class _Asked(Collector):
    def __init__(self, state: State, late: timedelta) -> None:
        self._state = state
        self._late = late

    def collect(self) -> Iterator[Metric]:
        state, signs, vitals = self._state, self._state.signs, self._state.vitals
        age = (state.now - vitals.oldest).total_seconds() if vitals.oldest else 0.0
        yield _gauge("uptime_seconds", signs.uptime)
        yield _gauge("ready", not unready(state, self._late))
        yield from self._feeds()
        yield _gauge("articles", vitals.articles)
        yield _gauge("statements", vitals.statements)
        yield _labelled("alerts", vitals.alerts.items())
        names = sorted({"pending", "sending", "sent", "stuck", "held", *vitals.messages})
        yield _labelled("messages", {(name,): vitals.messages.get(name, 0) for name in names}.items())
        yield _gauge("outbox_messages", vitals.waiting)
        yield _gauge("outbox_oldest_seconds", max(0.0, age))
        if state.canary_late is not None:
            yield _gauge("canary_age_seconds", state.canary_age.total_seconds())
            yield _gauge("canary_late_seconds", state.canary_late.total_seconds())
        if signs.slack:
            yield from self._slack()
        if vitals.size is not None:
            yield _gauge("ledger_bytes", vitals.size)
        if vitals.room is not None:
            yield _gauge("ledger_log_bytes", vitals.room.log)
            yield _gauge("ledger_free_bytes", vitals.room.free)
        if state.wakeups is not None:
            yield _labelled("wakeups", {(name,): state.wakeups.get(name, 0) for name in ("queued", "picked")}.items())

    def _feeds(self) -> Iterator[Metric]:
        state = self._state
        watched = [feed for feed in state.vitals.feeds if feed.feed in state.intervals]
        polled = max((feed.polled_at for feed in watched if feed.polled_at), default=None)
        since = (state.now - polled).total_seconds() if polled else state.signs.uptime
        named = sorted((feed for feed in watched if not feed.paused), key=lambda feed: feed.feed)[:NAMED_FEEDS]
        yield _gauge("feeds", len(state.intervals))
        yield _gauge("feeds_failing", sum(feed.failures > 0 for feed in watched))
        yield _gauge("feeds_overdue", len(overdue(state)))
        if state.intervals:
            yield _gauge("poll_age_seconds", max(0.0, min(since, state.signs.uptime)))
        ages = {(feed.feed,): (state.now - feed.good_at).total_seconds() for feed in named if feed.good_at}
        yield _labelled("feed_good_age_seconds", ages.items())

    def _slack(self) -> Iterator[Metric]:
        signs = self._state.signs
        yield _gauge("slack_connections", signs.heard)
        yield _gauge("slack_silence_seconds", min(signs.silences, default=signs.uptime))
        counted = FIGURES["slack_reconnects"], FIGURES["slack_answers"]
        yield CounterMetricFamily(counted[0].shown, counted[0].says, value=signs.reconnects)
        answers = CounterMetricFamily(counted[1].shown, counted[1].says, labels=counted[1].labels)
        for name in ("ok", "limited", "refused", "failed"):
            answers.add_metric([name], signs.answers.get(name, 0))
        yield answers


def _histogram(name: str, registry: CollectorRegistry) -> Histogram:
    figure = FIGURES[name]
    return Histogram(figure.shown, figure.says, buckets=figure.buckets, registry=registry)


def _counter(name: str, registry: CollectorRegistry) -> Counter:
    figure = FIGURES[name]
    return Counter(figure.shown, figure.says, figure.labels, registry=registry)


def _gauge(name: str, value: float) -> Metric:
    figure = FIGURES[name]
    return GaugeMetricFamily(figure.shown, figure.says, value=value)


def _labelled(name: str, values: Iterable[tuple[tuple[str, ...], float]]) -> Metric:
    figure = FIGURES[name]
    family = GaugeMetricFamily(figure.shown, figure.says, labels=figure.labels)
    for labels, value in sorted(values):
        family.add_metric(labels, value)
    return family
