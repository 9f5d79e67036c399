"""A text that is let go leaves its quotations provable, with what stood around them, and nothing else of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_sample import DAY, MARA, NO, NOW, article, position, raised, record, source, statement, told
from sqlalchemy import event

from bot.ledger import Ledger, Unproven
from bot.ledger.keeping.inspection import Tally
from bot.ledger.keeping.retention import AROUND, excerpts
from bot.ledger.record.texts import GONE
from bot.model import Fate

SECRET = "Seagulls circle above the granary. "
LATER = NOW + 400 * DAY
LONG = article(SECRET * 40 + f"Mara Velden spoke. “{NO}” {SECRET * 40}A heron stands there. {SECRET}", "long")
HELD = position(statement(LONG, NO, MARA))


def emptied(ledger: Ledger) -> int:
    """Let go of everything, and how many texts that were."""
    total = 0
    while some := ledger.let_go(LATER, LATER):
        total += some
    return total


def faults(ledger: Ledger) -> tuple[list[str], int]:
    tally = Tally()
    return [one.says for one in ledger.inspect(tally)], tally.gone


def test_quotations_hold_after_the_text_is_gone(ledger: Ledger) -> None:
    alert = ledger.alert(raised(ledger))
    record(ledger, (LONG, HELD))
    assert alert is not None
    assert emptied(ledger) == 3
    assert emptied(ledger) == 0
    assert ledger.alert(1001) == alert
    assert ledger.verify(alert) == ()
    assert [(one.fault, one.let_go) for one in ledger.proofs(alert)] == [("", LATER)] * 2
    assert faults(ledger) == ([], 3)
    text = ledger.text_of(LONG.text_hash) or ""
    assert HELD.statement.span.of(text) == NO
    assert 3 * AROUND - 40 <= len(text.replace(GONE, "")) - len(NO) <= 3 * AROUND  # her name stands far above
    assert ledger.let_go_on(LONG.text_hash) == LATER
    assert ledger.let_go_on("0") is None


def test_only_what_was_read_before_goes_and_in_small_batches(ledger: Ledger) -> None:
    for number in range(5):
        record(ledger, told(f"Remark {number} on the bridge of the strait.", f"a{number}"))
    assert ledger.let_go(NOW, LATER) == 0
    assert [ledger.let_go(LATER, LATER, limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_an_altered_excerpt_is_found(ledger: Ledger) -> None:
    record(ledger, (LONG, HELD))
    emptied(ledger)
    with ledger._writing() as connection:
        sqlite = connection.dialect.name == "sqlite"
        connection.exec_driver_sql(f"DROP TRIGGER excerpt_{'no_update' if sqlite else 'is_final ON excerpt'}")
        connection.exec_driver_sql("UPDATE excerpt SET text = replace(text, 'no money', 'my money')")
    assert faults(ledger)[0][0] == "it was altered"


def test_what_comes_later_to_a_text_that_is_gone_is_still_proven(ledger: Ledger) -> None:
    record(ledger, (LONG, HELD))
    emptied(ledger)
    within = statement(LONG, "we have decided to stop the work", MARA)
    outside = statement(LONG, "A heron stands there.", MARA)
    with ledger.work() as work:
        assert work.knows(LONG)  # the same text once more is still known
        work.statement(within)
        with pytest.raises(Unproven):
            work.statement(outside)
        work.commit()
    assert faults(ledger) == ([], 1)


def test_words_that_were_seen_again_in_a_later_version_stay_at_their_place(ledger: Ledger) -> None:
    record(ledger, (LONG, HELD))
    edited = article("The harbour was calm. " + LONG.text, "long")
    with ledger.work() as work:
        newest = work.newest(edited)
        assert newest is not None
        work.version(edited, newest)
        moved = statement(edited, NO, MARA)
        work.fate(Fate(statement=HELD.statement, became="kept", now=moved), source(edited), NOW)
        work.commit()
    assert emptied(ledger) == 2
    assert moved.span.of(ledger.text_of(edited.text_hash) or "") == NO


def test_nothing_of_the_text_is_left_in_the_file(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    marks = [f"a rumour that is not on record {number}" for number in range(40)]
    far = " ".join(marks)
    of = article(f"Mara Velden spoke. “{NO}” " + SECRET * 20 + far, "rumour")
    with Ledger.open(str(place)) as ledger:
        record(ledger, (of, position(statement(of, NO, MARA))))
        emptied(ledger)
        assert ledger.forget_pages()
        left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert NO.encode() in left
    assert not [mark for mark in marks if mark.encode() in left]


texts = st.text(st.sampled_from("ab \n“é"), min_size=1, max_size=1500)


@given(texts, st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 60)), max_size=6))
def test_excerpts_hold_every_place_lie_apart_and_stay_bounded(text: str, given_: list[tuple[int, int]]) -> None:
    places = [(min(start, len(text)), min(start + length, len(text))) for start, length in given_]
    kept = excerpts(text, places)
    for start, end in places:
        assert any(span.start <= start and end <= span.end for span in kept)
    assert all(a.end < b.start for a, b in pairwise(kept))
    assert sum(span.end - span.start for span in kept) <= sum(end - start + 2 * AROUND for start, end in places)


def test_what_was_let_go_is_not_walked_through_to_find_what_is_kept(ledger: Ledger) -> None:
    for number in range(5):
        record(ledger, told(f"Remark {number} on the bridge of the strait.", f"a{number}"))
    asked: list[tuple[str, object]] = []
    event.listen(ledger._engine, "before_cursor_execute", lambda *all_: asked.append((all_[2], all_[3])))
    assert ledger.let_go(NOW, LATER) == 0
    (sought,) = [one for one in asked if "let_go IS NULL" in one[0]]
    with ledger._engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sought[0]}", sought[1]).all()
        else:
            for setting in ("enable_seqscan", "enable_sort"):  # so few rows are read at once
                connection.exec_driver_sql(f"SET LOCAL {setting} = off")
            plan = connection.exec_driver_sql(f"EXPLAIN {sought[0]}", sought[1]).all()
    assert "ix_article_kept" in str(plan)
