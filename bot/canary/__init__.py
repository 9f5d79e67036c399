"""A planted conflict: a made feed of a made country through the whole walk, to prove it alive; shown to no reader."""

from bot.canary.flight import Flown, fly

__all__ = ["Flown", "fly"]
