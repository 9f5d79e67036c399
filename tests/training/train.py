"""Train the network on the rows that rows.py has written. Needs torch: see requirements-training.txt.

python tests/training/train.py first          licensed pairs, then stories and newsroom: build/training/first.pt
python tests/training/train.py second         every story, from first.pt where it is there: build/training/weights.pt

One story in eight is held out of both stages; figures are of those. The defaults are what the shipped weights were
trained with.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import measures
import sources
import torch
from network import STANCES, Network, Texts, weights
from sources import LABELS, MADE
from split import held
from torch.nn import functional

Row = dict[str, Any]
Work = tuple[str, list[Any]]  # a kind of task, and a batch of it

BATCH = 32
TOGETHER, FEW = 4, 56  # stories whose statements are told apart in one batch, and how many of these at most
SOFT = 0.05  # label smoothing
SHARP = 0.07  # temperature of the meaning vectors
SAVED = 350  # batches between two measurements


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a stage is trained on and how: `rate` of the encoder, the heads learn `heads` times as fast."""

    name: str
    sets: tuple[str, ...]
    pairs: int  # licensed pairs before the stories
    epochs: float
    rate: float
    heads: int


STAGES = {
    "first": Stage(name="first", sets=("stories", "newsroom"), pairs=6000, epochs=1, rate=1e-4, heads=5),
    "second": Stage(
        name="weights", sets=("clusters", "stories", "newsroom"), pairs=0, epochs=2.5, rate=1.5e-4, heads=4
    ),
}


class Training:
    """One stage at work."""

    def __init__(self, network: Network, texts: Texts, stage: Stage) -> None:
        self.network, self._texts, self._stage = network, texts, stage
        learning = [(name, part) for name, part in network.named_parameters() if part.requires_grad]
        self._parts = [part for _, part in learning]
        body = [part for name, part in learning if name.startswith("encoder")]
        heads = [part for name, part in learning if not name.startswith("encoder")]
        self._rates = (stage.rate, stage.rate * stage.heads)
        self._optimizer = torch.optim.AdamW(
            [{"params": body, "lr": self._rates[0]}, {"params": heads, "lr": self._rates[1]}], weight_decay=0.01
        )

    def on_pairs(self, pairs: Sequence[sources.Pair]) -> None:
        """Learn from pairs of plain texts which contradict each other."""
        batches = _batches(list(pairs), lambda pair: len(pair.a + pair.b))
        for number, batch in enumerate(batches):
            with torch.autocast("cpu", torch.bfloat16):
                _, seen = self.network(self._texts.pairs([pair.a for pair in batch], [pair.b for pair in batch]))
                told = self.network.pair(seen).float()
            self._step(_loss(told, [LABELS.index(pair.label) for pair in batch]), min(1, (number + 1) / 40))

    def on_stories(self, rows: Sequence[Row], each: Callable[[int, int], None]) -> None:
        """Learn from stories; `each` is told how many batches are done, and of how many."""
        work = _epoch(rows, 0)
        total, done, number = int(len(work) * self._stage.epochs), 0, 0
        while done < total:
            for kind, batch in work[: total - done]:
                warm = min(1, (done + 1) / (0.06 * total)) * max(0.02, 1 - done / total)
                with torch.autocast("cpu", torch.bfloat16):
                    loss = {"pair": self._pair, "towards": self._towards, "alone": self._alone}[kind](batch)
                self._step(loss, warm)
                done += 1
                each(done, total)
            number += 1
            work = _epoch(rows, number)

    def _pair(self, batch: list[Row]) -> torch.Tensor:
        _, seen = self.network(self._texts.pairs([pair["a"] for pair in batch], [pair["b"] for pair in batch]))
        weight = torch.tensor([pair["weight"] for pair in batch], dtype=torch.float)
        worth = torch.tensor([pair["alert"] for pair in batch], dtype=torch.float)
        told = self.network.worth(seen).float()[:, 0]
        alert = functional.binary_cross_entropy_with_logits(told, worth, reduction="none")
        labels = [LABELS.index(pair["label"]) for pair in batch]
        return _loss(self.network.pair(seen).float(), labels, weight) + 0.7 * (alert * weight).mean()

    def _towards(self, batch: list[tuple[str, str, int]]) -> torch.Tensor:
        _, seen = self.network(self._texts.pairs([line for line, _, _ in batch], [text for _, text, _ in batch]))
        return _loss(self.network.towards(seen).float(), [stance for _, _, stance in batch])

    def _alone(self, batch: list[tuple[str, str, int]]) -> torch.Tensor:
        """Statements on one proposition come near each other, all others apart; and the stance of each."""
        mean, seen = self.network(self._texts.alone([line for line, _, _ in batch]))
        vector = functional.normalize(mean.float(), dim=1)
        near = vector @ vector.T / SHARP
        on = [question for _, question, _ in batch]
        own = torch.eye(len(batch))
        same = torch.tensor([[float(bool(x) and x == y) for y in on] for x in on]) * (1 - own)
        near = near - 1e9 * own
        chance = near - torch.logsumexp(near, 1, keepdim=True)
        some = same.sum(1) > 0
        pull = -((chance * same).sum(1)[some] / same.sum(1)[some]).mean() if some.any() else near.sum() * 0
        return 0.5 * pull + _loss(self.network.stance(seen).float(), [stance for _, _, stance in batch])

    def _step(self, loss: torch.Tensor, share: float) -> None:
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * share
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._parts, 1.0)
        self._optimizer.step()


