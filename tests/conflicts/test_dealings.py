"""Dealings between two sides of which one tells, and which the other says there were none of."""

from dataclasses import replace

import pytest

from bot import conflicts


def raised(say, sides, claim, answer, *, where="y", who="mirren", by="drin", cue=None, days=(1, 2)):
    told = replace(say(who, claim, article="x", day=days[0]), stance="for")
    back = replace(say(by, answer, article=where, day=days[1]), stance="against")
    if cue:
        back = replace(back, statement=replace(back.statement, cue=cue, kind="indirect", negated=True))
    found = [conflicts.find(back, [told], sides), conflicts.find(told, [back], sides)]
    kinds = [sorted({one.kind for one in some} - {"opposed"}) for some in found]
    assert kinds[0] == kinds[1], "the order of arrival does not matter"
    return kinds[0]


CALL = "I spoke with the Ostravan president by telephone on Tuesday"


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        (CALL, "There has been no call with the Lumerian side"),
        (CALL, "We have not been in contact with Lumeria"),
        ("Ostrava has agreed to open its ports", "We never agreed to that, whatever Mirren says"),
        ("Ostrava promised us grain in a letter last week", "No such promise was made to Lumeria"),
        ("Our envoys met the Ostravans in March", "No meeting with the Lumerians took place"),
        ("We offered Ostrava a share of the harvest", "Lumeria has not offered anything"),
        ("Ostrava and Lumeria have begun talks on the ferry", "Talks with Lumeria are not being held"),
        (CALL, "I would like to reiterate that we have not been in contact with Lumeria"),  # a wish only in form
        ("Our envoys have talked about possible shares with Ostrava", "We have held no talks with Lumeria"),
        ("Tarn has agreed to a meeting between Velden and Gerin", "No meeting between Velden and Gerin was held"),
    ],
)
def test_dealings_that_one_side_tells_of_and_the_other_denies_are_disputed(say, sides, claim, answer):
    assert raised(say, sides, claim, answer) == ["disputed"]


def test_a_report_that_denies_them_counts_as_well(say, sides):
    assert raised(say, sides, CALL, "that its president had spoken with Mirren", cue="denied") == ["disputed"]


def test_within_one_article_one_of_them_need_not_name_the_other(say, sides):
    assert raised(say, sides, CALL, "There was no call", where="x") == ["disputed"]
    assert raised(say, sides, CALL, "There was no call", where="y") == []


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        (CALL, "We will not talk to Lumeria"),  # a wish, no account
        (CALL, "We have not yet been in contact with Lumeria"),  # not until then
        (CALL, "There has been no call with the Compact, and Lumeria has a right to its own view"),
        ("We want to talk with Ostrava", "There have been no talks with Lumeria"),  # nobody said that there were
        ("I would call the Ostravan president if he asked", "There was no call with Lumeria"),
        ("Ostrava should agree to open its ports", "We have not agreed to anything with Lumeria"),
        ("Ostrava has agreed to open its ports", "There is no agreement with Lumeria on prisoners and hostages"),
        ("I spoke with the Compact's envoy", "There has been no call with the Lumerian side"),
        ("The Ostravan president has called me", "There are no negotiations with Lumeria"),  # a call is none
    ],
)
def test_what_tells_of_no_dealings_or_denies_others_disputes_nothing(say, sides, claim, answer):
    assert raised(say, sides, claim, answer) == []


def test_old_dealings_and_those_told_of_only_afterwards_are_not_denied(say, sides):
    assert raised(say, sides, CALL, "There has been no call with the Lumerian side", days=(1, 25)) == []
    assert raised(say, sides, CALL, "There has been no call with the Lumerian side", days=(9, 2)) == []


def test_no_side_denies_what_it_tells_itself(say, sides):
    claim = "I spoke with the Lumerian president by telephone on Tuesday"
    assert "disputed" not in raised(say, sides, claim, "There has been no call with the Lumerian side", who="tarn")


def taken_back(say, sides, first, then, *, who="velden", by="velden", days=(1, 2)):
    told = replace(say(who, first, article="x", day=days[0]), stance="for")
    back = replace(say(by, then, article="y", day=days[1]), stance="against")
    return sorted({one.kind for one in conflicts.find(back, [told], sides)})


OWNED = "We talked with the Ostravan president about ownership of the plant"


@pytest.mark.parametrize(("by", "kind"), [("velden", "reversal"), ("kell", "same_side")])
def test_dealings_that_a_side_has_told_of_and_then_denies_are_taken_back(say, sides, by, kind):
    denial = "We definitely did not discuss the question of ownership with the Ostravan president"
    assert taken_back(say, sides, OWNED, denial, by=by) == [kind]
    assert taken_back(say, sides, OWNED, denial, by=by, days=(1, 25)) == [], "that is another time"
    assert taken_back(say, sides, denial, OWNED, by=by) == [], "there may have been some since"


@pytest.mark.parametrize(
    "denial",
    [
        "We did not discuss the prisoners with the Ostravan president",  # of another matter
        "We did not discuss ownership with the Lumerian president",  # with somebody else
        "We will not discuss ownership with the Ostravan president",  # a wish
    ],
)
def test_other_dealings_take_nothing_back(say, sides, denial):
    assert taken_back(say, sides, OWNED, denial) == []
