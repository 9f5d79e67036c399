"""A process can be made to die at a named step, in a test and nowhere else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import bot
import watchers
from bot.__main__ import main
from config import failpoint
from config.faults import ConfigError

ROOT = Path(__file__).parents[2]
PASSING = """
import os
from config import failpoint
failpoint.arm(os.environ, local=True)
for number in range(5):
    failpoint.reached("posted")
    failpoint.reached("committed")
    print(number, flush=True)
"""


def test_the_process_dies_without_a_word_when_the_step_is_reached_so_often() -> None:
    environ = {**os.environ, "ONRECORD_FAILPOINT": "committed:3"}
    done = subprocess.run(
        [sys.executable, "-c", PASSING], check=False, cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, "0\n1\n", "")


def test_unset_it_costs_nothing_and_kills_nobody() -> None:
    failpoint.arm({}, local=False)
    for point in failpoint.POINTS:
        failpoint.reached(point)


@pytest.mark.parametrize("wanted", ["comitted", "committed:0", "committed:x", ":2"])
def test_a_step_that_does_not_exist_is_named_with_those_that_do(wanted: str) -> None:
    with pytest.raises(ConfigError, match=r"ONRECORD_FAILPOINT: .* is none of downloaded, extracted, ") as caught:
        failpoint.arm({"ONRECORD_FAILPOINT": wanted}, local=True)
    assert wanted in str(caught.value)


def test_a_service_on_the_real_slack_refuses_to_start_with_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ONRECORD_FAILPOINT", "posted")
    assert main(["run"]) == 2
    said = capsys.readouterr().err
    assert "ONRECORD_FAILPOINT: kills the service on purpose" in said
    assert "unset it" in said


def test_every_step_is_passed_somewhere() -> None:
    rooms = [Path(str(room.__file__)).parent for room in (bot, watchers)]
    code = "".join(path.read_text("utf-8") for room in rooms for path in room.rglob("*.py"))
    assert "def " in code
    assert {point for point in failpoint.POINTS if f'reached("{point}")' not in code} == set()
