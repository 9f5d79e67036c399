"""Who stands for what: silence, denials, pairs, and words that only look like a statement; officials invented."""

from __future__ import annotations

import pytest

from bot.statements.report import Report
from bot.statements.speech import reports


def said(text: str) -> list[tuple[str | None, str]]:
    """Speaker and content of all statements of a text."""
    return [(_speaker(report, text), report.span.of(text)) for report in reports.find(text, "")]


def _speaker(report: Report, text: str) -> str | None:
    return report.speaker_span.of(text) if report.speaker_span else None


@pytest.mark.parametrize("verb", ["avoided", "has avoided", "avoids"])
def test_to_avoid_saying_is_silence(verb: str) -> None:
    text = f"Velden {verb} saying whether the port was closed."
    (report,) = reports.find(text, "")
    assert (report.act, report.negated) == ("no_comment", True)
    assert said(text) == [("Velden", "whether the port was closed")]


def test_neither_of_two_is_never_the_second_alone() -> None:
    text = "Neither Velden nor Harnik said the port was closed."
    (report,) = reports.find(text, "")
    assert (_speaker(report, text), report.negated) == ("Velden nor Harnik", True)


def test_a_pair_behind_a_comma_is_whole_as_well() -> None:
    text = "In Ostra, neither the minister nor his deputy confirmed the closure."
    assert said(text) == [("the minister nor his deputy", "the closure")]


@pytest.mark.parametrize(
    "aside",
    [
        "echoing Harnik",
        "contradicting Harnik",
        "echoing Piotr Harnik",
        "referring to the old port",
        "responding to a report that the quay had sunk",
        "responding to claims that the quay had sunk",
    ],
)
def test_whom_a_speaker_answers_or_follows_is_no_statement(aside: str) -> None:
    assert said(f"Velden, {aside}, said the port was closed.") == [("Velden", "the port was closed")]


def test_what_a_speaker_echoes_is_one() -> None:
    text = "Velden, echoing Harnik's call for a truce, said the port was closed."
    assert said(text) == [("Velden", "Harnik's call for a truce"), ("Velden", "the port was closed")]


def test_to_refer_behind_a_statement_adds_none() -> None:
    text = "The port was shut, Velden said, referring to the old harbour in the north."
    assert said(text) == [("Velden", "The port was shut")]


def test_who_answers_a_claim_does_not_make_it() -> None:
    assert said("Velden was responding to claims that the port was closed.") == []


def test_a_clause_inside_an_object_does_not_hide_who_tells_the_whole() -> None:
    text = "Borland rejects soldiers from states that arm Ostra, Mara Velden, head of the ministry, told the Courier."
    assert said(text)[0] == ("Mara Velden", "Borland rejects soldiers from states that arm Ostra")


def test_what_a_participle_claims_ends_where_the_main_clause_goes_on() -> None:
    text = "Velden, claiming that the vote was rigged, said he would sue."
    assert said(text) == [("Velden", "that the vote was rigged"), ("Velden", "he would sue")]


def test_not_to_have_criticised_is_no_statement() -> None:
    assert said("Velden avoided criticising Harnik on Monday.") == []


def test_an_answer_to_somebody_keeps_its_content() -> None:
    text = "Velden replied to Harnik that the port was closed."
    assert said(text) == [("Velden", "that the port was closed")]


@pytest.mark.parametrize(
    "source",
    [
        "asked not to be named",
        "asked not to be identified",
        "requested anonymity",
        "asked to remain anonymous",
    ],
)
def test_to_ask_for_no_name_is_no_statement(source: str) -> None:
    assert said(f"An official who {source} said the port was closed.") == [("An official", "the port was closed")]


def test_what_was_offered_on_the_phone_is_part_of_what_is_told() -> None:
    text = "Velden told the chamber that Harnik had phoned her and offered peace."
    assert said(text) == [("Velden", "that Harnik had phoned her and offered peace")]


def test_another_verb_of_the_speaker_is_a_statement_of_its_own() -> None:
    text = "Velden said that Harnik had failed and urged voters to stay calm."
    assert said(text)[0] == ("Velden", "that Harnik had failed")
    assert len(said(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "“It is not true,” Velden said, “that the port was closed.”",
        "“It's simply not true,” Velden said, “that the port was closed.”",
        "It is not true, Velden said, that the port was closed.",
        "It is false, Velden said, that the port was closed.",
    ],
)
def test_what_is_called_untrue_is_denied(text: str) -> None:
    first, second = reports.find(text, "")
    assert (first.act, first.negated) == ("say", False)
    assert (second.act, second.negated) == ("deny", True)


@pytest.mark.parametrize(
    "text",
    [
        "“It is true,” Velden said, “that the port was closed.”",
        "“It is not false,” Velden said, “that the port was closed.”",
        "“It is not true,” Velden said, “and the port was open.”",
    ],
)
def test_what_is_called_true_is_asserted(text: str) -> None:
    assert not any(report.negated for report in reports.find(text, ""))


@pytest.mark.parametrize("met", ["was denied", "was flatly rejected", "has been disputed"])
def test_a_claim_ends_before_who_denies_it(met: str) -> None:
    text = f"Harnik's claim that the port was open {met} by Velden."
    assert said(text) == [("Harnik", "that the port was open")]


def test_whom_a_quotation_is_about_is_not_taken_for_its_speaker() -> None:
    text = (
        "“We cannot accept this,” Orlo said. Harbour chief Piotr Harnik “is trampling on the rights of us all, and this "
        "is an affront.”"
    )
    found = [(r.speaker_span.of(text) if r.speaker_span else None) for r in reports.find(text, "")]
    assert found == ["Orlo", "Orlo"]
