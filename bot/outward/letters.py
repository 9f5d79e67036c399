"""The day's alerts as a mail: the same words as in Slack's digest, as plain text and as simple HTML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.slack.blocks import wording
from bot.slack.blocks.parts import count
from bot.slack.mrkdwn import clean
from bot.web.wording import day, link

if TYPE_CHECKING:
    from bot.ledger.outward.mailings import Mailing
    from bot.model import Alert, Position
    from bot.slack.blocks import Desk

_QUOTE, _TITLE = 600, 200  # characters shown
_WHY = "You get this because your address is on the list “{}” of On Record. Whoever runs it takes you off."
_NOWHERE = "they are on record, and /record conflicts in Slack shows them."
_HTML = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{}</title></head>'
    '<body style="font-family:sans-serif;max-width:42em">{}</body></html>'
)
_ENTRY = Markup("<h2>{}</h2><p>{}</p>{}{}")
_SAID = Markup("<blockquote>“{}”<br>{}, {}, {}</blockquote>")
_LINK = Markup('<p><a href="{}">Open record</a></p>')


def letter(mailing: Mailing, desk: Desk, *, sender: str, address: str, now: datetime) -> EmailMessage:
    """The mail. Nothing of a feed stands in its headers; in the text it is text, and links lead to the record alone."""
    title = f"{count(len(mailing.alerts) + mailing.more, 'alert')}, {mailing.day}"
    message = EmailMessage(policy=SMTP)
    message["Subject"] = f"On Record: {title}"
    message["From"] = f"On Record <{sender}>"
    message["To"] = f"{mailing.readers} <{sender}>"  # who else gets it is nobody's business
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<onrecord.{mailing.readers}.{mailing.day}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(_text(mailing, desk, title, address)), cte="quoted-printable")
    html = _HTML.format(title, Markup("").join(_html(mailing, desk, title, address)))
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def _text(mailing: Mailing, desk: Desk, title: str, address: str) -> Iterator[str]:
    yield f"On Record: {title}"
    for alert in mailing.alerts:
        yield ""
        yield f"{alert.name}  {_line(alert.conflict.title, _TITLE)}"
        yield _state(alert, desk)
        for one in alert.conflict.heads:
            yield f"  “{_line(one.statement.quote, _QUOTE)}”"
            yield f"  {_who(one)}, {_line(one.statement.source.outlet, _TITLE)}, {_when(one)}"
        if url := _page(alert, address):
            yield f"  {url}"
    if mailing.more:
        yield ""
        yield f"{_more(mailing)} {_board(address) or _NOWHERE}"
    yield ""
    yield _WHY.format(mailing.readers)


def _html(mailing: Mailing, desk: Desk, title: str, address: str) -> Iterator[Markup]:
    yield Markup("<h1>On Record: {}</h1>").format(title)
    for alert in mailing.alerts:
        said = Markup("").join(
            _SAID.format(
                _line(one.statement.quote, _QUOTE), _who(one), _line(one.statement.source.outlet, _TITLE), _when(one)
            )
            for one in alert.conflict.heads
        )
        url = _page(alert, address)
        head = f"{alert.name}: {_line(alert.conflict.title, _TITLE)}"
        yield _ENTRY.format(head, _state(alert, desk), said, _LINK.format(url) if url else "")
    if mailing.more:
        url = _board(address)
        yield Markup("<p>{} {}</p>").format(
            _more(mailing), Markup('<a href="{0}">{0}</a>').format(url) if url else _NOWHERE
        )
    yield Markup("<p><small>{}</small></p>").format(_WHY.format(mailing.readers))


def _more(mailing: Mailing) -> str:
    return f"And {count(mailing.more, 'more alert')}, none of them surer than these:"


def _state(alert: Alert, desk: Desk) -> str:
    review = "" if alert.review == "open" else f" · {alert.review}"
    return f"{clean(wording.headline(alert, desk))} · confidence {alert.strength}{review}"


def _who(position: Position) -> str:
    return _line(position.voice.name, _TITLE)


def _when(position: Position) -> str:
    said = position.statement.said
    return day(said.first if said else position.statement.source.published)


def _page(alert: Alert, address: str) -> str:
    return link(f"{address}/a/{alert.name}") if address else ""


def _board(address: str) -> str:
    return link(f"{address}/conflicts") if address else ""


def _line(text: str, most: int) -> str:
    """Foreign text on one line, without what would turn, hide or break it."""
    told = " ".join(clean(text).encode("utf-8", "replace").decode().split())
    return told if len(told) <= most else f"{told[: most - 1].rstrip()}…"
