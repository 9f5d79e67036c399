"""What people are called in Slack, for lines in which a mention would ring for nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.slack.web_api.calls import FAULTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from slack_sdk.web.async_client import AsyncWebClient

_PATIENCE = 1.5  # seconds
_NOBODY = "somebody of the desk"
_AGAIN = 60.0  # seconds before it is asked again about who is not known, for whoever waits for a page


def is_outsider(told: Mapping[str, Any]) -> bool:
    """Whether Slack describes a guest, an app, somebody who is gone, or somebody of another workspace."""
    marks = ("is_restricted", "is_ultra_restricted", "is_bot", "deleted", "is_stranger")
    return any(told.get(mark) for mark in marks)


class Names:
    """Asks Slack for a name once; where it does not say, the line goes without."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[str, str] = {}
        self._unknown: dict[str, float] = {}  # when it was asked in vain

    async def of(self, user: str) -> str:
        """The name that Slack shows for a user id."""
        if user not in self._known:
            try:
                async with asyncio.timeout(_PATIENCE):
                    answer = await self._client.api_call("users.info", params={"user": user}, http_verb="GET")
                told = (answer.get("user") or {}) if isinstance(answer.data, dict) else {}
            except (TimeoutError, *FAULTS):
                return _NOBODY
            profile = told.get("profile") or {}
            names = (profile.get("display_name"), profile.get("real_name"), told.get("real_name"), told.get("name"))
            self._known[user] = next((str(name) for name in names if name), _NOBODY)
        return self._known[user]

    async def of_all(self, users: Collection[str]) -> Mapping[str, str]:
        """The names of those whom Slack names, asked at once; of others it is silent, and is not asked soon again."""
        now = asyncio.get_running_loop().time()
        asked = [one for one in users if now - self._unknown.get(one, -_AGAIN) >= _AGAIN]
        found = dict(zip(asked, await asyncio.gather(*map(self.of, asked)), strict=True))
        self._unknown |= {user: now for user, name in found.items() if name == _NOBODY}
        return {user: name for user, name in found.items() if name != _NOBODY}
