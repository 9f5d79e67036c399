"""A mail on its way: taken to the configured server in a thread, over a protected connection."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage

    from config.settings import Mail

SECONDS = 30.0  # for each answer of the server


class NotTaken(Exception):
    """The server was not reached or said no: it did not arrive."""


class InDoubt(Exception):
    """The connection broke off after the mail was handed over: it may have arrived."""


def send(
    mail: Mail, password: str, to: Sequence[str], message: EmailMessage, begin: Callable[[], bool]
) -> tuple[str, ...]:
    """Hand a mail over, and return the addresses that the server took none for. Blocks.

    `begin` is called once from then on it may arrive; if it says no, nothing is sent. `NotTaken` or `InDoubt` in words.
    """
    content = message.as_bytes()  # what cannot be written fails here, where nothing has begun
    try:
        server = _connected(mail, password)
        try:
            server.mail(mail.sender)
            refused = tuple(one for one in to if not 200 <= server.rcpt(one)[0] < 300)
            if len(refused) == len(to):
                raise NotTaken("it takes mail for none of the addresses")
            if not begin():
                server.rset()
                return ()
            _hand_over(server, content)
            return refused
        finally:
            _part(server)
    except (smtplib.SMTPException, OSError) as error:
        raise NotTaken(_words(error)) from error


def _connected(mail: Mail, password: str) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    try:
        if mail.security == "starttls":
            server.starttls(context=context)  # raises where the server offers none: nothing is said in the clear
        if mail.user:
            server.login(mail.user, password)
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _part(server: smtplib.SMTP) -> None:
    """Say goodbye. What the server says to that changes nothing about a mail that it took."""
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()


def _hand_over(server: smtplib.SMTP, content: bytes) -> None:
    try:
        code, said = server.data(content)
    except smtplib.SMTPDataError as error:  # it did not want to hear it
        raise NotTaken(_words(error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise InDoubt(_words(error)) from error
    if code != 250:
        raise NotTaken(f"it said {code} {said.decode('utf-8', 'replace')[:200]}")


def _words(error: Exception) -> str:
    match error:
        case smtplib.SMTPAuthenticationError():
            return "it did not take the login: see [mail] user and ONRECORD_SMTP_PASSWORD"
        case smtplib.SMTPNotSupportedError():
            return f"it does not offer what [mail] security asks for ({error})"
        case smtplib.SMTPResponseException():
            said = error.smtp_error
            told = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
            return f"it said {error.smtp_code} {told[:200]}"
        case ssl.SSLError():
            return f"no trusted connection ({str(error)[:200]})"
        case TimeoutError():
            return f"no answer within {SECONDS:g} s"
        case OSError():
            return f"no connection ({error.strerror or error})"
    return f"the connection broke off ({type(error).__name__})"
