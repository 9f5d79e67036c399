from __future__ import annotations

import pytest


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


def test_a_pronoun_outside_the_marks_is_the_speaker_and_inside_somebody_else(read):
    text = "Dmitri Lasko met Piotr Harnik. Lasko said that he wants a treaty “in our own interest”."
    assert holding(read(text), "wants a treaty").content.startswith("Dmitri Lasko wants a treaty")


def test_he_is_no_woman_and_she_no_man(read):
    text = "Piotr Harnik met Mara Velden. “She will open the port before long, and the ships will come,” Lasko said."
    assert holding(read(text), "open the port").content.startswith("Mara Velden will open")


@pytest.mark.parametrize("cue", ["said", "added"])
def test_a_predicate_cut_off_by_its_attribution_has_its_subject_before_it(read, cue):
    found = holding(read(f"The harbour of Lindhaven, Mara Velden {cue}, was closed to warships."), "was closed")
    assert found.content == "The harbour of Lindhaven was closed to warships"
    assert found.quote == "was closed to warships"


def test_a_clause_behind_an_attribution_keeps_to_itself(read):
    found = holding(read("Taxes would rise, Mara Velden said, and the state would pay."), "state would pay")
    assert found.content.partition(" [about: ")[0] == "and the state would pay"
