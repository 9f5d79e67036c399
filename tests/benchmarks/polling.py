"""What polling costs beside peers, in processor time of whole process trees: pairs in one run, taken in turns.

python tests/benchmarks/polling.py                     200 feeds, against those peers that are installed
python tests/benchmarks/polling.py --latency --rounds 304 --with ours narrow reader    as in docs/performance.md
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
from dataclasses import dataclass, replace
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
    """A kind of round: whether all is new to who polls, whether the feeds move on, and how they are served."""

    name: str
    cold: bool = False
    moves: bool = False
    validators: bool = True
    latency: float = 0.0

    @property
    def answer(self) -> str:
        """The status of every answer."""
        return "200" if self.cold or self.moves or not self.validators else "304"


KINDS = {
    "cold": Kind("cold", cold=True),
    "news": Kind("2 new of 30", moves=True),
    "304": Kind("304"),
    "same": Kind("same body, no validators", validators=False),
}


def measured(names: list[str], feeds: int, pairs: int, kinds: list[Kind]) -> dict[str, dict[str, list[Any]]]:
    """By kind of round and contender, what each round took. Before a cold one everybody begins anew."""
    stand = Stand()
    found: dict[str, dict[str, list[Any]]] = {}
    issue = 0
    clients: dict[str, Client] = {}

    def begin(name: str) -> None:
        if name in clients:
            clients[name].end()
        clients[name] = Client(name, stand.place, str(feeds))

    try:
        for kind in kinds if kinds[0].cold else [KINDS["cold"], *kinds]:
            warm = not kind.validators  # the first round without validators is no round of the same body for all
            for pair in range(-1 if warm else 0, 1 if kind not in kinds else pairs):
                issue += kind.moves
                stand.write(feeds, issue)
                for name in names if pair % 2 else names[::-1]:
                    if kind.cold:
                        begin(name)
                    stand.set(name, issue, validators=kind.validators, latency=kind.latency)
                    took = clients[name].poll()
                    answered = stand.set(name, issue, validators=kind.validators, latency=kind.latency)
                    if answered != f"{kind.answer}={feeds}" or took["entries"] not in {
                        0,
                        feeds * (ENTRIES + NEW * issue),
                    }:
                        raise SystemExit(f"{name}, {kind.name}: answered {answered}, {took['entries']} entries")
                    if pair >= 0 and kind in kinds:
                        found.setdefault(kind.name, {}).setdefault(name, []).append(took)
    finally:
        for client in clients.values():
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


GOALS = {  # kind, contender, what of reader's: times as much
    ("cold", "ours", "cpu"): 1.3,
    ("cold", "ours", "wall"): 2.0,
    ("2 new of 30", "ours", "cpu"): 10.0,
    ("304", "ours", "cpu"): 5.0,
    ("same body, no validators", "ours", "cpu"): 60.0,
    ("2 new of 30, 150 ms", "narrow", "wall"): 5.0,
    ("304, 150 ms", "ours", "wall"): 6.0,
}


def main() -> None:
    """Measure, print, and note the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--rounds", nargs="*", choices=KINDS, default=list(KINDS), help="which, in the order given")
    parser.add_argument("--latency", action="store_true", help="every answer 150 ms late")
    parser.add_argument("--with", dest="names", nargs="*", default=["ours", "memory", *PEERS])
    asked = parser.parse_args()
    names = installed(tuple(asked.names))
    kinds = [KINDS[name] for name in asked.rounds]
    if asked.latency:
        kinds = [replace(kind, name=f"{kind.name}, 150 ms", latency=0.15) for kind in kinds]
    print(f"{asked.feeds} feeds, {asked.pairs} pairs, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for kind, rounds in measured(names, asked.feeds, asked.pairs, kinds).items():
        for what in ("cpu", "wall"):
            print(f"\n{kind}: ms a feed ({what}), least to most")
            for name, took in rounds.items():
                each = sorted(1000 * one[what] / asked.feeds for one in took)
                line = f"  {name:8} {statistics.median(each):8.2f}  {each[0]:.2f} to {each[-1]:.2f}"
                for peer in [peer for peer in PEERS if peer in rounds and name not in PEERS]:
                    middle, least, most = ratio(rounds, name, peer, what)
                    line += f"   {peer} takes {middle:.1f}x ({least:.1f} to {most:.1f})"
                    if peer == "reader" and (goal := GOALS.get((kind, name, what))):
                        label = f"polling, {kind}: reader / {name}, {what}"
                        note(Figure(label, round(middle, 2), goal, (round(least, 2), round(most, 2))))
                print(line)


if __name__ == "__main__":
    main()
