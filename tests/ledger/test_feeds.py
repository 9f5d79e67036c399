"""What the watchers need remembered."""

from __future__ import annotations

from dataclasses import replace

from ledger_sample import DAY, NOW, article

from bot.ledger import Ledger
from bot.ledger.feeds.entries import GivenUp
from bot.ledger.feeds.feeds import Summaries
from watchers.model import LEFT_OUT, Entry, FeedRecord, FeedState, Look, Polled


def entry(*keys: str) -> Entry:
    return Entry(feed="post", keys=keys, title="Bridge", url=None, published=None, summary="", full=False)


def test_the_ledger_is_what_the_watchers_ask_for(ledger: Ledger) -> None:
    record: FeedRecord = ledger
    assert record.feed_state("post") == FeedState(feed="post")


def test_a_feeds_state_comes_back_equal_and_is_replaced(ledger: Ledger) -> None:
    full = FeedState(
        feed="post",
        etag='W/"a"',
        last_modified="Tue, 04 Mar 2025 09:30:00 GMT",
        body_hash="0" * 64,
        polled_at=NOW,
        good_at=NOW - DAY,
        next_at=NOW + DAY,
        failures=3,
        reason="not a feed",
        moved_to="https://post.example/new",
        paused=True,
        seeded=True,
        lost=2,
    )
    ledger.save_feed_state(FeedState(feed="post"))
    ledger.save_feed_state(full)
    ledger.save_feed_state(FeedState(feed="another"))
    assert ledger.feed_state("post") == full
    assert ledger.status().feeds == (FeedState(feed="another"), full)


def test_what_was_read_of_a_document_stays_until_there_is_another(ledger: Ledger) -> None:
    assert ledger.feed_seen("post") == ""
    ledger.save_feed_state(FeedState(feed="post"), "frame utf-8 1 piece")
    ledger.save_feed_state(FeedState(feed="other"), "of another")
    ledger.save_feed_state(FeedState(feed="post", etag='"1"'))
    assert ledger.feed_seen("post") == "frame utf-8 1 piece"
    ledger.save_feed_state(FeedState(feed="post"), "")
    assert (ledger.feed_seen("post"), ledger.feed_seen("other")) == ("", "of another")


def test_states_are_stored_together_unless_another_came_between(ledger: Ledger) -> None:
    before = FeedState(feed="post", etag='"1"', polled_at=NOW - DAY, good_at=NOW - DAY, seeded=True)
    after = replace(before, polled_at=NOW, good_at=NOW, next_at=NOW + DAY)
    other, anew = replace(before, feed="other"), replace(before, feed="anew")
    news = replace(after, feed="news", etag='"2"', last_modified="then", body_hash="0123:abc")
    ledger.save_feed_state(before, "kept")
    ledger.save_feed_state(replace(before, feed="news"))
    ledger.poll_begun("news")
    ledger.save_feed_state(replace(other, polled_at=NOW, reason="HTTP 503", failures=1), "of the other")
    ledger.save_feed_state(FeedState(feed="anew"))
    ledger.save_polls(
        [
            Polled(before, after),
            Polled(replace(before, feed="nowhere"), replace(after, feed="nowhere"), "late"),
            Polled(replace(before, feed="news"), news, "of the news"),
            Polled(other, replace(after, feed="other", polled_at=NOW + DAY), "late"),
            Polled(anew, replace(after, feed="anew"), "late"),
        ]
    )
    assert ledger.feed_state("post") == after
    assert ledger.feed_state("news") == news
    assert ledger.feed_state("other") == replace(other, polled_at=NOW, reason="HTTP 503", failures=1)
    assert (ledger.feed_state("anew"), ledger.feed_state("nowhere")) == (
        FeedState(feed="anew"),
        FeedState(feed="nowhere"),
    )
    seen = [ledger.feed_seen(feed) for feed in ("post", "news", "other", "anew", "nowhere")]
    assert seen == ["kept", "of the news", "of the other", "", ""]
    assert not ledger.poll_begun("news"), "the poll that was begun is over"


def test_a_poll_that_began_to_read_and_never_ended_is_known_until_a_state_is_stored(ledger: Ledger) -> None:
    assert not ledger.poll_begun("post")
    assert ledger.poll_begun("post")
    assert not ledger.poll_begun("other")
    assert ledger.feed_state("post") == FeedState(feed="post")
    ledger.save_feed_state(FeedState(feed="post", lost=1))
    assert not ledger.poll_begun("post")
    ledger.try_entries_again("99.0")
    assert ledger.poll_begun("post"), "another version of the program does not make it an ended one"


def test_what_a_feed_said_is_kept_with_the_article_and_its_attempts_are_forgotten(ledger: Ledger) -> None:
    value = replace(article("Text.", keys=("guid", "link")), feed="post")
    look = Look(mark="m", at=NOW, since=NOW)
    ledger.entry_failed(entry("guid", "link"), "status 503", NOW, quiet=True)
    assert ledger.known("post", ("guid", "link", "other")) == ({}, frozenset(), {"guid", "link"})
    with ledger.work() as work:
        work.article(value)
        work.looked(value, look)
        assert ledger.known("post", ("guid",)) == ({}, frozenset(), {"guid"}), "not before it is committed"
        work.commit()
    assert ledger.known("post", ("guid", "other")) == ({"guid": look}, frozenset(), frozenset())


def test_an_attempt_that_failed_without_having_been_counted_counts_as_the_first(ledger: Ledger) -> None:
    ledger.entry_failed(entry("guid"), "status 503", NOW, quiet=True)
    assert ledger.entry_begun(entry("guid"), NOW) == (2, True)
    ledger.entry_failed(entry("guid"), "status 503", NOW)
    assert ledger.entry_begun(entry("guid"), NOW) == (3, True)


