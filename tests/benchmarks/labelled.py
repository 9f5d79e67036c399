"""The labelled data beside the checkout: where it lies, what our commands print of it, and how it is scored."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT.parent / "shared" / "bench"
NEWS, QUOTES, PAIRS = BENCH / "news", BENCH / "quotes", BENCH / "pairs"


def onrecord(*arguments: str, into: Path) -> float:
    """Run a command of ours, its output into a file; the seconds it took."""
    began = time.perf_counter()
    with into.open("w", encoding="utf-8") as out:
        subprocess.run([sys.executable, "-m", "bot", *arguments], stdout=out, check=True, cwd=ROOT)
    return time.perf_counter() - began


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def write(path: Path, items: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), "utf-8")
    return path


def score(*command: str | Path) -> str:
    return subprocess.run([sys.executable, *map(str, command)], check=True, capture_output=True, text=True).stdout


def quotations(name: str, work: Path) -> dict[str, list[dict[str, Any]]]:
    """What we find in the articles of `quotes/NAME.jsonl`, by article, as its scorer takes it."""
    articles = [
        {"id": row["id"], "outlet": name, "text": row["text"], "published": row.get("date")}
        for row in rows(QUOTES / f"{name}.jsonl")
    ]
    said = work / "said.jsonl"
    onrecord("extract", str(write(work / "articles.jsonl", articles)), into=said)
    found: dict[str, list[dict[str, Any]]] = {article["id"]: [] for article in articles}
    for row in rows(said):
        speaker = None
        if row["speaker_start"] is not None:
            speaker = {
                "start": row["speaker_start"],
                "end": row["speaker_end"],
                "text": row["speaker_as_written"],
            }
        found[row["article"]].append(
            {
                "kind": row["kind"],
                "start": row["start"],
                "end": row["end"],
                "speaker": speaker,
                "resolved": row["speaker"],
            }
        )
    return found


def quotation_figures(name: str, found: dict[str, list[dict[str, Any]]], work: Path) -> dict[str, Any]:
    """The scorer's figures, layer speech."""
    predicted = write(work / "predicted.jsonl", [{"id": key, "quotes": value} for key, value in found.items()])
    answer = work / "score.json"
    score(QUOTES / "score.py", QUOTES / f"{name}.jsonl", predicted, "--layer", "speech", "--json", answer)
    return json.loads(answer.read_text("utf-8"))
