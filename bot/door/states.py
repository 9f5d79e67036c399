"""Proof that whoever comes back from Slack set out from here: once, and within ten minutes."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

if TYPE_CHECKING:
    from collections.abc import Callable

LIFE = 600  # seconds, which the cookie lives too
_MOST = 10_000  # kept at a time: whoever opens the page for ever fills no memory


class States(AsyncOAuthStateStore):
    """States in memory: after a restart whoever was on the way begins again. `ticks` is a monotonic clock in seconds.

    Slack's own store in files would open whatever path a visitor writes as a state.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._issued: dict[str, float] = {}  # oldest first

    async def async_issue(self, *_given: object, **_named: object) -> str:
        """A state nobody can guess."""
        state = secrets.token_urlsafe(32)
        self._issued[state] = self._ticks()
        while len(self._issued) > _MOST:
            del self._issued[next(iter(self._issued))]
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether this state was issued here, lately, and is used for the first time."""
        issued = self._issued.pop(state, None)
        return issued is not None and self._ticks() - issued <= LIFE
