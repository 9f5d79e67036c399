"""The API keeps its contract: pages that fit together, stable ids, forms, refusals, and nothing for strangers."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from answering_api import TOKEN, Answer, Api, Served, get
from ledger_sample import NO, NOW, YES, raised

from bot.ledger import Ledger
from bot.proof.check import alone
from bot.web.api.places import PLACES, ROOT

LISTS = ("statements", "positions", "alerts", "people", "topics", "sides", "sources")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_what_is_on_record_and_each_row_can_be_asked_for_by_its_id(api: Api, name: str) -> None:
    answer = get(api.url, f"{ROOT}/{name}?limit=200")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    rows = answer.json["items"]
    assert rows
    for row in rows:
        assert get(api.url, f"{ROOT}/{name}/{row['id']}").json == row


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_of_one_row_give_what_one_page_gives(api: Api, name: str, order: str) -> None:
    more = f"&order={order}" if name in {"statements", "positions", "alerts", "people"} else ""
    whole = get(api.url, f"{ROOT}/{name}?limit=200{more}").json["items"]
    met: list[Any] = []
    path = f"{ROOT}/{name}?limit=1{more}"
    while path:
        answer = get(api.url, path)
        met += answer.json["items"]
        path = answer.headers.get("Link", "").removeprefix("<").partition(">")[0] if answer.json["items"] else ""
    assert met == whole


def test_who_comes_back_later_gets_what_came_since(api: Api) -> None:
    last = get(api.url, f"{ROOT}/people?order=oldest&limit=200").json
    again = get(api.url, f"{ROOT}/people?order=oldest&cursor={last['next']}").json
    assert again == {"items": [], "next": last["next"]}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("statements?person=velden", 3),
        ("statements?person=Ida%20Korr", 1),
        ("statements?person=nobody", 0),
        ("statements?since=2025-03-02&until=2025-03-02", 0),
        ("positions?side=lumen", 1),
        ("positions?topic=bridge&stance=against", 3),
        ("alerts?review=confirmed&kind=reversal&person=velden&topic=bridge&side=ostrava", 1),
        ("alerts?review=open", 0),
        ("alerts?until=2025-03-03", 0),
        ("alerts?since=2025-03-04&until=2025-03-04", 1),
        ("people?side=lumen", 1),
    ],
)
def test_filters_hold_together(api: Api, path: str, expected: int) -> None:
    assert len(get(api.url, f"{ROOT}/{path}").json["items"]) == expected


def test_what_was_given_is_not_given_again_while_it_is_the_same(api: Api) -> None:
    first = get(api.url, f"{ROOT}/alerts")
    tag = first.headers["ETag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = get(api.url, f"{ROOT}/alerts", If_None_Match=asked)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert get(api.url, f"{ROOT}/alerts", If_None_Match='"other"').status == 200


@pytest.mark.parametrize("how", ["suffix", "header"])
def test_the_same_rows_come_as_csv_and_as_json_lines(api: Api, how: str) -> None:
    def asked(form: str, accept: str) -> Answer:
        return (
            get(api.url, f"{ROOT}/statements.{form}")
            if how == "suffix"
            else get(api.url, f"{ROOT}/statements", Accept=accept)
        )

    rows = get(api.url, f"{ROOT}/statements").json["items"]
    lines = asked("jsonl", "text/html, application/x-ndjson;q=0.9, application/json;q=0.1")
    assert [json.loads(line) for line in lines.body.splitlines()] == rows
    table = asked("csv", "text/csv")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    read = list(csv.DictReader(io.StringIO(table.body.decode(), newline="")))
    assert [row["id"] for row in read] == [row["id"] for row in rows]
    assert [row["source.outlet"] for row in read] == [row["source"]["outlet"] for row in rows]
    assert any(row["quote"].startswith("'=cmd") for row in read), "no spreadsheet computes it"


@pytest.mark.parametrize(
    ("path", "faults"),
    [
        ("statements?limit=0&since=yesterday&colour=red", {"limit", "since", "colour"}),
        ("statements?limit=201", {"limit"}),
        ("statements?limit=+5", {"limit"}),
        ("statements?since=1700000000", {"since"}),
        ("alerts?kind=lie", {"kind"}),
        ("alerts?kind=reversal&kind=reversal", {"kind"}),
        ("people?cursor=-1", {"cursor"}),
        ("openapi.json?x=1", {"x"}),
        ("alerts/OR-1001?x=1", {"x"}),
    ],
)
def test_every_parameter_that_is_wrong_is_named(api: Api, path: str, faults: set[str]) -> None:
    answer = get(api.url, f"{ROOT}/{path}")
    assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json; charset=utf-8")
    assert {fault["parameter"] for fault in answer.json["errors"]} == faults


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "statements/zz",
        f"statements/{'0' * 64}",
        "alerts/OR-9",
        "topics/none",
        "alerts/OR-9/proof",
        "alerts/OR-9/jsonld",
    ],
)
def test_what_is_not_there_is_a_problem_in_words(api: Api, path: str) -> None:
    answer = get(api.url, f"{ROOT}/{path}")
    assert (answer.status, answer.json["status"], answer.json["title"]) == (404, 404, "Not Found")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_changed(api: Api, method: str) -> None:
    answer = get(api.url, f"{ROOT}/alerts", method=method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET")


def every_path(api: Api) -> list[str]:
    key = get(api.url, f"{ROOT}/statements").json["items"][0]["id"]
    return [
        path.replace("{id}", f"OR-{api.number}" if "alerts" in path else key)
        for path in get(api.url, f"{ROOT}/openapi.json").json["paths"]
    ]


def test_nobody_without_a_token_or_a_session_learns_anything(api: Api) -> None:
    paths = every_path(api)
    assert len(paths) > 4 * 7
    for path in paths:
        for header in ("", "Bearer wrong", "Bearer", f"Basic {TOKEN}", "Digest x", f"Bearer {TOKEN[:-1]}"):
            answer = get(api.url, path, Authorization=header)
            assert (answer.status, answer.json["status"]) == (401, 401), (path, header)
            assert b"Velden" not in answer.body


def test_a_session_and_a_login_with_the_token_open_it_too(api: Api) -> None:
    from base64 import b64encode

    login = b64encode(f"reader:{TOKEN}".encode()).decode()
    assert get(api.url, f"{ROOT}/alerts", Authorization=f"Basic {login}").status == 200
    assert get(api.url, f"{ROOT}/alerts", Authorization="", Cookie="visitor=ada").status == 200


def test_who_asks_too_often_is_told_when_to_come_back_and_others_are_not_held_up(api: Api) -> None:
    with Served(api.ledger, calls=3) as url:
        answers = [get(url, f"{ROOT}/sides") for _ in range(4)]
        assert [answer.status for answer in answers] == [200, 200, 200, 429]
        assert 1 <= int(answers[-1].headers["Retry-After"]) <= 21
        assert get(url, f"{ROOT}/sides", Authorization="", Cookie="visitor=ada").status == 200


def test_the_proof_of_an_alert_proves_itself(api: Api) -> None:
    found = alone(get(api.url, f"{ROOT}/alerts/OR-{api.number}/proof").body)
    assert found.faults == ()
    assert found.proof is not None
    assert found.proof.alert.number == api.number


def test_a_very_long_question_is_answered_as_any_other(api: Api) -> None:
    for path in ("positions?side=", "statements?person=", "topics/"):
        answer = get(api.url, f"{ROOT}/{path}{'x' * 40_000}")
        assert answer.status in {200, 400, 404}
        assert answer.headers["Content-Type"].startswith("application/"), path


def test_who_took_which_proof_and_when_is_on_record(api: Api) -> None:
    before = len(api.ledger.handed_out())
    path = f"{ROOT}/alerts/OR-{api.number}/proof"
    proof = get(api.url, path).json
    assert get(api.url, f"{ROOT}/alerts/OR-9/proof").status == 404
    assert get(api.url, path, Authorization="Bearer of nothing").status == 401
    assert get(api.url, path, Authorization="", Cookie="visitor=ada").status == 403, "she is no editor"
    (taken,) = api.ledger.handed_out()[: len(api.ledger.handed_out()) - before]
    assert (taken.what, taken.words) == ("export", f"proof OR-{api.number} {proof['digest']}")
    assert (taken.by[:6], taken.channel, taken.at) == ("token ", "api", NOW)


@pytest.mark.parametrize(
    ("altered", "says"),
    [
        ("article SET text = replace(text, 'bridge', 'tunnel')", "was altered"),
        ("statement SET quote = 'x'", "does not equal the stored text"),
        ("statement SET said_last = '1990-01-01'", "cannot be read"),
        ("statement SET speaker = '{}'", "cannot be read"),
    ],
)
def test_no_proof_is_given_of_evidence_that_does_not_hold(tmp_path: Path, blank: Path, altered: str, says: str) -> None:
    with Ledger.open(str(shutil.copyfile(blank, tmp_path / "onrecord.db")), durable=False) as ledger:
        number = raised(ledger)
        with ledger._writing() as connection:
            for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql(f"UPDATE {altered}")
        with Served(ledger) as url:
            answer = get(url, f"{ROOT}/alerts/OR-{number}/proof")
    assert (answer.status, says in answer.json["detail"]) == (409, True)


def test_linked_data_is_quotations_in_articles_and_no_verdict(api: Api) -> None:
    told_ = get(api.url, f"{ROOT}/alerts/OR-{api.number}/jsonld").json
    assert [one["@type"] for one in told_["mentions"]] == ["Quotation"] * 3
    assert told_["mentions"][0]["isPartOf"]["publisher"]["name"] == "Harbour Post"
    whole = json.dumps(told_)
    assert "Rating" not in whole
    assert "ClaimReview" not in whole


def test_the_feed_of_alerts_is_atom_and_leads_to_their_pages(api: Api) -> None:
    with Served(api.ledger, address="https://record.example") as url:
        answer = get(url, f"{ROOT}/alerts.atom")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = ET.fromstring(answer.body)
    for needed in ("id", "title", "updated", "author"):
        assert feed.find(f"a:{needed}", space) is not None
    (entry,) = feed.findall("a:entry", space)
    for needed in ("id", "title", "updated", "summary"):
        assert entry.findtext(f"a:{needed}", "", space)
    link = entry.find("a:link", space)
    assert link is not None
    assert link.get("href") == f"https://record.example/a/OR-{api.number}"


def test_of_a_withdrawn_alert_neither_the_feed_nor_the_linked_data_repeat_a_word(tmp_path: Path, blank: Path) -> None:
    with Ledger.open(str(shutil.copyfile(blank, tmp_path / "onrecord.db")), durable=False) as ledger:
        number = raised(ledger)
        later = NOW + timedelta(hours=3)
        ledger.withdraw(number, "misread", later)
        with Served(ledger) as url:
            feed = get(url, f"{ROOT}/alerts.atom").body
            linked = get(url, f"{ROOT}/alerts/OR-{number}/jsonld")
    for body in (feed, linked.body):
        assert b"withdrawn: misread" in body
        assert YES.encode() not in body
        assert NO.encode() not in body
    assert linked.json["dateModified"] == "2025-03-04T12:30:00Z"
    assert feed.count(b"2025-03-04T12:30:00Z") == 2, "of the entry and of the feed"


def test_an_alert_in_private_does_not_say_whose_it_is(tmp_path: Path, blank: Path) -> None:
    with Ledger.open(str(shutil.copyfile(blank, tmp_path / "onrecord.db")), durable=False) as ledger:
        name = f"OR-{raised(ledger, 'U0SECRET')}"
        with Served(ledger) as url:
            for path in (f"alerts/{name}", f"alerts/{name}/proof", "alerts", "alerts.csv"):
                body = get(url, f"{ROOT}/{path}").body
                assert b"direct messages" in body
                assert b"U0SECRET" not in body


def test_every_place_stands_in_the_document_and_the_document_in_no_other_words(api: Api) -> None:
    told_ = get(api.url, f"{ROOT}/openapi.json").json
    assert told_["openapi"] == "3.1.0"
    assert {f"{ROOT}{place.path}" for place in PLACES if place.listed} <= set(told_["paths"])
    names = [one["get"]["operationId"] for one in told_["paths"].values()]
    assert len(names) == len(set(names))
