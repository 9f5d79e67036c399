"""The values that travel from an article to an alert. Frozen, keyword-only; every moment carries a time zone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from config.values import ConflictKind, Rank, Strength

StatementKind = Literal["direct", "mixed", "indirect"]
Stance = Literal["for", "against", "conditional", "open", "no_comment", "none"]
Became = Literal["kept", "changed", "vanished"]
Answer = Literal["denied", "deferred", "on_record"]
# held: until a digest; folded: a digest carried it in place of a card; listed: shown to who asks
DeliveryState = Literal["pending", "sending", "sent", "stuck", "withdrawn", "held", "folded", "listed"]
ReviewState = Literal["open", "confirmed", "dismissed"]
Reason = Literal[  # of a dismissal; only the first is a verdict on the judgement
    "not a conflict", "changed context", "wrong extraction", "already known", "old news"
]

MADE = "made-"  # how the id of a topic begins that no configuration names


# Cues whose complement is not a sentence of its own: without them "all allegations" is no denial.
_ACTS = re.compile(
    r"(?:accus|back|blam|block|call|condemn|critic|declin|demand|den[iy]|describ|dismiss|disput|hail|oppos|prais|push|"
    r"refus|refut|reject|rul|support|urg|welcom)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 11)
def content_key(*parts: str) -> str:
    """A key made from content alone: SHA-256 over the parts, hexadecimal."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open stretch of a text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The stretch of `text` under this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where and when a text was published, and the hash of the stored copy."""

    article: str
    outlet: str
    url: str | None
    title: str
    published: datetime | None
    retrieved: datetime
    text_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or a body that speaks or holds a position.

    `official` and `side` are ids of the configuration, None where it does not know them. `role` is the role at the
    date of the statement: the mandate's where there is one, else what the article gives.
    """

    name: str
    official: str | None = None
    side: str | None = None
    role: str | None = None
    rank: Rank | None = None
    person: bool = True

    def same(self, other: Party) -> bool:
        """Whether both are one person or one body, as far as is known."""
        if self.official or other.official:
            return self.official == other.official
        if not self.person and not other.person and (self.side or other.side):
            return self.side == other.side
        return self.person == other.person and self.name.casefold() == other.name.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who is written as saying it: the resolved party (None: unknown, never guessed) and the words that name it.

    `how` is the evidence that the words mean the party, e.g. "surname of “President Mara Velden” above".
    """

    party: Party | None
    as_written: str
    span: Span
    how: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The day a statement was made, or the interval that holds it (both ends included), and how that was found."""

    first: date
    last: date
    how: str  # e.g. "'On Monday', article of 25 Feb 2025"

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("an interval of days runs forward")


RECALLED = "told as an earlier position, on a day that is not named"  # a caveat


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an article itself tells of one of its statements: that it denies another one, or gives up an earlier one.

    `words` are those by which the article tells it, `of` is the quote of the other statement.
    """

    how: Literal["denied", "turned"]
    words: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Content + cue + speaker at a place in an article; `quote == text[span]` always.

    `verbatim` are the stretches inside the span that stood in quotation marks, without the marks (a direct statement:
    the span itself). `content` is the quote with pronouns and "that" replaced by what they stand for. `negated`: the
    cue denies or refuses the content ("denied that …"). `caveats` are the source's hedges and other doubts in words.
    `amended` says what was done to these words since, by the outlet or the desk; only the record can tell.
    """

    source: Source
    kind: StatementKind
    span: Span
    quote: str
    verbatim: tuple[Span, ...]
    cue: str | None
    speaker: Speaker | None
    holder: Party | None  # whose position it is; differs from the speaker in "Trump says Putin will accept"
    said: Said | None
    content: str
    negated: bool = False
    defers_to: Party | None = None
    before: str = ""  # the sentence before, and the question asked
    after: str = ""
    caveats: tuple[str, ...] = ()
    rule: str = field(default="", compare=False)  # the rule of reading that took it, e.g. "cue + clause"
    amended: str = ""
    mended: int = 0  # how often people have corrected it; as it was read: 0
    told: Told | None = None

    @property
    def recalled(self) -> bool:
        """Whether the narrator goes back to it as a position of the past."""
        return RECALLED in self.caveats

    @property
    def place(self) -> tuple[str, int, int, int]:
        """Equal for two statements exactly when their keys are, and told at once."""
        return self.source.text_hash, self.span.start, self.span.end, self.mended

    @property
    def key(self) -> str:
        """Identity by place: the stored text and the span in it; what people made of it is a statement of its own."""
        place = (self.source.text_hash, str(self.span.start), str(self.span.end))
        return content_key(*place, f"mended {self.mended}") if self.mended else content_key(*place)

    @property
    def act(self) -> str | None:
        """The cue, where a report of the words alone would mislead: "denied"; None where they suffice, or are it."""
        if self.kind == "direct" or self.cue is None or self.cue == self.quote:
            return None
        bare = _ACTS.match(self.cue) and not self.quote.startswith("that ")
        return self.cue if self.negated or bare else None

    @property
    def party(self) -> Party | None:
        """Who said it, where known."""
        return self.speaker.party if self.speaker else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a statement in a later version of its article: `now` is where it stands, or what replaced it."""

    statement: Statement
    became: Became
    now: Statement | None

    def __post_init__(self) -> None:
        if (self.now is None) != (self.became == "vanished"):
            raise ValueError("what vanished stands nowhere, and all else somewhere")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A holder's stance on a proposition, as one statement shows it.

    `claimed_by` is set when another party speaks for the holder without speaking for its side. `operators` are the
    words that show the stance. `scope` are the specifics named, as (slot, words), e.g. ("actor", "NATO troops").
    `meaning` is a vector (see `bot.meaning`), empty where no network is there to tell it. `link` says in words why it
    stands under its topic where no configuration says so.
    """

    statement: Statement
    holder: Party
    topic: str  # id: configured, or made from content
    topic_name: str
    proposition: str  # id within the topic
    proposition_text: str
    stance: Stance
    strength: float  # 0..1, how sure the stance is
    claimed_by: Party | None = None
    defers_to: Party | None = None
    operators: tuple[str, ...] = ()
    scope: tuple[tuple[str, str], ...] = ()
    meaning: bytes = field(default=b"", compare=False, repr=False)
    link: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """Identity: the statement's, with holder and proposition."""
        return content_key(self.statement.key, self.holder.official or self.holder.name, self.topic, self.proposition)

    @property
    def place(self) -> tuple[object, ...]:
        """Equal for two positions exactly when their keys are, and told at once."""
        return self.statement.place, self.holder.official or self.holder.name, self.topic, self.proposition

    @property
    def voice(self) -> Party:
        """Who said it, as far as is known: the speaker, else the holder."""
        return self.claimed_by or self.statement.party or self.holder

    @property
    def charge(self) -> bool:
        """Whether it is an accusation: the cue itself says what another is held to have done."""
        return self.claimed_by is not None and self.operators[:1] == (self.statement.cue,)

    @property
    def on_named_topic(self) -> bool:
        """Whether the topic is one of the configuration; the name of one made from content is only a few words."""
        return not (self.topic.startswith(MADE) or self.link)

    @property
    def said_first(self) -> date | None:
        """The first day on which it may have been said; the day of publication where nothing better is known."""
        if self.statement.said:
            return self.statement.said.first
        published = self.statement.source.published
        return published.date() if published else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A fresh position against an earlier one, with the reason in words.

    `bridge` is the third statement a deferral needs: the refusal pointed back to. `case` names the story: conflicts
    of one case belong on one card.
    """

    kind: ConflictKind
    fresh: Position
    earlier: Position
    score: float  # 0..1
    case: str
    title: str  # "Peskov vs Trump on peacekeepers"
    lede: str  # the news in one or two sentences, plain text
    why: str
    check_first: tuple[str, ...] = ()
    answer: Answer | None = None
    bridge: Position | None = None

    @property
    def key(self) -> str:
        """Identity: kind and both evidences."""
        return content_key(self.kind, self.fresh.statement.key, self.earlier.statement.key)

    @property
    def heads(self) -> tuple[Position, ...]:
        """The positions that it stands on: the earlier, the fresh, and what was pointed back to."""
        return (self.earlier, self.fresh, *([self.bridge] if self.bridge else []))

    def key_in(self, channel: str) -> str:
        """Identity of an alert on it: the kind, both evidences and the channel."""
        return content_key(self.kind, self.fresh.statement.key, self.earlier.statement.key, channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A conflict addressed to a channel, with its life so far."""

    number: int
    conflict: Conflict
    joined: tuple[Position, ...]  # further evidence that came later, oldest first
    channel: str  # as configured
    strength: Strength
    created_at: datetime
    state: DeliveryState
    review: ReviewState
    revision: int  # raised by every change that the card must show
    dedupe_key: str
    decided_by: str | None = None  # Slack user id
    decided_at: datetime | None = None
    decision_note: str = ""
    owner: str | None = None  # Slack user id of whoever looks into it
    withdrawn_by: str | None = None
    answered: Answer | None = None  # how the other side answered since it was raised
    slack_channel: str | None = None
    slack_ts: str | None = None
    reason: str = ""  # why it is stuck, or was withdrawn
    on_topic: int = 0  # statements on record on this topic

    @property
    def name(self) -> str:
        """How people call it: "OR-1042"."""
        return f"OR-{self.number}"
