"""The record leafed through: lists of everything, a page at a time, each page found by where the last one ended."""

from bot.ledger.browsing.alerts import Alerts
from bot.ledger.browsing.cut import Cursor, Cut, Listing
from bot.ledger.browsing.directories import Directories
from bot.ledger.browsing.positions import Positions
from bot.ledger.browsing.statements import Statements
from bot.ledger.browsing.values import Contribution, Filed, Mark, Narrowed, Outlet, Sighting, Spoken

__all__ = [
    "Browsing",
    "Contribution",
    "Cursor",
    "Cut",
    "Filed",
    "Listing",
    "Mark",
    "Narrowed",
    "Outlet",
    "Sighting",
    "Spoken",
]


class Browsing(Statements, Positions, Alerts, Directories):
    """Every list of the record; each read sees the ledger as it was at one moment."""
