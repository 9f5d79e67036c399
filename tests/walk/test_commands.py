"""The command line keeps its contracts: shapes, exit codes, and bad lines named."""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.ledger import Ledger
from bot.lines import article

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
    "cue", "holder", "topic", "stance", "said_on", "said_from", "said_to", "said_how",
}  # fmt: skip


@pytest.fixture(autouse=True)
def root_handlers() -> Iterator[None]:
    """The commands set up the log on a standard error that is gone after the test."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


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


def test_extract_explains_one_article_chosen_by_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(file_of(list(ARTICLES), tmp_path / "a.jsonl"))
    assert main(["extract", "--explain", file, "--id", "two"]) == 0
    assert "1⟨that the quay would be closed⟩" in capsys.readouterr().out


def test_extract_explains_nothing_until_an_article_is_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(file_of(list(ARTICLES), tmp_path / "a.jsonl"))
    assert main(["extract", "--explain", file]) == 2
    assert "choose one with --id, e.g. one, two" in capsys.readouterr().err


@pytest.mark.parametrize("flags", [["--id", "one"], ["--published", "2025-03-05"]])
def test_what_chooses_an_article_goes_with_explain(flags: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "any.jsonl", *flags]) == 2
    assert "go with --explain" in capsys.readouterr().err


def test_a_day_that_is_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["extract", "--explain", "any.txt", "--published", "yesterday"])
    assert ended.value.code == 2
    assert "'yesterday' is not a day like 2025-02-25" in capsys.readouterr().err


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


def test_a_folder_in_place_of_a_file_is_named_as_one(tmp_path, capsys):
    assert main(["extract", "--explain", str(tmp_path)]) == 2
    assert "this is a folder" in capsys.readouterr().err


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


def test_check_config_names_a_judge_that_cannot_be_loaded(tmp_path, capsys):
    (tmp_path / "onrecord.toml").write_text('[judge]\nuse = "plugin"\nplugin = "no_such_module_here:judge"\n')
    assert main(["check-config", "--config", str(tmp_path)]) == 2
    assert "onrecord.toml: [judge] plugin" in capsys.readouterr().err


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
    assert set(alert) == {"kind", "score", "topic", "why", "fresh", "earlier"}
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


UNREADABLE = {
    "nested too deeply": "[" * 200_000,
    "a number of thousands of digits": '{"id": "x", "number": ' + "1" * 5000 + "}",
    "half a character in the text": json.dumps({**ARTICLES[0], "text": "“No \ud800 toll,” Marken said."}),
    "half a character in the id": json.dumps({**ARTICLES[0], "id": "one\ud800"}),
    "the first day of the calendar": json.dumps({**ARTICLES[0], "published": "0001-01-01T00:00:00+14:00"}),
    "the last day of the calendar": json.dumps({**ARTICLES[0], "published": "9999-12-31T23:59:59-14:00"}),
}


@pytest.mark.parametrize("command", ["extract", "replay"])
@pytest.mark.parametrize("line", UNREADABLE.values(), ids=UNREADABLE)
def test_what_no_text_or_calendar_holds_is_a_bad_line_and_the_rest_is_still_read(
    line: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(file_of([line, ARTICLES[1]], tmp_path / "a.jsonl"))]) == 1
    output = capsys.readouterr()
    assert ["line 1:" in fault for fault in output.err.splitlines()] == [True]
    if command == "extract":
        assert {json.loads(row)["article"] for row in output.out.splitlines()} == {"two"}


def test_one_id_with_two_texts_is_a_bad_line_and_the_same_article_twice_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = file_of([ARTICLES[0], ARTICLES[0]], tmp_path / "twice.jsonl")
    assert main(["replay", str(twice)]) == 0
    contrary = file_of([ARTICLES[0], {**ARTICLES[1], "id": "one"}], tmp_path / "contrary.jsonl")
    assert main(["replay", str(contrary)]) == 1
    assert "line 2: \"id\" 'one' stands in an earlier line with another text" in capsys.readouterr().err


def test_a_file_may_be_a_pipe(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(json.dumps(ARTICLES[0]), "utf-8"))
    writer.start()
    assert main(["extract", str(pipe)]) == 0
    writer.join()
    assert printed(capsys) != []


def test_a_port_that_is_taken_is_a_failure_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["demo", "--port", str(taken.getsockname()[1])]) == 1
    assert "address already in use" in capsys.readouterr().err


def test_a_judge_that_is_not_there_is_a_fault_of_the_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "onrecord.toml").write_text('[judge]\nuse = "plugin"\nplugin = "nowhere:judge"\n', "utf-8")
    articles = str(file_of(list(ARTICLES), tmp_path / "a.jsonl"))
    assert main(["replay", "--config", str(tmp_path), articles]) == 2
    assert "onrecord.toml: [judge] plugin: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("use", "message"),
    [
        ('"nli"\ndirectory = "/nowhere/at/all"', "onrecord.toml: [judge] directory: /nowhere/at/all: there is no such"),
        ('"built_in"\ndirectory = "/nowhere/at/all"', "onrecord.toml: [judge] directory: /nowhere/at/all: there is no"),
    ],
)
def test_check_config_names_weights_that_are_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], use: str, message: str
) -> None:
    (tmp_path / "onrecord.toml").write_text(f"[judge]\nuse = {use}\n", "utf-8")
    assert main(["check-config", "--config", str(tmp_path)]) == 2
    assert message in capsys.readouterr().err


def test_check_config_tells_of_a_language_model_and_asks_it_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_LLM_API_KEY", "sk-very-secret")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        endpoint = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        settings = f'[judge]\nuse = "llm"\nmodel = "small"\nendpoint = "{endpoint}"\nreads = true\n'
        (tmp_path / "onrecord.toml").write_text(settings, "utf-8")
        assert main(["check-config", "--config", str(tmp_path)]) == 0
        with pytest.raises(BlockingIOError):
            listening.accept()
    told = capsys.readouterr()
    assert f"language model small at {endpoint} judges and reads, at most 300 questions an hour" in told.out
    assert "sk-very-secret" not in told.out + told.err


class Refusing(BaseHTTPRequestHandler):
    """A Slack that knows no token."""

    def do_POST(self) -> None:
        body = b'{"ok": false, "error": "invalid_auth"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Keep quiet."""


