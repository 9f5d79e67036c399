from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Span
from bot.statements import Roster, resolve
from bot.statements.report import Report
from config.schema import Mandate, Official, Side
from watchers.model import Article


def holding(statements, words):
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0]


def test_a_garbled_article_gives_nothing(read):
    assert read("Mara Velden said the port will open.", garbled=True) == ()


def test_the_source_travels_with_every_statement(read):
    [statement] = read("Mara Velden said the port will open.", title="Port to open")
    assert (statement.source.outlet, statement.source.title) == ("The Lindhaven Courier", "Port to open")
    assert statement.said.last == date(2025, 2, 25)


_WORDS = st.sampled_from(
    [
        "Mara",
        "Velden",
        "Piotr",
        "Harnik",
        "he",
        "she",
        "they",
        "it",
        "who",
        "said",
        "told",
        "that",
        "“",
        "”",
        '"',
        "'",
        ",",
        ".",
        "\n",
        "Karsovia",
        "the",
        "president",
        "Monday",
        "in",
        "2024",
        "Feb.",
        "31",
        "(AB)",
        "'s",
        "and",
        "a",
        "day",
        "after",
        "asked",
        "will",
        "accept",
        "Jr.",
        "ministry",
        "statement",
        "His",
        "of",
        "—",
        ":",
        ";",
        "\xa0",
        "é",
        "Ω",
        "0",
        "May",
    ]
)
_TEXTS = st.lists(_WORDS, max_size=60).map(" ".join) | st.text(max_size=120)
_ROSTER = Roster.of(
    (
        Official(id="velden", name="Mara Velden", gender="f", mandates=(Mandate(role="President", side="KS"),)),
        Official(id="harnik", name="Piotr Harnik"),
    ),
    (Side(id="KS", name="Karsovia", adjectives=("Karsovian",)),),
)


@st.composite
def _reported(draw):
    """A text with reports at any places whatever."""
    text = draw(_TEXTS)

    def span():
        ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
        return Span(start=ends[0], end=ends[1])

    reports = [
        Report(
            kind=draw(st.sampled_from(("direct", "mixed", "indirect"))),
            span=span(),
            verbatim=(),
            cue=None,
            cue_span=span() if draw(st.booleans()) else None,
            speaker_span=span() if draw(st.booleans()) else None,
            negated=draw(st.booleans()),
            act="say",
            sentence=span(),
            headline=False,
            rule="cue + clause",
            float_quote=False,
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    return text, reports


@settings(max_examples=150, deadline=None)
@given(_reported(), st.none() | st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31)))
def test_any_reports_in_any_text_resolve_and_quote_their_span(case, published):
    text, reports = case
    moment = published.replace(tzinfo=UTC) if published else None
    article = Article(
        id="a",
        keys=("a",),
        url=None,
        outlet="o",
        title="",
        text=text,
        published=moment,
        retrieved=datetime(2025, 1, 1, tzinfo=UTC),
    )
    statements = resolve(article, reports, _ROSTER)
    assert len(statements) == len(reports)
    assert all(s.quote == text[s.span.start : s.span.end] for s in statements)


def _seed(shared: Path, number: str) -> str:
    [file] = (shared / "seeds").glob(f"{number}_*.txt")
    return file.read_text(encoding="utf-8")


_WORLD = Roster.of(
    (
        Official(
            id="trump",
            name="Donald Trump",
            gender="m",
            mandates=(Mandate(role="US President", side="US", rank="leader"),),
        ),
        Official(
            id="putin", name="Vladimir Putin", gender="m", mandates=(Mandate(role="Russian President", side="RU"),)
        ),
        Official(
            id="peskov", name="Dmitry Peskov", gender="m", mandates=(Mandate(role="Kremlin spokesman", side="RU"),)
        ),
        Official(
            id="lavrov",
            name="Sergey Lavrov",
            gender="m",
            mandates=(Mandate(role="Russian Foreign Minister", side="RU"),),
        ),
    ),
    (
        Side(id="RU", name="Russia", names=("Moscow", "Kremlin"), adjectives=("Russian",)),
        Side(id="US", name="United States", names=("US", "Washington"), adjectives=("US", "U.S.")),
    ),
)


def test_the_claim_and_the_deference_of_the_seeds(shared, article):
    from bot.statements import extract

    found = extract(article(_seed(shared, "000")), _WORLD)
    claim = holding(found, "he will accept that")
    assert (claim.party.official, claim.holder.official) == ("trump", "putin")
    assert "Vladimir Putin will accept that" in claim.content
    assert "NATO peacekeeping forces" in claim.content
    second = holding(found, "I specifically asked him")
    assert second.holder.official == "putin"
    assert "NATO peacekeeping forces" in second.content
    deferral = holding(found, "There is a position on this matter")
    assert (deferral.party.official, deferral.defers_to.official) == ("peskov", "lavrov")
    refusal = holding(found, "unacceptable")
    assert refusal.party.official == "lavrov"
    assert (refusal.said.first, refusal.said.last) == (date(2025, 2, 17), date(2025, 2, 23))
    answer = holding(found, "had nothing to add")
    assert answer.party.official == "peskov"
    assert any("appeared to" in caveat for s in found for caveat in s.caveats)


def test_stale_roles_of_the_seeds_are_flagged(shared, article):
    from bot.statements import extract

    found = extract(article(_seed(shared, "002"), published="2025-04-01"), _WORLD)
    trump = [s for s in found if s.party and s.party.official == "trump"]
    assert trump
    assert all(s.party.role == "US President" for s in trump)
    assert any("former" in caveat for s in trump for caveat in s.caveats)
