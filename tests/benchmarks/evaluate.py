"""Measure the whole job on the labelled data beside the checkout; print the figures and write them down.

make evaluate        needs ../shared/bench; writes build/evaluation.json and docs/evaluation.md
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import corpus
import holders
import peers
import reliability
from labelled import BENCH, NEWS, PAIRS, QUOTES, ROOT, onrecord, quotation_figures, quotations, rows, score, write

PAGE = ROOT / "docs" / "evaluation.md"
CHECKLIST = "<!-- checklist:"  # from here on the page is written by tests/checklist/measure.py


def figures(printed: str) -> dict[str, Any]:
    """The name and value of each line that the news scorer prints."""
    found: dict[str, Any] = {}
    for line in printed.splitlines():
        name, value = line[:32].strip(), line[32:].strip()  # the scorer pads names to 32 characters
        if value.startswith("{"):
            found[name] = json.loads(value.replace("'", '"'))
        elif value:
            found[name] = float(value) if "." in value else int(value)
    return found


def quotes(name: str, work: Path) -> dict[str, Any]:
    """Spans, kinds and speakers against `quotes/NAME.jsonl`, layer speech."""
    return quotation_figures(name, quotations(name, work), work)


def naive(name: str, read: Callable[[str], list[peers.Found]], work: Path) -> dict[str, Any]:
    """The same figures for a naive reader."""
    return quotation_figures(name, {row["id"]: read(row["text"]) for row in rows(QUOTES / f"{name}.jsonl")}, work)


def news(name: str, work: Path) -> dict[str, Any]:
    """Statements, alerts and pairs of a labelled news set."""
    folder, scorer = NEWS / name, NEWS / "score_news.py"
    articles = folder / "articles.jsonl"
    said, alerts, pairs, judged = (work / f"{part}.jsonl" for part in ("said", "alerts", "pairs", "judged"))
    extracting = onrecord("extract", str(articles), into=said)
    replaying = onrecord("replay", str(articles), "--json", into=alerts)
    score(scorer, "make-pairs", folder, pairs)
    onrecord("compare", str(pairs), into=judged)
    return {
        "statements": figures(score(scorer, "statements", folder, said)) | holders.figures(folder, rows(said)),
        "alerts": figures(score(scorer, "alerts", folder, alerts)),
        "pairs": figures(score(scorer, "pairs", folder, judged)),
        "scores": reliability.summary(reliability.news_pairs(name, judged, pairs)),
        "halves": reliability.halves(name, said, alerts, work),
        "seconds": {
            "articles": len(rows(articles)),
            "extract": round(extracting, 1),
            "replay": round(replaying, 1),
        },
    }


def own(name: str, work: Path) -> dict[str, Any]:
    """Statements of a half of our own labels; what those do not tell is left out."""
    found = figures(corpus.printed(corpus.HALVES[name], work))
    return {"statements": {key: value for key, value in found.items() if not key.startswith(("stance", "topic"))}}


def pairs(name: str, work: Path) -> dict[str, Any]:
    """The judge alone on `pairs/NAME.jsonl`, with the holders given."""
    gold = PAIRS / f"{name}.jsonl"
    faces = []
    for row in rows(gold):
        meta = row["meta"]
        faces.append(
            {
                "id": row["id"],
                **{
                    letter: {
                        "quote": meta.get(f"{letter}_ctx") or row[letter],
                        "speaker": meta.get(f"speaker_{letter}"),
                        "holder": meta.get(f"holder_{letter}"),
                    }
                    for letter in ("a", "b")
                },
            }
        )
    judged = work / "judged.jsonl"
    onrecord("compare", str(write(work / "faces.jsonl", faces)), into=judged)
    labelled = [
        {
            "id": row["id"],
            "label": "contradict" if row["score"] >= 0.5 else "unrelated",
            "score": row["score"],
            "alert": row["score"] >= 0.5 and row["kind"] not in (None, "opposed"),
        }
        for row in rows(judged)
    ]
    answer = work / "score.json"
    score(PAIRS / "score_pairs.py", gold, write(work / "labelled.jsonl", labelled), "--json", answer)
    return json.loads(answer.read_text("utf-8"))


def main() -> int:
    """Measure all, print all, write all."""
    if not BENCH.is_dir():
        print(f"the labelled data is not here: {BENCH} is no folder", file=sys.stderr)
        return 2
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    measured: dict[str, Any] = {
        "commit": commit or "unknown",
        "version": version("on-record"),
        "date": datetime.now(UTC).date().isoformat(),
        "quotes": {},
        "news": {},
        "pairs": {},
    }
    jobs = [("quotes", "polnear.dev", quotes), ("quotes", "seeds.dev", quotes)]
    jobs += [("news", "real", news), ("news", "retold", news)]
    jobs += [("news", name, own) for name in corpus.HALVES]
    jobs += [("pairs", "seed_pairs", pairs), ("pairs", "newsroom_pairs", pairs)]
    for group, name, measure in jobs:
        with tempfile.TemporaryDirectory() as folder:
            print(f"measuring {group} {name} ...", file=sys.stderr)
            measured[group][name] = measure(name, Path(folder))
    measured["peers"] = {}
    for name in measured["quotes"]:
        measured["peers"][name] = {"**On Record**": measured["quotes"][name]}
        for system, read in (
            ("quotation marks only", peers.quotes_only),
            ("quotation marks, “NAME said …”", peers.quotes_and_clauses),
        ):
            with tempfile.TemporaryDirectory() as folder:
                measured["peers"][name][system] = naive(name, read, Path(folder))
    print("measuring held-out stories ...", file=sys.stderr)
    measured["reliability"] = reliability.measure(measured["news"])
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "evaluation.json").write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    page = report(measured)
    before = PAGE.read_text("utf-8") if PAGE.exists() else ""
    PAGE.write_text(page + "".join(before.partition(f"\n{CHECKLIST}")[1:]), "utf-8")
    print(page)
    return 0


def report(measured: dict[str, Any]) -> str:
    """The figures as a page for people."""
    lines = [
        "# Evaluation",
        "",
        f"Measured on {measured['date']} at commit `{measured['commit']}` (version {measured['version']}), default"
        " configuration, no judge plugged in.",
        "Repeat with `make evaluate`; it needs the labelled data beside the checkout and also writes"
        " `build/evaluation.json`.",
        "These are development sets: nothing was trained on them, but their errors were read. Figures on unseen news will be"
        " lower.",
        "",
        "## Who said what (quotes, layer speech)",
        "",
        "Percentages. Exact: both ends of the span right. Joint: span (IoU 0.5) and speaker right. Entity: the person"
        " is right.",
        "",
        "| set | exact F1 | direct / mixed / indirect | overlap F1 | joint F1 | speaker overlap | entity | ggt @0.3 / @0.8 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, all_ in measured["quotes"].items():
        kinds = " / ".join(str(all_["kinds"][kind]["exact"]["f1"]) for kind in ("direct", "mixed", "indirect"))
        speaker = all_["speaker"]
        entity = speaker["entity"] if speaker.get("entity_n") else "–"
        lines.append(
            f"| {name} | **{all_['exact']['f1']}** | {kinds} | {all_['overlap']['f1']} | {all_['joint']['f1']} |"
            f" {speaker['overlap']} | {entity} | {all_['ggt@0.3']['f1']} / {all_['ggt@0.8']['f1']} |"
        )
    lines += ["", "### Peers on the same sets", "", *peers.table(measured["peers"])]
    for part, words in (
        ("statements", "Statements, on whole articles"),
        ("alerts", "Alerts, on whole articles"),
        ("pairs", "The comparison alone, with speaker and holder given"),
    ):
        sets = {name: _flat(found[part]) for name, found in measured["news"].items() if part in found}
        names = list(dict.fromkeys(key for found in sets.values() for key in found))
        lines += [
            "",
            f"## {words} (news)",
            "",
            f"| figure | {' | '.join(sets)} |",
            "|---|" + "---|" * len(sets),
        ]
        lines += [
            f"| {name} | " + " | ".join(_shown(found.get(name)) for found in sets.values()) + " |" for name in names
        ]
        if part == "statements":
            lines += ["", holders.NOTE, "", corpus.NOTE]
    lines += [
        "",
        "## The comparison alone (pairs)",
        "",
        "| set | pairs | conflict P / R | base rate | AUC | alerts P / R |",
        "|---|---|---|---|---|---|",
    ]
    for name, found in measured["pairs"].items():
        conflict, alert = found["conflict"], found["alert"]["own"]
        lines.append(
            f"| {name} | {found['pairs']} | {conflict['p']} / {conflict['r']} | {found['base']} | {found['auc']} |"
            f" {alert['p']} / {alert['r']} |"
        )
    lines += reliability.page(measured["reliability"])
    lines += ["", "## Time", "", "One process, start included.", ""]
    for name, found in measured["news"].items():
        if "seconds" not in found:
            continue
        spent = found["seconds"]
        lines.append(
            f"- {name}: {spent['articles']} articles, extract {spent['extract']} s, replay {spent['replay']} s"
        )
    return "\n".join(lines) + "\n"


def _flat(found: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in found.items():
        if isinstance(value, dict):
            flat.update({f"{name} {inner}": number for inner, number in value.items()})
        else:
            flat[name] = value
    return flat


def _shown(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main())
