"""Each signed request goes as it came to the process of its workspace; where that is down, the answer says so."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web
from slack_bolt.request.internals import extract_team_id
from slack_sdk.signature import SignatureVerifier

from bot.installed import NotInstalled
from bot.signed import PATH, TEAM, NotSlacks, received

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.installed import Installations
    from config.settings import DoorSettings

log = logging.getLogger(__name__)

PATIENCE = 2.5  # seconds for the process: Slack waits three for us
# What belongs to one connection, or is made anew for the next.
_OF_THE_HOP = frozenset({
    "accept-encoding", "connection", "content-length", "host", "keep-alive", "proxy-authenticate",
    "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", TEAM.lower(),
})  # fmt: skip
_MAYBE = "On Record did not answer in time. It may still do what you asked: look before you ask again."
_SENTENCES = {
    502: _MAYBE,
    503: "On Record’s service for this workspace is not running. Nothing was done; try again in a minute.",
    504: _MAYBE,
}
_ENDS = {"app_uninstalled": "the app was uninstalled", "tokens_revoked": "its token was revoked"}


class Passing:
    """The way of Slack's requests to the processes. A request is judged here and once more where it arrives."""

    def __init__(self, settings: DoorSettings, signing: str, installations: Installations, patience: float) -> None:
        self._processes = {one.team: one.process.rstrip("/") for one in settings.workspaces if one.process}
        self._verifier = SignatureVerifier(signing)
        self._installations = installations
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None
        self._one_end_at_a_time = asyncio.Lock()  # an uninstalled app is told of twice at once
        self._troubles: dict[str, str] = {}  # by workspace: what was said of its process last

    async def close(self) -> None:
        """Release the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def receive(self, request: web.Request) -> web.Response:
        """Answer Slack: with what the process answers, or with why there is no such answer."""
        try:
            raw, body = await received(request, self._verifier)
            team = _team(body)
        except NotSlacks as error:
            return web.Response(status=error.status, text=str(error))
        if body.get("type") == "url_verification":
            return web.Response(text=str(body.get("challenge") or ""))
        if "ssl_check" in body:
            return web.Response()
        ending = _ending(body)
        if ending:
            async with self._one_end_at_a_time:
                await asyncio.to_thread(self._end, team, ending, body)
        process = self._processes.get(team)
        if process is None:
            self._say(team, "it has no process here; what comes from it is answered and dropped")
            return _unanswered(body, 404, "On Record has no service for this workspace. Its operators know more.")
        answer = await self._passed(team, process, raw, request.headers)
        if isinstance(answer, web.Response):
            self._troubles.pop(team, None)
            return answer
        self._say(team, f"its process at {process} {answer[1]}")
        if ending:
            return web.Response()  # the door has done its part, and the process sees for itself
        return _unanswered(body, *answer)

    async def _passed(
        self, team: str, process: str, raw: bytes, headers: Mapping[str, str]
    ) -> web.Response | tuple[int, str]:
        """The answer of the process, or a status with words for why there is none."""
        if self._session is None:
            self._session = aiohttp.ClientSession(auto_decompress=False, trust_env=False)
        sent = [(name, value) for name, value in headers.items() if name.lower() not in _OF_THE_HOP]
        sent += [(TEAM, team), ("Accept-Encoding", "identity")]
        try:
            async with (
                asyncio.timeout(self._patience),
                self._session.post(process + PATH, data=raw, headers=sent, allow_redirects=False) as answer,
            ):
                body = await answer.read()
        except TimeoutError:
            return 504, "did not answer in time"
        except aiohttp.ClientConnectorError as error:
            return 503, f"cannot be reached ({type(error.os_error).__name__})"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return 502, f"broke off ({type(error).__name__})"  # it may have done what was asked
        if answer.status == 421:
            return 503, "serves another workspace"
        kind = answer.headers.get("Content-Type")
        return web.Response(status=answer.status, body=body, headers={"Content-Type": kind} if kind else None)

    def _end(self, team: str, why: str, body: Mapping[str, Any]) -> None:
        try:
            at = datetime.fromtimestamp(float(body.get("event_time") or 0), UTC)
            if self._installations.end(team, why, at):
                log.warning("%s: %s; its process posts nothing until the app is installed there again", team, why)
        except (NotInstalled, OSError, ValueError, OverflowError, TypeError) as error:
            log.error("%s: %s, and that could not be written down: %s", team, why, error)  # noqa: TRY400  one line

    def _say(self, team: str, words: str) -> None:
        """Once a spell of trouble."""
        if self._troubles.get(team) != words and len(self._troubles) < 1000:
            self._troubles[team] = words
            log.warning("%s: %s", team or "a request that names no workspace", words)


def _team(body: dict[str, Any]) -> str:
    """The workspace that a request is of, as Bolt finds it; empty where it names none.

    In a channel that two workspaces share, a button belongs to the one whose bot posted it, whoever presses it:
    Slack names that one (https://github.com/slackapi/java-slack-sdk/issues/1041).
    """
    try:
        return str(extract_team_id(body) or "")
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise NotSlacks(400, "not a request of Slack's") from error


def _ending(body: Mapping[str, Any]) -> str:
    """Why an installation is none any more, where an event says that; empty for everything else."""
    event = body.get("event")
    if body.get("type") != "event_callback" or not isinstance(event, dict):
        return ""
    tokens = event.get("tokens")
    if event.get("type") == "tokens_revoked" and not (isinstance(tokens, dict) and tokens.get("bot")):
        return ""  # of a person, whose token we have none of
    return _ENDS.get(str(event.get("type")), "")


def _unanswered(body: Mapping[str, Any], status: int, words: str) -> web.Response:
    """What Slack is told instead: a sentence for who typed a command, for the rest a status.

    Slack shows a button or a form that it failed, and sends an event again twice within minutes unless there is nobody
    who could ever hear it.
    """
    if "command" in body:
        return web.json_response({"response_type": "ephemeral", "text": _SENTENCES.get(status, words)})
    if status == 404 and body.get("type") == "event_callback":
        return web.Response()
    return web.Response(status=status, text=words)
