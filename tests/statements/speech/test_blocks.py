"""Speech that no marks of its own hold: turns, announced paragraphs, signed and resumed quotations, headlines."""

from __future__ import annotations

import pytest

from bot.statements.speech import reports

Row = tuple[str, str | None, str | None, str]


def rows(text: str) -> list[Row]:
    """Kind, speaker, cue and content of each statement, in text order."""
    return [
        (r.kind, r.speaker_span.of(text) if r.speaker_span else None, r.cue, r.span.of(text))
        for r in reports.find(text, "")
    ]


SPOKEN: dict[str, tuple[str, list[Row]]] = {
    "all sentences of a turn": (
        "The show began.\n\nORLO: We will go. We will win. Nobody minds.\n\nVELDEN: You will not. I say so.",
        [
            ("direct", "ORLO", ":", "We will go. We will win. Nobody minds"),
            ("direct", "VELDEN", ":", "You will not. I say so"),
        ],
    ),
    "turns run together in one paragraph": (
        "The show began. ORLO: We will go. We will win. VELDEN: You will not. ORLO: We shall see.",
        [
            ("direct", "ORLO", ":", "We will go. We will win"),
            ("direct", "VELDEN", ":", "You will not"),
            ("direct", "ORLO", ":", "We shall see"),
        ],
    ),
    "turns set in marks": (
        'It began:\n\n"ORLO: We will go. The “long march” it is. We win.\n\n"VELDEN: You will not."',
        [
            ("direct", "ORLO", ":", "We will go. The “long march” it is. We win."),
            ("direct", "VELDEN", ":", "You will not."),
        ],
    ),
    "turns under names in small letters": (
        "Mara Velden: We go. We win.\n\nTomas Orlo: You wait. I know.\n\nMara Velden: Never ever.\n\nTomas Orlo: Yes, you wait.",
        [
            ("direct", "Mara Velden", ":", "We go. We win"),
            ("direct", "Tomas Orlo", ":", "You wait. I know"),
            ("direct", "Mara Velden", ":", "Never ever"),
            ("direct", "Tomas Orlo", ":", "Yes, you wait"),
        ],
    ),
    "the turn of whoever asks is no statement": (
        "MODERATOR: Will you go back to the bridge?\n\nVELDEN: No. It is shut.",
        [("direct", "VELDEN", ":", "No. It is shut")],
    ),
    "the place of a report is no speaker": (
        "It rained.\n\nOSTRA: The bridge is safe, Velden said.",
        [("indirect", "Velden", "said", "The bridge is safe")],
    ),
    "a paragraph without marks behind a colon": (
        "It rained.\n\nVelden wrote on Telegram:\n\nWe will not open the bridge. There is no money for it.\n\nIt snowed.",
        [("direct", "Velden", "wrote", "We will not open the bridge. There is no money for it")],
    ),
    "a paragraph behind a colon that quotes somebody else": (
        "Velden said on Monday:\n\nOrlo said that the bridge was safe.",
        [("indirect", "Orlo", "said", "that the bridge was safe")],
    ),
    "a list behind a colon": ("Velden said on Monday:\n\nBridges\n\nIt rained.", []),
    "a quotation that the paragraph before announces": (
        "The vote was over.\n\nOrlo told reporters in Ostra on Monday:\n\n“We will not go back.”",
        [("direct", "Orlo", "told", "We will not go back.")],
    ),
    "a quotation signed behind a dash": (
        "“We are done with the bridge.” — Mara Velden, minister",
        [("direct", "Mara Velden", None, "We are done with the bridge.")],
    ),
    "a quotation signed on the next line": (
        "It rained.\n\n“We are done here, friends.”\n— Mara Velden, minister",
        [("direct", "Mara Velden", None, "We are done here, friends.")],
    ),
    "a quotation of two paragraphs with its speaker behind": (
        "It rained.\n\n“We are done here.\n\n“We will not wait for them,” Orlo said.",
        [("direct", "Orlo", None, "We are done here."), ("direct", "Orlo", "said", "We will not wait for them,")],
    ),
    "a closed quotation is not the next one's speaker's": (
        "It rained.\n\n“We are all done here.”\n\n“We will not wait for them,” Orlo said.",
        [("direct", None, None, "We are all done here."), ("direct", "Orlo", "said", "We will not wait for them,")],
    ),
    "a list behind a quotation signs nothing": (
        "It rained.\n\n“We are done here, friends.”\n— Orlo, 52, left the hall.",
        [("direct", None, None, "We are done here, friends.")],
    ),
    "a short quotation resumed behind a question": (
        "“Does anybody know the way?” Orlo asked. “Neither do I.”",
        [("direct", "Orlo", "asked", "Does anybody know the way?"), ("direct", "Orlo", None, "Neither do I.")],
    ),
    "a quotation before a name and a rare verb": (
        "“That is wrong,” Orlo huffed.",
        [("direct", "Orlo", None, "That is wrong,")],
    ),
    "a quotation that a phrase of the writer finishes": (
        "“The only way out is a toll” for lorries, Velden said.",
        [("mixed", "Velden", "said", "“The only way out is a toll” for lorries")],
    ),
    "a floating quotation that a phrase of the writer finishes": (
        "Velden was blunt. “The only way out of this mess is a toll” for lorries.",
        [("mixed", None, None, "“The only way out of this mess is a toll” for lorries")],
    ),
    "a headline with the name behind": (
        "Bridge will stay shut: Velden\n\nIt rained.",
        [("indirect", "Velden", ":", "Bridge will stay shut")],
    ),
    "a headline with a quotation and the name behind": (
        "“We will not accept the plan”: Velden\n\nIt rained.",
        [("direct", "Velden", None, "We will not accept the plan")],
    ),
    "a headline with a quotation and who else acts": (
        "'No troops': minister rules out mission\n\nIt rained.",
        [("direct", "minister", None, "No troops"), ("indirect", "minister", "rules out", "mission")],
    ),
    "a headline of two pieces": (
        "New row over bridge; Velden: ‘There is no row’\n\nIt rained.",
        [("direct", "Velden", None, "There is no row")],
    ),
    "a headline that ends with its section": ("Why the bridge is shut: Explained\n\nIt rained.", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPOKEN.values(), ids=SPOKEN.keys())
def test_speech_without_marks_or_cue_finds_its_speaker(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Velden said on X the charges were “plainly false.”",
        "Velden said on Truth Social the charges were “plainly false.”",
    ],
)
def test_the_place_of_a_post_is_no_part_of_it(text: str) -> None:
    assert rows(text) == [("mixed", "Velden", "said", "the charges were “plainly false.”")]
