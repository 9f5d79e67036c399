"""What there is to train on: the clusters beside this file, and the sets in ../shared/training where that is present."""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import clusters
from story import AGREEMENT, Article, Cluster, Listed, Statement

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "training"
MADE = ROOT / "build" / "training"  # where the scripts leave what they make
LABELS = ("conflict", "agree", "unrelated")

# Pair sets whose terms let weights trained on them be shipped, and the share of each that is drawn from.
PAIR_SETS = {
    "perspectrum.train": 1.0,
    "argkp.train": 1.0,
    "snli_counterfactual.train": 0.7,
    "vitaminc_real.train": 0.35,
    "negation_mnli.train": 1.0,
}
_CALLED = {"contradict": "conflict", "agree": "agree", "unrelated": "unrelated"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts and how they stand to each other: one of LABELS."""

    a: str
    b: str
    label: str


def stories(shared: Path = SHARED) -> Iterator[tuple[str, Cluster]]:
    """Every fictional story, after the name of the set it is from; a line on stderr says what is not here."""
    for cluster in clusters.load():
        yield "clusters", cluster
    if not shared.is_dir():
        print(f"{shared} is not here: the clusters beside this script are used alone", file=sys.stderr)
    for path in sorted(shared.glob("stories/*.jsonl")):
        for row in _rows(path):
            yield "stories", _story(row)
    for path in sorted(shared.glob("newsroom/*.jsonl")):
        for row in _rows(path):
            yield "newsroom", _issue(row)


def licensed_pairs(count: int, seed: int, shared: Path = SHARED) -> list[Pair]:
    """So many pairs drawn from the licensed sets; empty, with a line on stderr, where they are not here."""
    if not shared.is_dir():
        print(f"{shared} is not here: the first stage has no licensed pairs", file=sys.stderr)
        return []
    drawing, found = random.Random(seed), list[Pair]()
    for name, share in PAIR_SETS.items():
        with gzip.open(shared / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            of_set = [Pair(row["a"][:500], row["b"][:500], _CALLED[row["label"]]) for row in map(json.loads, file)]
        found += drawing.sample(of_set, int(len(of_set) * share))
    return drawing.sample(found, min(count, len(found)))


def label(pair: Listed, story: Cluster) -> str:
    """What a listed pair is called in training."""
    if pair.importance:
        return "conflict"
    one, other = story.statements[pair.a], story.statements[pair.b]
    same = one.prop and (one.prop, one.stance) == (other.prop, other.stance)
    return "agree" if pair.kind in AGREEMENT or (not pair.kind and same) else "unrelated"


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _story(row: dict[str, Any]) -> Cluster:
    """A cluster of `stories/`, whose statements are given by their words."""
    story = Cluster(id=row["id"], issue=row["issue"])
    story.articles = [
        Article(id=a["id"], outlet=a["outlet"], published=_day(a["published"]), title=a["title"], text=a["text"])
        for a in row["articles"]
    ]
    articles = {article.id: article for article in story.articles}
    for s in row["statements"]:
        article = articles[s["article"]]
        if s["prop"] and s["proposition"]:
            story.propositions[s["prop"]] = s["proposition"]
        _add(story, article.text, s | {"said": s["said_on"] or article.published.isoformat()})
    return _listed(story, row["conflicts"], row["hard_negatives"])


def _issue(row: dict[str, Any]) -> Cluster:
    """An issue of `newsroom/`: every statement stands in a sentence or two of its own, without outlet or title."""
    story = Cluster(id=row["id"], issue=row["issue"])
    story.propositions = {p["id"]: p["text"] for p in row["propositions"]}
    for s in row["statements"]:
        story.articles.append(Article(id=s["id"], outlet="", published=_day(s["said"]), title="", text=s["text"]))
        _add(story, s["text"], s | {"article": s["id"], "quote": s["content"]})
    return _listed(story, row["conflicts"], row["not_conflicts"])


def _add(story: Cluster, text: str, row: dict[str, Any]) -> None:
    """Take a statement into a story, if its words stand in the text."""
    start = text.find(row["quote"])
    if start < 0:
        return
    story.statements[row["id"]] = Statement(
        id=row["id"],
        article=row["article"],
        kind=row["kind"],
        start=start,
        quote=row["quote"],
        speaker=row["speaker"],
        role=row["role"] or "",
        side=row["side"] or "",
        holder=row["holder"],
        holder_side="",
        prop=row["prop"],
        stance=row["stance"],
        said_on=_day(row["said"]),
    )


def _listed(story: Cluster, conflicts: list[dict[str, Any]], harmless: list[dict[str, Any]]) -> Cluster:
    known = [Listed(a=p["a"], b=p["b"], kind=p["type"], importance=p.get("importance", 2)) for p in conflicts]
    rest = [Listed(a=p["a"], b=p["b"], kind=p.get("category", "")) for p in harmless]
    return replace(
        story,
        conflicts=[pair for pair in known if pair.ids <= story.statements.keys()],
        harmless=[pair for pair in rest if pair.ids <= story.statements.keys()],
    )


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
