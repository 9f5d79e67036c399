from __future__ import annotations

import pytest


def statement(statements, words):
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Mara Velden said Piotr Harnik will accept the treaty.", "will accept", "Piotr Harnik"),
        ("Mara Velden said that Karsovia wants a new bridge.", "wants a new bridge", "Karsovia"),
        ("Mara Velden claimed that Karsgrad would agree to a truce.", "would agree", "Karsovia"),
        (
            "Mara Velden spoke to Piotr Harnik about the bridge. “Yes, he will accept that,” Velden said.",
            "he will accept that",
            "Piotr Harnik",
        ),
        ("“Harnik told me that they will open the road,” Mara Velden said.", "told me", "Piotr Harnik"),
        ("“Our Karsovian partners accept the plan,” Mara Velden said.", "partners accept", "Karsovia"),
        ("“Many of those cities refuse to pay,” Mara Velden said.", "Many of", "Many of those cities"),
        ("Mara Velden said some League politicians are seeking to stop it.", "seeking", "some League politicians"),
        ("Mara Velden said there was broad support across the League for the port.", "support", "Northern League"),
        ("Mara Velden said Karsovia and the League have made a similar decision.", "similar", None),
        ("“What did Karsovia do? They refused to talk,” Mara Velden said.", "refused to talk", "Karsovia"),
        ("Mara Velden said the Dockers' Front wants a larger port.", "larger port", "Dockers' Front"),
        ("“This is acceptable to Karsovia as well,” Mara Velden said.", "acceptable", "Karsovia"),
        ("Mara Velden wrote that Velmark and Karsovia will hold talks.", "hold talks", "Velmark and Karsovia"),
        (
            "Mara Velden claimed she had shown the map to Piotr Harnik, who replied that he “did not mind” the toll.",
            "shown the map",
            "Piotr Harnik",
        ),
    ],
)
def test_a_claim_about_anothers_position_is_held_by_the_other(read, text, words, expected):
    found = statement(read(text), words)
    assert found.holder is not None
    assert found.party is not None
    assert (found.party.official, found.holder.name) == ("velden", expected or "Karsovia and Northern League")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Dmitri Lasko said that Karsovia wants a new bridge.", "wants a new bridge", "lasko"),
        ("Mara Velden said she will accept the treaty.", "will accept", "velden"),
        ("“Karsovia shells our towns every day,” Mara Velden said.", "shells our towns", "velden"),
        ("“If Karsovia wants peace, it must leave,” Mara Velden said.", "must leave", "velden"),
        ("“Karsovia wants a bridge, and I agree,” Mara Velden said.", "I agree", "velden"),
        ("“We must ask the Harbour Court, and the Court decides,” Mara Velden said.", "must ask", "velden"),
        ("“We reject the force that Karsovia wants,” Mara Velden said.", "We reject", "velden"),
        ("Mara Velden denied that Piotr Harnik had agreed to a truce.", "had agreed", "velden"),
        ("Mara Velden predicted that Karsovia would refuse to pay.", "refuse to pay", "velden"),
        ("Mara Velden rejected claims that Karsovia would pay.", "claims that", "velden"),
        ("Mara Velden expressed doubt that Karsovia would sign.", "doubt that", "velden"),
        ("“I doubt Piotr Harnik wants a truce,” Mara Velden said.", "I doubt", "velden"),
    ],
)
def test_an_own_position_is_the_speakers(read, text, words, expected):
    found = statement(read(text), words)
    assert found.holder is not None
    assert found.holder.official == expected


def test_no_speaker_no_holder(read):
    assert all(s.holder is None for s in read("“The port will open tomorrow and stay open.”") if s.party is None)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Mara Velden said Karsovia has given its word to open the port.", "its word", "Karsovia"),
        ("Mara Velden said Piotr Harnik had come round to the treaty.", "come round", "Piotr Harnik"),
        ("Mara Velden said Piotr Harnik, who rarely travels, sees no obstacle.", "no obstacle", "Piotr Harnik"),
        ("Mara Velden said Karsgrad's position has not changed.", "position has", "Karsovia"),
        ("Mara Velden said it was unclear whether Karsovia would join the talks.", "would join", "Karsovia"),
        ("Mara Velden told the council last week that Karsovia wants a truce.", "wants a truce", "Karsovia"),
        ("Mara Velden said it looks like Karsovia is going to withdraw.", "going to withdraw", "Karsovia"),
    ],
)
def test_giving_ones_word_a_view_and_a_doubt_show_whose_position_it_is(read, text, words, expected):
    found = statement(read(text), words)
    assert found.holder is not None
    assert found.holder.name == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mara Velden said she had been assured by Piotr Harnik that the port would open.",
        "“We have heard from Piotr Harnik that the port is to open,” Mara Velden said.",
        "Mara Velden said she had Piotr Harnik's word that the port would open.",
    ],
)
def test_what_somebody_was_told_is_the_tellers_position(read, text):
    assert statement(read(text), "port").holder.official == "harnik"


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether Piotr Harnik would sign the treaty, Mara Velden said: “I think so.”",
        "“Oh, I think so,” Mara Velden said when asked if Piotr Harnik would sign the treaty.",
    ],
)
def test_a_bare_answer_takes_over_what_was_asked(read, text):
    assert statement(read(text), "I think so").holder.official == "harnik"


def test_a_title_alone_is_whoever_bears_it_here(read):
    text = "Piotr Harnik was in Karsgrad. Sergei Dolgovsky said the president wants a new bridge."
    assert statement(read(text), "new bridge").holder.official == "harnik"


def test_a_person_without_a_name_is_not_the_speaker(read):
    found = statement(read("Mara Velden said the mayor of Ostby was opposed to the port."), "opposed")
    assert (found.holder.name, found.holder.official) == ("mayor of Ostby", None)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "Velmark and Karsovia met. Mara Velden said both sides had agreed to a truce.",
            "agreed to a truce",
            "Velmark and Karsovia",
        ),
        (
            "Mara Velden spoke of the League partners. She said none of these countries want a new port.",
            "new port",
            "League partners",
        ),
        ("Dmitri Lasko said the Velmarkians are ready to talk.", "ready to talk", "Velmark"),
    ],
)
def test_a_group_is_the_one_named_before(read, text, words, expected):
    assert statement(read(text), words).holder.name == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("“Given that Karsovia wants a bridge, the road must close,” Mara Velden said.", "must close", "velden"),
        ("“Although Piotr Harnik promised peace, the guns fire,” Mara Velden said.", "guns fire", "velden"),
        ("“I never said that Karsovia had agreed,” Mara Velden said.", "had agreed", "velden"),
        ("“Karsovia has no right to build a bridge,” Mara Velden said.", "no right", "velden"),
        ("Sergei Dolgovsky said the government wants a new port.", "new port", "dolgovsky"),
        ("Mara Velden said she wants a truce and that Piotr Harnik will accept it.", "wants a truce", "velden"),
        ("“What Karsovia decided is a secret,” Mara Velden said.", "a secret", "velden"),
        ("Mara Velden said the result of a meeting that Karsovia wants is open.", "result", "velden"),
    ],
)
def test_what_is_given_denied_or_the_speakers_own_stays_his(read, text, words, expected):
    assert statement(read(text), words).holder.official == expected


