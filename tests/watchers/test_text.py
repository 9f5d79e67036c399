"""Text of strangers comes out plain, bounded and storable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.text import clean, garbled, one_line, plain


@given(st.text(st.characters()), st.integers(1, 50))
def test_clean_text_is_bounded_storable_and_stays_as_it_is(text, limit) -> None:
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    assert cleaned.encode() is not None
    assert clean(cleaned, limit) == cleaned


@given(st.text(st.sampled_from("<>&;/ab'\"=!-[]?\n")))
def test_any_markup_gives_text(markup) -> None:
    assert isinstance(plain(markup), str)


_PARTS = [
    "<p>",
    "</p>",
    "<br />",
    "<a href=\"/x?a=1&amp;b\" rel='n'>",
    "</a\n>",
    "<script>",
    "</script>",
    "<figcaption>",
]
_PARTS += [
    "</figcaption>",
    "<Li class=x>",
    "<li\tid='<'>",
    "<b/>",
    "<p/ >",
    "<",
    ">",
    "</",
    "&amp;",
    "&",
    "&#8230;",
    "&lt",
]
_PARTS += [
    "the quay ",
    "\n",
    "  ",
    "\xa0",
    " \n ",
    "\u200b",
    "<title>",
    "<o:p>",
    "</p x='y'>",
    "<é>",
    '"',
    "é",
    "<!--x-->",
]


@given(st.lists(st.sampled_from(_PARTS)).map("".join))
def test_plain_tags_give_the_same_text_in_the_quick_way(markup) -> None:
    slowly = plain("<!---->" + markup)  # a comment, which is nothing, and no plain tag
    assert slowly == (plain(markup) if "<" in markup or "&" in markup else clean(markup.replace("\n", " ")))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two<br>three</p>", "One\nTwo\nthree"),
        ("a&nbsp;b  c\n d", "a b c d"),
        ("1 &lt; 2 &amp;&amp; 3", "1 < 2 && 3"),
        ("<script>x</script>a<style>y</style>", "a"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("&#147;Stay&#148;", "“Stay”"),
        ("<!channel> <b onclick='x'>a</b>", "a"),
        ("plain", "plain"),
    ],
)
def test_markup_becomes_lines_of_text(markup, text) -> None:
    assert plain(markup) == text


def test_a_title_is_one_line() -> None:
    assert one_line(" a\n\n b ", 500) == "a b"


@pytest.mark.parametrize(
    "text", ["Ïåñêîâ ñîîáùèë", "â€œWeâ€™ll stayâ€\x9d", "ÐŸÐ¾Ñ€Ñ‚ Ð¾Ñ‚ÐºÑ€Ñ‹Ñ‚", "Erdo\ufffdan \ufffd \ufffd \ufffd"]
)
def test_text_read_in_the_wrong_charset_is_seen(text) -> None:
    assert garbled(text)


@pytest.mark.parametrize(
    "text", ["", "plain", "“We’ll stay”", "Порт открыт", "東京は開いている", "São João, œuvre, Ærø", "Où ? À Évry !"]
)
def test_proper_text_is_left_in_peace(text) -> None:
    assert not garbled(text)


@pytest.mark.parametrize("opened", ["<![CDthe quay]]>", "<![Ch.", "<![ 1 ]>", "<![if gte mso 9]>"])
def test_a_marked_section_that_no_standard_knows_costs_no_words_around_it(opened: str) -> None:
    assert plain(f"<p>Marken spoke.</p>{opened}<p>The quay stays open.</p>").startswith("Marken spoke.")
    assert plain(f"<p>Marken spoke.</p>{opened}> <p>The quay stays open.</p>").endswith("The quay stays open.")
