"""The few figures by which a machine judges the service."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2025, 3, 5, 12, tzinfo=UTC)


def test_an_empty_record_waits_for_nothing(ledger):
    vitals = ledger.vitals()
    assert (vitals.articles, vitals.waiting, vitals.oldest, vitals.messages, vitals.feeds) == (0, 0, None, {}, ())
