"""The roles of the service together are the service: what the site carries is told in Slack once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count

import aiohttp
import pytest
import pytest_asyncio
from postgres import Server
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from stage.house import House, working
from test_health import port  # noqa: F401  a fixture
from test_service import NO, YES, one_card

from bot.__main__ import main
from bot.demo.stories import with_invented_country
from bot.desk.watching import Watching
from bot.following import follow
from bot.ledger import InUse, Ledger, LedgerError
from bot.ledger.database.wakeups import Wakeups
from bot.ledger.flow.sources import SourceChange
from bot.ledger.people.roster import RosterChange
from config.schema import Feed
from config.settings import Health, Polling
from watchers.dispatch import Errand, Round

_numbers = count(1)


@pytest_asyncio.fixture
async def house(postgresql: Server) -> AsyncIterator[House]:
    async with working(postgresql.database(f"roles{next(_numbers)}", "model")) as up:
        up.adjust = with_invented_country
        yield up


async def test_what_two_workers_take_down_one_delivers_once(house: House) -> None:
    house.names = ["times", "courier"]
    house.stand.stand("times").items = [NO]
    courier = house.stand.stand("courier")
    async with house.open("deliver"), house.open("work"), house.open("work"), house.open("schedule"):
        await house.stand.looked_at("times", 2)
        courier.items = [YES]
        await one_card(house)
        with pytest.raises(InUse, match="there can be only one"):
            async with house.open("deliver"):
                pass  # pragma: no cover
    assert len(house.cards()) == 1


@pytest.mark.parametrize("role", ["work", "schedule"])
async def test_health_is_told_by_a_role_that_slack_does_not_speak_to(house: House, port: int, role) -> None:  # noqa: F811
    def adjust(config):
        settings = config.settings.model_copy(update={"health": Health(port=port)})
        return config.model_copy(update={"settings": settings})

    house.adjust = adjust
    async with house.open(role), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        told = {path: (answer := await session.get(path)).status for path in ("/healthz", "/readyz", "/metrics")}
        assert told == dict.fromkeys(told, 200)
        assert "onrecord_slack" not in await answer.text()


async def test_changes_made_in_slack_are_taken_up_by_who_follows_the_ledger(house: House) -> None:
    taken = asyncio.Event()

    async def take_up() -> None:
        taken.set()

    with Ledger.open(str(house.database)) as ledger:
        before = ledger.revision()
        following = asyncio.create_task(follow(ledger, before, take_up, every=0.01))
        now = datetime.now(UTC)
        source = SourceChange(
            source="a", what="added", name="A", url="https://a.example/", past="skip", by="U1", at=now
        )
        side = RosterChange(what="side", subject="A", content={"name": "A"}, by="U1", at=now)
        for act in (lambda: ledger.change_source(source), lambda: ledger.change_roster(side)):
            taken.clear()
            act()
            await asyncio.wait_for(taken.wait(), 10)
            assert ledger.revision() > before
            before = ledger.revision()
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following


def test_a_source_taken_away_and_added_otherwise_between_two_looks_begins_anew(tmp_path, blank_at) -> None:
    made: list[tuple[str, str | None]] = []
    with Ledger.open(blank_at(tmp_path / "a.db"), durable=False) as ledger:
        plan = Round(ledger.feed_states_of)

        def watcher(feed, past):
            made.append((feed.id, past))
            return Errand(feed, Polling(), None)

        watching = Watching(
            feeds=(Feed(id="b", name="B", url="https://b.example/"),), ledger=ledger, plan=plan, made=watcher
        )
        for whats, past in ((("added",), "skip"), (("removed", "suggested", "added"), "fill"), ((), "")):
            for what in whats:
                url, now = "https://a.example/", datetime.now(UTC)
                change = SourceChange(source="a", what=what, name="A", url=url, past=past, by="U1", at=now)
                assert ledger.change_source(change)[1]
            watching.take_up(watching.wanted())
    assert made == [("b", None), ("a", "skip"), ("a", "fill")]


async def test_who_may_not_make_the_schema_of_wake_ups_is_told_what_to_grant(postgresql: Server) -> None:
    name = f"roles{next(_numbers)}"
    place = postgresql.database(name, "model")
    engine = create_engine(place, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE ROLE low LOGIN")
        as_low = make_url(place).set(username="low").render_as_string(hide_password=False)
        with pytest.raises(LedgerError) as met:
            await Wakeups(as_low).prepare()
        remedy = f'GRANT CREATE ON DATABASE "{name}" TO "low"'
        assert remedy in str(met.value)
        connection.exec_driver_sql(remedy)
    engine.dispose()
    for _ in range(2):
        await Wakeups(as_low).prepare()


@pytest.mark.parametrize("role", ["schedule", "work", "deliver"])
def test_a_role_of_several_on_a_file_is_2_with_what_to_do(tmp_path, monkeypatch, capsys, role) -> None:
    (tmp_path / "onrecord.toml").write_text(f'[ledger]\npath = "{tmp_path / "record.db"}"\n', "utf-8")
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path))
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-local-0123456789")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-local-0123456789")
    assert main(["run", "--role", role]) == 2
    assert f"--role {role} needs the record in PostgreSQL" in capsys.readouterr().err
    assert not (tmp_path / "record.db").exists()
