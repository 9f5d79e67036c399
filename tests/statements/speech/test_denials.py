"""Denial, silence and refusal: what a negated cue says, with invented officials."""

from __future__ import annotations

import pytest

from bot.statements.report import Report
from bot.statements.speech import reports


def one(text: str) -> Report:
    """The only statement of a text."""
    found = reports.find(text, "")
    assert len(found) == 1, [(report.cue, report.span.of(text)) for report in found]
    return found[0]


SAYINGS = {
    "a denial": ("Orlo denied that the bridge was unsafe.", "deny", True),
    "a denial of having said it": ("Orlo denied ever saying the bridge was unsafe.", "deny", True),
    "never to have said it denies it": ("Orlo never said that the bridge was unsafe.", "deny", True),
    "not to have said it denies it": ("Orlo did not say that the bridge was unsafe.", "deny", True),
    "not to deny is no denial": ("Orlo did not deny that the bridge was unsafe.", "no_comment", True),
    "never to have denied is no denial": ("Orlo has never denied the charge.", "no_comment", True),
    "hardly to deny is no denial": ("Orlo hardly denied the charge.", "no_comment", True),
    "few who deny are no denial": ("Few ministers deny that the bridge was unsafe.", "no_comment", True),
    "neither confirmed nor denied": ("Orlo neither confirmed nor denied the report.", "no_comment", True),
    "would neither confirm nor deny": (
        "Orlo would neither confirm nor deny that talks had been held.",
        "no_comment",
        True,
    ),
    "would not say whether": ("Orlo would not say whether the bridge was safe.", "no_comment", True),
    "has not said whether": ("Orlo has not said whether the bridge will open.", "no_comment", True),
    "declined to say": ("Orlo declined to say whether the bridge was safe.", "no_comment", True),
    "declined on a day to say": ("Orlo declined on Tuesday to say whether she would go.", "no_comment", True),
    "failed to say": ("Orlo failed to say why the bridge was closed.", "no_comment", True),
    "left without saying": ("Orlo left without saying whether he would return.", "no_comment", True),
    "could not confirm": ("Orlo could not confirm that the bridge was closed.", "no_comment", True),
    "declined to comment": ("Orlo declined to comment.", "no_comment", True),
    "declined to comment on something": ("Orlo declined to comment on the plan.", "no_comment", True),
    "had no comment": ("Orlo's office had no comment on the plan.", "no_comment", True),
    "would not be drawn": ("Orlo would not be drawn on the closure.", "no_comment", True),
    "refused to be drawn": ("Orlo refused to be drawn on the closure.", "no_comment", True),
    "stopped short of saying": ("Orlo stopped short of saying that the bridge was unsafe.", "no_comment", True),
    "refused to rule out stays open": ("Orlo refused to rule out a closure of the bridge.", "say", True),
    "has not ruled out stays open": ("Orlo has not ruled out closing the bridge.", "say", True),
    "did not exclude stays open": ("Orlo did not exclude a pause.", "say", True),
    "no longer insists": ("Orlo no longer insists that the bridge be closed.", "say", True),
    "refused to sign": ("Borland refused to sign the treaty.", "reject", True),
    "refused to accept": ("Borland refused to accept the treaty.", "reject", True),
    "refused to back": ("Borland refused to back the treaty.", "reject", True),
    "would not support": ("Borland would not support the treaty.", "reject", True),
    "ruled out": ("Orlo ruled out a closure of the bridge.", "reject", False),
    "pushed back": ("Orlo pushed back on the claim that the bridge was unsafe.", "deny", True),
    "scoffed at": ("Orlo scoffed at a report that the bridge was unsafe.", "deny", True),
    "disagreed with": ("Orlo disagreed with the view that the bridge was unsafe.", "deny", True),
    "came out against": ("Orlo came out against a second bridge.", "deny", True),
    "stood by": ("Orlo stood by his claim that the bridge was unsafe.", "say", False),
    "doubled down": ("Orlo doubled down on his threat to close the bridge.", "say", False),
    "nobody said": ("Neither Orlo nor Velden confirmed the report.", "no_comment", True),
}


@pytest.mark.parametrize(("text", "act", "negated"), SAYINGS.values(), ids=SAYINGS.keys())
def test_what_a_negated_cue_does(text: str, act: str, negated: bool) -> None:
    report = one(text)
    assert (report.act, report.negated) == (act, negated)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Orlo backed off his demand that the bridge be closed.", "that the bridge be closed"),
        ("Orlo walked back his claim that the bridge was unsafe.", "that the bridge was unsafe"),
        ("Borland dropped its demand for a toll.", "a toll"),
    ],
)
def test_what_is_given_up_stands_beside_the_giving_up(text: str, held: str) -> None:
    turn, recalled = reports.find(text, "")
    assert (turn.act, turn.negated, turn.recalled) == ("deny", True, False)
    assert (recalled.span.of(text), recalled.negated, recalled.recalled) == (held, False, True)


def test_the_cue_of_a_silence_is_told_whole() -> None:
    assert one("Orlo neither confirmed nor denied the report.").cue == "neither confirmed nor denied"


def test_a_negation_inside_the_content_leaves_the_cue_alone() -> None:
    report = one("Orlo insisted he had never promised to close the bridge.")
    assert (report.act, report.negated) == ("say", False)


@pytest.mark.parametrize(
    "text",
    [
        "If Velden rejects the treaty, the bridge will close.",
        "Reporters wondered aloud whether Velden had rejected the treaty.",
        "It goes without saying that bridges need care.",
    ],
)
def test_what_nobody_said_is_no_denial(text: str) -> None:
    assert not [report for report in reports.find(text, "") if report.act in {"deny", "reject", "no_comment"}]
