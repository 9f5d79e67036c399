"""Runs a model that reads two texts at once: ONNX weights and their tokenizer from a local directory, on one thread."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final, Self

from bot.judges.errors import JudgeError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_INPUTS: Final = {"input_ids", "attention_mask", "token_type_ids"}
_PADS: Final = ("[PAD]", "<pad>")
# In whole numbers an ordinary sum and norm take a fifth less time than the two in one (6 layers, 63 tokens).
_NOT_FUSED: Final = ["SkipLayerNormFusion"]
_PROBE: Final = (("The bridge is open.", "The bridge is closed."), ("Yes.", "No, it is not, and it never was."))


class Runner:
    """A loaded model. Safe to use from several threads; each call runs on the caller's."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, *, name: str, batch: int) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._name = name
        self._batch = batch
        self._inputs = [given.name for given in session.get_inputs()]
        self._pad = next((pad for word in _PADS if (pad := tokenizer.token_to_id(word)) is not None), 0)

    @classmethod
    def open(cls, directory: Path, *, labels: int, length: int, batch: int) -> Self:
        """The model in `directory`, tried on two pairs; JudgeError says what is missing or does not fit.

        It must answer with `labels` numbers a pair; longer texts are cut to `length` tokens, `batch` are run at once.
        """
        model, vocabulary = file(directory, "model.onnx"), file(directory, "tokenizer.json")
        # Else the library writes an identifier of the machine into the home folder and reports its use to its makers.
        # It looks once, when it is imported (microsoft/onnxruntime#27379).
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        try:
            import onnxruntime  # noqa: PLC0415  a tenth of a second that only this judge costs
            from tokenizers import Tokenizer  # noqa: PLC0415
        except ImportError as fault:
            raise JudgeError(f"{directory}: a model is run by {fault.name}, which is not installed here") from fault
        onnxruntime.disable_telemetry_events()  # on Windows, where the variable counts for nothing
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 4  # what goes wrong is raised
        try:
            session = onnxruntime.InferenceSession(
                str(model), options, providers=["CPUExecutionProvider"], disabled_optimizers=_NOT_FUSED
            )
        except Exception as fault:  # the runtime's errors share no root
            raise JudgeError(f"{model}: is no ONNX model that can be run here: {_first_line(fault)}") from fault
        try:
            tokenizer = Tokenizer.from_file(str(vocabulary))
        except Exception as fault:  # the library raises Exception itself
            raise JudgeError(f"{vocabulary}: is no tokenizer: {_first_line(fault)}") from fault
        tokenizer.no_padding()
        tokenizer.enable_truncation(length, strategy="longest_first")
        unknown = {given.name for given in session.get_inputs()} - _INPUTS
        if unknown or not session.get_inputs():
            asked = ", ".join(sorted(unknown)) or "nothing"
            raise JudgeError(f"{model}: asks for {asked}; a text model asks for {', '.join(sorted(_INPUTS))}")
        made = cls(session, tokenizer, name=str(model), batch=batch)
        made._try(labels)
        return made

    @property
    def outputs(self) -> Sequence[str]:
        """The names of what the model answers, the raw numbers of a pair first."""
        return [given.name for given in self._session.get_outputs()]

    def scores(self, pairs: Sequence[tuple[str, str]]) -> NDArray[Any]:
        """The model's raw numbers, a row a pair, in order."""
        return self.told(pairs, self.outputs[:1])[0]

    def told(self, texts: Sequence[tuple[str, str]] | Sequence[str], outputs: Sequence[str]) -> list[NDArray[Any]]:
        """What the model answers under these names: of each a table with a row a pair, or a text, in order."""
        import numpy as np  # noqa: PLC0415

        encoded = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda index: len(encoded[index].ids))
        rows: list[list[NDArray[Any]]] = [[] for _ in texts]
        for start in range(0, len(order), self._batch):
            chosen = order[start : start + self._batch]
            longest = len(encoded[chosen[-1]].ids)
            filled = {
                "input_ids": np.full((len(chosen), longest), self._pad, dtype=np.int64),
                "attention_mask": np.zeros((len(chosen), longest), dtype=np.int64),
                "token_type_ids": np.zeros((len(chosen), longest), dtype=np.int64),
            }
            for row, index in enumerate(chosen):
                one = encoded[index]
                filled["input_ids"][row, : len(one.ids)] = one.ids
                filled["attention_mask"][row, : len(one.ids)] = one.attention_mask
                filled["token_type_ids"][row, : len(one.ids)] = one.type_ids
            told = self._session.run(list(outputs), {name: filled[name] for name in self._inputs})
            for row, index in enumerate(chosen):
                rows[index] = [np.asarray(table)[row] for table in told]
        return [np.asarray([row[column] for row in rows], dtype=np.float64) for column in range(len(outputs))]

    def _try(self, labels: int) -> None:
        try:
            told = self.scores(_PROBE)
        except Exception as fault:
            raise JudgeError(f"{self._name}: does not run on two pairs of texts: {_first_line(fault)}") from fault
        if told.shape != (len(_PROBE), labels):
            raise JudgeError(
                f"{self._name}: answers {told.shape[1:] or '()'} numbers a pair where {labels} labels stand"
            )


def file(directory: Path, name: str) -> Path:
    """The file of that name; JudgeError where there is none that can be read."""
    found = directory / name
    if not directory.is_dir():
        raise JudgeError(f"{directory}: there is no such directory")
    if not found.is_file():
        raise JudgeError(f"{directory}: there is no {name} in it")
    return found


def table(directory: Path, name: str) -> dict[str, Any]:
    """A JSON file with one object; JudgeError where it is none."""
    found = file(directory, name)
    try:
        read = json.loads(found.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise JudgeError(f"{found}: is not JSON: {_first_line(fault)}") from fault
    if not isinstance(read, dict):
        raise JudgeError(f"{found}: must hold one JSON object")
    return read


def probabilities(scores: NDArray[Any], columns: Sequence[int], temperature: float = 1.0) -> NDArray[Any]:
    """Softmax over some columns of the raw numbers, a row a pair."""
    import numpy as np  # noqa: PLC0415

    chosen = scores[:, list(columns)] / temperature
    powers = np.exp(chosen - chosen.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _first_line(fault: BaseException) -> str:
    return (str(fault).strip() or type(fault).__name__).splitlines()[0][:300]
