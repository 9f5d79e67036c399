"""The second opinion: model files that are whole and run, a server of a language model that answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.doctor.finding import Finding
from bot.judges.chosen import choose, reach
from bot.judges.errors import JudgeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.settings import Judging

_found = partial(Finding, check="judge")


def examine(settings: Judging, key: str) -> Iterator[Finding]:
    """What is to be said of the judge that the settings choose; blocks."""
    try:
        choose(settings, key)
    except JudgeError as error:
        yield _found(
            subject=f"[judge] {error.setting}",
            says=str(error),
            todo="install On Record again, or name another directory or judge under [judge]",
        )
        return
    yield _found(subject=settings.use, says="no network is asked" if settings.use == "rules" else "loads and answers")
    if settings.use == "llm":
        trouble = reach(settings, key)
        todo = f"see to the server; until then {settings.fallback} decides" if trouble else ""
        yield _found(subject="[judge] endpoint", says=trouble or f"{settings.endpoint} answers", todo=todo)
