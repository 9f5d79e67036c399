"""Editors merge and split topics; what they did is on record, binds later filing, and can be taken back."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from typing import Any

import pytest
from ledger_sample import DAY, IDA, LATER, MARA, NO, NOW, TILO, YES, conflict, on_day, record, told

from bot import meaning, positions
from bot.ledger import Ledger, LedgerError
from bot.model import MADE, Position


def story(quote: str, name: str, topic: str, party: Any = MARA, day: int = 1, **more: Any) -> Any:
    of, held = told(quote, name, party, **on_day(day))
    words = {"topic": topic, "topic_name": f"the {topic}", "proposition": topic, "proposition_text": topic}
    return of, replace(held, **words, **more)


def on(ledger: Ledger, topic: str) -> list[tuple[str, str, str]]:
    """Who is found under a topic: the article, and under which name it stands there."""
    return sorted((one.statement.source.article, one.topic, one.topic_name) for one in ledger.about(topic))


@pytest.fixture
def two(ledger: Ledger) -> Ledger:
    """A ledger with a remark on the bridge and two on the crossing."""
    stories = story(YES, "a", "bridge"), story(NO, "b", "crossing", IDA, 2), story(LATER, "c", "crossing", IDA, 3)
    record(ledger, *stories)
    return ledger


def test_a_merged_topic_is_found_under_either_name_and_counted_once(two: Ledger) -> None:
    change = two.merge_topics("crossing", "bridge", "U1", NOW)
    both = [(name, "bridge", "the bridge") for name in "abc"]
    assert (on(two, "bridge"), on(two, "crossing"), on(two, "the crossing")) == (both, both, both)
    assert [(one.topic, one.statements) for one in two.topics()] == [("bridge", 3)]
    known = two.who("korr", "crossing")
    assert known is not None
    assert {one.statement.source.article for one in known.positions} == {"b", "c"}
    assert (change.what, change.source, change.target, change.by) == ("merged", "crossing", "bridge", "U1")
    assert "merged by U1 on 4 Mar 2025" in {one.link for one in two.about("bridge")}


def test_a_merge_that_is_undone_leaves_everything_as_it_was(two: Ledger) -> None:
    before = two.about("crossing"), two.about("bridge"), [one.link for one in two.about("crossing")]
    change = two.merge_topics("crossing", "bridge", "U1", NOW)
    undone = two.undo_topic_change(change.number, "U2", NOW + DAY)
    assert (two.about("crossing"), two.about("bridge"), [one.link for one in two.about("crossing")]) == before
    assert [(one.what, one.undoes) for one in two.topic_changes()] == [("merged", None), ("undone", change.number)]
    with pytest.raises(LedgerError, match="could be undone"):
        two.undo_topic_change(change.number, "U2", NOW)
    with pytest.raises(LedgerError, match="could be undone"):
        two.undo_topic_change(undone.number, "U2", NOW)


def test_what_is_filed_after_a_merge_follows_it_and_comes_back_with_its_undo(two: Ledger) -> None:
    change = two.merge_topics("crossing", "bridge", "U1", NOW)
    of, later = story(
        "The crossing is a matter for the harbour board and nobody else at all.", "d", "crossing", MARA, 4
    )
    with two.work() as work:
        work.article(of)
        work.statement(later.statement)
        assert work.filed(later).topic == "bridge"
        work.position(later)
        work.position(later)
        work.position(work.filed(later))
        work.commit()
    assert [name for name, *_ in on(two, "bridge")] == ["a", "b", "c", "d"]
    two.undo_topic_change(change.number, "U2", NOW)
    assert ([name for name, *_ in on(two, "crossing")], [name for name, *_ in on(two, "bridge")]) == (
        ["b", "c", "d"],
        ["a"],
    )
    assert two.status().positions == 4


def test_a_chain_of_merges_leads_to_its_end_and_a_link_of_it_can_be_undone(two: Ledger) -> None:
    record(two, story("The ferry will run until the work on the quay is done.", "f", "ferry", MARA, 5))
    first = two.merge_topics("crossing", "bridge", "U1", NOW)
    two.merge_topics("bridge", "ferry", "U1", NOW)
    assert [name for name, *_ in on(two, "crossing")] == ["a", "b", "c", "f"]
    two.undo_topic_change(first.number, "U1", NOW)
    assert [name for name, *_ in on(two, "ferry")] == ["a", "f"]
    assert [name for name, *_ in on(two, "bridge")] == ["a", "f"]
    assert [name for name, *_ in on(two, "crossing")] == ["b", "c"]


def test_merging_back_and_forth_loses_nobody(two: Ledger) -> None:
    two.merge_topics("crossing", "bridge", "U1", NOW)
    two.merge_topics("bridge", "crossing", "U1", NOW)
    assert [name for name, *_ in on(two, "bridge")] == ["a", "b", "c"] == [name for name, *_ in on(two, "crossing")]
    assert {topic for _, topic, _ in on(two, "bridge")} == {"crossing"}


def test_a_topic_is_split_and_the_split_undone(two: Ledger) -> None:
    apart = next(one for one in two.about("crossing") if one.statement.source.article == "c")
    change = two.split_topic([apart], "the end of the work", "U1", NOW)
    assert change.target is not None
    assert on(two, change.target) == [("c", change.target, "the end of the work")]
    assert [name for name, *_ in on(two, "crossing")] == ["b"]
    two.merge_topics("crossing", "bridge", "U1", NOW)
    assert [name for name, *_ in on(two, "bridge")] == ["a", "b"]
    two.undo_topic_change(change.number, "U1", NOW)
    assert [name for name, *_ in on(two, "bridge")] == ["a", "b", "c"]


def test_a_moved_position_is_the_same_one_when_it_is_met_again(two: Ledger) -> None:
    read = story(LATER, "c", "crossing", IDA, 3)[1]
    two.merge_topics("crossing", "bridge", "U1", NOW)
    moved = next(one for one in two.about("bridge") if one.statement.source.article == "c")
    early = next(one for one in two.about("bridge") if one.statement.source.article == "a")
    with two.work() as work:
        work.position(read)
        assert work.filed(read) == moved
        assert work.conflicts([conflict(moved, early)])
        work.commit()
    assert two.status().positions == 3


def test_near_finds_what_was_merged_into_the_topic(two: Ledger) -> None:
    stranger = replace(IDA, official="ullin", name="Ulla Lin", side="norre")
    _, fresh = story("The bridge is needed by all who live on the islands.", "fresh", "bridge", stranger, 6)
    two.merge_topics("crossing", "bridge", "U1", NOW)
    with two.work() as work:
        assert {one.statement.source.article for one in work.near(fresh)} == {"a", "b", "c"}


def test_a_linked_position_stands_where_it_was_linked_and_says_why(two: Ledger) -> None:
    of, read = story("It must be built, and soon, for the islands cannot wait.", "e", "made-soon", MARA, 6)
    linked = replace(read, topic="bridge", topic_name="the bridge", link="like a remark of 1 Mar, 0.83")
    with two.work() as work:
        work.article(of)
        work.statement(read.statement)
        work.position(read, linked)
        work.position(read)
        work.commit()
    found = next(one for one in two.about("bridge") if one.statement.source.article == "e")
    assert (found, found.link) == (linked, "like a remark of 1 Mar, 0.83")
    assert two.status().positions == 4
    assert two.about("made-soon") == ()


@pytest.mark.parametrize(("source", "target"), [("crossing", "weather"), ("weather", "bridge"), ("bridge", "bridge")])
def test_a_merge_of_what_is_not_there_is_refused(two: Ledger, source: str, target: str) -> None:
    with pytest.raises(LedgerError, match="topic"):
        two.merge_topics(source, target, "U1", NOW)
    assert two.topic_changes() == ()


def test_a_split_of_what_is_not_on_record_is_refused(two: Ledger) -> None:
    _, absent = told("Nobody has ever written this down in any paper.", "z")
    for some in ((), (absent,)):
        with pytest.raises(LedgerError):
            two.split_topic(some, "apart", "U1", NOW)
    assert two.topic_changes() == ()


def test_what_editors_did_with_topics_is_never_rewritten(two: Ledger) -> None:
    two.merge_topics("crossing", "bridge", "U1", NOW)
    for action in ("UPDATE topic_change SET by = 'U9'", "DELETE FROM topic_change"):
        with pytest.raises(LedgerError, match="never changed"), two._writing() as connection:
            connection.exec_driver_sql(action.replace(" by ", ' "by" '))
    assert two.topic_changes()[0].by == "U1"


def walk(ledger: Ledger, of: Any, fresh: Position) -> None:
    """Put a story on record as the pipeline does: under the question of what it is like, where it is like something."""
    with ledger.work() as work:
        work.article(of)
        work.statement(fresh.statement)
        read = work.filed(fresh)
        filed, like = positions.placed(read, work.near(read))
        work.position(fresh, filed, like)
        work.commit()


def meant(quote: str, name: str, topic: str, party: Any, day: int, *, near: float = 1.0) -> tuple[Any, Position]:
    """A story on a question made from its words, whose meaning is so near to that of the others."""
    of, held = story(quote, name, MADE + topic, party, day)
    far = (1 - near * near) ** 0.5
    return of, replace(held, meaning=meaning.of([near, far if day % 2 else -far, *[0.0] * 382]))


@pytest.fixture
def made(ledger: Ledger) -> Ledger:
    """A ledger with two remarks on the bridge and one on the crossing, as read by a network."""
    crossing = meant("The crossing can wait until the spring tides are over and done with.", "b", "crossing", IDA, 2)
    record(ledger, meant(YES, "a", "bridge", MARA, 1, near=0.9), crossing)
    return ledger


def test_what_was_filed_by_its_likeness_while_topics_were_merged_goes_back_with_what_it_is_like(made: Ledger) -> None:
    change = made.merge_topics(f"{MADE}crossing", f"{MADE}bridge", "U1", NOW)
    walk(made, *meant("Spring tides or not, that work will have to wait its turn.", "d", "tides", TILO, 4, near=0.9))
    assert [name for name, *_ in on(made, f"{MADE}bridge")] == ["a", "b", "d"]
    made.undo_topic_change(change.number, "U2", NOW)
    assert [name for name, *_ in on(made, f"{MADE}bridge")] == ["a"]
    assert [name for name, *_ in on(made, f"{MADE}crossing")] == ["b", "d"]


def test_what_was_read_into_a_merged_topic_goes_back_to_its_own_when_the_merge_is_undone(made: Ledger) -> None:
    change = made.merge_topics(f"{MADE}crossing", f"{MADE}bridge", "U1", NOW)
    walk(
        made, *story("The crossing is the harbour board’s own affair and ours alone.", "e", f"{MADE}crossing", TILO, 5)
    )
    assert [name for name, *_ in on(made, f"{MADE}bridge")] == ["a", "b", "e"]
    made.undo_topic_change(change.number, "U2", NOW)
    assert [name for name, *_ in on(made, f"{MADE}crossing")] == ["b", "e"]


def test_what_was_filed_with_what_was_split_off_goes_back_with_it(made: Ledger) -> None:
    change = made.split_topic(made.about(f"{MADE}crossing"), "waiting for the spring", "U1", NOW)
    assert change.target is not None
    walk(made, *meant("Spring tides or not, that work will have to wait its turn.", "d", "tides", TILO, 4, near=0.9))
    assert [name for name, *_ in on(made, change.target)] == ["b", "d"]
    made.undo_topic_change(change.number, "U2", NOW)
    assert [name for name, *_ in on(made, f"{MADE}crossing")] == ["b", "d"]


def test_one_more_report_of_a_remark_stands_where_the_first_one_does_and_moves_with_it(made: Ledger) -> None:
    of, held = meant("The crossing can wait until the spring tides are over and done with.", "c", "waiting", IDA, 2)
    with made.work() as work:
        work.article(of)
        assert not work.statement(held.statement)
        work.report(held)
        work.commit()

    def stands() -> tuple[str, str]:
        (one,) = made.positions_of(held.statement)
        return one.topic, one.link

    assert stands() == (f"{MADE}crossing", "another report of a remark on record")
    change = made.merge_topics(f"{MADE}crossing", f"{MADE}bridge", "U1", NOW)
    assert stands()[0] == f"{MADE}bridge"
    made.undo_topic_change(change.number, "U1", NOW)
    assert stands() == (f"{MADE}crossing", "another report of a remark on record")


def test_what_is_told_in_every_article_takes_no_more_memory_however_often(made: Ledger) -> None:
    def again(names: range) -> int:
        """Put such articles on record; the most memory, in bytes, that it takes to file another one."""
        with made.work() as work:
            for name in names:
                of, held = meant("The crossing can wait until the spring tides are done.", f"r{name}", "waits", IDA, 2)
                work.article(of)
                work.statement(held.statement)
                work.report(held)
            work.commit()
        of, held = meant("The crossing can wait until the spring tides are done.", f"n{names[0]}", "waits", IDA, 2)
        with made.work() as work:
            work.article(of)
            assert not work.statement(held.statement), "it is one more report of the remark"
            work.filed(held)
            tracemalloc.start()
            try:
                assert work.filed(held).topic == f"{MADE}crossing"
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    few = again(range(50))
    assert again(range(50, 100)) < few * 1.2


def test_a_report_on_a_topic_that_the_configuration_names_stays_there(made: Ledger) -> None:
    of, held = story("The crossing can wait until the spring tides are over and done with.", "c", "tides", IDA, 2)
    with made.work() as work:
        work.article(of)
        work.statement(held.statement)
        work.report(held)
        work.commit()
    assert on(made, "tides") == [("c", "tides", "the tides")]
