"""Any course of events against a Slack that may forget to answer: nothing lost, nothing doubled."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from ledger_sample import NOW, join, raised

from bot.ledger import Delivery, Ledger

SETTLING = timedelta(seconds=60)


@pytest.fixture
def place_for_machines(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("machine"))


class Protocol(RuleBasedStateMachine):
    """Any course of posts, faults, crashes and decisions against a Slack that forgets to answer."""

    folder = ""
    numbers = count()

    @initialize()
    def start(self) -> None:
        self.ledger = Ledger.open(f"{self.folder}/{next(self.numbers)}.db", durable=False)
        self.now = NOW
        self.slack: dict[str, list[str]] = {}  # channel: keys of the posts in it
        self.shown: dict[int, int] = {}  # alert: revision on the card
        self.alerts: list[int] = []

    @rule(channel=st.sampled_from(["desk", "politics"]))
    def alert(self, channel: str) -> None:
        if len(self.alerts) < 4:
            self.alerts.append(raised(self.ledger, channel, mark=f" Number {len(self.alerts)} of them."))

    @precondition(lambda self: self.alerts)
    @rule(data=st.data(), action=st.sampled_from(["confirm", "dismiss", "undo", "join", "join"]))
    def change(self, data: st.DataObject, action: str) -> None:
        number = data.draw(st.sampled_from(self.alerts))
        if action == "join":
            join(self.ledger, number, f"more {len(self.slack)} {self.now.timestamp()}")
        else:
            self.ledger.decide(number, action, "U1", "", self.now)  # type: ignore[arg-type]

    @rule(
        fault=st.sampled_from(["none", "none", "answer lost", "request lost", "refused", "crash before"]),
        wait=st.sampled_from([0, 1, 90]),
    )
    def deliver(self, fault: str, wait: int) -> None:
        self.now += timedelta(seconds=wait)
        for waiting in self.ledger.due(self.now):
            intended = self.ledger.intend(waiting.id, self.now)
            if intended is None or fault in {"request lost", "crash before"}:
                continue
            if fault == "refused":
                self.ledger.refused(intended.id, "ratelimited", self.now + timedelta(seconds=30))
                continue
            ts = self._accept(intended)
            if fault == "none":
                self.ledger.sent(intended.id, "C1", ts, self.now)

    def _accept(self, intended: Delivery) -> str:
        if intended.kind == "update":
            assert intended.thread_ts is not None
            self.shown[intended.alert.number] = intended.alert.revision
            return intended.thread_ts
        posts = self.slack.setdefault(intended.channel, [])
        posts.append(intended.key)
        if intended.kind == "card":
            self.shown[intended.alert.number] = intended.alert.revision
        return str(len(posts))

    @rule()
    def reconcile(self) -> None:
        self.now += SETTLING
        for doubt in self.ledger.doubtful(self.now, SETTLING):
            posts = self.slack.get(doubt.channel, [])
            self.ledger.settle(doubt.id, str(posts.index(doubt.key) + 1) if doubt.key in posts else None)

    @invariant()
    def nothing_is_posted_twice(self) -> None:
        for posts in getattr(self, "slack", {}).values():
            assert len(posts) == len(set(posts))

    def teardown(self) -> None:
        if not hasattr(self, "ledger"):
            return
        for _ in range(60):
            self.reconcile()
            self.deliver("none", 90)
            if not self.ledger.due(self.now) and not self.ledger.status().waiting:
                break
        assert self.ledger.due(self.now) == ()
        assert self.ledger.status().waiting == 0
        cards = []
        for number in self.alerts:
            alert = self.ledger.alert(number)
            assert alert is not None
            assert alert.state == "sent"
            assert self.shown[number] == alert.revision
            cards.append((alert.channel, alert.dedupe_key))
        for channel, posts in self.slack.items():
            assert [key for key in posts if (channel, key) in cards] == [key for at, key in cards if at == channel]
        self.ledger.close()


def test_any_course_of_events_loses_nothing_and_doubles_nothing(place_for_machines: str) -> None:
    machine = type("Machine", (Protocol,), {"folder": place_for_machines})
    case = machine.TestCase
    case.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
    case("runTest").runTest()
