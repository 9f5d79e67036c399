"""What the network is trained on, made from stories as the bot would put them."""

from __future__ import annotations

import gzip
import json
import random
from importlib import resources

import chain
import clusters
import pytest
import rows
import sources
from rows import Renderer
from split import held
from test_clusters import SMALL

from bot import meaning
from bot.judges import rendering
from bot.opinions import Glance, Verdict
from config.load import load

MINISTER = "Orla Brandt, transport minister of Havmark"
UNION = "Tova Ruiz, head of the hauliers' union"


@pytest.fixture(scope="module")
def renderer():
    return Renderer()


@pytest.fixture(scope="module")
def row(renderer):
    (story,), _ = clusters.parse(SMALL)
    return rows.row("clusters", story, renderer)


def test_a_statement_is_put_as_it_is_marked_and_as_the_bot_reads_it(row):
    first, agreed, _ = row["statements"]
    assert (first["prop"], first["stance"], first["title"]) == ("p1", "for", "Toll from June")
    marked, read = first["lines"]
    head, words = f"{MINISTER}, 4 March 2031 | ", " | Every lorry pays, from June,"
    before = (
        "Transport Minister Orla Brandt told reporters on the bridge on Tuesday morning what lorries are going to cost"
    )
    assert marked == f'{head}{before}. "{words}'
    assert read == f"{head}{before}{words}"
    assert {line.partition(" | ")[0] for line in agreed["lines"]} == {f"{MINISTER}, 3 March 2031"}


def test_the_older_statement_comes_first_and_the_relation_is_told(row):
    conflict = next(pair for pair in row["pairs"][0] if pair["label"] == "conflict")
    assert conflict["a"].startswith(f"{MINISTER}, 3 March 2031 | ")
    assert conflict["b"].startswith(
        f"speaks about the other's side, 3 days later: {UNION}, on what Government of Havmark holds | "
    )
    assert conflict["b"].endswith('Havmark "never sat down with us"')
    assert (conflict["alert"], conflict["weight"], conflict["listed"]) == (1, 1, True)


def test_pairs_that_nobody_listed_count_half_and_only_where_they_cannot_conflict(row):
    for version in row["pairs"]:
        told = sorted((pair["label"], pair["weight"], pair["listed"]) for pair in version)
        assert told == [("conflict", 1, True), ("unrelated", 0.5, False), ("unrelated", 1, True)]


def test_the_same_story_gives_the_same_row_each_time(row, renderer):
    (story,), _ = clusters.parse(SMALL)
    assert rows.row("clusters", story, renderer) == row


def test_no_text_is_without_a_speaker_or_words(renderer):
    for story in random.Random(1).sample(clusters.load(), 3):
        for position in (form for forms in renderer.positions(story).values() for form in forms):
            who, *_, words = rendering.alone(position).split(" | ")
            assert who
            assert words


def test_without_the_shared_sets_the_clusters_are_used_alone_and_it_says_so(tmp_path, capsys):
    assert {origin for origin, _ in sources.stories(tmp_path / "training")} == {"clusters"}
    assert "training is not here: the clusters beside this script are used alone" in capsys.readouterr().err
    assert sources.licensed_pairs(5, 1, tmp_path / "training") == []
    assert "the first stage has no licensed pairs" in capsys.readouterr().err


