"""A link opens the page of one alert, for a while, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from strait_story import NOW

from bot.web.forms import Forms, signer
from bot.web.gate import MACHINE


async def made(visitor, days: str = "7") -> str:
    proof = await visitor.proof("/a/OR-1002")
    status, text = await visitor.post("/a/OR-1002/share", days=days, proof=proof)
    assert status == 200
    return re.search(r'value="http://127.0.0.1:3200(/shared/[^"]+)"', text)[1]


async def test_a_link_opens_its_alert_without_an_account_and_leads_nowhere_else(open_house, ledger):
    path = await made(open_house)
    status, text = await open_house.get(path, Host="record.example.org")  # nobody is at this machine
    assert status == 200
    assert "Our position was set out by Foreign Minister Sternad" in text
    assert "it opens nothing else of the record" in text
    assert not re.findall(r'href="/(?!static/|")[^"]*"', text)
    assert "What was done" not in text
    assert (await open_house.get("/a/OR-1002", Host="record.example.org"))[0] == 403
    (shared,) = ledger.handed_out()
    assert shared.words == "OR-1002, by a link that is good until 2031-03-04 13:07 UTC"


@pytest.mark.parametrize("days", ["1", "30"])
async def test_a_link_is_not_good_from_the_moment_on_at_which_it_expires(open_house, clock, days):
    path = await made(open_house, days)
    clock.now = NOW + timedelta(days=int(days), seconds=-1)
    assert (await open_house.get(path))[0] == 200
    clock.now = NOW + timedelta(days=int(days))
    status, text = await open_house.get(path)
    assert status == 404
    assert "This link is not good" in text


async def test_a_link_that_was_ended_is_good_no_more(open_house, ledger):
    path = await made(open_house)
    proof = await open_house.proof("/a/OR-1002")
    status, text = await open_house.post("/a/OR-1002/unshare", link="1", proof=proof)
    assert status == 200
    assert "/shared/" not in text
    assert (await open_house.get(path))[0] == 404
    assert not ledger.end_link(1, "U0ADA", NOW)


async def test_a_link_cannot_be_widened_or_made_longer(open_house, ledger):
    path = await made(open_house, "1")
    token = path.rsplit("/", 1)[1]
    ledger.make_link(1001, NOW + timedelta(days=1), "U0ADA", NOW)
    until = int((NOW + timedelta(days=1)).timestamp())
    right = signer("a secret of the tests that is long enough to sign", "share")
    others = [
        token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:],  # the last letter has bits that say nothing
        token.swapcase(),
        signer("another secret", "share").dumps([1, 1002, until]),
        signer("a secret of the tests that is long enough to sign", "session").dumps([1, 1002, until]),
        right.dumps([1, 1001, until]),  # the number of a link, and another alert
        right.dumps([9, 1002, until]),
        right.dumps("U0ADA"),
        right.dumps([1, 1002]),
        Forms("a secret of the tests that is long enough to sign").proof(MACHINE),
        "x",
    ]
    for other in others:
        assert (await open_house.get(f"/shared/{other}"))[0] == 404, other
    assert (await open_house.get(path))[0] == 200


async def test_only_a_day_a_week_or_thirty_days_can_be_chosen(open_house, ledger):
    await made(open_house, "3650")
    (link,) = ledger.list_links(1002).entries
    assert link.until == NOW + timedelta(days=1)


async def test_a_number_that_no_alert_has_is_never_cut_to_one_that_there_is(open_house, ledger):
    proof = await open_house.proof("/a/OR-1002")
    status, _ = await open_house.post("/a/OR-0000010029/share", days="1", proof=proof)
    assert status == 404
    assert ledger.list_links(1002).entries == ()


async def test_while_the_record_cannot_be_written_nothing_is_made_or_ended_and_it_says_so(open_house, ledger):
    await made(open_house)
    proof = await open_house.proof("/a/OR-1002")
    ledger.close()
    for path, form in (("share", {"days": "1"}), ("unshare", {"link": "1"})):
        status, text = await open_house.post(f"/a/OR-1002/{path}", proof=proof, **form)
        assert status == 503
        assert "nothing was changed" in text


async def test_no_link_is_made_to_what_is_not_there(open_house):
    proof = await open_house.proof("/a/OR-1002")
    status, text = await open_house.post("/a/OR-9/share", days="1", proof=proof)
    assert status == 404
    assert "there is no alert OR-9" in text
