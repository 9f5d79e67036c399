"""Our own small cross-encoder: reads both statements of a pair at once, as `rendering` puts them.

Its directory holds model.onnx, tokenizer.json and judge.json, for example:

    {"version": 1, "name": "pairs-2031-03", "rendering": 1, "labels": ["conflict", "agree", "unrelated"],
     "max_length": 128, "temperature": 1.4, "batch": 16, "sha256": {"model.onnx": "6bf1…", "tokenizer.json": "…"}}

"labels" names the model's numbers in their order. Beside the three of a pair it may name stances ("for", "against",
"none", …): then the same model also says how a holder stands to a proposition. "rendering" is the form of the texts
that the weights were trained on; weights for another form are refused. "batch", 16 where it is left out, is 1 for
weights whose answer hangs on what else is in the batch. Files that "sha256" names are held against it, and refused
where they differ: a download that broke off, a disk that fails.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot import meaning
from bot.judges import rendering
from bot.judges.errors import JudgeError
from bot.judges.runner import Runner, file, probabilities, table
from bot.model import Stance
from bot.opinions import Glance, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bot.model import Position

_PAIR: Final = ("conflict", "agree", "unrelated")
_STANCES: Final = get_args(Stance)
_VERSION: Final = 1
_STANCE, _VECTOR = "stance", "vector"  # further answers, of weights that read statements alone too
_KEPT: Final = 500  # glances, of the texts last read


class Card(BaseModel):
    """judge.json: what the weights are and how their numbers are read."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    version: int
    name: str = Field(min_length=1, max_length=100)
    rendering: int
    labels: list[str] = Field(min_length=3)
    max_length: int = Field(ge=16, le=8192)
    temperature: float = Field(gt=0, le=100)
    batch: int = Field(ge=1, le=256, default=16)
    sha256: dict[str, str] = Field(default_factory=dict)


class CrossEncoder:
    """A judge, and a reader of stances where its weights were trained for that."""

    def __init__(self, card: Card, runner: Runner, mark: bytes = b"") -> None:
        self.name = card.name
        self._card = card
        self._runner = runner
        self._mark = mark  # of the weights, borne by every meaning
        self._glances: OrderedDict[str, Glance] = OrderedDict()  # an edited article is read again, text by text
        self._lock = Lock()
        self._pair = [card.labels.index(label) for label in _PAIR]
        self._stances = [index for index, label in enumerate(card.labels) if label in _STANCES]

    def __call__(self, pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict]:
        """One verdict a pair, in order."""
        if not pairs:
            return ()
        told = self._told([rendering.pair(older, newer) for older, newer in pairs], self._pair)
        return [Verdict(conflict=row[0], agree=row[1], unrelated=row[2]) for row in told]

    @property
    def knows_stances(self) -> bool:
        """Whether the weights were trained on stances too."""
        return len(self._stances) > 1

    def stances(self, asked: Sequence[tuple[Position, str]]) -> Sequence[Mapping[str, float]]:
        """How each holder stands to a proposition: the probability of each stance that the weights know."""
        if not asked or not self.knows_stances:
            return [{} for _ in asked]
        told = self._told([rendering.towards(position, text) for position, text in asked], self._stances)
        labels = [self._card.labels[index] for index in self._stances]
        return [dict(zip(labels, row, strict=True)) for row in told]

    @property
    def glances(self) -> bool:
        """Whether the weights were trained on statements alone too."""
        return {_STANCE, _VECTOR} <= set(self._runner.outputs)

    def read(self, positions: Sequence[Position], /) -> Sequence[Glance]:
        """What each statement means by itself, and the stance it takes; one a position, in order."""
        if not positions:
            return ()
        texts = [rendering.alone(position) for position in positions]
        with self._lock:
            read = {text: self._glances[text] for text in texts if text in self._glances}
        fresh = [text for text in dict.fromkeys(texts) if text not in read]
        if fresh:
            stances, vectors = self._runner.told(fresh, (_STANCE, _VECTOR))
            shares = probabilities(stances, range(len(_STANCES))).tolist()
            for text, vector, share in zip(fresh, vectors, shares, strict=True):
                told = dict(zip(_STANCES, share, strict=True))
                read[text] = Glance(meaning=meaning.of(vector, self._mark), stances=told)
        with self._lock:
            self._glances |= read
            while len(self._glances) > _KEPT:
                self._glances.popitem(last=False)
        return [read[text] for text in texts]

    def _told(self, texts: Sequence[tuple[str, str]], columns: Sequence[int]) -> list[list[float]]:
        shares = probabilities(self._runner.scores(texts), columns, self._card.temperature)
        told: list[list[float]] = shares.tolist()
        return told


def load(directory: Path) -> CrossEncoder:
    """The cross-encoder in a directory, tried on two pairs; JudgeError says what is wrong with it."""
    card = _card(directory)
    for name, digest in card.sha256.items():
        if sha256(file(directory, name).read_bytes()).hexdigest() != digest:
            raise JudgeError(f"{directory / name}: is damaged or another file than judge.json says; put it there anew")
    runner = Runner.open(directory, labels=len(card.labels), length=card.max_length, batch=card.batch)
    return CrossEncoder(card, runner, meaning.mark((directory / "model.onnx").read_bytes()))


def _card(directory: Path) -> Card:
    place, read = directory / "judge.json", table(directory, "judge.json")
    if read.get("version") != _VERSION:
        raise JudgeError(f"{place}: version {_shown(read.get('version'))} is not known here; {_VERSION} is")
    try:
        card = Card.model_validate(read)
    except ValidationError as faults:
        told = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults.errors())
        raise JudgeError(f"{place}: {told}") from faults
    if card.rendering != rendering.VERSION:
        raise JudgeError(
            f"{place}: the weights were trained on rendering {card.rendering}, and texts are put as "
            f"{rendering.VERSION}: take the weights that belong to this version"
        )
    missing = [label for label in _PAIR if label not in card.labels]
    strange = [label for label in card.labels if label not in (*_PAIR, *_STANCES)]
    twice = sorted({label for label in card.labels if card.labels.count(label) > 1})
    for what, labels in (("lacks", missing), ("does not know what to make of", strange), ("repeats", twice)):
        if labels:
            raise JudgeError(f"{place}: labels {what} {', '.join(map(_shown, labels))}")
    return card


def _shown(value: Any) -> str:  # noqa: ANN401  whatever stands in the file
    return repr(value)[:60]
