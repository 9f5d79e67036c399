"""The five seed articles, served as a feed one after another, end in one card and no other alarm."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from stage.house import House, title, words
from stage.newsstand import Item

PUBLISHED = {
    "004": datetime(2025, 2, 25, 9, tzinfo=UTC),
    "000": datetime(2025, 2, 25, 14, tzinfo=UTC),
    "001": datetime(2025, 3, 17, 8, tzinfo=UTC),
    "002": datetime(2025, 4, 1, 8, tzinfo=UTC),
    "003": datetime(2025, 4, 21, 8, tzinfo=UTC),
}


@pytest.fixture
async def shown(house: House, seeds: dict[str, str]) -> House:
    """The house after all five have been published in order and read."""
    house.names = ["seeds"]
    stand = house.stand.stand("seeds")
    async with house.open():
        for number, published in PUBLISHED.items():
            text = seeds[number]
            headline, _, body = text.partition("\n")
            stand.items.append(Item(guid=number, title=headline, text=body, published=published))
            await house.stand.looked_at("seeds", 2)
        await house.delivered("seeds")
    return house


async def test_the_seeds_give_exactly_one_denied_claim_card(shown: House) -> None:
    kinds = [(card.metadata or {})["event_payload"]["kind"] for card in shown.cards()]
    assert kinds.count("denied_claim") == 1
    # A same-side card for Washington's turn at the United Nations would be right, and is not required.
    assert set(kinds) <= {"denied_claim", "same_side"}


async def test_the_card_is_headed_and_worded_as_the_story_is(shown: House) -> None:
    card = next(c for c in shown.cards() if (c.metadata or {})["event_payload"]["kind"] == "denied_claim")
    assert title(card) == "Peskov vs Trump on peacekeepers"
    text = words(card)
    assert "Possible conflict over Putin’s position." in text
    assert "he will accept that" in text
    assert "There is a position on this matter" in text
    assert "pointed back to Lavrov" in text
    assert "“unacceptable”" in text
    check_first = text[text.index("Check first") :]
    assert "NATO" in check_first
    assert "European" in check_first


async def test_later_refusals_join_the_card_as_evidence(shown: House) -> None:
    card = next(c for c in shown.cards() if (c.metadata or {})["event_payload"]["kind"] == "denied_claim")
    thread = "\n".join(words(reply) for reply in shown.replies(card))
    for words_of in ("NATO and peacekeeping are entirely incompatible", "will not tolerate NATO troops", "Logvinov"):
        assert words_of in thread


async def test_no_alert_between_people_who_agree_and_none_from_a_bare_no_comment(shown: House) -> None:
    assert shown.service is not None
    for card in shown.cards():
        assert not {"Grushko", "Logvinov", "Kellogg", "Albanese"} & set(title(card).replace(",", "").split())
