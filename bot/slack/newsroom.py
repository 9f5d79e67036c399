"""What every answer draws on, who asks, and what can come back: the words that all listeners share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from bot.slack.blocks.parts import Block, Payload, Sizes

if TYPE_CHECKING:
    from bot.calibration import Rules
    from bot.inquiries import Inquiries
    from bot.ledger import Bulletin, Ledger
    from bot.mending import Mender
    from bot.slack.blocks import Desk
    from bot.slack.mrkdwn import Mrkdwn
    from config.schema import Config

Role = Literal["member", "checker", "editor", "admin"]
ROLES: tuple[Role, ...] = ("member", "checker", "editor", "admin")  # each may do what those before it may


@dataclass(slots=True, kw_only=True)
class Newsroom:
    """The record, the configuration and the names in it; one for the whole Slack side. Its methods block.

    Whoever runs it puts another configuration and desk in their place when people or sides change.
    """

    ledger: Ledger
    config: Config
    desk: Desk
    rules: Rules
    troubles: Callable[[], Sequence[str]]
    refused: Callable[[str], None] = lambda _code: None  # to be told that Slack takes us no more; blocks
    unpostable: Callable[[str], str] = lambda _id: ""  # why nothing can be posted to a channel, by Slack's id; blocks
    channel_of: Callable[[str], str] = str  # from Slack's id of a channel to how the configuration names it
    mend: Mender | None = None  # None: statements cannot be corrected from here
    inquiries: Inquiries | None = None  # None: whoever runs this can look nothing up beyond the record


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """The person behind a payload, with the role that the newsroom gives."""

    user: str  # Slack's id
    role: Role
    channel: str | None = None  # where it was typed or pressed; None: in no channel (App Home, a global shortcut)
    zone: str = "UTC"  # of their clock, as their Slack profile has it

    def may(self, role: Role) -> bool:
        """Whether this role is theirs too."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A subcommand with what followed it: `words` without Slack's marks, `typed` as it came."""

    words: str
    typed: str
    asker: Asker
    now: datetime
    skip: int = 0  # entries of a long answer that were shown before


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """An element used in a message, a modal or the App Home. `value`: of the button or of the option chosen."""

    action: str
    value: str
    asker: Asker
    now: datetime
    ts: str | None = None  # of the message it stands in


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A modal sent off: its fields by `block_id`, several options joined by spaces, and what it was opened for."""

    callback: str
    fields: Mapping[str, str]
    about: str  # private_metadata
    asker: Asker
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A shortcut used: on the text of a message, or a global one. Without a message `text` is empty."""

    callback: str
    text: str
    asker: Asker
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An event. `text`: of a message, or the name of the channel; `channel`: where it happened."""

    name: str
    asker: Asker
    channel: str
    text: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Modal:
    """A view to open; after a submission it takes the place of the one sent off.

    `then` blocks, for as long as it takes to look something up: what it gives takes the place of the view. What goes
    elsewhere goes there, and a file to the asker.
    """

    view: Payload
    then: Callable[[], Found] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What is wrong with a submission, by the `block_id` of the field."""

    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to be sent: `alt` says in words what a picture shows, `comment` stands above it."""

    name: str
    title: str
    alt: str
    comment: str
    content: Callable[[], bytes]  # blocks: made only when it is sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An answer from the record: the asker alone sees it, may turn it over, narrow it down, and share it.

    `build` makes its blocks with texts of a given length. `step` are the entries of a page and `more` says whether
    others follow. `narrow` are other questions to choose from, as (label, words of the command). `aside` says how the
    answer was come by: it stands below it, and is no part of what it says.
    """

    text: str
    build: Callable[[Sizes], Sequence[Block]]
    step: int = 0
    more: bool = False
    narrow: Sequence[tuple[str, str]] = ()
    aside: Mrkdwn | None = None
    hint: str = ""  # a command that goes on from here
    file: File | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A private answer, and a file that follows it into the direct messages of the asker."""

    payload: Payload
    file: File


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """A message for everybody in the channel of the asker, and a private answer where it cannot be posted.

    `then` is what the asker sees once it is posted; `file` goes into the thread of the message. `queued` tells what
    has become of a message that is in the outbox; without it the message is posted at once, and lost with the process.
    """

    message: Payload
    otherwise: Payload
    then: Payload | None = None
    file: File | None = None
    queued: Callable[[], Bulletin] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What was decided is on record; `then` blocks, and is done once Slack was told that the press arrived.

    What `then` returns is the answer in the place of `payload`, if it returns one.
    """

    payload: Payload
    then: Callable[[], Payload | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """What is to stand in somebody's App Home."""

    user: str
    view: Payload


Found = Payload | Filed  # a payload is a view here

# a payload is seen by the asker alone; None: nothing to say
Answer = Payload | Shown | Filed | Modal | Public | Begun | Wrong | None
