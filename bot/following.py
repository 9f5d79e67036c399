"""What is changed in Slack reaches the processes that Slack does not speak to: they look for it in the ledger."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, NoReturn

from bot.ledger import LedgerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.ledger import Ledger

log = logging.getLogger(__name__)

LOOK = 5.0  # seconds between two looks


async def follow(
    ledger: Ledger, known: tuple[int, int], take_up: Callable[[], Awaitable[None]], every: float = LOOK
) -> NoReturn:
    """Take up what the ledger says of sources, people and sides whenever that has changed since `known`."""
    while True:
        await asyncio.sleep(every)
        try:
            stands = await asyncio.to_thread(ledger.revision)
            if stands != known:
                await take_up()
                known = stands
        except LedgerError as error:
            log.warning("whether sources or people were changed is not known: %s", error)
