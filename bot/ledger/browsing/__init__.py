"""The record leafed through: lists of everything, a page at a time, each page found by where the last one ended."""

from bot.ledger.browsing.cursors import Cursor
from bot.ledger.browsing.lists import Browsing
from bot.ledger.browsing.values import Contribution, Directory, Listing, Mark, Narrowed, Outlet, Sighting

__all__ = ["Browsing", "Contribution", "Cursor", "Directory", "Listing", "Mark", "Narrowed", "Outlet", "Sighting"]
