"""Any cross-encoder for natural language inference from a local directory: model.onnx, tokenizer.json, config.json.

Such a model says whether a second text follows from a first, contradicts it, or neither. It reads the bare words of
both statements, the older first, for that is what it was trained on. Which of its numbers is which is taken from the
names in config.json ("id2label"), never from their order: models differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.judges import rendering
from bot.judges.errors import JudgeError
from bot.judges.runner import Runner, probabilities, table
from bot.opinions import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.model import Position

_NAMES: Final = ("contradiction", "entailment", "neutral")  # conflict, agree, unrelated
_MOST: Final = 256  # tokens of a pair
_BATCH: Final = 16
_SPECIAL: Final = 2  # positions that some models keep for themselves


class Nli:
    """A judge on three labels of inference."""

    def __init__(self, runner: Runner, columns: Sequence[int]) -> None:
        self._runner = runner
        self._columns = tuple(columns)

    def __call__(self, pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict]:
        """One verdict a pair, in order."""
        if not pairs:
            return ()
        texts = [(rendering.words(older), rendering.words(newer)) for older, newer in pairs]
        shares = probabilities(self._runner.scores(texts), self._columns).tolist()
        return [Verdict(conflict=row[0], agree=row[1], unrelated=row[2]) for row in shares]


def load(directory: Path) -> Nli:
    """The model in a directory, tried on two pairs; JudgeError says what is wrong with it."""
    read = table(directory, "config.json")
    columns = _columns(directory / "config.json", read.get("id2label"))
    positions = read.get("max_position_embeddings")
    length = min(_MOST, positions - _SPECIAL) if isinstance(positions, int) and positions > _MOST // 4 else _MOST
    return Nli(Runner.open(directory, labels=len(columns), length=length, batch=_BATCH), columns)


def _columns(place: Path, labels: Any) -> list[int]:  # noqa: ANN401  whatever stands in the file
    if not isinstance(labels, dict) or not labels:
        raise JudgeError(f'{place}: there is no "id2label", so nobody knows which number means what')
    by_name = {str(name).strip().casefold(): number for number, name in labels.items()}
    if sorted(by_name) != sorted(_NAMES):
        raise JudgeError(
            f'{place}: "id2label" names {", ".join(map(repr, labels.values()))[:200]}; a judge needs exactly '
            f"{', '.join(_NAMES)}: write these names at the numbers that mean them, if the model is of that kind"
        )
    if sorted(map(str, by_name.values())) != ["0", "1", "2"]:
        raise JudgeError(f'{place}: "id2label" numbers its labels {", ".join(map(str, labels))}, not 0, 1, 2')
    return [int(by_name[name]) for name in _NAMES]
