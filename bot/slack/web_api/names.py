"""What people are called in Slack, for lines in which a mention would ring for nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.slack.web_api.calls import FAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk.web.async_client import AsyncWebClient

_PATIENCE = 1.5  # seconds
_NOBODY = "somebody of the desk"


def is_outsider(told: Mapping[str, Any]) -> bool:
    """Whether Slack describes a guest, an app, somebody who is gone, or somebody of another workspace."""
    marks = ("is_restricted", "is_ultra_restricted", "is_bot", "deleted", "is_stranger")
    return any(told.get(mark) for mark in marks)


class Names:
    """Asks Slack for a name once; where it does not say, the line goes without."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[str, str] = {}

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
