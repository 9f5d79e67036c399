"""What stands beside us on the same sets: two naive readers of our own, and figures that others measured."""

from __future__ import annotations

import re
from typing import Any

_NAME = r"(?:[A-Z][\w.’'-]+ ){0,3}[A-Z][\w’'-]+|[Hh]e|[Ss]he|[Tt]hey"
_SAY = r"(?:said|says|told|tells|added|adds|asked|wrote|stated|claimed|insisted|warned|noted|explained|argued)"
_QUOTED = re.compile(r"[“\"]([^“”\"\n]{4,2000})[”\"]")
_ATTRIBUTED = re.compile(rf"(?P<first>{_NAME}) {_SAY}\b|\b{_SAY} (?P<second>{_NAME})")
_ENDS = r"(?=[.!?][”\"]?(?:\s|$)|\n|$)"
_NAME_SAID = re.compile(rf"(?P<who>{_NAME}) {_SAY} (?:(?:on )?[A-Z][a-z]+day )?(?P<what>[^\n]{{8,600}}?){_ENDS}")
_SAID_BEHIND = re.compile(rf"(?P<what>[^\n.!?“”\"]{{20,600}}), (?P<who>{_NAME}) {_SAY}\b")

Found = dict[str, Any]


def quotes_only(text: str) -> list[Found]:
    """Stretches of three words or more in marks, each with the nearest name beside a verb of saying."""
    found = []
    for quoted in _QUOTED.finditer(text):
        if len(quoted[1].split()) < 3:
            continue
        who = _nearest(text, quoted.span())
        found.append(_found("direct", quoted.span(1), who, text))
    return found


def _nearest(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """The name beside a verb of saying that stands nearest to the quotation in its paragraph."""
    start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    places = [
        match.span("first" if match["first"] else "second")
        for match in _ATTRIBUTED.finditer(text, start, end if end >= 0 else len(text))
        if match.end() <= span[0] or match.start() >= span[1]
    ]
    return min(places, key=lambda place: max(span[0] - place[1], place[0] - span[1]), default=None)


def quotes_and_clauses(text: str) -> list[Found]:
    """The same, and what stands behind "NAME said" or before ", NAME said" in a sentence."""
    found = quotes_only(text)
    taken = [(one["start"], one["end"]) for one in found]
    for pattern in (_NAME_SAID, _SAID_BEHIND):
        for match in pattern.finditer(text):
            start, end = match.span("what")
            if any(left <= start < right or left < end <= right for left, right in taken):
                continue
            kind = "mixed" if re.search('[“”"]', match["what"]) else "indirect"
            inside = [one for one in found if start <= one["start"] and one["end"] <= end]
            found = [one for one in found if one not in inside]
            found.append(_found(kind, (start, end), match.span("who"), text))
            taken.append((start, end))
    return found


def _found(kind: str, span: tuple[int, int], who: tuple[int, int] | None, text: str) -> Found:
    speaker = {"start": who[0], "end": who[1], "text": text[who[0] : who[1]]} if who else None
    return {"kind": kind, "start": span[0], "end": span[1], "speaker": speaker, "resolved": None}


# Measured once with the same scorer on the same set: (set, system, exact, direct / mixed / indirect, overlap, joint, speaker)
MEASURED = (
    ("polnear.dev", "quotation marks, “NAME said …”, by another hand", 54.6, "85.6 / 32.3 / 25.5", 67.3, 53.1, 81.7),
    ("polnear.dev", "compromise 14 (JavaScript library)", 39.0, "68.8 / 0 / 0", 51.0, None, None),
    ("polnear.dev", "regular expressions of the Guardian/AFP pipeline", 33.8, "72.9 / 0 / 0", 35.0, 32.6, 93.4),
    ("polnear.dev", "textacy's rules on CoreNLP parses", 27.0, "54.9 / 0 / 0", 36.5, 27.8, 79.9),
    ("polnear.dev", "GenderGapTracker's rules on CoreNLP parses", 57.5, "75.4 / 48.4 / 42.8", 70.0, 57.7, 85.5),
    ("polnear.dev", "a CRF trained on PolNeAR's training split", 62.6, "93.3 / 59.8 / 43.3", 79.0, 66.3, 88.2),
    ("polnear.dev", "people, one against another (18 articles)", 78.9, "97.8 / 88.9 / 62.4", 85.4, 81.8, 98.0),
    ("seeds.dev", "quotation marks, “NAME said …”, by another hand", 38.4, "86.3 / 6.9 / 16.9", 56.7, 45.0, 89.5),
    ("seeds.dev", "compromise 14 (JavaScript library)", 27.3, "55.9 / 0 / 0", 40.5, None, None),
    ("seeds.dev", "regular expressions of the Guardian/AFP pipeline", 38.7, "95.8 / 0 / 0", 38.7, 35.3, 91.3),
    ("seeds.dev", "a CRF trained on PolNeAR's training split", 56.0, "95.8 / 61.5 / 38.3", 71.4, 59.9, 87.3),
)
# Other data, other splits, other measures.
PUBLISHED = (
    ("CofeNet with BERT", "PolNeAR's test split in their cut, all attributions", "content exact F1 72.9, source 83.2"),
    ("BiLSTM + CRF", "the same", "content exact F1 59.0"),
    ("Citron 2021", "PARC3 test", "content exact 59.3, overlap 83.3; source exact 82.0"),
    ("GenderGapTracker 7", "98 articles of its own", "quotations @0.3 / @0.8 83.7 / 76.1; speaker 86.5 / 87.4"),
    ("Guardian/AFP pipeline", "800 articles of its own", "content, cue and source all right 89 % (second-hand)"),
)
NOTES = (
    "The naive readers are ours and run with every evaluation: `tests/benchmarks/peers.py`.",
    "The other systems were measured once with the same scorer on the same articles. Those on CoreNLP"
    " parses are not in the configuration their authors ship.",
    "The CRF shows what a light learned model reaches. It was trained on the training split of the very corpus, by the"
    " same publishers on the same campaign; we may not train on that corpus, and did not.",
    "“People” are PolNeAR's annotators scored against each other on 18 articles of its training and development splits:"
    " about what can be asked for.",
    "Our rules were written with the errors on these development sets in view, so our own figures flatter us. The"
    " systems of others were run as they are.",
)
NOT_COMPARABLE = (
    "Published figures, **not comparable** line by line: other data, other splits, other measures. PolNeAR's whole"
    " gold counts attitudes and plans as well, which On Record leaves out on purpose."
)


def table(measured: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    """Lines of Markdown: by set, ours and the naive readers as measured now, the others as measured once."""
    lines = [
        "| set | system | exact F1 | direct / mixed / indirect | overlap F1 | joint F1 | speaker overlap |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, systems in measured.items():
        for system, all_ in systems.items():
            kinds = " / ".join(str(all_["kinds"][kind]["exact"]["f1"]) for kind in ("direct", "mixed", "indirect"))
            figures = (
                all_["exact"]["f1"],
                kinds,
                all_["overlap"]["f1"],
                all_["joint"]["f1"],
                all_["speaker"]["overlap"],
            )
            lines.append(_line(name, system, *figures))
        lines += [_line(*row) for row in MEASURED if row[0] == name]
    lines += [
        "",
        *(f"- {note}" for note in NOTES),
        "",
        NOT_COMPARABLE,
        "",
        "| system | data | published |",
        "|---|---|---|",
    ]
    return lines + [f"| {' | '.join(row)} |" for row in PUBLISHED]


def _line(*cells: object) -> str:
    return f"| {' | '.join('–' if cell is None else str(cell) for cell in cells)} |"
