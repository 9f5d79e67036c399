"""How often one person may ask: enough for anybody who types, too little for a script that never stops."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.response import BoltResponse

from bot.slack.actions import ELEMENTS
from bot.slack.blocks import answers

AT_ONCE = 20  # questions of one person; after that one more a second
_KEPT = 500  # people whose turns are remembered, before those who may ask freely again are forgotten
_TOO_FAST = f"You ask faster than On Record answers: {AT_ONCE} questions at once, then one a second. Ask again soon."

Next = Callable[[], Awaitable[Any]]


@dataclass(slots=True)
class _Stand:
    left: float
    at: float
    told: bool = False


class Turns:
    """The questions that each person has left; `ticks` is a monotonic clock in seconds."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._stands: dict[str, _Stand] = {}

    def take(self, user: str) -> bool:
        """Whether this person may ask once more now."""
        now = self._ticks()
        stand = self._stands.get(user)
        if stand is None:
            self._forget(now)
            stand = self._stands[user] = _Stand(left=AT_ONCE, at=now)
        stand.left, stand.at = min(AT_ONCE, stand.left + now - stand.at), now
        if stand.left < 1:
            return False
        stand.left -= 1
        stand.told = stand.told and stand.left < AT_ONCE / 2
        return True

    def to_tell(self, user: str) -> bool:
        """Whether this person has yet to be told that they ask too fast; asked once, they count as told."""
        stand = self._stands[user]
        first, stand.told = not stand.told, True
        return first

    def _forget(self, now: float) -> None:
        if len(self._stands) >= _KEPT:
            busy = {user: one for user, one in self._stands.items() if one.left + now - one.at < AT_ONCE}
            self._stands = busy


def in_turn(
    turns: Turns, tell: Callable[[Mapping[str, Any], Any], Coroutine[Any, Any, None]]
) -> Callable[..., Awaitable[BoltResponse | None]]:
    """The middleware that lets nobody ask out of turn. What decides something is never held up.

    `tell` shows an answer to the person behind a payload. Who is refused is told once, not each time.
    """
    telling: set[asyncio.Task[None]] = set()  # behind the acknowledgement, which does not wait for it

    async def ask(body: dict[str, Any], next_: Next) -> BoltResponse | None:
        user = _who_asks(body)
        if not user or turns.take(user):
            await next_()
            return None
        if turns.to_tell(user):
            event = body.get("event") or {}
            place = {"user_id": user, "channel_id": event.get("channel")} if event else body
            task = asyncio.create_task(tell(place, answers.noted(_TOO_FAST)))
            telling.add(task)
            task.add_done_callback(telling.discard)
        return BoltResponse(status=200, body="")

    return ask


def _who_asks(body: Mapping[str, Any]) -> str:
    """The person behind a command, a message, a shortcut or a button that only asks; empty: nobody asks."""
    if body.get("command"):
        return str(body.get("user_id") or "")
    event = body.get("event")
    if isinstance(event, dict):
        words = event.get("type") in {"app_mention", "message"} and not event.get("bot_id")
        return str(event.get("user") or "") if words else ""
    asks = body.get("type") in {"shortcut", "message_action"} or any(
        (element := ELEMENTS.get(str(action.get("action_id")))) and element.looks
        for action in body.get("actions") or ()
    )
    return str((body.get("user") or {}).get("id") or "") if asks else ""
