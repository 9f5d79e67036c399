"""The demonstration ends by itself without a terminal, and tells the truth about what came."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest


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


@pytest.mark.campaign
def test_the_demonstration_stays_up_when_asked_and_ends_with_0_on_ctrl_c() -> None:
    command = [sys.executable, "-P", "-m", "bot", "demo", "--stay"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        for line in demo.stdout:
            if "Ctrl-C ends it" in line:
                break
        assert demo.poll() is None
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=30) == 0
