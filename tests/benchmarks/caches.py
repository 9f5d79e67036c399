"""What the caches of texts take once they are full: `python tests/benchmarks/caches.py`. One JSON line at the end.

They are most of what grows in the first thousand articles that a service reads (docs/reliability.md, Soak).
"""

from __future__ import annotations

import json
import random
import sys
import tracemalloc
from collections.abc import Callable
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / room) for room in ("soak", "walk"))]

from news import AGAINST, FILLER, FOR, SUBJECTS  # noqa: E402

from bot.conflicts.dealings import _told  # noqa: E402
from bot.conflicts.intentions import _denied  # noqa: E402
from bot.contrast.assertions import assertions  # noqa: E402
from bot.contrast.words import tokens  # noqa: E402
from bot.matter import lower, salient  # noqa: E402
from bot.meaning import _read  # noqa: E402
from bot.positions.words import words  # noqa: E402
from bot.specifics.amounts import amounts  # noqa: E402
from bot.specifics.times import times  # noqa: E402

TEXTS, WARM = 400, 100


def texts(number: int) -> list[str]:
    """So many remarks, no two of them alike."""
    chance = random.Random(5)  # noqa: S311  nothing secret hangs on it
    says = [say.format(what=what) for say in (*FOR, *AGAINST) for what in SUBJECTS]
    return [f"{chance.choice(says)}, remark {place}. {chance.choice(FILLER)}" for place in range(number)]


def told(text: str) -> None:
    """Read the assertions of a text as far as a comparison does, which keeps what it finds."""
    for one in assertions(text):
        for name in (
            "telling",
            "level",
            "tense",
            "asserted",
            "told",
            "sure",
            "narrowed",
            "plan",
            "free",
            "being",
            "done",
        ):
            getattr(one, name)


def vector(text: str) -> None:
    """A vector of 384 numbers, as the built-in network tells it."""
    _read(random.Random(text).randbytes(388))  # noqa: S311


KINDS: dict[_lru_cache_wrapper[Any], Callable[[str], object]] = {
    **{kind: kind for kind in (words, tokens, salient, lower, amounts, times, _told, _denied)},
    assertions: told,
    _read: vector,
}


def main() -> None:
    """Fill each with so many texts and print what one takes, and what the whole cache will."""
    some, found = texts(TEXTS), {}
    for cache, fill in KINDS.items():
        name = f"{cache.__module__}.{cache.__name__}"
        for text in some[:WARM]:
            fill(text)
        tracemalloc.start()
        for text in some[WARM:]:
            fill(text)
        each = tracemalloc.get_traced_memory()[0] / (TEXTS - WARM)
        tracemalloc.stop()
        most = cache.cache_parameters()["maxsize"] or 0
        found[name] = {"bytes_a_text": round(each), "texts": most, "full_mb": round(each * most / 1e6, 1)}
        print(f"{name}: {each:,.0f} bytes a text, {found[name]['full_mb']} MB once {most:,} are kept", flush=True)
    print(json.dumps({"caches": found, "full_mb": round(sum(one["full_mb"] for one in found.values()), 1)}))


if __name__ == "__main__":
    main()
