"""Whose words may raise an alert."""

import pytest

from bot.conflicts.standing import known, private
from bot.model import Party

COUNTS = (
    Party(name="Ana Brisk", role="deputy harbour minister"),
    Party(name="Ana Brisk", side="norrland"),
    Party(name="Norrland", side="norrland", person=False),
    Party(name="Harbour Council of Havn", person=False),
    Party(name="Brisk", official="ana-brisk"),
    Party(name="Ana Brisk", role="minister of state for students"),
    Party(name="Ana Brisk", role="head of the teachers’ union"),
    Party(name="People’s Bank of Havn", person=False),
    Party(name="Guardian Council", person=False),
    Party(name="League of Northern States", person=False),
)
COUNTS_NOT = (
    Party(name="police spokesman", role="not named"),
    Party(name="spokesman for the dockers", role="not named"),
    Party(name="Castle official", role="not named", side="ostrava"),
    Party(name="Ana Brisk"),
    Party(name="Ana Brisk", role="independent analyst in Havn"),
    Party(name="Ana Brisk", role="a resident of the old port"),
    Party(name="Ana Brisk", role="professor of law"),
    Party(name="Ana Brisk", role="aged 76"),
    Party(name="Brisk", role="minister"),
    Party(name="Norrlander officials", person=False),
    Party(name="critics", person=False),
    Party(name="Havn Times", person=False),
    Party(name="port authority", person=False),
    Party(name="two people familiar with the matter", role="not named", person=False),
    Party(name="a body that nobody has named and that is somewhere", side="norrland", person=False),
)


@pytest.mark.parametrize("party", COUNTS, ids=lambda party: f"{party.name}, {party.role}")
def test_who_is_in_office_or_a_body_with_a_name_counts(party):
    assert known(party)


@pytest.mark.parametrize("party", COUNTS_NOT, ids=lambda party: f"{party.name}, {party.role}")
def test_who_comments_by_trade_was_merely_there_or_is_nobody_in_particular_does_not(party):
    assert not known(party)


def test_only_who_is_known_to_comment_by_trade_or_to_have_been_there_speaks_for_nobody_else():
    assert private(Party(name="Ana Brisk", role="aged 76"))
    assert private(Party(name="Ana Brisk", role="independent analyst in Havn"))
    assert not private(Party(name="Ana Brisk"))
    assert not private(Party(name="Ana Brisk", role="professor of law", side="norrland"))
    assert not private(Party(name="Ana Brisk", role="head of the teachers’ union"))


@pytest.mark.parametrize(
    "name",
    [
        "spokeswoman for Ostrava's Foreign Ministry",
        "spokesperson for the Office of the Director of the Northern Harbour Police",
        "Coast Guard spokesman",
        "Ministry of Harbour Affairs spokesperson",
    ],
)
def test_whoever_speaks_for_a_body_with_a_name_counts_without_a_name_of_his_own(name):
    assert known(Party(name=name, role="not named"))
