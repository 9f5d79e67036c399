"""One article is chosen from whatever file it stands in, or the message says what would help."""

from __future__ import annotations

import gzip
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.explain.source import NoArticle, read

TEXT = "Ilse Marken said that the quay would be closed."
PARAGRAPHS = (
    "<p>Ilse Marken said on Monday that the quay in Ostermouth would be closed until the storm is over.</p>"
    "<p>The harbour has been shut twice this winter, and the shipping companies count their losses by the day.</p>"
)
PAGE = f"<html><head><title>The quay</title></head><body><article>{PARAGRAPHS}</article></body></html>"


def _file(tmp_path: Path, name: str, content: str) -> str:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    return str(path)


def _lines(*names: str) -> str:
    return "".join(
        json.dumps({"id": name, "outlet": "The Courier", "text": f"{name}: {TEXT}"}) + "\n" for name in names
    )


def _read(name: str, wanted: str | None = None):
    return read(name, wanted=wanted, published=None)


def test_the_only_article_of_a_file_needs_no_choice(tmp_path):
    """A file of one line."""
    assert _read(_file(tmp_path, "a.jsonl", _lines("one"))).id == "one"


def test_a_packed_file_is_unpacked(tmp_path):
    """As `extract` does."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(_lines("one").encode()))
    assert _read(str(path)).id == "one"
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(NoArticle, match="cannot be unpacked"):
        _read(str(path))


def test_an_article_is_chosen_by_its_id(tmp_path):
    """One of three."""
    assert _read(_file(tmp_path, "a.jsonl", _lines("one", "two", "three")), "two").text == f"two: {TEXT}"


def test_without_a_choice_the_ids_are_offered(tmp_path):
    """The message can be followed at once."""
    with pytest.raises(NoArticle, match=r"3 articles; choose one with --id, e\.g\. one, two, three"):
        _read(_file(tmp_path, "a.jsonl", _lines("one", "two", "three")))


def test_for_a_wrong_id_those_like_it_are_offered(tmp_path):
    """A slip of the finger."""
    with pytest.raises(NoArticle, match="no article has the id 'thre'; there is three"):
        _read(_file(tmp_path, "a.jsonl", _lines("one", "two", "three")), "thre")


def test_a_line_that_cannot_be_used_is_named(tmp_path):
    """The reason stands in the message."""
    with pytest.raises(NoArticle, match="no article could be read; line 1: not JSON"):
        _read(_file(tmp_path, "a.jsonl", "{broken\n"))


def test_a_page_is_read_as_the_watcher_reads_it(tmp_path):
    """Text and title, without the mark-up."""
    article = _read(_file(tmp_path, "a.html", PAGE))
    assert article.title == "The quay"
    assert "<p>" not in article.text


def test_a_page_without_an_article_says_so(tmp_path):
    """No text to read."""
    with pytest.raises(NoArticle, match="nothing on it reads like an article"):
        _read(_file(tmp_path, "a.html", "<html><body><p>Hello</p></body></html>"))


def test_plain_text_is_taken_as_it_is(tmp_path):
    """No title, no date, no outlet."""
    article = _read(_file(tmp_path, "a.txt", TEXT))
    assert (article.text, article.title, article.published) == (TEXT, "", None)


def test_an_id_means_nothing_for_a_single_text(tmp_path):
    """Rather a word than a silence."""
    with pytest.raises(NoArticle, match="this is one text"):
        _read(_file(tmp_path, "a.txt", TEXT), "one")


def test_the_day_of_publication_can_be_given(tmp_path):
    """Plain text has none of its own."""
    day = datetime(2025, 3, 12, 12, tzinfo=UTC)
    assert read(_file(tmp_path, "a.txt", TEXT), wanted=None, published=day).published == day


@pytest.mark.parametrize(("content", "title"), [(TEXT, ""), (PAGE, "The quay"), (_lines("one"), "")])
def test_standard_input_is_known_by_its_first_character(monkeypatch, content, title):
    """A brace opens a line of JSON, an angle bracket a page, all else is prose."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    article = _read("-")
    assert "the quay" in article.text
    assert article.title == title


@pytest.mark.parametrize(("content", "message"), [(b" \n", "nothing in it"), (b"caf\xe9", "not UTF-8")])
def test_what_holds_no_text_is_refused(tmp_path, content, message):
    """Empty files and other encodings."""
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(NoArticle, match=message):
        _read(str(path))
