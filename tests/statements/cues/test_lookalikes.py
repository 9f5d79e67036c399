"""Words that look like a cue and report nothing; the people and places are invented."""

from __future__ import annotations

import pytest

from bot.statements.speech import reports

Row = tuple[str | None, str | None, str]


def rows(text: str) -> list[Row]:
    """Speaker, cue and content of each statement, in text order."""
    return [
        (report.speaker_span.of(text) if report.speaker_span else None, report.cue, report.span.of(text))
        for report in reports.find(text, "")
    ]


NOTHING = {
    "a noun before its verb": "Quieter voices began to fill the square of Ostra.",
    "a noun before its participle": "There are powerful voices looking for a new bridge.",
    "a noun before its relative clause": "They went through minute details that may one day give us a bridge.",
    "the second of two nouns": "The council honours activists and advocates like Mara Velden.",
    "a plural by its number": "He walked through several other Norlandian states, of which two are small.",
    "an infinitive of purpose": "The fund was set up to train and encourage young ferrymen.",
    "what somebody can do": "The new machine can read the river and answer questions about it.",
    "a question answered": "Velden answered our questions by letter.",
    "something added": "The ministry added two lanes to the bridge.",
    "the main clause behind those who do": "Whoever can write will write about the river.",
    "a passive that goes on": "Police were called at dawn and notified that a ferry had sunk.",
    "what the writer finds worth telling": "It is worth noting that the bridge has two lanes.",
    "an event that is named only": "Nothing was done about Norland disclosing its tolls.",
    "a relative clause of time": "The talks on the bridge tolls, which concluded on Sunday, brought nothing.",
    "a reduced passive": "Warnings of floods written in an old book, with a map, came true.",
    "what bears a name": "The engineers chose a method called drift mapping.",
    "what will be made known": "The judges will announce five names in spring.",
    "a plural of a verb's form": "The old wooden posts would rot within a year.",
    "a way back": "Orlo is not backing away from a long winter.",
    "what is written": "Velden has not written anything about rivers, as all agree.",
    "the names of many": "None of the ferries called Old Star are seaworthy.",
    "an event that threatens": "Opposition to the toll threatens to delay the bridge.",
    "an event that shows": "The data highlighted the growing need for ferries.",
    "what a word refers to": "This refers to the number of ferries at work.",
    "a measure": "Tolls are paid according to size.",
    "what is borne out": "Orlo backed that up on Monday.",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_a_word_that_only_looks_like_a_cue_takes_nothing(text: str) -> None:
    assert rows(f"It rained.\n\n{text}") == []


CUES: dict[str, tuple[str, list[Row]]] = {
    "a verb of the plural in a row": (
        "Experts say the dam leaks into secondary canals and argue that it must go.",
        [("Experts", "say", "the dam leaks into secondary canals"), ("Experts", "argue", "that it must go")],
    ),
    "the verb behind its noun": (
        "Press reports state that the dam leaks.",
        [("Press reports", "state", "that the dam leaks")],
    ),
    "the demand behind its voices": (
        "Younger voices began to demand a wider bridge.",
        [("Younger voices", "demand", "a wider bridge")],
    ),
    "a court's ruling": (
        "A court ruled that the toll was unlawful.",
        [("A court", "ruled", "that the toll was unlawful")],
    ),
    "what somebody points to": (
        "Velden pointed to the cracks in the dam.",
        [("Velden", "pointed to", "the cracks in the dam")],
    ),
    "an inverted speaker without a name": (
        "The ferryman must rest, said a nurse on Friday.",
        [("a nurse", "said", "The ferryman must rest")],
    ),
    "whom a paper cites, behind a day": (
        "The Courier wrote on Friday, citing harbour police, that the bridge was shut.",
        [("harbour police", "wrote", "that the bridge was shut")],
    ),
    "a paper that cites things": (
        "The dam leaks, the Courier reported, citing harbour documents.",
        [("the Courier", "reported", "The dam leaks")],
    ),
    "silence at a question": (
        "The dam is safe, Velden told a news conference when asked about the cracks.",
        [("Velden", "told", "The dam is safe")],
    ),
    "an official that threatens": (
        "Opposition leader Mara Velden threatens to delay the bridge.",
        [("Opposition leader Mara Velden", "threatens", "to delay the bridge")],
    ),
    "an age behind a name": (
        "“I walk to work,” Karim Orlo, 31, a teacher, told the Courier.",
        [("Karim Orlo", "told", "I walk to work,")],
    ),
    "a name that is called something": (
        "Velden called Orlo a coward.",
        [("Velden", "called", "Orlo a coward")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CUES.values(), ids=CUES.keys())
def test_a_cue_beside_what_looks_like_one_is_taken(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected
