"""What a running service showed, minute by minute, and which alarms its rules would have raised by then.

Each scrape is a real one. Between two of them time passes on the tape alone: promtool, Prometheus' own tool, plays the
tape to the shipped rules as if the service had gone on showing what it showed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

RULES = Path(__file__).resolve().parents[2] / "deploy" / "prometheus" / "rules.yml"
Shown = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def promtool() -> str:
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("ALERT RULES NOT TESTED: promtool is not installed (Debian has it in the package prometheus)")
    return found


class Tape:
    """Scrapes as a Prometheus would, of one job with one instance for each address."""

    def __init__(self, folder: Path, *ports: int) -> None:
        self._tool = promtool()
        self._folder = folder
        self._ports = ports
        self._minutes: list[Shown] = []

    async def scrape(self, minutes: int = 1) -> Shown:
        """Ask every instance now; they go on showing the same for so many minutes."""
        shown: Shown = {}
        for port in self._ports:
            place = (("instance", f"127.0.0.1:{port}"), ("job", "onrecord"))
            try:
                async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as told:
                    text = await told.text() if told.status == 200 else None
            except aiohttp.ClientError:
                text = None
            shown["up", place] = float(text is not None)
            for family in text_string_to_metric_families(text or ""):
                for sample in family.samples:
                    shown[sample.name, (*sorted(sample.labels.items()), *place)] = sample.value
        self.play(shown, minutes)
        return shown

    def play(self, shown: Shown, minutes: int) -> None:
        """Have the service go on showing this."""
        self._minutes += [shown] * minutes

    def fires(self) -> set[str]:
        """The alarms that stand at the end of the tape, but for that of the loop: the machine may really be slow."""
        return self.all() - {"OnRecordLoopLag"}

    def all(self) -> set[str]:
        """The alarms that stand at the end of the tape."""
        asked = {
            "expr": 'count by (alertname) (ALERTS{alertstate="firing"})',
            "eval_time": f"{len(self._minutes) - 1}m",
            "exp_samples": [{"labels": "nobody_expects_this", "value": 1}],  # so that it says what it got instead
        }
        series = [{"series": name, "values": values} for name, values in self._series()]
        test = {"interval": "1m", "input_series": series, "promql_expr_test": [asked]}
        file = self._folder / "tape.json"  # which is YAML as well
        file.write_text(json.dumps({"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [test]}), "utf-8")
        done = subprocess.run([self._tool, "test", "rules", str(file)], capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        assert "got:" in said, said
        return set(re.findall(r'alertname="(\w+)"', said.partition("got:")[2]))

    def _series(self) -> Iterable[tuple[str, str]]:
        for key in sorted({key for minute in self._minutes for key in minute}):
            name, labels = key
            within = ",".join(f"{label}={json.dumps(value)}" for label, value in labels)
            yield f"{name}{{{within}}}", " ".join(str(minute.get(key, "_")) for minute in self._minutes)
