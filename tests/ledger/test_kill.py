"""What was acknowledged is on disk, whenever the process is killed."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from bot.ledger import Ledger

WRITER = """
import sys
from ledger_sample import record, told
from bot.ledger import Ledger
with Ledger.open(sys.argv[1]) as ledger:
    print("ready", flush=True)
    number = ledger.status().articles
    while True:
        record(ledger, told(f"Remark number {number} on the bridge of the strait.", f"a{number}"))
        number += 1
        print(number, flush=True)
"""


def test_acknowledged_commits_survive_kill_9(tmp_path: Path) -> None:
    place = str(tmp_path / "a.db")
    acknowledged = 0
    dice = random.Random(7)  # noqa: S311 - the same kills each time
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, place],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(Path(__file__).parent)},
            cwd=Path(__file__).parents[2],
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            for _ in range(dice.randint(1, 30)):
                acknowledged = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
            rest = writer.stdout.read().split()
            acknowledged = int(rest[-1]) if rest else acknowledged
        with Ledger.open(place) as ledger:
            status = ledger.status()
            assert status.articles >= acknowledged  # one more may be committed and not yet told
            assert status.articles == status.statements == status.positions
        with closing(sqlite3.connect(place)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
