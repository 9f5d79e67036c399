"""What the help gives as examples is understood by a service that has read a few articles with the shipped settings."""

from __future__ import annotations

import json
import re
from itertools import count

import pytest
from stage.house import House
from stage.newsstand import Item
from test_seeds import PUBLISHED

from bot.slack import commands

INVENTED = re.compile(
    r"example/|Velden|Ardenia|the-outlet|Outlet A|3fa9c2"
)  # placeholders: what they name is not there
FORMS = {"fix", "reply", "source import"}  # these open a form
MISREAD = re.compile(
    r"was found in the record|is no (?:time|alert|part|kind|strength|number|stretch)|not understood|Which \w+\?|no setting"
)


@pytest.mark.campaign
async def test_every_example_of_the_help_is_understood(house: House, seeds: dict[str, str]) -> None:
    house.names, house.ticks = ["seeds"], count().__next__  # nobody asks too fast
    stand = house.stand.stand("seeds")
    async with house.open():
        for number, published in PUBLISHED.items():
            headline, _, body = seeds[number].partition("\n")
            stand.items.append(Item(guid=number, title=headline, text=body, published=published))
        await house.stand.looked_at("seeds", 2)
        await house.delivered("seeds")
        name = str((house.cards()[0].metadata or {})["event_payload"]["alert_id"])
        asked = {}
        for one in commands.SUBCOMMANDS.values():
            for example in one.examples:
                if INVENTED.search(example) or any(example.startswith(form) for form in FORMS):
                    continue
                typed = example.replace("OR-1042", name).replace("1042", name).replace("@ada", "<@U0ADA|ada>")
                answer = await house.workspace.slash("ada", "fact-desk", typed, within=30)
                asked[example] = json.dumps(answer.blocks, ensure_ascii=False)
    assert len(asked) > 60
    assert [(example, told[:400]) for example, told in asked.items() if MISREAD.search(told)] == []
