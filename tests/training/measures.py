"""How well the network does on stories that it was not trained on."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import torch
from network import STANCES, Network, Texts
from scipy.cluster.hierarchy import fcluster, linkage
from torch.nn import functional

Row = dict[str, Any]
AT_ONCE = 32


def stance(statement: Row) -> int:
    """The label of a statement's stance; the stories write no-comment with a hyphen."""
    return STANCES.index(statement["stance"].replace("-", "_"))


def figures(network: Network, texts: Texts, rows: Sequence[Row]) -> dict[str, float]:
    """What is reached on held-out rows.

    pairs: area under the curve of the probability of a conflict, over listed pairs worth an alert against all other
    listed ones. stance, towards: share of statements with the right stance, by themselves and asked about their
    proposition. b3: F1 of the statements' clusters by meaning against their propositions, at the best cut (`cut`).
    """
    drawing = random.Random(0)
    network.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        found = _pairs(network, texts, rows) | _statements(network, texts, rows, drawing)
    network.train()
    return {name: round(value, 3) for name, value in found.items()}


def auc(scored: Sequence[tuple[float, float]]) -> float:
    """How often something with a label scores above something without; ties count half."""
    yes = [score for score, label in scored if label]
    no = sorted(score for score, label in scored if not label)
    above = sum((bisect_left(no, score) + bisect_right(no, score)) / 2 for score in yes)
    return above / max(1, len(yes) * len(no))


def bcubed(items: Sequence[tuple[Hashable, Hashable]]) -> float:
    """B³ F1 of (gold group, found group), one an item."""
    gold, found, both = Counter(g for g, _ in items), Counter(f for _, f in items), Counter(items)
    precision = sum(count * count / found[f] for (_, f), count in both.items()) / len(items)
    recall = sum(count * count / gold[g] for (g, _), count in both.items()) / len(items)
    return 2 * precision * recall / (precision + recall)


def _pairs(network: Network, texts: Texts, rows: Sequence[Row]) -> dict[str, float]:
    pairs = [pair for row in rows for pair in row["pairs"][0] if pair["listed"]]
    pairs.sort(key=lambda pair: len(pair["a"] + pair["b"]))
    scored = []
    for start in range(0, len(pairs), AT_ONCE):
        batch = pairs[start : start + AT_ONCE]
        _, seen = network(texts.pairs([pair["a"] for pair in batch], [pair["b"] for pair in batch]))
        told, worth = network.pair(seen).float(), network.worth(seen).float()[:, 0]
        odds = told[:, 0] - torch.logsumexp(told[:, 1:], 1) + worth  # as export.py joins the two
        scored += [(share, pair["alert"]) for share, pair in zip(odds.tolist(), batch, strict=True)]
    return {"pairs": auc(scored)}


def _statements(network: Network, texts: Texts, rows: Sequence[Row], drawing: random.Random) -> dict[str, float]:
    alone, towards = [], []
    vectors, questions = [], []
    for row in rows:
        told = row["statements"]
        mean, seen = network(texts.alone([drawing.choice(one["lines"]) for one in told]))
        guesses = network.stance(seen).argmax(1).tolist()
        alone += [guess == stance(one) for one, guess in zip(told, guesses, strict=True) if one["stance"] != "none"]
        for one, vector in zip(told, functional.normalize(mean.float(), dim=1), strict=True):
            if one["prop"] and one["stance"] != "none":
                vectors.append(vector)
                questions.append((row["source"], row["id"], one["prop"]))
        asked = [one for one in told if one["prop"] in row["propositions"]]
        if asked:
            on = [row["propositions"][one["prop"]] for one in asked]
            _, seen = network(texts.pairs([drawing.choice(one["lines"]) for one in asked], on))
            guesses = network.towards(seen).argmax(1).tolist()
            towards += [guess == stance(one) for one, guess in zip(asked, guesses, strict=True)]
    tree = linkage(torch.stack(vectors).numpy(), "average", metric="cosine")
    cuts = {
        round(float(cut), 2): bcubed(list(zip(questions, fcluster(tree, cut, "distance").tolist(), strict=True)))
        for cut in np.arange(0.15, 0.9, 0.05)
    }
    best = max(cuts, key=lambda cut: cuts[cut])
    return {
        "stance": sum(alone) / len(alone),
        "towards": sum(towards) / len(towards),
        "b3": cuts[best],
        "cut": best,
    }
