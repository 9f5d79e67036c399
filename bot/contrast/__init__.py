"""Whether two texts assert one thing and its opposite in so many words."""

from bot.contrast.aligning import opposite
from bot.contrast.cues import named, turns
from bot.contrast.turning import Contrast, How, Voice, contrast

__all__ = ["Contrast", "How", "Voice", "contrast", "named", "opposite", "turns"]
