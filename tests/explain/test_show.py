"""What is shown of an article can be read with colour and without, and holds the evidence."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from bot.explain.show import show
from bot.statements import Roster, extract, left_out
from config.schema import Mandate, Official, Side
from watchers.model import Article

ROSTER = Roster.of(
    (
        Official(
            id="marken",
            name="Ilse Marken",
            gender="f",
            mandates=(Mandate(role="Velmarkian Prime Minister", side="VM", rank="leader"),),
        ),
    ),
    (
        Side(id="VM", name="Velmark", names=("Ostermouth Castle",), adjectives=("Velmarkian",)),
        Side(id="SO", name="Sorenia", adjectives=("Sorenian",)),
    ),
)


@pytest.fixture
def shown():
    """Shows a text on a console without colour, or with it."""

    def showing(text: str, *, colour: bool = False, title: str = "", aside: str = "") -> str:
        article = Article(
            id="a",
            keys=("a",),
            url=None,
            outlet="The Courier",
            title=title,
            text=text,
            published=datetime(2025, 3, 12, 12, tzinfo=UTC),
            retrieved=datetime(2025, 3, 12, 13, tzinfo=UTC),
        )
        found = () if aside else extract(article, ROSTER)
        out = io.StringIO()
        console = Console(file=out, width=100, force_terminal=colour, color_system="standard" if colour else None)
        show(console, article, found, left_out(text, title, found), ROSTER, aside=aside)
        return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))

    return showing


def test_a_statement_shows_its_rule_its_speaker_and_the_evidence(shown):
    """The whole of a small article, line by line."""
    text = "Prime Minister Ilse Marken said on Monday that ships would “never” pay a toll.\nREAD ALSO: Storm at sea"
    assert shown(text, title="The toll").split("\n") == [
        "The toll",
        "The Courier · published Wed 12 Mar 2025 · a",
        "1 statement: 1 mixed",
        "",
        "Prime Minister Ilse Marken said on Monday 1⟨that ships would “never” pay a toll⟩.",
        "",
        "          1  mixed  cue + that-clause  “said”",
        "    speaker  Ilse Marken, Velmarkian Prime Minister",
        "             “Prime Minister Ilse Marken”: named, an official on record; role held on 10 Mar 2025",
        "       said  Mon 10 Mar 2025  'Monday', article of 12 Mar 2025",
        "",
        "READ ALSO: Storm at sea",
        "",
        "Not taken",
        "furniture of the page",
        "   READ ALSO: Storm at sea",
        "",
    ]


def test_whose_position_it_is_shows_where_it_is_not_the_speakers(shown):
    """Somebody speaks about another side."""
    assert "holder  Sorenia" in shown("Ilse Marken claimed that Sorenia accepts a share of the costs.")


def test_a_denial_and_an_unknown_speaker_show(shown):
    """Both change what may be made of a statement."""
    printed = shown("She denied that the quay was closed.")
    assert "denied or refused" in printed
    assert "speaker  unknown" in printed
    assert "speaker not resolved: “She”" in printed


def test_a_scare_quote_is_listed_with_the_reason_it_was_not_taken(shown):
    """Words in marks that nobody said."""
    printed = shown("The “iron quay” stays empty until May.")
    assert "no statements" in printed
    assert printed.endswith("a term, a title, a scare quote\n   iron quay\n")


def test_one_statement_inside_another_keeps_both_marks(shown):
    """The brackets nest."""
    text = "Ilse Marken disputed Jonas Frey's claim that the quay was closed."
    assert "1⟨Jonas Frey's claim 2⟨that the quay was closed⟩⟩" in shown(text)


def test_the_text_between_the_marks_is_the_text(shown):
    """Nothing but marks is added to the words of the article."""
    text = "“The port is open,” Ilse Marken said. “It stays open.” She added that ships may come."
    printed = shown(text, colour=False).split("\n")[3]
    for mark in ("1⟨", "2⟨", "3⟨", "⟩"):
        printed = printed.replace(mark, "")
    assert printed == text


def test_a_long_paragraph_is_cut_between_sentences_so_that_notes_stay_near(shown):
    """Pages that lost their paragraphs."""
    sentence = "Ilse Marken said that quay {} would be closed. The wind blew on and no ship came in that night. "
    printed = shown("".join(map(sentence.format, range(1, 13))).strip())
    assert printed.index("          1  indirect") < printed.index("12⟨that quay")


def test_each_kind_has_its_colour_and_the_speaker_is_underlined(shown):
    """Green for direct, as promised in the legend at the head."""
    printed = shown("“The port is open,” Ilse Marken said.", colour=True)
    assert "\x1b[32mThe port is open," in printed
    assert "\x1b[4mIlse Marken\x1b[0m" in printed


def test_an_article_cannot_steer_the_terminal(shown):
    """Escape sequences are shown as what they are."""
    printed = shown("“The port\x1b[2J is open,” Ilse Marken said.", title="a\x1b]0;b\x07")
    assert "\x1b" not in printed
    assert "The port�[2J is open," in printed


def test_an_article_that_is_not_read_says_why(shown):
    """No statement, but a reason."""
    assert "set aside: it is in Norwegian" in shown("Havnen er åpen.", aside="it is in Norwegian")
