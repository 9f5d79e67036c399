"""What a second reader fills in where the rules have left something open, and what it leaves alone."""

from __future__ import annotations

import pytest
from stage.toll import AGAINST, NOW, article

from bot.filling import CAVEAT
from bot.ledger import Ledger
from bot.model import Statement
from bot.opinions import Gloss
from bot.pipeline import Pipeline
from config.schema import Config

VAGUE = "“A toll on foreign ships in the port of Ostermouth will do this town a world of good,” Ilse Marken said on Wednesday."
UNNAMED = (
    "Tomas Reede stood by. “A toll on foreign ships in the port of Ostermouth will come,” it was said on Wednesday."
)


class Reader:
    """Answers with one gloss and keeps what it was asked."""

    def __init__(self, **gloss: object) -> None:
        values = {"holder": None, "proposition": "Ships pay", "stance": "for", "quote": "a toll", "strength": 0.6}
        self.gloss = Gloss(**{**values, **gloss})  # type: ignore[arg-type]
        self.asked: list[Statement] = []

    def __call__(self, statements: object) -> list[Gloss]:
        self.asked += statements  # type: ignore[operator]
        return [self.gloss for _ in statements]  # type: ignore[attr-defined]


def read(config: Config, text: str, reader: Reader | None) -> tuple[Statement, tuple[object, ...]]:
    (found,) = Pipeline(config, None, reader).read(article(text))
    return found


def test_a_stance_that_the_words_do_not_show_is_filled_in_and_marked(config: Config) -> None:
    reader = Reader(quote="a world of good")
    statement, (position, *_) = read(config, VAGUE, reader)
    assert [one.quote for one in reader.asked] == [statement.quote]
    assert (position.stance, position.strength, position.operators) == ("for", 0.6, ("a world of good",))
    assert position.holder.name == "Ilse Marken"
    assert CAVEAT in statement.caveats
    assert position.statement is statement


def test_what_the_rules_are_sure_of_is_not_asked(config: Config) -> None:
    reader = Reader()
    assert read(config, AGAINST, reader) == read(config, AGAINST, None)
    assert reader.asked == []


@pytest.mark.parametrize(
    "gloss",
    [{"stance": "none"}, {"holder": "Estmark"}, {"holder": "Tomas Reede"}],
    ids=["no stance", "a stranger", "a colleague"],
)
def test_a_reading_that_says_nothing_or_is_of_somebody_else_changes_nothing(config: Config, gloss) -> None:
    reader = Reader(**gloss)
    assert read(config, VAGUE, reader) == read(config, VAGUE, None)
    assert len(reader.asked) == 1


def test_a_holder_is_filled_in_only_if_the_configuration_knows_the_name(config: Config) -> None:
    plain, _ = read(config, UNNAMED, None)
    assert (plain.holder, plain.party) == (None, None)
    assert read(config, UNNAMED, Reader(holder="the crowd")) == read(config, UNNAMED, None)
    statement, (position, *_) = read(config, UNNAMED, Reader(holder="Tomas Reede"))
    assert position.holder.name == "Tomas Reede"
    assert statement.holder is None


def test_a_filled_reading_raises_an_alert_that_says_who_read_it(config: Config, ledger: Ledger) -> None:
    pipeline = Pipeline(config, None, Reader(quote="a world of good"))
    pipeline.record(article(AGAINST, "no"), ledger, now=NOW)
    (alert,) = pipeline.record(article(VAGUE, "yes", 5), ledger, now=NOW).raised
    assert CAVEAT in alert.conflict.check_first


def test_an_article_that_is_read_again_without_the_reader_has_not_changed(config: Config, ledger: Ledger) -> None:
    Pipeline(config, None, Reader(quote="a world of good")).record(article(VAGUE), ledger, now=NOW)
    edited = article(f"{VAGUE} The sun shone.")
    recorded = Pipeline(config).revise(edited, ledger, now=NOW)
    assert (recorded.changed, recorded.vanished) == (0, 0)
