"""A judge is loaded from the place that the settings name, or says what is wrong."""

from __future__ import annotations

import pytest

from bot.judges.chosen import choose
from bot.judges.errors import JudgeError
from bot.judges.plugin import load
from bot.opinions import NO_OPINION
from config.settings import Judging


def test_a_function_is_found_by_module_and_name(tmp_path, monkeypatch):
    (tmp_path / "desk_judge.py").write_text("def judge(pairs):\n    return [len(pair) for pair in pairs]\n")
    monkeypatch.syspath_prepend(tmp_path)
    found = load("desk_judge:judge")
    assert found is not None
    assert found([("a", "b")]) == [2]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("desk_judge", 'write it as "package.module:function"'),
        (":judge", 'write it as "package.module:function"'),
        ("math:not a name", 'write it as "package.module:function"'),
        ("no_such_desk.judge:judge", "there is no module 'no_such_desk' here"),
        ("math:judge", "'math' has no 'judge'"),
        ("math:pi", "'pi' is not a function but float"),
    ],
)
def test_a_wrong_place_is_named_with_what_is_wrong(place, message):
    with pytest.raises(JudgeError, match=message.replace("(", r"\(")):
        load(place)


def test_what_a_judge_needs_and_lacks_is_named(tmp_path, monkeypatch):
    (tmp_path / "needy_judge.py").write_text("import no_such_runtime\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(JudgeError, match="it needs the module 'no_such_runtime'"):
        load("needy_judge:judge")


def test_a_judge_that_breaks_while_loading_is_named(tmp_path, monkeypatch):
    (tmp_path / "broken_judge.py").write_text("raise ValueError('no weights')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(JudgeError, match="ValueError while loading: no weights"):
        load("broken_judge:judge")


@pytest.mark.parametrize("body", ["raise ConnectionError('the model is down')", "return []"])
def test_a_judge_that_fails_has_no_opinion_and_the_log_says_so(say, body, tmp_path, monkeypatch, caplog):
    name = f"failing_judge_{len(body)}"
    (tmp_path / f"{name}.py").write_text(f"def judge(pairs):\n    {body}\n")
    monkeypatch.syspath_prepend(tmp_path)
    judge = choose(Judging(use="plugin", plugin=f"{name}:judge")).judge
    assert judge([(say("orla", "Yes"), say("orla", "No"))]) == [NO_OPINION]
    assert name in caplog.text
