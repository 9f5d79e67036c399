"""What the running service tells beyond Slack, as chores of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.chores import Chore
from bot.outward.captures import Captures
from bot.outward.mails import Mails
from bot.outward.webhooks import Webhooks
from bot.slack.blocks import Desk

if TYPE_CHECKING:
    from bot.ledger import Ledger
    from config.schema import Config
    from watchers.fetch import Downloader

EVERY, MAIL_EVERY, PAGES_EVERY = 2.0, 30.0, 15.0  # seconds between two looks


def chores(
    ledger: Ledger,
    running: Callable[[], Config],
    downloader: Downloader,
    *,
    signing: Mapping[str, str],
    password: str,
    keys: str,
    address: str,
) -> tuple[Chore, ...]:
    """Those that the settings ask for; a name that leads to no webhook or list any more is told nothing."""
    settings = running().settings
    operators, told = settings.slack.operator_channel, []
    if settings.webhooks.targets:
        hooks = Webhooks(
            ledger=ledger, targets=settings.webhooks.targets, secrets=signing, posts=downloader, operators=operators
        )
        told.append(Chore(name="webhooks", act=hooks.step, every=EVERY))
    if settings.mail.host and settings.mail.lists:
        mails = Mails(
            ledger=ledger,
            mail=settings.mail,
            password=password,
            desk=lambda: Desk.of(running()),
            address=address,
            operators=operators,
        )
        told.append(Chore(name="mails", act=mails.step, every=MAIL_EVERY))
    if settings.wayback.enabled:
        pages = Captures(ledger=ledger, wayback=settings.wayback, keys=keys, asks=downloader, operators=operators)
        told.append(Chore(name="pages to be archived", act=pages.step, every=PAGES_EVERY))
    return tuple(told)
