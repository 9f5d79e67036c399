"""The form of a proof file: its parts, the one way in which it is written, and the digest over it (docs/proof.md)."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
)

from bot.model import Answer, DeliveryState, ReviewState, Stance, StatementKind
from config.values import ConflictKind, Strength

FORMAT: Literal["onrecord proof 1"] = "onrecord proof 1"
SIZE = 256  # characters of a piece: each has a hash of its own, so that an excerpt can be held against the whole
Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Place = Annotated[int, Field(ge=0)]
Role = Literal["earlier", "fresh", "bridge", "joined"]  # of a position in an alert


class NotAProof(ValueError):
    """It cannot be read as a proof file; the message says where it fails."""


class Part(BaseModel):
    """A part of the file: frozen, and nothing stands in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Piece(Part):
    """So many characters of a stored text: their hash, and the characters themselves where the file carries them."""

    hash: Sha
    text: str | None


class Excerpt(Part):
    """What is left around a quotation of a text that was let go."""

    start: Place
    text: str


class Archived(Part):
    """A copy of the page that somebody else captured: it may differ from what was read, and is no part of the proof."""

    by: str
    at: AwareDatetime
    copy_at: str  # its address


class Text(Part):
    """A stored text: where it was published, its hash, and its pieces. `root` is a hash over those of the pieces.

    Of a text that was `let_go` there are no pieces any more, and `excerpts` in their place. `archived` stands in the
    file only where there is such a copy.
    """

    hash: Sha
    outlet: str
    url: str | None
    title: str
    published: AwareDatetime | None
    retrieved: AwareDatetime
    let_go: AwareDatetime | None
    length: Place | None
    root: Sha | None
    pieces: tuple[Piece, ...]
    excerpts: tuple[Excerpt, ...]
    archived: Archived | None = None

    @model_serializer(mode="wrap")
    def _without_nothing(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Files of before there were such copies are written as they were."""
        parts: dict[str, Any] = write(self)
        if parts.get("archived") is None:
            parts.pop("archived", None)
        return parts


class Who(Part):
    """A person or body, with the role at that time."""

    name: str
    official: str | None
    side: str | None
    role: str | None


class Speaker(Part):
    """The words that name who spoke, where they stand, and who is meant by them (None: nobody was sure)."""

    as_written: str
    start: Place
    end: Place
    party: Who | None
    how: str


class Quoted(Part):
    """A statement at its place in a text: `key` is made of the text's hash and that place."""

    key: Sha
    text: Sha
    kind: StatementKind
    start: Place
    end: Place
    quote: str
    verbatim: tuple[tuple[Place, Place], ...]
    speaker: Speaker | None
    cue: str | None
    said_first: date | None
    said_last: date | None
    said_how: str | None
    content: str
    negated: bool
    before: str
    after: str
    caveats: tuple[str, ...]
    mended: Place
    amended: str


class Held(Part):
    """A position that the alert shows, and as what; `statement` is the key of the words that show it."""

    part: Role
    statement: Sha
    holder: Who
    claimed_by: Who | None
    topic: str
    topic_name: str
    proposition: str
    proposition_text: str
    stance: Stance
    strength: float
    operators: tuple[str, ...]
    scope: tuple[tuple[str, str], ...]


class Raised(Part):
    """The alert as it was raised, which never changes, and the reasons in words."""

    number: int
    key: Sha  # by which it is raised once
    kind: ConflictKind
    conflict: Sha  # made of the kind and of both statements
    title: str
    case: str
    channel: str
    strength: Strength
    created_at: AwareDatetime
    score: float
    lede: str
    why: str
    check_first: tuple[str, ...]
    answer: Answer | None


class State(Part):
    """What had become of it when the file was issued."""

    delivery: DeliveryState
    review: ReviewState
    decided_by: str | None
    decided_at: AwareDatetime | None
    withdrawn: str


class Decision(Part):
    """A line of the log of what people did to it."""

    what: str
    by: str
    reason: str
    remark: str
    at: AwareDatetime
    before: str
    after: str


class Proof(Part):
    """A whole proof, as it is read and written; `digest` is over all the rest."""

    format: Literal["onrecord proof 1"]
    issued: AwareDatetime
    release: str
    alert: Raised
    state: State
    positions: tuple[Held, ...]
    statements: tuple[Quoted, ...]
    texts: tuple[Text, ...]
    decisions: tuple[Decision, ...]
    digest: Sha


def canonical(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON holds
    """The one way in which a value is written: names sorted, indented by two blanks, ASCII, one newline at the end."""
    return (json.dumps(value, sort_keys=True, indent=2, ensure_ascii=True, allow_nan=False) + "\n").encode("ascii")


def digest(proof: Proof) -> str:
    """SHA-256 of the canonical form of all but the digest itself."""
    return hashlib.sha256(canonical(proof.model_dump(mode="json", exclude={"digest"}))).hexdigest()


def sealed(**parts: Any) -> Proof:  # noqa: ANN401 - the fields of a proof
    """A proof of these parts, with its digest."""
    bare = Proof(format=FORMAT, digest="0" * 64, **parts)
    return bare.model_copy(update={"digest": digest(bare)})


def written(proof: Proof) -> bytes:
    """The file."""
    return canonical(proof.model_dump(mode="json"))


def read(content: bytes) -> Proof:
    """The proof in a file; `NotAProof` where its structure is not that of one."""
    try:
        return Proof.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise NotAProof(f"{place}: {first['msg']}") from error
