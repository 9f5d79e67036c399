"""A real process among planted secrets and traps: no secret is written anywhere, and nothing is dialled but what may be."""

from __future__ import annotations

import base64
import sys

import pytest
import pytest_asyncio
from life import SECRETS, Life, live

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks at processes through /proc")

# Which code may dial, and where to; the first of these on the stack is the one that did.
DIALLERS = {
    "watchers.fetch": {"site", "down"},
    "bot.judges.llm.client": {"model"},
    "slack_sdk": {"slack"},
    "bot.slack.web_api.upload": {"slack"},
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def life(tmp_path_factory) -> Life:
    return await live(tmp_path_factory.mktemp("lived"))


def test_the_secrets_were_used_and_the_faults_met(life):
    login = base64.b64encode(f"desk:{SECRETS['feed password']}".encode()).decode()
    assert life.logins >= {f"Basic {login}", f"Bearer {SECRETS['model key']}"}
    log = life.written["run.err"]
    for met in ("status 404", "loopback", "refused", "no model for", "a listener failed", "Traceback", "token_revoked"):
        assert met in log, met
    assert "Possible change of position" in life.written["Slack"]
    assert life.exits == {
        "run": 0,
        "a file that others may read": 2,
        "no such database": 1,
    }
    assert "chmod 600" in life.written["a file that others may read.err"]


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_is_written_anywhere(life, secret):
    value = SECRETS[secret]
    assert [place for place, text in life.written.items() if value in text or value[-10:] in text] == []


def test_nothing_is_dialled_but_by_the_code_that_may_and_where_it_may(life):
    places = {where: what for what, where in life.places.items()} | {"127.0.0.1:9": "down"}
    dialled = {
        (by(line["who"]), places.get("{}:{}".format(*line["place"][:2]), line["place"]))
        for line in life.heard()
        if line["event"] in {"socket.connect", "socket.sendto", "socket.sendmsg"}
    }
    allowed = {(code, what) for code, places_of in DIALLERS.items() for what in places_of}
    assert dialled - allowed == set()
    assert dialled >= {("watchers.fetch", "site"), ("bot.judges.llm.client", "model"), ("slack_sdk", "slack")}


def test_nothing_is_listened_on_but_health_and_no_name_is_asked_for(life):
    bound = {tuple(line["place"][:2]) for line in life.heard() if line["event"] == "socket.bind"}
    host, _, port = life.places["health"].partition(":")
    assert bound - {("::1", 0)} == {(host, int(port))}  # a library tries whether there is a version 6
    assert {line["place"][0] for line in life.heard() if line["event"] == "socket.getaddrinfo"} <= {"127.0.0.1", None}


def test_the_trap_is_not_reached_by_feed_page_redirect_entity_command_or_proxy(life):
    assert life.trapped == []


def test_the_parsers_are_processes_of_their_own_that_dial_nothing_and_know_no_secret(life):
    of_parsers = [line for line in life.heard() if "watchers.worker" in line["of"]]
    assert {line["event"] for line in of_parsers} <= {"start", "socket.bind"}
    assert len([line for line in of_parsers if line["event"] == "start"]) >= 1
    environments = [text for place, text in life.written.items() if place.startswith("environment")]
    assert environments
    assert not any("SLACK_" in text or "ONRECORD_" in text for text in environments)


def by(stack: list[str]) -> str:
    """Which of the code that dials is on the stack; what is there otherwise, where none is."""
    return next((code for name in stack for code in DIALLERS if name.startswith(code)), " < ".join(stack))
