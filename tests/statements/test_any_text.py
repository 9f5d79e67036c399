"""What holds for every text whatever."""

from __future__ import annotations

import pytest
from growth import ROOM, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.statements.speech import reports
from bot.statements.text import sentences

PIECES = st.sampled_from(
    [
        "“", "”", '"', "'", "‘", "’", "«", "»", "„", ", ", ". ", ".", "\n", "\n\n", " ", "(", ")", " — ", ": ", "; ",
        "Mara Velden", "Orlo", "he", "who", "the ministry", "said", "says", "saying", "that", "accused", "according to",
        "called for", "denied", "told reporters", "did not say", "on Monday", "and", "but", "the bridge", "is safe",
        "Orlo's claim", "declined to", "Also read | ", "\u00a0", "\ud800", "𝕏", "İ", "U.S.", "in an interview", "\x00",
        "''", "``", "‹", "›", "‚", "\u201f", "ORLO:", "VELDEN: ", "“ORLO: ", "Article 5", "asked", "?", "     ", "her book,",
        "— Mara Velden", "said Mara Velden", "(", ")", "on Telegram",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(PIECES, max_size=60).map(" ".join),
    st.lists(PIECES, max_size=60).map("".join),
)


@given(text=TEXTS, title=st.text(max_size=40))
@settings(max_examples=400, deadline=None)
def test_every_span_lies_in_the_text_and_gives_its_words_back(text: str, title: str) -> None:
    for report in reports.find(text, title):
        spans = [report.span, report.sentence, *report.verbatim]
        spans += [span for span in (report.cue_span, report.speaker_span) if span is not None]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert (report.cue is None) == (report.cue_span is None)
        assert report.cue_span is None or report.cue == report.cue_span.of(text)
        assert all(report.span.start <= part.start and part.end <= report.span.end for part in report.verbatim)
        assert report.sentence.start <= report.span.start
        assert report.span.end <= report.sentence.end
        assert "\n" not in report.span.of(text)
        assert (report.kind == "direct") == (report.verbatim == (report.span,))
        assert (report.kind == "indirect") == (not report.verbatim)


@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_reading_twice_gives_the_same_in_order(text: str) -> None:
    found = reports.find(text, "")
    assert found == reports.find(text, "")
    assert [report.span.start for report in found] == sorted(report.span.start for report in found)


@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_the_view_is_as_long_as_the_text(text: str) -> None:
    assert len(sentences.view(text)) == len(text)


@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_tokens_run_forward_and_lie_in_the_text(text: str) -> None:
    place = 0
    for sentence in sentences.read(text, ""):
        for token in sentence.tokens:
            assert place <= token.start < token.end <= len(text)
            place = token.end


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        '"',
        "' a",
        "(",
        "said ",
        "Orlo said, ",
        "he said “x ",
        "and said that he said ",
        ", who said, which said",
        "Also read | ",
        "a, b, c — d ",
        "according to the ",
        "x\n",
        "Orlo said the bridge was safe. ",
        "Orlo said the bridge was safe, which Velden denied. ",
        "ORLO: yes. ",
        "Mara Velden: yes.\n",
        "“ ",
        'a" b',
        "''a ",
        "he said:\n\nWe go on.\n\n",
        "Orlo Visits Harbour ",
        "“x, said Orlo ",
        'x," Orlo said ',
    ],
)
@pytest.mark.parametrize("size", [20_000, pytest.param(160_000, marks=pytest.mark.campaign)])
def test_the_work_on_a_long_text_of_any_shape_is_in_proportion_to_its_length(unit: str, size: int) -> None:
    assert growth(lambda text: reports.find(text, unit), unit, size) < ROOM
