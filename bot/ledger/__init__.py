"""The record: what was said, where the proof stands, what was alerted; the only SQL of the project."""

from bot.ledger.database.lock import Held, Role, one_writer
from bot.ledger.errors import InUse, LedgerBusy, LedgerError, NewerSchema, NotALedger, Replaced, UnknownAlert, Unproven
from bot.ledger.flow_records import Bulletin, Flow, FlowChange, Preference, Routed, Target, Wish
from bot.ledger.nearness.beforehand import Beforehand
from bot.ledger.nearness.rehearsal import Rehearsal
from bot.ledger.records import (
    Action,
    Amendment,
    Change,
    Counts,
    Decided,
    Decision,
    Delivery,
    DeliveryKind,
    Found,
    Mend,
    Person,
    PersonRecord,
    Status,
    TopicChange,
    TopicCount,
    Track,
    Version,
)
from bot.ledger.store import Ledger
from bot.ledger.work import Work

__all__ = [
    "Action",
    "Amendment",
    "Beforehand",
    "Bulletin",
    "Change",
    "Counts",
    "Decided",
    "Decision",
    "Delivery",
    "DeliveryKind",
    "Flow",
    "FlowChange",
    "Found",
    "Held",
    "InUse",
    "Ledger",
    "LedgerBusy",
    "LedgerError",
    "Mend",
    "NewerSchema",
    "NotALedger",
    "Person",
    "PersonRecord",
    "Preference",
    "Rehearsal",
    "Replaced",
    "Role",
    "Routed",
    "Status",
    "Target",
    "TopicChange",
    "TopicCount",
    "Track",
    "UnknownAlert",
    "Unproven",
    "Version",
    "Wish",
    "Work",
    "one_writer",
]
