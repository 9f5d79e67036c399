"""What of a document was read before is passed over, and what is handed over is the same as without that."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polled import NOW, read, side_by_side

from watchers import seen
from watchers.seen import Seen

HEADS = {
    "rss": '<rss version="2.0"{scope}><channel><title>Wire</title><lastBuildDate>{stamp}</lastBuildDate>',
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"{scope}>'
    '<channel><title>Wire</title><items><rdf:Seq><rdf:li rdf:resource="{stamp}"/></rdf:Seq></items></channel>',
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"{scope}><title>Wire</title><updated>{stamp}</updated>',
}
TAILS = {"rss": "</channel></rss>", "rdf": "</rdf:RDF>", "atom": "</feed>"}
TEXTS = (
    "Ships may dock.",
    "The quay stays open to every ship that asks for a berth, the chair of the board said.",
    "Mara Vélden: “open”",
    "<![CDATA[<p>Ships</p>]]>",
    "<![CDATA[see </item> and <entry> here]]>",
    "<!-- </item> -->closed",
    "a &amp; b &#233; &eacute;",
    "&lt;item&gt;quoted&lt;/item&gt;",
    "broken <b>",
    "&#xD800;",
)


@dataclass(frozen=True)
class Item:
    number: int | None = 1
    link: int | None = 1
    title: str = "Harbour opens"
    text: str = TEXTS[0]
    day: int | None = 3

    def written(self, kind: str) -> str:
        atom = kind == "atom"
        parts = [f"<title>{self.title}</title>"]
        if self.number is not None:
            parts.append(f"<id>{self.number}</id>" if atom else f"<guid isPermaLink='false'>{self.number}</guid>")
        if self.link is not None:
            parts.append(f'<link href="/{self.link}"/>' if atom else f"<link>/{self.link}</link>")
        if self.day is not None:
            parts.append(
                f"<updated>2025-11-{self.day:02}T08:00:00Z</updated>"
                if atom
                else f"<pubDate>{self.day:02} Nov 2025 08:00:00 GMT</pubDate>"
            )
        parts.append(f"<summary>{self.text}</summary>" if atom else f"<description>{self.text}</description>")
        name = "entry" if atom else "item"
        return f"<{name}>{''.join(parts)}</{name}>"


@dataclass(frozen=True)
class Document:
    items: tuple[Item, ...]
    kind: str = "rss"
    declared: str = "utf-8"
    scope: str = ""
    stamp: str = "1"
    between: str = "\n"

    def bytes(self) -> bytes:
        head = HEADS[self.kind].format(scope=self.scope, stamp=self.stamp)
        inside = self.between.join(item.written(self.kind) for item in self.items)
        text = f'<?xml version="1.0" encoding="{self.declared}"?>{head}{inside}{TAILS[self.kind]}'
        return text.encode("utf-8" if self.declared == "us-ascii" else self.declared, "xmlcharrefreplace")


numbers = st.none() | st.integers(1, 6)
items = st.builds(
    Item,
    number=numbers,
    link=numbers,
    title=st.sampled_from(("Harbour opens", "Quay closes", "Häfen")),
    text=st.sampled_from(TEXTS) | st.sampled_from(TEXTS[:4]),
    day=st.none() | st.integers(1, 9),
)
mostly_apart = st.integers(0, 10**6).map(lambda n: Item(number=n, link=n, title=f"No {n}", text=TEXTS[n % 4]))


@st.composite
def histories(draw: st.DrawFn) -> list[bytes]:
    """A feed that gains, loses, edits and moves entries, and now and then changes its head."""
    some = st.lists(draw(st.sampled_from((items, mostly_apart, mostly_apart))), max_size=5).map(tuple)
    document = Document(
        items=draw(some),
        kind=draw(st.sampled_from(tuple(HEADS))),
        declared=draw(st.sampled_from(("utf-8", "utf-8", "iso-8859-1", "windows-1251", "us-ascii", "utf-16"))),
        scope=draw(st.sampled_from(("", ' xml:base="http://other.example/"', ' xml:lang="de"'))),
    )
    documents = [document]
    for _ in range(draw(st.integers(1, 4))):
        match draw(st.sampled_from(("gain", "gain", "gain", "lose", "edit", "move", "head", "scope", "between"))):
            case "gain":
                document = replace(document, items=draw(some) + document.items, stamp=document.stamp + "1")
            case "lose":
                document = replace(document, items=document.items[:-1])
            case "edit" if document.items:
                place = draw(st.integers(0, len(document.items) - 1))
                edited = replace(document.items[place], text=draw(st.sampled_from(TEXTS)))
                document = replace(document, items=(*document.items[:place], edited, *document.items[place + 1 :]))
            case "move":
                document = replace(document, items=document.items[::-1])
            case "scope":
                document = replace(document, scope=draw(st.sampled_from(("", ' xml:base="http://third.example/"'))))
            case "between":
                document = replace(document, between=draw(st.sampled_from(("\n", "<!-- -->", "", "<b/>"))))
            case _:
                document = replace(document, stamp=document.stamp + "2")
        documents.append(document)
    return [document.bytes() for document in documents]


TYPES = st.sampled_from(("application/rss+xml", "application/rss+xml", "text/xml", "text/html; charset=utf-8", ""))


def check(bodies: list[bytes], content_type: str, newest: int, waits: set[tuple[int, int]]) -> None:
    side_by_side(bodies, content_type=content_type, newest=newest, later=lambda *which: which in waits)


PLACES = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=4)


@settings(max_examples=35)
@given(histories(), TYPES, st.sampled_from((500, 500, 3)), PLACES)
def test_whatever_a_feed_does_the_same_is_handed_over(bodies, content_type, newest, waits) -> None:
    check(bodies, content_type, newest, waits)


@pytest.mark.campaign
@settings(max_examples=2000)
@given(histories(), TYPES, st.sampled_from((500, 500, 3)), PLACES)
def test_whatever_a_feed_does_the_same_is_handed_over_thousands_of_times(bodies, content_type, newest, waits) -> None:
    check(bodies, content_type, newest, waits)


A, B, C = (Item(number=n, link=n, title=f"No {n}", text=TEXTS[1] + str(n)) for n in (1, 2, 3))
UMLAUT = replace(C, title="Häfen öffnen")


def spared(*documents: Document | bytes, **options) -> int:
    """How many entries of them were passed over."""
    return side_by_side([d if isinstance(d, bytes) else d.bytes() for d in documents], **options)


@pytest.mark.parametrize("kind", HEADS)
def test_entries_that_stay_as_they_were_are_not_read_again(kind) -> None:
    old = Document((B, A), kind=kind)
    assert spared(old, replace(old, items=(C, B, A), stamp="2"), replace(old, items=(C, B), stamp="3")) == 4


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({"items": (replace(B, text="Other words."), A)}, 1),  # edited in place
        ({"items": (A, B)}, 2),  # moved
        ({"items": (UMLAUT, B, A)}, 2),
        ({"stamp": "another head"}, 2),
        ({"scope": ' xml:base="http://other.example/"'}, 0),
        ({"scope": ' xml:lang="de"'}, 0),
        ({"scope": ' xmlns:x="urn:x"'}, 0),
        ({"declared": "iso-8859-1"}, 0),
        ({"between": "<!-- a comment -->"}, 0),
        ({"items": (replace(C, number=1), B, A)}, 0),  # one id for two
        ({"items": (replace(C, link=1), B, A)}, 0),  # one link for two
        ({"items": (replace(C, title=A.title, text=A.text), B, A)}, 0),  # one text for two
        ({"items": (A, A)}, 0),
        ({"items": (replace(C, text=TEXTS[4]), B, A)}, 0),  # an end of an item that is none
        ({"items": (replace(C, text="broken <b>"), B, A)}, 0),
        ({"items": (replace(C, text="&#xD800;"), B, A)}, 0),  # ends feedparser
    ],
    ids=str,
)
def test_what_changes_the_meaning_of_the_rest_has_the_whole_document_read(change, count) -> None:
    old = Document((B, A))
    assert spared(old, replace(old, **change)) == count


def test_an_entry_that_comes_back_is_told_again_and_changes_nothing() -> None:
    old = Document((B, A))
    assert spared(old, replace(old, items=(B,)), old) == 2


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE rss [<!ENTITY a "b">]>' + Document((B, A)).bytes(),
        Document((B, A)).bytes().replace(b"item>", b"ITEM>"),
        Document((B, A), kind="atom").bytes().replace(b"</feed>", b"<item/></feed>"),
        Document((B, A), declared="utf-16").bytes(),
        Document((B, A)).bytes().replace(b"</channel>", b"<item/></channel>"),
        Document((B, A)).bytes().replace(b"<item>", b"<item><item>"),
        Document((B, A)).bytes().replace(b"<title>Wire", b"<title a='>'>Wire"),
        Document((B, A)).bytes().replace(b"<title>Wire", b"<!-- " + b"x" * 70_000 + b"--><title>Wire"),
        Document((replace(B, number=1), A)).bytes(),
        Document((replace(B, text="broken <b>"), A)).bytes(),
        Document((), "rss").bytes(),
    ],
    ids=range(11),
)
def test_of_a_document_that_hides_its_pieces_nothing_is_remembered(body) -> None:
    parsed = read(body)
    assert isinstance(parsed, str) or not parsed.seen


def test_a_feed_longer_than_what_is_read_of_it_is_read_whole() -> None:
    assert spared(Document((B, A)), Document((C, B, A)), newest=2) == 0


def test_text_in_ascii_alone_leaves_the_feed_what_it_is() -> None:
    old = Document((UMLAUT, B))
    assert spared(old, replace(old, items=(A, UMLAUT, B)), content_type="text/xml") == 2
    latin = replace(old, declared="iso-8859-1")
    assert spared(latin, replace(latin, items=(replace(UMLAUT, number=7, link=7, text="x"), *latin.items))) == 2


def test_after_a_day_the_whole_document_is_read() -> None:
    body = Document((B, A)).bytes()
    first = read(body)
    assert [len(read(body, remembered=first.seen, hours=hours).entries) for hours in (0, 23, 24, -1)] == [0, 0, 2, 2]
    assert Seen.read(read(body, remembered=first.seen, hours=23).seen).whole_at == NOW


def test_other_rules_of_reading_have_the_whole_document_read(monkeypatch) -> None:
    body = Document((B, A)).bytes()
    first = read(body)
    monkeypatch.setattr(seen, "RULES", "of another version")
    assert len(read(body, remembered=first.seen).entries) == 2


def test_what_is_remembered_comes_back_equal() -> None:
    known = Seen.read(read(Document((UMLAUT, B, A)).bytes()).seen)
    assert Seen.read(str(known)) == known
    assert len(known.names) == 3


@pytest.mark.parametrize("text", ["", "x", "a b c", "a b 1 " + "x" * 17, "a b " + "9" * 30])
def test_what_was_never_written_is_nothing(text) -> None:
    assert Seen.read(text) is None


def test_what_is_remembered_is_bounded() -> None:
    pieces = [b"<item>%d</item>" % number for number in range(seen.MOST + 1)]
    assert seen.outline(b"<rss>" + b"".join(pieces), url="", content_type="") is None
    found = seen.outline(b"<rss>" + b"".join(pieces[1:]), url="", content_type="")
    names = [frozenset(seen.name(f"{kind} {number}") for kind in "abc") for number in range(seen.MOST)]
    assert len(str(found.remembered(names, "utf-8", NOW))) < 42_000


def test_a_million_beginnings_are_passed_at_once() -> None:
    assert seen.outline(b"<item>" * 1_000_000, url="", content_type="") is None
    assert seen.outline(b"<rss>" + b"<item></item>" * 100_000, url="", content_type="") is None
