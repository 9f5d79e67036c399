"""What can go wrong with the record: one root, each error one clear sentence that names its subject."""

from __future__ import annotations


class LedgerError(Exception):
    """The ledger could not do what was asked; nothing of it was kept."""


class LedgerBusy(LedgerError):
    """Another writer holds the ledger."""


class InUse(LedgerBusy):
    """Another service holds the ledger for as long as it lives."""


class Replaced(LedgerError):
    """The file of an open ledger was moved, deleted or replaced: what is written now nobody will find."""


class NewerSchema(LedgerError):
    """The ledger was written by a newer release; an older one must not touch it."""


class NotALedger(LedgerError):
    """The file or database is something else, or is damaged; it is left as it is."""


class Unproven(LedgerError):
    """Evidence does not equal the stored text at its place, so that it may not be kept."""


class Unequal(LedgerError):
    """A database did not give back what was put in; nothing of it was kept."""


class Damaged(LedgerError):
    """A file of a record is not what was exported; nothing of it was kept."""

    def __init__(self, line: int, says: str) -> None:
        super().__init__(f"line {line}: {says}; nothing was imported")
        self.line = line


class UnknownAlert(LedgerError):
    """No alert has this number."""


class AlreadyMended(LedgerError):
    """Somebody was first: what they made of the statement can be corrected in turn."""

    def __init__(self, by: str) -> None:
        super().__init__("the statement was corrected or withdrawn by somebody else meanwhile")
        self.by = by
