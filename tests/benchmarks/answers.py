"""The labels of a set with what we answer to each: found or missed, the speaker, and the name."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from labelled import NEWS, QUOTES, onrecord, quotations, rows
from patterns import Label

Row = dict[str, Any]


def scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Quotes:
    """A set of `quotes/`: each label of the layer speech with the piece of ours that answers it, or None."""

    def __init__(self, name: str) -> None:
        self.score = scorer(QUOTES / "score.py")
        with tempfile.TemporaryDirectory() as folder:
            found = quotations(name, Path(folder))
        self.pairs: list[tuple[Label, Row | None, bool]] = []  # the label, ours, whether anything of ours touches it
        for document in rows(QUOTES / f"{name}.jsonl"):
            text = document["text"]
            ours = found[document["id"]]
            cues: set[int] = set()
            labels = []
            for row in document["quotes"]:
                cue = (row.get("cue") or {}).get("start")
                if row["cue_class"] == "speech":
                    labels.append(Label(text, row, resumes=cue in cues))
                if cue is not None:
                    cues.add(cue)
            overlaps = [
                (share, i, j)
                for i, label in enumerate(labels)
                for j, one in enumerate(ours)
                if (share := _share(self._bounds(label.row, text), self._bounds(one, text))) > 0
            ]
            paired = {i: j for _, i, j in self.score.pair_up([o for o in overlaps if o[0] >= 0.5])}
            touched = {i for _, i, _ in overlaps}
            self.pairs += [
                (label, ours[paired[i]] if i in paired else None, i in touched) for i, label in enumerate(labels)
            ]

    def _bounds(self, row: Row, text: str) -> tuple[int, int]:
        cut = self.score.spans_of(row, text, strict=False)
        return (cut[0][0], cut[-1][1]) if cut else (row["start"], row["end"])

    def outcome(self, label: Label, ours: Row | None, *, touched: bool) -> str:
        """Exact, half of it or more (as the scorer pairs), less than that, or missed."""
        if ours is None:
            return "less" if touched else "missed"
        same = self._bounds(label.row, label.text) == self._bounds(ours, label.text)
        return "exact" if same else "half"

    def speaker(self, label: Label, ours: Row) -> str:
        """Right, wrong or none, by the scorer's rule: the person where the label knows names, else the words."""
        wanted = label.row.get("speaker")
        if wanted is None:
            return "right" if ours["speaker"] is None else "wrong"
        if ours["speaker"] is None:
            return "none"
        gold = {"parts": None, "spk": wanted, "aliases": label.row.get("aliases")}
        mine = {"spk": ours["speaker"], "resolved": ours["resolved"]}
        _, touches, person = self.score.spk_ok(label.text, mine, gold)
        right = touches if person is None else person
        return "right" if right else "none" if person is not None and ours["resolved"] is None else "wrong"


class News:
    """A set of `news/`: its labels, what we print of its articles, and the pairs of both."""

    def __init__(self, name: str) -> None:
        self.score = scorer(NEWS / "score_news.py")
        self.data = self.score.load(NEWS / name)
        with tempfile.TemporaryDirectory() as folder:
            said = Path(folder) / "said.jsonl"
            onrecord("extract", str(NEWS / name / "articles.jsonl"), into=said)
            self.ours = rows(said)
        gold, _ = self.score.match(self.data["statements"], self.ours)
        self.labels = self.data["statements"]
        self.paired: dict[int, Row] = {i: self.ours[j] for i, j in gold.items()}

    @property
    def both(self) -> Iterator[tuple[Row, Row]]:
        """Each label with ours."""
        return ((self.labels[i], ours) for i, ours in self.paired.items())

    def outcome(self, index: int) -> str:
        """Half of it or more (as the scorer pairs), less than that, or missed; the ends follow other customs here."""
        label = self.labels[index]
        if index in self.paired:
            return "half"
        inside = (self.score.share(label, one)[1] for one in self.ours if one["article"] == label["article"])
        return "less" if any(share >= 0.6 for share in inside) else "missed"

    def same(self, one: str | None, other: str | None) -> bool:
        """Whether two names are one party's."""
        return bool(self.score.same_name(one, other))

    def name(self, wanted: str | None, given: str | None) -> str:
        """Right, wrong or none."""
        return "right" if self.same(wanted, given) else "wrong" if given else "none"


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (one[1] - one[0] + other[1] - other[0] - both) if both > 0 else 0.0
