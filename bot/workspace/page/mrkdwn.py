"""Slack's mrkdwn as a tree of nodes, from which the page builds elements; no HTML is ever made of it.

Markup is found first and the three entities are decoded last, so escaped text can never become markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Node = str | dict[str, Any]
Names = Callable[[str], str | None]  # the handle or channel name for an id, or None

STYLES = {"*": "bold", "_": "italic", "~": "strike"}
_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_ATOM = re.compile(r"<([^<>\n]+)>|`([^`\n]+)`")
_ATOM_OR_URL = re.compile(_ATOM.pattern + r"|(https?://[^\s<>|*~`]+)")
_SAFE_URL = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
_TRAILING = ".,;:!?)'\"”’"


def decode(text: str) -> str:
    """Return text with Slack's three entities decoded, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def parse(text: str, names: Names = lambda _id: None, *, verbatim: bool = False) -> list[Node]:
    """Return the nodes of a mrkdwn text; `verbatim` leaves bare addresses alone."""
    nodes: list[Node] = []
    for index, part in enumerate(_FENCE.split(text)):
        if index % 2:
            nodes.append({"kind": "pre", "nodes": [decode(part)]})
        elif part:
            nodes += _lines(part, names, verbatim=verbatim)
    return nodes


def plain(text: str) -> list[Node]:
    """Return the nodes of a text without markup: its lines."""
    return _joined([[decode(line)] if line else [] for line in text.split("\n")])


def _joined(lines: Sequence[Sequence[Node]]) -> list[Node]:
    nodes: list[Node] = []
    for index, line in enumerate(lines):
        if index:
            nodes.append({"kind": "break"})
        nodes += line
    return nodes


def _lines(text: str, names: Names, *, verbatim: bool) -> list[Node]:
    """Group the lines into quotes (">") and the rest; ">>>" quotes everything that follows."""
    nodes: list[Node] = []
    group: list[list[Node]] = []
    quoted = False

    def flush() -> None:
        if group:
            inner = _joined(group)
            nodes.extend([{"kind": "quote", "nodes": inner}] if quoted else inner)
            group.clear()

    to_the_end = False
    for line in text.split("\n"):
        to_the_end = to_the_end or line.startswith(">>>")
        is_quote = to_the_end or line.startswith(">")
        if is_quote != quoted:
            flush()
            quoted = is_quote
        content = re.sub(r"^>(?:>>)? ?", "", line) if is_quote else line
        group.append(_inline(content, names, verbatim=verbatim))
    flush()
    return nodes


def _inline(line: str, names: Names, *, verbatim: bool) -> list[Node]:
    units: list[Node] = []  # single characters, and finished nodes
    start = 0
    for match in (_ATOM if verbatim else _ATOM_OR_URL).finditer(line):
        units += line[start : match.start()]
        start = match.end()
        angle, code, url = (*match.groups(), None)[:3]
        if code is not None:
            units.append({"kind": "code", "nodes": [decode(code)]})
        elif angle is not None:
            found = _angle(angle, names)
            units += [found] if found is not None else match.group(0)
        elif url is not None:
            bare = url.rstrip(_TRAILING)
            units.append({"kind": "link", "href": decode(bare), "nodes": [decode(bare)]})
            units += url[len(bare) :]
    units += line[start:]
    return _styled(units, frozenset())


def _angle(content: str, names: Names) -> Node | None:
    """Return the node for what stands between angle brackets, or None if it means nothing."""
    target, _, label = content.partition("|")
    sign, rest = target[:1], target[1:]
    if sign in ("@", "#"):
        name = names(rest) or label or rest
        return {"kind": "mention", "nodes": [sign + decode(name)]}
    if sign == "!":
        if rest.startswith("date^"):
            return _date(rest, label)
        if rest in ("here", "channel", "everyone"):
            return {"kind": "mention", "loud": True, "nodes": [f"@{rest}"]}
        return {"kind": "mention", "nodes": [decode(label)]} if label else None
    href = decode(target)
    if not _SAFE_URL.fullmatch(href):
        return None
    return {"kind": "link", "href": href, "nodes": [decode(label or target)]}


def _date(content: str, fallback: str) -> Node | None:
    parts = content.split("^")
    if len(parts) < 3 or not re.fullmatch(r"\d{1,11}", parts[1]):
        return decode(fallback) or None
    node: dict[str, Any] = {"kind": "date", "at": int(parts[1]), "form": decode(parts[2]), "nodes": [decode(fallback)]}
    if len(parts) > 3 and _SAFE_URL.fullmatch(decode(parts[3])):
        node["href"] = decode(parts[3])
    return node


def _styled(units: Sequence[Node], inside: frozenset[str]) -> list[Node]:
    """Find bold, italic and struck stretches; a style is never opened within itself, so the depth is three."""
    nodes: list[Node] = []
    loose: list[str] = []

    def flush() -> None:
        if loose:
            nodes.append(decode("".join(loose)))
            loose.clear()

    hopeless = set(inside)  # no end of this style is left in the units
    at = 0
    while at < len(units):
        unit = units[at]
        end = None
        if isinstance(unit, str) and unit in STYLES and unit not in hopeless and _opens(units, at):
            end = next((i for i in range(at + 2, len(units)) if units[i] == unit and _closes(units, i)), None)
            if end is None:
                hopeless.add(unit)
        if isinstance(unit, str) and end is not None:
            flush()
            nodes.append({"kind": STYLES[unit], "nodes": _styled(units[at + 1 : end], inside | {unit})})
            at = end + 1
            continue
        if isinstance(unit, str):
            loose.append(unit)
        else:
            flush()
            nodes.append(unit)
        at += 1
    flush()
    return nodes


def _opens(units: Sequence[Node], at: int) -> bool:
    before = units[at - 1] if at else ""
    after = units[at + 1] if at + 1 < len(units) else " "
    free = not (isinstance(before, str) and before.isalnum())
    return free and not (isinstance(after, str) and (after.isspace() or after == units[at]))


def _closes(units: Sequence[Node], at: int) -> bool:
    before = units[at - 1]
    after = units[at + 1] if at + 1 < len(units) else ""
    return not (isinstance(before, str) and before.isspace()) and not (isinstance(after, str) and after.isalnum())


def words(nodes: Sequence[Node]) -> str:
    """Return the text of a tree without its markup."""
    return "".join(node if isinstance(node, str) else _spoken(node) for node in nodes)


def _spoken(node: Mapping[str, Any]) -> str:
    return "\n" if node["kind"] == "break" else words(node["nodes"])
