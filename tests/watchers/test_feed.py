"""Whatever bytes arrive as a feed: its entries in plain text, or NotAFeed."""

from __future__ import annotations

import sys
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers import feed
from watchers.errors import NotAFeed, TooSlow

OPENED: list[Any] = []
LISTENING = [False]


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if LISTENING[0] and event in {"open", "socket.connect", "socket.getaddrinfo"}:
        OPENED.append(arguments[0])


sys.addaudithook(_listen)


@pytest.fixture
def parse(now):
    def call(body: str | bytes, **changes: Any):
        options = {
            "subject": "http://news.example/feed",
            "feed": "wire",
            "url": "http://news.example/feed",
            "content_type": "application/rss+xml",
            "newest": 500,
            "now": now,
            **changes,
        }
        return feed.parse(body.encode() if isinstance(body, str) else body, **options)

    return call


def titles(parsed) -> list[str]:
    return [found.entry.title for found in parsed.entries]


def test_an_entry_comes_with_its_fields_in_plain_text(parse, make) -> None:
    document = make.rss(
        make.item(
            "Harbour &amp; quay",
            link="/a?utm_source=rss",
            guid="7",
            text="<p>Ships <b>may</b> dock.</p><p>From Monday.</p>",
        )
    )
    (found,) = parse(document).entries
    assert (found.entry.title, found.entry.url) == ("Harbour & quay", "http://news.example/a?utm_source=rss")
    assert found.entry.summary == "Ships may dock.\nFrom Monday."
    assert found.entry.published == datetime(2025, 11, 3, 8, tzinfo=UTC)
    assert [key.split(":")[0] for key in found.entry.keys] == ["id", "link"]
    assert (found.garbled, found.notes, found.entry.full) == (False, (), False)


