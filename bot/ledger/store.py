"""The ledger: opened, migrated, asked and written to. The only door to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from bot.ledger.alerts.mends import Mends
from bot.ledger.alerts.outbox import Outbox
from bot.ledger.alerts.thresholds import Thresholds
from bot.ledger.asking.callers import Callers
from bot.ledger.asking.figures import Reckoning
from bot.ledger.asking.hearing import Hearing
from bot.ledger.asking.lately import Lately
from bot.ledger.asking.lookup import Lookups
from bot.ledger.asking.reasons import Pages
from bot.ledger.asking.replaying import Replaying
from bot.ledger.asking.vitals import Pulse, last_sign
from bot.ledger.browsing import Browsing
from bot.ledger.database.engine import connect, file_of
from bot.ledger.database.migrate import behind, forward, look_over, write_ahead
from bot.ledger.database.room import Rooms
from bot.ledger.errors import LedgerError, NotALedger
from bot.ledger.feeds.entries import Entries
from bot.ledger.feeds.feeds import Feeds
from bot.ledger.flow.bulletins import Bulletins
from bot.ledger.flow.folding import Folding
from bot.ledger.flow.handing_out import HandingOut
from bot.ledger.flow.routes import Routes
from bot.ledger.flow.sources import Sources
from bot.ledger.flow.troubles import Troubles
from bot.ledger.flow.wishes import Wishes
from bot.ledger.keeping.inspection import Inspection
from bot.ledger.keeping.proving import Proofs
from bot.ledger.keeping.retention import Retention
from bot.ledger.nearness.beforehand import Beforehand
from bot.ledger.nearness.rehearsal import Rehearsal
from bot.ledger.outward.captures import Captures
from bot.ledger.outward.links import Links
from bot.ledger.outward.mailings import Mailings
from bot.ledger.outward.webhooks import Webhooks
from bot.ledger.people.revision import Revisions
from bot.ledger.people.roster import RosterChanges
from bot.ledger.record.canaries import Canaries
from bot.ledger.record.fates import Corrections
from bot.ledger.record.topics import Topics
from bot.ledger.work import Work


class Ledger(
    Browsing,
    Hearing,
    Reckoning,
    HandingOut,
    Lately,
    Links,
    Lookups,
    Corrections,
    Mends,
    Outbox,
    Feeds,
    Entries,
    Thresholds,
    Topics,
    Wishes,
    Routes,
    Bulletins,
    Folding,
    Troubles,
    Callers,
    Sources,
    RosterChanges,
    Replaying,
    Pages,
    Proofs,
    Retention,
    Inspection,
    Canaries,
    Revisions,
    Rooms,
    Pulse,
    Webhooks,
    Mailings,
    Captures,
):
    """The record of what was said. Safe to use from several threads; every method blocks.

    Every failure is a `LedgerError` whose text is one sentence, and leaves nothing half-written. Of what
    was posted after `last_alive` it may not know, for it may be a copy that was put back: see `vitals.last_sign`.
    """

    last_alive: datetime | None

    @classmethod
    def open(cls, place: str, *, busy_seconds: float = 5.0, durable: bool = True) -> Self:
        """Open the ledger at a path or SQLAlchemy URL, made or migrated to the newest schema first.

        A writer waits for another up to `busy_seconds`. A ledger that is thrown away afterwards need not be durable:
        that is faster, and a power cut may ruin it.
        """
        ledger = cls(connect(place, busy_seconds=busy_seconds, durable=durable))
        try:
            ledger._prepare()
        except BaseException:
            ledger.close()
            raise
        return ledger

    @classmethod
    def look_into(cls, place: str) -> Self:
        """Open a ledger, which may be a backup, to read it: nothing is made, migrated or written.

        `NotALedger`, `NewerSchema` or `LedgerError` where it is none, is not there or not of this release's schema.
        """
        ledger = cls(connect(place, busy_seconds=5.0, durable=True))
        path = file_of(ledger._engine.url)
        if path and not path.is_file():
            raise LedgerError(f"{place}: there is no ledger")
        try:
            with ledger._reading() as connection:
                if behind(connection, ledger._name):
                    raise LedgerError(f"{ledger._name} is empty or has an older schema; onrecord run brings it forward")
            ledger.last_alive = None
        except BaseException:
            ledger.close()
            raise
        return ledger

    def _prepare(self) -> None:
        with self._named(), self._engine.connect() as connection:
            look_over(connection, self._name)
        with self._reading() as connection:
            old = behind(connection, self._name)
        with self._named(), self._engine.connect() as connection:
            write_ahead(connection)  # not before: what is refused is left as it is
        if old:
            with self._writing() as connection:
                forward(connection, self._name)
        with self._reading() as connection:
            try:
                self.last_alive = last_sign(connection)
            except ValueError as error:
                raise NotALedger(f"{self._name} is damaged; restore it from a copy") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def rehearsal(self) -> Iterator[Rehearsal]:
        """What a unit of work would do, tried on the record as it is now while others write; nothing of it remains."""
        with self._reading() as connection:
            yield Rehearsal(connection)

    @contextmanager
    def work(self, before: Beforehand | None = None) -> Iterator[Work]:
        """One unit of work, alone among writers; rolled back unless its `commit` was reached.

        `before` is what its rehearsal learned: then it asks only for what has come since.
        """
        with self._turn() as turn:
            yield Work(turn, before)
