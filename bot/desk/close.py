"""What is close, but not in conflict: pairs that would be one but for the scope of what was said."""

from __future__ import annotations

import contextlib
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.conflicts import candidates
from bot.conflicts.explaining import KINDS, explain
from bot.conflicts.scope import apart, separating
from bot.inquiries import Close, CloseCalls

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ledger import Ledger
    from bot.ledger.asked import Sought
    from config.schema import Config

MOST = 200  # newest remarks that are held against the record
_LISTED = 40
_SECONDS = 8.0  # after which nobody likes to wait


def found(sought: Sought, ledger: Ledger, config: Config, *, ticks: Callable[[], float] = time.monotonic) -> CloseCalls:
    """The close pairs of the newest remarks on what is sought, worked out now, the newest first.

    It is worked out when somebody asks, not kept: so it follows corrections, sides and rules as they are now.
    """
    until = ticks() + _SECONDS
    back = timedelta(days=config.settings.alerts.look_back_days)
    pairs: dict[frozenset[str], Close] = {}
    remarks = ledger.lately(sought, MOST)
    looked = len(remarks)
    scoped = [(at, fresh) for at, fresh in enumerate(remarks) if fresh.scope]  # nothing sets apart what names nothing
    beside = ledger.beside_each((fresh, fresh.said_first - back if fresh.said_first else None) for _, fresh in scoped)
    with contextlib.closing(beside):
        for (at, fresh), near in zip(scoped, beside, strict=False):
            if ticks() > until or len(pairs) >= _LISTED:
                looked = at
                break
            others = [one for one in near if apart(fresh, one, config.sides)]  # to judge all of them takes long
            for pair in candidates(fresh, others, config.sides, hits=True):
                key = frozenset((pair.earlier.statement.key, pair.later.statement.key))
                if pair.kind == "opposed" or key in pairs or not separating(pair, config.sides):
                    continue
                trace = explain(pair.later, pair.earlier, near, config.sides)
                why = next(step.told for step in trace.steps if step.name == "scope")
                pairs[key] = Close(earlier=pair.earlier, later=pair.later, would=KINDS[pair.kind], told=why)
    return CloseCalls(pairs=tuple(pairs.values()), looked=looked, all=looked == len(remarks) < MOST)
