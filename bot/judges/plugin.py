"""Loads a judge from the place that the settings name."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

from bot.judges.errors import JudgeError

if TYPE_CHECKING:
    from bot.opinions import Judge

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


def load(place: str) -> Judge:
    """The judge at "package.module:function"; JudgeError says what is wrong with it.

    The module is imported, so it runs: the setting is the operator's, never a reader's.
    """
    module_name, mark, name = place.strip().partition(":")
    if not (mark and module_name and name.isidentifier()):
        raise JudgeError(f'judge plugin {place!r}: write it as "package.module:function"', setting="plugin")
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as fault:
        if fault.name and (module_name == fault.name or module_name.startswith(fault.name + ".")):
            raise JudgeError(
                f"judge plugin {place!r}: there is no module {fault.name!r} here", setting="plugin"
            ) from fault
        raise JudgeError(
            f"judge plugin {place!r}: it needs the module {fault.name!r}, which is not here", setting="plugin"
        ) from fault
    except _AT_IMPORT as fault:
        raise JudgeError(
            f"judge plugin {place!r}: {type(fault).__name__} while loading: {fault}", setting="plugin"
        ) from fault
    found = getattr(module, name, None)
    if found is None:
        raise JudgeError(f"judge plugin {place!r}: {module_name!r} has no {name!r}", setting="plugin")
    if not callable(found):
        raise JudgeError(
            f"judge plugin {place!r}: {name!r} is not a function but {type(found).__name__}", setting="plugin"
        )
    return cast("Judge", found)
