"""Whom the pronouns of a content mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from bot.model import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """Whom the pronouns of a content mean; None where nobody is sure."""

    he: Party | None = None
    she: Party | None = None
    they: Party | None = None

    @classmethod
    def only(cls, person: Party | None, gender: Literal["f", "m"] | None) -> Self:
        """The one person whom "he" or "she" can mean, by the gender where it is known."""
        return cls(he=person if gender != "f" else None, she=person if gender != "m" else None)

    def of(self, word: str) -> Party | None:
        """Whom a pronoun means, in lower case."""
        return {"he": self.he, "him": self.he, "she": self.she, "they": self.they}.get(word)
