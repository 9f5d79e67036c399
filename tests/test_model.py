"""The values that travel refuse what they must not hold, and know what a reader needs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.model import Party, Said, Source, Span, Statement

SOURCE = Source(
    article="a",
    outlet="The Harbour Times",
    url=None,
    title="",
    published=None,
    retrieved=datetime(2025, 3, 5, tzinfo=UTC),
    text_hash="0" * 64,
)


def told(quote: str, cue: str | None, *, kind: str = "indirect", negated: bool = False) -> Statement:
    return Statement(
        source=SOURCE,
        kind=kind,  # type: ignore[arg-type]
        span=Span(start=0, end=len(quote)),
        quote=quote,
        verbatim=(),
        cue=cue,
        speaker=None,
        holder=None,
        said=None,
        content=quote,
        negated=negated,
    )


@pytest.mark.parametrize(
    ("quote", "cue", "negated", "act"),
    [
        ("all allegations", "denied", True, "denied"),
        ("that the fleet had sailed", "denied", True, "denied"),
        ("Sorenia of breaking the treaty", "accused", False, "accused"),
        ("a toll on ships", "ruled out", False, "ruled out"),
        ("the toll would be raised", "said", False, None),
        ("that the toll would be raised", "demanded", False, None),
        ("the toll would be raised", None, False, None),
    ],
)
def test_a_report_keeps_the_cue_without_which_it_would_mislead(
    quote: str, cue: str | None, negated: bool, act: str | None
) -> None:
    assert told(quote, cue, negated=negated).act == act


def test_exact_words_need_no_cue() -> None:
    assert told("We never did.", "denied", kind="direct", negated=True).act is None


def test_spans_and_intervals_run_forward() -> None:
    with pytest.raises(ValueError, match="runs forward"):
        Span(start=3, end=2)
    with pytest.raises(ValueError, match="runs forward"):
        Said(first=date(2025, 3, 2), last=date(2025, 3, 1), how="given")


def test_parties_are_the_same_by_official_then_side_then_name() -> None:
    velden = Party(name="Mara Velden", official="mara-velden", side="LUMERIA")
    assert velden.same(Party(name="Velden", official="mara-velden"))
    assert not velden.same(Party(name="Mara Velden"))
    assert Party(name="Lumeria", side="LUMERIA", person=False).same(Party(name="Lask", side="LUMERIA", person=False))
    assert not Party(name="Lumeria", side="LUMERIA", person=False).same(velden)
    assert Party(name="Ida Drin").same(Party(name="ida drin"))
