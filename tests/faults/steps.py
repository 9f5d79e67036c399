"""What brings a life to each named step, so that it dies there, and what must be so afterwards."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol

from alembic import command
from copying import COPIES
from sqlalchemy import create_engine
from world import DESKS, SETTLING, World

from bot.ledger import Ledger
from bot.ledger.database.migrate import alembic_config
from bot.workspace import NotThereError
from config.failpoint import POINTS

KILLED = tuple(point for point in POINTS if point not in {*COPIES, "in-move"})  # no service comes to these
READING = {"downloaded", "extracted", "in-transaction", "committed"}
PAIRS = 2  # four articles
DOUBTS = 10  # kills on one doubt, before it may be settled


class Killed(Protocol):
    """A life that is to die the nth time it comes to the step, and what it is put to meanwhile; whether it did."""

    def __call__(self, times: int = 1, act: Callable[[], Awaitable[None]] | None = None) -> Awaitable[bool]: ...


Lived = Callable[[Callable[[], Awaitable[bool]]], Awaitable[None]]  # a life that goes on until something holds


async def kill(place: World, point: str, kills: int, *, dice: random.Random, killed: Killed, lived: Lived) -> None:
    """Have so many lives killed at a step."""
    match point:
        case "in-migration":
            await _in_migration(place, kills, killed)
        case "in-reconcile":
            await _in_reconcile(place, kills, killed, lived)
        case "decided":
            await _decided(place, kills, killed, lived)
        case _:
            place.storm()
            for _ in range(kills):
                place.publish(PAIRS)
                # Not at the first article: what ends the service each time that it is read is set aside after three.
                await killed(dice.randint(2, 4) if point in READING else dice.randint(1, 3))


async def _in_migration(place: World, kills: int, killed: Killed) -> None:
    """A ledger as the first release made it."""
    engine = create_engine(f"sqlite:///{place.ledger}")
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    place.publish(PAIRS)
    for _ in range(kills):
        await killed()


async def _in_reconcile(place: World, kills: int, killed: Killed, lived: Lived) -> None:
    """Answers that were lost, long enough ago."""
    for first in range(0, kills, DOUBTS):
        place.publish(len(DESKS))
        lost = place.workspace.inject("chat.postMessage", drop=True, after_commit=True, times=len(DESKS))
        await lived(lambda lost=lost: _holds(lambda: lost.hits == len(DESKS)))
        await asyncio.sleep(SETTLING)
        for _ in range(min(DOUBTS, kills - first)):
            await killed()
        await lived(place.delivered)


async def _decided(place: World, kills: int, killed: Killed, lived: Lived) -> None:
    """A person confirms, takes it back, confirms …; each press is on record once, though none was answered."""
    place.publish(1)
    await lived(place.delivered)
    (card,) = [one for one in place.workspace.messages(DESKS[0]) if one.metadata]
    pressed = 0
    for turn in range(kills):
        button = "alert_undo" if turn % 2 else "alert_confirm"

        async def press(button: str = button) -> None:
            found = lambda: place.workspace.world.find(card.channel, card.ts)  # noqa: E731
            await _holds(lambda: (shown := found()) is not None and shown.button(button) is not None)
            with suppress(NotThereError):
                await place.workspace.click("ada", card.channel, card.ts, button)

        pressed += await killed(1, press)
    with Ledger.open(str(place.ledger)) as ledger:
        told = [one.action for one in ledger.audit(1001)]
    expected = [("confirm", "undo")[turn % 2] for turn in range(pressed)]
    assert told == expected, f"{told} is on record, {expected} was pressed"


async def _holds(condition: Callable[[], bool], within: float = 60.0) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            while not condition():
                await asyncio.sleep(0.02)
            return True
    return False
