"""Each public method on a locked, closed and full ledger: a `LedgerError`, and nothing half-written."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from ledger_sample import DAY, LATER, NOW, article, conflict, position, raised, record, source, told
from sqlalchemy import event

from bot.calibration import Rules
from bot.ledger import Change, Ledger, LedgerError, Routed, Target, Work
from bot.ledger.asked import HandedOut, Sought
from bot.ledger.browsing import Narrowed, Spoken
from bot.ledger.flow.sources import SourceChange
from bot.ledger.flow_records import Before
from bot.ledger.keeping.inspection import Tally
from bot.ledger.people.roster import RosterChange
from bot.mending import Mended
from bot.model import Fate, Statement
from watchers.model import Entry, FeedState, Look

ENTRY = Entry(feed="post", keys=("k" * 9000,), title="t" * 9000, url=None, published=None, summary="", full=False)


def work_on(use: Callable[[Work, Ledger], object]) -> Callable[[Ledger], object]:
    """The unit of work in which `use` is tried."""

    def run(ledger: Ledger) -> object:
        with ledger.work() as work:
            done = use(work, ledger)
            work.commit()
            return done

    return run


def some(ledger: Ledger):
    alert = ledger.conflicts()[0]
    return alert, alert.conflict


BIG = article("x" * 200_000, "big", keys=("big",))
STORY = told(LATER, "later")
LONG = Target(kind="topic", id="t" * 9000, name="a topic")
KNOWN = Entry(feed="post", keys=("guid:yes",), title="t", url=None, published=None, summary="", full=False)
EDITED = article("y" * 200_000, "yes")


def gone(work: Work) -> Fate:
    """A fate in the version at hand: the words are out."""
    if work.newest(EDITED).number == 1:
        work.version(EDITED, work.newest(EDITED))
    return Fate(statement=work.told("yes")[0][0], became="vanished", now=None)


CHANGE = Change(what="mend", by="U1", why="w" * 9000)


def mended(work: Work, said: Statement) -> None:
    """A correction of a statement."""
    new = replace(said, mended=1)
    work.mend(said, new, [Mended(field="date", old="o", new="n" * 9000)], by="U1", why="w", now=NOW)


def rehearsed(ledger: Ledger) -> bool:
    with ledger.rehearsal() as rehearsal:
        return rehearsal.knows(BIG) or rehearsal.statement(STORY[1].statement)


def of_one_moment(ledger: Ledger) -> object:
    with ledger.at_one_moment():
        return ledger.card("velden"), ledger.stances("velden")


READS: dict[str, Callable[[Ledger], object]] = {
    "rehearsal": rehearsed,
    "at_one_moment": of_one_moment,
    "one_person": lambda ledger: ledger.one_person(),
    "tried_since": lambda ledger: ledger.tried_since(NOW),
    "lately": lambda ledger: ledger.lately(Sought(person="velden", topic="bridge", side="ostrava", since=NOW), 5),
    "bulletin": lambda ledger: ledger.bulletin(1),
    "people": lambda ledger: ledger.people(),
    "find_people": lambda ledger: ledger.find_people("velden"),
    "who": lambda ledger: ledger.who("velden"),
    "about": lambda ledger: ledger.about("bridge"),
    "topics": lambda ledger: ledger.topics(),
    "find_topics": lambda ledger: ledger.find_topics("bridge"),
    "configured_topics": lambda ledger: ledger.configured_topics(),
    "topic_named": lambda ledger: ledger.topic_named("bridge"),
    "topic_first_named": lambda ledger: ledger.topic_first_named("bridge"),
    "name_of": lambda ledger: ledger.name_of("velden"),
    "some_names": lambda ledger: ledger.some_names(),
    "whole_name": lambda ledger: ledger.whole_name(["velden"]),
    "card": lambda ledger: ledger.card("velden"),
    "words_on": lambda ledger: ledger.words_on("velden", "bridge"),
    "stances": lambda ledger: ledger.stances("velden"),
    "timeline": lambda ledger: ledger.timeline("velden", "bridge"),
    "standing": lambda ledger: ledger.standing("bridge"),
    "remarks_on": lambda ledger: ledger.remarks_on("bridge"),
    "on_topic_with": lambda ledger: ledger.on_topic_with("bridge", "bridge", 5),
    "claims": lambda ledger: ledger.claims(person="velden"),
    "sought": lambda ledger: ledger.sought(Sought(person="velden", topic="bridge", side="ostrava")),
    "remarks": lambda ledger: ledger.remarks(Narrowed(person="velden", topic="bridge", side="ostrava")),
    "marks": lambda ledger: ledger.marks("bridge", "velden"),
    "behind": lambda ledger: ledger.behind(1001),
    "reviews": lambda ledger: ledger.reviews(Sought(topic="bridge")),
    "topic_called": lambda ledger: ledger.topic_called("bridge"),
    "topics_like": lambda ledger: ledger.topics_like("bridge", 5),
    "contributed": lambda ledger: ledger.contributed("Harbour Post"),
    "search": lambda ledger: ledger.search("bridge", Spoken(person="velden")),
    "link": lambda ledger: ledger.link(1),
    "list_statements": lambda ledger: ledger.list_statements(Spoken()),
    "list_positions": lambda ledger: ledger.list_positions(Narrowed()),
    "list_alerts": lambda ledger: ledger.list_alerts(Sought(person="velden")),
    "list_people": lambda ledger: ledger.list_people(),
    "list_by_name": lambda ledger: ledger.list_by_name(),
    "person_with": lambda ledger: ledger.person_with("0"),
    "list_topics": lambda ledger: ledger.list_topics(),
    "topic_with": lambda ledger: ledger.topic_with("bridge"),
    "list_outlets": lambda ledger: ledger.list_outlets(),
    "list_decisions": lambda ledger: ledger.list_decisions(),
    "list_mends": lambda ledger: ledger.list_mends(),
    "list_handed_out": lambda ledger: ledger.list_handed_out(),
    "list_links": lambda ledger: ledger.list_links(1001),
    "captures_asked": lambda ledger: ledger.captures_asked(NOW),
    "kept_pages": lambda ledger: ledger.kept_pages(["https://post.example/x"]),
    "conflict": lambda ledger: ledger.conflict("0" * 64),
    "ever_joined": lambda ledger: ledger.ever_joined(1001),
    "mailings_due": lambda ledger: ledger.mailings_due(NOW),
    "webhook_posts_due": lambda ledger: ledger.webhook_posts_due(["desk"], NOW),
    "webhooks_waiting": lambda ledger: ledger.webhooks_waiting(),
    "between": lambda ledger: ledger.between("velden", "velden", "bridge"),
    "proofs": lambda ledger: ledger.proofs(some(ledger)[0]),
    "said": lambda ledger: ledger.said("velden", "build the bridge"),
    "figures": lambda ledger: ledger.figures(NOW - timedelta(days=9), NOW),
    "balance": lambda ledger: ledger.balance(NOW - timedelta(days=9)),
    "handed_out": lambda ledger: ledger.handed_out(),
    "export": lambda ledger: ledger.export("statements", NOW - timedelta(days=9), 9),
    "reports": lambda ledger: ledger.reports(STORY[1].statement),
    "reports_of": lambda ledger: ledger.reports_of([STORY[1].statement]),
    "conflicts": lambda ledger: ledger.conflicts(),
    "alert": lambda ledger: ledger.alert(1001),
    "status": lambda ledger: ledger.status(),
    "text_of": lambda ledger: ledger.text_of("0"),
    "verify": lambda ledger: ledger.verify(some(ledger)[0]),
    "audit": lambda ledger: ledger.audit(1001),
    "log": lambda ledger: ledger.log(),
    "statement": lambda ledger: ledger.statement("0"),
    "mended": lambda ledger: ledger.mended(some(ledger)[1].fresh.statement),
    "mends": lambda ledger: ledger.mends(),
    "mends_of": lambda ledger: ledger.mends_of(some(ledger)[1].fresh.statement),
    "copies": lambda ledger: ledger.copies(1001),
    "track": lambda ledger: ledger.track("reversal", NOW),
    "due": lambda ledger: ledger.due(NOW),
    "doubtful": lambda ledger: ledger.doubtful(NOW, timedelta()),
    "feed_state": lambda ledger: ledger.feed_state("post"),
    "summaries": lambda ledger: ledger.summaries(NOW),
    "feed_seen": lambda ledger: ledger.feed_seen("post"),
    "known": lambda ledger: ledger.known("post", ("k",)),
    "versions": lambda ledger: ledger.versions("yes"),
    "fates": lambda ledger: ledger.fates("yes"),
    "corrections": lambda ledger: ledger.corrections(),
    "topic_changes": lambda ledger: ledger.topic_changes(),
    "positions_of": lambda ledger: ledger.positions_of(some(ledger)[1].fresh.statement),
    "cards_on": lambda ledger: ledger.cards_on(conflict(some(ledger)[1].fresh, some(ledger)[1].earlier)),
    "kept": lambda ledger: ledger.kept(conflict(some(ledger)[1].fresh, some(ledger)[1].earlier)),
    "beside": lambda ledger: ledger.beside(STORY[1]),
    "beside_each": lambda ledger: list(ledger.beside_each([(STORY[1], None)])),
    "called": lambda ledger: ledger.called("yes"),
    "threshold_steps": lambda ledger: ledger.threshold_steps(),
    "rulings": lambda ledger: ledger.rulings(RULES, NOW),
    "thresholds": lambda ledger: ledger.thresholds(RULES),
    "follows": lambda ledger: ledger.follows(NOW),
    "mutes": lambda ledger: ledger.mutes(NOW),
    "preferences": lambda ledger: ledger.preferences(),
    "outlets": lambda ledger: ledger.outlets(),
    "digests_asked": lambda ledger: ledger.digests_asked(),
    "flow_changes": lambda ledger: ledger.flow_changes(),
    "flow": lambda ledger: ledger.flow((), NOW),
    "routed": lambda ledger: ledger.routed(1001),
    "alerts_since": lambda ledger: ledger.alerts_since(NOW),
    "outdated": lambda ledger: ledger.outdated(NOW),
    "held": lambda ledger: ledger.held(),
    "bulletins_due": lambda ledger: ledger.bulletins_due(NOW),
    "bulletins_doubtful": lambda ledger: ledger.bulletins_doubtful(NOW, timedelta()),
    "known_keys": lambda ledger: ledger.known_keys(("k",)),
    "feed_states": lambda ledger: ledger.feed_states(),
    "feed_states_of": lambda ledger: ledger.feed_states_of({"times"}),
    "revision": lambda ledger: ledger.revision(),
    "vitals": lambda ledger: ledger.vitals(),
    "let_go_on": lambda ledger: ledger.let_go_on("0"),
    "canary": lambda ledger: ledger.canary(),
    "inspect": lambda ledger: list(ledger.inspect(Tally())),
    "home_readers": lambda ledger: ledger.home_readers(NOW),
    "assigned": lambda ledger: ledger.assigned("U1"),
    "latest": lambda ledger: ledger.latest(),
    "roster": lambda ledger: ledger.roster(),
    "roster_changes": lambda ledger: ledger.roster_changes(),
    "sources": lambda ledger: ledger.sources(),
    "source_changes": lambda ledger: ledger.source_changes(),
    "conflicts_since": lambda ledger: ledger.conflicts_since(NOW),
    "statements_at": lambda ledger: ledger.statements_at("https://example.org/"),
    "given_up": lambda ledger: ledger.given_up(),
    "room": lambda ledger: ledger.room(),
    "untold": lambda ledger: ledger.untold(),
    "why_unread": lambda ledger: ledger.why_unread("https://example.org/"),
}
WRITES: dict[str, Callable[[Ledger], object]] = {
    "intend": lambda ledger: ledger.intend(1, NOW),
    "told_before": lambda ledger: ledger.told_before("desk", [LONG_AGO], NOW),
    "sent": lambda ledger: ledger.sent(1, "C" * 9000, "1.0", NOW),
    "posted_before": lambda ledger: ledger.posted_before(1, "C" * 9000, "1.0", NOW),
    "doubted": lambda ledger: (ledger.doubted(1, NOW), ledger.refused(1, "r" * 9000, None)),
    "refused": lambda ledger: ledger.refused(1, "r" * 9000, None),
    "settle": lambda ledger: (ledger.settle(1, None), ledger.refused(1, "r" * 9000, None)),
    "release": lambda ledger: (ledger.refused(1, "r" * 9000, None), ledger.release(NOW)),
    "decide": lambda ledger: ledger.decide(1001, "confirm", "U1", "n" * 9000, NOW),
    "withdraw": lambda ledger: ledger.withdraw(1001, "w" * 9000, NOW),
    "withdraw_statement": lambda ledger: ledger.withdraw_statement(
        some(ledger)[1].fresh.statement, "w" * 9000, "U1", NOW
    ),
    "assign": lambda ledger: ledger.assign(1001, "u" * 9000, "U1", NOW),
    "note": lambda ledger: ledger.note(1001, "n" * 9000, "U1", NOW),
    "save_feed_state": lambda ledger: ledger.save_feed_state(FeedState(feed="post", reason="r" * 9000), "s" * 9000),
    "poll_begun": lambda ledger: ledger.poll_begun("p" * 9000),
    "entry_begun": lambda ledger: ledger.entry_begun(ENTRY, NOW),
    "entry_waits": lambda ledger: (ledger.entry_begun(ENTRY, NOW), ledger.entry_waits(ENTRY)),
    "try_entries_again": lambda ledger: (
        ledger.give_up_entry(ENTRY, "r" * 9000, NOW),
        ledger.try_entries_again("99.0"),
    ),
    "entry_failed": lambda ledger: ledger.entry_failed(ENTRY, "no", NOW),
    "give_up_entry": lambda ledger: ledger.give_up_entry(ENTRY, "no", NOW),
    "save_look": lambda ledger: ledger.save_look(KNOWN, Look(mark="m" * 9000, at=NOW, since=NOW)),
    "merge_topics": lambda ledger: ledger.merge_topics("quay", "bridge", "u" * 9000, NOW),
    "split_topic": lambda ledger: ledger.split_topic(ledger.about("bridge"), "n" * 9000, "U1", NOW),
    "rename_topic": lambda ledger: ledger.rename_topic("bridge", "n" * 9000, "U1", NOW),
    "make_link": lambda ledger: ledger.make_link(1001, NOW + timedelta(days=1), "u" * 9000, NOW),
    "hand_out": lambda ledger: ledger.hand_out(
        HandedOut(what="share", words="w" * 9000, channel="C1", by="U1", at=NOW), "k"
    ),
    "share": lambda ledger: ledger.share(
        HandedOut(what="share", words="w" * 9000, channel="C1", by="U1", at=NOW), "k", "C1", {"text": "t"}
    ),
    "undo_topic_change": lambda ledger: ledger.undo_topic_change(1, "u" * 9000, NOW),
    "heard": lambda ledger: ledger.heard("e" * 9000, NOW),
    "home_opened": lambda ledger: ledger.home_opened("u" * 9000, NOW),
    "greet": lambda ledger: ledger.greet("c" * 9000, {"text": "t" * 9000}, NOW),
    "change_roster": lambda ledger: ledger.change_roster(
        RosterChange(what="person", subject="velden", content={"name": "n" * 9000}, by="U1", at=NOW)
    ),
    "change_source": lambda ledger: ledger.change_source(
        SourceChange(source="s", what="added", name="n" * 9000, url="u", past="skip", by="U1", at=NOW)
    ),
    "hold_threshold": lambda ledger: ledger.hold_threshold("reversal", RULES, "b" * 9000, NOW),
    "mute": lambda ledger: ledger.mute("desk", LONG, NOW + DAY, "U1", NOW),
    "follow": lambda ledger: ledger.follow("desk", LONG, "U1", NOW),
    "prefer": lambda ledger: ledger.prefer("desk", "topics", ["t" * 9000], "U1", NOW),
    "ask_digest": lambda ledger: ledger.ask_digest("d" * 9000, "U1", NOW),
    "digest_given": lambda ledger: ledger.digest_given("d" * 9000, NOW),
    "trouble": lambda ledger: ledger.trouble("channel:x", "r" * 9000, "w" * 9000, "operators", NOW),
    "intend_bulletin": lambda ledger: (ledger.bulletin_refused(1, "r" * 9000, NOW), ledger.intend_bulletin(1, NOW)),
    "bulletin_sent": lambda ledger: ledger.bulletin_sent(1, "C" * 9000, "1.0"),
    "bulletin_doubted": lambda ledger: (
        ledger.bulletin_refused(1, "r" * 9000, NOW),
        ledger.bulletin_doubted(1, NOW),
    ),
    "bulletin_refused": lambda ledger: ledger.bulletin_refused(1, "r" * 9000, None),
    "settle_bulletin": lambda ledger: (
        ledger.settle_bulletin(1, None, "C1"),
        ledger.bulletin_refused(1, "r" * 9000, NOW),
    ),
    "fold": lambda ledger: ledger.fold("desk", "today", "w" * 9000, NOW) or ledger.bulletin_refused(1, "r" * 9000, NOW),
    "make_mailing": lambda ledger: ledger.make_mailing("r" * 9000, "2031-02-24", lambda found: found, NOW),
    "tell_webhooks": lambda ledger: ledger.tell_webhooks([("h" * 9000, True, True)], NOW),
    "canary_flown": lambda ledger: ledger.canary_flown(NOW, 1.0, "f" * 9000),
    "work": work_on(lambda work, _: work.article(BIG)),
}
OF_WORK: dict[str, Callable[[Ledger], object]] = {
    "knows": work_on(lambda work, _: (work.knows(BIG), work.article(BIG))),
    "article": work_on(lambda work, _: work.article(BIG)),
    "statement": work_on(
        lambda work, _: (work.article(BIG), work.article(STORY[0]), work.statement(STORY[1].statement))
    ),
    "newest": work_on(lambda work, _: (work.article(BIG), work.newest(BIG))),
    "version": work_on(lambda work, _: work.version(EDITED, work.newest(EDITED))),
    "told": work_on(lambda work, _: (work.article(BIG), work.told("yes"))),
    "fate": work_on(lambda work, ledger: [work.fate(gone(work), source(EDITED), NOW) for _ in range(900)]),
    "alerts_on": work_on(lambda work, ledger: (work.article(BIG), work.alerts_on([some(ledger)[1].fresh.statement]))),
    "show_again": work_on(
        lambda work, ledger: (work.article(BIG), work.show_again([some(ledger)[1].fresh.statement], NOW))
    ),
    "mend": work_on(lambda work, ledger: (work.article(BIG), mended(work, some(ledger)[1].fresh.statement))),
    "reword": work_on(lambda work, _: (work.article(BIG), work.reword(1001, None, (), CHANGE, NOW))),
    "take_back": work_on(lambda work, _: (work.article(BIG), work.take_back(1001, "w", "U1", NOW))),
    "copies": work_on(lambda work, _: (work.article(BIG), work.copies(1001))),
    "looked": work_on(lambda work, _: (work.article(BIG), work.looked(BIG, Look(mark="m" * 9000, at=NOW, since=NOW)))),
    "part": work_on(lambda work, _: (work.article(BIG), work.part(BIG))),
    "position": work_on(lambda work, ledger: (work.article(BIG), work.position(some(ledger)[1].fresh))),
    "report": work_on(lambda work, ledger: (work.article(BIG), work.report(some(ledger)[1].fresh))),
    "filed": work_on(lambda work, _: (work.article(BIG), work.filed(STORY[1]))),
    "near": work_on(lambda work, _: (work.article(BIG), work.near(STORY[1]))),
    "posted_from": work_on(lambda work, _: (work.article(BIG), work.posted_from(RULES))),
    "conflicts": work_on(lambda work, ledger: (work.article(BIG), work.conflicts([some(ledger)[1]]))),
    "alerts_of": work_on(lambda work, _: (work.article(BIG), work.alerts_of(["c"], NOW))),
    "alert": work_on(
        lambda work, ledger: (
            work.article(BIG),
            work.alert(conflict(some(ledger)[1].fresh, position(some(ledger)[1].earlier.statement)), "x", "high", NOW),
        )
    ),
    "join": work_on(lambda work, ledger: (work.article(BIG), work.join(1001, some(ledger)[1], now=NOW))),
    "flow": work_on(lambda work, _: (work.article(BIG), work.flow((), NOW))),
    "routed": work_on(
        lambda work, ledger: work.routed(
            some(ledger)[1], Routed(audience="desk", outcome="posted", reason="r" * 9000, at=NOW)
        )
    ),
    "show": work_on(lambda work, _: (work.article(BIG), work.show(1001, "pending"))),
    "commit": work_on(lambda work, _: work.article(BIG)),
}
NOT_METHODS = {"open", "shared", "look_into", "close", "leave_out"}  # see test_opening, test_merged; they ask nothing
# write only where there is something to do: see test_thresholds, test_wishes and test_bulletins
NOT_ALWAYS = {"recalibrate", "undo_threshold", "unmute", "unfollow", "trouble_over", "watch_feeds", "try_channels"}
NOT_ALWAYS |= {"fold_bursts", "hold_waiting", "brought_up", "only_list", "one_name"}
NOT_ALWAYS |= {"mailing_begun", "mailing_sent", "mailing_refused", "mailings_in_doubt"}  # see tests/outward
NOT_ALWAYS |= {"intend_webhook_post", "webhook_post_taken", "webhook_post_refused"}  # the same
NOT_ALWAYS |= {"want_captures", "intend_capture", "capture_asked", "look_again", "capture_kept"}  # the same
NOT_ALWAYS |= {"capture_put_off", "capture_failed"}  # the same
NOT_ALWAYS |= {"end_link"}  # see test_browsing
NOT_ALWAYS |= {"save_polls"}  # no row grows: see test_feeds
NOT_ALWAYS |= {"let_go", "forget_pages"}  # they make room: see test_retention
RULES = Rules(start=0.6, lowest=0.5, highest=0.8)
LONG_AGO = Before(key="k" * 9000, carries=(), slack_channel="C", slack_ts="1.0")


def public(kind: type) -> set[str]:
    return {name for name in dir(kind) if not name.startswith("_")}


def test_every_public_method_has_its_case() -> None:
    assert public(Ledger) == {*READS, *WRITES, *NOT_METHODS, *NOT_ALWAYS}
    assert public(Work) == {*OF_WORK}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with something of everything on record."""
    path = tmp_path_factory.mktemp("written") / "a.db"
    with Ledger.open(str(path), durable=False) as ledger:
        raised(ledger)
        for topic in ("crossing", "quay"):
            of, held = told(f"What was said of the {topic} was said in the morning.", topic)
            record(ledger, (of, replace(held, topic=topic, topic_name=topic)))
        ledger.merge_topics("crossing", "quay", "U1", NOW)
        ledger.trouble("channel:desk", "is_archived", "desk is archived", "operators", NOW)
    return path


