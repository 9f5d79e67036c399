"""What `onrecord backup` and `onrecord restore` leave behind when they are killed with -9, at a named step or anywhere.

Each kill befalls a ledger as a killed service leaves it, with its write-ahead log beside it. Whatever is killed, the old
ledger or the new one stands whole, and the same command given again ends well. A process of its own, which forks.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from ledger_sample import raised, record, told

import bot.ledger.interchange.copies
import bot.slack.web_api.client  # noqa: F401  what the commands import when they are given
from bot.__main__ import main
from bot.ledger import Ledger, LedgerError
from bot.ledger.keeping.inspection import Tally

COPIES = ("in-backup", "in-restore", "kept", "restored")  # the steps that no service comes to
ANYWHERE = "anywhere"
LOST = 0.25  # of the restores: the ledger's own file is gone, and its write-ahead log is not
OLD, NEW = 3, 2  # texts in the ledger, and in the copy that is to replace it
SETTINGS = '[ledger]\npath = "{ledger}"\n\n[slack]\nbase_url = "http://127.0.0.1:9/api/"\n'


class Came(TypedDict):
    """How often each step was killed at, and what was wrong."""

    kills: dict[str, int]
    wrong: list[str]


def apart(each: int, *, anywhere: int, seed: int = 1) -> Came:
    """Run this file."""
    given = [sys.executable, "-P", __file__, str(each), str(anywhere), str(seed)]
    here = Path(__file__).parent
    paths = os.pathsep.join(map(str, (here.parents[1], here, here.parent / "ledger")))
    made = subprocess.run(given, env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.PIPE, check=False)
    found: Came = json.loads(made.stdout or b'{"kills": {}, "wrong": ["it broke off"]}')
    return found


class Copying:
    """A ledger, a backup of an earlier state of it, and the command that is killed."""

    def __init__(self, folder: Path, command: str) -> None:
        self.command = command
        self.gone = False  # the ledger's own file, of which the write-ahead log is still there
        self.ledger, self.backup, self.target = folder / "a.db", folder / "old.backup", folder / "new.backup"
        self.config = folder / "config"
        self.config.mkdir(parents=True, exist_ok=True)
        (self.config / "onrecord.toml").write_text(SETTINGS.format(ledger=self.ledger))

    def given(self, command: str, file: Path, point: str = ""):
        """The command as a user gives it."""

        def give() -> int:
            os.environ.update({"ONRECORD_CONFIG": str(self.config), "ONRECORD_FAILPOINT": point})
            return main([command, str(file)])

        return give

    def again(self, point: str = ""):
        return self.given(self.command, self.target if self.command == "backup" else self.backup, point)

    def lose(self) -> None:
        """Let somebody have put the ledger's own file away, as one that will not open."""
        self.gone = True
        self.ledger.rename(self.ledger.with_name("broken.db"))

    def wrong(self) -> list[str]:
        """What does not hold after a kill, before and after the command is given again."""
        found = []
        copied = self.target.exists()
        there = OLD if self.gone and not self.ledger.exists() else texts(self.ledger)
        if there != OLD and not (self.command == "restore" and there == NEW):
            found.append(f"neither the old nor the new ledger stands there: {there}")
        if copied and texts(self.target) != OLD:
            found.append("half a backup has the name of a whole one")
        if not copied and (code := ended(self.again())) != 0:
            found.append(f"given again it ended with {code}")
        if texts(self.target if self.command == "backup" else self.ledger) != (
            OLD if self.command == "backup" else NEW
        ):
            found.append("given again it did not do what it says")
        if self.gone:  # with its log again, it is the old one
            for log in sorted(self.ledger.parent.glob("a.db.before-restore-*-wal"))[-1:]:
                self.ledger.with_name("broken.db").rename(log.with_name(log.name.removesuffix("-wal")))
        kept = [
            texts(one)
            for one in self.ledger.parent.glob("a.db.before-restore-*")
            if not one.name.endswith(("-wal", "-shm"))
        ]
        if self.command == "restore" and OLD not in kept:
            found.append(f"the old ledger is not kept: {kept}")
        return found


def texts(place: Path) -> int | str:
    """How many texts a ledger holds that is whole, or why it is not."""
    tally = Tally()
    try:
        with Ledger.look_into(str(place)) as ledger:
            faults = [fault.says for fault in ledger.inspect(tally)]
    except LedgerError as error:
        return str(error)
    return "; ".join(faults) or tally.proven["texts"]


def ended(act, after: float | None = None) -> int:
    """How a child ended that did this, or was killed after so many seconds."""
    child = os.fork()
    if child == 0:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        code = 1
        try:
            code = act()
        finally:
            os._exit(code)  # nothing is closed: what is open is left as a kill leaves it
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def made(folder: Path) -> Path:
    """A ledger, its backup, and in the ledger what was read after it, as a service leaves it that is killed."""
    copying = Copying(folder, "backup")

    def killed() -> int:
        record(Ledger.open(str(copying.ledger)), told("Read after the backup was made.", "late"))
        return 0

    with Ledger.open(str(copying.ledger), durable=False) as ledger:
        raised(ledger)
    assert ended(copying.given("backup", copying.backup)) == 0
    assert ended(killed) == 0
    assert copying.ledger.with_name("a.db-wal").stat().st_size
    return folder


def campaign(points: Iterable[str], seed: int = 1) -> tuple[Counter[str], list[str]]:
    """Kill at each of these steps, or anywhere; how often that was done, and what was wrong."""
    dice = random.Random(seed)
    done: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="onrecord-copy-") as folder:
        sample = made(Path(folder, "sample"))
        for turn, point in enumerate(points):
            command = {"in-backup": "backup", ANYWHERE: dice.choice(["backup", "restore"])}.get(point, "restore")
            copying = Copying(Path(shutil.copytree(sample, Path(folder, str(turn)))), command)
            if command == "restore" and dice.random() < LOST:
                copying.lose()
            if point == ANYWHERE:
                ended(copying.again(), after=dice.uniform(0, 0.25))
            elif (code := ended(copying.again(point))) != -signal.SIGKILL:
                wrong.append(f"{point}: it ended with {code} and was not killed")
            done[point] += 1
            wrong += [f"{point}, {command}: {what}" for what in copying.wrong()]
    return done, wrong


if __name__ == "__main__":
    each, anywhere, seed = map(int, sys.argv[1:])
    done, wrong = campaign([*COPIES * each, *[ANYWHERE] * anywhere], seed)
    print(json.dumps({"kills": done, "wrong": wrong}))
