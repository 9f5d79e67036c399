"""A ledger that is put back from a copy posts nothing again, and the cards in Slack get the numbers it has for them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from stage.house import House
from stage.newsstand import Item
from test_service import NO, YES

from bot.demo.stories import with_invented_country
from bot.ledger.interchange.copies import backup, restore
from bot.ledger.keeping.inspection import Tally

GRID = Item(
    guid="grid",
    title="Minister backs the grid",
    text="“We support joining the Northern Grid,” Velmarkian Finance Minister Tomas Reede said on Monday.\n"
    "The market links five countries around the northern sea, and it is to grow further in the coming years.",
    published=datetime(2025, 3, 3, 10, tzinfo=UTC),
)
NO_GRID = Item(
    guid="no-grid",
    title="Minister has enough of the grid",
    text="“We reject joining the Northern Grid,” Velmarkian Finance Minister Tomas Reede said on Thursday.\n"
    "The market links five countries around the northern sea, and it is to grow further in the coming years.",
    published=datetime(2025, 3, 6, 10, tzinfo=UTC),
)


@pytest.mark.campaign
async def test_alerts_posted_after_the_backup_are_found_and_none_is_doubled(house: House, tmp_path) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    stand = house.stand.stand("times")
    stand.items = [NO, GRID]
    async with house.open():
        await house.stand.looked_at("times", 2)
        backup(str(house.database), tmp_path / "an-hour-ago")
        stand.items = [NO, GRID, YES]
        await house.workspace.wait_for(lambda: len(house.cards()) == 1, within=30, what="a card")
        stand.items = [NO, GRID, YES, NO_GRID]
        await house.workspace.wait_for(lambda: len(house.cards()) == 2, within=30, what="two cards")
        await house.delivered("times")
    before = [(card.ts, card.text) for card in house.cards()]
    said = [len(house.replies(card)) for card in house.cards()]

    kept = restore(str(house.database), tmp_path / "an-hour-ago", datetime.now(UTC)).kept
    assert kept is not None
    stand.items = [NO, GRID, NO_GRID]  # they are read again in another order, so that their numbers are others
    async with house.open() as service:
        ledger = service.ledger
        assert ledger is not None
        async with house.until(lambda: len(ledger.conflicts()) == 1):
            stand.items = [NO, GRID, NO_GRID, YES]
        async with house.until(lambda: len(ledger.conflicts()) == 2 and not ledger.status().waiting):
            pass
        known = {alert.dedupe_key: alert for alert in ledger.conflicts()}

        def shown() -> list[tuple[str, str]]:
            told = [(card.metadata or {})["event_payload"] for card in house.cards()]
            return [(one["dedupe_key"], one["alert_id"]) for one in told]

        async with house.until(lambda: shown() == [(key, known[key].name) for key, _ in shown()]):
            pass  # the cards are drawn anew
        assert sorted(name for _, name in shown()) == ["OR-1001", "OR-1002"]
        assert list(ledger.inspect(Tally())) == []
    assert [card.ts for card in house.cards()] == [ts for ts, _ in before]
    assert [len(house.replies(card)) for card in house.cards()] == said
