"""Statements on one question are filed under it, whatever their own words name."""

from dataclasses import replace
from datetime import UTC, datetime

from bot import meaning
from bot.model import Party, Position, Source, Span, Statement
from bot.positions import filed

ONE, NEAR, FAR = [1.0, 0.0, 0.0], [0.9, 0.436, 0.0], [0.0, 0.0, 1.0]
HOLDER = Party(name="Ana Brisk", role="harbour minister")


def position(words: str, vector: list[float], topic: str) -> Position:
    source = Source(
        article=words[:4], outlet="Havn Herald", url=None, title="", published=None,
        retrieved=datetime(2031, 6, 1, tzinfo=UTC), text_hash=words,
    )  # fmt: skip
    statement = Statement(
        source=source, kind="direct", span=Span(start=0, end=len(words)), quote=words, verbatim=(), cue=None,
        speaker=None, holder=HOLDER, said=None, content=words,
    )  # fmt: skip
    return Position(
        statement=statement, holder=HOLDER, topic=topic, topic_name=topic, proposition=topic, proposition_text=words,
        stance="for", strength=0.7, meaning=meaning.of(vector),
    )  # fmt: skip


FERRY = position("The night ferry will sail again", ONE, "made-ferry")


def test_a_statement_near_in_meaning_joins_the_question_and_says_why():
    fresh = position("We will let it run after dark", NEAR, "made-dark")
    joined = filed(fresh, [FERRY])
    assert (joined.topic, joined.proposition_text) == ("made-ferry", FERRY.proposition_text)
    assert joined.link == "like “The night ferry will sail again” (0.53)"


def test_a_statement_that_is_near_to_none_opens_a_question_of_its_own():
    fresh = position("Taxes on timber will rise", FAR, "made-timber")
    for near in ([FERRY], []):
        apart = filed(fresh, near)
        assert apart.topic.startswith("made-timber-")
        assert (apart.proposition, apart.link) == ("made-timber", "")


def test_two_statements_that_share_their_words_alone_are_not_on_one_question():
    one, other = position("The ferry is old", ONE, "made-ferry"), position("The ferry is taxed", FAR, "made-ferry")
    assert filed(one, []).topic != filed(other, [one]).topic


def test_one_near_neighbour_is_not_enough_where_a_question_has_several_members():
    others = [position(f"Timber is taxed, part {n}", FAR, "made-ferry") for n in range(2)]
    assert filed(position("It sails", NEAR, "made-sails"), [FERRY, *others]).topic.startswith("made-sails-")


def test_what_the_configuration_names_and_what_nobody_has_read_stay_where_they_are():
    named = position("The ferry sails", NEAR, "ferries")
    assert filed(named, [FERRY]).topic == "ferries"
    unread = replace(position("The ferry sails", NEAR, "made-x"), meaning=b"")
    assert filed(unread, [FERRY]).topic == "made-x"


def test_what_the_configuration_does_not_name_may_join_what_it_names_and_is_not_taken_for_named():
    named = position("The ferry sails", NEAR, "ferries")
    joined = filed(position("It sails", NEAR, "made-y"), [named])
    assert (joined.topic, joined.on_named_topic, named.on_named_topic) == ("ferries", False, True)


def test_meaning_and_words_join_together_what_neither_joins_alone():
    vector = [0.7, 0.714, 0.0]
    assert filed(position("We let it run after dark", vector, "made-dark"), [FERRY]).topic.startswith("made-dark")
    assert filed(position("The night ferry is late", vector, "made-late"), [FERRY]).topic == "made-ferry"
