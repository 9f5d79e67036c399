"""A change of topics before and after it is made."""

from __future__ import annotations

from bot.slack import mrkdwn
from bot.slack.blocks import parts
from bot.slack.blocks.parts import Payload
from bot.slack.mrkdwn import Mrkdwn

APPLY = "topic_apply"
CANCEL = "topic_cancel"
MERGE = "person_merge"


def preview(
    question: str, statements: int | None, what: str, value: str, *, action: str = APPLY, back: str = "topic undo"
) -> Payload:
    """What would happen, with the buttons that do it (`action`) or leave it."""
    lines = [mrkdwn.bold(mrkdwn.foreign(question, 500))]
    if statements is not None:
        lines.append(Mrkdwn(f"{parts.count(statements, 'statement')} {mrkdwn.foreign(what, 400)}."))
    lines.append(Mrkdwn(f"It can be undone with `/record {back}`, and stays on record either way."))
    buttons = [
        parts.button(action, "Do it", value, "Make this change", primary=True),
        parts.button(CANCEL, "Leave it", "leave", "Change nothing"),
    ]
    text = f"{question} {statements if statements is not None else ''}".strip()
    return parts.private(text, [parts.section(mrkdwn.joined(lines, "\n")), {"type": "actions", "elements": buttons}])


def done(number: int, told: str) -> Payload:
    """In the place of the preview: what was done, and how it is undone."""
    said = mrkdwn.foreign(told, 600)
    text = Mrkdwn(f"Done, as change {number}: {said}.\nUndo it with `/record topic undo {number}`.")
    return parts.private(f"Done, as change {number}: {told}", [parts.section(text)]) | {"replace_original": True}


def refused(why: str) -> Payload:
    """In the place of the preview: why nothing was changed."""
    text = f"Nothing was changed: {why}."
    return parts.private(text, [parts.section(mrkdwn.foreign(text, 600))]) | {"replace_original": True}


def left() -> Payload:
    """In the place of the preview: nothing was changed."""
    text = "Nothing was changed."
    return parts.private(text, [parts.section(Mrkdwn(text))]) | {"replace_original": True}
