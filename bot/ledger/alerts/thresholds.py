"""From which score each kind is posted: the desk's rulings read, and every step on record."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import get_args

from sqlalchemy import Connection, RowMapping, select

from bot.calibration import Rules, Ruling, Standing, Step, Tally, hold, plan, standing, undo
from bot.calibration.rulings import Said
from bot.ledger.database.engine import Opened
from bot.ledger.database.prepared import added
from bot.ledger.record.rows import alert, conflict
from bot.ledger.tables import schema
from bot.model import Reason
from config.values import ConflictKind

APART = timedelta(days=1)  # between a verdict and what it moves, and between two moves of a kind
KINDS: tuple[ConflictKind, ...] = get_args(ConflictKind)
_REFUSED: Reason = "not a conflict"
_step = schema.threshold_step.c


def standings(connection: Connection, rules: Rules) -> tuple[Standing, ...]:
    """Where every kind stands."""
    steps = _steps(connection)
    return tuple(standing(kind, steps, rules) for kind in KINDS)


def rulings(connection: Connection, since: datetime, until: datetime) -> tuple[Ruling, ...]:
    """What the desk ruled in that time, each pair of remarks once; where two channels disagree there is no ruling."""
    query = (
        select(alert.fresh_id, alert.earlier_id, alert.review, alert.decision_note, conflict.kind, conflict.score)
        .join(schema.conflict, alert.conflict_id == conflict.id)
        .where(alert.review != "open", alert.decided_at.between(since, until), alert.withdrawn_at.is_(None))
    )
    pairs: dict[tuple[ConflictKind, int, int], dict[Said, float]] = {}
    for row in connection.execute(query):
        said = _said(row.review, row.decision_note)
        if said is not None:
            scores = pairs.setdefault((row.kind, row.fresh_id, row.earlier_id), {})
            scores[said] = max(row.score, scores.get(said, 0.0))
    found = []
    for (kind, _, _), scores in pairs.items():
        clear = {said: score for said, score in scores.items() if said != "unexplained"} or scores
        if len(clear) == 1:
            ((said, score),) = clear.items()
            found.append(Ruling(kind=kind, score=score, said=said))
    return tuple(sorted(found, key=lambda one: (one.kind, one.score, one.said)))


def _said(review: str, note: str) -> Said | None:
    """What a decision says of the judgement; None: nothing, it was dismissed for something else."""
    if review == "confirmed":
        return "confirmed"
    if note == _REFUSED:
        return "refused"
    return None if note in get_args(Reason) else "unexplained"


class Thresholds(Opened):
    """The thresholds of the kinds, recalibrated from the desk's own record, step by step and reversibly."""

    def thresholds(self, rules: Rules) -> tuple[Standing, ...]:
        """Where every kind stands."""
        with self._reading() as connection:
            return standings(connection, rules)

    def threshold_steps(self, limit: int | None = None) -> tuple[Step, ...]:
        """The steps on record (the last so many), oldest first."""
        with self._reading() as connection:
            steps = _steps(connection)
            return steps if limit is None else steps[-limit:]

    def rulings(self, rules: Rules, now: datetime) -> tuple[Ruling, ...]:
        """What the desk ruled within the time that counts."""
        with self._reading() as connection:
            return rulings(connection, now - timedelta(days=rules.days), now)

    def recalibrate(self, rules: Rules, now: datetime) -> tuple[Step, ...]:
        """Take the step that the rulings call for, of each kind at most one a day; what was done.

        Verdicts younger than a day wait: who pressed the wrong button has time to undo it.
        """
        if not rules.enabled:
            return ()
        with self._writing() as connection:
            steps = _steps(connection)
            known = rulings(connection, now - timedelta(days=rules.days), now - APART)
            taken = []
            for kind in KINDS:
                stands = standing(kind, steps, rules)
                if stands.held or (stands.step is not None and abs(now - stands.step.at) < APART):
                    continue
                move = plan(kind, known, stands.threshold, rules)
                if move is None:
                    continue
                step = Step(
                    kind=kind,
                    what="moved",
                    old=move.old,
                    new=move.new,
                    start=rules.start,
                    tally=move.tally,
                    at=now,
                    why=move.why,
                )
                taken.append(_store(connection, step))
            return tuple(taken)

    def undo_threshold(self, number: int, rules: Rules, by: str, now: datetime) -> Step:
        """Take a move back and hold its kind; `NotPossible` says why not."""
        with self._writing() as connection:
            return _store(connection, undo(number, _steps(connection), rules, by=by, at=now))

    def hold_threshold(self, kind: ConflictKind, rules: Rules, by: str, now: datetime, *, held: bool = True) -> Step:
        """Keep a kind where it stands, or release it; `NotPossible` where it is so already."""
        with self._writing() as connection:
            return _store(connection, hold(kind, _steps(connection), rules, by=by, at=now, held=held))


def _steps(connection: Connection) -> tuple[Step, ...]:
    query = select(schema.threshold_step).order_by(_step.id)
    return tuple(_as_step(row) for row in connection.execute(query).mappings())


def _as_step(row: RowMapping) -> Step:
    return Step(
        number=row[_step.id],
        kind=row[_step.kind],
        what=row[_step.what],
        old=row[_step.old],
        new=row[_step.new],
        start=row[_step.start],
        tally=Tally(confirmed=row[_step.confirmed], refused=row[_step.refused], unexplained=row[_step.unexplained]),
        at=row[_step.at],
        by=row[_step.by],
        why=row[_step.why],
        undoes=row[_step.undoes_id],
    )


def _store(connection: Connection, step: Step) -> Step:
    number = added(
        connection,
        schema.threshold_step,
        kind=step.kind,
        what=step.what,
        old=step.old,
        new=step.new,
        start=step.start,
        at=step.at,
        by=step.by,
        why=step.why,
        undoes_id=step.undoes,
        **asdict(step.tally),
    )
    return replace(step, number=number)
