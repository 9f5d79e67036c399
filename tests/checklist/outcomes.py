"""What comes out of a pair: walked as articles through a real ledger in both orders of arrival, and scored alone."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Self

from minimal_pairs import HERE, Line, Pair

from bot import pairs
from bot.conflicts import Comparison
from bot.ledger import Ledger
from bot.model import Alert
from bot.pipeline import Pipeline
from bot.statements import Roster
from config.schema import Channel, Config
from watchers.model import Article

_OUTLETS = ("The Sarn Herald", "Coast Wire", "The Leth Gazette", "Valley Radio", "Merrow Evening Post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one pair. Kinds are those of the alerts raised as things were said, and the other way round."""

    pair: Pair
    conflict_kinds: tuple[tuple[str, ...], tuple[str, ...]]
    harmless_kinds: tuple[tuple[str, ...], tuple[str, ...]]
    turned_round: bool  # an alert of the conflict shows the later words as the earlier ones
    conflict_scores: tuple[float, float]  # as (a, b) and as (b, a)
    harmless_scores: tuple[float, float]
    conflict_why: str  # what the comparison says of them
    harmless_why: str

    @property
    def raised(self) -> bool:
        """One alert of the right kind, the earlier words shown as the earlier, and so when they arrive late."""
        timely, late = self.conflict_kinds
        right = len(timely) == 1 and timely[0] in self.pair.kinds
        return right and late == _late(timely) and not self.turned_round

    @property
    def silent(self) -> bool:
        """No alert for the harmless twin, whatever arrived first."""
        return self.harmless_kinds == ((), ())

    @property
    def told_apart(self) -> bool:
        return self.raised and self.silent

    @property
    def scored_apart(self) -> bool:
        """The comparison alone puts the conflict above its twin, whichever is named first."""
        return min(self.conflict_scores) > max(self.harmless_scores)

    @property
    def orders(self) -> tuple[bool, bool, bool, bool]:
        """Whether the order made no difference that it should not: of arrival for both, of comparison for both."""
        return (
            self.conflict_kinds[1] == _late(self.conflict_kinds[0]),
            self.harmless_kinds[1] == _late(self.harmless_kinds[0]),
            self.conflict_scores[0] == self.conflict_scores[1],
            self.harmless_scores[0] == self.harmless_scores[1],
        )


class World:
    """The invented world: its configuration without a topic, and everybody who speaks in it."""

    def __init__(self, place: Path) -> None:
        """`place` is the file of the ledger; every walk finds it empty."""
        document = tomllib.loads((HERE / "world.toml").read_text("utf-8"))
        self.config = Config.model_validate(
            {"sides": document["side"], "officials": document["official"], "channels": [Channel(id="desk")]}
        )
        self.roster = Roster.of(self.config.officials, self.config.sides)
        sides = {side.id: side.name for side in self.config.sides}
        self.speakers: dict[str, dict[str, str | None]] = {"nobody": {"speaker": None}}
        for stranger in document["stranger"]:
            self.speakers[stranger["id"]] = {"speaker": stranger["name"], "role": stranger["role"]}
        for official in self.config.officials:
            mandate = official.mandates[0]
            self.speakers[official.id] = {
                "speaker": official.name,
                "role": mandate.role,
                "side": sides[mandate.side],
            }
        self._pipeline = Pipeline(self.config)
        self._place = place
        self._ledger = Ledger.open(str(place), durable=False)
        self._empty = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(place)) as ledger:
            ledger.backup(self._empty)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ledger.close()
        self._empty.close()

    def outcome(self, pair: Pair) -> Outcome:
        """Walk and score both situations of a pair in both orders."""
        walks = [self._walk(pair, lines) for lines in (pair.conflict, pair.conflict[::-1])]
        twins = [self._walk(pair, lines) for lines in (pair.harmless, pair.harmless[::-1])]
        conflict, harmless = self._compared(pair.conflict), self._compared(pair.harmless)
        return Outcome(
            pair=pair,
            conflict_kinds=(_kinds(walks[0]), _kinds(walks[1])),
            harmless_kinds=(_kinds(twins[0]), _kinds(twins[1])),
            turned_round=any(_turned_round(alert) for walk in walks for alert in walk),
            conflict_scores=(conflict[0].score, conflict[1].score),
            harmless_scores=(harmless[0].score, harmless[1].score),
            conflict_why=conflict[0].why,
            harmless_why=harmless[0].why,
        )

    def _walk(self, pair: Pair, lines: Sequence[Line]) -> list[Alert]:
        """The alerts raised when the articles come in this order."""
        raised: list[Alert] = []
        now = datetime.min.replace(tzinfo=UTC)
        with closing(sqlite3.connect(self._place)) as ledger:
            self._empty.backup(ledger)  # opening one ledger a walk would take four times as long
        for number, line in enumerate(lines):
            published = datetime.combine(line.on, time(18), UTC)
            now = max(now + timedelta(minutes=1), published)
            article = Article(
                id=f"article-{number}",
                keys=(f"id:article-{number}",),
                url=f"https://outlet-{number}.example/story",
                outlet=_OUTLETS[number % len(_OUTLETS)],
                title=pair.about,
                text=line.text,
                published=published,
                retrieved=now,
            )
            raised += self._pipeline.record(article, self._ledger, now=now).raised
        return raised

    def _compared(self, lines: Sequence[Line]) -> tuple[Comparison, Comparison]:
        """The first and the last statement set side by side, and the other way round."""
        one, other = self._face(lines[0]), self._face(lines[-1])
        return (
            pairs.compare(one, other, self.config, self.roster),
            pairs.compare(other, one, self.config, self.roster),
        )

    def _face(self, line: Line) -> pairs.Face:
        return pairs.Face(
            quote=line.quote,
            **self.speakers[line.by],
            holder=line.holder or self.speakers[line.by]["speaker"],
            said_on=line.on,
            before=line.before,
            after=line.after,
        )


def _kinds(alerts: Sequence[Alert]) -> tuple[str, ...]:
    return tuple(sorted(alert.conflict.kind for alert in alerts))


def _late(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """What is right when everything arrives the other way round: an old statement that arrives late is no reversal."""
    return tuple(kind for kind in kinds if kind != "reversal")


def _turned_round(alert: Alert) -> bool:
    """A change of position runs forward in time; who denies a claim may do so before it is made."""
    fresh, earlier = alert.conflict.fresh.said_first, alert.conflict.earlier.said_first
    return alert.conflict.kind != "denied_claim" and fresh is not None and earlier is not None and fresh < earlier
