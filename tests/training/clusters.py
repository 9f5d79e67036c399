"""Story clusters: fictional news with its statements marked in the text, read from clusters/*.txt and checked.

.venv/bin/python tests/training/clusters.py [FILE ...]     names every fault with its line, and counts what is there

README.md beside this file tells the format and what a cluster needs.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from story import CATEGORIES, STANCES, TYPES, Article, Cluster, Listed, Statement

HERE = Path(__file__).resolve().parent
KINDS = {"d": "direct", "m": "mixed", "i": "indirect"}
FEWEST_WORDS = 30  # of an article

_PROPOSITION = re.compile(r"(?P<id>p\d): (?P<text>.+)")
_PARTY = re.compile(r"@ ?(?P<key>\w+): (?P<name>[^|]+)\|(?P<role>[^|]*)\|(?P<side>[^|]*)")
_CONFLICT = re.compile(r"! (?P<a>s\d+) (?P<b>s\d+) (?P<type>\w+) (?P<importance>[123]) ?\| ?(?P<why>.+)")
_HARMLESS = re.compile(r"- (?P<a>s\d+) (?P<b>s\d+) (?P<category>[a-z ]+?) ?\| ?(?P<why>.+)")
_STATEMENT = re.compile(
    r"\{(?P<id>s\d+) (?P<speaker>\w+)(?:>(?P<holder>\w+))? (?P<prop>p\d|-) (?P<stance>[a-z-]+) (?P<kind>[dmi])"
    r"(?P<extra>(?: (?:\d{4}-\d\d-\d\d|defers~\w+))*): ?(?P<quote>[^{}]+)\}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that does not fit, with its line."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}"


def load(files: Iterable[Path] = ()) -> list[Cluster]:
    """Every cluster of the files, of all files here by default; a ValueError names each fault."""
    read = [
        parse(path.read_text("utf-8"), path.name) for path in sorted(files) or sorted((HERE / "clusters").glob("*"))
    ]
    faults = [fault for _, of_file in read for fault in of_file]
    found = [cluster for clusters, _ in read for cluster in clusters]
    twice = [name for name, count in Counter(cluster.id for cluster in found).items() if count > 1]
    if faults or twice:
        raise ValueError("\n".join([*map(str, faults), *(f"{name}: this id stands on two clusters" for name in twice)]))
    return found


def parse(text: str, name: str = "-") -> tuple[list[Cluster], list[Fault]]:
    """The clusters in a file's text, and what is wrong with it."""
    reader = _Reader(name)
    for number, line in enumerate(text.splitlines(), 1):
        reader.line(number, line)
    reader.close()
    return reader.clusters, sorted(reader.faults, key=lambda fault: fault.line)


@dataclass(frozen=True, slots=True)
class _Party:
    name: str
    role: str
    side: str


