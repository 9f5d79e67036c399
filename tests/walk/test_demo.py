"""The demonstration ends by itself without a terminal, and tells the truth about what came."""

from __future__ import annotations

import subprocess
import sys


def test_the_demonstration_shows_every_kind_of_alert_and_ends_with_0_without_a_terminal() -> None:
    shown = subprocess.run(
        [sys.executable, "-P", "-m", "bot", "demo"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert shown.returncode == 0, shown.stdout + shown.stderr
    for title in (
        "Peskov vs Trump on peacekeepers",
        "Marken, earlier and now, on the port toll",
        "Kolb vs Reede on the Northern Grid",
    ):
        assert title in shown.stdout
    assert "3 alerts" in shown.stdout
