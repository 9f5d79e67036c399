"""A language model as the reader of what the rules could not tell: holder, proposition and stance of a statement."""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.judges.llm.client import Question
from bot.judges.llm.evidence import addressed, prompt, quoted, shown, written
from bot.model import Stance
from bot.opinions import Gloss

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.judges.llm.client import Client
    from bot.model import Statement

log = logging.getLogger(__name__)

_KEPT: Final = 5000  # answers; an article is read again when it is edited, and reads the same then
_LONG: Final = 200  # characters of a proposition
_WORD: Final = re.compile(r"\w+")
_STEM: Final = 4  # letters of the first word, whose capital says nothing
_OPENERS: Final = frozenset(("the", "a", "an", "no", "there", "all", "both"))
_SURE: Final[Mapping[str, float]] = {"low": 0.3, "medium": 0.5, "high": 0.6}
_FIELDS: Final = {
    "holder": {"type": "string"},
    "proposition": {"type": "string"},
    "stance": {"type": "string", "enum": list(get_args(Stance))},
    "quote": {"type": "string"},
    "confidence": {"type": "string", "enum": list(_SURE)},
}
_SHAPE: Final[Mapping[str, Any]] = {
    "type": "object", "properties": _FIELDS, "required": list(_FIELDS), "additionalProperties": False,
}  # fmt: skip


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    holder: str
    proposition: str
    stance: Stance
    quote: str
    confidence: Literal["low", "medium", "high"]


class LlmReader:
    """Reads statements: what it quotes stands in their words, what it names in their evidence, or nothing is taken."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: OrderedDict[str, Gloss | None] = OrderedDict()
        self._lock = Lock()

    def __call__(self, statements: Sequence[Statement], /) -> Sequence[Gloss | None]:
        """One gloss a statement, in order; None where there is none that can be believed."""
        fields = [shown(statement, statement.holder) for statement in statements]
        materials = [written(one) for one in fields]
        with self._lock:
            known = {text: self._known[text] for text in materials if text in self._known}
        asked = {
            text: one for text, one in zip(materials, fields, strict=True) if text not in known and not addressed(one)
        }
        answers = self._client.ask([_question(text) for text in asked])
        for (text, one), answer in zip(asked.items(), answers, strict=True):
            if answer is not None:
                known[text] = self._keep(text, _gloss(answer, one))
        return [known.get(text) for text in materials]

    def _keep(self, text: str, gloss: Gloss | None) -> Gloss | None:
        with self._lock:
            self._known[text] = gloss
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return gloss


def _question(material: str) -> Question:
    return Question(task=prompt("reader"), material=material, name="reading", shape=_SHAPE)


def _gloss(text: str, fields: Mapping[str, str]) -> Gloss | None:
    try:
        answer = _Answer.model_validate_json(text)
    except ValidationError as faults:
        fault = faults.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, fault["loc"])) or "the answer"
        log.warning("the language model's answer is thrown away: %s: %s", where, fault["msg"])
        return None
    why = _invented(answer, fields)
    if why:
        log.warning("the language model's answer is thrown away: %s", why)
        return None
    return Gloss(
        holder=answer.holder.strip() or None,
        proposition=answer.proposition.strip(),
        stance=answer.stance,
        quote=answer.quote.strip(),
        strength=_SURE[answer.confidence],
    )


def _invented(answer: _Answer, fields: Mapping[str, str]) -> str:
    """What in the answer does not stand in the evidence; empty: nothing."""
    everything = tuple(fields.values())
    if not quoted(answer.quote, fields.get("words", "")):
        return f"it quotes {answer.quote[:200]!r}, which was not said"
    if answer.holder.strip() and not quoted(answer.holder, *everything):
        return f"it names {answer.holder[:200]!r}, whom the article does not name there"
    if len(answer.proposition) > _LONG:
        return "its proposition is longer than a sentence"
    named = " ".join(everything).casefold()
    words = _WORD.findall(answer.proposition)
    telling = [word for word in words[1:] if word[0].isupper() or any(letter.isdigit() for letter in word)]
    telling += [word[:_STEM] for word in words[:1] if word.casefold() not in _OPENERS]
    strange = next((word for word in telling if word.casefold() not in named), None)
    return f"its proposition names {strange!r}, which does not stand there" if strange else ""
