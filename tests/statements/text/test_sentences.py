"""Where sentences begin and end."""

from __future__ import annotations

import pytest

from bot.statements.text import sentences


def split(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences.read(text, "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It snowed.", ["It rained.", "It snowed."]),
        ("It ended.On Monday it rained.", ["It ended.", "On Monday it rained."]),
        ("He met the U.S. envoy on Feb. 24 in Ostra.", ["He met the U.S. envoy on Feb. 24 in Ostra."]),
        ("He moved to the U.S. The move was hard.", ["He moved to the U.S.", "The move was hard."]),
        ("Mr. Orlo left. Dr. Velden stayed.", ["Mr. Orlo left.", "Dr. Velden stayed."]),
        ("See ostra.example.org for more.", ["See ostra.example.org for more."]),
        ("“It rained. It snowed,” he said.", ["“It rained. It snowed,” he said."]),
        ("“It rained.” It snowed.", ["“It rained.”", "It snowed."]),
        ("It cost 3.5 million.", ["It cost 3.5 million."]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_sentence_ends_behind_the_platform_x() -> None:
    text = "Velden posted the plan on X. Tomas X. Orlo read it."
    assert [text[s.start : s.end] for s in sentences.read(text, "")] == [
        "Velden posted the plan on X.",
        "Tomas X. Orlo read it.",
    ]
