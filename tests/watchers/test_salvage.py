"""A document that ends the parser is cut at its entries and nowhere else, and loses nothing by it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from watchers import salvage

PARTS = [
    b"<channel>",
    b"<item>",
    b"<ENTRY a='1'>",
    b"</item>",
    b"<items>",
    b"words",
    b"\xff",
    b"<width>",
    b"]]>",
    b"--",
]
QUOTED = [b"<![CDATA[", b"<!--", b" >"]


@given(st.lists(st.sampled_from(PARTS + QUOTED)))
def test_the_pieces_are_the_document(parts: list[bytes]) -> None:
    body = b"".join(parts)
    head, entries = salvage.pieces(body)
    assert head + b"".join(entries) == body


@given(st.lists(st.sampled_from(PARTS)))
def test_each_entry_begins_a_piece_and_what_is_quoted_begins_none(parts: list[bytes]) -> None:
    body = b"".join(parts)
    entries = parts.count(b"<item>") + parts.count(b"<ENTRY a='1'>")
    assert len(salvage.pieces(body)[1]) == entries
    quoted = body.replace(b"]]>", b"")
    for around in (b"<![CDATA[%s]]>", b"<![CDATA[%s"):
        assert salvage.pieces(b"<item>" + around % quoted) == (b"", [b"<item>" + around % quoted])
        assert around % quoted in salvage.mended(b"<width>" + around % quoted)
