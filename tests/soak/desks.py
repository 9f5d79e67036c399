"""The channels of the newsroom: Slack takes one message a second in each, too few for a week of news in an hour."""

from __future__ import annotations

from news import SUBJECTS

from bot.workspace import Channel, Message, Workspace
from bot.workspace.world import BOT

DESKS = {  # by topic: as in a newsroom, each subject has its own
    subject.replace(" ", "-"): Channel(id=f"C0DESK{at}", name=f"desk-{at}", members=frozenset({BOT, "U0ADA"}))
    for at, subject in enumerate(SUBJECTS)
}


def configured() -> str:
    """The desks as `onrecord.toml` has them."""
    return "".join(
        f'[[channel]]\nid = "{desk.name}"\nname = "{desk.name}"\ntopics = ["{topic}"]\ncap = 0\n'
        for topic, desk in DESKS.items()
    )


def open_in(workspace: Workspace) -> None:
    """Let the workspace have these channels, with the bot and Ada in each."""
    for desk in DESKS.values():
        workspace.world.put_channel(desk)


def cards(workspace: Workspace) -> list[Message]:
    """The cards and digests of all desks, the oldest first."""
    posted = (message for desk in DESKS.values() for message in workspace.messages(desk.id))
    ours = (message for message in posted if (message.metadata or {}).get("event_payload"))
    return sorted(ours, key=lambda message: message.ts)
