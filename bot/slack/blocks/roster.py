"""People and sides: what is known of one and from where, and what was changed in Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import lists, parts
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.ledger.people.roster import RosterChange
    from bot.slack.blocks.parts import Payload
    from config.schema import Mandate, Official


def person(one: Official, sides: Mapping[str, str], changes: Sequence[RosterChange]) -> Payload:
    """Somebody with names and roles, and what of it was said in Slack."""
    lines = [Mrkdwn(f"*{mrkdwn.foreign(one.name, 150)}* `{mrkdwn.foreign(one.id, 80)}`")]
    if one.aliases:
        lines.append(mrkdwn.foreign(f"Also written {', '.join(one.aliases)}", 400))
    lines += [Mrkdwn(f"• {_role(mandate, sides)}") for mandate in one.mandates[:8]]
    lines.append(Mrkdwn("Added in Slack" if _added(changes) else "From officials.toml"))
    blocks = lists.listed(lines, whole=4_000)
    if changes:
        blocks += lists.listed([_line(change, one.name) for change in changes], whole=3_000)
    return parts.private(one.name, blocks)


def _added(changes: Sequence[RosterChange]) -> bool:
    return any(change.what == "person" for change in changes)


def _role(mandate: Mandate, sides: Mapping[str, str]) -> Mrkdwn:
    since = f" since {mandate.since.isoformat()}" if mandate.since else ""
    until = f" until {mandate.until.isoformat()}" if mandate.until else ""
    return mrkdwn.foreign(
        f"{mandate.role} ({sides.get(mandate.side, mandate.side)}, {mandate.rank}){since}{until}", 300
    )


def changes(made: Sequence[RosterChange], officials: Sequence[Official], sides: int) -> Payload:
    """How many the files and Slack give, and each change of Slack with the way back."""
    head = Mrkdwn(f"*{parts.count(len(officials), 'person', 'people')}, {parts.count(sides, 'side')}* are known")
    if not made:
        text = Mrkdwn(f"{head}, all from the files. `/record help person` shows how to change them.")
        return parts.private("People and sides", [parts.section(text)])
    names = {one.id: one.name for one in officials}
    lines = [_line(change, names.get(change.subject, change.subject)) for change in reversed(made)]
    blocks = [parts.section(Mrkdwn(f"{head}. Changed in Slack, the newest first:"))]
    blocks += lists.listed(lines)
    blocks.append(parts.context(Mrkdwn("`/record person undo &lt;number&gt;` takes one back")))
    return parts.private("People and sides changed in Slack", blocks)


def _line(change: RosterChange, name: str) -> Mrkdwn:
    told = mrkdwn.foreign(in_words(change, name), 250)
    return Mrkdwn(f"• {change.number}: {told} · {mrkdwn.person(change.by)} · {mrkdwn.moment(change.at)}")


def in_words(change: RosterChange, name: str) -> str:
    """What a change did to the one of this name."""
    content = change.content
    match change.what:
        case "alias" if "merged" in content:
            return f"{name} and {content.get('alias')} ({content['merged']}) are one person"
        case "alias":
            return f"{name} is also written {content.get('alias')}"
        case "role":
            return f"{name} is {content.get('role')} of {content.get('side')}"
        case "person":
            return f"{content.get('name')} was added"
        case "side":
            return f"The side {content.get('name')} was added"
        case _:
            return f"Change {change.undoes} was taken back"


def done(change: RosterChange, name: str) -> Payload:
    """That it is on record, from when it counts, and the way back."""
    told = mrkdwn.foreign(f"{in_words(change, name)}.", 400)
    after = "It counts from the next article on; what is on record stays as it was read."
    if "merged" in change.content:
        after = f"What is on record of either is {name}’s now, and new words are held against all of it."
    back = f" To take it back: `/record person undo {change.number}`" if change.what != "undone" else ""
    text = Mrkdwn(f"{told} {mrkdwn.foreign(after, 300)}{back}")
    return {**parts.private("", [parts.section(text)]), "text": mrkdwn.unmarked(text)}
