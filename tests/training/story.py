"""A fictional news story whose statements are known, and what the training knows of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

STANCES = ("for", "against", "conditional", "open", "no-comment", "none")
WORTH = 2  # importance from which a conflict is worth an alert
TYPES = {
    "reversal": "reversal",
    "split": "same-side split",
    "disputed": "disputed claim",
    "opposed": "opposed officials",
}
AGREEMENT = (  # categories of harmless pairs that say the same; of all others the two are beside each other
    "agreeing officials",
    "same position restated",
    "near duplicate",
    "confirmed claim",
    "both sides criticised",
    "same side",
    "narrator voice",
)
CATEGORIES = (
    *AGREEMENT,
    "claim without denial",
    "development",
    "different conditions",
    "different time",
    "different topic",
    "hedge",
    "historical statement",
    "hypothetical",
    "no comment",
    "not an official",
    "opponents at odds about values only",
    "partial",
    "quote about a third party",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A short article, without its marks."""

    id: str
    outlet: str
    published: date
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A marked statement: `article.text[start:end] == quote`. `side` and `holder_side` are empty where none is known."""

    id: str
    article: str
    kind: str
    start: int
    quote: str
    speaker: str
    role: str
    side: str
    holder: str
    holder_side: str
    prop: str | None
    stance: str
    said_on: date

    @property
    def end(self) -> int:
        return self.start + len(self.quote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Two statements of which is known how they stand: a conflict of some importance, or (0) none.

    `kind` is one of TYPES or of CATEGORIES; empty where a harmless pair is given without a category.
    """

    a: str
    b: str
    kind: str
    importance: int = 0

    @property
    def ids(self) -> frozenset[str]:
        return frozenset((self.a, self.b))


@dataclass(slots=True, kw_only=True)
class Cluster:
    """One story over days, with what is for and against in it."""

    id: str
    issue: str
    propositions: dict[str, str] = field(default_factory=dict)
    articles: list[Article] = field(default_factory=list)
    statements: dict[str, Statement] = field(default_factory=dict)
    conflicts: list[Listed] = field(default_factory=list)
    harmless: list[Listed] = field(default_factory=list)
