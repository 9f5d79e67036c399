"""The command line keeps its contracts: shapes, exit codes, and bad lines named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import main

ARTICLES = [
    {
        "id": "one",
        "url": None,
        "outlet": "The Harbour Times",
        "published": "2025-03-04",
        "title": "No toll",
        "text": "“A toll on foreign ships is out of the question,” Ilse Marken, the harbour master, told reporters on Monday.",
    },
    {
        "id": "two",
        "url": "https://courier.example/two",
        "outlet": "The Northern Courier",
        "published": "2025-03-05T10:00:00Z",
        "title": "",
        "text": "Ilse Marken, the harbour master, said that the quay would be closed.",
    },
]
STATEMENT_KEYS = {
    "article", "start", "end", "kind", "quote", "speaker", "speaker_as_written", "speaker_start", "speaker_end",
    "cue", "holder", "topic", "stance", "said_on",
}  # fmt: skip


def file_of(rows: list[object], path: Path) -> Path:
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return path


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_extract_prints_a_line_a_statement_whose_quote_stands_at_its_offsets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(file_of(list(ARTICLES), tmp_path / "a.jsonl"))]) == 0
    rows = printed(capsys)
    texts = {article["id"]: str(article["text"]) for article in ARTICLES}
    assert {row["article"] for row in rows} == {"one", "two"}
    for row in rows:
        assert set(row) == STATEMENT_KEYS
        assert row["quote"] == texts[str(row["article"])][row["start"] : row["end"]]  # type: ignore[misc]
    direct = next(row for row in rows if row["kind"] == "direct")
    assert direct["quote"] == "A toll on foreign ships is out of the question,"
    assert direct["speaker"] == "Ilse Marken"
    assert direct["said_on"] == "2025-03-03"


def test_bad_lines_are_named_with_their_numbers_and_the_rest_is_still_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["{broken", ARTICLES[0], "[1, 2]", {"id": "x"}, {**ARTICLES[1], "published": "yesterday"}]
    assert main(["extract", str(file_of(lines, tmp_path / "a.jsonl"))]) == 1
    output = capsys.readouterr()
    assert {json.loads(line)["article"] for line in output.out.splitlines()} == {"one"}
    for number, reason in ((1, "not JSON"), (3, "not a JSON object"), (4, '"text"'), (5, '"published"')):
        assert any(f"line {number}:" in line and reason in line for line in output.err.splitlines())


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(tmp_path / "none.jsonl")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_compare_answers_each_pair_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    face = {"speaker": "Ilse Marken", "holder": "Ilse Marken", "role": "harbour master", "side": "Velmark"}
    pair = {
        "id": "p1",
        "a": {**face, "quote": "We reject the harbour toll.", "said_on": "2025-03-03", "before": "", "after": ""},
        "b": {**face, "quote": "We support the harbour toll.", "said_on": "2025-03-09", "before": "", "after": ""},
    }
    same = {**pair, "id": "p2", "b": {**pair["a"], "said_on": "2025-03-09"}}  # type: ignore[dict-item]
    assert main(["compare", str(file_of([pair, same, {"id": "p3"}], tmp_path / "p.jsonl"))]) == 1
    rows = printed(capsys)
    assert [row["id"] for row in rows] == ["p1", "p2"]
    assert all(set(row) == {"id", "score", "kind", "why"} for row in rows)
    assert rows[0]["kind"] == "reversal"
    assert rows[0]["score"] > rows[1]["score"]  # type: ignore[operator]


def test_run_without_tokens_says_how_to_set_them_and_how_to_try_the_demonstration(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    assert main(["run"]) == 2
    complaint = capsys.readouterr().err
    assert "SLACK_BOT_TOKEN" in complaint
    assert "SLACK_APP_TOKEN" in complaint
    assert "make demo" in complaint


def test_broken_configuration_is_named_with_file_and_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "feeds.toml").write_text("[[feed]\nid = ", "utf-8")
    (tmp_path / "onrecord.toml").write_text('[[channel]]\nid = "desk"\nofficials = ["nobody-known"]\n', "utf-8")
    assert main(["check-config", "--config", str(tmp_path)]) == 2
    complaint = capsys.readouterr().err
    assert "feeds.toml" in complaint
    assert "nobody-known" in complaint
    assert main(["extract", "--config", str(tmp_path), str(file_of(list(ARTICLES), tmp_path / "a.jsonl"))]) == 2


def test_the_default_configuration_is_without_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-config"]) == 0
    assert "feeds" in capsys.readouterr().out


OFFICIALS = """
[[side]]
id = "VELMARK"
name = "Velmark"
adjectives = ["Velmarkian"]

[[official]]
id = "ilse-marken"
name = "Ilse Marken"
gender = "f"

[[official.mandate]]
role = "Prime Minister of Velmark"
side = "VELMARK"
rank = "leader"
"""
TOPICS = """
[[topic]]
id = "port-toll"
name = "the port toll"

[[topic.proposition]]
id = "port-toll-charged"
text = "Velmark charges a toll on ships"
words = [["toll"]]
"""
SIDE_KEYS = {"article", "start", "end", "quote", "speaker", "holder", "stance", "said_on"}


@pytest.fixture
def turned(tmp_path: Path) -> list[str]:
    """Arguments that replay a reversal, the later article first in the file, with a configuration of its own."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "officials.toml").write_text(OFFICIALS, "utf-8")
    (folder / "topics.toml").write_text(TOPICS, "utf-8")
    outlet = {"url": None, "outlet": "The Harbour Times", "title": "🚢 Harbour"}
    rows: list[object] = [
        {
            **outlet,
            "id": "yes",
            "published": "2025-03-05",
            "text": "🚢🚢 “We support a toll on foreign ships,” Prime Minister Ilse Marken said on Wednesday.",
        },
        {
            **outlet,
            "id": "no",
            "published": "2025-03-03",
            "text": "🚢 “A toll on foreign ships is out of the question,” Ilse Marken told reporters on Monday.",
        },
    ]
    return ["replay", "--config", str(folder), str(file_of(rows, tmp_path / "a.jsonl"))]


def test_replay_walks_in_order_of_publication_and_prints_a_line_an_alert(
    turned: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*turned, "--json"]) == 0
    (alert,) = printed(capsys)
    assert {"kind", "score", "topic", "why", "fresh", "earlier"} <= set(alert)
    assert (alert["kind"], alert["topic"]) == ("reversal", "port-toll")
    fresh, earlier = alert["fresh"], alert["earlier"]
    assert isinstance(fresh, dict)
    assert isinstance(earlier, dict)
    assert set(fresh) == set(earlier) == SIDE_KEYS
    assert (earlier["article"], earlier["stance"], earlier["said_on"]) == ("no", "against", "2025-03-03")
    assert (fresh["article"], fresh["stance"], fresh["said_on"]) == ("yes", "for", "2025-03-05")
    assert (fresh["start"], fresh["quote"]) == (4, "We support a toll on foreign ships,")  # code points, not UTF-16


def test_replay_for_people_shows_the_card(turned: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(turned) == 0
    shown = capsys.readouterr().out
    assert "Marken, earlier and now, on the port toll" in shown
    assert "Why it conflicts" in shown
