"""Blocks of Block Kit as plain values that the page draws: text as nodes, never as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.workspace.page import mrkdwn
from bot.workspace.page.mrkdwn import Names, Node

Json = dict[str, Any]

_OWN = re.compile(r"http://127\.0\.0\.1(?::\d+)?/")  # pictures are shown from this machine alone
_MARKS = {"bold": "bold", "italic": "italic", "strike": "strike", "code": "code"}
_INITIAL = ("initial_value", "initial_date", "initial_time", "initial_user", "initial_conversation")


def shown(block: Mapping[str, Any], names: Names) -> Json:
    """What is to be drawn of one block."""
    kind = block["type"]
    drawn: Json = {"type": kind, "id": block.get("block_id", "")}
    if kind == "header":
        drawn["text"] = text(block["text"], names)
    elif kind == "section":
        drawn["text"] = text(block["text"], names) if "text" in block else None
        drawn["fields"] = [text(field, names) for field in block.get("fields", ())]
        drawn["accessory"] = element(block["accessory"]) if "accessory" in block else None
    elif kind == "context":
        drawn["elements"] = [text(e, names) if "text" in e else [picture(e)] for e in block["elements"]]
    elif kind == "actions":
        drawn["elements"] = [element(one) for one in block["elements"]]
    elif kind == "image":
        drawn["title"] = text(block["title"], names) if "title" in block else None
        drawn["text"] = [picture(block)]
    elif kind == "markdown":
        drawn["text"] = mrkdwn.plain(block["text"])
    elif kind == "rich_text":
        drawn["text"] = _rich_text(block, names)
    elif kind == "table":
        settings = block.get("column_settings") or ()
        drawn["aligned"] = [(setting or {}).get("align", "left") for setting in settings]
        drawn["rows"] = [[_cell(cell, names) for cell in row] for row in block["rows"]]
    elif kind == "input":
        drawn["label"] = mrkdwn.decode(block["label"]["text"])
        drawn["hint"] = mrkdwn.decode(block.get("hint", {}).get("text", ""))
        drawn["optional"] = bool(block.get("optional"))
        drawn["element"] = element(block["element"])
    return drawn


def text(given: Mapping[str, Any], names: Names) -> list[Node]:
    """The nodes of a text object."""
    if given.get("type") == "plain_text":
        return mrkdwn.plain(str(given["text"]))
    return mrkdwn.parse(str(given["text"]), names, verbatim=bool(given.get("verbatim")))


def picture(image: Mapping[str, Any]) -> Node:
    """A picture with its description; of one from elsewhere the description alone, as the page loads nothing there."""
    url = str(image.get("image_url", ""))
    described = mrkdwn.decode(str(image.get("alt_text", "picture")))
    return {"kind": "picture", "src": url if _OWN.match(url) else "", "nodes": [described]}


def element(given: Mapping[str, Any]) -> Json:
    """What is to be drawn of something that can be pressed, chosen or filled in."""
    if given["type"] == "image":
        return {"type": "image", "text": [picture(given)]}
    drawn: Json = {"type": given["type"], "action": given.get("action_id", "")}
    if "text" in given:
        drawn["text"] = mrkdwn.decode(given["text"]["text"])
    for name in ("style", "url", "value", "accessibility_label", "multiline", "max_length", "min_value", "max_value"):
        if given.get(name):
            drawn[name] = given[name]
    drawn["initial"] = next((mrkdwn.decode(str(given[name])) for name in _INITIAL if given.get(name)), "")
    if "placeholder" in given:
        drawn["placeholder"] = mrkdwn.decode(given["placeholder"]["text"])
    if "confirm" in given:
        drawn["confirm"] = f"{given['confirm']['title']['text']}\n\n{given['confirm']['text']['text']}"
    groups = given.get("option_groups") or ([{"options": given["options"]}] if "options" in given else [])
    if groups:
        drawn["groups"] = [
            {"label": group.get("label", {}).get("text", ""), "options": [_option(one) for one in group["options"]]}
            for group in groups
        ]
        chosen = [given.get("initial_option"), *given.get("initial_options", ())]
        drawn["chosen"] = [option["value"] for option in chosen if option]
    return drawn


def _option(option: Mapping[str, Any]) -> Json:
    described = option.get("description", {}).get("text", "")
    return {
        "text": mrkdwn.decode(option["text"]["text"]),
        "value": option.get("value", ""),
        "description": mrkdwn.decode(described),
    }


def _cell(cell: Mapping[str, Any], names: Names) -> list[Node]:
    return _rich_text(cell, names) if cell.get("type") == "rich_text" else [str(cell.get("text", ""))]


def _rich_text(block: Mapping[str, Any], names: Names) -> list[Node]:
    """Rich text is never parsed: its marks are fields of its pieces."""
    nodes: list[Node] = []
    for part in block["elements"]:
        kind, pieces = part["type"], part.get("elements", ())
        if nodes:
            nodes.append({"kind": "break"})
        if kind == "rich_text_list":
            items = [_rich_text({"elements": [item]}, names) for item in pieces]
            nodes += [
                node for at, item in enumerate(items) for node in (*([{"kind": "break"}] if at else []), "• ", *item)
            ]
            continue
        inner = [_piece(piece, names) for piece in pieces]
        wrapped = {"rich_text_quote": "quote", "rich_text_preformatted": "pre"}.get(kind)
        nodes += [{"kind": wrapped, "nodes": inner}] if wrapped else inner
    return nodes


def _piece(piece: Mapping[str, Any], names: Names) -> Node:
    kind = piece["type"]
    if kind in {"user", "channel"}:
        key = str(piece.get("user_id") or piece.get("channel_id"))
        return {"kind": "mention", "nodes": [("@" if kind == "user" else "#") + (names(key) or key)]}
    node: Node = str(piece.get("text") or piece.get("url") or piece.get("fallback") or "")
    for mark in [name for name, on in (piece.get("style") or {}).items() if on and name in _MARKS]:
        node = {"kind": _MARKS[mark], "nodes": [node]}
    return {"kind": "link", "href": str(piece["url"]), "nodes": [node]} if kind == "link" else node
