"""How the help is ordered: by what somebody wants to do, not by the alphabet."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack.commands.subcommand import Subcommand

_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Ask the record", ("who", "said", "timeline", "about", "compare", "topic")),
    ("Alerts", ("conflicts", "alert", "verify", "why", "check", "reply")),
    ("Decide", ("confirm", "dismiss", "assign", "note", "fix", "withdraw")),
    (
        "What reaches you",
        ("follow", "unfollow", "follows", "mute", "unmute", "mutes", "route", "quiet", "digest", "cap"),
    ),
    ("What is watched", ("source", "person", "side", "settings")),
    ("Quality and data", ("stats", "balance", "replay", "audit", "export", "status")),
)
_REST = "More"


def grouped(known: Mapping[str, Subcommand]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each group with its subcommands, as (usage, what it does); whatever is in no group stands at the end."""
    named = {name for _, names in _GROUPS for name in names}
    groups = [
        *((title, [known[name] for name in names if name in known]) for title, names in _GROUPS),
        (_REST, [one for name, one in known.items() if name not in named]),
    ]
    told = [(title, [_line(one) for one in ones]) for title, ones in groups]
    told[-1][1].extend(
        [("whoami", "your role, and what it may do"), ("help [subcommand]", "this list, or examples for one of them")]
    )
    return [(title, lines) for title, lines in told if lines]


def _line(one: Subcommand) -> tuple[str, str]:
    return one.usage, one.does if one.role == "member" else f"{one.does} ({one.role})"
