"""What a denial denies, where the article says so: it hangs on the claim, points at it, names it, or is announced."""

import pytest

from bot.statements import extract


@pytest.fixture
def told(article, roster):
    """The pairs of a text of which it tells that one denies the other: who claims what, who answers with what."""

    def read(text):
        found = extract(article(text), roster)
        by_quote = {one.quote: one for one in found}
        pairs = [(by_quote[one.told.of], one) for one in found if one.told and one.told.how == "denied"]
        return [(claim.party.name, claim.quote, one.party.name, one.quote) for claim, one in pairs]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Velden said that Karsovia had moved tanks to the river, which Dolgovsky denies.",
            ("Mara Velden", "that Karsovia had moved tanks to the river", "Sergei Dolgovsky", "which Dolgovsky denies"),
        ),
        (
            "Velden said tanks stood at the river, a claim that Karsovia has rejected.",
            ("Mara Velden", "tanks stood at the river", "Karsovia", "a claim that Karsovia has rejected"),
        ),
        (
            "Velden said tanks stood at the river, an allegation strongly denied by Dolgovsky.",
            (
                "Mara Velden",
                "tanks stood at the river",
                "Sergei Dolgovsky",
                "an allegation strongly denied by Dolgovsky",
            ),
        ),
        (
            "Velden said that the dam had been mined, which Karsgrad has called “absurd”.",
            ("Mara Velden", "that the dam had been mined", "Karsovia", "which Karsgrad has called “absurd”"),
        ),
        (
            "Velmark has accused Karsovia of stealing grain, which the country denies.",
            ("Velmark", "Karsovia of stealing grain", "Karsovia", "which the country denies"),
        ),
        (
            "Velden said Karsovia had agreed to open the lock, but Karsgrad denied this.",
            ("Mara Velden", "Karsovia had agreed to open the lock", "Karsovia", "Karsgrad denied this"),
        ),
    ],
)
def test_a_denial_without_words_of_its_own_denies_what_it_hangs_on(told, text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "Velden said forty lorries were turned back. Dolgovsky denied it. “We counted none,” he said.",
            "We counted none,",
        ),
        (
            "“Forty lorries were turned back,” Velden said. Dolgovsky contradicted her within the hour. “We counted none,” "
            "Dolgovsky said.",
            "We counted none,",
        ),
        (
            "Velden said that nothing had been offered. Dolgovsky, who led the talks, said the opposite: “Six per cent has "
            "been on the table since Tuesday.”",
            "Six per cent has been on the table since Tuesday.",
        ),
        (
            "Velden told reporters that the lock was open. Dolgovsky gave a very different account. “It has been shut for a "
            "week,” Dolgovsky said.",
            "It has been shut for a week,",
        ),
    ],
)
def test_what_stands_behind_an_announced_denial_is_the_answer(told, text, answer):
    assert [(who, words) for _, _, who, words in told(text)] == [("Sergei Dolgovsky", answer)]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Velden said the dam was safe. “That's false,” Dolgovsky said.", "the dam was safe"),
        (
            "Velmark accused Karsovia of shelling the dam at dawn. Later a bridge was closed. Karsovia denied all allegations.",
            "Karsovia of shelling the dam at dawn",
        ),
        (
            "Dolgovsky rejected Velden's claim that tanks stood at the river.",
            "that tanks stood at the river",
        ),
        (
            "Velden said Karsovian gunners had shelled the northern dam. Dolgovsky denied that Karsovian gunners had shelled "
            "any dam.",
            "Karsovian gunners had shelled the northern dam",
        ),
        ("Velden said the dam was safe. Dolgovsky called this “fake news”.", "the dam was safe"),
        (
            "Velden claimed nearly every repair had been paid for. Dolgovsky says this is not so.",
            "nearly every repair had been paid for",
        ),
        (
            "Dolgovsky said on Monday that he does not believe Karsovia shelled the northern dam. The road was open again. "
            "Velmark accused Karsovia of shelling the northern dam at dawn.",
            "Karsovia of shelling the northern dam at dawn",
        ),
    ],
)
def test_a_denial_denies_the_claim_that_it_points_at_names_or_repeats(told, text, claim):
    assert [words for _, words, _, _ in told(text)] == [claim]


@pytest.mark.parametrize(
    "text",
    [
        "Velden said the dam was safe. Dolgovsky did not dispute it.",  # no denial
        "Velden said the dam was safe, which Dolgovsky has neither confirmed nor denied.",
        "Velden called for an inspection. Dolgovsky rejected the demand.",  # a wish turned down
        "Velden said the dam was safe. That would be a mistake, Dolgovsky said.",  # an opinion
        "Velden said the dam was safe. Dolgovsky gave an account of his journey.",  # not a different one
        "Velden said the dam was safe. Later she corrected herself.",
        "Velden said the dam was safe. Dolgovsky called this season’s crop a lie of the land.",
        "Velden said the dam was safe. Dolgovsky says this is not so much a dam as a heap of sand.",
        "Dolgovsky said on Monday that he does not believe Karsovia shelled the dam. Velmark accused Karsovia of stealing grain.",
        "Velden said the dam was safe. Dolgovsky denied any involvement in the theft.",  # nobody has blamed him
        "Velden said the dam was safe. The visitors, a claim said, denied this.",
        "Velden said the dam was safe. Dolgovsky denied that he had threatened anyone.",  # that points at nothing
        "Velden said Tarvia had denied the crews entry. Dolgovsky denied that Velden had denied the crews entry.",
        "Velden said the dam was safe. Dolgovsky denied that he had ever said that the dam was safe.",
    ],
)
def test_silence_a_refused_wish_an_opinion_and_a_denial_of_something_else_deny_nothing(told, text):
    assert told(text) == []


def test_a_third_who_has_spoken_since_is_not_passed_over(told):
    text = "Velden said the dam was safe. Lasko said the road was closed. “That's false,” Velden said."
    assert [words for _, words, _, _ in told(text)] == ["the road was closed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Karsovia has rejected Velden's claim about tanks at the river. The talks begin on Friday. "
            "“Forty tanks stand at the river,” Velden said.",
            ("Mara Velden", "Forty tanks stand at the river,", "Karsovia", "Velden's claim about tanks at the river"),
        ),
        (
            "Dolgovsky disagreed with the Velmarkian minister Velden's line that no child goes hungry in the valley. "
            "“They paint Velmark as if we kept the valley behind a fence,” Velden said. “No child goes hungry.”",
            (
                "Mara Velden",
                "No child goes hungry.",
                "Sergei Dolgovsky",
                "the Velmarkian minister Velden's line that no child goes hungry in the valley",
            ),
        ),
        (
            "Velden said forty tanks stood at the river. Karsgrad says otherwise. “They left in May,” Dolgovsky said.",
            ("Mara Velden", "forty tanks stood at the river", "Sergei Dolgovsky", "They left in May,"),
        ),
        (
            "Velden said the dam had been mined. “We don't believe that happened, now that we have looked,” "
            "Dolgovsky said.",
            (
                "Mara Velden",
                "the dam had been mined",
                "Sergei Dolgovsky",
                "We don't believe that happened, now that we have looked,",
            ),
        ),
    ],
)
def test_a_denial_that_opens_the_news_or_disbelieves_what_stands_before_is_tied_to_the_claim(told, text, expected):
    assert told(text) == [expected]


def test_two_officials_of_one_side_may_deny_what_the_other_says(told):
    text = "Harnik said forty tanks had crossed the river. “That is false,” Dolgovsky said."
    assert told(text) == [("Piotr Harnik", "forty tanks had crossed the river", "Sergei Dolgovsky", "That is false,")]
