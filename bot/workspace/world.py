"""The state of the workspace: people, channels, messages and open views."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Literal

from bot.workspace.changes import Changes
from bot.workspace.settings import Settings

Json = dict[str, Any]
BOT = "U0ONRECORD"
BOT_ID = "B0ONRECORD"
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the workspace, a bot included."""

    id: str
    handle: str
    name: str
    title: str = ""
    is_bot: bool = False
    guest: bool = False
    owner: bool = False  # of the workspace
    team: str | None = ""  # of another workspace, in a shared channel; None: Slack does not say of which
    workspaces: tuple[str, ...] = ()  # of an organisation, which they are in beside their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A place for messages and who is in it."""

    id: str
    name: str
    members: frozenset[str]
    kind: Literal["public", "private", "direct"] = "public"
    archived: bool = False
    restricted: bool = False  # an admin has settled who may post here, and the bot may not
    purpose: str = ""


def element(blocks: Iterable[Json], action_id: str, value: str | None = None) -> Json | None:
    """Return the element with this `action_id` (and value), with the `block_id` it stands in, or None."""
    for block in blocks:
        for one in (*block.get("elements", ()), block.get("accessory") or {}):
            if one.get("action_id") == action_id and value in (None, one.get("value")):
                return {"block_id": block.get("block_id", ""), **one}
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file: announced with its length, then with content, then shared in a message."""

    id: str
    name: str
    length: int
    alt: str = ""
    title: str = ""
    content: bytes | None = field(default=None, repr=False)
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A stored message as it stands now; an update makes a new value with the same `ts`."""

    ts: str
    channel: str
    author: str
    text: str
    blocks: tuple[Json, ...] = ()
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    edited: str | None = None
    seen_only_by: str | None = None  # an ephemeral message: the one person who sees it
    reactions: tuple[tuple[str, str], ...] = ()  # name, person
    files: tuple[str, ...] = ()  # ids

    def button(self, action_id: str) -> Json | None:
        """Return the element with this `action_id`, with the `block_id` it stands in, or None."""
        return element(self.blocks, action_id)

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of the buttons, in order."""
        elements = [e for block in self.blocks for e in block.get("elements", ())]
        return tuple(e["text"]["text"] for e in elements if e.get("type") == "button")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A modal that a person has open, or an App Home."""

    id: str
    person: str
    content: Json
    hash: str
    errors: dict[str, str] = field(default_factory=dict)
    channel: str | None = None  # where the person was when the modal opened


@dataclass(slots=True, kw_only=True)
class Trigger:
    """The right to open one modal, for a short time."""

    person: str
    made: datetime
    channel: str | None = None
    used: bool = False


STAFF = (
    Person(id="U0ADA", handle="ada", name="Ada Lindholm", title="Fact-checking editor"),
    Person(id="U0TOMAS", handle="tomas", name="Tomas Brandt", title="World desk"),
    Person(id="U0NOOR", handle="noor", name="Noor Aziz", title="Duty reporter"),
)
ALL = frozenset(person.id for person in STAFF)
ROOMS = (
    Channel(
        id="C0FACTDESK",
        name="fact-desk",
        members=ALL | {BOT},
        purpose="Alerts from the record, and what we make of them",
    ),
    Channel(id="C0GENERAL", name="general", members=ALL, purpose="For everybody"),
    Channel(id="C0INQUIRY", name="investigations", members=ALL, kind="private", purpose="By invitation"),
    Channel(id="C0ELECTION", name="election-night", members=ALL | {BOT}, archived=True, purpose="Closed"),
)


def point(ts: str) -> tuple[int, int]:
    """Return a message's `ts` (or a bound such as "0") as a value that sorts; raise ValueError if it is none."""
    whole, _, rest = ts.partition(".")
    return int(whole), int(rest[:6].ljust(6, "0")) if rest else 0


