"""What was edited by its outlet, corrected by the desk or merged shows once, as it stands; what it was stays reachable."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from archive_story import MARSH, REMARKS, VELDEN, put, remark
from strait_story import NOW, article, source

from bot.mending import Mended
from bot.model import Fate

OLD = REMARKS[6][3]
NEW = "We may support monitors at the strait one day"


def held(ledger):
    """The position that Velden's newest words on record show."""
    return ledger.behind(1001).conflict.fresh


def stands(text: str) -> list[str]:
    """Which of the two wordings a list of statements shows."""
    return [words for words in (OLD, NEW) if words in text.partition("<h2>Statements")[2]]


async def shows_what_stands(open_house, done: str) -> None:
    """Each list has the new words alone; the alert on the old ones says what was done to them."""
    for path in ("/p/mara-velden", "/t/strait-monitors", "/p/mara-velden/on/strait-monitors", "/search?q=support"):
        _, text = await open_house.get(path)
        assert stands(text) == [NEW], path
    _, alert = await open_house.get("/a/OR-1001")
    assert OLD in alert
    assert done in alert


async def test_words_that_an_outlet_edited_show_as_they_are_now_and_stay_where_they_were_cited(open_house, ledger):
    fresh = remark(VELDEN, date(2030, 9, 14), "conditional", NEW, 6)
    said = fresh.statement
    text = f"{said.before} “{said.quote},” {said.speaker.as_written} said. {said.after}"
    later = NOW + timedelta(days=1)
    edited = replace(
        article(text, "story-6", said.source.outlet, datetime(2030, 9, 14, 17, tzinfo=UTC)), retrieved=later
    )
    now = replace(said, source=source(edited))
    old = held(ledger).statement
    with ledger.work() as work:
        version = work.version(edited, work.newest(edited))
        work.statement(now, old)
        work.position(replace(fresh, statement=now))
        work.fate(Fate(statement=old, became="changed", now=now), version, later)
        work.commit()
    await shows_what_stands(open_house, "the outlet changed these words, as seen on 26 Feb 2031")
    status, earlier = await open_house.get(f"/api/v1/statements/{old.key}")
    assert status == 200
    assert "the outlet changed these words" in earlier


async def test_a_statement_that_the_desk_corrected_shows_as_it_is_now_and_the_log_tells_what_it_was(open_house, ledger):
    before = held(ledger)
    fresh = remark(MARSH, date(2030, 9, 14), "for", OLD, 6)
    now = replace(before.statement, speaker=replace(before.statement.speaker, party=MARSH), holder=MARSH, mended=1)
    with ledger.work() as work:
        change = Mended(field="speaker", old="Mara Velden", new="Ilse Marsh")
        work.mend(before.statement, now, [change], by="U0ADA", why="she quoted her", now=NOW)
        work.position(replace(fresh, statement=now))
        work.commit()
    _, hers = await open_house.get("/p/ilse-marsh")
    _, not_hers = await open_house.get("/p/mara-velden")
    assert (stands(hers), stands(not_hers)) == ([OLD], [])
    _, topic = await open_house.get("/t/strait-monitors")
    assert topic.partition("<h2>Statements")[2].count(OLD) == 1
    _, alert = await open_house.get("/a/OR-1001")
    assert "the desk corrected this statement on 25 Feb 2031" in alert
    _, log = await open_house.get("/audit?log=statements")
    assert "Statement corrected by U0ADA" in log
    assert "speaker: Mara Velden → Ilse Marsh" in log


async def test_a_merged_topic_is_listed_once_and_its_old_address_leads_to_what_it_is_now(open_house, ledger):
    words = "The port needs its dues before any monitors"
    other = remark(MARSH, date(2030, 12, 30), "for", words, 77)
    put(ledger, replace(other, topic="port-dues", topic_name="the dues of the port"))
    _, listed = await open_house.get("/topics")
    assert "/t/port-dues" in listed
    ledger.merge_topics("port-dues", "strait-monitors", "U0ADA", NOW)
    for path in ("/t/port-dues", "/t/strait-monitors", "/t/the%20dues%20of%20the%20port"):
        _, text = await open_house.get(path)
        assert "<h1>monitors at the strait</h1>" in text, path
        assert words in text, path
        assert "the dues of the port" in text, "what was merged is said"
    _, listed = await open_house.get("/topics")
    assert ("/t/strait-monitors" in listed, "/t/port-dues" in listed) == (True, False)
