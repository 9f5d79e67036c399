"""What the desk's own verdicts say about the scores, and when they move the score from which a kind is posted."""

from bot.calibration.moves import Move, Rules, plan
from bot.calibration.posting import kept, posted
from bot.calibration.record import NotPossible, Standing, Step, hold, standing, undo
from bot.calibration.rulings import Ruling, Tally, fitted, lower, upper

__all__ = [
    "Move",
    "NotPossible",
    "Rules",
    "Ruling",
    "Standing",
    "Step",
    "Tally",
    "fitted",
    "hold",
    "kept",
    "lower",
    "plan",
    "posted",
    "standing",
    "undo",
    "upper",
]
