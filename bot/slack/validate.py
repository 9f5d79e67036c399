"""Checks a message against the limits of Block Kit before it is sent."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.slack.errors import InvalidMessage
from bot.slack.mrkdwn import length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Payload = dict[str, Any]  # JSON as Slack takes it

WHOLE = 10_000  # characters of one message in JSON; Slack fails near 13,200 without documenting it
METADATA = 2_000  # beside it; Slack has a limit here, too (metadata_too_large), and does not document it either
FALLBACK = 1_000  # the top-level text; chat.update caps it at 4,000 bytes
BLOCKS = 50
_ESCAPED = re.compile(r"\\(.)")
VIEW_BLOCKS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One field of an element: whether it must be there, how long it may be, and what it must hold."""

    most: int | None = None  # characters of a string, entries of a list
    least: int = 1
    required: bool = False
    kind: type = str
    text: tuple[str, ...] = ()  # a text object of one of these types; `most` bounds its text
    one_of: tuple[str, ...] = ()


_PLAIN = ("plain_text",)
_ANY_TEXT = ("plain_text", "mrkdwn")
_BLOCK_ID = Rule(most=255)
_CONFIRM: Mapping[str, Rule] = {
    "title": Rule(most=100, required=True, text=_PLAIN),
    "text": Rule(most=300, required=True, text=_ANY_TEXT),
    "confirm": Rule(most=30, required=True, text=_PLAIN),
    "deny": Rule(most=30, required=True, text=_PLAIN),
    "style": Rule(one_of=("primary", "danger")),
}
_OPTION: Mapping[str, Rule] = {
    "text": Rule(most=75, required=True, text=_ANY_TEXT),
    "value": Rule(most=150, required=True),
    "url": Rule(most=3000),
}
_SHAPES: Mapping[str, Mapping[str, Rule]] = {
    "header": {"block_id": _BLOCK_ID, "text": Rule(most=150, required=True, text=_PLAIN)},
    "section": {
        "block_id": _BLOCK_ID,
        "text": Rule(most=3000, text=_ANY_TEXT),
        "fields": Rule(most=10, kind=list),
        "accessory": Rule(kind=dict),
        "expand": Rule(kind=bool),
    },
    "context": {"block_id": _BLOCK_ID, "elements": Rule(most=10, required=True, kind=list)},
    "actions": {"block_id": _BLOCK_ID, "elements": Rule(most=25, required=True, kind=list)},
    "divider": {"block_id": _BLOCK_ID},
    "image": {
        "block_id": _BLOCK_ID,
        "image_url": Rule(most=3000, required=True),
        "alt_text": Rule(most=2000, required=True),
        "title": Rule(most=2000, text=_PLAIN),
    },
    "button": {
        "action_id": Rule(most=255),
        "text": Rule(most=75, required=True, text=_PLAIN),
        "value": Rule(most=2000),
        "url": Rule(most=3000),
        "style": Rule(one_of=("primary", "danger")),
        "accessibility_label": Rule(most=75),
        "confirm": Rule(kind=dict),
    },
    "overflow": {"action_id": Rule(most=255), "options": Rule(most=5, required=True, kind=list)},
    "static_select": {
        "action_id": Rule(most=255),
        "placeholder": Rule(most=150, text=_PLAIN),
        "options": Rule(most=100, kind=list),
    },
}
_MODAL: Mapping[str, Rule] = {
    "title": Rule(most=24, required=True, text=_PLAIN),
    "submit": Rule(most=24, text=_PLAIN),
    "close": Rule(most=24, text=_PLAIN),
    "callback_id": Rule(most=255),
    "private_metadata": Rule(most=3000, least=0),
}
_INPUT: Mapping[str, Rule] = {
    "block_id": Rule(most=255, required=True),
    "label": Rule(most=2000, required=True, text=_PLAIN),
    "hint": Rule(most=2000, text=_PLAIN),
    "element": Rule(kind=dict, required=True, most=20),
    "optional": Rule(kind=bool),
}
_IN_MESSAGES = frozenset({"header", "section", "context", "actions", "divider", "image"})
_IN_CONTEXT = frozenset({"mrkdwn", "plain_text", "image"})
_IN_ACTIONS = frozenset({"button", "overflow", "static_select"})


def faults(payload: Payload) -> tuple[str, ...]:
    """What is wrong with a message, each fault with its place; empty when it may be sent."""
    return tuple(_message(payload))


def checked(payload: Payload) -> Payload:
    """The message itself, if it breaks no limit; otherwise InvalidMessage."""
    found = faults(payload)
    if found:
        raise InvalidMessage(found)
    return payload


def viewed(view: Payload) -> Payload:
    """A modal or an App Home itself, if it breaks no limit; otherwise InvalidMessage."""
    found = tuple(_view(view))
    if found:
        raise InvalidMessage(found)
    return view


def size(payload: Payload) -> int:
    """Characters of what is shown of a message, in JSON, an escaped one counting once."""
    shown = {name: value for name, value in payload.items() if name != "metadata"}
    return length(_ESCAPED.sub(r"\1", json.dumps(shown, ensure_ascii=False)))