class _Reader:
    """Takes a file line by line; an article is read when the next thing begins, pairs when their cluster ends."""

    def __init__(self, name: str) -> None:
        self.clusters: list[Cluster] = []
        self.faults: list[Fault] = []
        self._name = name
        self._parties: dict[str, _Party] = {}
        self._article: tuple[int, Article] | None = None  # its heading's line
        self._lines: list[str] = []
        self._pairs: list[tuple[int, Listed]] = []

    def line(self, number: int, line: str) -> None:
        if line.startswith("# "):
            self.close()
            ident, _, issue = line[2:].partition("|")
            self.clusters.append(Cluster(id=ident.strip(), issue=issue.strip()))
            if not ident.strip() or not issue.strip():
                self._fault(number, "a cluster begins with: # id | issue")
        elif not self.clusters:
            if line.strip():
                self._fault(number, "this stands before the first cluster")
        elif line.startswith("### "):
            self._heading(number, line)
        elif line.startswith(("! ", "- s")):
            self._pair(number, line)
        elif self._article is not None:
            if _PROPOSITION.fullmatch(line) or _PARTY.fullmatch(line):
                self._fault(number, "propositions and parties stand before the first article")
            self._lines.append(line)
        elif line.strip():
            self._preamble(number, line)

    def close(self) -> None:
        """The cluster at hand is complete."""
        self._end_article()
        if not self.clusters:
            return
        cluster, known = self.clusters[-1], set[frozenset[str]]()
        for number, pair in self._pairs:
            missing = sorted(ident for ident in pair.ids if ident not in cluster.statements)
            if missing:
                self._fault(number, f"no statement is marked {' or '.join(missing)}")
            elif len(pair.ids) < 2:
                self._fault(number, f"{pair.a} is paired with itself")
            elif pair.ids in known:
                self._fault(number, f"{pair.a} and {pair.b} are listed twice")
            else:
                (cluster.conflicts if pair.importance else cluster.harmless).append(pair)
            known.add(pair.ids)
        self._parties, self._pairs = {}, []

    def _preamble(self, number: int, line: str) -> None:
        cluster = self.clusters[-1]
        if found := _PROPOSITION.fullmatch(line):
            if found["id"] in cluster.propositions:
                self._fault(number, f"{found['id']} is there already")
            cluster.propositions[found["id"]] = found["text"]
        elif found := _PARTY.fullmatch(line):
            if found["key"] in self._parties:
                self._fault(number, f"@{found['key']} is there already")
            self._parties[found["key"]] = _Party(*(found[part].strip() for part in ("name", "role", "side")))
        else:
            self._fault(number, "neither a proposition (p1: …) nor a party (@XY: name | role | side)")

    def _heading(self, number: int, line: str) -> None:
        self._end_article()
        parts = [part.strip() for part in line[4:].split("|")]
        try:
            ident, outlet, day, title = parts
            published = date.fromisoformat(day)
        except ValueError:
            self._fault(number, "an article begins with: ### id | outlet | 2031-03-09 | title")
            ident, outlet, title, published = f"line {number}", "", "", date.min
        if any(article.id == ident for article in self.clusters[-1].articles):
            self._fault(number, f"the article {ident} is there already")
        article = Article(id=ident, outlet=outlet, published=published, title=title, text="")
        self._article = (number, article)

    def _pair(self, number: int, line: str) -> None:
        self._end_article()
        if found := _CONFLICT.fullmatch(line):
            if found["type"] not in TYPES:
                self._fault(number, f"a conflict is {', '.join(TYPES)}, not {found['type']}")
                return
            kind, importance = TYPES[found["type"]], int(found["importance"])
            self._pairs.append((number, Listed(a=found["a"], b=found["b"], kind=kind, importance=importance)))
        elif found := _HARMLESS.fullmatch(line):
            if found["category"] not in CATEGORIES:
                self._fault(number, f"no category of harmless pairs is called {found['category']}")
                return
            self._pairs.append((number, Listed(a=found["a"], b=found["b"], kind=found["category"])))
        else:
            self._fault(number, "a pair is: ! s1 s2 type importance | why, or: - s1 s2 category | why")

    def _end_article(self) -> None:
        if self._article is None:
            return
        heading, article = self._article
        cluster, raw = self.clusters[-1], "\n".join(self._lines)
        blank = len(raw) - len(raw.lstrip())
        first, raw = heading + 1 + raw[:blank].count("\n"), raw.strip()
        text, last = "", 0
        for found in _STATEMENT.finditer(raw):
            text += raw[last : found.start()]
            self._statement(first + raw.count("\n", 0, found.start()), found, article, len(text))
            text, last = text + found["quote"], found.end()
        text += raw[last:]
        for place, mark in enumerate(text):
            if mark in "{}":
                around = text[max(0, place - 10) : place + 40]
                self._fault(first + text.count("\n", 0, place), f"a brace that marks no statement: {around!r}")
        if len(text.split()) < FEWEST_WORDS:
            self._fault(heading, f"an article has at least {FEWEST_WORDS} words, {article.id} has {len(text.split())}")
        cluster.articles.append(
            Article(id=article.id, outlet=article.outlet, published=article.published, title=article.title, text=text)
        )
        self._article, self._lines = None, []

    def _statement(self, number: int, found: re.Match[str], article: Article, start: int) -> None:
        cluster, ident = self.clusters[-1], found["id"]
        speaker, holder = (self._parties.get(key) for key in (found["speaker"], found["holder"] or found["speaker"]))
        days = [word for word in found["extra"].split() if not word.startswith("defers~")]
        named = [found["speaker"], found["holder"], *re.findall(r"defers~(\w+)", found["extra"])]
        strange = [key for key in dict.fromkeys(named) if key and key not in self._parties]
        if strange:
            self._fault(number, f"{ident}: nobody is called {' or '.join(strange)}")
        if found["stance"] not in STANCES:
            self._fault(number, f"{ident}: a stance is {', '.join(STANCES)}, not {found['stance']}")
        if found["prop"] != "-" and found["prop"] not in cluster.propositions:
            self._fault(number, f"{ident}: there is no proposition {found['prop']}")
        if ident in cluster.statements:
            self._fault(number, f"{ident} is marked twice")
        try:
            said_on = date.fromisoformat(days[0]) if days else article.published
        except ValueError:
            self._fault(number, f"{ident}: {days[0]} is no day")
            return
        if speaker and holder:
            cluster.statements[ident] = Statement(
                id=ident,
                article=article.id,
                kind=KINDS[found["kind"]],
                start=start,
                quote=found["quote"],
                speaker=speaker.name,
                role=speaker.role,
                side=speaker.side,
                holder=holder.name,
                holder_side=holder.side,
                prop=None if found["prop"] == "-" else found["prop"],
                stance=found["stance"],
                said_on=said_on,
            )

    def _fault(self, line: int, why: str) -> None:
        self.faults.append(Fault(file=self._name, line=line, why=why))


def main(names: list[str]) -> int:
    """Print faults and counts; 1 where there are faults."""
    files = [Path(name) for name in names] or sorted((HERE / "clusters").glob("*.txt"))
    clusters: list[Cluster] = []
    faults: list[Fault] = []
    for path in files:
        found, wrong = parse(path.read_text("utf-8"), str(path))
        clusters += found
        faults += wrong
    print(*faults, sep="\n", end="\n" if faults else "")
    said = [statement for cluster in clusters for statement in cluster.statements.values()]
    conflicts = [pair for cluster in clusters for pair in cluster.conflicts]
    harmless = [pair for cluster in clusters for pair in cluster.harmless]
    print(
        f"{len(clusters)} clusters, {sum(len(cluster.articles) for cluster in clusters)} articles, {len(said)} statements,"
        f" {len(conflicts)} conflicts, {len(harmless)} harmless pairs, {len(faults)} faults"
    )
    for counted in (
        Counter(statement.stance for statement in said),
        Counter(statement.kind for statement in said),
        Counter(f"{pair.kind} {pair.importance}" for pair in conflicts),
        Counter(pair.kind for pair in harmless),
    ):
        print(", ".join(f"{name} {count}" for name, count in counted.most_common()))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
