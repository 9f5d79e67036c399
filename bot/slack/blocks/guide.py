"""The help: what can be done, by purpose; a purpose line by line; one subcommand in full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts
from bot.slack.blocks.parts import Payload
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.validate import FALLBACK

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Subcommands of one purpose, as (name, how it is written, what it does), with a sentence and an example."""

    title: str
    says: str
    example: str
    lines: tuple[tuple[str, str, str], ...]


def usage(groups: Sequence[Group]) -> Payload:
    """All subcommands by what they are for: their names, and an example of each group."""
    blocks = [parts.section(Mrkdwn("*On Record* keeps what officials said and points out where statements differ."))]
    for one in groups:
        names = mrkdwn.joined([Mrkdwn(f"`{_code(name)}`") for name, _, _ in one.lines], " ")
        head = Mrkdwn(f"*{one.title}*  {one.says}")
        blocks.append(parts.section(mrkdwn.joined((head, names, Mrkdwn(f"_Try_ `/record {one.example}`")), "\n")))
    hint = Mrkdwn(
        "`/record help who` tells all of one, `/record help decide` lists a group. Names may be partial or misspelt, "
        "in any order. Answers are seen by you alone until you share them."
    )
    told = ", ".join(name for one in groups for name, _, _ in one.lines)
    return parts.private(f"On Record: {told}"[:FALLBACK], [*blocks, parts.context(hint)])


def group(one: Group) -> Payload:
    """One group: how each of its subcommands is written, and what it does."""
    lines = [Mrkdwn(f"`{_code(written)}`  {mrkdwn.foreign(what, 120)}") for _, written, what in one.lines]
    blocks = [parts.section(Mrkdwn(f"*{one.title}*  {one.says}"))]
    blocks += [parts.section(mrkdwn.joined(lines[at : at + 10], "\n")) for at in range(0, len(lines), 10)]
    hint = Mrkdwn(f"_Try_ `/record {one.example}`; `/record help {one.lines[0][0]}` tells all of one")
    return parts.private(f"{one.title}: {', '.join(name for name, _, _ in one.lines)}", [*blocks, parts.context(hint)])


def helped(usage: str, does: str, examples: Sequence[str], role: str = "member") -> Payload:
    """One subcommand with examples that can be copied, and the role that it takes."""
    lines = [Mrkdwn(f"`{_code(usage)}`  {mrkdwn.foreign(does, 300)}")]
    if role != "member":
        lines.append(Mrkdwn(f"It takes the role {_code(role)}; `/record whoami` shows yours."))
    lines += [Mrkdwn(f"• `{_code(example)}`") for example in examples]
    text = mrkdwn.joined(lines, "\n")
    return parts.private(mrkdwn.unmarked(text)[:FALLBACK], [parts.section(text)])


def _code(text: str) -> Mrkdwn:
    return mrkdwn.foreign(text, 200)