def test_many_keys_are_found_at_once(ledger: Ledger) -> None:
    for number in range(70):
        ledger.give_up_entry(entry(f"key {number}"), "No text.", NOW)
    keys = tuple(f"key {number}" for number in range(140))
    assert ledger.known("post", keys).given_up == set(keys[:70])


def test_attempts_are_counted_under_any_key(ledger: Ledger) -> None:
    assert ledger.entry_begun(entry("guid", "link"), NOW).attempts == 1
    assert ledger.entry_begun(entry("changed", "link"), NOW).attempts == 2
    assert ledger.entry_begun(entry("changed"), NOW).attempts == 3
    assert ledger.entry_begun(entry("other"), NOW).attempts == 1
    assert ledger.known_keys(("guid", "link", "changed")) == frozenset()


def test_an_attempt_that_was_taken_back_does_not_count(ledger: Ledger) -> None:
    ledger.entry_begun(entry("guid", "link"), NOW)
    ledger.entry_waits(entry("link"))
    assert ledger.entry_begun(entry("guid"), NOW).attempts == 1


def test_attempts_at_an_article_that_is_on_record_are_forgotten(ledger: Ledger) -> None:
    with ledger.work() as work:
        work.article(article("Text.", keys=("guid",)))
        work.commit()
    ledger.entry_begun(entry("guid", "link"), NOW)
    ledger.save_look(entry("guid", "link"), Look(mark="m", at=NOW, since=NOW))
    assert ledger.entry_begun(entry("link"), NOW).attempts == 1


def test_what_was_given_up_on_is_told_by_feed_with_the_newest(ledger: Ledger) -> None:
    for number in range(3):
        ledger.give_up_entry(entry(f"guid {number}"), f"reason {number}", NOW)
    ledger.give_up_entry(entry("left out"), LEFT_OUT, NOW)
    assert ledger.given_up() == {"post": GivenUp(entries=3, title="Bridge", reason="reason 2")}


def test_what_only_the_summary_could_be_had_of_is_told_by_feed_with_the_reason_of_the_newest(ledger: Ledger) -> None:
    with ledger.work() as work:
        work.article(article("Old.", "a0", partial=True, notes=("long ago",), retrieved=NOW - DAY))
        work.article(article("One.", "a1", partial=True, notes=("a wall",)))
        work.article(article("Two.", "a2", partial=True, notes=("no date", "robots.txt")))
        work.article(article("Whole.", "a3"))
        work.article(article("Other.", "a4", partial=True, feed="courier"))
        work.commit()
    assert ledger.summaries(NOW) == {
        "post": Summaries(articles=2, reason="robots.txt"),
        "courier": Summaries(articles=1, reason=""),
    }


def test_another_version_tries_again_what_this_one_gave_up_on(ledger: Ledger) -> None:
    ledger.save_feed_state(
        FeedState(feed="post", etag='"1"', last_modified="then", body_hash="0123:abc", seeded=True), "x"
    )
    ledger.save_feed_state(FeedState(feed="other", etag='"2"', body_hash="4567:abc"), "y")
    assert ledger.entry_begun(entry("poison", "link"), NOW, quiet=True) == (1, True)
    ledger.give_up_entry(entry("poison", "link"), "Something unexpected happened.", NOW)
    ledger.give_up_entry(entry("left out"), LEFT_OUT, NOW)
    assert ledger.try_entries_again() == 0
    assert ledger.try_entries_again("99.0") == 1
    assert ledger.known_keys(("poison", "link", "left out")) == {"left out"}
    assert ledger.feed_state("post") == FeedState(feed="post", body_hash="0123:", seeded=True)
    assert ledger.feed_state("other").etag == '"2"'
    assert (ledger.feed_seen("post"), ledger.feed_seen("other")) == ("", "y")
    assert ledger.entry_begun(entry("poison"), NOW) == (1, True), "what was silent then is no news now"
    assert ledger.status().parked == 0


def test_a_feed_with_entries_that_could_not_be_read_is_read_once_more_after_each_start(ledger: Ledger) -> None:
    ledger.save_feed_state(FeedState(feed="post", etag='"1"', body_hash="0123:abc", seeded=True, lost=2))
    ledger.save_feed_state(FeedState(feed="other", etag='"2"', body_hash="4567:abc"))
    assert ledger.try_entries_again() == 0
    assert ledger.feed_state("post") == FeedState(feed="post", body_hash="0123:", seeded=True, lost=2)
    assert ledger.feed_state("other").etag == '"2"'


def test_an_entry_given_up_on_is_known_for_good(ledger: Ledger) -> None:
    ledger.entry_begun(entry("guid", "link"), NOW)
    ledger.entry_failed(entry("guid", "link"), "no text", NOW)
    ledger.give_up_entry(entry("guid", "new link"), "no text, three times", NOW)
    ledger.give_up_entry(entry("never tried"), "too large", NOW)
    assert ledger.known_keys(("guid", "link", "new link", "never tried", "other")) == {
        "guid",
        "link",
        "new link",
        "never tried",
    }
    assert ledger.status().parked == 2
    assert len(ledger.status().why_parked) == 2
    assert all(": " in why for why in ledger.status().why_parked)


def test_keys_of_articles_are_known_however_many_are_asked(ledger: Ledger) -> None:
    keys = tuple(f"key {number}" for number in range(1_200))
    with ledger.work() as work:
        work.article(article("Text.", keys=(*keys[:2], "k" * 1_000_000)))
        work.commit()
    assert ledger.known_keys((*keys, "k" * 1_000_000)) == {keys[0], keys[1], "k" * 1_000_000}
    assert ledger.known_keys(()) == frozenset()
