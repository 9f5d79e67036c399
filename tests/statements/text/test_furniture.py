"""What of a page is not its prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.statements.speech import reports
from bot.statements.text import furniture, sentences


def split(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences.read(text, "")]


@pytest.mark.parametrize(
    "line",
    [
        "Wait 5 sec.",
        "Leave a Reply",
        "Post a Comment",
        "Comments",
        "3 Comments",
        "Your email address will not be published. Required fields are marked *",
        "READ ALSO: Orlo leaves Ostra",
        "Also read | Orlo leaves Ostra",
        "Advertisement",
        "Story continues below this ad",
        "bur/ach",
        "By Mara Velden",
        "Share this article",
        "Read more",
        "MORE: Orlo leaves Ostra",
        "WATCH: Orlo leaves Ostra",
        "Recommended Stories",
        "list 1 of 3Orlo leaves Ostra",
        "end of list",
        "Image caption, Velden says the bridge is shut",
        "Follow Jan Brix on Twitter @janbrix.",
        '"Follow Jan Brix on Twitter @janbrix."',
        "Get the best of Ostra in your inbox",
    ],
)
def test_a_line_of_furniture_is_no_sentence(line: str) -> None:
    assert split(f"It rained.\n{line}\nIt snowed.") == ["It rained.", "It snowed."]


@pytest.mark.parametrize(
    "line",
    [
        "By the river stood a house.",
        "Orlo wrote more comments than anybody.",
        "Share prices fell.",
        "Live music returned to Ostra.",
        "The report was published in May, he said.",
    ],
)
def test_prose_is_no_furniture(line: str) -> None:
    assert furniture.found(line, "") == ()


MENU = " ".join(f"Orlo Visits the Harbour of Ostra for the {number}th time" for number in range(12))


def test_links_run_together_into_one_line_are_furniture_up_to_the_gap_before_the_prose() -> None:
    assert split(f"{MENU} 'We win'    The ferry sailed at noon.") == ["The ferry sailed at noon."]


def test_a_long_sentence_is_no_menu() -> None:
    names = ", ".join(f"Mara Velden the {number}th of Ostra" for number in range(30))
    sentence = f"Those who came were {names}, and nobody else."
    assert split(sentence) == [sentence]


def test_a_phrase_said_twice_in_one_line_is_read_once() -> None:
    line = "Velden hails the new bridge in Ostra after the long vote"
    assert split(f"{line}{line}") == [line]


def test_no_statement_of_the_seeds_holds_furniture(shared: Path) -> None:
    phrases = ("story continues below", "also read |", "read also:", "leave a reply", "post a comment", "wait 5 sec")
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for report in reports.find(text, ""):
            words = report.span.of(text).lower()
            assert not any(phrase in words for phrase in phrases), path.name


@pytest.mark.parametrize(
    "furniture_text",
    [
        "Jan Orlo/Reuters ",
        "Trade Fair Advertisement Supported by ",
        "To view this video please enable JavaScript, and consider upgrading to a web browser that supports HTML5 video ",
    ],
)
def test_what_is_glued_before_a_sentence_does_not_speak(furniture_text: str) -> None:
    text = f"{furniture_text}Velden said that the bridge is safe."
    speakers = [r.speaker_span.of(text) for r in reports.find(text, "") if r.speaker_span]
    assert speakers == ["Velden"]


def test_a_picture_credit_in_brackets_is_no_prose() -> None:
    text = "Velden meets Orlo in Ostra. (credit: Courtesy) Orlo ended the meeting by saying that the bridge is safe."
    (report,) = reports.find(text, "")
    assert report.speaker_span is not None
    assert report.speaker_span.of(text) == "Orlo"
