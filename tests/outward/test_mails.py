"""The day's mail over real SMTP: one a day to each list, protected on the way, and whatever feeds hold stays text."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_sample import (
    MARA,
    NO,
    NOW,
    YES,
    article,
    conflict,
    on_day,
    position,
    raised,
    record,
    statement,
    told,
)

from bot.ledger import Ledger
from bot.ledger.outward.mailings import MOST, Mailing
from bot.model import Alert
from bot.outward.letters import letter
from bot.outward.mails import Mails
from bot.slack.blocks import Desk
from config.schema import Config
from config.settings import Mail, Readers

SEVEN = datetime(2025, 3, 4, 7, 0, tzinfo=UTC)
PASSWORD = "made up for these tests"


class Running(Controller):
    """On whatever port was free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


class Mailbox:
    """What a server took, and what it is told to say instead."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.says: list[str] = []
        self.goodbye = "221 Bye"
        self.unknown: set[str] = set()
        self.logins: list[bytes] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if address in self.unknown:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        says = self.says.pop(0) if self.says else "250 OK"
        content = envelope.content
        assert isinstance(content, bytes)
        if says.startswith("250") or says in {"lost", "broken"}:
            message = message_from_bytes(content, policy=default)
            assert isinstance(message, EmailMessage)
            if says != "broken":
                self.taken.append((list(envelope.rcpt_tos), message))
        if says in {"lost", "broken"}:
            server.transport.abort()
        return says

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.goodbye


@dataclass
class Clock:
    now: datetime = SEVEN

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(box: Mailbox) -> Iterator[Controller]:
    running = Running(box, hostname="127.0.0.1", port=0)
    yield from _running(running)


def _running(running: Controller) -> Iterator[Controller]:
    running.start()
    try:
        yield running
    finally:
        running.stop()


def mails(
    ledger: Ledger,
    server: Controller,
    clock: Clock,
    *lists: Readers,
    address: str = "https://record.example",
    most: int = MOST,
    **more: Any,
) -> Mails:
    values: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "sender": "record@post.example",
    }
    mail = Mail(**(values | more), lists=lists or (Readers(id="politics", to=("ada@post.example", "ed@post.example")),))
    return Mails(
        ledger=ledger,
        mail=mail,
        password=PASSWORD,
        desk=lambda: Desk.of(Config()),
        address=address,
        most=most,
        operators="desk",
        clock=clock,
    )


async def test_one_mail_a_day_to_a_list_under_any_number_of_restarts(ledger, server, box):
    number = raised(ledger, mark=" 1")
    clock = Clock(SEVEN + timedelta(hours=3))
    for _ in range(3):
        told_ = mails(ledger, server, clock)
        await told_.step()
        await told_.step()
    ((to, message),) = box.taken
    assert to == ["ada@post.example", "ed@post.example"]
    assert message["Subject"] == "On Record: 1 alert, 2025-03-04"
    assert message["To"] == "politics <record@post.example>", "who else gets it is nobody's business"
    for kind in ("plain", "html"):
        body = message.get_body((kind,)).get_content()
        assert f"OR-{number}" in body
        assert YES in body
        assert f"https://record.example/a/OR-{number}" in body
    clock.now += timedelta(days=1)
    assert await mails(ledger, server, clock).step() == 0, "nothing came since"
    later = raised(ledger, mark=" 2")
    assert await mails(ledger, server, clock).step() == 0, "its hour was over today"
    clock.now += timedelta(days=1)
    assert await mails(ledger, server, clock).step() == 1
    assert f"OR-{later}" in box.taken[1][1].get_body(("plain",)).get_content()
    assert f"OR-{number}" not in box.taken[1][1].get_body(("plain",)).get_content()


async def test_it_comes_at_its_hour_and_no_longer_when_that_is_long_over(ledger, server, box):
    raised(ledger)
    clock = Clock(SEVEN - timedelta(minutes=1))
    assert await mails(ledger, server, clock).step() == 0
    clock.now = SEVEN
    assert await mails(ledger, server, clock).step() == 1


async def test_a_list_gets_what_is_routed_to_it_each_conflict_once_and_nothing_that_is_over(ledger, server, box):
    earlier, fresh = told(f"{YES} 1", "yes 1", **on_day(1)), told(f"{NO} 1", "no 1", stance="against", **on_day(3))
    record(ledger, earlier, fresh)
    with ledger.work() as work:
        for channel in ("desk", "other", "U0ADA"):
            work.alert(conflict(fresh[1], earlier[1]), channel, "high", NOW)
        work.commit()
    gone = raised(ledger, mark=" 2")
    ledger.decide(gone, "dismiss", "U1", "", NOW)
    clock = Clock(SEVEN + timedelta(hours=4))
    lists = [
        Readers(id="all", to=("a@post.example",)),
        Readers(id="elsewhere", to=("b@post.example",), sides=("lumen",)),
    ]
    assert await mails(ledger, server, clock, *lists).step() == 1
    ((to, message),) = box.taken
    assert to == ["a@post.example"]
    assert message["Subject"] == "On Record: 1 alert, 2025-03-04"


@pytest.mark.parametrize("address", ["https://record.example", ""])
async def test_of_more_than_one_mail_can_tell_it_says_how_many_and_where_they_are(ledger, server, box, address):
    most, many = 4, 7
    text = f"Mara Velden spoke. “{YES}” " + " ".join(f"“{NO} {number:03d}.”" for number in range(many))
    of = article(text)
    earlier = position(statement(of, YES, **on_day(1)))
    fresh = [position(statement(of, f"{NO} {number:03d}.", **on_day(3)), "against") for number in range(many)]
    with ledger.work() as work:
        work.article(of)
        for one in (earlier, *fresh):
            work.statement(one.statement)
            work.position(one)
        for score, one in enumerate(fresh):  # the surest come last, and some to two channels
            pair = conflict(one, earlier, score=0.5 + score / 2000, title=f"The {score:03d}th")
            for channel in ("desk", "other")[: 1 + (score < 3)]:
                assert work.alert(pair, channel, "high", NOW)
        work.commit()
    sender = mails(ledger, server, Clock(SEVEN + timedelta(hours=3)), address=address, most=most)
    assert await sender.step() == 1
    ((_, message),) = box.taken
    assert message["Subject"] == f"On Record: {many} alerts, 2025-03-04"
    where = f"{address}/conflicts" if address else "/record conflicts in Slack shows them"
    for kind in ("plain", "html"):
        body = " ".join(message.get_body((kind,)).get_content().split())
        shown = {number for number in range(many) if f"The {number:03d}th" in body}
        assert shown == set(range(3, many)), "the surest"
        assert "And 3 more alerts, none of them surer than these:" in body
        assert where in body


@pytest.mark.parametrize("fault", ["451 not now", "550 no"])
async def test_what_the_server_does_not_want_is_tried_again_and_comes_once(ledger, server, box, fault):
    raised(ledger)
    clock = Clock(SEVEN)
    box.says = [fault]
    assert await mails(ledger, server, clock).step() == 0
    assert await mails(ledger, server, clock).step() == 0, "not at once"
    clock.now += timedelta(minutes=1)
    assert await mails(ledger, server, clock).step() == 1
    assert len(box.taken) == 1


async def test_a_mail_that_may_have_arrived_is_not_sent_again_and_that_is_said(ledger, server, box):
    raised(ledger)
    clock = Clock(SEVEN)
    box.says = ["lost"]
    told_ = mails(ledger, server, clock)
    assert await told_.step() == 0
    for _ in range(3):
        clock.now += timedelta(hours=1)
        assert await told_.step() == 0
    assert len(box.taken) == 1
    (notice,) = ledger.bulletins_due(clock.now)
    assert "may have arrived or not, and is not sent again" in notice.words
    assert ledger.status().stuck[0].startswith("mail of 2025-03-04 to politics:")


@pytest.mark.parametrize("goodbye", ["421 too busy", "250 OK", "no answer of this protocol"])
async def test_a_mail_that_was_taken_is_sent_once_whatever_the_server_says_at_the_end(ledger, server, box, goodbye):
    raised(ledger)
    clock = Clock(SEVEN)
    box.goodbye = goodbye
    told_ = mails(ledger, server, clock)
    assert await told_.step() == 1
    for _ in range(3):
        clock.now += timedelta(hours=1)
        assert await told_.step() == 0
    assert len(box.taken) == 1
    assert ledger.bulletins_due(clock.now) == ()


async def test_what_is_withdrawn_while_the_mail_waits_is_not_in_it(ledger, server, box):
    numbers = [raised(ledger, mark=mark) for mark in (" 1", " 2")]
    clock = Clock(SEVEN)
    told_ = mails(ledger, server, clock)
    box.says = ["451 not now", "451 not now"]
    assert await told_.step() == 0
    ledger.withdraw(numbers[0], "misread", clock.now)
    clock.now += timedelta(hours=1)
    assert await told_.step() == 0
    clock.now += timedelta(hours=1)
    assert await told_.step() == 1
    body = box.taken[0][1].get_body(("plain",)).get_content()
    assert [f"OR-{number}" in body for number in numbers] == [False, True]


async def test_a_mail_of_which_nothing_is_left_is_not_sent(ledger, server, box):
    number = raised(ledger)
    clock = Clock(SEVEN)
    box.says = ["451 not now"]
    told_ = mails(ledger, server, clock)
    assert await told_.step() == 0
    ledger.withdraw(number, "misread", clock.now)
    for _ in range(2):
        clock.now += timedelta(hours=1)
        assert await told_.step() == 0
    assert box.taken == []


async def test_a_server_that_is_away_is_tried_until_it_is_given_up_and_said(ledger, server, box):
    raised(ledger)
    clock = Clock(SEVEN)
    told_ = mails(ledger, server, clock, port=1)
    for _ in range(14):
        await told_.step()
        clock.now += timedelta(hours=1)
    (notice,) = ledger.bulletins_due(clock.now)
    assert "could not be sent: no connection" in notice.words


async def test_the_others_get_it_where_one_address_is_unknown_and_the_operators_hear_of_it(ledger, server, box):
    raised(ledger)
    box.unknown = {"ed@post.example"}
    assert await mails(ledger, server, Clock()).step() == 1
    assert [to for to, _ in box.taken] == [["ada@post.example"]]
    assert "takes no mail for 1 of its addresses" in ledger.bulletins_due(SEVEN)[0].words


async def test_a_server_without_starttls_is_told_nothing(ledger, server, box):
    raised(ledger)
    told_ = mails(ledger, server, Clock(), security="starttls", user="desk")
    assert await told_.step() == 0
    assert (box.taken, box.logins) == ([], [])


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Of 127.0.0.1, trusted by this process alone."""
    key, own = tmp_path / "key.pem", tmp_path / "own.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    )
    made = subprocess.run([*command.split(), "-keyout", key, "-out", own], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("TLS TO A MAIL SERVER NOT TESTED: there is no openssl")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    return context


def protected(box: Mailbox, context: ssl.SSLContext) -> Controller:
    def login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        box.logins.append(data.password)
        return AuthResult(success=data.password == PASSWORD.encode())

    return Running(
        box,
        hostname="127.0.0.1",
        port=0,
        tls_context=context,
        require_starttls=True,
        authenticator=login,
        auth_required=True,
    )


async def test_with_starttls_the_login_and_the_mail_go_protected(ledger, box, certificate):
    raised(ledger)
    for server in _running(protected(box, certificate)):
        assert await mails(ledger, server, Clock(), security="starttls", user="desk").step() == 1
    assert box.logins == [PASSWORD.encode()]
    assert len(box.taken) == 1


async def test_a_certificate_that_nobody_vouches_for_gets_neither_login_nor_mail(ledger, box, certificate, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    raised(ledger)
    for server in _running(protected(box, certificate)):
        assert await mails(ledger, server, Clock(), security="starttls", user="desk").step() == 0
    assert (box.taken, box.logins) == ([], [])


NASTY = st.sampled_from(
    [
        "\r\nBcc: all@evil.example",
        "<script>alert(1)</script>",
        "\n.\n",
        "\x00",
        "\ud800",
        "\u202e",
        "=?utf-8?q?x?=",
        "</h2><a href=http://evil.example>",
        "'\"><img src=x onerror=1>",
    ]
)


def hostile(words: str) -> Alert:
    of, _ = told(f"{YES}{words}", f"n{words}", MARA)
    other, _ = told(f"{NO}{words}", f"m{words}", MARA)
    odd = {"outlet": words, "title": words, "url": f"http://x.example/{words}"}
    of, other = replace(of, **odd), replace(other, **odd)
    pair = conflict(
        position(statement(other, f"{NO}{words}", replace(MARA, name=words or "x"))),
        position(statement(of, f"{YES}{words}")),
    )
    return Alert(
        number=1001, conflict=replace(pair, title=words), joined=(), channel="desk", strength="high", created_at=SEVEN,
        state="sent", review="open", revision=1, dedupe_key="0" * 64,
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=60) | st.lists(NASTY | st.text(max_size=8), max_size=6).map("".join))
def test_whatever_a_feed_holds_stays_text_in_the_body_and_comes_into_no_header(words: str) -> None:
    mailing = Mailing(
        id=1, readers="politics", day="2025-03-04", alerts=(hostile(words),), created_at=SEVEN, attempts=0
    )
    made = letter(mailing, Desk.of(Config()), sender="record@post.example", address="https://record.example", now=SEVEN)
    read = message_from_bytes(made.as_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    assert [name.lower() for name in read.keys()] == [  # noqa: SIM118 - a message has several of one name
        "subject", "from", "to", "date", "message-id", "auto-submitted", "mime-version", "content-type",
    ]  # fmt: skip
    assert read["Subject"] == "On Record: 1 alert, 2025-03-04"
    plain, html = (read.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert plain.rstrip().endswith("Whoever runs it takes you off.")
    tags = {part.split(">")[0].split(" ")[0].strip("/") for part in html.split("<")[1:]}
    assert tags <= {
        "!doctype",
        "html",
        "head",
        "meta",
        "title",
        "body",
        "h1",
        "h2",
        "p",
        "blockquote",
        "br",
        "a",
        "small",
    }
    assert html.count("<a ") == 1
    assert 'href="https://record.example/a/OR-1001"' in html
