"""A statement that people put right: judged again as what is read, told on every card, and nothing is lost of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.correcting import Correcting
from bot.demo.stories import with_invented_country
from bot.ledger import Ledger
from bot.ledger.errors import AlreadyMended
from bot.mending import Mending, Misunderstood, found_in
from bot.model import Alert, Span
from config.load import load
from config.schema import Channel, Config
from watchers.model import Article

NOW = datetime(2025, 3, 6, 12, tzinfo=UTC)
BACKED = "“We support joining the Northern Grid,” Velmarkian Finance Minister Tomas Reede said on Monday."
REJECTED = "“We reject joining the Northern Grid,” Velmarkian Energy Minister Anna Kolb said on Wednesday."


def article(name: str, text: str, day: int) -> Article:
    return Article(
        id=name,
        keys=(f"id:{name}",),
        url=f"https://times.example/{name}",
        outlet="The Harbour Times",
        title=name,
        text=f"Velmarkian Prime Minister Ilse Marken spoke in the capital. {text}",
        published=datetime(2025, 3, day, 9, tzinfo=UTC),
        retrieved=NOW,
    )


@pytest.fixture(scope="module")
def config() -> Config:
    channels = (Channel(id="desk"), Channel(id="politics"))
    return with_invented_country(load(environ={})).model_copy(update={"channels": channels})


@pytest.fixture
def pipeline(config: Config) -> Correcting:
    return Correcting(config)


@pytest.fixture
def alerts(pipeline: Correcting, ledger: Ledger) -> tuple[Alert, ...]:
    """Reede against Kolb on the grid, in two channels."""
    pipeline.record(article("yes", BACKED, 3), ledger, now=NOW)
    raised = pipeline.record(article("no", REJECTED, 5), ledger, now=NOW).raised
    assert {alert.channel for alert in raised} == {"desk", "politics"}
    assert {alert.conflict.kind for alert in raised} == {"same_side"}
    return raised


def again(ledger: Ledger, alert: Alert) -> Alert:
    found = ledger.alert(alert.number)
    assert found is not None
    return found


def understood(pipeline: Correcting, ledger: Ledger, alert: Alert, **given: str) -> Mending:
    mending = pipeline.understood(ledger, alert.conflict.fresh.statement, given)
    assert isinstance(mending, Mending), mending
    return mending


def test_another_speaker_rewords_the_cards_in_all_channels(
    pipeline: Correcting, ledger: Ledger, alerts: tuple[Alert, ...]
) -> None:
    said = alerts[0].conflict.fresh.statement
    mending = understood(pipeline, ledger, alerts[0], speaker="Ilse Marken")
    outcome = pipeline.mend(ledger, said, mending, "U1", "she was quoted", NOW)
    assert {alert.number for alert in outcome.reworded} == {alert.number for alert in alerts}
    assert (outcome.withdrawn, outcome.raised) == ((), ())
    for alert in [again(ledger, one) for one in alerts]:
        now = alert.conflict.fresh.statement
        assert now.party is not None
        assert (now.party.name, now.party.role) == ("Ilse Marken", "Prime Minister of Velmark")
        assert "Marken" in alert.conflict.title
        assert "speaker corrected by the desk" in " ".join(now.caveats)
        assert ledger.verify(alert) == ()
        (entry,) = ledger.audit(alert.number)
        assert (entry.action, entry.by, entry.note) == ("mend", "U1", "she was quoted")
        assert "Anna Kolb" in entry.before
        assert "Ilse Marken" in entry.after
    who = ledger.who("Ilse Marken")
    assert who is not None
    assert [one.statement.quote for one in who.positions] == [said.quote]
    kept = ledger.statement(said.key)
    assert kept is not None
    assert kept.party is not None
    assert kept.party.name == "Anna Kolb"


def test_a_pair_that_no_longer_conflicts_withdraws_its_alerts_with_the_reason(
    pipeline: Correcting, ledger: Ledger, alerts: tuple[Alert, ...]
) -> None:
    said = alerts[0].conflict.fresh.statement
    mending = understood(pipeline, ledger, alerts[0], stance="for")
    outcome = pipeline.mend(ledger, said, mending, "U1", "she quoted the opposition", NOW)
    assert {alert.number for alert in outcome.withdrawn} == {alert.number for alert in alerts}
    for alert in [again(ledger, one) for one in alerts]:
        assert (alert.state, alert.withdrawn_by) == ("withdrawn", "U1")
        assert "with stance for the statements are not in conflict (she quoted the opposition)" in alert.reason


def test_what_is_read_afterwards_is_compared_with_the_mended_statement(
    pipeline: Correcting, ledger: Ledger, alerts: tuple[Alert, ...]
) -> None:
    said = alerts[0].conflict.fresh.statement
    pipeline.mend(ledger, said, understood(pipeline, ledger, alerts[0], speaker="Ilse Marken"), "U1", "so", NOW)
    turned = "“We support joining the Northern Grid,” Ilse Marken said on Thursday."
    recorded = pipeline.record(article("turn", turned, 7), ledger, now=NOW)
    kinds = {alert.conflict.kind for alert in recorded.raised}
    assert "reversal" in kinds


def test_words_are_mended_only_to_what_stands_in_the_stored_article(
    pipeline: Correcting, ledger: Ledger, alerts: tuple[Alert, ...]
) -> None:
    said = alerts[0].conflict.fresh.statement
    wrong = pipeline.understood(ledger, said, {"words": "We refuse to join the Northern Grid"})
    assert isinstance(wrong, Misunderstood)
    assert list(wrong.fields) == ["words"]
    mending = understood(pipeline, ledger, alerts[0], words="joining the  Northern Grid")
    pipeline.mend(ledger, said, mending, "U1", "cut too wide", NOW)
    (kept,) = [one for one in ledger.called("joining the Northern Grid") if one.mended]
    assert kept.quote == "joining the Northern Grid"
    assert kept.span.of(ledger.text_of(kept.source.text_hash) or "") == kept.quote


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"speaker": "Nobody Atall"}, "speaker"),
        ({"date": "yesterday"}, "date"),
        ({"date": "2031-01-01"}, "date"),
        ({"topic": "none|such"}, "topic"),
        ({"stance": "angry"}, "stance"),
    ],
)
def test_what_cannot_be_used_is_named_on_its_field(
    pipeline: Correcting, ledger: Ledger, alerts: tuple[Alert, ...], given: dict[str, str], field: str
) -> None:
    wrong = pipeline.understood(ledger, alerts[0].conflict.fresh.statement, given)
    assert isinstance(wrong, Misunderstood)
    assert list(wrong.fields) == [field]


def test_the_second_of_two_people_learns_who_was_first_and_changes_nothing(
    pipeline: Correcting, ledger: Ledger, alerts: tuple[Alert, ...]
) -> None:
    said = alerts[0].conflict.fresh.statement
    mending = understood(pipeline, ledger, alerts[0], speaker="Ilse Marken")
    pipeline.mend(ledger, said, mending, "U1", "so", NOW)
    before = again(ledger, alerts[0])
    with pytest.raises(AlreadyMended):
        pipeline.mend(ledger, said, understood(pipeline, ledger, alerts[0], stance="for"), "U2", "no", NOW)
    assert again(ledger, alerts[0]) == before


def test_a_correction_that_changes_nothing_stores_nothing(
    pipeline: Correcting, ledger: Ledger, alerts: tuple[Alert, ...]
) -> None:
    said = alerts[0].conflict.fresh.statement
    pipeline.mend(ledger, said, understood(pipeline, ledger, alerts[0], stance="against"), "U1", "same", NOW)
    assert ledger.mends() == ()
    assert again(ledger, alerts[0]) == alerts[0]


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("said “no”", Span(start=3, end=12)),
        ('said "no"', Span(start=3, end=12)),
        ("said\n “no”", Span(start=3, end=12)),
        ("said maybe", None),
        (" ", None),
    ],
)
def test_words_are_found_however_their_marks_and_blanks_are_typed(words: str, span: Span | None) -> None:
    assert found_in("He said “no” twice", words, 0) == span


def test_of_words_that_stand_there_twice_the_nearest_are_meant() -> None:
    assert found_in("no, and no, and no", "no", 9) == Span(start=8, end=10)
