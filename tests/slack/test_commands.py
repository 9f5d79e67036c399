"""What people type is understood generously, and a doubtful name is a question back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.ledger import Found
from bot.slack import commands
from bot.slack.commands.names import Chosen, Finder, choose, numbered, plain_words, understand
from config.schema import Official

NOW = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)


PEOPLE = {
    "velden": [("Mara Velden", "mara-velden", 90.0), ("Marek Velder", "marek-velder", 75.0)],
    "mara velden": [("Mara Velden", "mara-velden", 100.0)],
    "mara velden tolls": [("Mara Velden", "mara-velden", 90.0)],
    "velden tolls": [("Mara Velden", "mara-velden", 86.0)],
    "orlik": [("Tomas Orlik", "tomas-orlik", 90.0), ("Jana Orlik", "jana-orlik", 90.0)],
    "jana orlik": [("Jana Orlik", "jana-orlik", 100.0), ("Tomas Orlik", "tomas-orlik", 97.0)],
    "veldn": [("Mara Velden", "mara-velden", 72.0)],
    "sternad": [("Ivo Sternad", None, 90.0)],
    "the": [("The Strait Watch", None, 90.0)],
    "far": [("Ivo Sternad", None, 60.0)],
}


def find(text):
    return [
        Found(name=name, official=official, score=score) for name, official, score in PEOPLE.get(text.casefold(), [])
    ]


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("velden", Chosen(official="mara-velden")),
        ("Mara Velden", Chosen(official="mara-velden")),
        ("velden tolls", Chosen(official="mara-velden", rest="tolls")),
        ("mara velden tolls", Chosen(official="mara-velden", rest="tolls")),
        ("velden the port toll", Chosen(official="mara-velden", rest="the port toll")),
        ("orlik", Chosen(several=("Tomas Orlik", "Jana Orlik"))),
        ("jana orlik", Chosen(official="jana-orlik")),
        ("veldn", Chosen(several=("Mara Velden",))),
        ("sternad", Chosen(official="Ivo Sternad")),
        ("the velden tolls", Chosen(official="mara-velden", rest="tolls")),
        ("the", Chosen(official="The Strait Watch")),
        ("far", Chosen()),
        ("nobody", Chosen()),
        ("", Chosen()),
    ],
)
def test_a_name_is_told_from_the_topic_that_follows(words, chosen):
    assert choose(words, find) == chosen


def test_a_name_that_is_written_out_is_searched_for_alone():
    asked = []

    def told(text):
        asked.append(text)
        return find(text)

    spans = {"jana orlik": 1}
    found = choose("jana orlik tolls", told, lambda texts: spans.get(texts[1]))
    assert found == Chosen(official="jana-orlik", rest="tolls")
    assert asked == ["jana orlik"]


@pytest.mark.usefixtures("alert")
@pytest.mark.parametrize("words", ["{} velden", "{} mara velden", "velden {}", "mara velden on {}"])
def test_a_topic_of_several_words_stands_before_or_behind_the_name(newsroom, words):
    found = understand(newsroom, words.format("monitors at the strait"))
    assert (found.person, found.topic, found.lost) == ("mara-velden", "strait-monitors", "")


@pytest.mark.usefixtures("alert")
@pytest.mark.parametrize(
    "typed", ["alerts since 2031-01-01 jsonl", "jsonl alerts since 2031-01-01", "alerts 7d as json"]
)
def test_an_export_knows_its_form_wherever_that_stands(newsroom, ada, typed):
    assert commands.answer(newsroom, f"export {typed}", ada, NOW).file.name.endswith(".jsonl")


def test_a_whole_name_is_known_from_the_record_and_the_files_the_first_of_several_texts(newsroom, alert):
    files = newsroom.config.model_copy(update={"officials": (Official(id="ivo-brandt", name="Ivo Brandt"),)})
    finder = Finder(replace(newsroom, config=files))
    assert finder.whole(["mara velden tolls", "MARA VELDEN", "mara"]) == 1
    assert finder.whole(["Ivo Brandt", "mara-velden"]) == 0
    assert finder.whole(["mara-velden", "Ivo Brandt"]) == 0
    assert finder.whole(["velden", "nobody", ""]) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  who   <@U1|velden> ", "who velden"),
        ("who <#C1|desk>", "who desk"),
        ("who <https://example.org|example.org>", "who example.org"),
        ("who <https://example.org>", "who https://example.org"),
        ("“who velden”", "who velden"),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("x" * 4000, "x" * 300),
        ("", ""),
    ],
)
def test_slacks_marks_are_taken_off_what_was_typed(typed, words):
    assert plain_words(typed) == words


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1042", 1042),
        ("OR-1042", 1042),
        ("or1042", 1042),
        ("or 1042", 1042),
        ("-1", None),
        ("#1042", 1042),
        ("OR-", None),
        ("1042x", None),
        ("9" * 10, None),
    ],
)
def test_an_alert_goes_by_number_or_name(words, number):
    assert numbered(words) == number


def test_a_topic_made_from_content_is_no_suggestion(ledger, story, alert, newsroom, ada):
    fresh = story.conflict.fresh
    with ledger.work() as work:
        work.statement(fresh.statement)
        work.position(replace(fresh, topic="made-bridge-strait", topic_name="bridge strait", proposition="made"))
        work.commit()
    assert "bridge strait" in [known.name for known in ledger.topics()]
    answer = str(commands.answer(newsroom, "who velden tariffs", ada, NOW))
    assert "Did you mean monitors at the strait?" in answer
