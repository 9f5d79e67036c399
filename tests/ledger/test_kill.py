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

IN_STEPS = """
import sys
from ledger_sample import NOW, article
from bot.ledger import Ledger
from watchers.model import Look
with Ledger.open(sys.argv[1]) as ledger:
    print("ready", flush=True)
    number = ledger.status().articles
    while True:
        with ledger.work() as work:
            for number in range(number + 1, number + 6):
                one = article(f"Remark number {number}.", f"a{number}", keys=(f"k{number}",), feed="post")
                work.article(one)
                work.looked(one, Look(mark="m", at=NOW, since=NOW))
            work.commit()
        print(number, flush=True)
"""


def killed(writer: str, place: str, chance: random.Random) -> int:
    """How many articles it said were on record before it was killed in the midst of its work."""
    with subprocess.Popen(
        [sys.executable, "-c", writer, place],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parent)},
        cwd=Path(__file__).parents[2],
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        told = [running.stdout.readline() for _ in range(chance.randint(1, 30))]
        running.send_signal(signal.SIGKILL)
        return int((told + running.stdout.read().split())[-1])


def test_of_articles_that_go_on_record_together_a_kill_leaves_all_or_none_with_keys_and_looks(tmp_path: Path) -> None:
    place, chance = str(tmp_path / "a.db"), random.Random(3)  # noqa: S311 - the same kills each time
    for _ in range(3):
        acknowledged = killed(IN_STEPS, place, chance)
        with closing(sqlite3.connect(place)) as connection:
            counts = {
                connection.execute(f"SELECT count(DISTINCT {column}) FROM {table}").fetchone()  # noqa: S608 - ours
                for table, column in (("article", "id"), ("article_key", "article_id"), ("look", "article_id"))
            }
        ((count,),) = counts
        assert (count % 5, count >= acknowledged) == (0, True)


def test_acknowledged_commits_survive_kill_9(tmp_path: Path) -> None:
    place = str(tmp_path / "a.db")
    dice = random.Random(7)  # noqa: S311 - the same kills each time
    for _ in range(5):
        acknowledged = killed(WRITER, place, dice)
        with Ledger.open(place) as ledger:
            status = ledger.status()
            assert status.articles >= acknowledged  # one more may be committed and not yet told
            assert status.articles == status.statements == status.positions
        with closing(sqlite3.connect(place)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