class World:
    """Everything that is stored; every change rings `changes`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.changes = Changes()
        bot = Person(id=BOT, handle="onrecord", name=settings.app_name, is_bot=True)
        slackbot = Person(id=SLACKBOT, handle="slackbot", name="Slackbot", is_bot=True)
        self.people: dict[str, Person] = {person.id: person for person in (*STAFF, bot, slackbot)}
        self.groups: dict[str, frozenset[str]] = {"S0CHECKERS": frozenset({STAFF[0].id, STAFF[1].id})}  # user groups
        self.channels: dict[str, Channel] = {channel.id: channel for channel in ROOMS}
        self.views: dict[str, View] = {}  # open modals, the top one last
        self.homes: dict[str, View] = {}  # by person
        self.triggers: dict[str, Trigger] = {}
        self.files: dict[str, File] = {}
        # Both in order of `ts`: stamps only grow, and an update keeps its place.
        self._messages: dict[str, dict[str, Message]] = {}
        self._threads: dict[tuple[str, str], dict[str, None]] = {}
        self._last = 0
        self._numbers = count(1)

    def new_id(self, prefix: str) -> str:
        """Return an identifier nobody else has."""
        return f"{prefix}{next(self._numbers):08d}"

    def stamp(self) -> str:
        """Return a `ts` of now, later than every earlier one even when the clock stands still."""
        micros = int(self.settings.clock().timestamp() * 1_000_000)
        self._last = max(micros, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def person(self, name: str) -> Person:
        """Return the person with this id, handle or name; raise KeyError if there is none."""
        key = name.removeprefix("@")
        for person in self.people.values():
            if key in (person.id, person.handle, person.name):
                return person
        raise KeyError(f"nobody here is called {name!r}")

    def channel(self, name: str) -> Channel:
        """Return the channel with this id or name ("#" allowed); raise KeyError if there is none."""
        key = name.removeprefix("#")
        for channel in self.channels.values():
            if key in (channel.id, channel.name):
                return channel
        raise KeyError(f"no channel is called {name!r}")

    def put_channel(self, channel: Channel) -> Channel:
        """Add a channel, or put its new state in the place of the old."""
        self.channels[channel.id] = channel
        self.changes.ring()
        return channel

    def put_person(self, person: Person) -> Person:
        """Add a person, or put their new state in the place of the old."""
        self.people[person.id] = person
        self.changes.ring()
        return person

    def direct(self, person: str) -> Channel:
        """Return the direct messages between a person and the bot, made on demand."""
        for channel in self.channels.values():
            if channel.kind == "direct" and person in channel.members:
                return channel
        members = frozenset({person, BOT})
        return self.put_channel(Channel(id=f"D{person[1:]}", name=person, members=members, kind="direct"))

    def store(self, message: Message) -> Message:
        """Keep a message, new or in the place of the one with its `ts`; blocks without an id get one."""
        blocks = tuple(
            block if block.get("block_id") else {**block, "block_id": self.new_id("b")} for block in message.blocks
        )
        kept = dataclasses.replace(message, blocks=blocks)
        self._messages.setdefault(message.channel, {})[message.ts] = kept
        if message.thread_ts and message.thread_ts != message.ts:
            self._threads.setdefault((message.channel, message.thread_ts), {})[message.ts] = None
        self.changes.ring()
        return kept

    def forget(self, message: Message) -> None:
        """Remove a message."""
        del self._messages[message.channel][message.ts]
        self._threads.get((message.channel, message.thread_ts or ""), {}).pop(message.ts, None)
        self.changes.ring()

    def find(self, channel: str, ts: str) -> Message | None:
        """Return the message with this `ts`, ephemeral ones included, or None."""
        return self._messages.get(channel, {}).get(ts)

    def all(self, channel: str) -> tuple[Message, ...]:
        """Return every message of a channel, oldest first: threads and ephemeral ones included."""
        return tuple(self._messages.get(channel, {}).values())

    def top(self, channel: str) -> tuple[Message, ...]:
        """Return what everybody sees in the channel itself, oldest first, without replies in threads."""
        return tuple(
            m for m in self.all(channel) if m.seen_only_by is None and (m.thread_ts in (None, m.ts) or m.broadcast)
        )

    def replies(self, channel: str, ts: str) -> tuple[Message, ...]:
        """Return the replies in the thread under `ts`, oldest first, without the parent."""
        return tuple(reply for reply in self.thread(channel, ts) if reply.seen_only_by is None)

    def thread(self, channel: str, ts: str) -> tuple[Message, ...]:
        """Return everything under `ts`, ephemeral messages included, oldest first."""
        return tuple(self._messages[channel][reply] for reply in self._threads.get((channel, ts), {}))
