"""What a check finds: how something is, and what to do where it is not well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Check = Literal["configuration", "secrets", "slack", "channels", "clock", "ledger", "feeds", "judge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the doctor. `todo` is a sentence for whoever runs the installation; empty: it is well."""

    check: Check
    subject: str
    says: str
    todo: str = ""

    @property
    def ok(self) -> bool:
        """Whether there is nothing to do."""
        return not self.todo
