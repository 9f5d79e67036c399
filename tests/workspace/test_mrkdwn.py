"""The renderer makes markup of markup only: what is escaped stays text."""

from __future__ import annotations

import pytest

from bot.workspace.page.mrkdwn import parse, plain, words

NAMES = {"U0ADA": "ada", "C0FACTDESK": "fact-desk"}.get


def bold(*nodes):
    return {"kind": "bold", "nodes": list(nodes)}


def italic(*nodes):
    return {"kind": "italic", "nodes": list(nodes)}


def link(href, label):
    return {"kind": "link", "href": href, "nodes": [label]}


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("a *b* c", ["a ", bold("b"), " c"]),
        ("_a_ ~b~ `c`", [italic("a"), " ", {"kind": "strike", "nodes": ["b"]}, " ", {"kind": "code", "nodes": ["c"]}]),
        ("*_both_*", [bold(italic("both"))]),
        ("*a <https://example.org|b>*", [bold("a ", link("https://example.org", "b"))]),
        ("2*3*4", ["2*3*4"]),
        ("snake_case_name", ["snake_case_name"]),
        ("* not bold *", ["* not bold *"]),
        ("**", ["**"]),
        ("*open", ["*open"]),
        ("`*not bold*`", [{"kind": "code", "nodes": ["*not bold*"]}]),
        ("```\na *b*\n```", [{"kind": "pre", "nodes": ["a *b*"]}]),
        ("a\nb", ["a", {"kind": "break"}, "b"]),
        ("(*bold*), then", ["(", bold("bold"), "), then"]),
    ],
)
def test_styles_are_found_where_slack_finds_them(text, nodes):
    assert parse(text) == nodes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&lt;!channel&gt;", "<!channel>"),
        ("&lt;@U0ADA&gt;", "<@U0ADA>"),
        ("&lt;https://example.org|click&gt;", "<https://example.org|click>"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("&gt; no quote", "> no quote"),
        ("&quot;&#42;", "&quot;&#42;"),
    ],
)
def test_escaped_text_is_shown_as_text(text, shown):
    assert parse(text, NAMES, verbatim=True) == [shown]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org"])
def test_an_address_that_is_not_of_the_web_is_no_link(address):
    assert parse(f"<{address}|click>") == [f"<{address}|click>"]


def test_links_mentions_and_channels_are_named():
    assert parse("<https://example.org/?a=1&amp;b=2|Outlet &amp; Co>") == [
        link("https://example.org/?a=1&b=2", "Outlet & Co")
    ]
    assert parse("<@U0ADA> in <#C0FACTDESK>", NAMES) == [
        {"kind": "mention", "nodes": ["@ada"]},
        " in ",
        {"kind": "mention", "nodes": ["#fact-desk"]},
    ]
    assert parse("<!here>") == [{"kind": "mention", "loud": True, "nodes": ["@here"]}]


def test_bare_addresses_become_links_unless_verbatim():
    assert parse("see https://example.org/a_b_c.") == [
        "see ",
        link("https://example.org/a_b_c", "https://example.org/a_b_c"),
        ".",
    ]
    assert parse("see https://example.org", verbatim=True) == ["see https://example.org"]


def test_dates_carry_their_form_and_fallback():
    (node,) = parse("<!date^1740488820^{date_short} at {time}|25 Feb, 13:07 UTC>")
    assert node == {"kind": "date", "at": 1740488820, "form": "{date_short} at {time}", "nodes": ["25 Feb, 13:07 UTC"]}


def test_a_quote_keeps_all_its_lines_and_ends_with_them():
    assert parse("before\n>one\n>*two*\nafter") == [
        "before",
        {"kind": "quote", "nodes": ["one", {"kind": "break"}, bold("two")]},
        "after",
    ]
    assert parse(">>>one\ntwo") == [{"kind": "quote", "nodes": ["one", {"kind": "break"}, "two"]}]


def test_plain_text_has_no_markup():
    assert plain("*a* <b> &amp; c\nd") == ["*a* <b> & c", {"kind": "break"}, "d"]


@pytest.mark.parametrize("hostile", ["*a " * 20_000, "*_~" * 15_000, "<" * 40_000, "`" * 40_000, "*_" * 20_000 + "a"])
def test_hostile_text_is_rendered_in_one_pass_without_losing_a_word(hostile):
    def bare(text):
        return text.translate(dict.fromkeys(map(ord, "*_~`")))

    assert bare(words(parse(hostile))) == bare(hostile)
