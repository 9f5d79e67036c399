"""A ledger that runs out of room is told before anything fails, with what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console
from stage.house import House

from bot.ledger import LedgerError
from bot.ledger.database.engine import WAL_BYTES
from bot.print import show_status
from bot.slack.blocks import answers


async def test_a_reader_that_never_ends_is_an_alarm_until_it_does(house: House, caplog) -> None:
    operators = house.workspace.add_channel("operators")
    house.adjust = lambda config: config.model_copy(
        update={
            "settings": config.settings.model_copy(
                update={"slack": config.settings.slack.model_copy(update={"operator_channel": operators.id})}
            )
        }
    )

    def grown() -> bool:
        printed = StringIO()
        status = ledger.status()
        show_status(Console(file=printed, soft_wrap=True), status)
        told = "write-ahead log has grown" in printed.getvalue()
        assert told == ("write-ahead log has grown" in str(answers.status(status, ())))
        return told

    def posts() -> list[str]:
        return [message.text for message in house.workspace.messages(operators.id)]

    def said() -> int:
        return sum("End it, and the log shrinks by itself" in line for line in caplog.messages)

    async with house.open() as service:
        ledger, chores = service.ledger, service.chores
        assert ledger is not None
        assert chores is not None
        with closing(sqlite3.connect(house.database)) as reader, closing(sqlite3.connect(house.database)) as writer:
            reader.execute("BEGIN").execute("SELECT count(*) FROM article").fetchall()
            writer.execute("CREATE TABLE growth (much BLOB)")
            writer.execute("INSERT INTO growth VALUES (zeroblob(70000000))")
            writer.commit()
            writer.execute("CREATE TRIGGER full BEFORE INSERT ON trouble BEGIN SELECT RAISE(FAIL, 'it is full'); END")
            with pytest.raises(LedgerError, match="full"):
                await chores.look_round()
            assert said() == 1, "what cannot be written down is said all the same"
            writer.execute("DROP TRIGGER full")
            for _ in range(2):
                await chores.look_round()
            for room in (ledger.room(), ledger.vitals().room):  # between the two the service may write
                assert room is not None
                assert room.log > WAL_BYTES
            assert grown()
        await house.workspace.wait_for(lambda: len(posts()) == 1)
        assert "write-ahead log has grown" in posts()[0]
        assert said() == 1
        writes = 0
        while grown() and writes < 100:  # somebody who writes soon finds nobody who reads
            ledger.canary_flown(datetime.now(UTC), 1.0, "")
            writes += 1
        assert not grown()
        await chores.look_round()
        await house.workspace.wait_for(lambda: len(posts()) == 2)
        assert "usual size" in posts()[1]
