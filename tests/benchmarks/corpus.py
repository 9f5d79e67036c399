"""Labels of our own for 84 articles of the unlabelled corpus: an independent check, since rules are not written to it.

They were made by reading, before and apart from any output of ours, once, in the form of `bench/news/real` and by its
conventions; expect a few wrong ones. They hold places and days, no text: that lies in the corpus beside the checkout.
A name is the place where the text gives it, or words of ours where it gives none. The errors of one half were read by
class, those of the other half never were: it is measured at the end.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from labelled import NEWS, onrecord, rows, score, write

LABELS = Path(__file__).with_name("corpus.labels.jsonl")
NOTE = (
    "The columns *corpus* are 84 articles of the unlabelled corpus, on subjects other than the Ukraine talks, with labels"
    " of our own (`tests/benchmarks/corpus.labels.jsonl`). Nobody read the errors of the second half, so it shows best"
    " what to expect of unseen news; its holders of another's position are few."
)
HALVES = {"corpus, errors read": "read", "corpus, never read": "unread"}


def printed(half: str, work: Path) -> str:
    """What the news scorer prints of our statements in one half."""
    labels = {row["article"]: row for row in rows(LABELS) if row["half"] == half}
    with gzip.open(NEWS / "real" / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        articles = [row for row in map(json.loads, file) if row["id"] in labels]
    statements: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for article in articles:
        label = labels[article["id"]]
        for number, row in enumerate(label["statements"]):
            speaker, holder = (_name(row[key], article["text"]) for key in ("speaker", "holder"))
            statements.append({
                **row,
                "speaker": speaker,
                "holder": holder,
                "id": f"{article['id']}-{number}",
                "article": article["id"],
                "speaker_as_written": "he" if row["pronoun"] else speaker,
                "topic": "",
                "stance": "none",
            })  # fmt: skip
        others += [{"article": article["id"], "start": a, "end": b} for a, b in label["not_statements"]]
    write(work / "articles.jsonl", articles)
    write(work / "statements.jsonl", statements)
    write(work / "not_statements.jsonl", others)
    said = work / "said.jsonl"
    onrecord("extract", str(work / "articles.jsonl"), into=said)
    return score(NEWS / "score_news.py", "statements", work, said)


def _name(given: str | list[int] | None, text: str) -> str | None:
    return text[given[0] : given[1]] if isinstance(given, list) else given
