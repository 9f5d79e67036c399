"""The network: a small encoder of sentences with four heads, and the tokenizer that goes with it. Needs torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import torch
from sources import LABELS, MADE
from transformers import AutoModel, AutoTokenizer

from bot.model import Stance

BASE = MADE / "base"  # where all-MiniLM-L6-v2 is expected: see README.md
STANCES: tuple[str, ...] = get_args(Stance)
LENGTH = 136  # tokens of a pair
ALONE = 128  # tokens of a statement by itself

Batch = dict[str, torch.Tensor]


class Network(torch.nn.Module):
    """Reads one text or two. Each head sees the first token's vector beside the mean of all."""

    def __init__(self, base: Path = BASE, dropout: float = 0.1) -> None:
        super().__init__()
        # Eager: the ONNX exporter of opset 17 writes it as plain matrix products, which quantise.
        self.encoder = AutoModel.from_pretrained(base, attn_implementation="eager")
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False  # half of all weights, few words each
        width = 2 * self.encoder.config.hidden_size
        self.drop = torch.nn.Dropout(dropout)
        self.pair = torch.nn.Linear(width, len(LABELS))
        self.towards = torch.nn.Linear(width, len(STANCES))
        self.stance = torch.nn.Linear(width, len(STANCES))
        self.worth = torch.nn.Linear(width, 1)  # whether a pair is worth an alert

    def forward(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """The mean vector, which is a text's meaning, and what the heads are given."""
        hidden = self.encoder(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        return mean, self.drop(torch.cat([hidden[:, 0], mean], 1))


class Texts:
    """Turns texts into batches."""

    def __init__(self, base: Path = BASE) -> None:
        self._tokenizer: Any = AutoTokenizer.from_pretrained(base)

    def alone(self, texts: Sequence[str]) -> Batch:
        """One text a row."""
        return self._cut(list(texts), max_length=ALONE)

    def pairs(self, one: Sequence[str], other: Sequence[str]) -> Batch:
        """Two texts a row; the longer one is cut first."""
        return self._cut(list(one), list(other), max_length=LENGTH)

    def _cut(self, *texts: list[str], max_length: int) -> Batch:
        made = self._tokenizer(
            *texts, padding=True, truncation="longest_first", max_length=max_length, return_tensors="pt"
        )
        return dict(made)


def weights(path: Path) -> dict[str, torch.Tensor]:
    """Saved weights."""
    found: dict[str, torch.Tensor] = torch.load(path, weights_only=True)
    return found
