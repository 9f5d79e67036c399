"""Entries are known again whatever their feed changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.identity import Marks, canonical_link, keys

LINKS = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}.example.org/{path}" + (f"?{query}" if query else ""),
    st.sampled_from(["http", "https", "HTTP"]),
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_characters="?#", exclude_categories=["Z", "C"]), max_size=20),
    st.text(st.characters(codec="utf-8", exclude_characters="#", exclude_categories=["Z", "C"]), max_size=20),
)


@pytest.mark.parametrize(
    "other",
    [
        "http://news.example.org/a/1",
        "https://NEWS.example.org/a/1/",
        "https://news.example.org:443/a/1#comments",
        "https://news.example.org/a/1?utm_source=rss&utm_medium=feed",
        "https://news.example.org/a/1?at_medium=RSS&fbclid=x",
        " https://news.example.org./a/1 ",
    ],
)
def test_ways_to_write_a_link_are_one(other: str) -> None:
    assert canonical_link(other) == canonical_link("https://news.example.org/a/1")


def test_parameters_that_choose_the_article_stay() -> None:
    first, second = (canonical_link(f"https://example.org/a?id={number}&utm_source=x") for number in (1, 2))
    assert first == "https://example.org/a?id=1"
    assert first != second


@given(LINKS)
def test_a_canonical_link_is_its_own_canonical_link(link: str) -> None:
    assert canonical_link(canonical_link(link)) == canonical_link(link)


@given(
    LINKS,
    st.sampled_from(["utm_source", "utm_campaign", "fbclid", "at_medium", "ocid"]),
    st.text(st.characters(codec="ascii", categories=["L"])),
)
def test_tracking_never_changes_a_canonical_link(link: str, name: str, value: str) -> None:
    tracked = f"{link}{'&' if '?' in link else '?'}{name}={value}"
    assert canonical_link(tracked) == canonical_link(link)


@given(st.text())
def test_any_text_has_a_canonical_form(text: str) -> None:
    assert isinstance(canonical_link(text), str)


@given(
    st.lists(
        st.builds(
            Marks,
            id=st.sampled_from(["", "1", "2", "3"]),
            link=st.sampled_from([None, "https://example.org/1", "https://example.org/2"]),
            title=st.sampled_from(["", "one", "two"]),
            text=st.sampled_from(["", "x" * 80, "y" * 80]),
        ),
        max_size=6,
    )
)
def test_entries_that_differ_in_everything_share_no_key(marks: list[Marks]) -> None:
    found = keys("feed", marks)
    for one, its in zip(marks, found, strict=True):
        for other, others in zip(marks, found, strict=True):
            apart = one.id != other.id and one.link != other.link and (one.title, one.text) != (other.title, other.text)
            assert not (apart and set(its) & set(others))


def entry(**changes: str | None) -> Marks:
    return Marks(
        **{"id": "1", "link": "https://example.org/1", "title": "Harbour opens", "text": "word " * 30, **changes}
    )


@pytest.mark.parametrize(
    "change",
    [
        {"id": "9"},
        {"link": "https://example.org/9"},
        {"title": "Corrected"},
        {"id": "9", "link": None},
        {"id": "", "title": "x"},
    ],
)
def test_an_entry_is_known_again_by_any_key_left(change: dict[str, str | None]) -> None:
    (before,), (after,) = keys("feed", [entry()]), keys("feed", [entry(**change)])
    assert set(before) & set(after)


def test_an_id_used_for_all_entries_identifies_none() -> None:
    one, two = keys("feed", [entry(), entry(link="https://example.org/2", title="Other", text="another " * 20)])
    assert not set(one) & set(two)
    assert not any(key.startswith("id:") for key in one + two)


def test_a_repeated_entry_keeps_its_keys() -> None:
    one, two = keys("feed", [entry(), entry()])
    assert one == two == keys("feed", [entry()])[0]


def test_ids_hold_within_their_feed_and_links_everywhere() -> None:
    (one,), (two,) = keys("a", [entry()]), keys("b", [entry()])
    assert {key.split(":")[0] for key in set(one) & set(two)} == {"link"}


def test_a_short_text_identifies_only_when_there_is_nothing_else() -> None:
    ((*known,), (alone,)) = keys("f", [entry(text=""), entry(id="", link=None, title="Short", text="")])
    assert [key.split(":")[0] for key in known] == ["id", "link"]
    assert alone.startswith("text:")


def test_an_empty_entry_has_no_key() -> None:
    assert keys("f", [Marks(id="", link=None, title="", text=" ")]) == [()]
