"""The record: what was said, where the proof stands, what was alerted; the only SQL of the project."""

from bot.ledger.errors import LedgerBusy, LedgerError, NewerSchema, NotALedger, UnknownAlert, Unproven
from bot.ledger.lock import one_writer
from bot.ledger.records import (
    Action,
    Amendment,
    Counts,
    Decided,
    Decision,
    Delivery,
    DeliveryKind,
    Found,
    Person,
    PersonRecord,
    Status,
    TopicChange,
    TopicCount,
    Version,
)
from bot.ledger.store import Ledger
from bot.ledger.work import Work

__all__ = [
    "Action",
    "Amendment",
    "Counts",
    "Decided",
    "Decision",
    "Delivery",
    "DeliveryKind",
    "Found",
    "Ledger",
    "LedgerBusy",
    "LedgerError",
    "NewerSchema",
    "NotALedger",
    "Person",
    "PersonRecord",
    "Status",
    "TopicChange",
    "TopicCount",
    "UnknownAlert",
    "Unproven",
    "Version",
    "Work",
    "one_writer",
]
