"""How well Slack is heard: when each connection last said anything, how often it was opened, and what was answered."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler

from bot.slack.web_api.calls import FAULTS
from bot.slack.web_api.client import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.request.async_request import AsyncBoltRequest
    from slack_bolt.response import BoltResponse
    from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
    from slack_sdk.web.async_client import AsyncWebClient

_log = logging.getLogger(__name__)

ASK_EVERY = 60.0  # seconds between two questions whether Slack still knows us, where it holds no connection to us
_SPOKEN = frozenset({aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.PING, aiohttp.WSMsgType.PONG})


@dataclass(slots=True)
class Ear:
    """One way in which Slack is heard. `heard` is a monotonic time, at first that of its making."""

    heard: float
    opened: int = 0


class Line:
    """What is counted between us and Slack; `ticks` is a monotonic clock in seconds."""

    def __init__(self, ticks: Callable[[], float], *, ask_every: float = ASK_EVERY) -> None:
        self.ticks = ticks
        self._ask_every = ask_every
        self.answers: Counter[str] = Counter()  # of Slack's: ok, limited (429), refused, failed
        self._ears: list[Ear] = []

    @property
    def silences(self) -> tuple[float, ...]:
        """For how many seconds nothing was heard in each way; empty until Slack was reached."""
        now = self.ticks()
        return tuple(now - ear.heard for ear in self._ears)

    @property
    def reconnects(self) -> int:
        """How often a connection was opened anew."""
        return sum(max(0, ear.opened - 1) for ear in self._ears)

    def forget(self) -> None:
        """Nothing is to be heard any more, or the start failed: a Slack that was never reached is not silent."""
        self._ears = []

    def ear(self) -> Ear:
        """One more way to hear Slack."""
        made = Ear(heard=self.ticks())
        self._ears.append(made)
        return made

    def session(self, ear: Ear) -> aiohttp.ClientSession:
        """A session whose sockets tell when anything comes in.

        The library's own time of the last pong does not do: it is set to now whenever a connection is given up.
        """
        ticks = self.ticks

        class Heard(aiohttp.ClientWebSocketResponse):
            def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  whatever aiohttp gives
                super().__init__(*given, **named)
                ear.opened += 1

            async def receive(self, timeout: float | None = None) -> Any:  # noqa: ANN401, ASYNC109  as it is inherited
                message = await super().receive(timeout)
                if message.type in _SPOKEN:
                    ear.heard = ticks()
                return message

        return aiohttp.ClientSession(ws_response_class=Heard)

    async def ask(self, client: AsyncWebClient, stop: asyncio.Event, ear: Ear) -> None:
        """Ask Slack now and then whether it knows us, until told to stop: by signed HTTP it is silent by itself."""
        while not stop.is_set():
            try:
                async with asyncio.timeout(self._ask_every):
                    await stop.wait()
            except TimeoutError:
                pass
            else:
                return
            try:
                async with asyncio.timeout(DEADLINE):
                    await client.api_call("auth.test")
            except (TimeoutError, *FAULTS) as error:
                _log.warning("Slack does not answer for us: %s", type(error).__name__)
            else:
                ear.heard = self.ticks()


class Answers(AsyncRetryHandler):
    """Counts Slack's answers by what they are, and never has anything tried again."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002  as it is inherited, as are the others
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        self._line.answers[_kind(response, error)] += 1
        return False


def _kind(response: HttpResponse | None, error: Exception | None) -> str:
    if response is None or error is not None:
        return "failed"
    if response.status_code == 429:
        return "limited"
    if response.status_code >= 500:
        return "failed"
    refused = isinstance(response.body, dict) and response.body.get("ok") is False
    return "refused" if refused or response.status_code >= 400 else "ok"


class TimedApp(AsyncApp):
    """A Bolt app that tells how many seconds each payload waited for its acknowledgement, by socket or HTTP alike."""

    def __init__(self, *, ticks: Callable[[], float], acked: Callable[[float], None], **named: Any) -> None:  # noqa: ANN401
        super().__init__(**named)
        self._ticks = ticks
        self._acked = acked

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """As inherited: the answer is the acknowledgement, and the listener may go on behind it."""
        since = self._ticks()
        try:
            return await super().async_dispatch(req)
        finally:
            self._acked(self._ticks() - since)
