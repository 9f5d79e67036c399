"""What a language model is shown of a statement, and the check that it quotes nothing else."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.model import Party, Statement

_AROUND: Final = 400  # characters before and after
_WORDS: Final = 2000
_BLANKS: Final = re.compile(r"\s+")
_LETTER: Final = re.compile(r"\w")
_MARKS: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})  # models straighten them
# Words that speak to a model instead of the public. No pattern catches them all: both orders, the quotes and the
# little that a verdict can do are what holds.
_ADDRESSED: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,60}\b(?:instructions?|prompts?)\b"
    r"|\b(?:system|developer)\s+(?:prompt|message)\b"
    r"|\b(?:AI|LLM|language\s+model|chatbot|assistant)s?\b[^.\n]{0,60}\b(?:must|should|shall)\s+"
    r"(?:answer|reply|respond|output|return|classify|judge|rate|mark|label)\b"
    r"|[\"'](?:relation|stance|confidence|quote_\d)[\"']\s*:",
    re.IGNORECASE,
)


def shown(statement: Statement, holder: Party | None) -> Mapping[str, str]:
    """The fields of a statement; empty ones are left out. "words" is what an answer must quote from."""
    who = statement.party
    words, _, about = statement.content.partition(" [about: ")
    fields = {
        "speaker": who.name if who else statement.speaker.as_written if statement.speaker else "",
        "role": (who.role if who else None) or "",
        "whose_position": holder.name if holder else "",
        "date": statement.said.first.isoformat() if statement.said else "",
        "before": statement.before[-_AROUND:],
        "reported_with": statement.cue or "",
        "words": statement.quote[:_WORDS],
        "meaning": words[:_WORDS] if words != statement.quote else "",
        "points_back_to": about.removesuffix("]")[:_AROUND],
        "after": statement.after[:_AROUND],
    }
    return {name: text for name, text in fields.items() if text.strip()}


def written(material: Mapping[str, object]) -> str:
    """The material as JSON: whatever stands in a text, it cannot end the field that it stands in."""
    return json.dumps(material, ensure_ascii=False, indent=1)


def addressed(fields: Mapping[str, str]) -> bool:
    """Whether a text in the evidence speaks to a model: such a statement is not put before one."""
    return any(_ADDRESSED.search(text) for text in fields.values())


def quoted(quote: str, *texts: str) -> bool:
    """Whether the quote stands verbatim in one of the texts; blanks and the form of quotation marks aside."""
    wanted = _bare(quote)
    return bool(_LETTER.search(wanted)) and any(wanted in _bare(text) for text in texts)


def _bare(text: str) -> str:
    return _BLANKS.sub(" ", text).strip().translate(_MARKS)


@cache
def prompt(name: str) -> str:
    """A prompt of the package: "judge" or "reader"."""
    return (resources.files("bot.judges.llm") / "prompts" / f"{name}.txt").read_text("utf-8")
