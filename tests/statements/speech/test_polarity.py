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
