"""The limits of Block Kit as a table, and what is wrong with a payload measured against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.workspace.block_kit.checks import (
    Check,
    Flaws,
    Shape,
    anything,
    choice,
    flag,
    repeated,
    say,
    several,
    shaped,
    string,
    text,
)


def typed(table: Mapping[str, Shape], *only: str) -> Check:
    """Demand an object whose `type` is in the table (and in `only`, if given) and that has its shape."""

    def check(value: object, pointer: str, flaws: Flaws) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in table or (only and kind not in only):
            say(flaws, f"{pointer}/type", f"unsupported type: {kind}")
            return
        shaped(table[kind], "type", "block_id" if table is BLOCKS else "action_id")(value, pointer, flaws)
        for name in ("block_id", "action_id"):
            if isinstance(value, dict) and name in value:
                string(255)(value[name], f"{pointer}/{name}", flaws)

    return check


def _distinct_actions(block: Mapping[str, Any], pointer: str, flaws: Flaws) -> None:
    elements = block.get("elements")
    if isinstance(elements, list):
        repeated(elements, "action_id", f"{pointer}/elements", flaws)


def _context_entry(value: object, pointer: str, flaws: Flaws) -> None:
    if isinstance(value, dict) and value.get("type") == "image":
        typed(ELEMENTS, "image")(value, pointer, flaws)
    else:
        text(3000)(value, pointer, flaws)


CONFIRM = shaped(
    Shape(
        fields={
            "title": text(100, "plain_text"),
            "text": text(300),
            "confirm": text(30, "plain_text"),
            "deny": text(30, "plain_text"),
            "style": choice("primary", "danger"),
        },
        needs=("title", "text", "confirm", "deny"),
    )
)
OPTION = shaped(
    Shape(
        fields={"text": text(75), "value": string(150), "description": text(75), "url": string(3000)},
        needs=("text", "value"),
    )
)
_PLACEHOLDER: dict[str, Check] = {"placeholder": text(150, "plain_text"), "focus_on_load": flag, "confirm": CONFIRM}
_SELECT: dict[str, Check] = {
    **_PLACEHOLDER,
    "options": several(OPTION, 100),
    "option_groups": anything,
    "initial_option": OPTION,
    "initial_options": several(OPTION, 100),
    "max_selected_items": anything,
}
_CHOICES: dict[str, Check] = {
    "options": several(OPTION, 10),
    "initial_option": OPTION,
    "initial_options": several(OPTION, 10),
    "confirm": CONFIRM,
    "focus_on_load": flag,
}
_OPEN = Shape(fields={**_PLACEHOLDER, **dict.fromkeys(("initial_date", "initial_time", "initial_value"), anything)})
ELEMENTS: dict[str, Shape] = {
    "button": Shape(
        fields={
            "text": text(75, "plain_text"),
            "value": string(2000),
            "url": string(3000),
            "style": choice("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
        needs=("text",),
    ),
    "overflow": Shape(fields={"options": several(OPTION, 5), "confirm": CONFIRM}, needs=("options",)),
    "static_select": Shape(fields=_SELECT, one_of=("options", "option_groups")),
    "multi_static_select": Shape(fields=_SELECT, one_of=("options", "option_groups")),
    "users_select": Shape(fields={**_PLACEHOLDER, "initial_user": anything}),
    "conversations_select": Shape(fields={**_PLACEHOLDER, "initial_conversation": anything, "filter": anything}),
    "checkboxes": Shape(fields=_CHOICES, needs=("options",)),
    "radio_buttons": Shape(fields=_CHOICES, needs=("options",)),
    "datepicker": _OPEN,
    "timepicker": _OPEN,
    "plain_text_input": Shape(
        fields={
            **_PLACEHOLDER,
            **dict.fromkeys(("initial_value", "min_length", "max_length", "dispatch_action_config"), anything),
            "multiline": flag,
        }
    ),
    "image": Shape(fields={"image_url": string(3000), "alt_text": string(2000)}, needs=("image_url", "alt_text")),
}
_PRESSED = ("button", "overflow", "static_select", "users_select", "conversations_select", "checkboxes")
BLOCKS: dict[str, Shape] = {
    "header": Shape(fields={"text": text(150, "plain_text")}, needs=("text",)),
    "section": Shape(
        fields={
            "text": text(3000),
            "fields": several(text(2000), 10),
            "accessory": typed(ELEMENTS),
            "expand": flag,
        },
        one_of=("text", "fields"),
    ),
    "context": Shape(fields={"elements": several(_context_entry, 10)}, needs=("elements",)),
    "actions": Shape(
        fields={"elements": several(typed(ELEMENTS, *_PRESSED, "radio_buttons", "datepicker", "timepicker"), 25)},
        needs=("elements",),
        distinct=_distinct_actions,
    ),
    "divider": Shape(fields={}),
    "image": Shape(
        fields={"image_url": string(3000), "alt_text": string(2000), "title": text(2000, "plain_text")},
        needs=("image_url", "alt_text"),
    ),
    "input": Shape(
        fields={
            "label": text(2000, "plain_text"),
            "hint": text(2000, "plain_text"),
            "element": typed(ELEMENTS),
            "optional": flag,
            "dispatch_action": flag,
        },
        needs=("label", "element"),
    ),
    "markdown": Shape(fields={"text": string(12_000)}, needs=("text",)),
    "rich_text": Shape(fields={"elements": several(anything, 100)}, needs=("elements",)),
    "table": Shape(fields={"rows": several(several(anything, 20), 100), "column_settings": anything}, needs=("rows",)),
}


def check_blocks(blocks: object, most: int = 50, pointer: str = "/blocks") -> Flaws:
    """Return everything Slack would refuse in these blocks; an empty list means they pass."""
    flaws: Flaws = []
    several(typed(BLOCKS), most, least=0)(blocks, pointer, flaws)
    if isinstance(blocks, list):
        repeated(blocks, "block_id", pointer, flaws)
        if sum(isinstance(b, dict) and b.get("type") == "table" for b in blocks) > 1:
            say(flaws, pointer, "only one table per message", "only_one_table_allowed")
    return flaws


def check_view(view: Mapping[str, Any]) -> Flaws:
    """Return everything Slack would refuse in this modal or App Home."""
    flaws = check_blocks(view.get("blocks"), 100, "/view/blocks")
    if view.get("type") not in ("modal", "home"):
        say(flaws, "/view/type", "must be one of modal, home", "invalid_arguments")
    if view.get("type") == "modal":
        for name, needed in (("title", True), ("submit", False), ("close", False)):
            if needed or name in view:
                text(24, "plain_text")(view.get(name), f"/view/{name}", flaws)
        blocks = view.get("blocks")
        kinds = [b.get("type") for b in blocks if isinstance(b, dict)] if isinstance(blocks, list) else []
        if "input" in kinds and "submit" not in view:
            say(flaws, "/view/submit", "a view with inputs needs a submit button", "invalid_arguments")
    for name, most in (("private_metadata", 3000), ("callback_id", 255)):
        if view.get(name):
            string(most)(view[name], f"/view/{name}", flaws)
    return flaws


def characters(blocks: object) -> int:
    """Return how many characters of text stand in these blocks."""
    if isinstance(blocks, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else characters(v) for k, v in blocks.items())
    return sum(characters(entry) for entry in blocks) if isinstance(blocks, list) else 0
