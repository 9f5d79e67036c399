"""Stands told and spoken on other subjects, read from whole sentences as the walk reads them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.model import Position
from bot.positions import Gazetteer, Topics, take
from bot.positions.stance import EVALUATION, OPEN
from bot.statements import Roster, extract
from config.schema import Mandate, Official, Side
from watchers.model import Article

SIDES = (Side(id="norrland", name="Norrland"), Side(id="ostmark", name="Ostmark"))
OFFICIALS = (
    Official(id="velden", name="Mara Velden", mandates=(Mandate(role="President", side="norrland", rank="leader"),)),
)
GAZETTEER = Gazetteer.of(SIDES)


def own(sentence: str) -> list[Position]:
    """The positions that a sentence gives to President Mara Velden ("V") or to Norrland."""
    moment = datetime(2031, 2, 10, tzinfo=UTC)
    text = sentence.replace("V ", "President Mara Velden ", 1)
    article = Article(
        id="a", keys=("a",), url=None, outlet="Havn Herald", title="", text=text, published=moment, retrieved=moment
    )
    return [
        one
        for statement in extract(article, Roster.of(OFFICIALS, SIDES))
        for one in take(statement, Topics.of(()), GAZETTEER)
        if one.holder.name == "Mara Velden" or one.holder.side == "norrland"
    ]


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("V championed the sugar tax.", "for"),
        ("V gave her backing to the vaccine mandate.", "for"),
        ("V has given her blessing to the vaccine mandate.", "for"),
        ("V threw her weight behind the hospital merger.", "for"),
        ("V came out in favour of the wage cap.", "for"),
        ("V signed off on the budget.", "for"),
        ("V remains committed to the carbon tax.", "for"),
        ("V is firmly in favour of the carbon tax.", "for"),
        ("V urged parliament to ratify the trade deal.", "for"),
        ("V resisted the pay rise for nurses.", "against"),
        ("V poured cold water on the hospital merger.", "against"),
        ("V is opposed to the smoking ban.", "against"),
        ("V came out against the wage cap.", "against"),
        ("V is fiercely critical of the carbon tax.", "against"),
        ("V withdrew her support for the carbon tax.", "against"),
    ],
)
def test_a_stand_that_the_narrator_tells_by_an_idiom_is_taken(sentence, stance):
    (position,) = own(sentence)
    assert (position.stance, position.strength >= OPEN) == (stance, True)


@pytest.mark.parametrize(
    "sentence",
    [
        "The harbour wall resisted the storm.",
        "Critics gave their backing to the cap.",
        "V was given her backing by the party.",
        "V gave her coat to the porter.",
        "V threw her hat behind the fence.",
        "V voted in Havn on Tuesday.",
        "V voted against the pay rise.",
        "V is opposed to it.",
        "V plans to vote for the tax.",
    ],
)
def test_what_only_looks_like_a_stand_gives_none(sentence):
    assert not own(sentence)


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("“We want the tariff gone,” V said.", "against"),
        ("“We do not want to see the hospital closed,” V said.", "for"),
        ("“I cannot fault the inquiry,” V said.", "for"),
        ("“This strike helps nobody,” V said.", "against"),
        ("“We will fight the merger in every court,” V said.", "against"),
        ("“The quota must go,” V said.", "against"),
        ("“The quota has to go now,” V said.", "against"),
        ("“The quota is here to stay,” V said.", "for"),
        ("“The bridge runs counter to all that we stand for,” V said.", "against"),
        ("“I am not interested in a second bridge,” V said.", "against"),
        ("“It would be a mistake to delay the vote,” V said.", "for"),
        ("“Closing down the hospital would be a disaster,” V said.", "for"),
        ("“The decision to lift the tariffs is dangerous,” V said.", "for"),
        ("“The ban on trawling is a disgrace,” V said.", "against"),
        ("“No return of the sailors' pensions has been agreed,” V said.", "against"),
        ("“Nothing on the pensions was accepted and nothing will be,” V said.", "against"),
        ("“The merger is one of several things we are weighing,” V said.", "open"),
        ("“On the merger we have to see,” V said.", "open"),
        ("“On the merger it is too early to say,” V said.", "open"),
        ("“I would rather not answer that about the merger,” V said.", "no_comment"),
        ("“The merger will not be negotiated through the media,” V said.", "no_comment"),
        ("“I won't get ahead of the court on the quota,” V said.", "no_comment"),
        ("V declined to be drawn on the carbon tax.", "no_comment"),
        ("V refused to discuss the carbon tax.", "no_comment"),
        ("“Only when the workers are paid will the merger go ahead,” V said.", "conditional"),
        ("“The merger will go ahead only when the workers are paid,” V said.", "conditional"),
        ("“Only if the jobs are safe can we support the merger,” V said.", "conditional"),
        ("“Should the court ask for it, we would accept a recount,” V said.", "conditional"),
        ("“There will be no merger without a pledge for the crews,” V said.", "conditional"),
        ("“We went ahead with the merger, and not without care,” V said.", "for"),
        ("“We should walk away from the treaty,” V said.", "against"),
        ("“We should not walk away from the treaty,” V said.", "for"),
        ("“I make no apology for the levy,” V said.", "for"),
        ("“Nothing would please me more than a treaty,” V said.", "for"),
        ("“The levy was the wrong call,” V said.", "against"),
        ("“This treaty is a surrender,” V said.", "against"),
        ("V apologised for the curfew.", "against"),
        ("V refused to apologise for the curfew.", "for"),
        ("V took back her criticism of the levy.", "for"),
        ("V stopped short of condemning the levy.", "open"),
        ("V said reports that she opposed the levy were false.", "for"),
    ],
)
def test_what_is_spoken_is_read(sentence, stance):
    assert own(sentence)[0].stance == stance


@pytest.mark.parametrize(
    "sentence",
    [
        "V dismissed fears of a strike.",
        "“Such words are very detrimental to the tax talks,” V said.",
        "“Such words are bad for the tax talks,” V said.",
        "V dismissed fears that there would be a strike.",
        "V said the tax had been rejected by Ostmark.",
        "V said the tax was voted down by parliament.",
        "V accused Ostmark of rejecting the tax.",
        "V said that opposition to the tax was growing.",
        "V said support for the tax is falling.",
        "“I used to oppose the tax,” V said.",
        "“I once supported the tax,” V said.",
        "“We initially opposed the tax,” V said.",
        "“Orlo rejects the tax because his friends do,” V said.",
        "V said parliament had approved the tax.",
        "V said that her predecessor had once backed the tax.",
        "“They want us to accept the tax,” V said.",
        "“He has asked us to support the tax,” V said.",
        "“It would be wrong to call the tax a failure,” V said.",
        "“The quota must go to parliament,” V said.",
        "“The troops must go on,” V said.",
    ],
)
def test_what_others_do_or_fear_is_no_stand_in_so_many_words_against_it(sentence):
    wrong = "for" if any(word in sentence for word in ("support", "accept", "approved", "backed")) else "against"
    assert not [one for one in own(sentence) if one.stance == wrong and one.strength >= EVALUATION]


@pytest.mark.parametrize(
    "text", ["“I want us to accept the tax,” V said.", "“Our support for the tax is firm,” V said."]
)
def test_what_the_speaker_wants_of_all_is_the_speakers_own(text):
    position = own(text)[0]
    assert (position.stance, position.strength >= EVALUATION) == ("for", True)


@pytest.mark.parametrize("noun", ["fears about", "concerns over"])
def test_who_dismisses_worries_about_it_is_for_it(noun):
    assert own(f"V dismissed {noun} the expansion of the port.")[0].stance == "for"
