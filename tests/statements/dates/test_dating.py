from __future__ import annotations

from datetime import date

import pytest


def said(statements, words):
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0].said


def test_the_date_beside_the_cue_counts_and_says_how_it_was_found(read):
    found = said(read("Mara Velden said on Monday that the port will open by Friday."), "port will open")
    assert found is not None
    assert (found.first, found.last) == (date(2025, 2, 24), date(2025, 2, 24))
    assert found.how == "'Monday', article of 25 Feb 2025"


def test_a_date_is_carried_on_to_the_next_words_of_the_speaker(read):
    found = said(read("Mara Velden said on Monday that the port will open. “It is time,” she added."), "It is time")
    assert found is not None
    assert found.first == date(2025, 2, 24)
    assert "carried on" in found.how


def test_a_date_inside_the_content_does_not_date_it(read):
    found = said(read("Mara Velden said that in 2019 the port was sold."), "port was sold")
    assert found is not None
    assert found.last == date(2025, 2, 25)
    assert found.how == "publication date"


def test_a_day_after_shifts_what_it_governs(read):
    text = "A day after Mara Velden said the port will open, Dmitri Lasko on Tuesday said it would not."
    found = said(read(text), "port will open")
    assert found is not None
    assert (found.first, found.last) == (date(2025, 2, 24), date(2025, 2, 24))


@pytest.mark.parametrize("published", [None])
def test_no_publication_date_means_no_date_and_a_caveat(read, published):
    [statement] = read("Mara Velden said on Monday that the port will open.", published=published)
    assert statement.said is None
    assert "no date of publication" in statement.caveats


def test_a_remark_of_an_unknown_past_has_no_date(read):
    assert said(read("Velden has repeatedly said that the port will open."), "port will open") is None
