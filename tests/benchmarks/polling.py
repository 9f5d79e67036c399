"""What polling costs beside peers, in processor time of whole process trees: pairs in one run, taken in turns.

python tests/benchmarks/polling.py                     200 feeds, against those peers that are installed
python tests/benchmarks/polling.py --feeds 2000        as in docs/performance.md
pip install --group bench                              installs the peers, best in an environment of their own

A peer that is not installed is left out, and said to be. A round in which anybody was answered otherwise than the others,
or knows other entries, ends the run. The ratios are the result.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from goals import Figure, note  # noqa: E402
from kiosk import ENTRIES, NEW, Stand  # noqa: E402

PEERS = ("reader", "threads", "raw")


class Client:
    """A contender's process."""

    script: tuple[str, ...] = ("pollers.py",)

    def __init__(self, name: str, *given: str) -> None:
        self.name = name
        script, *options = self.script
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", str(HERE / script), *options, name, *given],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def poll(self) -> dict[str, Any]:
        """One round over all feeds."""
        return self.tell("")

    def tell(self, line: str) -> dict[str, Any]:
        """What it answers to a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._answer()

    def end(self) -> None:
        """Let it end by itself."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@dataclass(frozen=True)
class Kind:
    """A kind of round: whether the feeds move on, and how they are served."""

    name: str
    moves: bool
    validators: bool
    latency: float = 0.0


CHANGED = Kind("2 new of 30", moves=True, validators=True)
KINDS = (
    CHANGED,
    Kind("304", moves=False, validators=True),
    Kind("same body, no validators", moves=False, validators=False),
)
SLOW = (
    Kind("2 new of 30, 150 ms", moves=True, validators=True, latency=0.15),
    Kind("304, 150 ms", moves=False, validators=True, latency=0.15),
)


def measured(names: list[str], feeds: int, pairs: int, kinds: tuple[Kind, ...]) -> dict[str, dict[str, list[Any]]]:
    """By kind of round and contender, what each round took; the first is cold, with all entries new."""
    stand = Stand()
    found: dict[str, dict[str, list[Any]]] = {}
    issue = 0
    clients = [Client(name, stand.place, str(feeds)) for name in names]
    try:
        for kind in (Kind("cold", moves=False, validators=True), *kinds):
            warm = not kind.validators  # the first round without validators is no round of the same body for all
            for pair in range(-1 if warm else 0, 1 if kind.name == "cold" else pairs):
                issue += kind.moves
                for client in clients if pair % 2 else clients[::-1]:
                    stand.set(client.name, issue, validators=kind.validators, latency=kind.latency)
                    took = client.poll()
                    answered = stand.set(client.name, issue, validators=kind.validators, latency=kind.latency)
                    due = "304" if kind.validators and not kind.moves and kind.name != "cold" else "200"
                    if answered != f"{due}={feeds}" or took["entries"] not in {0, feeds * (ENTRIES + NEW * issue)}:
                        raise SystemExit(f"{client.name}, {kind.name}: answered {answered}, {took['entries']} entries")
                    if pair >= 0:
                        found.setdefault(kind.name, {}).setdefault(client.name, []).append(took)
    finally:
        for client in clients:
            client.end()
        stand.end()
    return found


def ratio(rounds: dict[str, list[Any]], ours: str, peer: str, what: str) -> tuple[float, float, float]:
    """How many times what ours takes a peer takes: median, least and most of the pairs."""
    pairs = [theirs[what] / own[what] for own, theirs in zip(rounds[ours], rounds[peer], strict=True)]
    return statistics.median(pairs), min(pairs), max(pairs)


def installed(names: tuple[str, ...]) -> list[str]:
    """Those whose packages are there; the others are named."""
    needs = {"reader": "reader", "threads": "requests", "uvloop": "uvloop"}
    missing = [name for name in names if name in needs and find_spec(needs[name]) is None]
    for name in missing:
        print(f"{name}: not installed, left out")
    return [name for name in names if name not in missing]


GOALS = {  # row of the plan, kind, contender, peer, what: times less
    ("2 new of 30", "reader", "cpu"): 10.0,
    ("304", "reader", "cpu"): 5.0,
    ("same body, no validators", "reader", "cpu"): 60.0,
    ("cold", "reader", "cpu"): 1.3,
    ("2 new of 30, 150 ms", "reader", "wall"): 5.0,
    ("304, 150 ms", "reader", "wall"): 6.0,
}


def main() -> None:
    """Measure, print, and note the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--latency", action="store_true", help="rounds at 150 ms latency, by the clock, instead")
    parser.add_argument("--with", dest="names", nargs="*", default=["ours", "memory", *PEERS])
    asked = parser.parse_args()
    names = installed(tuple(asked.names))
    print(f"{asked.feeds} feeds, {asked.pairs} pairs, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    what = "wall" if asked.latency else "cpu"
    found = measured(names, asked.feeds, asked.pairs, SLOW if asked.latency else KINDS)
    own = next(name for name in names if name not in PEERS)
    for kind, rounds in found.items():
        print(f"\n{kind}: ms a feed ({what}), least to most")
        for name, took in rounds.items():
            each = sorted(1000 * one[what] / asked.feeds for one in took)
            line = f"  {name:8} {statistics.median(each):8.2f}  {each[0]:.2f} to {each[-1]:.2f}"
            for peer in [peer for peer in PEERS if peer in rounds and name not in PEERS]:
                middle, least, most = ratio(rounds, name, peer, what)
                line += f"   {peer} takes {middle:.1f}x ({least:.1f} to {most:.1f})"
                if (kind, peer, what) in GOALS:
                    label = f"polling, {kind}: {peer} / {'ours' if name == own else name}, {what}"
                    note(Figure(label, round(middle, 2), GOALS[kind, peer, what], (round(least, 2), round(most, 2))))
            print(line)


if __name__ == "__main__":
    main()
