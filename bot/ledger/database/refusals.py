"""What a database says that it does not do, in a sentence for whoever runs it."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from bot.ledger.errors import LedgerBusy, LedgerError, NotALedger

_BUSY = "is being written by another process, which did not finish in time; end that, or try again later"
_SQLITE_SAYS = {
    "SQLITE_BUSY": (LedgerBusy, _BUSY),
    "SQLITE_LOCKED": (LedgerBusy, _BUSY),
    "SQLITE_NOTADB": (NotALedger, "is not a database; name the file of a ledger, or one that is not there yet"),
    "SQLITE_CORRUPT": (NotALedger, "is damaged; restore it from a copy"),
    "SQLITE_FULL": (LedgerError, "cannot grow: the disk is full; make room"),
    "SQLITE_READONLY": (LedgerError, "cannot be written: it is read-only for this user"),
    "SQLITE_CANTOPEN": (LedgerError, "cannot be opened: no such folder, or no right to write in it"),
    "SQLITE_IOERR": (LedgerError, "cannot be read or written: the disk reports an error; look at the system's log"),
}
_POSTGRESQL_SAYS = {
    "55P03": (LedgerBusy, _BUSY),
    "53100": (LedgerError, "cannot grow: the disk is full; make room"),
    "25006": (LedgerError, "cannot be written: it is read-only for this user"),
    "42501": (LedgerError, "cannot be used, for the user lacks the right: {said}"),
}


def told(error: Exception, name: str) -> LedgerError:
    """The error in one sentence that names the ledger."""
    cause = (isinstance(error, DBAPIError) and error.orig) or error
    code = str(getattr(cause, "sqlite_errorname", None) or "")
    for start, (kind, says) in _SQLITE_SAYS.items():
        if code == start or code.startswith(start + "_"):
            return kind(f"{name} {says}")
    known = _POSTGRESQL_SAYS.get(str(getattr(cause, "sqlstate", None) or ""))
    if known:
        return known[0](f"{name} {known[1].format(said=_line(cause))}")
    if getattr(cause, "sqlstate", "") is None:  # psycopg never got through to the server
        return LedgerError(f"{name} cannot be reached: {_line(cause)}")
    return LedgerError(f"{name} refused: {_line(cause)}")


def _line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
