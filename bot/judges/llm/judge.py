"""A language model as the judge of linked pairs: asked in both orders, believed only where it quotes what was said."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.judges.llm.client import Question
from bot.judges.llm.evidence import addressed, prompt, quoted, shown, written
from bot.opinions import NO_OPINION, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.judges.llm.client import Client
    from bot.model import Position
    from bot.opinions import Judge

log = logging.getLogger(__name__)

Relation = Literal["conflict", "agree", "unrelated"]
Confidence = Literal["low", "medium", "high"]

DOUBT: Final = "a language model judged this pair one way and, asked in the other order, another way"
_MOST: Final = 5  # pairs of one position, the likeliest: an article waits for the answers
_SHARE: Final[Mapping[Confidence, float]] = {"low": 0.5, "medium": 0.75, "high": 0.95}
_FIELDS: Final = {
    "relation": {"type": "string", "enum": ["conflict", "agree", "unrelated"]},
    "confidence": {"type": "string", "enum": ["low", "medium", "high"]},
    "quote_1": {"type": "string"},
    "quote_2": {"type": "string"},
}
_SHAPE: Final[Mapping[str, Any]] = {
    "type": "object", "properties": _FIELDS, "required": list(_FIELDS), "additionalProperties": False,
}  # fmt: skip


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    relation: Relation
    confidence: Confidence
    quote_1: str
    quote_2: str


class LlmJudge:
    """Raises a hit, adds one or takes one back where both orders agree with high confidence.

    Where the orders disagree it has no opinion and says so to the desk. Where there is no answer, or one that quotes
    what nobody said, `local` decides.
    """

    def __init__(self, client: Client, local: Judge | None = None) -> None:
        self._client = client
        self._local = local

    def __call__(self, pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict]:
        """One verdict a pair, in order; pairs are taken to come likeliest first."""
        sides = [tuple(shown(position.statement, position.holder) for position in pair) for pair in pairs]
        asked = [index for index, pair in enumerate(sides[:_MOST]) if not any(map(addressed, pair))]
        if len(asked) < min(_MOST, len(pairs)):
            log.info("a statement that speaks to language models is not put before one: the local judge decides")
        questions = [_question(*order) for index in asked for order in (sides[index], sides[index][::-1])]
        answers = self._client.ask(questions)
        verdicts: dict[int, Verdict] = {}
        for index, text, swapped in zip(asked, answers[::2], answers[1::2], strict=True):
            one, other = sides[index]
            verdict = _both(_answer(text, one, other), _answer(swapped, other, one))
            if verdict:
                verdicts[index] = verdict
        left = [index for index in range(len(pairs)) if index not in verdicts]
        local = self._local([pairs[index] for index in left]) if self._local and left else [NO_OPINION] * len(left)
        verdicts |= zip(left, local, strict=True)
        return [verdicts[index] for index in range(len(pairs))]


def _question(one: Mapping[str, str], other: Mapping[str, str]) -> Question:
    material = written({"statement_1": one, "statement_2": other})
    return Question(task=prompt("judge"), material=material, name="relation", shape=_SHAPE)


def _answer(text: str | None, one: Mapping[str, str], other: Mapping[str, str]) -> _Answer | None:
    """The answer, None where there is none that can be believed; the log says why."""
    if text is None:
        return None
    try:
        answer = _Answer.model_validate_json(text)
    except ValidationError as faults:
        fault = faults.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, fault["loc"])) or "the answer"
        log.warning("the language model's answer is thrown away: %s: %s", where, fault["msg"])
        return None
    for quote, fields in ((answer.quote_1, one), (answer.quote_2, other)):
        if not quoted(quote, fields.get("words", "")):
            log.warning("the language model's answer is thrown away: it quotes %r, which was not said", quote[:200])
            return None
    return answer


def _both(one: _Answer | None, other: _Answer | None) -> Verdict | None:
    if one is None or other is None:
        return None
    if one.relation != other.relation:
        return Verdict(conflict=0.0, agree=0.0, unrelated=1.0, doubt=DOUBT)
    share = min(_SHARE[one.confidence], _SHARE[other.confidence])
    told: dict[Relation, float] = {"conflict": 0.0, "agree": 0.0, "unrelated": 0.0}
    told = {relation: share if relation == one.relation else (1 - share) / 2 for relation in told}
    return Verdict(
        conflict=told["conflict"],
        agree=told["agree"],
        unrelated=told["unrelated"],
        veto=one.relation != "conflict" and share == _SHARE["high"],
    )
