"""The holders beyond the speaker's own side, where the conventions of the labelled sets agree."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from labelled import NEWS, ROOT, rows

from config.load import load

NOTE = (
    "`holder_when_other` is not comparable between the two sets: where an official states his own side's position, the"
    " labels of `retold` give the state as holder and those of `real` the official. We give the official."
    " `holder_other_side` leaves those rows out; `holder_named_other precision` is over every statement for which we"
    " name somebody other than the speaker, those rows included."
)
_GENERIC = re.compile(r"\b(?:the|government|cabinet|leadership|of)\b")


def figures(folder: Path, said: list[dict[str, Any]]) -> dict[str, Any]:
    """How often the holder is right where the labels name somebody beyond the speaker's side, and how often where we do."""
    sys.path.insert(0, str(NEWS))
    from score_news import match, same_name

    sides = {side.id: side.name for side in load(ROOT / "config").sides}
    gold = rows(folder / "statements.jsonl")
    both = [(gold[i], said[j]) for i, j in match(gold, said)[0].items()]
    other = [
        same_name(label["holder"], ours["holder"])
        for label, ours in both
        if not same_name(label["holder"], label["speaker"])
        and bare(label["holder"]) != bare(sides.get(label["side"], label["side"] or ""))
    ]
    named = [
        same_name(label["holder"], ours["holder"])
        for label, ours in both
        if ours["speaker"] and ours["holder"] and not same_name(ours["speaker"], ours["holder"])
    ]
    return {
        "holder_other_side": _share(other),
        "holder_other_side rows": len(other),
        "holder_named_other precision": _share(named),
        "holder_named_other rows": len(named),
    }


def bare(name: str) -> list[str]:
    """The words of a side's name without its government's."""
    return _GENERIC.sub(" ", name.casefold()).split()


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
