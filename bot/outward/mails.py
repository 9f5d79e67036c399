"""The day's alerts by e-mail: one mail a day to each list, however often the service starts anew."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.ledger.outward.mailings import MOST
from bot.outward.letters import letter
from bot.outward.post_office import InDoubt, NotTaken, send
from bot.routing import refused
from config.hours import Daily
from config.schema import Channel

if TYPE_CHECKING:
    from bot.ledger import Ledger
    from bot.ledger.outward.mailings import Mailing
    from bot.model import Alert
    from bot.slack.blocks import Desk
    from config.settings import Mail, Readers

log = logging.getLogger(__name__)

LATE = timedelta(hours=12)  # after its hour a mail is not worth making any more


class Mails:
    """Makes what is due and sends it. `address` is that of the record's pages, empty: they have none."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        mail: Mail,
        password: str,
        desk: Callable[[], Desk],
        address: str = "",
        operators: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        most: int = MOST,
    ) -> None:
        self._ledger = ledger
        self._mail = mail
        self._password = password
        self._desk = desk
        self._address = address
        self._operators = operators
        self._clock = clock
        self._most = most  # alerts that one mail tells
        self._lists: Mapping[str, Readers] = {one.id: one for one in mail.lists}

    async def step(self) -> int:
        """Make what is due, then send what waits; how many mails were sent."""
        return await asyncio.to_thread(self._step)

    def _step(self) -> int:
        for readers, day in self._ledger.mailings_in_doubt():  # nobody sends but this, one step at a time
            self._trouble(readers, f"the mail of {day} may have arrived or not, and is not sent again")
        for one in self._lists.values():
            self._make(one, self._clock())
        return sum(map(self._send, self._ledger.mailings_due(self._clock(), self._most)))

    def _make(self, readers: Readers, now: datetime) -> None:
        came = Daily.parse(readers.at).came(now)
        if now - came.at < LATE:
            self._ledger.make_mailing(readers.id, str(came.day), lambda found: chosen(found, readers), now, self._most)

    def _send(self, mailing: Mailing) -> int:
        readers = self._lists.get(mailing.readers)
        if readers is None:  # the list was taken out of the settings
            return 0
        left = chosen(mailing.alerts, readers)  # since it was made some may have been withdrawn or dismissed
        if not left and not mailing.more:
            self._ledger.mailing_sent(mailing.id)
            return 0
        now, mailing = self._clock(), replace(mailing, alerts=tuple(left))
        message = letter(mailing, self._desk(), sender=self._mail.sender, address=self._address, now=now)
        try:
            left_out = send(
                self._mail,
                self._password,
                readers.to,
                message,
                lambda: self._ledger.mailing_begun(mailing.id, self._clock()),
            )
        except NotTaken as error:
            given_up = self._ledger.mailing_refused(mailing.id, str(error), self._clock())
            log.warning("the mail of %s to %s was not taken: %s", mailing.day, mailing.readers, error)
            if given_up:
                self._trouble(mailing.readers, f"the mail of {mailing.day} could not be sent: {error}")
            return 0
        except InDoubt as error:
            log.warning("the mail of %s to %s is in doubt: %s", mailing.day, mailing.readers, error)
            return 0  # the next step ends the doubt
        self._ledger.mailing_sent(mailing.id)
        if left_out:
            self._trouble(mailing.readers, f"the server takes no mail for {len(left_out)} of its addresses")
        else:
            again = f"Mail to the list {mailing.readers} is taken again."
            self._ledger.trouble_over(f"mail:{mailing.readers}", again, self._operators, self._clock())
        return 1

    def _trouble(self, readers: str, reason: str) -> None:
        words = f"Mail to the list {readers}: {reason}."
        log.error("%s", words)
        self._ledger.trouble(f"mail:{readers}", reason, words, self._operators, self._clock())


def chosen(found: Sequence[Alert], readers: Readers) -> list[Alert]:
    """What a list is told of these: each conflict once, the strongest first; not what was dismissed or withdrawn."""
    route = Channel(
        id="mail",
        topics=readers.topics,
        sides=readers.sides,
        officials=readers.officials,
        kinds=readers.kinds,
        minimum=readers.minimum,
    )
    told: dict[str, Alert] = {}
    for alert in found:
        private = alert.channel[:1] in {"U", "W"}  # names of channels are in small letters
        over = alert.review == "dismissed" or alert.state == "withdrawn"
        if not (private or over or refused(alert.conflict, route, alert.strength)):
            told.setdefault(alert.conflict.key, alert)
    return sorted(told.values(), key=lambda one: (-one.conflict.score, one.number))
