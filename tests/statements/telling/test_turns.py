"""Positions that the narrator goes back to, and what the narrator sets them off against."""

import pytest

from bot.statements import extract


@pytest.fixture
def turns(article, roster):
    """The pairs of a text of which it tells that one gives up the other: the earlier words, the new ones."""

    def read(text):
        found = extract(article(text), roster)
        by_quote = {one.quote: one for one in found}
        pairs = [(by_quote[one.told.of], one) for one in found if one.told and one.told.how == "turned"]
        assert all(earlier.said is None or not earlier.recalled for earlier, _ in pairs)
        return [(earlier.quote, one.quote, one.told.words) for earlier, one in pairs]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Karsovia backed off its demand that the harbour be opened.",
            ("that the harbour be opened", "its demand that the harbour be opened", "backed off"),
        ),
        (
            "Velden has walked back her pledge to close the mine.",
            ("to close the mine", "her pledge to close the mine", "walked back"),
        ),
        (
            "Harnik abandoned his call for an early vote.",
            ("an early vote", "his call for an early vote", "abandoned"),
        ),
        ("Velden dropped plans to tax ferries.", ("to tax ferries", "plans to tax ferries", "dropped")),
        (
            "Velden said the toll would go, just days after saying that it would stay for good.",
            ("that it would stay for good", "the toll would go", "days after saying"),
        ),
        (
            "Harnik said on Monday that Karsovia would not sell the ferries although he had repeatedly called for this.",
            ("he had repeatedly called for this", "that Karsovia would not sell the ferries", "had called for it"),
        ),
        (
            "Karsovia had sought a step-by-step lifting of the blockade until Harnik said that he would lift it at once.",
            ("a step-by-step lifting of the blockade", "that he would lift it at once", "had sought it until then"),
        ),
        (
            "Karsovia will let observers work, Dolgovsky said on Sunday, four days after ruling it out.",
            ("four days after ruling it out", "Karsovia will let observers work", "four days after ruling it out"),
        ),
        (
            "Two launchers will be sent, Harnik said on Wednesday, three weeks after saying he would not do so.",
            (
                "three weeks after saying he would not do so",
                "Two launchers will be sent",
                "three weeks after saying he would not do so",
            ),
        ),
        (
            "Velden has ruled out a toll on ferries, despite being open to the idea on Monday.",
            ("despite being open to the idea", "a toll on ferries", "despite being open to the idea"),
        ),
        (
            "Velden said that there would be no toll, having called for it in May.",
            ("having called for it", "that there would be no toll", "having called for it"),
        ),
        (
            "A day after saying that the toll would go, Velden said that it would stay.",
            ("that the toll would go", "that it would stay", "A day after saying"),
        ),
        (
            "Velden said that Velmark would sell the ferries, a month after opposing it.",
            ("a month after opposing it", "that Velmark would sell the ferries", "a month after opposing it"),
        ),
        (
            "Velden said that both towns would have to find the money, just days after saying that only she could pay.",
            ("that only she could pay", "that both towns would have to find the money", "days after saying"),
        ),
        (
            "Harnik admitted that troops were in the valley, two days after denying it.",
            ("two days after denying it", "that troops were in the valley", "two days after denying it"),
        ),
        (
            "“We will not build the dam,” Harnik said on Monday, a year after promising it.",
            ("a year after promising it", "We will not build the dam,", "a year after promising it"),
        ),
        (
            "Velden agreed to a toll on ferries, a year after ruling it out.",
            ("a year after ruling it out", "to a toll on ferries", "a year after ruling it out"),
        ),
        (
            "Two days after telling reporters that the port was safe, Harnik said that the port was unsafe.",
            ("that the port was safe", "that the port was unsafe", "days after telling"),
        ),
        (
            "Hours after saying that she would not run, Velden said that she would.",
            ("that she would not run", "that she would", "Hours after saying"),
        ),
        (
            "Dolgovsky originally said that the bridge was intact but later acknowledged that it was damaged.",
            ("that the bridge was intact", "that it was damaged", "initially said, then acknowledged"),
        ),
        (
            "The Karsovian President initially claimed that the plant was whole, but later admitted that a roof had burnt.",
            ("that the plant was whole", "that a roof had burnt", "initially claimed, then admitted"),
        ),
    ],
)
def test_a_position_that_is_told_as_given_up_stands_beside_the_new_one(turns, text, expected):
    assert turns(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Velden dropped her children off at school.",
        "Velden said the toll would go, days after a meeting with Harnik.",
        "Velden said the toll would go, hours after Harnik said that it would stay.",  # another voice
        "Velden, who had previously worked for a bank, said the toll would go.",
        "Velden has repeatedly said that the toll will stay and said on Monday that it will stay.",
        "Velden backed her minister and called for an early vote.",
        "Prices dropped after calls for an early vote.",
        "Velden ruled out a toll, days after ruling it out for ferries.",  # of something else
        "Velden ruled out a toll, despite having previously ruled it out.",  # the same once more
        "Velden said that the toll would go, despite being opposed to it.",  # at one time
        "Velden said: “The toll will go, a week after ruling it out.”",  # her own words
        "The toll will go, a week after ruling it out.",  # nobody says it
        "Harnik initially said that five had died but later said that seven had.",  # a count that grew
        "A day after saying that the toll would go, Velden left for Karsgrad.",
        "Harnik initially denied it. Velden admitted that the plant had burnt.",  # another voice
        # of somebody else's deed, who may be the one that ruled it out
        "Velden said Harnik would take part, a week after ruling it out.",
        "Velden said that the minister would resign, three days after saying he would not.",
        "Velden said Karsovia would pay, two weeks after promising it would not.",
        "Velden accused Karsovia of sending troops, days after denying it.",
        "Velden warned that Karsovia would close the strait, a week after ruling it out.",
        "Velden thanked the striker for coming back, having ruled it out in May.",
        "Harnik will take part, a week after ruling it out, Velden said.",
        "According to Velden, the bank raised its rate a week after ruling it out.",
        "Harnik told a committee that met, a week after ruling it out.",
        "Velden would accept a toll, she said, if she were asked, a week after ruling it out.",
        "Harnik initially claimed the goal was offside, but later admitted it was a good goal, Velden said.",
        # of something narrower, or of something else
        "Velden said there would be a toll, a week after ruling it out for lorries.",
        "Velden said there would be a toll, a week after ruling it out in Karsovia.",
        "Karsovia will let the ship dock, Dolgovsky said, two days after denying it entry.",
        "Velden initially claimed that the toll was fair, but later admitted that she had been late.",
        "Harnik initially said he had met Velden, but later acknowledged that the meeting was useful.",
        "Velden initially said that the fire was small, and later admitted that a roof had burnt.",
        # that says the same once more, or leaves it open
        "“The toll is still off the table,” Velden said, a week after ruling it out.",
        "Velden repeated that there would be no reason for a toll, a week after ruling it out.",
        "Velden said there was no reason not to build the toll, weeks after backing it.",
        "Velden said that there would be no delay of the toll, a week after calling for it.",
        "Velden rejected criticism of the toll, a week after calling for it.",
        "Velden denied that the toll was unfair, a week after calling for it.",
        "Velden declined to say whether the toll would go, despite being open to the idea on Monday.",
        "Velden had no comment on the toll, despite being open to the idea on Monday.",
        "Velden said that she regretted the toll, a year after opposing it.",
        # the next thing said
        "A day after saying that the toll would go, Velden said that it would go on Friday.",
        "Velden said that both towns would have to find the money, days after saying that only she could pay.",
        "A day after saying that talks had failed, Velden said that Harnik was to blame.",
        "An hour after telling reporters that the port was open, Velden said that ferries would sail on Monday.",
        "Days after saying that five had died, Velden said that seven had.",
        "Velden said the harbour would stay open, three days after saying she would not run for office.",
    ],
)
def test_what_is_no_position_of_the_same_voice_is_given_up_by_nobody(turns, text):
    assert turns(text) == []


