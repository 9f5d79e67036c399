"""Sign in with Slack, as OpenID Connect has it: where people are sent, and what is made of who comes back."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import json
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from slack_sdk.errors import SlackApiError

from bot.slack.web_api.calls import FAULTS
from bot.slack.web_api.client import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk.web.async_client import AsyncWebClient

log = logging.getLogger(__name__)

SCOPES = "openid profile"
_USER, _TEAM = "https://slack.com/user_id", "https://slack.com/team_id"


class NotSignedIn(Exception):
    """Nobody came in; the text says why, to whoever tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What somebody who is sent to Slack has to come back with; kept in a cookie of theirs, signed."""

    state: str
    nonce: str
    verifier: str
    onward: str  # the page that they wanted

    @classmethod
    def to(cls, onward: str) -> Way:
        """A new way, which nobody can guess."""
        return cls(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
            onward=onward,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Who somebody is, by Slack's own word."""

    user: str
    team: str
    name: str


class OpenId:
    """One Slack app's sign-in. `client` carries no token; `back` is our own address to which people return."""

    def __init__(self, *, client: AsyncWebClient, client_id: str, client_secret: str, back: str) -> None:
        self._client = client
        self._id = client_id
        self._secret = client_secret
        self._back = back
        self._slack = client.base_url.removesuffix("api/")

    def address(self, way: Way, team: str) -> str:
        """Slack's page on which somebody agrees."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(way.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "scope": SCOPES,
            "client_id": self._id,
            "redirect_uri": self._back,
            "state": way.state,
            "nonce": way.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            **({"team": team} if team else {}),
        }
        return f"{self._slack}openid/connect/authorize?{urlencode(asked)}"

    async def known(self, code: str, way: Way, now: datetime) -> Known:
        """Who came back with a code. NotSignedIn where Slack does not say so, or says it of another way.

        The token comes from Slack itself over TLS, so that its signature need not be checked (OpenID Connect Core
        3.1.3.7): what it says is held against our own app, way and clock, and against what Slack answers when asked
        who it belongs to.
        """
        token = await self._asked(
            self._client.openid_connect_token(
                client_id=self._id,
                client_secret=self._secret,
                code=code,
                redirect_uri=self._back,
                grant_type="authorization_code",
                code_verifier=way.verifier,
            )
        )
        claims = claims_of(str(token.get("id_token") or ""))
        issuer = self._slack.rstrip("/")
        if claims.get("iss") != issuer or claims.get("aud") != self._id or claims.get("nonce") != way.nonce:
            raise NotSignedIn("Slack's answer was not for this sign-in. Begin again.")
        expires = claims.get("exp")
        if not isinstance(expires, (int, float)) or expires <= now.timestamp():
            raise NotSignedIn("Slack's answer came too late. Begin again.")
        told = await self._asked(self._client.openid_connect_userInfo(token=str(token.get("access_token") or "")))
        if not told.get("sub") or told.get("sub") != claims.get("sub"):
            raise NotSignedIn("Slack did not say clearly who you are. Begin again.")
        return Known(user=str(told.get(_USER) or ""), team=str(told.get(_TEAM) or ""), name=str(told.get("name") or ""))

    async def _asked(self, calling: Any) -> Mapping[str, Any]:  # noqa: ANN401 - the client's own coroutine
        try:
            async with asyncio.timeout(DEADLINE):
                answer = await calling
        except SlackApiError as error:
            log.warning("a sign-in failed: Slack says %s", error.response.get("error"))
            raise NotSignedIn("Slack did not accept the sign-in. Begin again.") from error
        except (TimeoutError, *FAULTS) as error:
            log.warning("a sign-in failed: %s", type(error).__name__)
            raise NotSignedIn("Slack gave no clear answer. Try again in a moment.") from error
        return answer.data if isinstance(answer.data, dict) else {}


def claims_of(token: str) -> Mapping[str, Any]:
    """What a token says; nothing where it cannot be read."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        said = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
