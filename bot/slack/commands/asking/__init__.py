"""The subcommands that read the record: who, said, timeline, about, compare, conflicts, topic, figures, files."""

from __future__ import annotations

from bot.slack.commands.asking import conflicts, figures, files, people, said, timeline, topics

SUBCOMMANDS = (
    *people.SUBCOMMANDS,
    *said.SUBCOMMANDS,
    *timeline.SUBCOMMANDS,
    *conflicts.SUBCOMMANDS,
    *topics.SUBCOMMANDS,
    *figures.SUBCOMMANDS,
    *files.SUBCOMMANDS,
)