def test_a_token_that_slack_refuses_is_a_fault_of_the_configuration_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-CANARY")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-CANARY")
    monkeypatch.setenv("ONRECORD_DATABASE_URL", str(tmp_path / "onrecord.db"))
    with HTTPServer(("127.0.0.1", 0), Refusing) as slack:
        threading.Thread(target=slack.serve_forever, daemon=True).start()
        base_url = f"http://127.0.0.1:{slack.server_port}/api/"
        (tmp_path / "onrecord.toml").write_text(f'[slack]\nbase_url = "{base_url}"\n', "utf-8")
        assert main(["run", "--config", str(tmp_path)]) == 2
        slack.shutdown()
    complaint = capsys.readouterr().err
    assert "onrecord: Slack does not accept the bot token (SLACK_BOT_TOKEN): invalid_auth" in complaint
    assert "Traceback" not in complaint
    assert "CANARY" not in complaint


def test_extract_sets_an_article_in_another_language_aside_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    german = "„Die Brücke wird nicht gebaut“, sagte die Ministerin am Montag, „und das ist auch gut für die Stadt.“"
    path = tmp_path / "articles.jsonl"
    rows = [{**ARTICLES[0], "id": "drei", "text": german}, *ARTICLES]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert main(["extract", str(path)]) == 0
    out, err = capsys.readouterr()
    assert {json.loads(line)["article"] for line in out.splitlines()} == {"one", "two"}
    assert err == "article drei is set aside: it is in German; English is read\n"


def test_status_prints_the_ledger_in_figures_with_what_was_set_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "ledger.db"
    monkeypatch.setenv("ONRECORD_DATABASE_URL", str(place))
    assert main(["status"]) == 1
    assert "no ledger yet" in capsys.readouterr().err
    assert not place.exists()
    with Ledger.open(str(place)) as ledger, ledger.work() as work:
        work.article(article(ARTICLES[0], datetime.now(UTC)), "it is in German; English is read")
        work.commit()
    assert main(["status"]) == 0
    out = capsys.readouterr().out
    assert "On record: 1 articles" in out
    assert "The Harbour Times, “No toll”: it is in German; English is read" in out
