"""A page gives the text of its article, or says that it has none."""

from __future__ import annotations

import pytest

from watchers import article
from watchers.errors import NoText


@pytest.fixture
def extract():
    def call(body: str | bytes, *, content_type: str = "text/html", charset: str = "", summary: str = ""):
        content = body.encode() if isinstance(body, str) else body
        return article.extract(
            content, subject="http://news.example/a", content_type=content_type, charset=charset, summary=summary
        )

    return call


def test_the_text_comes_without_navigation_line_by_line(extract, make) -> None:
    page = make.page().replace("<body>", "<body><nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>")
    found = extract(page)
    assert len(found.text.splitlines()) == 8
    assert found.text.startswith("The harbour board met for the 0th time")
    assert "Sport" not in found.text
    assert (found.title, found.garbled, found.notes) == ("harbour news", False, ())


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html></html>",
        "<html><body><script>render()</script></body></html>",
        "<html><body><p>Short.</p></body></html>",
        "<html><body><article><p>Please enable JavaScript to view this site. "
        + "It needs scripts to work. " * 12
        + "</p></article></body></html>",
        "<html><body><article><p>To continue reading, choose a plan. "
        + "Our reporters are at the quay every day. " * 12
        + "</p></article></body></html>",
        "\0\0\0",
    ],
)
def test_a_page_without_an_article_has_no_text(extract, page) -> None:
    with pytest.raises(NoText):
        extract(page)


@pytest.mark.parametrize(
    ("content_type", "body"), [("application/pdf", b"x"), ("image/png", b"x"), ("", b"%PDF-1.7"), ("audio/mpeg", b"")]
)
def test_what_is_no_page_has_no_text(extract, content_type, body) -> None:
    with pytest.raises(NoText, match="not a web page"):
        extract(body, content_type=content_type)


def test_a_long_article_that_mentions_cookies_is_an_article(extract, make) -> None:
    page = make.page(paragraphs=12).replace(
        "</article>", "<p>The board will accept all cookies at its feast.</p></article>"
    )
    assert "cookies" in extract(page).text


def test_text_is_bounded_and_the_cut_is_noted(extract) -> None:
    paragraph = "The quay stays open to every ship that asks for a berth this week. " * 9000
    found = extract(f"<html><body><article><p>{paragraph}</p></article></body></html>")
    assert len(found.text) <= 500_000
    assert found.notes == ("only the first 500,000 characters are considered",)


RUSSIAN = "Порт останется открытым для всех судов, сообщила журналистам председатель правления Мара Вельден. " * 8


@pytest.mark.parametrize(
    ("declared", "encoding", "charset"),
    [
        ("", "utf-8", ""),
        ("", "utf-8", "iso-8859-1"),
        ("", "utf-8-sig", ""),
        ("", "utf-16", ""),
        ("", "cp1251", "windows-1251"),
        ("<meta charset='windows-1251'>", "cp1251", ""),
        ("<meta charset='windows-1251'>", "cp1251", "zip_codec"),
    ],
)
def test_the_charset_is_found_where_anything_tells_it(extract, declared, encoding, charset) -> None:
    page = f"<html><head>{declared}</head><body><article><p>{RUSSIAN}</p></article></body></html>"
    found = extract(page.encode(encoding), charset=charset)
    assert found.text.startswith("Порт останется открытым")
    assert not found.garbled


def test_a_charset_that_is_wrongly_declared_is_right_or_marked(extract) -> None:
    page = f"<html><body><article><p>{RUSSIAN}</p></article></body></html>".encode("cp1251")
    found = extract(page, charset="iso-8859-1")
    assert found.garbled or found.text.startswith("Порт")


def test_curly_quotes_of_a_page_said_to_be_latin_are_kept(extract, make) -> None:
    page = make.page().replace("asks for a berth.", "asks. “Stay,” she said.").encode("cp1252")
    assert "“Stay,” she said." in extract(page, charset="iso-8859-1").text