def _epoch(rows: Sequence[Row], number: int) -> list[Work]:
    """Batches of all three tasks, mixed. Of stances towards propositions a part is drawn, or they would drown the rest."""
    pairs = [pair for row in rows for pair in row["pairs"][number % len(row["pairs"])]]
    asked = [question for row in rows for question in _questions(row)]
    work: list[Work] = [("pair", batch) for batch in _batches(pairs, lambda pair: len(pair["a"] + pair["b"]))]
    work += [("towards", batch) for batch in _batches(asked, lambda one: len(one[0] + one[1]))]
    mixed = random.sample(list(rows), len(rows))
    for start in range(0, len(mixed), TOGETHER):
        told = [one for row in mixed[start : start + TOGETHER] for one in _statements(row)]
        work.append(("alone", random.sample(told, min(FEW, len(told)))))
    random.shuffle(work)
    return work


def _questions(row: Row) -> Iterator[tuple[str, str, int]]:
    """Statements with their own proposition, and some with another of the story, on which they are silent."""
    for statement in row["statements"]:
        own = statement["prop"]
        if own in row["propositions"] and random.random() < 0.4:
            yield random.choice(statement["lines"]), row["propositions"][own], measures.stance(statement)
        others = [key for key in row["propositions"] if key != own]
        if others and random.random() < 0.15:
            told = random.choice(statement["lines"])
            yield told, row["propositions"][random.choice(others)], STANCES.index("none")


def _statements(row: Row) -> Iterator[tuple[str, str, int]]:
    """Statements by themselves, half of them after the headline, with the question that they are on."""
    for statement in row["statements"]:
        title = f"{statement['title']} | " if statement["title"] and random.random() < 0.5 else ""
        question = f"{row['source']}/{row['id']} {statement['prop']}" if statement["prop"] else ""
        yield title + random.choice(statement["lines"]), question, measures.stance(statement)


def _batches(items: list[Any], length: Callable[[Any], int]) -> list[list[Any]]:
    """Batches of nearly equal lengths, in any order."""
    ordered = sorted(items, key=lambda item: length(item) + random.random() * 40)
    batches = [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]
    random.shuffle(batches)
    return batches


def _loss(told: torch.Tensor, labels: list[int], weight: torch.Tensor | None = None) -> torch.Tensor:
    each = functional.cross_entropy(told, torch.tensor(labels), label_smoothing=SOFT, reduction="none")
    return (each if weight is None else each * weight).mean()


def main() -> int:
    """Train one stage; say now and then how far it is, and keep the weights that are there by then."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("stage", choices=sorted(STAGES))
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--threads", type=int, default=1)
    given = asked.parse_args()
    stage = STAGES[given.stage]
    torch.set_num_threads(given.threads)
    random.seed(given.seed)
    torch.manual_seed(given.seed)
    if not (MADE / "rows.jsonl").is_file():
        print(f"{MADE / 'rows.jsonl'} is not here: run tests/training/rows.py first", file=sys.stderr)
        return 1
    rows = [json.loads(line) for line in (MADE / "rows.jsonl").read_text("utf-8").splitlines()]
    learned = [row for row in rows if row["source"] in stage.sets and not held(row["id"])]
    if not learned:
        print(f"{sources.SHARED} is not here: leave the first stage out, the second does without it", file=sys.stderr)
        return 1
    network, texts = Network(), Texts()
    first = MADE / "first.pt"
    if given.stage == "second" and first.is_file():
        network.load_state_dict(weights(first))
    training, began = Training(network, texts, stage), time.monotonic()
    target = MADE / f"{stage.name}.pt"
    aside = [row for row in rows if held(row["id"])]

    def each(done: int, total: int) -> None:
        if done % SAVED == 0 or done == total:
            figures = measures.figures(network, texts, aside)
            _save(network, target)
            print(f"{done} of {total} batches, {time.monotonic() - began:.0f} s: {figures}", flush=True)

    network.train()
    if stage.pairs:
        training.on_pairs(sources.licensed_pairs(stage.pairs, given.seed))
    training.on_stories(learned, each)
    return 0


def _save(network: Network, target: Path) -> None:
    torch.save(network.state_dict(), target)


if __name__ == "__main__":
    sys.exit(main())
