"""Delivery up to the point of posting: everything is done and checked, and Slack is asked only whether it knows us."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.ledger import Ledger
from bot.slack.blocks import Desk
from bot.slack.deliver import DeliveryLoop
from config.settings import SlackSettings


class DryRun(AsyncWebClient):
    """Posts nothing: `auth.test` stands for every write, with what the real client answers to it."""

    def __init__(self, real: AsyncWebClient) -> None:
        super().__init__(token=real.token, base_url=real.base_url)
        self._real = real

    async def api_call(self, api_method: str, **asked: Any) -> AsyncSlackResponse:  # noqa: ANN401
        """An empty history; a yes to a write, if Slack accepts our token just now."""
        place = {**(asked.get("params") or {}), **(asked.get("json") or {})}.get("channel", "")
        answer: dict[str, Any] = {"ok": True, "messages": []}
        if api_method in {"chat.postMessage", "chat.update"}:
            await self._real.api_call("auth.test")
            answer = {"ok": True, "channel": place, "ts": "1.000000"}
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url=api_method, req_args={}, data=answer, headers={}, status_code=200
        )


async def rehearse(
    ledger: Ledger,
    *,
    client: AsyncWebClient,
    settings: SlackSettings,
    desk: Desk,
    now: datetime,
) -> str:
    """Deliver the first card of a ledger without posting it; why that failed, in words, or nothing.

    Its evidence is proven, the intent written down, the message built and held against Slack's limits, and Slack asked
    whether our token holds.
    """
    loop = DeliveryLoop(
        ledger=ledger,
        client=DryRun(client),
        settings=settings.model_copy(update={"operator_channel": ""}),
        desk=desk,
        clock=lambda: now,
    )
    await loop.step(now)
    if not ledger.conflicts(state="sent"):
        return f"its card did not get as far as being posted: {'; '.join(loop.troubles) or 'it waits'}"
    return ""