@pytest.fixture
def place_(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(written, tmp_path / "a.db"))


@pytest.fixture(scope="module")
def closed(written: Path) -> Ledger:
    ledger = Ledger.open(str(written))
    ledger.close()
    return ledger


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("name", READS | WRITES)
def test_a_closed_ledger_says_so(closed: Ledger, name: str) -> None:
    with pytest.raises(LedgerError, match="is closed"):
        (READS | WRITES)[name](closed)


@pytest.mark.parametrize("name", WRITES)
def test_a_locked_ledger_says_so_and_nothing_is_written(place_: Path, name: str) -> None:
    before = dump(place_)
    with (
        Ledger.open(str(place_), busy_seconds=0.05) as ledger,
        closing(sqlite3.connect(place_, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="another process"):
            WRITES[name](ledger)
    assert dump(place_) == before


@pytest.mark.parametrize("name", READS)
def test_a_locked_ledger_can_be_read(place_: Path, name: str) -> None:
    with (
        Ledger.open(str(place_), busy_seconds=0.05) as ledger,
        closing(sqlite3.connect(place_, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        READS[name](ledger)


@pytest.mark.parametrize("name", WRITES | {f"Work.{name}": use for name, use in OF_WORK.items()})
def test_a_full_disk_says_so_nothing_is_half_written_and_it_recovers(place_: Path, name: str) -> None:
    use = OF_WORK[name.removeprefix("Work.")] if name.startswith("Work.") else WRITES[name]
    ledger = Ledger.open(str(place_), durable=False)
    with closing(sqlite3.connect(place_)) as connection:
        connection.execute("VACUUM")
    before = dump(place_)
    full = True

    @event.listens_for(ledger._engine, "begin")
    def _fill(connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages if full else 1_000_000}")

    with pytest.raises(LedgerError, match="the disk is full"):
        use(ledger) if name != "intend" else ledger.refused(1, "r" * 9000, None)  # a row that is marked does not grow
    if name != "release":  # two steps: the first may have had room
        assert dump(place_) == before
    full = False
    use(ledger)
    ledger.close()
