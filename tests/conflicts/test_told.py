"""What the article itself tells of two statements is a conflict, whatever the words of the two."""

from dataclasses import replace

import pytest

from bot import conflicts
from bot.conflicts.explaining import explain
from bot.model import RECALLED, Party, Told


def telling(answer, other, how, words):
    return replace(
        answer, statement=replace(answer.statement, told=Told(how=how, words=words, of=other.statement.quote))
    )


def recalled(position):
    said = replace(position.statement, said=None, caveats=(RECALLED,))
    return replace(position, statement=said, stance="for")


@pytest.fixture
def turn(say):
    """Velden gives up a demand: the demand, and what she gives up."""
    demand = recalled(say("velden", "that the harbour be opened", article="x", kind="indirect"))
    dropped = replace(
        say("velden", "her demand that the harbour be opened", article="x", kind="indirect"), stance="against"
    )
    dropped = replace(dropped, statement=replace(dropped.statement, cue="dropped", negated=True))
    return demand, telling(dropped, demand, "turned", "dropped")


def test_a_position_told_as_given_up_is_a_reversal_in_any_order(turn, sides):
    demand, dropped = turn
    for fresh, other in ((dropped, demand), (demand, dropped)):
        (found,) = conflicts.find(fresh, [other], sides)
        assert (found.kind, found.earlier, found.fresh) == ("reversal", demand, dropped)


def test_it_says_that_the_turn_is_as_told_and_that_no_earlier_words_are_on_record(turn, sides):
    demand, dropped = turn
    (found,) = conflicts.find(dropped, [demand], sides)
    assert found.why == "Havn Herald itself tells of a change of position (“dropped”)."
    assert found.lede.startswith("Earlier, on a day that is not named, Velden said: that the harbour be opened") or (
        found.lede.startswith("Earlier, on a day that is not named, Velden said: the harbour be opened")
    )
    assert "Velden, as Havn Herald tells it, dropped her demand" in found.lede
    assert found.check_first[0] == "that the one gives up the other is as told by Havn Herald"
    assert "no earlier words of Velden on this are on record" in found.check_first
    assert RECALLED in found.check_first


def test_a_clause_of_the_narrators_own_is_not_put_into_anybodys_mouth(turn, sides):
    demand, dropped = turn
    clause = replace(demand.statement, quote="a week after demanding it", cue="a week after demanding it")
    earlier = replace(demand, statement=clause)
    (found,) = conflicts.find(telling(dropped, earlier, "turned", "a week after demanding it"), [earlier], sides)
    assert found.lede.startswith("Havn Herald tells of an earlier position of Velden’s: a week after demanding it.")


def test_the_steps_say_that_the_article_links_the_two(turn, sides):
    demand, dropped = turn
    trace = explain(dropped, demand, [], sides)
    told = [line for step in trace.steps if step.name == "link" for line in step.told]
    assert told == ["Linked: the article itself tells that the one gives up the other (“dropped”)."]
    assert trace.outcome == "conflict"


def test_a_position_told_as_past_is_set_against_nothing_but_what_the_article_sets_it_against(say, turn, sides):
    demand, _ = turn
    later = replace(say("velden", "I reject opening the harbour", article="y", day=9), topic=demand.topic)
    assert conflicts.find(later, [demand], sides) == ()


def test_another_voice_gives_up_nothing(say, turn, sides):
    demand, _ = turn
    other = telling(say("tarn", "the demand that the harbour be opened", article="x"), demand, "turned", "dropped")
    assert conflicts.find(other, [demand], sides) == ()


def test_what_one_article_tells_says_nothing_of_another(say, turn, sides):
    demand, _ = turn
    elsewhere = say("velden", "her demand that the harbour be opened", article="y", kind="indirect")
    assert conflicts.find(telling(elsewhere, demand, "turned", "dropped"), [demand], sides) == ()


def test_of_two_sides_a_denial_that_is_told_disputes_the_claim_and_of_one_side_it_splits_them(say, sides):
    claim = replace(say("mirren", "Forty lorries were turned back", article="x", day=1), stance="for")
    denial = telling(
        replace(say("drin", "We counted none", article="x", day=1), stance="against"), claim, "denied", "denied"
    )
    (found,) = conflicts.find(denial, [claim], sides)
    assert (found.kind, found.answer) == ("disputed", "denied")
    assert found.check_first[0] == "that the one denies the other is as told by Havn Herald"
    own = replace(say("sund", "Forty lorries were turned back", article="x", day=1), stance="for")
    split = telling(denial, own, "denied", "contradicted her")
    (found,) = conflicts.find(split, [own], sides)
    assert found.kind == "same_side"
    assert found.why == "Havn Herald itself tells that Drin’s words deny those of Sund (“contradicted her”)."


def test_words_of_denial_head_the_card_before_what_only_retells_what_is_denied(say, sides):
    claim = replace(say("mirren", "Forty lorries were turned back", article="x", day=1), stance="for")

    def answer(words, cue, *, negated):
        given = say("drin", words, article="x", day=1, kind="indirect")
        given = replace(given, stance="against", statement=replace(given.statement, negated=negated))
        return conflicts.find(telling(given, claim, "denied", cue), [claim], sides)

    bare = answer("the account that forty lorries were turned back", "disputed", negated=True)
    worded = answer("no lorry was ever stopped", "said", negated=False)
    assert conflicts.lead([*bare, *worded]).fresh.statement.quote == "no lorry was ever stopped"


def test_an_unnamed_official_answers_for_a_side_but_nobody_in_particular_does_not(say, sides):
    claim = replace(say("mirren", "Forty lorries were turned back", article="x", day=1), stance="for")
    denial = telling(
        replace(say("drin", "We counted none", article="x", day=1), stance="against"), claim, "denied", "denied"
    )

    def by(party):
        speaker = replace(denial.statement.speaker, party=party)
        return replace(denial, holder=party, statement=replace(denial.statement, speaker=speaker, holder=party))

    official = Party(name="Ostravan official", side="ostrava", person=False, role="not named")
    passer_by = Party(name="Ostravan driver", side="ostrava", person=False, role="not named")
    assert [found.kind for found in conflicts.find(by(official), [claim], sides)] == ["disputed"]
    assert conflicts.find(by(passer_by), [claim], sides) == ()


def test_two_of_one_side_of_whom_the_one_denies_what_the_other_says_are_a_split_of_it(say, sides):
    claim = replace(say("lask", "The bridge was mined in May", article="x"), stance="for")
    answer = telling(say("gerin", "That is false", article="x", about="the bridge"), claim, "denied", "said")
    (found,) = conflicts.find(replace(answer, stance="against"), [claim], sides)
    assert found.kind == "same_side"
