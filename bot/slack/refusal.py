"""Whether Slack takes us at all, and why not: the app was taken out, its token was revoked, or it lacks a right."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from bot.slack.web_api import calls, remedies
from bot.slack.web_api.client import DEADLINE

if TYPE_CHECKING:
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.ledger import Ledger
    from bot.slack.web_api.pace import Pace
    from config.settings import SlackSettings

_log = logging.getLogger(__name__)

_WAIT = 60.0  # seconds between two attempts while Slack refuses us
UNINSTALLED = "app_uninstalled"
# Nothing can be posted before somebody has seen to the token: to try would only be to be refused once more.
_UNKNOWN = frozenset({
    UNINSTALLED, "account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked",
})  # fmt: skip
_REMEDY = {UNINSTALLED: "the app was uninstalled: install it again, set its token and start On Record anew"}
_NEW_TOKEN = "set a new token and start On Record anew"  # noqa: S105  words, no secret
_SUBJECT = "slack"


class Refusal:
    """What the workspace as a whole refuses. While it does, posting waits and everything else goes on."""

    def __init__(
        self, *, ledger: Ledger, client: AsyncWebClient, pace: Pace, troubles: dict[str, str], settings: SlackSettings
    ) -> None:
        self._ledger = ledger
        self._client = client
        self._pace = pace
        self._troubles = troubles
        self._operators = settings.operator_channel
        self._team = settings.team
        self._code = ""
        self._over = False  # whether it is on record that nothing is refused: a start does not know what was before

    @property
    def unknown(self) -> bool:
        """Whether Slack knows us no more: another start with the same token would change nothing."""
        return self._code in _UNKNOWN

    def begins(self, code: str, detail: str, now: datetime) -> None:
        """Slack said that it takes us no more, in answer to a post or unasked; blocks."""
        again = self.unknown and code in _UNKNOWN
        if not again:  # the same thing in another word, told late, does not put off the next question
            self._pace.hold("", now, _WAIT)
        elif code != UNINSTALLED:
            return
        remedy = _REMEDY.get(code) or (_NEW_TOKEN if code in _UNKNOWN else remedies.remedy(code))
        if code in _UNKNOWN and self._team:
            remedy = f"install the app in {self._team} again, and it goes on by itself"
        reason = " ".join(part for part in (code, detail, remedy and f"({remedy})") if part)
        self._code, self._over = code, False
        self._troubles[""] = f"Slack refuses us: {reason}"
        words = f"Slack refused On Record's messages from {now:%d %b %Y %H:%M} UTC on: {reason}"
        if self._ledger.trouble(_SUBJECT, reason, words, self._operators, now):
            _log.error("Slack refuses us: %s; posting stops, watching goes on", reason)

    def ends(self, now: datetime) -> None:
        """Slack takes us, or takes us again; blocks."""
        if self._over:
            return
        self._code, self._over = "", True
        self._troubles.pop("", None)
        self._pace.release("")
        if self._ledger.trouble_over(_SUBJECT, "Slack takes On Record's messages again.", self._operators, now):
            _log.info("Slack takes us again")

    async def stands(self, now: datetime) -> bool:
        """Whether posting has to wait. Once a minute Slack is asked whether it knows us again."""
        if self._pace.waits("", now):
            return True
        if not self.unknown:
            return False
        code = await self._asked()
        if code is None:
            await asyncio.to_thread(self.ends, now)
            return False
        self._pace.hold("", now, _WAIT)
        await asyncio.to_thread(self.begins, code or self._code, "", now)
        return True

    async def _asked(self) -> str | None:
        """None: Slack knows us. Otherwise its word for it, empty where it says nothing clear."""
        try:
            async with asyncio.timeout(DEADLINE):
                await self._client.api_call("auth.test")
        except SlackApiError as error:
            code = error.response.get("error") if isinstance(getattr(error.response, "data", None), dict) else ""
            return str(code) if code in _UNKNOWN else ""
        except (TimeoutError, *calls.FAULTS):
            return ""
        return None
