"""Answers to commands and buttons, from a real record."""

from __future__ import annotations

from collections.abc import Iterator

from strait_story import ADA, NOW

from bot.slack import actions, commands
from bot.slack.newsroom import Asker, Newsroom, Press
from shown.sample import Sample, seen

ASKED = (  # what is typed after /record, in this order
    "help",
    "help look up",
    "help who",
    "help withdraw",
    "who halasz",
    "who velden monitors",
    "conflicts",
    "conflicts tariffs",
    "alert OR-1001",
    "status",
    "who nobody at all",
    "wo velden",
)


def asked(newsroom: Newsroom, typed: tuple[str, ...], asker: Asker = ADA) -> Iterator[Sample]:
    """What the one who typed it sees."""
    for words in typed:
        answer = commands.answer(newsroom, words, asker, NOW)
        yield from seen(f"/record {words}", answer)


def press_all(newsroom: Newsroom, sample: Sample) -> Iterator[Sample]:
    """What follows when each button of an answer is pressed, in order."""
    for block in sample.payload["blocks"]:
        for one in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])):
            if one.get("type") == "button" and "url" not in one:
                press = Press(action=one["action_id"], value=one["value"], asker=ADA, now=NOW)
                says = f"{sample.says}, then “{one['text']['text']}”"
                yield from seen(says, actions.pressed(newsroom, press))
