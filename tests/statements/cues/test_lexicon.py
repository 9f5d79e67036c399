"""The lexicon of attribution."""

from __future__ import annotations

import pytest

from bot.statements.cues import lexicon


@pytest.mark.parametrize(
    ("word", "lemma", "form"),
    [
        ("said", "say", "past"),
        ("denies", "deny", "s"),
        ("accusing", "accuse", "participle"),
        ("told", "tell", "past"),
        ("vows", "vow", "s"),
        ("admitted", "admit", "past"),
        ("swore", "swear", "past"),
        ("stress", "stress", "base"),
        ("stresses", "stress", "s"),
    ],
)
def test_every_form_of_a_cue_leads_to_it(word: str, lemma: str, form: str) -> None:
    assert (lemma, form) in [(cue.lemma, found) for cue, found in lexicon.FORMS[word]]


def test_a_cue_with_a_particle_is_looked_at_first() -> None:
    assert [cue.particle for cue, _ in lexicon.FORMS["called"]][-1] is None


def test_every_cue_takes_something() -> None:
    assert all(cue.frames for found in lexicon.FORMS.values() for cue, _ in found)


def test_attitudes_are_no_cues() -> None:
    assert not {"hopes", "wants", "believes", "thinks", "fears", "plans"} & set(lexicon.FORMS)
