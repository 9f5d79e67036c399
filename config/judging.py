"""What must agree within [judge]."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from config.faults import Fault, shown

if TYPE_CHECKING:
    from config.references import Entry

_PLUGIN: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*")
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "plugin": ("plugin",),
    "nli": ("directory",),
    "llm": ("endpoint", "model"),
}
# What a setting is for: left without it, it would do nothing, and nobody would notice.
_USED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "plugin": ("plugin",),
    "directory": ("built_in", "nli"),
    "endpoint": ("llm",),
    "model": ("llm",),
    "reads": ("llm",),
    "fallback": ("llm",),
}


def faults(entry: Entry) -> Iterator[Fault]:
    """Every disagreement within the section; a value of a wrong type is the schema's to name."""
    values = entry.values
    use, fallback = values.get("use", "built_in"), values.get("fallback", "built_in")
    in_use = [judge for judge in ((use, fallback) if use == "llm" else (use,)) if isinstance(judge, str)]
    for judge in in_use:
        for key in _NEEDS.get(judge, ()):
            if values.get(key, "") == "":
                yield entry.fault(key, f"is not set, and the judge {shown(judge)} needs it")
    known = isinstance(use, str) and use in {"rules", "built_in", *_NEEDS}
    for key, users in _USED_BY.items():
        if values.get(key) not in (None, "", False, "rules", "built_in") and known and not set(users) & set(in_use):
            wanted = " or ".join(f'"{user}"' for user in users)
            yield entry.fault(key, f"is set and does nothing, as use = {shown(use)}: did you mean use = {wanted}?")
    plugin, endpoint = values.get("plugin"), values.get("endpoint")
    if isinstance(plugin, str) and plugin and not _PLUGIN.fullmatch(plugin):
        yield entry.fault("plugin", f"{shown(plugin)} is not of the form package.module:function")
    if isinstance(endpoint, str) and endpoint:
        why = _wrong(endpoint)
        if why:
            yield entry.fault("endpoint", why)


def _wrong(endpoint: str) -> str:
    """What is wrong with an endpoint; the endpoint is not repeated where it may hold a password."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return "is no address that can be read"
    if parts.username or parts.password or parts.query or parts.fragment:
        return "must be a bare address: a key is set as ONRECORD_LLM_API_KEY in the environment, never here"
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        return "must be an http or https address, such as http://127.0.0.1:8080/v1"
    if parts.path.rstrip("/").endswith("/chat/completions"):
        return "ends in /chat/completions, which is added to it: leave that out"
    return ""
