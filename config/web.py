"""What must agree within [web]: beyond this machine nobody reads the record without signing in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from config.door import LOCAL, is_origin
from config.faults import Fault, shown

if TYPE_CHECKING:
    from config.references import Entry

_OPEN = 'is beyond this machine, and everybody could read the record: set sign_in = true (docs/pages.md), or keep "{}"'


def faults(sections: Mapping[str, Entry]) -> Iterator[Fault]:
    """Every disagreement; a value of a wrong type is the schema's to name."""
    web = sections.get("web")
    if web is None:
        return
    host, address = web.values.get("host", "127.0.0.1"), web.values.get("address", "")
    named = isinstance(address, str) and bool(address)
    if isinstance(address, str) and named and not is_origin(address, secure=True):
        yield web.fault("address", "must be https:// and a host, such as https://record.example.org, and nothing more")
        named = False
    enabled, signed = web.values.get("enabled") is True, web.values.get("sign_in") is True
    if enabled and not signed and isinstance(host, str) and host not in LOCAL:
        yield web.fault("host", f"{shown(host)} {_OPEN.format(LOCAL[0])}")
    if enabled and not signed and isinstance(address, str) and named and urlsplit(address).hostname not in LOCAL:
        yield web.fault("address", f"{shown(address)} {_OPEN.format('')}")
    if enabled and signed and address == "":
        yield web.fault("address", "is empty, and Slack must know where to send people back to who sign in")
