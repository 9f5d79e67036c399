"""How the help is ordered: by what somebody wants to do, not by the alphabet."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack.blocks.guide import Group
from bot.slack.commands.subcommand import Subcommand

_GROUPS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "Look up",
        "who said what, where it differs, and why",
        "who velden monitors",
        ("who", "said", "timeline", "about", "compare", "topic", "conflicts", "alert", "verify", "why", "check"),
    ),
    (
        "Decide",
        "on alerts, and mend what was read wrongly",
        "dismiss 1042 changed context",
        ("confirm", "dismiss", "undo", "assign", "note", "reply", "fix", "withdraw", "audit"),
    ),
    (
        "Watch",
        "what reaches you or a channel, and when",
        "follow velden for me",
        ("follow", "unfollow", "follows", "mute", "unmute", "mutes", "route", "quiet", "digest", "cap"),
    ),
    (
        "Set up",
        "what is read, how it does, and what comes out of it",
        "source list",
        ("source", "person", "side", "replay", "stats", "balance", "export", "status"),
    ),
)
_ALWAYS = (("whoami", "whoami", "your role, and what it may do"), ("help", "help [subcommand]", "this, or one in full"))


def grouped(known: Mapping[str, Subcommand]) -> list[Group]:
    """Each group with its subcommands; whatever is in no group stands in the last."""
    named = {name for *_, names in _GROUPS for name in names}
    groups = []
    for title, says, example, names in _GROUPS:
        lines = [_line(known[name]) for name in names if name in known]
        if title == _GROUPS[-1][0]:
            lines += [*(_line(one) for name, one in known.items() if name not in named), *_ALWAYS]
        groups.append(Group(title=title, says=says, example=example, lines=tuple(lines)))
    return groups


def _line(one: Subcommand) -> tuple[str, str, str]:
    return one.name, one.usage, one.does if one.role == "member" else f"{one.does} ({one.role})"