def test_atom_is_read_alike(parse) -> None:
    document = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>tag:1</id>
    <title type="text">1 &lt; 2</title><link href="http://news.example/1"/><updated>2025-11-03T08:00:00+02:00</updated>
    <summary type="html">&lt;p&gt;One&lt;/p&gt;</summary></entry></feed>"""
    (found,) = parse(document).entries
    assert (found.entry.title, found.entry.summary) == ("1 < 2", "One")
    assert found.entry.published == datetime(2025, 11, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\0", "empty"),
        (b"<!DOCTYPE html><html><body>Please log in</body></html>", "web page"),
        (b'{"items": []}', "JSON"),
        (b"%PDF-1.7", "PDF"),
        (b"<note/>", "other XML"),
        (bytes(range(256)) * 100, "not XML"),
        ("<rss version='2.0'><channel><item><title>x</title></item></channel></rss>".encode("utf-16-le"), "not"),
    ],
)
def test_what_is_no_feed_is_never_taken_for_no_news(parse, body, kind) -> None:
    with pytest.raises(NotAFeed, match=kind):
        parse(body)


def test_an_empty_but_real_feed_is_fine(parse, make) -> None:
    assert parse(make.rss()).entries == ()


@pytest.mark.parametrize("name", ["/dev/zero", "/etc/passwd", "feed.xml", "file:///etc/passwd", "http://127.0.0.1:1/"])
def test_a_body_that_is_a_path_opens_no_file(parse, make, tmp_path, monkeypatch, name) -> None:
    (tmp_path / "feed.xml").write_text(make.rss(make.item()))
    monkeypatch.chdir(tmp_path)
    parse(make.rss())  # what is imported late is imported now
    OPENED.clear()
    LISTENING[0] = True
    try:
        with pytest.raises(NotAFeed):
            parse(name)
    finally:
        LISTENING[0] = False
    assert OPENED == []


@pytest.mark.parametrize(
    "kind",
    [
        "x SYSTEM 'file:///etc/passwd'",
        "x SYSTEM 'http://127.0.0.1:1/x'",
        "x 'boom'",
        "% y SYSTEM 'http://127.0.0.1:1/y'> %y; <!ENTITY x 'z'",
    ],
)
def test_entities_of_the_document_bring_nothing_in(parse, kind) -> None:
    document = f"<!DOCTYPE rss [<!ENTITY {kind}>]><rss version='2.0'><channel><item><title>a&x;b</title></item></channel></rss>"
    parse(document)  # what the parser itself opens, it opens the first time
    OPENED.clear()
    LISTENING[0] = True
    try:
        (title,) = titles(parse(document))
    finally:
        LISTENING[0] = False
    assert "root:" not in title
    assert OPENED == []


def test_an_entity_bomb_does_not_go_off(parse) -> None:
    bomb = "<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    document = f"<!DOCTYPE rss [{bomb}]><rss version='2.0'><channel><item><title>x &a11;</title></item></channel></rss>"
    assert all(len(title) <= 500 for title in titles(parse(document)))


@pytest.mark.parametrize("reference", ["&#xD800;", "&#99999999999999999999;", "&#x110000;", "&#0;"])
def test_an_impossible_character_costs_no_other_entry(parse, make, reference) -> None:
    found = titles(parse(make.rss(make.item(f"Bad {reference} one", guid="1"), make.item("Good one", guid="2"))))
    assert len(found) == 2
    assert found[1] == "Good one"
    assert found[0].encode()


ENDS_FEEDPARSER = "<item><title>Odd</title><link</item</link></item>"


def test_entries_that_end_the_parser_are_counted_and_cost_no_other(parse, make) -> None:
    items = [make.item(f"Ship {number}", guid=str(number)) for number in range(40)]
    items[0:0], items[20:20], items[-1:-1] = [ENDS_FEEDPARSER], [ENDS_FEEDPARSER], [ENDS_FEEDPARSER]
    found = parse(make.rss(*items))
    assert titles(found) == [f"Ship {number}" for number in range(40)]
    assert (found.lost, found.hasty) == (3, False)


@pytest.mark.parametrize("newest_last", [False, True])
def test_of_a_long_feed_the_newer_end_alone_is_searched_for_what_ends_the_parser(parse, make, newest_last) -> None:
    items = [make.item(f"Ship {day}", guid=str(day), day=day).replace("Nov", "Oct") for day in range(28, 0, -1)]
    items.insert(5, ENDS_FEEDPARSER)
    items.insert(20, ENDS_FEEDPARSER)
    found = parse(make.rss(*(reversed(items) if newest_last else items)), newest=10)
    days = range(28, 19, -1)
    assert titles(found) == [f"Ship {day}" for day in (reversed(days) if newest_last else days)]
    assert (found.lost, found.left_out) == (1, 20)


def test_what_was_read_when_the_time_was_over_is_kept_and_the_rest_is_counted(parse, make) -> None:
    items = [make.item(f"Ship {number}", guid=str(number)) for number in range(40)]
    items[30:30] = [ENDS_FEEDPARSER] * 2
    turns = iter([True] * 4)
    found = parse(make.rss(*items), in_time=lambda: next(turns, False))
    assert titles(found) == [f"Ship {number}" for number in range(21)]
    assert (found.lost, found.hasty) == (21, True)


def test_where_nothing_was_read_in_time_the_feed_is_too_slow(parse, make) -> None:
    with pytest.raises(TooSlow, match="found in time"):
        parse(make.rss(make.item("Ship docks"), ENDS_FEEDPARSER), in_time=lambda: False)


@pytest.mark.parametrize(
    "quoted",
    [
        "<![CDATA[A reader wrote: {} more]]>",
        "<![CDATA[A reader wrote: ]]<width>> {} more]]>",  # what is taken out must not end the section
        "<!-- {} -->",
    ],
)
def test_what_is_quoted_in_an_entry_is_none_though_another_one_ends_the_parser(parse, make, quoted) -> None:
    forged = quoted.format(make.item("Minister resigns", guid="3"))
    honest = make.item("Letters", guid="1").replace("</item>", f"<description>{forged}</description></item>")
    found = parse(make.rss(make.item("Ship docks", guid="2"), honest, ENDS_FEEDPARSER))
    assert (titles(found), found.lost) == (["Ship docks", "Letters"], 1)


def test_an_entry_is_read_up_to_its_end_where_what_stands_behind_it_ends_the_parser(parse, make) -> None:
    odd = "<item><title>Odd</title><category</item>s</category></item>"
    found = parse(make.rss(make.item("Ship docks", guid="1"), odd))
    assert (titles(found), found.lost) == (["Ship docks", "Odd"], 0)


def test_an_odd_element_in_a_feed_that_has_no_entries_is_no_fault(parse, make) -> None:
    assert parse(make.rss(head="</width>")).entries == ()


def test_a_feed_of_nothing_but_such_entries_is_a_fault_and_no_lack_of_news(parse, make) -> None:
    with pytest.raises(KeyError, match="links"):
        parse(make.rss(ENDS_FEEDPARSER, ENDS_FEEDPARSER))


def test_invisible_characters_and_endless_fields_are_cut(parse, make) -> None:
    document = make.rss(make.item("a\u202eb\u200bc\ufeffd", guid="x" * 1_000_000), make.item("t" * 100_000, guid="2"))
    first, second = parse(document).entries
    assert first.entry.title == "abcd"
    assert len(second.entry.title) == 500
    assert all(len(key) < 200 for key in first.entry.keys)


@pytest.mark.parametrize("odd", ["\0", "&#0;", "\x1b", "\u202e"])
def test_a_link_holds_nothing_invisible(parse, make, odd) -> None:
    document = make.rss(f"<item><title>Harbour</title><link>http://news.example/a{odd}b</link></item>")
    assert parse(document).entries[0].entry.url == "http://news.example/ab"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:x@example.org", "", "http://", "x" * 3000]
)
def test_a_link_that_is_not_of_the_web_is_none(parse, make, link) -> None:
    document = make.rss(f"<item><title>Harbour</title><guid isPermaLink='false'>1</guid><link>{link}</link></item>")
    (found,) = parse(document, url="").entries
    assert found.entry.url is None


@pytest.mark.parametrize(
    "date",
    [
        "0000-00-00",
        "Mon, 03 Nov 10000 00:00:00 GMT",
        "1e400",
        "9999-11-01",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "2099-01-01T00:00:00Z",
        "Tue, 05 Nov 2025 12:00:00 GMT",
        "yesterday",
        "",
        "-1",
        "Mon, 03 Nov 2025 25:61:61 +9999",
    ],
)
def test_a_date_that_cannot_be_true_is_none_and_said_so(parse, make, date) -> None:
    document = make.rss(f"<item><title>Harbour</title><guid>1</guid><pubDate>{date}</pubDate></item>")
    (found,) = parse(document).entries
    assert found.entry.published is None
    assert found.notes == ("the feed gives no usable date of publication",)


def test_a_clock_that_is_hours_ahead_is_believed(parse, make, now) -> None:
    moment = (now + timedelta(hours=20)).isoformat()
    (found,) = parse(make.rss(f"<item><title>Harbour</title><pubDate>{moment}</pubDate></item>")).entries
    assert found.entry.published == now + timedelta(hours=20)


def test_the_newest_entries_are_taken_and_the_rest_counted(parse, make) -> None:
    document = make.rss(*(make.item(f"Day {day}", guid=str(day), day=day) for day in (1, 3, 2)))
    parsed = parse(document, newest=2)
    assert (titles(parsed), parsed.left_out) == (["Day 3", "Day 2"], 1)


def test_without_dates_the_first_entries_are_the_newest(parse, make) -> None:
    document = make.rss(*(make.item(f"No {number}", guid=str(number), day=None) for number in range(4)))
    parsed = parse(document, newest=2)
    assert (titles(parsed), parsed.left_out) == (["No 0", "No 1"], 2)


def test_a_repeated_entry_is_taken_once_and_an_empty_one_never(parse, make) -> None:
    assert titles(parse(make.rss(make.item("One", guid="1"), "<item/>", make.item("One", guid="1")))) == ["One"]


@pytest.mark.parametrize(
    ("text", "content", "full"),
    [
        ("A teaser.", "STORY", True),
        ("", "STORY", True),
        ("A teaser.", "", False),
        ("A teaser.", "A teaser, again.", False),
        ("A teaser.", "STORY<p>Continue reading…</p>", False),
        ("A teaser.", "STORY [&#8230;]", False),
        ("STORY", "", False),
        ("STORYSTORYSTORY", "", True),
    ],
)
def test_a_feed_holds_the_whole_text_when_it_is_long_and_not_cut_off(parse, make, text, content, full) -> None:
    long = make.story(paragraphs=7)
    document = make.rss(make.item(guid="1", text=text.replace("STORY", long), content=content.replace("STORY", long)))
    (found,) = parse(document).entries
    assert found.entry.full == full


def test_scripts_and_captions_are_no_text(parse, make) -> None:
    markup = (
        "<script>steal()</script><p>One.</p><figure><figcaption>Photo: X</figcaption></figure><style>p{}</style>Two."
    )
    (found,) = parse(make.rss(make.item(guid="1", text=markup))).entries
    assert found.entry.summary == "One.\nTwo."


CYRILLIC = "Порт останется открытым, сообщила пресс-служба"


@pytest.mark.parametrize(
    ("document", "content_type", "right"),
    [
        (lambda text: text.encode("cp1251"), "text/xml; charset=utf-8", False),
        (lambda text: text.encode("cp1251"), "application/xml", False),
        (lambda text: text.encode("cp1251"), "text/xml; charset=windows-1251", True),
        (lambda text: text.replace("utf-8", "windows-1251").encode("cp1251"), "application/xml", True),
        (lambda text: text.encode(), "text/xml; charset=iso-8859-1", None),
        (lambda text: text.encode(), "application/xml; charset=zip_codec", True),
        (lambda text: text.encode(), "application/xml; charset=no-such-thing", True),
        (lambda text: text.encode("utf-8-sig"), "application/xml", True),
        (lambda text: text.replace("utf-8", "utf-16").encode("utf-16"), "application/xml", True),
    ],
)
def test_text_is_right_or_marked_as_garbled(parse, make, document, content_type, right) -> None:
    (found,) = parse(document(make.rss(make.item(CYRILLIC, guid="1"))), content_type=content_type).entries
    if right is not None:
        assert found.garbled == (not right)
    assert found.garbled or found.entry.title == CYRILLIC


def test_curly_quotes_in_a_guessed_charset_garble_nothing(parse, make) -> None:
    body = make.rss(make.item("“Stay,” she said", guid="1"), make.item("Café closes", guid="2")).encode("cp1252")
    assert [(found.entry.title, found.garbled) for found in parse(body).entries] == [
        ("“Stay,” she said", False),
        ("Café closes", True),
    ]


def test_utf8_that_was_once_read_as_latin_is_marked(parse, make) -> None:
    text = "“We’ll stay,” she said".encode().decode("cp1252", "replace")
    (found,) = parse(make.rss(make.item(text, guid="1"))).entries
    assert found.garbled


def test_proper_accents_are_not_marked(parse, make) -> None:
    document = make.rss(make.item("Évêque : « Où êtes-vous ? » Ängström, Çelik, São João, Việt Nam", guid="1"))
    assert not parse(document).entries[0].garbled


_NAMES = st.sampled_from([*sorted(feed._RENAMED), "title", "summary", "href", "tags", "links", "id", "nothing"])


@given(st.dictionaries(_NAMES.filter(lambda name: name != "links"), st.text(max_size=3)), _NAMES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_fields_of_an_entry_answer_to_the_names_that_feedparser_gives_them(fields, name) -> None:
    own = feed._Fields(fields)
    own["tags"] = [feed._Fields(term="port")]
    own["links"] = [feed._Fields(rel="license", href="x"), feed._Fields(rel="enclosure", href="y")]
    try:
        slowly = feed._item(own, name)
    except KeyError:
        slowly = None
    assert own.get(name) == slowly
    assert (name in own) == feed._has(own, name)
    copied = deepcopy(own)
    assert (copied, type(copied)) == (own, type(own))
    assert copied["links"][0] is not own["links"][0]