def test_stories_and_newsroom_issues_are_read_as_clusters_are(tmp_path):
    said = {"speaker": "Orla Brandt", "role": "minister", "side": "Havmark", "holder": "Orla Brandt", "kind": "direct"}
    said |= {"prop": "p1", "stance": "for"}
    article = {
        "id": "a1",
        "outlet": "Herald",
        "published": "2031-03-04",
        "title": "Toll",
        "text": "“All pay,” she said.",
    }
    place = {"article": "a1", "quote": "All pay,", "proposition": "Lorries pay.", "said_on": None}
    lost = {"article": "a1", "quote": "None pay,", "proposition": "Lorries pay.", "said_on": None}
    pairs = [{"a": "s1", "b": "s2", "type": "reversal"}]
    story = {"id": "x-1", "issue": "Toll", "articles": [article], "conflicts": pairs, "hard_negatives": []}
    story["statements"] = [said | place | {"id": "s1"}, said | lost | {"id": "s2"}]
    issue = {"id": "n-1", "issue": "Toll", "propositions": [{"id": "p1", "text": "Lorries pay."}], "conflicts": pairs}
    text = {"text": "“All pay,” she said.", "content": "All pay,", "said": "2031-03-05"}
    issue |= {"statements": [said | text | {"id": name} for name in ("s1", "s2")], "not_conflicts": []}
    for name, line in (("stories", story), ("newsroom", issue)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    found = {origin: cluster for origin, cluster in sources.stories(tmp_path) if origin != "clusters"}
    assert found["stories"].propositions == found["newsroom"].propositions == {"p1": "Lorries pay."}
    assert list(found["stories"].statements) == ["s1"]  # whose words stand in the article
    assert found["stories"].conflicts == []
    assert str(found["stories"].statements["s1"].said_on) == "2031-03-04"
    assert [pair.importance for pair in found["newsroom"].conflicts] == [2]
    assert found["newsroom"].statements["s2"].start == 1


def test_licensed_pairs_are_drawn_alike_each_time_under_the_names_of_training(tmp_path):
    called = {"contradict": "conflict", "agree": "agree", "unrelated": "unrelated"}
    for name in sources.PAIR_SETS:
        lines = [{"a": f"{name} {n}", "b": label, "label": label} for n, label in enumerate([*called] * 4)]
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("".join(json.dumps(line) + "\n" for line in lines))
    drawn = sources.licensed_pairs(10, 1, tmp_path)
    assert len(drawn) == 10
    assert drawn == sources.licensed_pairs(10, 1, tmp_path)
    assert drawn != sources.licensed_pairs(10, 2, tmp_path)
    assert all(pair.label == called[pair.b] for pair in drawn)


def test_one_story_in_eight_is_held_out_and_its_id_alone_tells_which():
    names = [f"{kind}-{number:02}" for kind in ("clm", "dom", "soc", "war") for number in range(1, 81)]
    aside = [name for name in names if held(name)]
    assert len(aside) == len(names) / 8
    assert aside[:4] == ["clm-04", "clm-10", "clm-27", "clm-33"]


def test_a_story_is_walked_by_a_newsroom_that_knows_who_speaks_in_it():
    (story,), _ = clusters.parse(SMALL)
    config = chain.configured(load(environ={}), story)
    assert [(side.id, side.name) for side in config.sides] == [
        ("havmark", "Havmark"),
        ("hauliers-union", "Hauliers' Union"),
    ]
    assert [official.name for official in config.officials] == ["Orla Brandt", "Tova Ruiz"]
    assert config.topics == config.feeds == ()


def test_what_the_story_says_of_two_positions_is_found_by_their_words(renderer):
    (story,), _ = clusters.parse(SMALL.replace("- s1 s2 different topic | The toll and who agreed to it.\n", ""))
    first, agreed, denied = (forms[-1] for forms in renderer.positions(story).values())
    (conflict,) = story.conflicts
    assert chain.labelled(story, denied, agreed) == ("conflict", conflict)
    assert chain.labelled(story, agreed, first) == ("unlisted", None)
    other = clusters.parse(SMALL.replace("{s2 OB p2 for i 2031-03-03: The hauliers had agreed to it}", "Nothing"))[0][0]
    assert chain.labelled(other, denied, agreed) == ("elsewhere", None)


def test_the_pairs_of_a_story_carry_what_a_judge_says_and_what_the_story_says():
    (story,), _ = clusters.parse(SMALL)
    config = chain.configured(load(environ={}), story)

    def judge(asked):
        return [Verdict(conflict=0.9, agree=0.05, unrelated=0.05) for _ in asked]

    def encoder(read):
        return [Glance(meaning=meaning.of([1.0, 0.0]), stances={"for": 0.9, "none": 0.1}) for _ in read]

    compared = list(chain.compared(story, config, judge, encoder))
    assert [(pair["listed"], pair["label"], pair["importance"]) for pair in compared] == [
        ("s2 s3", "conflict", 3),
        ("s1 s2", "harmless", 0),
    ]
    met = list(chain.candidates(story, config, judge, encoder))
    assert {(pair["listed"], pair["label"]) for pair in met} >= {("s2 s3", "conflict")}
    for pair in (*compared, *met):
        assert pair["signs"]["judged a conflict"] > 2  # log-odds of .9
        assert pair["signs"]["alike in meaning"] == pytest.approx(1)


def test_the_card_in_the_package_names_every_licensed_set_and_the_rendering():
    card = (resources.files("bot.judges") / "built_in" / "CARD.md").read_text("utf-8")
    for name in sources.PAIR_SETS:
        assert f"**{name.partition('.')[0].partition('_')[0]}" in card.casefold()
    assert f"`rendering` {rendering.VERSION}" in card
