"""Who speaks where another passes the words on: papers that quote, officials beside the main clause, claims answered."""

from __future__ import annotations

import pytest

from bot.statements.speech import reports

RELAYED = {
    "a paper quotes somebody behind the quotation": (
        "“We will keep the bridge closed,” the Courier quoted Orlo as saying on Monday.",
        [("Orlo", "We will keep the bridge closed,")],
    ),
    "a paper cites somebody behind the quotation": (
        '"We will keep the bridge closed," the Courier cited Velden as saying.',
        [("Velden", "We will keep the bridge closed,")],
    ),
    "a paper quotes somebody behind the clause": (
        "The bridge will stay closed, the Courier quoted Mara Velden as saying.",
        [("Mara Velden", "The bridge will stay closed")],
    ),
    "a paper passes on what is so according to another": (
        "According to the Karsovian army, it holds the harbour, the newspaper said.",
        [("the Karsovian army", "it holds the harbour")],
    ),
    "officials say so beside the main clause": (
        "The port reopened on Friday, with officials saying that repairs would go on.",
        [("officials", "that repairs would go on")],
    ),
    "a second party says so beside what the first proposed": (
        "Harnik suggested Lindhaven as a host for talks, with the Velmarkian government saying the mayor was ready.",
        [("Harnik", "Lindhaven as a host for talks"), ("the Velmarkian government", "the mayor was ready")],
    ),
    "another claims so in a clause that while adds": (
        "Harnik urged Orlo to act, while Mara Velden, claiming that the time for talks was over, left.",
        [("Harnik", "Orlo to act"), ("Mara Velden", "that the time for talks was over")],
    ),
    "a claim that somebody only answers": (
        "Orlo was responding to a question about Velden's claim that the bridge was unsafe.",
        [("Velden", "that the bridge was unsafe")],
    ),
    "a statement of one's own": (
        "Orlo said in a statement that the bridge was safe.",
        [("Orlo", "that the bridge was safe")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), RELAYED.values(), ids=RELAYED.keys())
def test_the_words_are_those_of_whoever_said_them(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(r.speaker_span.of(text) if r.speaker_span else None, r.span.of(text)) for r in reports.find(text, "")]
    assert found == expected
