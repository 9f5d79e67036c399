"""Questions to an OpenAI-compatible server (POST …/chat/completions), answered in a given shape or not at all."""

from __future__ import annotations

import asyncio
import json
import logging
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.judges.llm.allowance import Allowance

log = logging.getLogger(__name__)

_AT_ONCE: Final = 4
_MOST_BYTES: Final = 1024 * 1024
_MOST_TOKENS: Final = 500  # of one answer; the shapes asked for need far fewer
_PER_TOKEN: Final = 3  # characters, where the server does not count: rather too many tokens than too few
_NOT_FOUND, _REDIRECTS, _OK = 404, range(300, 400), 200
_NO_ENTRY: Final = frozenset({401, 403})


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where the model is: `url` up to and with "/v1". The key is never shown."""

    url: str
    model: str
    seconds: float  # for one question, from the first byte sent to the last received
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be done, the material, and the shape of the answer."""

    task: str
    material: str
    name: str
    shape: Mapping[str, Any]


class _Unanswered(Exception):
    """The server gave no answer that can be used; whoever asks decides without it."""


class Client:
    """Asks, within an allowance. May be used from any thread that runs no event loop of its own.

    `failed` is called where questions were left without an answer though the allowance would have let them be asked.
    """

    def __init__(self, server: Server, allowance: Allowance, failed: Callable[[], None] = lambda: None) -> None:
        self._server = server
        self._allowance = allowance
        self._failed = failed

    def ask(self, questions: Sequence[Question]) -> list[str | None]:
        """The text of each answer, None where there is none; the log says why.

        No question is begun once the time for one has passed: whoever asks waits twice that time at most.
        """
        return asyncio.run(self._all(questions)) if questions else []

    def reach(self) -> str:
        """What stands between us and the model, in a sentence; empty: it answers. Costs one short question."""
        return asyncio.run(self._reach())

    async def _reach(self) -> str:
        empty = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
        question = Question(task="Answer with {}.", material="{}", name="nothing", shape=empty)
        try:
            async with self._session() as session:
                answer = await self._post(session, question)
        except TimeoutError:
            return f"{self._server.url} gives no answer within {self._server.seconds:g} seconds"
        except aiohttp.ClientError as fault:
            return self._hidden(f"{self._server.url} cannot be reached: {fault}")
        except _Unanswered as fault:
            return self._hidden(str(fault))
        return "" if self._text(answer, question) is not None else f"{self._server.url} answers no chat completion"

    def _session(self) -> aiohttp.ClientSession:
        wait = aiohttp.ClientTimeout(total=self._server.seconds)
        headers = {"Authorization": f"Bearer {self._server.key}"} if self._server.key else {}
        return aiohttp.ClientSession(timeout=wait, headers=headers)

    async def _all(self, questions: Sequence[Question]) -> list[str | None]:
        gate = asyncio.Semaphore(_AT_ONCE)
        async with self._session() as session:
            loop = asyncio.get_running_loop()
            until = loop.time() + self._server.seconds

            async def one(question: Question) -> str | None:
                async with gate:
                    ready = loop.time() < until and self._allowance.take()
                    return await self._one(session, question) if ready else None

            answers = await asyncio.gather(*map(one, questions))
            if loop.time() >= until and None in answers:
                log.warning("the language model was too slow for %d of %d questions", answers.count(None), len(answers))
            if None in answers and not self._allowance.spent:  # that is no failure of anybody
                self._failed()
            return answers

    async def _one(self, session: aiohttp.ClientSession, question: Question) -> str | None:
        try:
            answer = await self._post(session, question)
        except TimeoutError:
            self._allowance.rest(f"no answer within {self._server.seconds:g} seconds")
        except aiohttp.ClientError as fault:
            self._allowance.rest(self._hidden(f"{self._server.url} cannot be reached: {fault}"))
        except _Unanswered as fault:
            self._allowance.rest(self._hidden(str(fault)))
        else:
            return self._text(answer, question)
        return None

    async def _post(self, session: aiohttp.ClientSession, question: Question) -> bytes:
        url = f"{self._server.url.rstrip('/')}/chat/completions"
        body, proxy = self._body(question), _proxy(url)
        async with session.post(url, json=body, proxy=proxy, allow_redirects=False) as reply:
            if reply.status in _REDIRECTS:
                raise _Unanswered(f"{url} points elsewhere, and no redirect is followed: set [judge] endpoint to it")
            if reply.status in _NO_ENTRY:
                raise _Unanswered(f"{url} refuses the key ({reply.status}): look at ONRECORD_LLM_API_KEY")
            read = bytearray()
            async for chunk in reply.content.iter_chunked(65536):
                read += chunk
                if len(read) > _MOST_BYTES:
                    raise _Unanswered(f"{url} answers with more than {_MOST_BYTES} bytes")
            if reply.status == _NOT_FOUND:
                raise _Unanswered(f"{url} or the model {self._server.model!r} is not there ({reply.status})")
            if reply.status != _OK:
                raise _Unanswered(f"{url} answers {reply.status}: {_complaint(bytes(read))}")
            return bytes(read)

    def _body(self, question: Question) -> dict[str, Any]:
        shape = {"name": question.name, "strict": True, "schema": question.shape}
        return {
            "model": self._server.model,
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
            "messages": [
                {"role": "system", "content": question.task},
                {"role": "user", "content": question.material},
            ],
            "response_format": {"type": "json_schema", "json_schema": shape},
        }

    def _text(self, answer: bytes, question: Question) -> str | None:
        try:
            told = json.loads(answer)
            text = told["choices"][0]["message"]["content"]
            used = (told.get("usage") or {}).get("total_tokens")
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            text = used = None
        asked = len(question.task) + len(question.material) + len(answer)
        self._allowance.spend(used if isinstance(used, int) and used > 0 else asked // _PER_TOKEN)
        if isinstance(text, str):
            return text
        log.warning("the language model's server answers something else than a chat completion: left aside")
        return None

    def _hidden(self, text: str) -> str:
        """The text without the key, should the server have said it back."""
        return text.replace(self._server.key, "(the key)") if self._server.key else text


def _proxy(url: str) -> str | None:
    """The proxy that the environment names for an address; nothing else of it is used, not even .netrc."""
    parts = urlsplit(url)
    if urllib.request.proxy_bypass_environment(parts.netloc):  # type: ignore[attr-defined]  # older than its stub
        return None
    return urllib.request.getproxies_environment().get(parts.scheme)


def _complaint(body: bytes) -> str:
    """What a server says is wrong, in short."""
    try:
        message = json.loads(body)["error"]["message"]
    except (ValueError, LookupError, TypeError, RecursionError):
        message = body.decode("utf-8", "replace")
    return " ".join(str(message).split())[:200] or "nothing more"
