from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
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


def test_a_short_answer_carries_what_it_is_about(read):
    text = (
        "Mara Velden said she had discussed a Velmarkian garrison on the island with Piotr Harnik. "
        "“Yeah, he will accept that,” Velden said. “I specifically asked him that question. He has no problem with it.”"
    )
    found = read(text)
    first, second = holding(found, "accept that"), holding(found, "no problem")
    assert first.content.startswith("Yeah, Piotr Harnik will accept that")
    assert "garrison on the island" in first.content
    assert "Piotr Harnik has no problem with it" in second.content
    assert "garrison on the island" in second.content
    assert (second.holder.official, second.party.official) == ("harnik", "velden")


def test_a_paraphrase_names_its_speaker_instead_of_the_pronoun(read):
    found = holding(read("Mara Velden said she hopes the port will open soon after the talks end."), "hopes")
    assert found.content == "Mara Velden hopes the port will open soon after the talks end"


def test_a_full_sentence_stays_as_it_is(read):
    words = "The harbour of Lindhaven will open to ships of every nation in the first week of spring"
    found = holding(read(f"Mara Velden arrived. “{words},” she said."), "harbour")
    assert found.content.rstrip(",") == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“There is a position on this matter that was expressed by the Karsovian Foreign Minister, Dolgovsky. "
            "I have nothing to add,” said Dmitri Lasko. Sergei Dolgovsky was away.",
            "dolgovsky",
        ),
        ("“I refer you to the words of Sergei Dolgovsky,” Dmitri Lasko said.", "dolgovsky"),
    ],
)
def test_pointing_to_a_colleague_is_deference(read, text, expected):
    statement = read(text)[0]
    assert statement.defers_to is not None
    assert statement.defers_to.official == expected


def test_pointing_to_a_ministry_defers_to_it(read):
    text = "Dmitri Lasko stated that Karsovia had nothing to add beyond the foreign ministry's stance on the garrison."
    statement = read(text)[0]
    assert statement.defers_to is not None
    assert (statement.defers_to.side, statement.defers_to.person) == ("KS", False)


def test_nothing_to_add_alone_is_no_deference(read):
    assert read("“I have nothing to add,” Dmitri Lasko said.")[0].defers_to is None


def test_the_hedge_of_the_source_is_a_caveat(read):
    found = holding(read("Mara Velden allegedly said that the port will open."), "port will open")
    assert any("allegedly" in caveat for caveat in found.caveats)


def test_second_hand_words_are_marked(read):
    found = holding(read("“The port will open,” Velden said, as reported by the Ostby Herald."), "port will open")
    assert any("Ostby Herald" in caveat for caveat in found.caveats)


def test_the_sentences_beside_a_statement_are_kept(read):
    found = holding(read("The day was cold. Mara Velden said the port will open. Ships waited."), "port will open")
    assert (found.before, found.after) == ("The day was cold.", "Ships waited.")


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
