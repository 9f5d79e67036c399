"""The API against its own OpenAPI document: whatever is sent to it, it answers as the document says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from answering_api import TOKEN, Api

from bot.web.api.places import ROOT

CAMPAIGN = 100  # requests of each kind for each place: ten minutes or so


def schemathesis(api: Api, cwd: Path, *more: str) -> str:
    """A run against the running API; what it says where it finds anything. Its figures are printed (`pytest -rP`)."""
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{api.url}{ROOT}/openapi.json"),
        *("--header", f"Authorization: Bearer {TOKEN}", "--continue-on-failure", *more),
    ]
    told = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    print(told.stdout[-2500:])
    return "" if told.returncode == 0 else told.stdout[-12000:] + told.stderr[-2000:]


def test_a_short_run_of_schemathesis_finds_nothing(api: Api, tmp_path: Path) -> None:
    told = schemathesis(api, tmp_path, "--phases", "examples,fuzzing", "--max-examples", "2")
    assert told == ""


@pytest.mark.campaign
def test_a_long_run_of_schemathesis_finds_nothing(api: Api, tmp_path: Path) -> None:
    assert schemathesis(api, tmp_path, "--max-examples", str(CAMPAIGN)) == ""
