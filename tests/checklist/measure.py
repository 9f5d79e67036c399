"""Walk every pair of the checklist; print the pass rates by capability and write them into docs/evaluation.md.

make checklist                                             needs nothing but a checkout
.venv/bin/python tests/checklist/measure.py --failed       names every pair that is not told apart, with what came out
.venv/bin/python tests/checklist/measure.py --floors       raises the floors of `make test` to what is reached now
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from minimal_pairs import HERE, load
from outcomes import Outcome, World

PAGE = HERE.parents[1] / "docs" / "evaluation.md"
FLOORS = HERE / "floors.toml"
FRESH = HERE / "fresh"
BEGIN, END = "<!-- checklist: written by tests/checklist/measure.py -->", "<!-- checklist end -->"


def outcomes(folder: Path = HERE / "pairs") -> list[Outcome]:
    """What comes out of every pair of a folder."""
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-checklist-") as place,
        World(Path(place) / "ledger.db") as world,
    ):
        return [world.outcome(pair) for pair in load(folder)]


def by_capability(all_: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    return {name: list(group) for name, group in groupby(all_, key=lambda one: one.pair.capability)}


def section(all_: Sequence[Outcome]) -> str:
    """The part of the page that tells how the checklist went."""
    lines = [
        "## Checklist: minimal pairs",
        "",
        f"{len(all_)} pairs of situations with invented officials that differ in one thing (`tests/checklist/pairs`); no"
        " topic is configured, and the rules decide alone. Repeat with `make checklist`; it needs no labelled data.",
        "",
        "- *Raised*: the articles of the conflict, walked through an empty ledger, raise one alert of the right kind, in"
        " the other order of arrival too; only a reversal must not be raised by an old statement that arrives late.",
        "- *Silent*: those of its harmless twin raise none in either order.",
        "- *Told apart*: both.",
        "- *Scored apart*: the comparison alone puts the conflict above its twin.",
        "",
        "| capability | pairs | raised | silent | told apart | scored apart |",
        "|---|---|---|---|---|---|",
        *(_row(name, group) for name, group in by_capability(all_).items()),
        _row("**all**", all_),
        "",
    ]
    arrivals = [same for one in all_ for same in one.orders[:2]]
    scores = [same for one in all_ for same in one.orders[2:]]
    lines += [
        f"The order of arrival was treated as it should be in {_of(arrivals)} situations, that of the two statements in"
        f" {_of(scores)} comparisons; {sum(one.turned_round for one in all_)} alerts showed the later words as the"
        " earlier ones.",
        "",
    ]
    alarms = [one.pair.name for one in all_ if not one.silent]
    lines += [f"Harmless situations that raise an alert: {len(alarms)}{'.' if not alarms else ':'}", ""]
    lines += [f"- {name}" for name in alarms] + [""] * bool(alarms)
    return "\n".join(lines)


def beside(fresh: Sequence[Outcome]) -> str:
    """How the pairs on subjects of their own went, that no test asks for."""
    lines = [
        f"Of {len(fresh)} more pairs on other subjects (`tests/checklist/fresh`: water rights, school fees, rail strikes,"
        " vaccine mandates, bank bail-outs, a postponed election), written before the rules were last changed, of"
        " which one was read while they were:",
        "",
        "| | pairs | raised | silent | told apart | scored apart |",
        "|---|---|---|---|---|---|",
        _row("fresh", fresh),
        "",
    ]
    return "\n".join(lines)


def _row(name: str, group: Sequence[Outcome]) -> str:
    counts = [
        sum(one.raised for one in group),
        sum(one.silent for one in group),
        sum(one.told_apart for one in group),
        sum(one.scored_apart for one in group),
    ]
    return f"| {name} | {len(group)} | {' | '.join(f'{n} ({100 * n / len(group):.0f} %)' for n in counts)} |"


def _of(same: Sequence[bool]) -> str:
    return f"{sum(same)} of {len(same)}"


def _failed(all_: Iterable[Outcome]) -> Iterable[str]:
    for one in all_:
        if not (one.told_apart and one.scored_apart):
            yield (
                f"{one.pair.name}\n"
                f"    conflict ({' or '.join(one.pair.kinds)}): {_shown(one.conflict_kinds)}{', turned round' * one.turned_round}"
                f"; score {one.conflict_scores[0]:.2f}, {one.conflict_why}\n"
                f"    harmless (silence): {_shown(one.harmless_kinds)}; score {one.harmless_scores[0]:.2f}, {one.harmless_why}"
            )


def _shown(kinds: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    forward, backward = (" + ".join(one) or "nothing" for one in kinds)
    return forward if forward == backward else f"{forward}; {backward} when the later words arrive first"


def floors(all_: Sequence[Outcome], old: dict[str, dict[str, int]]) -> str:
    """The floors as a file: what is reached now, and never less than what was asked before."""
    lines = [
        "# What `make test` asks of each capability of the checklist: at least so many pairs told apart and scored apart.",
        "# `python tests/checklist/measure.py --floors` raises them; lowering one is a decision, with its reason in the commit.",
    ]
    for name, group in by_capability(all_).items():
        asked = old.get(name, {})
        told = max(asked.get("told_apart", 0), sum(one.told_apart for one in group))
        scored = max(asked.get("scored_apart", 0), sum(one.scored_apart for one in group))
        lines += ["", f'["{name}"]', f"told_apart = {told}", f"scored_apart = {scored}"]
    return "\n".join(lines) + "\n"


def written(page: str, part: str) -> str:
    """The page with this part in the place of the one it had, or at its end."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before.rstrip()}\n\n{BEGIN}\n\n{part}\n{END}\n{after.lstrip()}"


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write."""
    if unknown := set(arguments) - {"--failed", "--floors"}:
        sys.stderr.write(f"unknown: {' '.join(sorted(unknown))}; there are --failed and --floors\n")
        return 2
    all_ = outcomes()
    part = f"{section(all_)}\n{beside(outcomes(FRESH))}"
    print(part)
    PAGE.write_text(written(PAGE.read_text("utf-8"), part), "utf-8")
    if "--failed" in arguments:
        print("\n".join(_failed(all_)))
    if "--floors" in arguments:
        old = tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
        FLOORS.write_text(floors(all_, old), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
