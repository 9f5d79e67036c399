"""The record in figures: how many alerts, how many of them held, how fast they came, and who is watched how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import median

from sqlalchemy import func, select

from bot.calibration.rulings import Said
from bot.ledger.alerts.thresholds import rulings
from bot.ledger.database.engine import Opened
from bot.ledger.record import amended
from bot.ledger.record.rows import alert, article, conflict, delivery, position, statement
from bot.ledger.tables import schema
from config.values import ConflictKind

TIMED = 1000  # newest cards whose way from publication to Slack is measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Upheld:
    """What the desk ruled on one kind: each pair of remarks once, misreadings and old news left out."""

    kind: ConflictKind
    confirmed: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Seconds from publication (or, the second time, from retrieval) to the post, of `cards` cards."""

    cards: int
    published: tuple[float, float] | None  # half of them within, nine of ten within
    retrieved: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the alerts of a period did."""

    since: datetime
    by_day: Mapping[date, int]  # UTC; days without any are left out
    reviews: Mapping[str, int]  # by verdict; "withdrawn" whatever it was before
    upheld: tuple[Upheld, ...]
    latency: Latency


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of a period one side, outlet or language has. Alerts count for each side that they show."""

    name: str
    statements: int
    alerts: int
    confirmed: int
    decided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Who was watched how much in a period; each list the largest first."""

    since: datetime
    sides: tuple[Share, ...]
    outlets: tuple[Share, ...]
    languages: tuple[Share, ...]


class Reckoning(Opened):
    """Reads; each sees the ledger as it was at one moment."""

    def figures(self, since: datetime, now: datetime) -> Figures:
        """The alerts raised in a period, what became of them, and how long they took."""
        with self._reading() as connection:
            days: Counter[date] = Counter()
            reviews: Counter[str] = Counter()
            raised = select(alert.created_at, alert.review, alert.withdrawn_at)
            for row in connection.execute(raised.where(alert.created_at.between(since, now))):
                days[row.created_at.astimezone(UTC).date()] += 1
                reviews["withdrawn" if row.withdrawn_at else row.review] += 1
            said = Counter((one.kind, one.said) for one in rulings(connection, since, now))
            sent = (
                select(delivery.slack_ts, article.published, article.retrieved)
                .join(schema.alert, delivery.alert_number == alert.number)
                .join(schema.conflict, alert.conflict_id == conflict.id)
                .join(schema.position, conflict.fresh_id == position.id)
                .join(schema.statement, position.statement_id == statement.id)
                .join(schema.article, statement.article_id == article.id)
                .where(delivery.kind == "card", delivery.slack_ts.is_not(None), alert.created_at.between(since, now))
                .order_by(alert.number.desc())
                .limit(TIMED)
            )
            times = [(float(row.slack_ts), row.published, row.retrieved) for row in connection.execute(sent)]
        return Figures(
            since=since,
            by_day=dict(sorted(days.items())),
            reviews=dict(reviews),
            upheld=_upheld(said),
            latency=Latency(
                cards=len(times),
                published=_spread(ts - first.timestamp() for ts, first, _ in times if first is not None),
                retrieved=_spread(ts - seen.timestamp() for ts, _, seen in times),
            ),
        )

    def balance(self, since: datetime) -> Balance:
        """Statements first seen in a period, and the alerts raised in it, by side, outlet and language.

        What was corrected counts once; withdrawn statements and alerts do not count.
        """
        with self._reading() as connection:
            party = schema.party.c
            seen = (
                select(party.side, article.outlet, article.language, func.count().label("statements"))
                .join_from(schema.article, schema.statement, statement.article_id == article.id)
                .outerjoin(schema.party, statement.party_id == party.id)
                .where(article.retrieved >= since, amended.counted())
                .group_by(party.side, article.outlet, article.language)
            )
            said: tuple[Counter[str], Counter[str], Counter[str]] = Counter(), Counter(), Counter()
            for side, outlet, language, count in connection.execute(seen):
                for counted, name in zip(said, (side or "", outlet, language), strict=True):
                    counted[name] += count
            fresh, earlier = schema.position.alias(), schema.position.alias()
            raised = (
                select(alert.review, fresh.c.side, earlier.c.side.label("other"), article.outlet, article.language)
                .join(schema.conflict, alert.conflict_id == conflict.id)
                .join(fresh, conflict.fresh_id == fresh.c.id)
                .join(earlier, conflict.earlier_id == earlier.c.id)
                .join(schema.statement, fresh.c.statement_id == statement.id)
                .join(schema.article, statement.article_id == article.id)
                .where(alert.created_at >= since, alert.withdrawn_at.is_(None))
            )
            reviews: tuple[Counter[tuple[str, str]], ...] = (Counter(), Counter(), Counter())
            for row in connection.execute(raised):
                for side in {row.side or "", row.other or ""}:
                    reviews[0][side, row.review] += 1
                reviews[1][row.outlet, row.review] += 1
                reviews[2][row.language, row.review] += 1
        sides, outlets, languages = (_shares(counted, decided) for counted, decided in zip(said, reviews, strict=True))
        return Balance(since=since, sides=sides, outlets=outlets, languages=languages)


def _upheld(said: Mapping[tuple[ConflictKind, Said], int]) -> tuple[Upheld, ...]:
    kinds = sorted({kind for kind, _ in said})
    return tuple(
        Upheld(kind=kind, confirmed=said.get((kind, "confirmed"), 0), refused=said.get((kind, "refused"), 0))
        for kind in kinds
    )


def _spread(seconds: Iterable[float]) -> tuple[float, float] | None:
    known = sorted(max(0.0, one) for one in seconds)
    return (median(known), known[min(len(known) - 1, int(len(known) * 0.9))]) if known else None


def _shares(said: Counter[str], reviews: Counter[tuple[str, str]]) -> tuple[Share, ...]:
    names = {*said, *(name for name, _ in reviews)}
    shares = [
        Share(
            name=name,
            statements=said[name],
            alerts=sum(reviews[name, review] for review in ("open", "confirmed", "dismissed")),
            confirmed=reviews[name, "confirmed"],
            decided=reviews[name, "confirmed"] + reviews[name, "dismissed"],
        )
        for name in names
    ]
    return tuple(sorted(shares, key=lambda one: (-one.statements, -one.alerts, one.name)))
