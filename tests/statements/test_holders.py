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
        ("“None of these countries want to disarm,” Mara Velden said.", "None of", "None of these countries"),
        ("Mara Velden said some League politicians are seeking to stop it.", "seeking", "some League politicians"),
        ("Mara Velden said there is consensus within the League on the port.", "consensus", "Northern League"),
        ("Mara Velden said Karsovia and the League have made a similar decision.", "similar", None),
        ("“What did Karsovia do? They refused to talk,” Mara Velden said.", "refused to talk", "Karsovia"),
        ("Mara Velden said the Dockers' Front wants a larger port.", "larger port", "Dockers' Front"),
        ("“This is acceptable to Karsovia as well,” Mara Velden said.", "acceptable", "Karsovia"),
        ("Mara Velden wrote that Velmark and Karsovia will hold talks.", "hold talks", "Velmark and Karsovia"),
        (
            "Mara Velden claimed she had raised the bridge with Piotr Harnik, who responded that he had “no problem with it”.",
            "raised the bridge",
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
    ],
)
def test_an_own_position_is_the_speakers(read, text, words, expected):
    found = statement(read(text), words)
    assert found.holder is not None
    assert found.holder.official == expected


def test_no_speaker_no_holder(read):
    assert all(s.holder is None for s in read("“The port will open tomorrow and stay open.”") if s.party is None)
