"""200,000 hostile strings: none pings, links, formats, quotes or overflows, as a reader of mrkdwn of its own finds."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator

import pytest

from bot.slack import mrkdwn

STRINGS = 200_000
SHARES = 8  # each with a seed of its own, so that one that fails is found again
PIECES = (
    "<!channel>", "<!here>", "<!everyone>", "<!subteam^S1|@desk>", "<!date^1^{time}^https://evil.example|now>", "<@U0ADA>",
    "<@W1|x>", "<#C1|general>", "<https://evil.example|NYT>", "<mailto:a@evil.example|x>", "<tel:1>", "<slack://x|y>",
    "@channel", "@here", "@ada", "#general", "a@b.example", "https://evil.example/x", "http://", "javascript:x", "www.x.y",
    "&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", "&#60;!here&#62;", "&lt", "&", ";", "<", ">", "|", "!", "^", "<!", "<@", "\\<",
    "*", "_", "~", "`", "```", "**", "__", "~~", "*b*", "_i_", "~s~", "`c`", "a_b", "_a", "a_", "*_~", "•", "- ", "1. ",
    ":boom:", ":+1:", ":+1::skin-tone-2:", ":", "::", ":a", "a:", ":thumbs up:", ":émoji:", ":\u200b:", ":a\u200bb:",
    ">", ">>>", "\n>", "\n&gt;", "\n\n", "\r\n", "\u2028", "\u2029", "\x0b", "\x85", "\t", " ", "\u3000", "\u00a0",
    "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\x00", "\x1b[1m", "\ud800",
    "\U000e0041", "\ufe0f", "\u3164", "e\u0301", "\u0335", "😀", "👩\u200d👩\u200d👧", "🏴\u200d☠️", "Ж", "海", "لا", "ﬁ", "∗", "＊", "＿",
    "‹", "＜", "﹤", "…", "“", "”", "‘", "’", "a", "B", "9", "word ", "The minister said ", "x" * 40, "\u1fef", "\u037e",
)  # fmt: skip


def hostile(seed: int, count: int) -> Iterator[str]:
    """So many strings, always the same for a seed: known marks, letters of every script, and both mixed."""
    draw = random.Random(seed)  # noqa: S311 - meant to be repeatable
    for _ in range(count):
        parts = [
            draw.choice(PIECES) if draw.random() < 0.85 else chr(draw.randrange(0x110000))
            for _ in range(draw.randrange(1, 14))
        ]
        yield "".join(parts)


SAID = {  # what is more than words in mrkdwn, by Slack's documentation
    "a token": r"[<>]",
    "an entity that is none": r"&(?!(?:amp|lt|gt);)",
    "a quotation": r"^[^\S\n]*&gt;",
    "formatting": r"[*~`]|(?:^|(?<=\W))_|_(?:$|(?=\W))|__",
    "a name that link_names would ring": r"@\w",
    "an emoji": r":[^\s:/\u2060]+:",
}
_HEARD = {what: re.compile(pattern, re.MULTILINE) for what, pattern in SAID.items()}
_JOINS_PICTURES = re.compile(r"(?<=[^\w\s])\u200d(?=[^\w\s])")
_HIDES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def heard(text: str) -> str | None:
    """What Slack would hear in a mrkdwn text beside words; None: words only.

    Written apart from the code that makes messages and from the workspace's page, so that one mistake is not in both.
    """
    for what, pattern in _HEARD.items():
        if pattern.search(text):
            return what
    bare = _JOINS_PICTURES.sub("", text.replace("\n", "").replace("\u2060", ""))
    hidden = "" if bare.isprintable() else [char for char in bare if unicodedata.category(char) in _HIDES]
    return f"a character that hides: {hidden[0]!r}" if hidden else None


@pytest.mark.parametrize("seed", range(SHARES))
def test_no_hostile_string_says_anything_to_slack(seed):
    draw = random.Random(-seed)  # noqa: S311
    for text in hostile(seed, STRINGS // SHARES):
        limit = draw.choice((1, 2, 7, 20, 75, 300))
        shown = mrkdwn.foreign(text, limit)
        assert (text, limit, heard(shown)) == (text, limit, None)
        assert "\n" not in shown, text
        assert len(shown.encode("utf-16-le")) // 2 <= limit, text
        lines = mrkdwn.foreign_lines(text, limit)
        assert (text, limit, heard(lines)) == (text, limit, None)
        quoted = mrkdwn.quoted(lines)
        assert (text, [heard(line[1:]) for line in quoted.split("\n")]) == (text, [None] * (quoted.count("\n") + 1))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<!channel>", "a token"),
        ("a &gt; b", None),
        ("&gt; b", "a quotation"),
        ("a\n  &gt; b", "a quotation"),
        ("> b", "a token"),
        ("&nbsp;", "an entity that is none"),
        ("a *b*", "formatting"),
        ("snake_case", None),
        ("_a", "formatting"),
        ("a_ b", "formatting"),
        ("so _a", "formatting"),
        ("(_a)", "formatting"),
        ("a__b", "formatting"),
        (":boom:", "an emoji"),
        ("10:30:45", "an emoji"),
        ("at 10:30 o'clock", None),
        ("@here", "a name that link_names would ring"),
        ("@ here", None),
        ("👩\u200d👧", None),
        ("a\u200db", "a character that hides: '\\u200d'"),
        ("\u202e", "a character that hides: '\\u202e'"),
    ],
)
def test_the_reader_hears_what_slack_documents(text, what):
    assert heard(text) == what
