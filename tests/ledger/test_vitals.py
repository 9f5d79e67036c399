"""The few figures by which a machine judges the service."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ledger_sample import article

from bot.ledger import Ledger
from watchers.model import FeedState

NOW = datetime(2025, 3, 5, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_an_empty_record_waits_for_nothing(ledger):
    vitals = ledger.vitals()
    assert (vitals.articles, vitals.waiting, vitals.oldest, vitals.messages, vitals.feeds) == (0, 0, None, {}, ())


def test_every_start_on_the_first_day_after_a_restore_looks_back_as_far_as_the_first(tmp_path):
    path = str(tmp_path / "copy.db")

    def started(*read, polled=None):
        with Ledger.open(path, durable=False) as ledger:
            since = ledger.last_alive
            with ledger.work() as work:
                for at in read:
                    work.article(article(f"Read at {at}.", f"{at:%d%H}", retrieved=at))
                work.commit()
            if polled:
                ledger.save_feed_state(FeedState(feed="post", polled_at=polled))
        return since

    back = NOW + 3 * DAY
    assert started(NOW, polled=NOW + HOUR) is None
    assert started(back) == NOW + HOUR  # the first after it was put back
    assert started(back + 20 * HOUR) == NOW + DAY  # from which a day and an hour are looked back
    assert started(back + 25 * HOUR) == NOW + DAY
    assert started() == back + DAY
