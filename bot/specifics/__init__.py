"""What a text fixes exactly: numbers with their bounds and units, and times."""

from bot.specifics.amounts import Amount, amounts
from bot.specifics.times import Time, times

__all__ = ["Amount", "Time", "amounts", "times"]
