"""How fast articles are read, how much memory that takes, and how the cost grows with the length of an article.

make bench        writes build/bench.json; reads the labelled data beside the checkout where that is present
python tests/benchmarks/reading.py --walk    the whole way alone

CPU seconds of this process on one core. Reading writes to no ledger; `replay` goes the whole way, on disk, and what it
costs to start is told apart: a service starts once. Machines differ, and one machine from hour to hour, so the cost is
also given as a multiple of a bare pass over the same text that only splits it into words, or of a bare loop.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot import lines
from bot.pipeline import Pipeline
from config.load import load

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "bench" / "news" / "real" / "corpus.jsonl.gz"
ROUNDS = 5
WALKED = 150  # articles that go the whole way, into a ledger of their own
LENGTHS = (25_000, 50_000, 100_000, 200_000)  # characters
NOW = datetime(2025, 6, 1, tzinfo=UTC)
GIVEN = ("Mara", "Piotr", "Sergei", "Anna", "Otto", "Ilka", "Dmitri", "Elena", "Jonas", "Petra", "Viktor", "Nadia")
FAMILY = ("Vel", "Har", "Dol", "Bran", "Las", "Orl", "Kest", "Mor", "Tal", "Ruv", "Sand", "Zel")
ENDINGS = ("den", "nik", "govsky", "deis", "ko", "ova", "rel", "ventz", "mark", "in", "strom", "by")
PARAGRAPHS = (
    "The harbour board of Lindhaven will vote on the bridge next week, board chair {a} said on Monday.",
    "“We will not close the bridge,” {b} told reporters in Karsgrad. “It is safe, and it stays open.”",
    "{a}, the transport minister, said that the country “has never asked” for the bridge to be closed, "
    "adding that claims to the contrary were false.",
    "According to the transport ministry, 40,000 people cross the river every day.",
    "Traffic was light on Tuesday morning, and the ferries ran on time, as they have since the spring.",
    "The span was built in 1968 and carries two lanes of traffic, a tram line and a footpath. Its western pillar was "
    "mended after a barge struck it four years ago, and the eastern one was painted last summer at a cost of 3 million.",
    "Deputy mayor {b} denied that a deal had been reached. He declined to say when talks resume.",
    "Small shops along the quay have lost a third of their trade since the roadworks began. Delivery vans queue from "
    "early morning, and the fish market has moved to the old customs house, where parking is free until noon.",
    "The port handled 11 million tonnes of goods last year, a little less than in the year before, most of it timber "
    "and grain. A second crossing further north, planned since the 1990s, has been put off time and again for want of "
    "money. Its cost is put at 900 million in the latest budget, which the assembly passed by a single vote.",
    "On the far bank the old shipyard is being turned into flats. Cranes stand over the slipways, and the first of six "
    "blocks is to be finished before the winter. A school and a small park come with it, and the tram will be led "
    "around the basin. The land had lain idle for thirty years, and much of the soil had to be carried away by barge.",
    "Fishing has changed as well. Where forty boats went out each morning a generation ago, there are nine today, and "
    "three of them take tourists to the islands in summer. Herring has become rare since the water grew warmer, while "
    "crabs from the south have spread along the coast and fetch good prices in the capital, two hours away by train.",
    "The weather did the rest. After the driest spring in sixty years the river ran so low that heavy barges had to "
    "unload below the lock, and lorries took over what the ships could not carry. Rain came back in the last days of "
    "June and filled the reservoirs by half. For the mills upstream that was soon enough; for the orchards it was late.",
)
# As on any machine, a module is compiled once and not at each start.
_COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_WORD = re.compile(r"\w+|\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One figure, with the goal it is held to and the spread over the rounds (half of largest less smallest)."""

    name: str
    value: float
    unit: str
    goal: str
    spread: float


def written(length: int) -> str:
    """A text of this many characters, as full of statements as the real articles are, with new people all along."""
    names = (f"{given} {stem}{ending}" for ending in ENDINGS for stem in FAMILY for given in GIVEN)
    blocks: list[str] = []
    size = 0
    while size < length:
        blocks.append("\n\n".join(PARAGRAPHS).format(a=next(names), b=next(names)) + "\n\n")
        size += len(blocks[-1])
    return "".join(blocks)[:length]


def rows() -> tuple[str, list[dict[str, str]]]:
    """What is read: 400 real articles where they are present, else 400 made ones of the same mean length."""
    if not CORPUS.exists():
        return "made articles", [row(f"made-{k}", written(3_400)) for k in range(400)]
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        return "real articles", [json.loads(line) for line in file]


