"""What commands open before they do anything: the judge of the settings, the ledger; and how they complain."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log
from bot.exits import Exit
from bot.sharing import keep
from config.environment import database, llm_key
from config.load import ConfigError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.judges.chosen import Chosen
    from bot.ledger import Ledger
    from config.schema import Config


def complain(sentence: str) -> None:
    """Say on standard error what is wrong, without secrets."""
    print(f"onrecord: {log.struck(sentence)}", file=sys.stderr)  # noqa: T201


def judge(config: Config) -> Chosen:
    """The judge that the settings choose; `ConfigError` where it cannot be had."""
    from bot.judges.chosen import choose  # noqa: PLC0415  keep --help quick
    from bot.judges.errors import JudgeError  # noqa: PLC0415

    try:
        chosen = choose(config.settings.judge, llm_key(os.environ))
    except JudgeError as error:
        fault = Fault(file="onrecord.toml", key=f"[judge] {error.setting}", message=str(error))
        raise ConfigError([fault]) from error
    keep()
    return chosen


def with_ledger(config: Config, task: Callable[[Ledger, Config], None]) -> int:
    """Do something with the ledger that is there, and with people and sides as the service takes them from both."""
    from bot.desk.roster import taken_up  # noqa: PLC0415
    from bot.ledger import Ledger, LedgerError  # noqa: PLC0415

    place = database(config, os.environ)
    log.strike_address(place)
    if "://" not in place and not Path(place).is_file():
        complain(f"{place}: there is no ledger yet; onrecord run makes it")
        return Exit.FAILURE
    try:
        with Ledger.open(place) as ledger:
            task(ledger, taken_up(config, ledger))
    except LedgerError as error:
        complain(str(error))
        return Exit.FAILURE
    return Exit.OK
