"""What is sent where, as values: wishes of channels and people, preferences over the files, outcomes, bulletins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.model import Alert
from config.schema import Channel

TargetKind = Literal["topic", "person", "side", "kind", "source", "pair"]
PreferenceName = Literal["topics", "sides", "officials", "kinds", "minimum", "cap", "quiet", "digest", "digest now"]
OutcomeKind = Literal["posted", "held", "muted", "listed", "joined", "not sent"]
BulletinKind = Literal["digest", "notice"]
BulletinState = Literal["pending", "sending", "sent", "stuck"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What can be followed or muted. `name` is what people call it, and plays no part in what it matches.

    `id`: a topic's or side's id; a person's official id, or the name; a kind of conflict; an outlet's name (source);
    the case of an alert (pair). `also`: what that case is called too where editors have made its people one.
    """

    kind: TargetKind
    id: str
    name: str = field(compare=False)
    also: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Somebody's wish to hear of a target, or (a mute) to hear nothing of it until a moment.

    `audience` is a channel as configured, or Slack's id of a channel or, for direct messages, of a person.
    """

    number: int
    what: Literal["follow", "mute"]
    audience: str
    target: Target
    at: datetime
    by: str  # Slack user id
    until: datetime | None = None
    ended_at: datetime | None = None  # early, by somebody
    ended_by: str | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it was not ended and is not over."""
        return self.ended_at is None and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """What was set in Slack over the files; a value of None gave the files their say again."""

    audience: str
    name: PreferenceName
    value: Any
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """All that routing needs to know at one moment: every place an alert can go to, and what is wished there."""

    channels: tuple[Channel, ...]  # what holds: the files' values under those set in Slack
    follows: tuple[Wish, ...] = ()
    mutes: tuple[Wish, ...] = ()
    posted: Mapping[str, int] = field(default_factory=dict)  # alerts posted or about to be, this local day


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Why a conflict was or was not sent to an audience (empty: anywhere); `alert` is the number it has there."""

    audience: str
    outcome: OutcomeKind
    reason: str
    at: datetime
    alert: int | None = None
    digest: datetime | None = None  # when the digest that carried it was made


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """A message that belongs to no single alert. A digest shows its alerts, a notice its words or its own message.

    What somebody waits for is posted `until` a moment or not at all.
    """

    id: int
    key: str  # belongs in the metadata
    kind: BulletinKind
    channel: str
    words: str
    state: BulletinState
    attempts: int
    attempted_at: datetime | None
    alerts: tuple[Alert, ...] = ()
    over: frozenset[int] = frozenset()  # numbers of those that were dismissed or withdrawn before it was made
    slack_channel: str | None = None
    slack_ts: str | None = None
    message: Mapping[str, Any] | None = None
    until: datetime | None = None

    @property
    def revision(self) -> int:
        """Grows whenever one of its alerts changes."""
        return sum(alert.revision for alert in self.alerts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A digest that is in Slack, found there: its key, those of the alerts it tells, and where it is."""

    key: str
    carries: tuple[str, ...]
    slack_channel: str
    slack_ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowChange:
    """One line of the audit of what is sent where: never changed, never deleted."""

    at: datetime
    by: str
    audience: str
    what: Literal["followed", "unfollowed", "muted", "unmuted", "set"]
    subject: str  # the target's name, or the preference's
    before: str = ""
    after: str = ""


def effective(
    channels: Sequence[Channel], preferences: Sequence[Preference], audiences: Sequence[str] = ()
) -> tuple[Channel, ...]:
    """The files' channels, then whoever else has a preference or is among `audiences`, each with what holds there.

    A place that no file names is sent what it follows, and more only once a route was set there.
    """
    names = [*(channel.id for channel in channels), *(one.audience for one in preferences), *audiences]
    filed = {channel.id: channel for channel in channels}
    set_here: dict[str, dict[str, Any]] = {}
    for one in preferences:
        if one.value is not None:
            value = tuple(one.value) if isinstance(one.value, list) else one.value
            set_here.setdefault(one.audience, {})[one.name] = value
    return tuple(
        (filed.get(name) or Channel(id=name, kinds=())).model_copy(update=set_here.get(name, {}))
        for name in dict.fromkeys(names)
    )
