"""Makes the cells in which the record looks for meanings: k-means over the vectors of many statements.

    python tests/training/cells.py ARTICLES.jsonl ... [--cells 128] [--out bot/judges/built_in/cells.npy]

ARTICLES holds an article a line, as `onrecord extract` reads them, or sets of issues with "statements". The vectors come
from the weights beside which the cells are written: make them anew whenever the weights change. Same input, same cells.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot import lines
from bot.judges import cross_encoder
from bot.model import Position
from bot.pipeline import Pipeline
from config.load import load

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "bot" / "judges" / "built_in" / "cells.npy"
ROUNDS = 25
SEED = 7
NOW = datetime(2031, 1, 1, tzinfo=UTC)


def read(paths: list[Path]) -> Iterator[str]:
    """The texts of all articles; of a set of issues each statement is one."""
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield from (row["text"],) if "text" in row else (told["text"] for told in row.get("statements", ()))


def positions(texts: Iterator[str]) -> list[Position]:
    """What the rules find in the texts."""
    pipeline = Pipeline(load(), encoder=_blank)
    found: list[Position] = []
    for number, text in enumerate(texts):
        row = {"id": f"a{number}", "outlet": "training", "title": "", "published": "2031-01-01T08:00:00Z", "text": text}
        found += [one for _, taken in pipeline.read(lines.article(row, NOW)) for one in taken]
    return found


def _blank(asked: Any) -> list[Any]:
    """An encoder that keeps every position: the weights are asked at the end, about all of them at once."""
    from bot.opinions import Glance

    return [Glance(meaning=b"", stances={"for": 1.0}) for _ in asked]


def vectors(found: list[Position], weights: Path) -> NDArray[Any]:
    """The meanings of the positions, of unit length, each once."""
    glances = cross_encoder.load(weights).read([replace(one, meaning=b"") for one in found])
    once = sorted({glance.meaning for glance in glances if glance.meaning})
    held = np.frombuffer(b"".join(once), np.int8).reshape(len(once), -1).astype(np.float32)
    return held / np.maximum(np.linalg.norm(held, axis=1, keepdims=True), 1e-9)


def centres(held: NDArray[Any], count: int) -> NDArray[Any]:
    """k-means on the sphere: `count` centres of unit length; an empty cell moves to the vector that fits worst."""
    chance = np.random.default_rng(SEED)
    found = held[chance.choice(len(held), size=count, replace=False)]
    for _ in range(ROUNDS):
        near = held @ found.T
        best = near.argmax(axis=1)
        fits = near[np.arange(len(held)), best].copy()
        for cell in range(count):
            mine = best == cell
            if mine.any():
                found[cell] = held[mine].sum(axis=0)
            else:
                worst = int(fits.argmin())
                found[cell], fits[worst] = held[worst], 1.0
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return found


def share(held: NDArray[Any], found: NDArray[Any], cells: int = 3) -> float:
    """How many of the ten nearest of a vector lie in the cells nearest to it, on a thousand vectors."""
    order = (held @ found.T).argsort(axis=1)[:, ::-1]
    told = []
    for at in np.random.default_rng(SEED).choice(len(held), size=min(1000, len(held)), replace=False):
        near = (held @ held[at]).argsort()[-11:-1]
        told.append(np.isin(order[near, 0], order[at, :cells]).mean())
    return float(np.mean(told))


def main() -> int:
    """Read, cluster, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("--cells", type=int, default=128)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    held = vectors(positions(read(asked.articles)), asked.out.parent)
    if len(held) < asked.cells * 4:
        sys.stderr.write(f"{len(held)} statements are too few for {asked.cells} cells: give more articles\n")
        return 2
    found = centres(held, asked.cells)
    np.save(asked.out, np.round(found / np.abs(found).max(axis=1, keepdims=True) * 127).astype(np.int8))
    fit = float((held @ found.T).max(axis=1).mean())
    sys.stdout.write(f"{asked.cells} cells of {len(held)} statements, mean cosine to the own centre {fit:.3f}\n")
    sys.stdout.write(f"of the ten nearest of a statement {share(held, found):.2f} lie in its three nearest cells\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
