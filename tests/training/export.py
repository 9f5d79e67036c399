"""Trained weights as what the bot runs: model.onnx in whole numbers, tokenizer.json, judge.json. Needs torch and onnx.

python tests/training/export.py NAME        build/training/weights.pt into build/training/NAME/, ready for [judge] directory
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
from network import BASE, LENGTH, STANCES, Network, weights
from onnxruntime.quantization import QuantType, quantize_dynamic
from sources import LABELS, MADE
from torch.nn import functional

from bot.judges import rendering

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("scores", "stance", "vector", "worth")


class Exported(torch.nn.Module):
    """The network with all its answers at once; the bot takes those it asks for."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self._network = network

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        """The numbers of a pair and of a stance towards a proposition, of a stance alone, the meaning, the worth."""
        given = (input_ids, attention_mask, token_type_ids)
        mean, seen = self._network(dict(zip(INPUTS, given, strict=True)))
        worth = self._network.worth(seen)
        scores = torch.cat([_conflict(self._network.pair(seen), worth), self._network.towards(seen)], 1)
        return scores, self._network.stance(seen), functional.normalize(mean, dim=1), worth


def _conflict(pair: torch.Tensor, worth: torch.Tensor) -> torch.Tensor:
    """The numbers of a pair whose odds of a conflict are midway between "is one" and "is worth an alert"."""
    rest = torch.logsumexp(pair[:, 1:], 1, keepdim=True)
    return torch.cat([(pair[:, :1] - rest + worth) / 2 + rest, pair[:, 1:]], 1)


def export(trained: Path, target: Path, name: str) -> None:
    """Write a directory that `bot.judges.cross_encoder.load` takes."""
    network = Network(dropout=0)
    network.load_state_dict(weights(trained))
    network.eval()
    target.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (2, 12))
    given = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    axes = {name: {0: "n", 1: "t"} for name in INPUTS} | {name: {0: "n"} for name in OUTPUTS}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Exported(network).eval(),
            given,
            str(full),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(full, target / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    shutil.copy(BASE / "tokenizer.json", target / "tokenizer.json")
    card = {
        "version": 1,
        "name": name,
        "rendering": rendering.VERSION,
        "labels": [*LABELS, *STANCES],
        "max_length": LENGTH,
        "temperature": 1.0,
        "batch": 8,
        "sha256": {
            made: hashlib.sha256((target / made).read_bytes()).hexdigest() for made in ("model.onnx", "tokenizer.json")
        },
    }
    (target / "judge.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")


def main(names: list[str]) -> int:
    """Export the weights of the second stage under a name."""
    if len(names) != 1:
        print("usage: export.py NAME", file=sys.stderr)
        return 2
    export(MADE / "weights.pt", MADE / names[0], names[0])
    print(f"{MADE / names[0]}: {(MADE / names[0] / 'model.onnx').stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
