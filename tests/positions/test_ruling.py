"""What a cue makes of its content: read from whole sentences, as the walk reads them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.model import Position
from bot.positions import Gazetteer, Topics, take
from bot.positions.stance import EVALUATION, OPEN, read
from bot.statements import Roster, extract
from config.schema import Mandate, Official, Side
from watchers.model import Article

SIDES = (Side(id="norrland", name="Norrland"), Side(id="ostmark", name="Ostmark"))
OFFICIALS = (
    Official(id="velden", name="Mara Velden", mandates=(Mandate(role="President", side="norrland", rank="leader"),)),
)
GAZETTEER = Gazetteer.of(SIDES)
# What is wanted, named by nouns that may be verbs elsewhere ("they plan to expand it").
OBJECTS = (
    "the expansion of the port",
    "the plan to expand the port",
    "a controversial new plan to expand the port",
    "calls for the expansion of the port",
    "Ostmark's demand for the expansion of the port",
    "the demand that Ostmark expand the port",
    "the decision to allow the expansion of the port",
)
REJECTS = (
    "rejected", "turned down", "brushed aside", "balked at", "objected to", "pushed back against", "railed against",
    "warned against", "cautioned against", "condemned", "denounced", "slammed", "decried", "deplored", "ridiculed",
)  # fmt: skip
ACCEPTS = ("accepted", "endorsed", "welcomed", "called for", "pushed for", "lobbied for", "hailed")


def of_velden(sentence: str) -> Position:
    moment = datetime(2031, 2, 10, tzinfo=UTC)
    article = Article(
        id="a",
        keys=("a",),
        url=None,
        outlet="Havn Herald",
        title="",
        text=sentence,
        published=moment,
        retrieved=moment,
    )
    told = extract(article, Roster.of(OFFICIALS, SIDES))
    (position,) = (
        one
        for statement in told
        for one in take(statement, Topics.of(()), GAZETTEER)
        if one.voice.name == "Mara Velden"
    )
    return position


@pytest.mark.parametrize("wanted", OBJECTS)
@pytest.mark.parametrize("verb", REJECTS)
def test_who_rejects_what_is_wanted_is_against_it_whatever_noun_names_it(verb: str, wanted: str) -> None:
    position = of_velden(f"President Mara Velden {verb} {wanted}.")
    assert (position.stance, position.strength >= EVALUATION) == ("against", True)


@pytest.mark.parametrize("wanted", OBJECTS)
@pytest.mark.parametrize("verb", ACCEPTS)
def test_who_accepts_what_is_wanted_is_for_it(verb: str, wanted: str) -> None:
    position = of_velden(f"President Mara Velden {verb} {wanted}.")
    assert (position.stance, position.strength >= EVALUATION) == ("for", True)


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("President Mara Velden condemned Ostmark's refusal to expand the port.", "for"),
        ("President Mara Velden criticised the refusal to expand the port.", "for"),
        ("President Mara Velden welcomed Ostmark's opposition to the expansion of the port.", "against"),
        ("President Mara Velden slammed the plan as a betrayal of the port.", "against"),
        ("President Mara Velden restated her stance against the expansion of the port.", "against"),
        ("President Mara Velden repeated her call for the expansion of the port.", "for"),
        ("President Mara Velden renewed her demand for the expansion of the port.", "for"),
        ("President Mara Velden vowed to press ahead with the expansion of the port.", "for"),
        ("President Mara Velden threatened to veto the expansion of the port.", "against"),
        ("President Mara Velden reaffirmed her commitment to the expansion of the port.", "for"),
    ],
)
def test_what_a_verb_and_its_object_say_together(sentence: str, stance: str) -> None:
    position = of_velden(sentence)
    assert (position.stance, position.strength >= OPEN) == (stance, True)


@pytest.mark.parametrize(
    "verb", ["questioned", "played down", "would not commit to", "stopped short of endorsing", "did not promise"]
)
def test_a_doubt_and_a_promise_withheld_are_no_refusal(verb: str) -> None:
    assert of_velden(f"President Mara Velden {verb} the expansion of the port.").strength < OPEN


@pytest.mark.parametrize("verb", ["floated", "hinted at"])
def test_an_idea_that_is_put_about_is_open(verb: str) -> None:
    assert of_velden(f"President Mara Velden {verb} the idea of an expansion of the port.").stance == "open"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The plan to expand the port would be a disaster", "against"),
        ("Their plan to expand the port would be a grave mistake", "against"),
        ("We plan to expand the port", "for"),
        ("Our plan to expand the port is ready", "for"),
        ("The government plans to expand the port", "for"),
    ],
)
def test_a_plan_takes_sides_only_as_a_verb_or_as_ones_own(text: str, stance: str) -> None:
    found = read(text, {text.index("port")})
    assert (found.stance, found.strength >= EVALUATION) == (stance, True)


@pytest.mark.parametrize(
    "text",
    [
        "The plan to expand the port was sent to parliament",
        "Ostmark's plan to expand the port will cost three billion",
        "There were calls for a bigger port",
        "A push for a bigger port began in May",
    ],
)
def test_that_there_is_a_plan_is_no_word_for_it(text: str) -> None:
    assert read(text, {text.index("port")}).strength < EVALUATION


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("welcomed the end of the tax", "against"),
        ("hailed the cancellation of the tax", "against"),
        ("condemned the end of the tax", "for"),
        ("rejected the postponement of the tax", "for"),
        ("called for the tax by the end of the week", "for"),
        ("backed the tax that ended the shortage", "for"),
    ],
)
def test_whose_end_is_welcomed_is_not_wanted_and_a_time_ends_nothing(sentence, stance):
    assert of_velden(f"President Mara Velden {sentence}.").stance == stance


@pytest.mark.parametrize(
    "sentence",
    [
        "President Mara Velden called for the minister who signed the treaty to resign.",
        "President Mara Velden condemned the lawmaker who proposed the treaty.",
        "President Mara Velden backed the candidate who wants to sign the treaty.",
        "“The minister who signed the treaty is a disgrace,” President Mara Velden said.",
    ],
)
def test_who_judges_a_person_takes_no_side_in_so_many_words_on_what_that_person_did(sentence):
    assert of_velden(sentence).strength < EVALUATION
