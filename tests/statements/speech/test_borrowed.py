"""Words in marks that are nobody's statement."""

from __future__ import annotations

import pytest

from bot.statements.speech import reports


def said(text: str) -> list[str]:
    return [report.span.of(text) for report in reports.find(text, "")]


NOBODYS = {
    "a reporter's question": "“Will you resign over the bridge?” a reporter asked.",
    "a reporter's question behind a colon": "A reporter asked: “Will you ever open the old bridge again?” Velden left.",
    "a question left open": "“Will you ever open the bridge?” a journalist asked. Velden did not answer.",
    "what somebody was asked": "Velden was asked what proof there is “that the bridge will never again be shut?”",
    "an official addressed by title": "“Minister Velden, what is a toll?” asked Jan Brix of the Courier.",
    "the letter of a treaty": "The treaty says “the parties shall never close the bridge to ships.”",
    "the letter of an article": "Article 5 says that “the bridge shall be open to all who wish to cross it.”",
    "a law's words without a cue": "Under Article 5, “a bridge closed to one is closed to all of them,” and that is it.",
    "a law's words resumed": (
        'Article 2 of the constitution says the river "belongs to all," which "no law may ever change or take away."'
    ),
    "a sign": "Protesters carried a sign reading “We want our old bridge back now please.”",
    "a book": "Her book, “The Long Way to the Harbour and Back Again,” was read by all.",
    "a book of a speaker": "It rained. In his book, “The Long Way Home,” Orlo left.",
    "a leading article": "He shared a Courier editorial, “Old bridge shows who stands in the way of trade,”.",
    "a theme": "The theme for the lecture of this year is, “Growth of the harbour through tolls and ferries for all.”",
    "a report": "The survey, the “Human Cost of Closing Bridges in Ostra,” asks how many walk.",
    "a nickname": "Tomas “the Hammer of Ostra” Orlo left.",
    "a term": "The “shadow ferry” sailed at noon.",
    "a title without a cue": "The dean spoke at a panel, themed “Bridges, Harbours and Regional Growth: Ways Ahead”.",
    "a verse": "Orlon 2:12: “And the river shall be open to all who come to it in peace.”",
    "a sign by the road": "A billboard tells drivers who paid: “Built by the people of Ostra for you.”",
    "an example": "One could type a question such as “Which bridge of Ostra is the oldest of them all?”",
    "a stage direction": '"(Applause.)"',
    "a conference": "A meeting titled “Bridges and Tolls: Access to Harbours at Every Level” was held in Ostra.",
}


@pytest.mark.parametrize("text", NOBODYS.values(), ids=NOBODYS.keys())
def test_words_in_marks_that_nobody_stands_for_are_left(text: str) -> None:
    assert said(f"It rained.\n\n{text}") == []


KEPT = {
    "a politician's own question": ("“What did they talk about?” Orlo asked.", ["What did they talk about?"]),
    "a question as a demand": ("“Mr. President, will you pledge to go?” he asks.", ["Mr. President, will you pledge to go?"]),
    "an answer": ("Asked about the bridge, Velden replied: “It is shut.”", ["It is shut."]),
    "an answer without a cue": (
        "Asked about the bridge, Velden was firm: “We will never open it again.”",
        ["We will never open it again."],
    ),
    "a resolution": ("“The bridge shall be shut,” the resolution read.", ["The bridge shall be shut,"]),
    "a law that an official cites": (
        "The treaty says “the parties shall not close it,” Velden said.",
        ["The treaty says “the parties shall not close it,”"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), KEPT.values(), ids=KEPT.keys())
def test_what_somebody_stands_for_is_kept(text: str, expected: list[str]) -> None:
    assert said(f"It rained.\n\n{text}") == expected


def test_another_voice_is_not_the_speakers_own() -> None:
    assert said("Quoting an old foe, “We need to shut the bridge,” Velden asserted: “He is wrong.”") == ["He is wrong."]


def test_a_paper_in_marks_that_was_told_is_no_statement() -> None:
    assert said("“I know how it feels,” Orlo told “The Harbour Post.”") == ["I know how it feels,"]


def test_a_title_in_single_marks_within_a_headline_is_no_statement() -> None:
    text = "New Toll Now ‘Core Focus of Harbour Trade’ It rained.\n\n“The bridge is shut,” Velden said."
    assert said(text) == ["The bridge is shut,"]


def test_a_crosshead_in_single_marks_is_no_statement() -> None:
    text = "“The bridge is shut,” Velden said.\n\n‘Nobody knows.’\n\n“It will open,” Orlo said."
    assert said(text) == ["The bridge is shut,", "It will open,"]


def test_a_paragraph_in_single_marks_is_a_statement_where_the_prose_has_no_others() -> None:
    text = "‘The bridge is shut,’ Velden said.\n\n‘Nobody knows.’"
    assert said(text) == ["The bridge is shut,", "Nobody knows."]
