"""What a model reads of a position: these very words are what it was trained on."""

from __future__ import annotations

import pytest

from bot.judges import rendering


def test_a_pair_is_rendered_word_by_word(say):
    older = say("orla", "The bridge will be closed to lorries", before="She was asked about the cracks.")
    newer = say("pell", "No such closure was ever planned", day=12, holder="havmark")
    assert rendering.pair(older, newer) == (
        "Orla Brandt, Transport Minister, 4 March 2031 | She was asked about the cracks. | "
        "The bridge will be closed to lorries",
        "same side, 12 days later: Jens Pell, government spokesman, for Havmark | No such closure was ever planned",
    )


def test_a_single_statement_stands_beside_the_proposition(say):
    one = say("orla", "Lorries can go round", day=None)
    assert rendering.towards(one) == (
        "Orla Brandt, Transport Minister | Lorries can go round",
        "The bridge is closed to lorries",
    )
    assert rendering.towards(one, "The bridge is rebuilt")[1] == "The bridge is rebuilt"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"who": "orla"}, {"who": "orla"}, "same speaker"),
        ({"who": "orla"}, {"who": "pell"}, "same side"),
        ({"who": "orla"}, {"who": "ruiz"}, "other side"),
        ({"who": "orla"}, {"who": "nobody"}, "other side"),
        ({"who": "ruiz", "holder": "havmark", "claimed": True}, {"who": "orla"}, "speaks about the other's side"),
        ({"who": "orla"}, {"who": "ruiz", "holder": "havmark", "claimed": True}, "speaks about the other's side"),
        ({"who": "ruiz", "holder": "orla", "claimed": True}, {"who": "orla"}, "speaks about the other's side"),
        ({"who": "ruiz", "holder": "estmark"}, {"who": "orla"}, "other side"),
    ],
)
def test_the_relation_of_the_speakers_is_named(say, one, other, expected):
    assert rendering.relation(say(words="Yes", **one), say(words="No", **other)) == expected
    assert expected in rendering.RELATIONS


@pytest.mark.parametrize(
    ("first", "second", "begins"),
    [
        (0, 0, "same side, the same day: Jens Pell, government spokesman | "),
        (0, 1, "same side, 1 day later: Jens Pell, government spokesman | "),
        (5, 3, "same side, 2 days earlier: Jens Pell, government spokesman | "),
        (None, 3, "same side: Jens Pell, government spokesman, 7 March 2031 | "),
        (0, None, "same side: Jens Pell, government spokesman | "),
    ],
)
def test_the_second_tells_the_distance_in_days_where_both_days_are_known(say, first, second, begins):
    assert rendering.pair(say("orla", "Yes", day=first), say("pell", "No", day=second))[1].startswith(begins)


def test_a_claim_says_on_whose_position_it_is(say):
    claim = say("ruiz", "Havmark will open the bridge", holder="havmark", claimed=True)
    assert rendering.towards(claim)[0].startswith(
        "Tova Ruiz, Foreign Minister of Estmark, on what Havmark holds, 4 March 2031 | "
    )


def test_what_the_words_point_back_to_goes_before_the_sentence_before(say):
    one = say("orla", "We will do it", content="We will do it [about: close the bridge]", before="It rained.", day=None)
    assert rendering.towards(one)[0] == "Orla Brandt, Transport Minister | close the bridge | We will do it"


def test_a_cue_that_turns_the_words_stands_before_them(say):
    one = say("orla", "that the bridge was closed", cue="denied", negated=True, day=None)
    assert rendering.towards(one)[0].endswith(" | denied: that the bridge was closed")


def test_long_texts_are_cut_between_words_so_that_both_statements_are_read(say):
    one = say("orla", "bridge " * 400, before="lorry " * 100, day=None)
    _, before, words = rendering.towards(one)[0].split(" | ")
    assert set(before.split()) == {"lorry"}
    assert set(words.split()) == {"bridge"}
    assert len(before) <= 160
    assert len(words) <= 500


def test_line_ends_and_the_mark_between_the_parts_never_come_from_a_text(say):
    one = say("orla", "Yes |\n\tthat\u00a0| is so", before="A | B", day=None)
    assert rendering.towards(one)[0] == "Orla Brandt, Transport Minister | A B | Yes that is so"
