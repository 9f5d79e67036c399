"""Every page answers from the record what Slack would, within its bounds, and says nothing that the record does not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from archive_story import PAGES, REMARKS
from pages_served import served, visitor_of
from strait_story import NOW

from bot.ledger.people.roster import RosterChange

LARGEST = 150_000


async def test_each_page_answers_with_strict_headers_and_nothing_inline_and_all_its_links_lead_somewhere(open_house):
    targets: set[str] = set()
    for name, path in PAGES:
        async with open_house.session.get(open_house.base + path) as answer:
            text = await answer.text()
        assert answer.status == 200, name
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'"), name
        assert "script" not in policy
        assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == ("nosniff", "no-store")
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", text), name
        assert set(re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', text)) <= {"/static/style.css", "/static/icon.svg"}
        assert len(text.encode()) < LARGEST, name
        targets |= set(re.findall(r'href="(/[^"#]*)', text))
    for target in sorted(targets):
        status, _ = await open_house.get(target.replace("&amp;", "&"))
        assert status == 200, target


async def test_an_alert_shows_both_statements_in_context_with_doubts_hash_and_log(open_house, ledger):
    _, text = await open_house.get("/a/OR-1002")
    for words in (
        "Yes, he will accept that",
        "Our position was set out by Foreign Minister Sternad. I have nothing to add",
        "President Mara Velden of Ardenia was asked on Monday about monitors at the strait.",
        "She then left.",
        "Pointed back to",
        "the paper says “kept its distance”",
        "The Courier gives no publication date",
        "Halasz did not name Velden",
        "<mark>alliance monitors</mark>",
        ledger.alert(1002).conflict.fresh.statement.source.text_hash,
        "https://harbour.example.org/story?a=1&amp;b=2",
    ):
        assert words in text, words
    _, confirmed = await open_house.get("/a/OR-1001")
    assert "Confirmed by U0ADA" in confirmed
    assert "Called her office: they stand by both." in confirmed


async def test_a_withdrawn_alert_keeps_its_name_and_kind_alone(open_house, ledger):
    ledger.withdraw(1002, "misread", NOW)
    _, text = await open_house.get("/a/OR-1002")
    assert "This alert was withdrawn: misread" in text
    assert "Yes, he will accept" not in text
    assert "Withdrawn" in text


async def test_a_text_that_was_let_go_is_said_to_be_gone_and_its_excerpt_still_holds(open_house, ledger):
    while ledger.let_go(NOW + timedelta(days=1), NOW + timedelta(days=2)):
        pass
    _, text = await open_house.get("/a/OR-1002")
    assert "against the excerpt that was kept; the whole text was let go on 27 Feb 2031" in text
    assert "Does not hold" not in text


async def test_the_words_of_one_merged_into_another_stand_on_one_page(open_house, ledger):
    change = RosterChange(
        what="alias", subject="mara-velden", content={"alias": "Ilse Marsh", "merged": "ilse-marsh"}, by="U0ADA", at=NOW
    )
    ledger.change_roster(change)
    for person in ("mara-velden", "ilse-marsh"):
        _, text = await open_house.get(f"/p/{person}")
        assert "Northport would welcome monitors" in text, person
    _, listed = await open_house.get("/people")
    assert "Ilse Marsh" not in listed
    counted = re.search(r'mara-velden">Mara Velden</a></th><td>Ardenia</td><td class="number">(\d+)', listed)[1]
    assert f"<dt>Statements on record</dt><dd>{counted}</dd>" in text, "as on the person's page"


async def test_a_topic_that_was_renamed_or_merged_is_shown_as_it_is_called_today(open_house, ledger):
    ledger.rename_topic("strait-monitors", "observers in the narrows", "U0ADA", NOW)
    _, text = await open_house.get("/t/strait-monitors")
    assert "<h1>observers in the narrows</h1>" in text
    assert "was renamed" in text


async def test_filters_narrow_the_statements_down(open_house):
    _, text = await open_house.get("/t/strait-monitors?side=NORTHPORT&stance=for&since=2030-06-01")
    statements = text.partition("<h2>Statements</h2>")[2]
    assert REMARKS[7][3] in statements
    assert REMARKS[4][3] not in statements
    assert REMARKS[0][3] not in statements
    _, odd = await open_house.get("/t/strait-monitors?side=nowhere&stance=maybe&since=yesterday&after=x.y")
    assert "Nothing that fits is on record" in odd


async def test_further_pages_of_a_person_or_a_topic_hold_statements_alone(open_house):
    for path in ("/p/mara-velden", "/t/strait-monitors"):
        _, text = await open_house.get(f"{path}?after=741300.99")  # in August 2030
        assert REMARKS[0][3] in text
        assert REMARKS[6][3] not in text
        assert "Positions by topic" not in text
        assert "Who stands where" not in text


async def test_the_board_narrows_conflicts_down_and_counts_them_by_state(open_house):
    _, text = await open_house.get("/conflicts?kind=reversal")
    assert "OR-1001" in text
    assert "OR-1002" not in text
    _, text = await open_house.get("/conflicts?state=open&person=petra-halasz")
    assert ("OR-1002" in text, "OR-1001" in text) == (True, False)
    assert "1 open" in text


async def test_search_finds_words_whatever_their_case_and_narrows_them_down(open_house):
    _, text = await open_house.get("/search?q=WELCOME+monitors")
    assert "Northport would welcome monitors" in text
    _, text = await open_house.get("/search?q=monitors&person=tomas-orlik&until=2029-12-31")
    assert "We have not decided on monitors" in text
    assert "Kessland rejects monitors" not in text
    _, text = await open_house.get("/search?q=zeppelin")
    assert "never means that it was not said" in text


async def test_the_timeline_can_be_read_without_its_picture(open_house):
    _, text = await open_house.get("/p/mara-velden/on/strait-monitors")
    drawn = re.search(r'<svg class="plot"[^>]*role="img" aria-label="([^"]+)"', text)
    assert drawn
    assert "3 remarks from 5 Mar 2029 to 14 Sep 2030" in drawn[1]
    for row in ("<td>5 Mar 2029</td>", "<td>21 Nov 2029</td>", "<td>14 Sep 2030</td>"):
        assert row in text


async def test_figures_balance_and_sources_say_what_the_ledger_does(open_house):
    _, stats = await open_house.get("/stats?since=2031-02-01")
    assert "change of position" in stats
    assert "Fewer than 20 verdicts say little" in stats
    _, balance = await open_house.get("/balance?since=2031-02-01")
    assert "Too few statements of known sides" in balance
    _, sources = await open_house.get("/sources")
    assert "failing (3 times): answers 503" in sources


async def test_people_are_named_with_their_ids_where_slack_names_them_and_by_their_ids_alone_elsewhere(archive, ledger):
    known = {"U0ADA": "Ada <Brandt> &amp; Co"}
    link = ledger.make_link(1001, NOW + timedelta(days=7), "U0ADA", NOW)
    ledger.end_link(link.number, "U0TOMAS", NOW + timedelta(hours=1))
    named = replace(archive, names=lambda users: {user: known[user] for user in users if user in known})
    async with served(named) as base, visitor_of(base) as visitor:
        _, alert = await visitor.get("/a/OR-1001")
        _, log = await visitor.get("/audit")
        _, shares = await visitor.get("/audit?log=shares")
    ada = "Ada &lt;Brandt&gt; &amp;amp; Co (U0ADA)"
    assert f"Confirmed by {ada}" in alert
    assert "Note by U0TOMAS" in alert
    assert f"<dt>Looked into by</dt><dd>{ada}</dd>" in alert
    assert f"made by {ada}: ended by U0TOMAS on 25 Feb 2031" in alert
    assert f"Confirmed by {ada}" in log
    assert f"Handed out by {ada}" in shares
    assert "was shared, ended by U0TOMAS on 2031-02-25" in shares


async def test_the_audit_has_every_log(open_house):
    _, text = await open_house.get("/audit")
    assert "Confirmed by U0ADA" in text
    for log in ("statements", "routes", "people", "topics", "sources", "thresholds", "shares"):
        status, _ = await open_house.get(f"/audit?log={log}")
        assert status == 200


@pytest.mark.parametrize(
    "path",
    ["/a/OR-9", "/a/x", "/p/nobody", "/p/mara-velden/on/nothing", "/t/nothing", "/side/X", "/source/None", "/nowhere"],
)
async def test_what_is_not_on_record_gets_a_page_that_says_so(open_house, path):
    status, text = await open_house.get(path)
    assert status == 404
    assert "Not on record" in text


async def test_a_ledger_that_cannot_be_read_is_said_in_a_sentence(open_house, ledger):
    ledger.close()
    status, text = await open_house.get("/")
    assert status == 503
    assert "The record cannot be read at the moment" in text
