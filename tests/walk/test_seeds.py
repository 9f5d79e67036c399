"""The five seed articles, served as a feed one after another, end in one card and no other alarm."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from stage.house import title, words, working
from stage.newsstand import Item

from bot.workspace.world import Message

PUBLISHED = {
    "004": datetime(2025, 2, 25, 9, tzinfo=UTC),
    "000": datetime(2025, 2, 25, 14, tzinfo=UTC),
    "001": datetime(2025, 3, 17, 8, tzinfo=UTC),
    "002": datetime(2025, 4, 1, 8, tzinfo=UTC),
    "003": datetime(2025, 4, 21, 8, tzinfo=UTC),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What stands in the channel after all five have been read."""

    cards: tuple[Message, ...]
    threads: tuple[tuple[Message, ...], ...]

    def of_kind(self, kind: str) -> list[int]:
        return [
            place for place, card in enumerate(self.cards) if (card.metadata or {})["event_payload"]["kind"] == kind
        ]

    @property
    def claim(self) -> Message:
        return self.cards[self.of_kind("denied_claim")[0]]


@pytest.fixture(scope="module")
def shown(seeds: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return asyncio.run(_shown(seeds, tmp_path_factory.mktemp("seeds") / "onrecord.db"))


async def _shown(seeds: dict[str, str], database: object) -> Shown:
    async with working(database) as house:  # type: ignore[arg-type]
        house.names = ["seeds"]
        stand = house.stand.stand("seeds")
        async with house.open():
            for number, published in PUBLISHED.items():
                headline, _, body = seeds[number].partition("\n")
                stand.items.append(Item(guid=number, title=headline, text=body, published=published))
                await house.stand.looked_at("seeds", 2)
            await house.delivered("seeds")
        cards = tuple(house.cards())
        return Shown(cards=cards, threads=tuple(house.replies(card) for card in cards))


def test_the_seeds_give_exactly_one_denied_claim_card(shown: Shown) -> None:
    kinds = [(card.metadata or {})["event_payload"]["kind"] for card in shown.cards]
    assert kinds.count("denied_claim") == 1
    # A same-side card for Washington's turn at the United Nations would be right, and is not required.
    assert set(kinds) <= {"denied_claim", "same_side"}


def test_the_card_is_headed_and_worded_as_the_story_is(shown: Shown) -> None:
    assert title(shown.claim) == "Peskov vs Trump on peacekeepers"
    text = words(shown.claim)
    assert "Possible conflict over Putin’s position." in text
    assert "he will accept that" in text
    assert "There is a position on this matter" in text
    assert "pointed back to Lavrov" in text
    assert "“unacceptable”" in text
    check_first = text[text.index("Check first") :]
    assert "NATO" in check_first
    assert "European" in check_first


def test_later_refusals_join_the_card_as_evidence(shown: Shown) -> None:
    thread = "\n".join(words(reply) for reply in shown.threads[shown.of_kind("denied_claim")[0]])
    for refusal in ("NATO and peacekeeping are entirely incompatible", "will not tolerate NATO troops", "Logvinov"):
        assert refusal in thread


def test_no_alert_between_people_who_agree_and_none_from_a_bare_no_comment(shown: Shown) -> None:
    for card in shown.cards:
        assert not {"Grushko", "Logvinov", "Kellogg", "Albanese"} & set(title(card).replace(",", "").split())