def test_the_leader_of_a_body_speaks_for_it(read):
    found = statement(read("The Dockers' Front wants a larger port, said its chairman, Tomas Brell."), "larger port")
    assert found.holder.same(found.party)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # whom a pronoun means
        (
            "Piotr Harnik met Mara Velden. “She has agreed to a truce,” Dmitri Lasko said.",
            "She has agreed",
            "Mara Velden",
        ),
        ("Piotr Harnik met Mara Velden. “He has agreed to a truce,” Otto Brandeis said.", "He has", "Piotr Harnik"),
        (
            "Piotr Harnik was in Karsgrad. “He wants no pressure on Harnik,” Mara Velden said.",
            "wants no pressure",
            "Mara Velden",
        ),
        (
            "Dmitri Lasko met Piotr Harnik. Lasko said that he wants a treaty “in our own interest”.",
            "wants a treaty",
            "Dmitri Lasko",
        ),
        ("“For them, instead of helping Karsovia, they want calm,” Mara Velden said.", "want calm", "Mara Velden"),
        # whose words they are
        ("Mara Velden said she was told by an envoy that Karsovia had agreed to a truce.", "had agreed", "Karsovia"),
        ("“Piotr Harnik asked me for figures and I sent them,” Mara Velden said.", "figures", "Mara Velden"),
        ("Mara Velden said that Karsovia has called and wants to join.", "wants to join", "Karsovia"),
        ("“Karsovia's aim is to hold the port,” Mara Velden said.", "aim is", "Karsovia"),
        # what is no position
        ("“Karsovia supports armed militants,” Mara Velden said.", "militants", "Mara Velden"),
        ("“Piotr Harnik made the right choice,” Mara Velden said.", "right choice", "Mara Velden"),
        ("“Piotr Harnik is going to win,” Mara Velden said.", "going to win", "Mara Velden"),
        ("“Piotr Harnik was prepared,” Mara Velden said.", "was prepared", "Mara Velden"),
        ("Mara Velden said the Seaview plan will be on offer in May.", "Seaview plan", "Mara Velden"),
        ("Mara Velden said the vote came after reports that Karsovia wants a port.", "vote came", "Mara Velden"),
        ("“Karsovians want calm. They deserve it,” Otto Brandeis said.", "want calm", "Otto Brandeis"),
        (
            "“The talks were long. The day was cold, the hall was full, and nobody could say what would come of a "
            "meeting that had been put off three times before. We read the papers line by line, one after the other, "
            "and when it grew dark the clerks brought lamps and more papers for all of us. Then came Karsovia. "
            "Karsovia wants a bridge,” Mara Velden said.",
            "talks were long",
            "Mara Velden",
        ),
    ],
)
def test_a_position_is_anothers_only_where_he_is_shown_holding_it(read, text, words, expected):
    assert statement(read(text), words).holder.name == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Karsovia plans to close the port, sources said on Monday.", "plans to close", "Karsovia"),
        (
            "Brandel Motors will cut 300 jobs in Ostby, a person familiar with the matter said.",
            "will cut",
            "Brandel Motors",
        ),
        (
            "Brandel Motors is considering a sale, according to two people close to the talks.",
            "a sale",
            "Brandel Motors",
        ),
    ],
)
def test_a_plan_told_by_a_source_is_the_planners(read, text, words, expected):
    assert statement(read(text), words).holder.name == expected


def test_what_a_source_tells_as_a_fact_is_no_position_of_the_bodys(read):
    found = statement(read("Brandel Motors is losing money, a person familiar with the matter said."), "losing")
    assert found.holder is None or found.holder.name != "Brandel Motors"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Mara Velden said Piotr Harnik went along with the treaty.", "treaty", "Piotr Harnik"),
        ("Mara Velden claimed that Karsovia could live with a toll.", "a toll", "Karsovia"),
        ("Mara Velden said a toll would be fine with Karsovia.", "fine with", "Karsovia"),
        ("Mara Velden said Piotr Harnik had taken the bridge off the table.", "off the table", "Piotr Harnik"),
        (
            "“What Piotr Harnik told us was that the toll was not his idea,” Mara Velden said.",
            "not his",
            "Piotr Harnik",
        ),
        ("Piotr Harnik and Otto Brandeis met. Mara Velden said both agreed to pay.", "to pay", None),
        (
            "Velmark and Karsovia met. Dmitri Lasko said the two had accepted the toll.",
            "the toll",
            "Velmark and Karsovia",
        ),
    ],
)
def test_going_along_a_cleft_and_both_show_whose_position_it_is(read, text, words, expected):
    assert statement(read(text), words).holder.name == (expected or "Piotr Harnik and Otto Brandeis")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mara Velden said she was building ships for Karsovia, but wanted to know Karsgrad's plans first.", "plans"),
        ("“What Piotr Harnik told us was a fairy tale,” Mara Velden said.", "fairy tale"),
        ("Velmark and Karsovia met. Mara Velden said both boats had been sunk.", "both boats"),
        ("Velmark and Karsovia met. Mara Velden said both agreed plans were void.", "both agreed"),
        ("Piotr Harnik and Otto Brandeis met. Mara Velden said both wanted men had been caught.", "both wanted"),
    ],
)
def test_plans_of_others_a_judgement_on_their_words_and_both_boats_are_no_position_of_theirs(read, text, words):
    assert statement(read(text), words).holder.official == "velden"


def test_a_pronoun_that_the_reporter_explains_in_brackets_is_whom_he_names(read):
    text = "Sergei Dolgovsky left the hall. “He (Harnik) told us that the toll will stay,” Mara Velden said of Piotr Harnik."
    found = statement(read(text), "will stay")
    assert found.holder.official == "harnik"
    assert found.content.startswith("Harnik told us")