def row(name: str, text: str) -> dict[str, str]:
    """A line of the file that `onrecord extract` reads."""
    return {"id": name, "outlet": "benchmark", "title": "", "published": "2025-06-01T08:00:00Z", "text": text}


def command(path: Path, name: str = "extract") -> tuple[float, float]:
    """CPU seconds and peak memory (MiB) of a command over a file, start included."""
    child = subprocess.Popen(
        [sys.executable, "-m", "bot", name, str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=_COMPILED,
    )
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"onrecord {name} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds that a piece of work takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


def bare() -> float:
    """CPU seconds of 200 times 20,000 squarings."""
    return seconds(lambda: [sum(number * number for number in range(20_000)) for _ in range(200)])


def walk(held: Sequence[dict[str, str]], rounds: int) -> list[Measured]:
    """The whole way of the first articles: how many a CPU second, and what one costs in bare loops."""
    kind = f"{len(held)} articles"
    with tempfile.TemporaryDirectory() as folder:
        path, nothing = Path(folder) / "walked.jsonl", Path(folder) / "nothing.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in held), "utf-8")
        nothing.write_text("", "utf-8")
        command(nothing, "replay")  # compiles
        starts, rates, loops = [], [], []
        for _ in range(rounds):
            before, start = bare(), command(nothing, "replay")[0]
            took, after = command(path, "replay")[0] - start, bare()
            starts.append(start)
            rates.append(len(held) / took)
            loops.append(took / len(held) / ((before + after) / 400))
    return [
        measured(f"onrecord replay, {kind}, its start apart", rates, "articles a CPU second", "at least 12"),
        measured("one article in bare loops of 20,000", loops, "times", ""),
        measured("its start", starts, "CPU seconds", ""),
    ]


def measured(name: str, values: Sequence[float], unit: str, goal: str) -> Measured:
    """The median of the rounds, with their spread."""
    return Measured(
        name=name,
        value=round(statistics.median(values), 3),
        unit=unit,
        goal=goal,
        spread=round((max(values) - min(values)) / 2, 3),
    )


def main() -> int:
    """Measure, print, write down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--walk", action="store_true", help="the whole way alone")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--skip", type=int, default=0, help="articles that do not go the whole way")
    parser.add_argument("--articles", type=int, default=WALKED, help="how many do")
    asked = parser.parse_args()
    kind, held = rows()
    _write(
        walk(held[asked.skip :][: asked.articles], asked.rounds)
        + ([] if asked.walk else reading(kind, held, asked.rounds))
    )
    return 0


def reading(kind: str, held: Sequence[dict[str, str]], rounds: int) -> list[Measured]:
    """Articles read and not stored, and how the cost grows with their length."""
    pipeline = Pipeline(load())
    texts = [one["text"] for one in held]
    long = {length: lines.article(row("long", written(length)), NOW) for length in LENGTHS}
    pipeline.read(long[LENGTHS[0]])  # what is filled once in a process is filled
    rates, multiples, peaks = [], [], []
    grown: dict[int, list[float]] = {length: [] for length in LENGTHS}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in held), "utf-8")
        command(path)  # compiles
        for _ in range(rounds):
            split = seconds(lambda: [len(_WORD.findall(text)) for text in texts])
            read, peak = command(path)
            rates.append(len(held) / read)
            multiples.append(read / split)
            peaks.append(peak)
            for length, one in long.items():
                grown[length].append(seconds(lambda one=one: pipeline.read(one)))
    shortest, longest = LENGTHS[0], LENGTHS[-1]
    growth = [(many / longest) / (few / shortest) for few, many in zip(grown[shortest], grown[longest], strict=True)]
    return [
        measured(f"onrecord extract, {len(held)} {kind}", rates, "articles a CPU second", "at least 40"),
        measured("the reading against splitting the texts into words", multiples, "times", ""),
        measured("its peak memory", peaks, "MiB", "under 300"),
        *(
            measured(
                f"one article of {length // 1000} kB", values, "CPU seconds", "under 1" if length == longest else ""
            )
            for length, values in grown.items()
        ),
        measured("a character of the longest against the shortest", growth, "times", "about 1"),
    ]


def _write(results: Sequence[Measured]) -> None:
    for one in results:
        sys.stdout.write(f"{one.name:50} {one.value:10.3f} ± {one.spread:<8.3f} {one.unit:24} {one.goal}\n")
    out = ROOT / "build" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    written_down = [
        {"name": one.name, "value": one.value, "unit": one.unit, "goal": one.goal, "spread": one.spread}
        for one in results
    ]
    out.write_text(json.dumps(written_down, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
