"""The signature of a webhook, as Standard Webhooks has it: over the id, the moment and the body."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Mapping

_MARK = "whsec_"  # begins a secret that is written in base64


def headers(secret: str, key: str, moment: int, body: bytes) -> Mapping[str, str]:
    """What is sent with a body. Whoever listens reckons the signature anew, and refuses what is old or known."""
    return {
        "Content-Type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{signature(secret, key, moment, body)}",
    }


def signature(secret: str, key: str, moment: int, body: bytes) -> str:
    """HMAC-SHA256 in base64."""
    signed = b".".join((key.encode(), str(moment).encode(), body))
    return b64encode(hmac.digest(_key(secret), signed, hashlib.sha256)).decode()


def _key(secret: str) -> bytes:
    if secret.startswith(_MARK):
        try:
            return b64decode(secret.removeprefix(_MARK), validate=True)
        except (NoBase64, ValueError):
            pass  # it is no base64, and so the secret itself
    return secret.encode()
