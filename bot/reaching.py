"""Slack is reached now or as soon as it can be, and anew where the app was installed anew; nothing waits for it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.slack.errors import SlackSideError, SlackUnreachable

if TYPE_CHECKING:
    from bot.slack.app import SlackSide

log = logging.getLogger(__name__)

REACH_AGAIN = 30.0  # seconds between two attempts, and between two looks at what is installed


class Reaching:
    """Starts the Slack side and starts it again; whoever made it stops it."""

    def __init__(self, slack: SlackSide, again: float) -> None:
        self._slack = slack
        self._again = again
        self._reached = False

    async def begin(self) -> None:
        """Try once. SlackRefused if an operator has to see to it first."""
        try:
            await self._slack.start()
        except SlackUnreachable as error:
            log.error("%s; watching goes on, alerts wait, it is tried again", error)  # noqa: TRY400  the sentence is all
        else:
            self._reached = True

    async def run(self) -> None:
        """Try until Slack is reached, and again whenever there is a new token; never returns.

        Whatever a start raises (a port that is taken, a ledger that is not there) is logged, and it is tried again.
        """
        while True:
            await asyncio.sleep(self._again)
            try:
                await self._look()
            except SlackSideError as error:
                log.warning("%s", error)
            except Exception:  # the boundary of this loop: nobody waits for it, and without it the bot stays silent
                log.exception("Slack was not reached for a reason of our own; it is tried again")

    async def _look(self) -> None:
        if self._reached:
            if not await self._slack.newly_installed():
                return
            log.info("the app was installed anew: it goes on with the new token")
            await self._slack.stop()
            self._reached = False
        await self._slack.start()
        self._reached = True
