"""Every statement tells the rule that took it, and how its speaker was found."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("“The harbour will open in May,” said Mara Velden.", "quotation + cue"),
        ("The harbour will open in May, Mara Velden said.", "clause + cue"),
        ("Mara Velden said: “The harbour will open in May.”", "cue + quotation"),
        ("Mara Velden said that the harbour will open in May.", "cue + that-clause"),
        ("Mara Velden said the harbour will open in May.", "cue + clause"),
        ("Mara Velden rejected the Karsovian offer.", "cue + object"),
        ("Mara Velden vowed to open the harbour in May.", "cue + infinitive"),
        ("According to Mara Velden, the harbour will open in May.", "according to"),
        ("Mara Velden's claim that the harbour is open was repeated on state radio.", "noun cue"),
        ("MARA VELDEN: The harbour will open in May.", "colon"),
    ],
)
def test_a_statement_names_the_rule_that_took_it(read, text, rule):
    """One sentence for each rule."""
    assert read(text)[0].rule == rule


def test_a_quotation_without_a_cue_tells_that_it_goes_on(read):
    """Two sentences of one speaker, the second without a cue."""
    text = "“The harbour will open in May,” said Mara Velden. “Nobody in Lindhaven will stop that.”"
    first, second = read(text)
    assert [first.rule, second.rule] == ["quotation + cue", "resumed quotation"]
    assert second.party == first.party


def test_a_quotation_that_follows_nobody_stands_alone(read):
    """No cue, and nobody who might go on."""
    (statement,) = read("“The harbour will open in May, and nobody will stop that.”")
    assert statement.rule == "quotation alone"


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("President Mara Velden said the port is open.", "named, an official on record"),
        ("Velden said the port is open.", "the surname of an official on record"),
        ("The Glass Palace said the port is open.", "stands for Velmark"),
        ("The Velmarkian president said the port is open.", "title held on the day, on record"),
        ("Harbour master Ilse Torvald said the port is open.", "named"),
    ],
)
def test_a_speaker_tells_how_it_was_found(read, text, how):
    """Names, metonyms and titles each have evidence of their own."""
    assert read(text)[0].speaker.how == how


def test_a_later_mention_points_to_the_first(read):
    """A surname is answered with the full name and title above it, a pronoun with the way it was followed."""
    text = "Mayor Ilse Torvald opened the talks. Torvald said the port is open. She said ships may come."
    surname, pronoun = read(text)
    assert surname.speaker.how == "surname of “Mayor Ilse Torvald” above"
    assert pronoun.speaker.how == "pronoun: the last speaker that fits"


def test_an_unknown_speaker_has_no_evidence(read):
    """Nobody found, nothing claimed."""
    (statement,) = read("She said the port is open.")
    assert statement.party is None
    assert statement.speaker.how == ""
