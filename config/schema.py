"""The shape of the configuration: frozen values, checked at birth. What stands in onrecord.toml is in `settings`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from config.hours import Daily, Quiet
from config.settings import Settings
from config.values import ConflictKind, DailyHour, Identifier, Name, Rank, Strength, Value


class Feed(Value):
    """A news feed to poll; `name` is the outlet as readers know it."""

    id: Identifier
    name: Name
    url: Annotated[str, Field(pattern=r"^https?://", max_length=2000)]
    region: Annotated[str, Field(max_length=80)] = ""  # under which onrecord setup offers it
    every_minutes: Annotated[float, Field(gt=0, le=1440)] | None = None  # None: the setting in [polling]
    enabled: bool = True
    allow: tuple[str, ...] = ()  # "host:port" in private address space that this feed may reach, e.g. "10.1.2.3:443"
    login: Annotated[str, Field(pattern=r"^([A-Z][A-Z0-9_]*)?$", max_length=80)] = ""  # variable: "name:password"


class Side(Value):
    """A state, government, party or organisation for whose position somebody can speak.

    `names` are written for the whole side ("Moscow", "the Kremlin"); `adjectives` mark its people ("Russian").
    `within` names larger sides of which this one is a part, e.g. an agency within a state.
    """

    id: Identifier
    name: Name
    kind: Literal["state", "organisation", "party", "movement", "company"] = "state"
    names: tuple[Name, ...] = ()
    adjectives: tuple[Name, ...] = ()
    within: tuple[Identifier, ...] = ()


class Mandate(Value):
    """A role held from `since` to `until` (both days included; None: open), speaking for `side`.

    `titles` are other ways the press writes the role; `speaks_for` names officials whose position it states
    (a spokesman's principals).
    """

    role: Name
    side: Identifier
    rank: Rank = "other"
    titles: tuple[Name, ...] = ()
    speaks_for: tuple[Identifier, ...] = ()
    since: date | None = None
    until: date | None = None


class Official(Value):
    """A person whose statements are kept, with the spellings of the name and the dated mandates."""

    id: Identifier
    name: Name
    aliases: tuple[Name, ...] = ()
    gender: Literal["f", "m"] | None = None
    mandates: tuple[Mandate, ...] = ()


class Proposition(Value):
    """A sentence about a topic that one can be for or against.

    `words`: groups of alternatives; a statement is about the proposition when it holds one of every group.
    `unless`: words that make it a different proposition ("observers" against "troops").
    `accept` and `reject`: stance phrases particular to it, beside the general ones.
    """

    id: Identifier
    text: Name
    words: Annotated[tuple[tuple[Name, ...], ...], Field(min_length=1)]
    unless: tuple[Name, ...] = ()
    accept: tuple[Name, ...] = ()
    reject: tuple[Name, ...] = ()


class Topic(Value):
    """An issue; `name` completes the headline "A vs B on …"."""

    id: Identifier
    name: Name
    propositions: Annotated[tuple[Proposition, ...], Field(min_length=1)]


def _quiet(text: str) -> str:
    return str(Quiet.parse(text)) if text else ""


class Channel(Value):
    """A Slack channel (or a person, who gets direct messages) and what is routed to it; an empty list means: all.

    What may not be posted when it comes (quiet hours, over the cap) waits for the digest, or for the quiet hours' end.
    """

    id: Annotated[str, Field(pattern=r"^[CGDUW][A-Z0-9]+$|^#?[a-z0-9_-]+$")]
    name: str = ""
    topics: tuple[Identifier, ...] = ()
    sides: tuple[Identifier, ...] = ()
    officials: tuple[Identifier, ...] = ()
    kinds: tuple[ConflictKind, ...] = ("reversal", "same_side", "denied_claim", "disputed")
    minimum: Strength = "medium"
    cap: Annotated[int, Field(ge=0, le=1000)] = 10  # alerts posted a local day; 0: no cap
    quiet: Annotated[str, AfterValidator(_quiet)] = ""  # "22:00-07:00 Europe/London"; empty: none
    digest: DailyHour = "08:00 UTC"  # empty: none

    @property
    def quiet_hours(self) -> Quiet | None:
        """Hours in which nothing is posted."""
        return Quiet.parse(self.quiet) if self.quiet else None

    @property
    def daily(self) -> Daily | None:
        """When the digest of what was held goes out."""
        return Daily.parse(self.digest) if self.digest else None

    @property
    def zone(self) -> str:
        """The time zone in which its days begin."""
        hours = self.quiet_hours or self.daily
        return hours.zone if hours else "UTC"


class Config(Value):
    """A whole, consistent configuration."""

    feeds: tuple[Feed, ...] = ()
    sides: tuple[Side, ...] = ()
    officials: tuple[Official, ...] = ()
    topics: tuple[Topic, ...] = ()
    channels: tuple[Channel, ...] = ()
    settings: Settings = Settings()
