"""What is private stays private: in by Slack's word alone, with the role of that moment, and out again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from pages_served import MACHINE_ONLY, guarded, visitor_of

from bot.web.access.openid import claims_of
from bot.web.access.sign_in import SESSION_LIFE, WAY_LIFE
from bot.web.api.access import Tokens
from bot.web.application import all_routes
from bot.web.gate import OpenHouse
from config.settings import Roles

OPEN = {"/sign-in", "/sign-in/return", "/shared/{token}", "/static/style.css", "/static/icon.svg"}


PLACE = re.compile(r"\{(\w+)(?::(?:[^{}]|\{[^}]*\})*)?\}")


def filled_in(path: str) -> str:
    """A path with something in each place, mostly what there is."""
    known = {"name": "OR-1001", "person": "mara-velden", "topic": "strait-monitors", "side": "KESSLAND"}
    known |= {"number": "1001", "outlet": "The Courier"}
    if "/alerts/" in path:
        known["id"] = "OR-1001"
    elif "/api/" in path:
        known["id"] = "a" * 64 if "64" in path else "mara-velden"
    return PLACE.sub(lambda found: known.get(found[1], "1"), path)


async def test_without_a_session_no_route_shows_anything_of_the_record(ledger, workspace):
    async with guarded(ledger, workspace) as house, visitor_of(house.base) as stranger:
        routes = list(all_routes(house.archive, "x" * 32, house.entrance, Tokens({})))
        of_api = {route.path for route in routes if route.path.startswith("/api/")}  # which asks for tokens, too
        assert {route.path for route in routes if route.needs == "anybody"} - of_api == OPEN
        for route in routes:
            if route.path in OPEN:
                continue
            path = filled_in(route.path)
            for accept in ("text/html", "application/json"):
                async with stranger.session.request(
                    route.method, house.base + path, headers={"Accept": accept}
                ) as answer:
                    text = await answer.text()
                assert answer.status == 401, path
                for words in ("Velden", "Orlik", "monitors at", "Harbour Times"):
                    assert words not in text, path


async def test_a_forged_or_old_session_is_none(ledger, workspace):
    async with guarded(ledger, workspace) as house, visitor_of(house.base) as ada:
        await house.sign_in(ada, "U0ADA")
        (cookie,) = [one for one in ada.session.cookie_jar if one.key == "onrecord"]
        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", str(SESSION_LIFE))
        for value in (cookie.value[:-2], cookie.value.swapcase(), "U0ADA", ""):
            async with visitor_of(house.base) as other:
                status, _ = await other.get("/", Cookie=f"onrecord={value}")
                assert status == 401
        async with visitor_of(house.base) as same:
            assert (await same.get("/", Cookie=f"onrecord={cookie.value}"))[0] == 200


async def test_a_member_comes_in_to_the_page_they_wanted_and_out_again(ledger, workspace):
    async with guarded(ledger, workspace) as house, visitor_of(house.base) as ada:
        status, text = await ada.get("/p/mara-velden")
        assert status == 401
        assert "Sign in with Slack" in text
        status, text = await house.sign_in(ada, "U0ADA", "/p/mara-velden")
        assert status == 200
        assert "<h1>Mara Velden</h1>" in text
        proof = await ada.proof("/")
        assert (await ada.post("/sign-out", proof=proof))[0] == 401  # sent on to the first page, as nobody
        assert (await ada.get("/"))[0] == 401


@pytest.mark.parametrize(
    ("person", "why"), [("U0GUEST", "Guests and apps cannot use On Record"), ("U0OTHER", "members of one workspace")]
)
async def test_guests_and_people_of_other_workspaces_are_refused_with_a_reason(ledger, workspace, person, why):
    async with guarded(ledger, workspace) as house, visitor_of(house.base) as visitor:
        status, text = await house.sign_in(visitor, person)
        assert status == 403
        assert why in text
        assert (await visitor.get("/"))[0] == 401


async def test_roles_are_those_of_slack_and_of_this_moment(ledger, workspace):
    roles = Roles(checkers=("U0TOMAS",))
    async with guarded(ledger, workspace, roles) as house, visitor_of(house.base) as ada, visitor_of(house.base) as tom:
        await house.sign_in(ada, "U0ADA")
        await house.sign_in(tom, "U0TOMAS")
        status, text = await ada.get("/audit")
        assert status == 403
        assert "it takes the role checker" in text
        assert "Share this page" not in (await ada.get("/a/OR-1001"))[1]
        assert (await tom.get("/audit"))[0] == 200
        assert "Share this page" in (await tom.get("/a/OR-1001"))[1]


async def test_who_is_made_a_guest_is_out_within_minutes(ledger, workspace):
    async with guarded(ledger, workspace) as house, visitor_of(house.base) as ada:
        await house.sign_in(ada, "U0ADA")
        workspace.world.put_person(house.guest("U0ADA"))
        house.clock.more += timedelta(minutes=11)
        assert (await ada.get("/"))[0] == 403


async def test_who_cancels_at_slack_or_comes_back_another_way_is_not_signed_in(ledger, workspace):
    async with guarded(ledger, workspace) as house, visitor_of(house.base) as ada, visitor_of(house.base) as eve:
        _, page = await ada.get("/sign-in")
        back = re.search(r'id="cancel" href="([^"]+)"', page)[1].replace("&amp;", "&")
        assert "pressed Cancel" in (await ada.get(back))[1]
        _, page = await ada.get("/sign-in")
        agree = re.search(r'id="U0ADA" href="([^"]+)"', page)[1].replace("&amp;", "&")
        async with ada.session.get(workspace.page_url.rstrip("/") + agree, allow_redirects=False) as answer:
            back = answer.headers["Location"]
        for visitor, address in ((eve, back), (ada, back.replace("state=", "state=x"))):
            status, text = await visitor.get(address)
            assert status == 403
            assert "not signed in" in text
        status, _ = await ada.get(back)  # the way was used up by the attempt before
        assert status == 403


async def test_a_code_is_good_once_for_whoever_has_the_verifier(ledger, workspace):
    async with guarded(ledger, workspace) as house, visitor_of(house.base) as ada, visitor_of(house.base) as eve:
        _, page = await ada.get("/sign-in")
        agree = re.search(r'id="U0ADA" href="([^"]+)"', page)[1].replace("&amp;", "&")
        async with ada.session.get(workspace.page_url.rstrip("/") + agree, allow_redirects=False) as answer:
            code = re.search(r"code=([^&]+)", answer.headers["Location"])[1]
        _, page = await eve.get("/sign-in")  # Eve begins her own sign-in and puts in Ada's code
        state = re.search(r"state=([^&\"]+)", page)[1]
        status, text = await eve.get(f"/sign-in/return?code={code}&state={state}")
        assert status == 403
        assert "Slack did not accept the sign-in" in text


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
async def test_nobody_is_led_elsewhere_after_signing_in(ledger, workspace, onward):
    async with guarded(ledger, workspace) as house, visitor_of(house.base) as ada:
        status, text = await house.sign_in(ada, "U0ADA", onward)
        assert status == 200
        assert "<h1>Newest conflicts</h1>" in text


async def test_a_form_counts_only_from_our_own_page_and_for_whom_it_was_shown(ledger, workspace):
    async with guarded(ledger, workspace) as house, visitor_of(house.base) as ada, visitor_of(house.base) as tom:
        await house.sign_in(ada, "U0ADA")
        await house.sign_in(tom, "U0TOMAS")
        proof = await ada.proof("/a/OR-1001")
        filled = {"proof": proof}
        elsewhere = [(ada, {"Origin": one}, filled) for one in ("https://evil.example", "null", "http://[", "")]
        for visitor, headers, form in ((ada, {}, {}), (tom, {}, filled), *elsewhere):
            status, text = await visitor.post("/a/OR-1001/share", headers, days="1", **form)
            assert status == 403
            assert "Nothing was changed" in text
        assert ledger.list_links(1001).entries == ()
        assert (await ada.post("/a/OR-1001/share", {}, days="1", proof=proof))[0] == 200


async def test_without_sign_in_the_pages_answer_to_this_machine_by_its_own_name_alone(open_house):
    assert (await open_house.get("/", Host="evil.example"))[0] == 403
    assert MACHINE_ONLY in (await open_house.get("/", Host="evil.example:3200"))[1]
    assert (await open_house.get("/", Host="localhost:3200"))[0] == 200
    assert OpenHouse().routes == ()


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host"])
async def test_without_sign_in_nothing_is_shown_to_who_comes_by_a_proxy_on_this_machine(open_house, header):
    async with open_house.session.get(open_house.base + "/", headers={header: "192.0.2.7"}) as answer:
        assert answer.status == 403
        assert MACHINE_ONLY in await answer.text()


async def test_while_slack_is_out_of_reach_nobody_is_let_in(ledger, workspace):
    async with guarded(ledger, workspace, reached=False) as house, visitor_of(house.base) as ada:
        status, text = await ada.get("/sign-in")
        assert status == 503
        assert "Slack cannot be reached" in text


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "a.!!!.c", "a.MTI.c", "..", "a.bm90IGpzb24.c"])
def test_a_token_that_cannot_be_read_says_nothing(token):
    assert claims_of(token) == {}


def test_ways_are_shorter_lived_than_sessions():
    assert WAY_LIFE < SESSION_LIFE
