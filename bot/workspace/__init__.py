"""A Slack workspace on loopback, for the demo and the tests."""

from bot.workspace.people import NotThereError
from bot.workspace.response_url import Answer
from bot.workspace.server import Workspace
from bot.workspace.settings import Command, Settings, Shortcut
from bot.workspace.web_api import Call
from bot.workspace.world import Channel, Message, Person

__all__ = [
    "Answer",
    "Call",
    "Channel",
    "Command",
    "Message",
    "NotThereError",
    "Person",
    "Settings",
    "Shortcut",
    "Workspace",
]
