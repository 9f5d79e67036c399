"""A sample of what `make fuzz` runs."""

from __future__ import annotations

import feedparser
import fuzz
import lxml.html
import pytest
from mutants import KINDS, mutant

from watchers import article, feed


def test_a_mutant_is_always_the_same() -> None:
    assert [mutant(kind, 3, 7) for kind in KINDS] == [mutant(kind, 3, 7) for kind in KINDS]
    assert mutant("feed", 3, 7) != mutant("feed", 3, 8)


@pytest.mark.parametrize(("kind", "count"), [("feed", 200), ("page", 20), ("text", 10), ("command", 40)])
def test_no_mutant_escapes_or_is_late(kind: str, count: int) -> None:
    found = fuzz.run(kind, 1, 0, count)
    assert (found.inputs[kind], found.escapes, found.late) == (count, [], [])


@pytest.mark.parametrize(("kind", "ours"), [("feed", (feed, "parse")), ("page", (article, "extract"))])
def test_what_our_own_code_raises_is_an_escape_though_the_child_would_refuse_it(
    kind: str, ours: tuple[object, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*ours, lambda *_args, **_named: {}["missing"])
    found = fuzz.run(kind, 1, 0, 2)
    assert [escape.partition(": ")[2].partition(" ")[0] for escape in found.escapes] == ["KeyError"] * 2


def test_what_feedparser_and_lxml_raise_is_no_escape_and_what_we_have_python_raise_is() -> None:
    told = []
    for act in (lambda: lxml.html.fromstring(""), lambda: feedparser.parse(object()), lambda: int("x")):
        try:
            act()
        except Exception as error:  # noqa: BLE001  of whichever kind
            told.append(fuzz.raised_in(error))
    assert told == ["lxml", "feedparser", ""]
