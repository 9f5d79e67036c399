"""The configuration read again while the service runs: taken up as far as it can be, or left as it was."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, NoReturn

from bot.ledger import LedgerError
from config.load import ConfigError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from config.schema import Config

log = logging.getLogger(__name__)

AT_ONCE = ("roles", "alerts", "feedback")  # sections that hold at once; of the others what was open at the start stays


class Reloading:
    """What is in force of the files; `notices` says in words what of them is not, for who asks how the service does."""

    def __init__(self, config: Config, read: Callable[[], Config]) -> None:
        self.config = config
        self.notices: tuple[str, ...] = ()
        self._read = read
        self._asked = asyncio.Event()

    def ask(self) -> None:
        """Have the files read again; asked twice before that, they are read once."""
        self._asked.set()

    async def run(self, hold: Callable[[Config], Awaitable[None]]) -> NoReturn:
        """Read whenever that is asked, and have the rest of the service hold to it."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            await self._again(hold)

    async def _again(self, hold: Callable[[Config], Awaitable[None]]) -> None:
        try:
            files = await asyncio.to_thread(self._read)
        except (ConfigError, OSError) as error:  # a folder may be gone for a moment
            faults = [str(fault) for fault in error.faults] if isinstance(error, ConfigError) else [str(error)]
            for fault in faults:
                log.error("the configuration stays as it was: %s", fault)  # noqa: TRY400  no trace is needed
            told = "; ".join(faults)
            self.notices = (f"The files of the configuration have faults, so the one before holds. Mend them: {told}",)
            return
        config, later = as_far_as_possible(self.config, files)
        try:
            await hold(config)
        except LedgerError as error:
            log.error("the configuration was not taken up: %s; have it read again", error)  # noqa: TRY400  it says all
            self.notices = (f"The configuration was not taken up: {error}. Have it read again.",)
            return
        self.config = config
        log.info("the configuration was read again, and holds")
        for section in later:
            log.warning("[%s] of the configuration was changed: it holds from the next start on", section)
        sections = ", ".join(f"[{section}]" for section in later)
        self.notices = (f"The files change {sections}, which holds from the next start on.",) if later else ()


def as_far_as_possible(now: Config, files: Config) -> tuple[Config, tuple[str, ...]]:
    """What the files say, with the settings of now where a start alone can change them; and which of those differ."""
    fixed = [name for name in type(now.settings).model_fields if name not in AT_ONCE]
    later = tuple(name for name in fixed if getattr(now.settings, name) != getattr(files.settings, name))
    settings = files.settings.model_copy(update={name: getattr(now.settings, name) for name in later})
    return files.model_copy(update={"settings": settings}), later
