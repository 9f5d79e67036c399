"""The newest positions on record on what somebody seeks: a person, a side, a topic, a stretch of time."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.ledger.asked import Sought
from bot.ledger.asking.query import Queries
from bot.ledger.record.latest import newest, whose
from bot.ledger.record.rows import position
from bot.model import Position

READ = 5_000  # positions read last, among which the newest are, where nothing else is sought


class Lately(Queries):
    """Reads, as the ledger was at one moment."""

    def lately(self, sought: Sought, limit: int) -> tuple[Position, ...]:
        """The newest positions that fulfil every filter of people, sides, topics and days; one for each remark."""
        with self._reading() as connection:
            about = []
            last = select(func.max(position.id)).scalar_subquery()
            arms = [position.id > last - READ]
            if sought.topic is not None:
                about.append(position.topic.in_(self._topics_called(connection, sought.topic)))
                arms = [about[0]]
            if sought.side is not None:
                about.append(position.side == sought.side)
                arms = [about[-1]]
            if sought.since is not None:
                about.append(position.day >= sought.since.date())
            if sought.person is not None:
                arms = [*whose(self._parties(connection, sought.person))]
            return tuple(value for _, value in newest(connection, arms, about, limit=limit))
