"""Every step that a pair is taken through is told, and the telling never differs from what is decided."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import conflicts
from bot.conflicts.explaining import explain
from bot.opinions import Verdict

YES = "I support Compact troops in Lumeria"
NO = "I reject Compact troops in Lumeria"
LONG = "We accept peacekeepers on the soil of Lumeria for as long as its own parliament may want them there"
SILENT = "I have no comment on Compact troops in Lumeria"
SAYS_TARN = "Tarn accepts Compact troops in Lumeria"
STEPS = ["who", "relation", "link", "stance", "scope", "judge", "score"]
LOOSE = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
BOT = Path(conflicts.__file__).parents[1]


def told(trace, name):
    return " ".join(next(step for step in trace.steps if step.name == name).told)


def ended(trace):
    return next((step.name for step in trace.steps if step.ends), None)


@pytest.mark.parametrize(
    ("earlier", "fresh", "kind"),
    [
        (("velden", NO, {}), ("velden", YES, {}), "reversal"),
        (("tarn", NO, {}), ("lask", YES, {}), "same_side"),
        (("velden", SAYS_TARN, {"holder": "tarn"}), ("lask", NO, {}), "denied_claim"),
        (("tarn", NO, {}), ("velden", YES, {}), "opposed"),
    ],
)
def test_a_pair_of_each_kind_is_told_step_by_step(say, sides, earlier, fresh, kind):
    before, after = say(earlier[0], earlier[1], day=1, **earlier[2]), say(fresh[0], fresh[1], day=9, **fresh[2])
    trace = explain(after, before, (), sides)
    assert [step.name for step in trace.steps] == STEPS
    assert trace.conflict == conflicts.find(after, [before], sides)[0]
    assert trace.conflict.kind == kind
    assert ended(trace) is None
    assert earlier[1] in told(trace, "who")
    assert "the configuration files both under “Troops of the Compact are deployed in Lumeria”" in told(trace, "link")
    assert "The stances oppose." in told(trace, "stance")
    assert "said in so many words" in told(trace, "stance")
    assert f"{trace.conflict.score:.2f}" in told(trace, "score")
    assert trace.conflict.why in told(trace, "score")
    assert all(line in told(trace, "score") for line in trace.conflict.check_first)


def test_opposed_sides_are_told_to_be_the_normal_state(say, sides):
    trace = explain(say("velden", YES, day=9), say("tarn", NO, day=1), (), sides)
    assert trace.outcome == "opposed"
    assert "kept on record, not alerted" in told(trace, "score")


@pytest.mark.parametrize(
    ("fresh", "earlier", "out"),
    [
        (("velden", YES, {"day": 1}), ("velden", NO, {"day": 9}), ("relation", "the older words came on record last")),
        (("velden", LONG, {"day": None}), ("velden", NO, {"day": None}), ("relation", "which was said first")),
        (("velden", LONG, {"day": 1, "article": "x"}), ("velden", NO, {"day": 1, "article": "x"}), ("relation", "one day")),
        (("somebody", YES, {"day": 9}), ("velden", NO, {"day": 1}), ("who", "not clear who Velden is")),
        (("velden", YES, {"day": 9}), ("velden", "I reject membership of the Compact", {"day": 1}), ("link", "files them apart")),
        (("velden", "I support the night ferry", {"day": 9}), ("velden", NO, {"day": 1}), ("link", "no word that matters")),
        (("velden", SILENT, {"day": 9}), ("velden", NO, {"day": 1}), ("stance", "conflicts with nobody")),
        (("velden", YES, {"day": 9}), ("velden", YES + " now", {"day": 1}), ("stance", "Both lean the same way.")),
    ],
)  # fmt: skip
def test_a_pair_that_is_no_conflict_is_told_where_and_why(say, sides, fresh, earlier, out):
    step, why = out
    after, before = say(fresh[0], fresh[1], **fresh[2]), say(earlier[0], earlier[1], **earlier[2])
    trace = explain(after, before, (), sides)
    assert conflicts.find(after, [before], sides) == ()
    assert (trace.conflict, trace.outcome) == (None, "none")
    assert ended(trace) == step
    assert why in told(trace, step)


def test_a_slot_that_sets_two_apart_is_named_and_they_are_close(say, sides):
    before = say("velden", "We support the night ferry in Tarvik", day=1)
    trace = explain(say("velden", "We reject the night ferry in Skelm", day=9), before, (), sides)
    assert trace.outcome == "close"
    assert ended(trace) == "scope"
    assert "Place: A “Tarvik”, B “Skelm” (different)." in told(trace, "scope")
    assert "the place differs: close, but not in conflict" in told(trace, "scope")


def test_words_linked_by_what_they_share_name_it(say, sides):
    before = say("velden", "We support the night ferry pier", day=1)
    trace = explain(say("velden", "We reject the night ferry pier", day=9), before, (), sides)
    assert "Linked: they share “ferry”" in told(trace, "link")


def test_a_deferral_names_the_words_pointed_back_to(say, sides):
    claim = say("velden", SAYS_TARN, holder="tarn", day=2)
    bridge = say("lask", NO, day=1)
    deferral = say("drin", "I have nothing to add on Compact troops in Lumeria", day=3, defers_to="lask")
    trace = explain(deferral, claim, [bridge], sides)
    assert trace.conflict is not None
    assert trace.conflict.answer == "deferred"
    assert "B points back to words of Jorun Lask" in told(trace, "relation")
    assert "Lask’s words are read as against." in told(trace, "stance")


def test_the_judge_is_told_with_its_doubt_and_its_veto(say, sides):
    def judge(pairs):
        return [Verdict(conflict=0.1, agree=0.7, unrelated=0.2, veto=True, doubt="of two minds") for _ in pairs]

    trace = explain(say("velden", YES, day=9), say("velden", NO, day=1), (), sides, judge)
    assert trace.outcome == "none"
    assert ended(trace) == "judge"
    assert "10% to a conflict, 70% to agreement and 20% to two different matters" in told(trace, "judge")
    assert "takes the pair back" in told(trace, "judge")
    assert "of two minds" in told(trace, "judge")


def test_what_the_judge_adds_is_told(say, sides):
    def judge(pairs):
        return [Verdict(conflict=0.95, agree=0.03, unrelated=0.02) for _ in pairs]

    before, after = say("velden", NO, day=1), say("velden", YES + " in 2034", day=9)
    trace = explain(after, before, (), sides, judge)
    assert trace.conflict == conflicts.find(after, [before], sides, judge)[0]
    assert "take 0.02 off. The judge’s agreement adds 0.10." in told(trace, "score")


def test_a_pair_that_the_judge_alone_calls_a_conflict_is_told_so(say, sides):
    def judge(pairs):
        return [Verdict(conflict=0.95, agree=0.03, unrelated=0.02) for _ in pairs]

    before, after = say("velden", YES + " now", day=1), say("velden", YES, day=9)
    trace = explain(after, before, (), sides, judge)
    assert trace.conflict == conflicts.find(after, [before], sides, judge)[0]
    assert "The judge alone calls it a conflict." in told(trace, "score")


SAID = st.tuples(
    st.sampled_from(["velden", "kell", "tarn", "lask", "mirren", "somebody", "sund"]),
    st.sampled_from([YES, NO, SILENT, YES + " if asked", NO + " in 2034", "We reject the night ferry in Tarvik",
                     "We support the night ferry in Skelm", "I reject membership of the Compact"]),
    st.sampled_from([None, 0, 1, 9, 200]),
    st.sampled_from([None, "tarn", "ostrava"]),
    st.sampled_from(["x", "y"]),
)  # fmt: skip


@given(SAID, SAID)
@LOOSE
def test_the_telling_is_never_other_than_the_decision(say, sides, one, other):
    before, after = (
        say(who, words, day=day, holder=holder, article=name) for who, words, day, holder, name in (one, other)
    )
    found = conflicts.find(after, [before], sides)
    trace = explain(after, before, (), sides)
    assert (trace.conflict is not None) == bool(found)
    assert (ended(trace) is None) == bool(found)
    if trace.outcome == "close":
        assert trace.apart is not None


def test_no_words_of_judgement_stand_in_anything_a_reader_may_see():
    forbidden = re.compile(
        r"\b(?:lies?|lied|lying|liar|flip-?flop\w*|contradicts? (?:him|her|them)sel\w+|dishonest\w*)\b", re.IGNORECASE
    )
    files = [
        *sorted((BOT / "conflicts").glob("*.py")),
        BOT / "why.py",
        BOT / "routing.py",
        *sorted((BOT / "calibration").glob("*.py")),
    ]
    assert len(files) > 15
    for path in files:
        tree = ast.parse(path.read_text("utf-8"))
        docs = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        read = {id(part) for node in ast.walk(tree) if _is_pattern(node) for part in ast.walk(node)}
        docs |= read  # what is looked for in words of others is shown to nobody
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                assert not forbidden.search(node.value), f"{path.name}:{node.lineno}: {node.value}"


def _is_pattern(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile"
