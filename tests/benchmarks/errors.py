"""Count the errors of reading by class on the labelled data, and write the tables into docs/reading.md.

Numbers only: no word of the labelled articles is printed.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from answers import News, Quotes
from labelled import BENCH, ROOT
from patterns import PATTERNS, mention

PAGE = ROOT / "docs" / "reading.md"
BEGIN, END = "<!-- errors: written by tests/benchmarks/errors.py -->", "<!-- errors end -->"
KINDS = ("direct", "mixed", "indirect")
SETS = ("polnear.dev", "seeds.dev", "real", "retold")

Outcome = Counter[str]


def _table(head: Sequence[str], lines: Iterable[Sequence[object]]) -> list[str]:
    return [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *(f"| {' | '.join(map(str, x))} |" for x in lines), ""]


def _rate(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _found(quotes: dict[str, Quotes], news: dict[str, News]) -> list[str]:
    counts: dict[tuple[str, str], Outcome] = defaultdict(Counter)
    for name, one in quotes.items():
        for label, ours, touched in one.pairs:
            counts[name, label.row["kind"]][one.outcome(label, ours, touched=touched)] += 1
    for name, other in news.items():
        for index, label in enumerate(other.labels):
            counts[name, label["kind"]][other.outcome(index)] += 1
    lines = []
    for name in SETS:
        for kind in KINDS:
            of = counts[name, kind]
            found = of["half"] + of["exact"]
            exact = _rate(of["exact"], of.total()) if name in quotes else "–"
            lines.append((name, kind, of.total(), of["missed"], of["less"], found, _rate(found, of.total()), exact))
    head = ("set", "kind", "labelled", "missed", "less than half", "half or more", "found, share", "exact, share")
    return _table(head, lines)


def _patterns(sets: Iterable[Quotes]) -> list[str]:
    counts: dict[str, Outcome] = defaultdict(Counter)
    for one in sets:
        for label, ours, touched in one.pairs:
            outcome = one.outcome(label, ours, touched=touched)
            speaker = one.speaker(label, ours) if ours else None
            for pattern, shows in PATTERNS.items():
                if shows(label):
                    counts[pattern][outcome] += 1
                    counts[pattern][f"speaker {speaker}"] += 1
    lines = []
    for pattern in PATTERNS:
        of = counts[pattern]
        extent = of["less"] + of["half"]
        all_ = of["missed"] + extent + of["exact"]
        wrong = of["speaker wrong"] + of["speaker none"]
        paired = wrong + of["speaker right"]
        lines.append(
            (pattern, all_, of["missed"], extent, _rate(of["exact"], all_), wrong, _rate(paired - wrong, paired))
        )
    return _table(
        ("pattern", "labelled", "missed", "other extent", "exact, share", "speaker wrong", "speaker right, share"),
        lines,
    )


def _speakers(seeds: Quotes, news: dict[str, News]) -> list[str]:
    counts: dict[str, Outcome] = defaultdict(Counter)
    for label, ours, _ in seeds.pairs:
        if ours is not None and label.row.get("aliases"):
            counts[mention(label.speaker)][seeds.speaker(label, ours)] += 1
    for one in news.values():
        for label_row, ours in one.both:
            form = mention(label_row.get("speaker_as_written") or "")
            counts[form][one.name(label_row["speaker"], ours["speaker"])] += 1
    lines = [
        (form, of.total(), of["wrong"], of["none"], _rate(of["right"], of.total()))
        for form, of in sorted(counts.items(), key=lambda item: -item[1].total())
    ]
    return _table(("speaker written as", "statements", "wrong", "unknown", "right, share"), lines)


def _holders(news: dict[str, News]) -> list[str]:
    lines = []
    for name, one in news.items():
        for other in (False, True):
            of: Outcome = Counter()
            for label, ours in one.both:
                if one.same(label["holder"], label["speaker"]) == other:
                    continue
                right = one.same(label["holder"], ours["holder"]) or (not other and ours["holder"] is None)
                own = other and one.same(label["speaker"], ours["holder"])
                of["right" if right else "own" if own else "wrong" if ours["holder"] else "none"] += 1
            whose = "another's" if other else "the speaker's own"
            own_given = of["own"] if other else "–"
            lines.append((name, whose, of.total(), own_given, of["wrong"], of["none"], _rate(of["right"], of.total())))
    return _table(
        ("set", "position", "statements", "given to the speaker", "given to somebody else", "none", "right, share"),
        lines,
    )


def _dates(news: dict[str, News]) -> list[str]:
    lines = []
    for name, one in news.items():
        published = {a["id"]: str(a.get("published") or "")[:10] for a in one.data["articles"]}
        counts: dict[str, Outcome] = defaultdict(Counter)
        for label, ours in one.both:
            wanted, given = str(label.get("said_on") or "")[:10], str(ours["said_on"] or "")[:10]
            if not wanted:
                counts["no day labelled"]["none" if not given else "given"] += 1
                continue
            day = _when(wanted, published[label["article"]])
            apart = abs((date.fromisoformat(wanted) - date.fromisoformat(given)).days) if given else None
            counts[day]["none" if apart is None else "right" if apart == 0 else "near" if apart == 1 else "far"] += 1
        for day in ("day of publication", "day before", "within a week", "earlier", "no day labelled"):
            of = counts[day]
            if day == "no day labelled":
                lines.append((name, day, of.total(), "–", of["given"], of["none"], _rate(of["none"], of.total())))
            else:
                lines.append((name, day, of.total(), of["near"], of["far"], of["none"], _rate(of["right"], of.total())))
    return _table(("set", "said", "statements", "a day off", "further off", "no single day", "right, share"), lines)


def _when(wanted: str, published: str) -> str:
    if not published:
        return "earlier"
    back = (date.fromisoformat(published) - date.fromisoformat(wanted)).days
    return (
        "day of publication"
        if back <= 0
        else "day before"
        if back == 1
        else "within a week"
        if back <= 7
        else "earlier"
    )


def _extra(news: dict[str, News]) -> list[str]:
    lines = []
    for name, one in news.items():
        taken = {id(ours) for ours in one.paired.values()}
        direct = [ours for ours in one.ours if ours["kind"] == "direct"]
        loose = [ours for ours in direct if id(ours) not in taken]
        extra = [
            ours
            for ours in loose
            if not any(
                label["article"] == ours["article"] and one.score.share(label, ours)[1] >= 0.8 for label in one.labels
            )
        ]
        scare = [
            ours
            for ours in one.ours
            if id(ours) not in taken
            and any(
                other["article"] == ours["article"] and one.score.share(other, ours)[0] >= 0.5
                for other in one.data["not_statements"]
            )
        ]
        lines.append((name, len(direct), len(extra), len(one.data["not_statements"]), len(scare)))
    head = ("set", "direct taken", "of these no statement", "labelled as no statement", "of these taken")
    return _table(head, lines)


def main() -> int:
    """Measure, print, and write the tables where docs/reading.md keeps them."""
    if not BENCH.is_dir():
        sys.stderr.write(f"the labelled data is not here: {BENCH} is no folder\n")
        return 2
    quotes = {name: Quotes(name) for name in SETS[:2]}
    news = {name: News(name) for name in SETS[2:]}
    parts = {
        "Statements found, by kind": _found(quotes, news),
        "Statements found, by pattern (polnear.dev and seeds.dev together)": _patterns(quotes.values()),
        "Speakers, by how they are written (seeds.dev, real, retold: is it the right person or body?)": _speakers(
            quotes["seeds.dev"], news
        ),
        "Whose position it is": _holders(news),
        "The day it was said": _dates(news),
        "Taken, and no statement": _extra(news),
    }
    tables = "\n".join(line for title, lines in parts.items() for line in (f"### {title}", "", *lines))
    print(tables)
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{tables}\n{END}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
