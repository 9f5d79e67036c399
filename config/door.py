"""What must agree within [door], and between a workspace's process and the door before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from config.faults import Fault, shown

if TYPE_CHECKING:
    from config.references import Entry

LOCAL = ("127.0.0.1", "localhost", "::1")


def faults(sections: Mapping[str, Entry]) -> Iterator[Fault]:
    """Every disagreement; a value of a wrong type is the schema's to name."""
    slack, door = sections.get("slack"), sections.get("door")
    if slack and slack.values.get("team") and slack.values.get("mode", "socket") != "http":
        why = "by Socket Mode Slack hands what one workspace does to any process of the app"
        yield slack.fault("team", f'goes with mode = "http": {why}')
    if slack and slack.values.get("installations") == "":
        yield slack.fault("installations", "is empty")
    if door is None:
        return
    address, listed = door.values.get("address"), door.values.get("workspaces")
    if isinstance(address, str) and address and not is_origin(address, secure=True):
        yield door.fault("address", "must be https:// and a host, such as https://record.example.org, and nothing more")
    teams: set[object] = set()
    for index, one in enumerate(listed if isinstance(listed, list) else ()):
        team, process = (one.get("team"), one.get("process")) if isinstance(one, dict) else (None, None)
        if isinstance(team, str) and team in teams:
            yield door.fault(f"workspaces[{index}].team", f"{shown(team)} stands twice; one process serves a workspace")
        teams.add(team if isinstance(team, str) else None)
        if isinstance(process, str) and process and not is_origin(process, secure=False):
            yield door.fault(f"workspaces[{index}].process", "must be an address such as http://127.0.0.1:3000")


def is_origin(address: str, *, secure: bool) -> bool:
    """Whether this is a scheme, a host and at most a port; `secure`: https, unless it is this machine."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        return False
    if secure and parts.scheme != "https" and parts.hostname not in LOCAL:
        return False
    return address in (f"{parts.scheme}://{parts.netloc}", f"{parts.scheme}://{parts.netloc}/") and "@" not in address
