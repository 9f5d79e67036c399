"""Weights from a local directory: what fits is run, and what does not is named before anything runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from bot.judges import cross_encoder, nli
from bot.judges.chosen import choose
from bot.judges.errors import JudgeError
from bot.meaning import cosine
from config.settings import Judging


def test_the_temperature_makes_a_judge_less_sure_and_changes_no_order(say, own, card):
    pair = (say("orla", "Lorries are banned"), say("orla", "Lorries are not banned", day=2))
    warm = cross_encoder.load(own)([pair])[0]
    (own / "judge.json").write_text(json.dumps(card | {"temperature": 5.0}))
    cool = cross_encoder.load(own)([pair])[0]
    assert warm.conflict > cool.conflict > cool.agree


@pytest.mark.parametrize("batch", [1, 2, 16])
def test_padding_counts_for_nothing_whatever_the_batch(say, own, batch, card):
    (own / "judge.json").write_text(json.dumps(card | {"batch": batch}))
    judge = cross_encoder.load(own)
    claim = say("orla", "Lorries are banned")
    newer = [say("orla", "not" + " so" * length, day=2) for length in (1, 30, 2, 17, 5)]
    together = judge([(claim, one) for one in newer])
    assert [verdict.conflict for verdict in together] == pytest.approx(
        [judge([(claim, one)])[0].conflict for one in newer]
    )


def test_weights_that_know_stances_tell_them_and_others_tell_none(say, own, card, make_weights):
    position = say("orla", "It is indeed closed")
    assert not cross_encoder.load(own).knows_stances
    assert cross_encoder.load(own).stances([(position, "The bridge is closed")]) == [{}]
    labels = ["for", "conflict", "agree", "unrelated", "against", "none"]
    make_weights(own, order=(1, 0, 1, 2, 0, 2), outputs=6)
    (own / "judge.json").write_text(json.dumps(card | {"labels": labels}))
    (told,) = cross_encoder.load(own).stances([(position, "The bridge is closed")])
    assert set(told) == {"for", "against", "none"}
    assert sum(told.values()) == pytest.approx(1)
    assert max(told, key=told.__getitem__) == "for"


def test_the_numbers_of_a_model_of_inference_are_read_by_their_names(say, inference, make_weights):
    pair = (say("orla", "Lorries are banned"), say("orla", "Lorries are not banned", day=2))
    before = nli.load(inference)([pair])[0]
    make_weights(inference, order=(0, 2, 1))
    names = {"0": "contradiction", "1": "neutral", "2": "entailment"}
    (inference / "config.json").write_text(json.dumps({"id2label": names}))
    assert nli.load(inference)([pair])[0].conflict == pytest.approx(before.conflict)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 2}, "version 2 is not known here; 1 is"),
        ({"rendering": 99}, "trained on rendering 99, and texts are put as 1"),
        ({"labels": ["conflict", "agree", "neutral"]}, "lacks 'unrelated'"),
        ({"labels": ["conflict", "agree", "unrelated", "maybe"]}, "does not know what to make of 'maybe'"),
        ({"labels": ["conflict", "agree", "unrelated", "agree"]}, "repeats 'agree'"),
        ({"labels": ["conflict", "agree", "unrelated", "for"]}, "answers (3,) numbers a pair where 4 labels stand"),
        ({"temperature": 0}, "temperature: "),
        ({"max_length": "64"}, "max_length: "),
        ({"extra": 1}, "extra: "),
    ],
)
def test_a_card_that_does_not_fit_is_refused_in_a_sentence(own, change, message, card):
    (own / "judge.json").write_text(json.dumps(card | change))
    with pytest.raises(JudgeError) as caught:
        cross_encoder.load(own)
    assert message in str(caught.value)
    assert str(own) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("judge.json", None, "there is no judge.json in it"),
        ("judge.json", "{", "is not JSON"),
        ("judge.json", "[]", "must hold one JSON object"),
        ("model.onnx", None, "there is no model.onnx in it"),
        ("model.onnx", "words", "is no ONNX model that can be run here"),
        ("tokenizer.json", None, "there is no tokenizer.json in it"),
        ("tokenizer.json", "{}", "is no tokenizer"),
    ],
)
def test_a_file_that_is_missing_or_broken_is_named(own, name, content, message):
    (own / name).unlink()
    if content is not None:
        (own / name).write_text(content)
    with pytest.raises(JudgeError, match=message) as caught:
        cross_encoder.load(own)
    assert name in str(caught.value)


def test_a_model_that_asks_for_something_else_than_texts_is_refused(own, make_weights):
    make_weights(own, inputs=("pixel_values",))
    with pytest.raises(JudgeError, match="asks for pixel_values; a text model asks for"):
        cross_encoder.load(own)


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (None, 'there is no "id2label"'),
        ({"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}, "names 'LABEL_0', 'LABEL_1', 'LABEL_2'; a judge needs"),
        ({"0": "entailment", "1": "not_entailment"}, "names 'entailment', 'not_entailment'; a judge needs"),
        ({"0": "entailment", "1": "neutral", "3": "contradiction"}, "numbers its labels 0, 1, 3, not 0, 1, 2"),
    ],
)
def test_labels_of_inference_that_cannot_be_told_apart_are_refused(inference, labels, message):
    (inference / "config.json").write_text(json.dumps({"id2label": labels}))
    with pytest.raises(JudgeError) as caught:
        nli.load(inference)
    assert message in str(caught.value)


def test_a_directory_that_is_not_there_is_named_with_its_setting(tmp_path):
    with pytest.raises(JudgeError, match="there is no such directory") as caught:
        choose(Judging(use="nli", directory=str(tmp_path / "nowhere")))
    assert caught.value.setting == "directory"


def test_the_rules_alone_need_nothing():
    chosen = choose(Judging(use="rules"))
    assert (chosen.judge, chosen.reader, chosen.encoder) == (None, None, None)


def test_the_packages_own_weights_tell_what_statements_mean_and_judge_pairs(say):
    chosen = choose(Judging())
    ferry = say("orla", "The night ferry will sail again from March", proposition="")
    again = say("pell", "From March on the ferry runs at night once more", proposition="")
    other = say("pell", "Timber is taxed at nine per cent", proposition="")
    one, two, three = (glance.meaning for glance in chosen.encoder([ferry, again, other]))
    assert cosine(one, two) > cosine(one, three)
    assert all(sum(glance.stances.values()) == pytest.approx(1) for glance in chosen.encoder([ferry]))
    (verdict,) = chosen.judge([(ferry, again)])
    assert verdict.conflict + verdict.agree + verdict.unrelated == pytest.approx(1)
    assert chosen.encoder([]) == ()


def test_weights_that_fail_leave_the_meaning_of_statements_unknown(say, caplog):
    (glance,) = choose(Judging()).encoder([say("orla", "broken \ud800")])
    assert (glance.meaning, glance.stances) == (b"", {})
    assert "statements are read by the rules alone" in caplog.text


def test_weights_that_fail_while_running_leave_the_rules_alone(say, own, caplog):
    judge = choose(Judging(use="built_in", directory=str(own))).judge
    (verdict,) = judge([(say("orla", "Lorries"), say("orla", "broken \ud800", day=2))])
    assert verdict.conflict == 0
    assert "the built-in judge failed: the rules decide alone" in caplog.text


def test_the_runtime_reports_to_nobody_and_leaves_nothing_in_the_home_folder(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    place = {
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # as a service has it: not CI
    command = [sys.executable, "-m", "bot", "check-config"]
    told = subprocess.run(command, env=place, capture_output=True, text=True, check=True, cwd=tmp_path, timeout=60)
    assert "built-in" in told.stdout, "the network was loaded"
    assert list(home.rglob("*")) == []
