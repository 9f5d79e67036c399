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


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        # an occasion that is named again, near or far
        (
            "Mara Velden warned the League in a February 3 letter. Trade fell. Prices rose. Ships left. The quay emptied. "
            "In the letter, Velden argued that the toll was illegal.",
            "toll was illegal",
            date(2025, 2, 3),
        ),
        (
            "The two presidents held a call on Sunday. Markets rose. After the call, Mara Velden said that the port will "
            "open. According to Velden, the toll stays.",
            "the toll stays",
            date(2025, 2, 23),
        ),
        # what the speaker did, and what the sentence before tells
        (
            "Mara Velden received the League's envoy on Sunday. “The port will open,” Velden said.",
            "port will open",
            date(2025, 2, 23),
        ),
        (
            "The court stopped the toll on Friday. In a short ruling, the judges said the law was void.",
            "law was void",
            date(2025, 2, 21),
        ),
        # a day told from another
        ("The ships came on Friday. The next day Mara Velden said the port will open.", "port", date(2025, 2, 22)),
        ("The ships came on Friday. A day earlier Mara Velden said the port will open.", "port", date(2025, 2, 20)),
        # the dateline of a wire report
        (
            "KARSGRAD, February 25. /KNA/. The toll stays, Dmitri Lasko said at a briefing. Ships were stopped on Sunday.",
            "The toll stays",
            date(2025, 2, 25),
        ),
        # the more exact of two
        (
            "Earlier this week, Mara Velden said in a speech on Monday that the port will open.",
            "port",
            date(2025, 2, 24),
        ),
    ],
)
def test_the_day_of_the_occasion_is_the_day_of_the_words(read, text, words, day):
    found = said(read(text), words)
    assert found is not None
    assert (day, day) == (found.first, found.last)


def test_the_day_of_the_speakers_own_words_goes_before_that_of_the_sentence_between(read):
    text = (
        "Mara Velden said on Monday that the port will open. Ships had left on Friday. “The toll stays,” Velden added."
    )
    found = said(read(text), "toll stays")
    assert found is not None
    assert found.last == date(2025, 2, 24)


@pytest.mark.parametrize(
    "text",
    [
        "Earlier, Mara Velden said that the port will open.",
        "Mara Velden said earlier that the port will open.",
        "Mara Velden recently said that the port will open.",
        "Mara Velden had told reporters that the port will open.",
    ],
)
def test_an_earlier_day_that_is_not_named_is_no_day_and_carries_on_as_none(read, text):
    statements = read(f"{text} She added that the toll stays.")
    assert said(statements, "port will open") is None
    assert said(statements, "toll stays") is None


def test_what_a_quotation_says_of_the_past_does_not_make_its_saying_old(read):
    found = said(
        read("“It has always been our position at the time of a treaty,” Mara Velden said on Monday."), "always"
    )
    assert found is not None
    assert found.last == date(2025, 2, 24)


@pytest.mark.parametrize(
    "text",
    [
        "Mara Velden, asked about Sunday's storm, said that the port will open.",
        "The Mail on Sunday asked about it, and Mara Velden said that the port will open.",
        "Mara Velden, who will visit Karsovia on Friday, said that the port will open.",
        "Mara Velden at the harbour, February 3, 2025. Photo: Courier\n\nMara Velden said that the port will open.",
    ],
)
def test_the_day_of_a_thing_spoken_of_a_newspaper_a_plan_or_a_picture_is_not_the_day_of_the_words(read, text):
    found = said(read(text), "port will open")
    assert found is not None
    assert found.how == "publication date"


def test_of_news_some_days_old_others_spoke_on_any_day_since(read):
    text = "The League closed the strait on Saturday. Ships waited. Prices rose.\n\nMara Velden said that the port will open."
    found = said(read(text), "port will open")
    assert found is not None
    assert (found.first, found.last) == (date(2025, 2, 22), date(2025, 2, 25))


def test_the_weekday_that_publication_falls_on_is_that_day_and_a_later_weekday_is_of_the_week_before(read):
    [first] = read("Mara Velden said on Tuesday that the port will open.")
    [second] = read("Mara Velden said on Wednesday that the port will open.")
    assert first.said is not None
    assert second.said is not None
    assert (first.said.last, second.said.last) == (date(2025, 2, 25), date(2025, 2, 19))
