"""Foreign text cannot format, link, ping or overflow, whatever it holds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack import mrkdwn

HOSTILE = [
    "<!channel>", "<!here>", "<@U0ADA>", "<!subteam^S1|desk>", "<https://evil.example|NYT>", "@channel", "@here",
    "&lt;!channel&gt;", "&amp;lt;", "*b*", "_i_", "~s~", "`c`", "```", ":boom:", ":+1::skin-tone-2:", ">", "\n>", "|",
    "\u202e", "\u200b", "\u2066", "\x00", "\ufeff", "\u1fef", "\ud800", "e\u0301", "😀", "…", "\r\n", "\u2028", "&",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))).map("".join)
ENTITY = re.compile(r"&(?:amp|lt|gt);")


def bare(text: str) -> str:
    return ENTITY.sub("", text)


@settings(max_examples=800, deadline=None)
@given(texts, st.integers(1, 60))
def test_foreign_text_holds_no_mark_of_slacks_and_stays_within_its_limit(text: str, limit: int) -> None:
    shown = mrkdwn.foreign(text, limit)
    assert not set("<>*~`\n\u202e\u200b\u2066\ufeff\x00\ud800") & set(shown)
    assert "&" not in bare(shown), "an entity was cut"
    assert not re.search(r"(?<![^\W_])_|_(?![^\W_])", shown)
    assert not re.search(r"@\w|:[\w+'-]+:", shown)
    assert mrkdwn.length(shown) <= limit


@settings(max_examples=600, deadline=None)
@given(texts, st.integers(1, 60))
def test_plain_text_holds_no_angle_brackets_and_stays_within_its_limit(text: str, limit: int) -> None:
    shown = mrkdwn.plain(text, limit)
    assert not set("<>\n\u202e\u200b\x00") & set(shown)
    assert not re.search(r"@\w|:[\w+'-]+:", shown)
    assert mrkdwn.length(shown) <= limit


@settings(max_examples=300, deadline=None)
@given(texts)
def test_every_line_of_a_quotation_begins_with_the_mark(text: str) -> None:
    quoted = mrkdwn.quoted(mrkdwn.foreign_lines(text, 200))
    assert all(line.startswith(">") and not line.startswith((">>", ">&gt;")) for line in quoted.split("\n"))


@settings(max_examples=600, deadline=None)
@given(st.one_of(texts, texts.map(lambda text: "https://example.org/" + text)), texts)
def test_a_link_has_one_target_and_a_label_that_cannot_end_it(url: str, label: str) -> None:
    shown = mrkdwn.link(url, label)
    inside = re.fullmatch(r"<(https?://[^<>|\s]+)\|([^<>|]+)>(?: \([^<>]+\))?", shown)
    assert inside or not set("<>") & set(shown)
    assert "&" not in bare(shown)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://news.example.org/a?b=1&c=2", "<https://news.example.org/a?b=1&amp;c=2|NYT> (news.example.org)"),
        ("https://nytimes.com@evil.example/", "NYT (evil.example)"),
        ("https://www.example.org:8443/x", "<https://www.example.org:8443/x|NYT> (example.org)"),
        ("https://ex\u0430mple.org/", "<https://ex\u0430mple.org/|NYT> (xn--exmple-4nf.org)"),
        ("javascript:alert(1)", "NYT"),
        ("file:///etc/passwd", "NYT"),
        ("//example.org/x", "NYT"),
        ("http://a|b> <!channel>", "NYT"),
        ("https://127.0.0.1\\@example.com/", "NYT"),
        ("https://[::1", "NYT"),
        ("https://", "NYT"),
        ("https://example.org/" + "x" * 3000, "NYT (example.org)"),
        (None, "NYT"),
    ],
)
def test_links_go_by_http_to_the_host_that_is_shown(url: str | None, shown: str) -> None:
    assert shown == mrkdwn.link(url, "NYT")


def test_a_label_that_is_the_host_is_not_shown_twice() -> None:
    assert mrkdwn.link("https://example.org/a", "example.org") == "<https://example.org/a|example.org>"


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two three", 8, "one two…"),
        ("one two three", 7, "one…"),
        ("unbroken", 5, "unbr…"),
        ("a & b", 7, "a…"),
        ("a & b", 9, "a &amp; b"),
        ("&&&", 7, "&amp;…"),
        ("", 5, ""),
    ],
)
def test_a_cut_falls_between_words_and_is_shown(text: str, limit: int, shown: str) -> None:
    assert shown == mrkdwn.foreign(text, limit)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("snake_case stays, _this_ not", "snake_case stays, ˍthisˍ not"),
        ("*bold* ~struck~ `code`", "∗bold∗ ∼struck∼ ˋcodeˋ"),
        ("see @here at 10:30:45", "see @\u2060here at 10:\u206030:45"),
        (":boom:", ":\u2060boom:"),
        ("> quoted", "› quoted"),
        ("a < b > c & d", "a &lt; b &gt; c &amp; d"),
        ("e\u0301\u200b\u202e", "é"),
        ("👩\u200d👧 🏴\u200d☠️ a\u200db 👩\u200db", "👩\u200d👧 🏴\u200d☠️ ab 👩b"),
        ("“Curly”, ‘fine’ — kept…", "“Curly”, ‘fine’ — kept…"),
    ],
)
def test_what_formats_becomes_a_look_alike_and_the_rest_stays(text: str, shown: str) -> None:
    assert shown == mrkdwn.foreign(text, 200)


def test_days_read_the_same_in_every_locale() -> None:
    assert mrkdwn.day(date(2025, 2, 24)) == "Mon 24 Feb 2025"
    assert mrkdwn.days(date(2025, 2, 24), date(2025, 2, 24)) == "Mon 24 Feb 2025"
    assert mrkdwn.days(date(2025, 2, 17), date(2025, 2, 23)) == "17–23 Feb 2025"
    assert mrkdwn.days(date(2025, 2, 27), date(2025, 3, 3)) == "27 Feb – 3 Mar 2025"
    assert mrkdwn.days(date(2024, 12, 30), date(2025, 1, 2)) == "30 Dec 2024 – 2 Jan 2025"


def test_a_moment_is_localised_by_slack_and_names_its_zone_elsewhere() -> None:
    when = datetime(2025, 2, 25, 14, 12, tzinfo=timezone(timedelta(hours=1)))
    assert mrkdwn.clock(when) == "<!date^1740489120^{time}|13:12 UTC>"
    assert mrkdwn.moment(when.astimezone(UTC)) == "<!date^1740489120^{date_short} {time}|25 Feb 2025 13:12 UTC>"


def test_only_an_id_of_slacks_becomes_a_mention() -> None:
    assert mrkdwn.person("U0ADA") == "<@U0ADA>"
    assert mrkdwn.person("U0ADA> <!channel") == "U0ADA&gt; &lt;!channel"
    assert mrkdwn.person(None) == "somebody"
