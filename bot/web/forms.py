"""Proof that a form which changes something was sent from one of our own pages, by whom it was shown to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, URLSafeTimedSerializer

if TYPE_CHECKING:
    from aiohttp import web

    from bot.slack.newsroom import Asker

LIFE = 12 * 3600  # seconds that a page may stay open before its forms are sent
FIELD = "proof"  # of every form
_AGAIN = "Nothing was changed: open the page anew and send the form from there."


def signer(secret: str, purpose: str) -> URLSafeTimedSerializer:
    """What signs for one purpose: a signature for another one is worth nothing here."""
    kwargs = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeTimedSerializer(secret, salt=f"onrecord {purpose}", signer_kwargs=kwargs)


class Forms:
    """The hidden field of each form."""

    def __init__(self, secret: str) -> None:
        self._signer = signer(secret, "form")

    def proof(self, asker: Asker) -> str:
        """The value of the hidden field for somebody."""
        return str(self._signer.dumps(asker.user))

    async def fault(self, request: web.Request, asker: Asker) -> str:
        """Why a form is not taken; empty where it is."""
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2] != request.host:
            return _AGAIN
        try:
            mine = self._signer.loads(str((await request.post()).get(FIELD, "")), max_age=LIFE) == asker.user
        except BadSignature:
            mine = False
        return "" if mine else _AGAIN