def _message(payload: Payload) -> Iterator[str]:
    text, blocks = payload.get("text"), payload.get("blocks", [])
    if not isinstance(text, str) or not text.strip():
        yield "text: missing, though notices and screen readers show nothing else"
    elif length(text) > FALLBACK:
        yield f"text: {length(text)} characters, at most {FALLBACK}"
    if size(payload) >= WHOLE:
        yield f"message: {size(payload)} characters, fewer than {WHOLE} allowed"
    if len(json.dumps(payload.get("metadata"))) > METADATA:
        yield f"metadata: more than {METADATA} characters"
    if len(blocks) > BLOCKS:
        yield f"blocks: {len(blocks)}, at most {BLOCKS}"
    for place, block in enumerate(blocks):
        kind = block.get("type")
        if kind not in _IN_MESSAGES:
            yield f"blocks/{place}: no block of type {kind!r} in our messages"
            continue
        yield from _shape(block, f"blocks/{place}", _SHAPES[kind])
        yield from _INSIDE.get(kind, _nothing)(block, f"blocks/{place}")
    yield from _repeated([block.get("block_id") for block in blocks], "blocks", "block_id")


def _view(view: Payload) -> Iterator[str]:
    blocks = view.get("blocks", [])
    kinds = [block.get("type") for block in blocks]
    if len(blocks) > VIEW_BLOCKS:
        yield f"blocks: {len(blocks)}, at most {VIEW_BLOCKS}"
    if view.get("type") == "modal":
        yield from _shape({"type": "modal", **{key: view[key] for key in _MODAL if key in view}}, "view", _MODAL)
        if "input" in kinds and "submit" not in view:
            yield "view/submit: missing, though there are fields"
    for place, block in enumerate(blocks):
        if block.get("type") == "input":
            yield from _shape(block, f"blocks/{place}", _INPUT)
        elif block.get("type") in _IN_MESSAGES:
            yield from _shape(block, f"blocks/{place}", _SHAPES[block["type"]])
            yield from _INSIDE.get(block["type"], _nothing)(block, f"blocks/{place}")
        else:
            yield f"blocks/{place}: no block of type {block.get('type')!r} in our views"
    yield from _repeated([block.get("block_id") for block in blocks], "blocks", "block_id")


def _shape(element: Payload, place: str, rules: Mapping[str, Rule]) -> Iterator[str]:
    for key in element.keys() - rules.keys() - {"type"}:
        yield f"{place}/{key}: unknown key"
    for key, rule in rules.items():
        if key in element:
            yield from _field(element[key], f"{place}/{key}", rule)
        elif rule.required:
            yield f"{place}/{key}: missing"


def _field(value: object, place: str, rule: Rule) -> Iterator[str]:
    if rule.text:
        yield from _text(value, place, rule)
    elif not isinstance(value, rule.kind):
        yield f"{place}: not a {rule.kind.__name__}"
    elif rule.one_of and value not in rule.one_of:
        yield f"{place}: {value!r}, not one of {', '.join(rule.one_of)}"
    elif rule.most is not None:
        count = length(value) if isinstance(value, str) else len(value)  # type: ignore[arg-type]
        if not rule.least <= count <= rule.most:
            yield f"{place}: {count}, from {rule.least} to {rule.most} allowed"


def _text(value: object, place: str, rule: Rule) -> Iterator[str]:
    if not isinstance(value, dict) or value.get("type") not in rule.text:
        yield f"{place}: not a text object of type {' or '.join(rule.text)}"
        return
    yield from _field(value.get("text"), f"{place}/text", Rule(most=rule.most))
    allowed = {"type", "text", "emoji"} if value["type"] == "plain_text" else {"type", "text", "verbatim"}
    for key in value.keys() - allowed:
        yield f"{place}/{key}: unknown key"


def _section(block: Payload, place: str) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield f"{place}: neither text nor fields"
    for at, field in enumerate(block.get("fields", [])):
        yield from _text(field, f"{place}/fields/{at}", Rule(most=2000, text=_ANY_TEXT))
    if isinstance(block.get("accessory"), dict):
        yield from _element(block["accessory"], f"{place}/accessory", _IN_ACTIONS | {"image"})


def _context(block: Payload, place: str) -> Iterator[str]:
    for at, element in enumerate(block.get("elements", [])):
        yield from _element(element, f"{place}/elements/{at}", _IN_CONTEXT)


def _actions(block: Payload, place: str) -> Iterator[str]:
    elements = block.get("elements", [])
    for at, element in enumerate(elements):
        yield from _element(element, f"{place}/elements/{at}", _IN_ACTIONS)
    yield from _repeated([element.get("action_id") for element in elements], place, "action_id")


def _element(element: Payload, place: str, allowed: frozenset[str] | set[str]) -> Iterator[str]:
    kind = str(element.get("type"))
    if kind not in allowed:
        yield f"{place}: no element of type {kind!r} here"
    elif kind in _ANY_TEXT:
        yield from _text(element, place, Rule(most=2000, text=_ANY_TEXT))
    elif kind == "image":
        yield from _shape(element, place, _SHAPES["image"])
    else:
        yield from _shape(element, place, _SHAPES[kind])
        if isinstance(element.get("confirm"), dict):
            yield from _shape(element["confirm"], f"{place}/confirm", _CONFIRM)
        for at, option in enumerate(element.get("options", [])):
            yield from _shape(option, f"{place}/options/{at}", _OPTION)


def _nothing(_block: Payload, _place: str) -> Iterator[str]:
    return iter(())


def _repeated(names: Sequence[str | None], place: str, what: str) -> Iterator[str]:
    given = [name for name in names if name is not None]
    for name in sorted({name for name in given if given.count(name) > 1}):
        yield f"{place}: {what} {name!r} more than once"


_INSIDE: Mapping[str, Callable[[Payload, str], Iterator[str]]] = {
    "section": _section,
    "context": _context,
    "actions": _actions,
}
