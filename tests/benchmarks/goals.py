"""Figures beside their goals, in build/bench.json, from whichever benchmark measured them."""

from __future__ import annotations

import json
import platform
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / "build" / "bench.json"


@dataclass(frozen=True)
class Figure:
    """One figure; `spread` is the least and the most of the rounds. More is better unless `less`."""

    name: str
    value: float
    goal: float | None
    spread: tuple[float, float]
    less: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether it is where it should be; None without a goal."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.less else self.value >= self.goal


def note(figure: Figure) -> None:
    """Put a figure down, in place of one of the same name, with the commit and the day."""
    FIGURES.parent.mkdir(exist_ok=True)
    kept = json.loads(FIGURES.read_text()) if FIGURES.exists() else []
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    row = {
        **asdict(figure),
        "reached": figure.reached,
        "commit": commit.stdout.strip(),
        "on": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
    }
    rows = [other for other in kept if other["name"] != figure.name] + [row]
    FIGURES.write_text(json.dumps(rows, indent=1) + "\n")
