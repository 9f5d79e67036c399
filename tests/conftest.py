"""What every test room may use."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled data beside the checkout; users do not have it, so tests that need it skip."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "bench").is_dir():
        pytest.skip("the labelled data (../shared) is not on this machine")
    return folder