def test_the_earlier_position_has_no_day_of_its_own_and_says_so(article, roster):
    found = extract(article("Karsovia backed off its demand that the harbour be opened."), roster)
    (earlier,) = [one for one in found if one.recalled]
    assert (earlier.quote, earlier.said, earlier.negated) == ("that the harbour be opened", None, False)
    (turn,) = [one for one in found if one.told]
    assert turn.negated


def test_somebody_elses_refusal_told_behind_a_claim_denies_it(article, roster):
    text = (
        "Velden said that Harnik was ready to leave the island, though the Karsovian President has said he never would."
    )
    found = extract(article(text), roster)
    (denial,) = [one for one in found if one.told]
    assert (denial.party.name, denial.told.how, denial.negated) == ("Piotr Harnik", "denied", True)
    assert denial.told.of == "that Harnik was ready to leave the island"


def test_what_a_bare_clause_says_was_given_up_is_taken_from_what_is_said_now(article, roster):
    text = "Karsovia will let observers work, Dolgovsky said on Sunday, four days after ruling it out."
    found = extract(article(text), roster)
    (earlier,) = [one for one in found if one.recalled]
    assert (earlier.party.name, earlier.said, earlier.negated) == ("Sergei Dolgovsky", None, True)
    assert earlier.act is None  # the card would say it twice
    assert earlier.content.startswith("Karsovia will let observers work")


def test_what_may_be_another_ones_is_taken_down_as_nobodys_position(article, roster):
    for text in (
        "Velden said Harnik would take part, a week after ruling it out.",
        "Velden said the party would back the toll, months after saying it would not.",
        "Velden accused Harnik of closing the port, a week after ruling it out.",
        "Velden said it was too early to say whether the toll would go, a week after ruling it out.",
    ):
        assert not [one for one in extract(article(text), roster) if one.recalled or one.told], text
