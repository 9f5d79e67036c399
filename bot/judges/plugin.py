"""Loads a judge from the place that the settings name."""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING, cast

from bot.model import NO_OPINION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Judge, Position, Verdict

log = logging.getLogger(__name__)

# What a module that is written wrongly raises while it is imported.
_AT_IMPORT = (
    ImportError,
    SyntaxError,
    NameError,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    OSError,
    RuntimeError,
)


class JudgeError(Exception):
    """The judge of the settings cannot be used."""


def load(place: str) -> Judge | None:
    """The judge at "package.module:function", None for an empty setting; JudgeError says what is wrong with it.

    The module is imported, so it runs: the setting is the operator's, never a reader's.
    """
    if not place.strip():
        return None
    module_name, mark, name = place.strip().partition(":")
    if not (mark and module_name and name.isidentifier()):
        raise JudgeError(f'judge plugin {place!r}: write it as "package.module:function"')
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as fault:
        if fault.name and (module_name == fault.name or module_name.startswith(fault.name + ".")):
            raise JudgeError(f"judge plugin {place!r}: there is no module {fault.name!r} here") from fault
        raise JudgeError(f"judge plugin {place!r}: it needs the module {fault.name!r}, which is not here") from fault
    except _AT_IMPORT as fault:
        raise JudgeError(f"judge plugin {place!r}: {type(fault).__name__} while loading: {fault}") from fault
    found = getattr(module, name, None)
    if found is None:
        raise JudgeError(f"judge plugin {place!r}: {module_name!r} has no {name!r}")
    if not callable(found):
        raise JudgeError(f"judge plugin {place!r}: {name!r} is not a function but {type(found).__name__}")
    return _guarded(place, cast("Judge", found))


def _guarded(place: str, judge: Judge) -> Judge:
    """The judge, but a failing one has no opinion: the rules decide without it, and the log says so."""

    def opinion(pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict]:
        try:
            verdicts = judge(pairs)
            if len(verdicts) == len(pairs):
                return verdicts
            log.error("judge plugin %r gave %d verdicts on %d pairs: left aside", place, len(verdicts), len(pairs))
        except Exception:  # the plugin is not ours: an article must not be lost because its judge is down
            log.exception("judge plugin %r failed: the rules decide alone", place)
        return [NO_OPINION] * len(pairs)

    return opinion
